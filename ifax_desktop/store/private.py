"""Folders and files that only the user may read, written so that a crash leaves the old content or the new."""

import os
from pathlib import Path
from typing import BinaryIO

FOLDER_MODE = 0o700
FILE_MODE = 0o600
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
    beside = path.with_name(f".{path.name}.{os.urandom(4).hex()}.part")
    try:
        write_new(beside, content)
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
    settle_folder(path.parent)


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
