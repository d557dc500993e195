"""A lock of the operating system on a file: whoever holds it is the only one, and its end, however sudden, gives it up.

Needed before the first window is painted, so that it imports nothing that Python has not got by then.
"""

import errno
import os
import sys
from pathlib import Path

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store import private

LOOKS_A_SECOND = 4
"""How often somebody who waits for a hold looks whether it is free: no system tells."""

_TAKEN = {errno.EACCES, errno.EAGAIN, errno.EDEADLK}
_OPEN = os.O_CREAT | os.O_RDWR | getattr(os, "O_NOFOLLOW", 0)


class Hold:
    """The hold on one file. The file stays when the hold is given up: removing it would let two in."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    @property
    def is_ours(self) -> bool:
        """Whether this process has it."""
        return self._handle is not None

    def take(self) -> bool:
        """Take it, unless somebody has it: another process, or this one elsewhere. StorageFailed where no lock works."""
        if self._handle is not None:
            return True
        try:
            private.make_folder(self._path.parent)
            handle = os.open(self._path, _OPEN, private.FILE_MODE)  # no child inherits it (PEP 446)
        except OSError as error:
            raise _unusable(error) from error
        try:
            _lock(handle)
        except OSError as error:
            os.close(handle)
            if error.errno in _TAKEN:
                return False
            raise _unusable(error) from error
        self._handle = handle
        return True

    async def wait(self) -> None:
        """Take it as soon as it is free. StorageFailed as `take`."""
        import asyncio

        while not self.take():  # noqa: ASYNC110 - the system tells nobody
            await asyncio.sleep(1 / LOOKS_A_SECOND)

    def give_up(self) -> None:
        """Let others have it; nothing happens where it is not ours."""
        handle, self._handle = self._handle, None
        if handle is not None:
            os.close(handle)


def _unusable(error: OSError) -> StorageFailed:
    return StorageFailed("This computer does not let us write into the program's folder.", str(error))


if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
