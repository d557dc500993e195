"""What a disk or SQLite says when it cannot go on, in words for people."""

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ifax_desktop.domain.errors import StorageFailed

FULL = "The disk is full. Make room on it, then do this again."
DAMAGED = "The fax archive on this computer is damaged. It was left as it is."
_UNWRITABLE = "The disk could not be written. It may be full or faulty."
_FORBIDDEN = "This program may not read or write its files. Look at the permissions of its folder."
_BUSY = "Another program holds the fax archive. Close it, then do this again."
_UNKNOWN = "The fax archive could not be used."

_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_IOERR: _UNWRITABLE,
    sqlite3.SQLITE_READONLY: _FORBIDDEN,
    sqlite3.SQLITE_PERM: _FORBIDDEN,
    sqlite3.SQLITE_CANTOPEN: _FORBIDDEN,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
}
_SYSTEM = {
    errno.ENOSPC: FULL,
    errno.EDQUOT: FULL,
    errno.EFBIG: FULL,
    errno.EACCES: _FORBIDDEN,
    errno.EPERM: _FORBIDDEN,
    errno.EROFS: _FORBIDDEN,
}


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what the disk and SQLite raise inside into StorageFailed.

    A broken constraint or a misused connection is our own mistake, not the disk's, and passes as it is.
    """
    try:
        yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        # The low byte is the kind, the rest tells more of it: sqlite.org/rescode.html.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        name = getattr(error, "sqlite_errorname", "")
        raise StorageFailed(_SQLITE.get(code, _UNKNOWN), f"{name} {error}".strip()) from error
    except OSError as error:
        raise StorageFailed(_SYSTEM.get(error.errno or 0, _UNWRITABLE), str(error)) from error
