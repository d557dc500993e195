"""The shape of the archive: numbered SQL files, run forward only, each in a transaction of its own."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from ifax_desktop.domain.errors import StorageFailed

MIGRATIONS = Path(__file__).parent / "migrations"
NEWER = "This fax archive was written by a newer version of iFax Desktop. Install that version to open it."


def migrate(connection: sqlite3.Connection, folder: Path = MIGRATIONS) -> None:
    """Bring the archive up to the newest file of `folder`, named like 0001_initial.sql.

    StorageFailed if it comes from a newer program. A file that fails leaves the archive as it was.
    """
    steps = {int(file.name[:4]): file for file in folder.glob("[0-9]*.sql")}
    newest = max(steps)
    version = _version(connection)
    if version > newest:
        raise StorageFailed(NEWER, f"version {version}, this program knows {newest}")
    for number in range(version + 1, newest + 1):
        _step(connection, number, steps[number].read_text("utf-8"))


def _step(connection: sqlite3.Connection, number: int, sql: str) -> None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        if _version(connection) < number:  # another process may have come first
            for statement in _statements(sql):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {number}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(sql: str) -> Iterator[str]:
    # executescript() would commit the transaction we are in.
    statement = ""
    for line in sql.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
