"""Whether an archive is sound: its own structure, rows that refer to each other, and every document as it was kept."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import Direction
from ifax_desktop.store import bundle_rows
from ifax_desktop.store.bundle import Step, Stopped
from ifax_desktop.store.database import Database
from ifax_desktop.store.files import Files
from ifax_desktop.store.sqlite_words import DAMAGED
from ifax_desktop.store.times import from_ms

_MOST: Final = 100
"""Damages that are told; whoever has more has enough."""
_OFTEN: Final = 200_000
"""Steps of SQLite's between two looks whether somebody still waits: some milliseconds."""


@dataclass(frozen=True, slots=True)
class Affected:
    """A fax whose document is not what it was."""

    fax: int
    direction: Direction
    number: str
    name: str
    at: datetime
    is_there: bool
    """The document is there and damaged; else it is gone."""

    def __repr__(self) -> str:
        return f"Affected({self.fax})"  # no numbers and names in logs


@dataclass(frozen=True, slots=True)
class Findings:
    """What a look through an archive found."""

    faxes: int = 0
    documents: int = 0
    damage: tuple[str, ...] = ()
    """What is wrong with the archive itself, in SQLite's words."""
    affected: tuple[Affected, ...] = ()
    strays: int = 0
    """Documents that no fax has. They do no harm."""

    @property
    def is_sound(self) -> bool:
        """Nothing is wrong."""
        return not self.damage and not self.affected


def look_through(database: Database, files: Files, step: Step) -> Findings:
    """Look through everything. Blocks for long, hinders nobody. Raises StorageFailed, and Stopped when `step` does."""
    try:
        with database.apart() as connection:
            damage = tuple(_damage(connection, step))
            faxes = int(connection.execute("SELECT count(*) FROM fax").fetchone()[0])
            names = bundle_rows.documents(connection)
            affected = tuple(_affected(connection, files, names, step))
        strays = len(files.names() - set(names))
    except StorageFailed as error:
        if str(error) != DAMAGED:
            raise
        return Findings(damage=(error.detail,))  # not even that much of it can be read
    return Findings(faxes, len(names), damage, affected, strays)


def look_at_archive(database: Database, step: Step) -> tuple[str, ...]:
    """Look through the archive and not through the documents; the answer is what is wrong. As `look_through`."""
    try:
        with database.apart() as connection:
            return tuple(_damage(connection, step))
    except StorageFailed as error:
        if str(error) != DAMAGED:
            raise
        return (error.detail,)


def _damage(connection: sqlite3.Connection, step: Step) -> Iterator[str]:
    with _stoppable(connection, step):
        for (words,) in connection.execute(f"PRAGMA quick_check({_MOST})").fetchall():
            if words != "ok":
                yield str(words)
        for table, row, parent, _ in connection.execute("PRAGMA foreign_key_check").fetchmany(_MOST):
            yield f"row {row} of {table} refers to a {parent} that is not there"


def _affected(
    connection: sqlite3.Connection, files: Files, names: list[str], step: Step
) -> Iterator[Affected]:
    for done, name in enumerate(names, 1):
        if not files.is_whole(name):
            is_there = files.has(name)
            for fax, direction, number, called, at in connection.execute(_OF_DOCUMENT, {"name": name}):
                yield Affected(fax, Direction(direction), number, called, from_ms(at), is_there)
        step(done, len(names))


_OF_DOCUMENT = """
    SELECT id, direction, number, name, created_at FROM fax
    WHERE id IN (
        SELECT id FROM fax
        WHERE substr(document, 1, 12) = substr(:name, 1, 12) AND document <> '' AND document = :name
        UNION
        SELECT fax FROM attachment WHERE substr(document, 1, 12) = substr(:name, 1, 12) AND document = :name)
    ORDER BY id
"""


@contextmanager
def _stoppable(connection: sqlite3.Connection, step: Step) -> Iterator[None]:
    """Let SQLite ask now and then whether somebody still waits, within one long statement."""
    stopped = False

    def ask() -> int:
        nonlocal stopped
        try:
            step(0, 1)
        except Stopped:
            stopped = True
        return int(stopped)

    connection.set_progress_handler(ask, _OFTEN)
    try:
        yield
    except sqlite3.OperationalError as error:
        if stopped:
            raise Stopped from error
        raise
    finally:
        connection.set_progress_handler(None, 0)
