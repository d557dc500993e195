"""Copies of the archive from before its shape changed: beside it, whole or not at all, the last two kept."""

import logging
import re
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime
from pathlib import Path

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store import private
from ifax_desktop.store.sqlite_words import in_words

KEPT = 2
NO_ROOM = (
    "There is no room on the disk for the copy that is made before the fax archive is brought up to date. "
    "Make {0} MB of room, then start iFax Desktop again. The archive was left as it is."
)
_NOT_COPIED = (
    "The fax archive has to be brought up to date, and the copy that is made before could not be written. "
    "The archive was left as it is."
)
_log = logging.getLogger(__name__)


def copies(archive: Path) -> list[Path]:
    """The copies beside an archive, the one of the newest version first."""
    name = re.compile(rf"{re.escape(archive.stem)}\.version-(\d+){re.escape(archive.suffix)}")
    found = [
        (int(match[1]), file) for file in archive.parent.glob("*") if (match := name.fullmatch(file.name))
    ]
    return [file for _, file in sorted(found, reverse=True)]


def make_copy(archive: Path, version: int) -> Path:
    """Copy the archive as it was last committed, what is in its log included; only this copy and the one before are kept.

    StorageFailed if the disk cannot keep it, and then there is none.
    """
    copy = archive.with_name(f"{archive.stem}.version-{version}{archive.suffix}")
    _look_for_room(archive)
    try:
        with in_words(), private.part_of(copy) as part:
            private.make_file(part)
            _copy_into(part, archive)
            private.move_whole(part, copy)
    except StorageFailed as error:
        raise StorageFailed(f"{_NOT_COPIED} {error}", error.detail) from error
    _forget_older(archive)
    return copy


def _forget_older(archive: Path) -> None:
    for file in copies(archive)[KEPT:]:
        try:
            file.unlink(missing_ok=True)
        except OSError as error:  # one copy too many does no harm
            _log.warning("An old copy of the archive cannot be removed: %s", error)


def way_back(archive: Path) -> str:
    """What can be done when the archive beside these copies is damaged, in lines of words."""
    aside = f"put every file whose name begins with “{archive.name}” into another folder"
    anew = (
        "begins with an empty archive, fetches the received faxes that the service still has, and takes in a file "
        "that you exported."
    )
    found = copies(archive)
    if not found:
        return f"To begin anew, {aside}. The program then {anew}\n\nFolder: {archive.parent}"
    told = " and ".join(f"“{file.name}” of {_day(file)}" for file in found)
    return (
        f"There is a copy from before an update: {told}. To go back to it:\n"
        f"1. {aside.capitalize()}.\n"
        f"2. Give the copy the name “{archive.name}”.\n\n"
        f"Without the second step the program {anew}\n\nFolder: {archive.parent}"
    )


def _look_for_room(archive: Path) -> None:
    log = archive.with_name(f"{archive.name}-wal")
    needed = archive.stat().st_size + (log.stat().st_size if log.exists() else 0)
    if shutil.disk_usage(archive.parent).free < needed:
        raise StorageFailed(NO_ROOM.format(1 + needed // 1_000_000), f"{needed} bytes")


def _copy_into(part: Path, archive: Path) -> None:
    source = sqlite3.connect(f"{archive.absolute().as_uri()}?mode=ro", uri=True)
    with closing(source), closing(sqlite3.connect(part, isolation_level=None)) as target:
        # The whole file is flushed at the end, and before that it is nothing.
        target.execute("PRAGMA journal_mode = OFF")
        target.execute("PRAGMA synchronous = OFF")
        source.backup(target)


def _day(file: Path) -> str:
    day = datetime.fromtimestamp(file.stat().st_mtime).astimezone()
    return f"{day.day} {day:%B %Y}"
