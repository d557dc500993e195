"""The shape of the archive: numbered SQL files, run forward only, all that are missing in one transaction."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store.sqlite_words import in_words

MIGRATIONS = Path(__file__).parent / "migrations"
NEWER = "This fax archive was written by a newer version of iFax Desktop. Install that version to open it."
NOT_CHANGED = (
    "The fax archive could not be brought up to date, and was left as it is. {0} A copy of it is “{1}”."
)


def migrate(
    connection: sqlite3.Connection,
    folder: Path = MIGRATIONS,
    make_copy: Callable[[int], Path] | None = None,
) -> None:
    """Bring the archive up to the newest file of `folder`, named like 0001_initial.sql.

    `make_copy` keeps the archive as it is, told its version, before the first step; a new archive needs none.
    StorageFailed if the archive comes from a newer program, and if the copy or a step did not work: then the archive
    is as it was.
    """
    steps = {int(file.name[:4]): file for file in folder.glob("[0-9]*.sql")}
    newest = max(steps)
    if _known(connection, newest) == newest:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        last = _known(connection, newest)  # another process may have come first
        copy = make_copy(last) if make_copy and 0 < last < newest else None
        with _told(copy):
            for number in range(last + 1, newest + 1):
                _step(connection, number, steps[number].read_text("utf-8"))
            connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def version(connection: sqlite3.Connection) -> int:
    """The number of the last step that was run on an archive."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _known(connection: sqlite3.Connection, newest: int) -> int:
    found = version(connection)
    if found > newest:
        raise StorageFailed(NEWER, f"version {found}, this program knows {newest}")
    return found


def _step(connection: sqlite3.Connection, number: int, sql: str) -> None:
    for statement in _statements(sql):
        connection.execute(statement)
    connection.execute(f"PRAGMA user_version = {number}")


@contextmanager
def _told(copy: Path | None) -> Iterator[None]:
    """Say of a step that did not work where the copy is."""
    if copy is None:
        yield
        return
    try:
        with in_words():
            yield
    except sqlite3.IntegrityError as error:  # rows that do not fit into the new shape
        raise StorageFailed(NOT_CHANGED.format("Its rows do not fit.", copy), str(error)) from error
    except StorageFailed as error:
        raise StorageFailed(NOT_CHANGED.format(error, copy), error.detail) from error


def _statements(sql: str) -> Iterator[str]:
    # executescript() would commit the transaction we are in.
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""
