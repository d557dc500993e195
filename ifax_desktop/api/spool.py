"""Where the answer to a download lies while it is read: its beginning in memory, all of it in a file that goes away."""

import asyncio
import os
from contextlib import suppress
from pathlib import Path
from typing import BinaryIO

from ifax_desktop.domain.errors import StorageFailed

_BATCH = 256 * 1024
_NEW = os.O_CREAT | os.O_EXCL | os.O_RDWR | getattr(os, "O_BINARY", 0)


class Spool:
    """A new file beside `into` that only this user can read. Leaving it removes the file.

    Raises StorageFailed where this computer cannot keep what comes.
    """

    def __init__(self, into: Path, ending: str) -> None:
        self._path = into.with_name(f".{into.name}.{os.urandom(4).hex()}.{ending}")
        self._waiting = bytearray()
        try:
            self.file: BinaryIO = os.fdopen(os.open(self._path, _NEW, 0o600), "w+b")
        except OSError as error:
            raise _not_kept(error) from error

    def __enter__(self) -> "Spool":
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(OSError):  # a full disk was said where the content was wanted, and here it goes away
            self.file.close()
        self._path.unlink(missing_ok=True)

    async def add(self, piece: bytes) -> None:
        """Take the next piece. The disk works in a thread, with some pieces at a time."""
        self._waiting += piece
        if len(self._waiting) >= _BATCH:
            await self.flush()

    async def flush(self) -> None:
        """Put down what has come so far."""
        waiting, self._waiting = bytes(self._waiting), bytearray()
        await asyncio.to_thread(self.write, waiting)

    def write(self, piece: bytes) -> None:
        """Put down the next piece at once. Blocks."""
        try:
            self.file.write(piece)
            self.file.flush()  # what a full disk does not take is said here, and not by whoever reads it
        except OSError as error:
            raise _not_kept(error) from error

    def keep_as(self, into: Path) -> None:
        """Make the file the one at `into`, in place of an older one. Blocks."""
        try:
            self.file.flush()
            os.fsync(self.file.fileno())
            self.file.close()
            self._path.replace(into)
        except OSError as error:
            raise _not_kept(error) from error


def _not_kept(error: OSError) -> StorageFailed:
    return StorageFailed("This computer's disk did not take the document.", type(error).__name__)
