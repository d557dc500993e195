"""What SQLite says when it cannot go on, in words for people."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store.words import FORBIDDEN, FULL, UNWRITABLE, disk_in_words

DAMAGED = "The fax archive on this computer is damaged. It was left as it is."
_BUSY = "Another program holds the fax archive. Close it, then do this again."
_UNKNOWN = "The fax archive could not be used."

_SQLITE = {
    sqlite3.SQLITE_FULL: FULL,
    sqlite3.SQLITE_CORRUPT: DAMAGED,
    sqlite3.SQLITE_NOTADB: DAMAGED,
    sqlite3.SQLITE_IOERR: UNWRITABLE,
    sqlite3.SQLITE_READONLY: FORBIDDEN,
    sqlite3.SQLITE_PERM: FORBIDDEN,
    sqlite3.SQLITE_CANTOPEN: FORBIDDEN,
    sqlite3.SQLITE_BUSY: _BUSY,
    sqlite3.SQLITE_LOCKED: _BUSY,
}


@contextmanager
def in_words() -> Iterator[None]:
    """Turn what SQLite and the disk raise inside into StorageFailed.

    A broken constraint or a misused connection is our own mistake, not the disk's, and passes as it is.
    """
    try:
        with disk_in_words():
            yield
    except (sqlite3.IntegrityError, sqlite3.ProgrammingError):
        raise
    except sqlite3.DatabaseError as error:
        # The low byte is the kind, the rest tells more of it: sqlite.org/rescode.html.
        code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_ERROR) & 0xFF
        if str(error).startswith(
            "Could not decode"
        ):  # Python's own words, without a code: a text that is none
            code = sqlite3.SQLITE_CORRUPT
        name = getattr(error, "sqlite_errorname", "")
        raise StorageFailed(_SQLITE.get(code, _UNKNOWN), f"{name} {error}".strip()) from error
