"""Folders and files that only the user may read, written so that a crash leaves the old content or the new."""

import glob
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

FOLDER_MODE = 0o700
FILE_MODE = 0o600
LEFT_BEHIND = 3600.0
"""Seconds after which nothing on its way is still on its way: another process of ours may be at work too."""
_NEW = os.O_CREAT | os.O_EXCL | os.O_WRONLY | getattr(os, "O_BINARY", 0)


def make_folder(folder: Path) -> None:
    """Make a folder and what is missing above it, 0700 each; one that exists is left as it is. Raises OSError."""
    for missing in reversed([at for at in (folder, *folder.parents) if not at.exists()]):
        missing.mkdir(FOLDER_MODE, exist_ok=True)
        settle_folder(missing.parent)


def make_file(path: Path) -> None:
    """Make sure that a file is there and is 0600. Raises OSError."""
    os.close(os.open(path, os.O_CREAT | os.O_RDWR, FILE_MODE))
    if path.stat().st_mode & 0o077:
        path.chmod(FILE_MODE)


def write_whole(path: Path, content: bytes) -> None:
    """Put `content` on the disk for good under `path`, all of it or nothing. Raises OSError."""
    make_folder(path.parent)
    with part_of(path) as part:
        write_new(part, content)
        part.replace(path)
    settle_folder(path.parent)


@contextmanager
def part_of(path: Path) -> Iterator[Path]:
    """A place beside `path` for what is to take its place; what is still there afterwards is removed.

    So is what an earlier end of the program left there.
    """
    clear_away_parts(path, LEFT_BEHIND)
    part = new_part(path)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def new_part(path: Path) -> Path:
    """A name beside `path` that nobody else uses."""
    return path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")


def clear_away_parts(path: Path, age: float = 0.0) -> None:
    """Remove what was to take the place of `path` and never came, if it is as old as `age` (seconds)."""
    before = time.time() - age
    for left in path.parent.glob(f".{glob.escape(path.name)}.*.part"):
        with suppress(FileNotFoundError):  # somebody else was faster
            if left.stat().st_mtime <= before:
                left.unlink()


def open_new(path: Path) -> BinaryIO:
    """Make a file that is not there yet, and open it for writing. Raises OSError."""
    return os.fdopen(os.open(path, _NEW, FILE_MODE), "wb")


def write_new(path: Path, content: bytes) -> None:
    """Write a file that is not there yet, down to the disk; a crash may leave a part of it. Raises OSError."""
    with open_new(path) as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def flush(path: Path) -> None:
    """Bring what the disk knows of a file down to it, its times included. Raises OSError."""
    with path.open("r+b") as file:
        os.fsync(file.fileno())


def move_whole(source: Path, path: Path) -> None:
    """Put the file `source` of the same disk under `path`, in place of an older one, for good. Raises OSError."""
    make_folder(path.parent)
    flush(source)
    source.replace(path)
    settle_folder(path.parent)


def settle_folder(folder: Path) -> None:
    """Bring the names in a folder down to the disk. Raises OSError."""
    if os.name == "nt":  # Windows opens no folders, and keeps renames in its own journal
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
