"""Private files and folders: modes, and never half a file."""

import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from ifax_desktop.store import private

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes of Unix")


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def test_new_folders_and_files_are_the_users_alone(tmp_path: Path) -> None:
    path = tmp_path / "one" / "two" / "file"
    old = os.umask(0)
    try:
        private.write_whole(path, b"content")
    finally:
        os.umask(old)
    assert path.read_bytes() == b"content"
    assert [mode(path), mode(path.parent), mode(path.parent.parent)] == [0o600, 0o700, 0o700]
    assert list(path.parent.iterdir()) == [path]


def test_what_a_killed_program_left_goes_with_the_next_writing(tmp_path: Path) -> None:
    path = tmp_path / "file [1]"
    old, young, others = (
        tmp_path / f".{name}.part" for name in ("file [1].01234567", "file [1].89abcdef", "file 2.01234567")
    )
    for part in (old, young, others):
        part.write_bytes(b"half")
    for part in (old, others):
        os.utime(part, (time.time() - private.LEFT_BEHIND - 1,) * 2)
    private.write_whole(path, b"content")
    assert set(tmp_path.iterdir()) == {path, young, others}
    private.clear_away_parts(path)
    assert set(tmp_path.iterdir()) == {path, others}


def test_a_folder_the_user_made_keeps_its_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    private.make_folder(tmp_path)
    assert mode(tmp_path) == 0o755


def test_an_old_file_is_replaced_whole_or_not_at_all(
    tmp_path: Path, full_disk: Callable[[], AbstractContextManager[None]]
) -> None:
    path = tmp_path / "file"
    private.write_whole(path, b"old")
    with full_disk(), pytest.raises(OSError, match="too large"):
        private.write_whole(path, b"x" * 5000)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
    private.write_whole(path, b"new")
    assert path.read_bytes() == b"new"
