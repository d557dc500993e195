"""Documents by hash."""

import asyncio
import os
import sys
import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from hashlib import sha256
from pathlib import Path

import pytest

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store import private
from ifax_desktop.store.files import Files
from ifax_desktop.store.words import FULL


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


async def test_a_document_comes_back_under_its_hash(tmp_path: Path) -> None:
    files = Files(tmp_path / "documents")
    sha = await files.put(b"%PDF-1.4")
    assert sha == sha256(b"%PDF-1.4").hexdigest()
    assert await files.get(sha) == b"%PDF-1.4"
    (path,) = kept(tmp_path)
    if sys.platform != "win32":
        assert path.stat().st_mode & 0o777 == 0o600
        assert {folder.stat().st_mode & 0o777 for folder in (path.parent, path.parent.parent)} == {0o700}


async def test_the_same_document_is_kept_once(tmp_path: Path) -> None:
    files = Files(tmp_path)
    shas = await asyncio.gather(*(files.put(b"same") for _ in range(10)))
    assert len(set(shas)) == 1
    assert len(kept(tmp_path)) == 1


async def test_damage_is_noticed_and_mended_by_putting_again(tmp_path: Path) -> None:
    files = Files(tmp_path)
    sha = await files.put(b"content")
    (path,) = kept(tmp_path)
    path.write_bytes(b"c0ntent")
    with pytest.raises(StorageFailed, match="damaged"):
        await files.get(sha)
    assert await files.put(b"content") == sha
    assert await files.get(sha) == b"content"


async def test_a_missing_document_is_said_in_words(tmp_path: Path) -> None:
    files = Files(tmp_path)
    with pytest.raises(StorageFailed, match="missing"):
        await files.get("0" * 64)


@pytest.mark.parametrize("sha", ["", "../../etc/passwd", "0" * 63 + "/", "A" * 64])
async def test_what_is_no_hash_opens_no_file(tmp_path: Path, sha: str) -> None:
    with pytest.raises(StorageFailed, match="no document"):
        await Files(tmp_path).get(sha)


async def test_what_a_killed_program_left_on_its_way_goes(tmp_path: Path) -> None:
    incoming = tmp_path / "incoming"
    incoming.mkdir()
    for name, age in (("old", private.LEFT_BEHIND + 1), ("young", 0.0)):
        (incoming / name).write_bytes(b"half")
        os.utime(incoming / name, (time.time() - age,) * 2)
    await Files(tmp_path).put(b"content")
    assert {path.name for path in kept(tmp_path)} == {sha256(b"content").hexdigest(), "young"}


async def test_a_full_disk_is_said_in_words_and_leaves_no_half(
    tmp_path: Path, full_disk: Callable[[], AbstractContextManager[None]]
) -> None:
    files = Files(tmp_path)
    with full_disk(), pytest.raises(StorageFailed) as caught:
        await files.put(b"x" * 5000)
    assert str(caught.value) == FULL
    assert kept(tmp_path) == []


async def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageFailed):
        await Files(tmp_path / "file").put(b"x")
