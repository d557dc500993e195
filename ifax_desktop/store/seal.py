"""The seal: a small file beside the archive that no copy of the archive fits, so that a copy is noticed at its first start.

It holds a random word, which the archive holds too, together with what the disk says of the file (its number and the
moment it was last changed, which no program can set). The word is changed at each start, at each end, and before the
last piece of each fax leaves. So an older archive beside the newer seal is noticed, and so is a folder that was copied
elsewhere or put back from a backup. Moving or renaming the folder on the same disk changes nothing of it.

Not noticed: a whole disk that was put back or copied with everything on it (a snapshot, a virtual machine, an image), and
an archive without a seal from a version that had none. Taken for a copy although it is none: a folder that was moved to
another disk, a seal that was deleted, one whose permissions were changed, and a disk that numbers its files anew each
time it is plugged in (FAT).
"""

import os
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ifax_desktop.domain.errors import ProfileCopied
from ifax_desktop.store import private
from ifax_desktop.store.brought_back import BroughtBack, bring_back
from ifax_desktop.store.database import Database

if TYPE_CHECKING:
    import asyncio

_WORDS = "iFax Desktop notices by this file when the folder was copied. Leave it where it is.\n"
_IN_USE = "The profile is in use by another program or another computer. Faxes wait until you have started iFax Desktop again."


@dataclass(frozen=True, slots=True)
class _Seen:
    """The seal on the disk; both are empty where there is none."""

    token: str
    mark: str

    @property
    def number(self) -> str:
        """The file's number on its disk, which a rename does not change."""
        return self.mark.partition(":")[0]


@dataclass(frozen=True, slots=True)
class _Known:
    """The seal as the archive knows it."""

    token: str
    mark: str
    pending: str
    pending_mark: str

    def fits(self, seen: _Seen) -> bool:
        """Whether the file is the one we left, or the one we were putting in its place when we were cut off."""
        if (seen.token, seen.mark) == (self.token, self.mark):
            return True
        return bool(self.pending) and (seen.token, seen.number) == (self.pending, self.pending_mark)


class Seal:
    """The seal of one archive. Only the process that holds the profile's lock may use it."""

    def __init__(self, database: Database, file: Path) -> None:
        self._database = database
        self._file = file
        self._begun = 0

    @cached_property
    def _turn(self) -> "asyncio.Lock":
        import asyncio

        return asyncio.Lock()

    async def open(self, now: datetime) -> BroughtBack | None:
        """Change the seal at a start. If it did not fit, no fax goes on by itself any more, and the answer says which.

        StorageFailed if the new seal cannot be written, and then nothing was changed.
        """

        def doubt(connection: sqlite3.Connection) -> BroughtBack:
            return bring_back(connection, now)

        async with self._turn:
            return await self._change(doubt)

    async def renew(self) -> None:
        """Change the seal, as before a fax leaves: an archive from before this moment is known from now on.

        Those who ask at the same time share one change, if it began after they asked. StorageFailed if it cannot be
        written, ProfileCopied if somebody else changed it: the fax must not leave.
        """
        asked = self._begun
        async with self._turn:
            if self._begun == asked:
                self._begun += 1
                await self._change(_refuse)

    async def _change(self, misfit: Callable[[sqlite3.Connection], BroughtBack]) -> BroughtBack | None:
        """Commit what is there and what comes, put that in its place, commit what the disk says of it.

        Cut off anywhere between, the file is the one noted as there or the one noted as to come. The file is written
        on the database thread, as what was begun there is finished even if the caller leaves.
        """

        def announce(connection: sqlite3.Connection) -> tuple[Path, BroughtBack | None]:
            seen = self._look()
            found = None if _read(connection).fits(seen) else misfit(connection)
            part, new = self._draw()
            _write(connection, seen.token, seen.mark, new.token, new.number)
            return part, found

        def settle(connection: sqlite3.Connection) -> None:
            private.move_whole(part, self._file)
            private.flush(self._file)  # the rename changed its time
            placed = self._look()
            _write(connection, placed.token, placed.mark)

        part, found = await self._database.run(announce)
        await self._database.run(settle)
        return found

    def _draw(self) -> tuple[Path, _Seen]:
        private.clear_away_parts(self._file)
        token = os.urandom(16).hex()
        part = private.new_part(self._file)
        try:
            private.write_new(part, f"{token}\n{_WORDS}".encode())
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return part, _Seen(token, _mark(part))

    def _look(self) -> _Seen:
        try:
            token = self._file.read_bytes().split(b"\n")[0].decode("ascii", "replace")
            return _Seen(token, _mark(self._file))
        except FileNotFoundError:
            return _Seen("", "")


def _refuse(_: sqlite3.Connection) -> BroughtBack:
    raise ProfileCopied(_IN_USE)


def _mark(file: Path) -> str:
    about = file.stat()
    # Where there is no time of the last change, that of the file's birth has to do, as no copy is as old.
    changed = getattr(about, "st_birthtime_ns", about.st_ctime_ns) if os.name == "nt" else about.st_ctime_ns
    return f"{about.st_ino}:{changed}"


def _read(connection: sqlite3.Connection) -> _Known:
    row = connection.execute("SELECT token, mark, pending, pending_mark FROM seal").fetchone()
    return _Known(*row)


def _write(
    connection: sqlite3.Connection, token: str, mark: str, pending: str = "", pending_mark: str = ""
) -> None:
    connection.execute(
        "UPDATE seal SET token = ?, mark = ?, pending = ?, pending_mark = ?",
        (token, mark, pending, pending_mark),
    )
