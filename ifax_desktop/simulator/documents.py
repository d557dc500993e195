"""Where the service keeps the documents it was given and those it received.

A document is kept under the hash of its bytes, so that a letter which arrives again takes no more room.
With a folder it lies in a file that only this user can read; without one it lies in memory.
"""

import hashlib
import os
import tempfile
from pathlib import Path


def document_id(content: bytes) -> str:
    """The name a document is kept under: SHA-256 of its bytes, in hex."""
    return hashlib.sha256(content).hexdigest()


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a crash leaves the old one or the new one, readable by this user alone."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    _sync_folder(path.parent)


def private_folder(path: Path) -> Path:
    """Make `path` a folder only this user can enter, and return it."""
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.chmod(0o700)
    return path


class DocumentShelf:
    """Documents by id. `put` and `get` block while the disk works; in memory they do not."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = private_folder(folder) if folder else None
        self._memory: dict[str, bytes] = {}

    def put(self, content: bytes) -> str:
        """Keep a document and return its id; when this returns it is on the disk."""
        name = document_id(content)
        if self._folder is None:
            self._memory[name] = content
        elif not (path := self._folder / name).exists():
            write_whole(path, content)
        return name

    def get(self, name: str) -> bytes:
        """The document of that id. Raises FileNotFoundError if it is not kept any more."""
        if self._folder is not None:
            return (self._folder / name).read_bytes()
        if name not in self._memory:
            raise FileNotFoundError(name)
        return self._memory[name]

    def has(self, name: str) -> bool:
        """Whether the document of that id is still kept."""
        return name in self._memory if self._folder is None else (self._folder / name).exists()


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows cannot open a folder; NTFS journals the rename itself.
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
