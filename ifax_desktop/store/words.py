"""What a disk says when it cannot go on, in words for people."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from ifax_desktop.domain.errors import StorageFailed

FULL = "The disk is full. Make room on it, then do this again."
FORBIDDEN = "This program may not read or write its files. Look at the permissions of its folder."
UNWRITABLE = "The disk could not be written. It may be full or faulty."

_SYSTEM = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EACCES: FORBIDDEN,
    errno.EPERM: FORBIDDEN,
    errno.EROFS: FORBIDDEN,
}


@contextmanager
def disk_in_words() -> Iterator[None]:
    """Turn what the disk raises inside into StorageFailed."""
    try:
        yield
    except OSError as error:
        raise StorageFailed(_SYSTEM.get(error.errno or 0, UNWRITABLE), str(error)) from error
