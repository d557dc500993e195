"""One transaction's hand on the faxes of an account: it writes, keeps the history, and tells afterwards what changed."""

import sqlite3
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any, TypeVar

from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.fax import Happening
from ifax_desktop.store.database import Database
from ifax_desktop.store.times import maybe_to_ms

T = TypeVar("T")


class Writing:
    """Work on the rows of one account at one moment. SQL knows these as :account and :now."""

    def __init__(self, connection: sqlite3.Connection, account: str, now: datetime | None) -> None:
        self.connection = connection
        self.account = account
        self.now = maybe_to_ms(now)
        self.touched: set[int] = set()

    def rows(self, sql: str, **values: Any) -> Sequence[tuple[Any, ...]]:
        """Do one statement and return all its rows."""
        return self.connection.execute(sql, {"account": self.account, "now": self.now, **values}).fetchall()

    def row(self, sql: str, **values: Any) -> tuple[Any, ...] | None:
        """Do one statement and return its first row."""
        rows = self.rows(sql, **values)
        return rows[0] if rows else None

    def event(
        self, fax: int, what: Happening, detail: str = "", pages: int | None = None, code: int | None = None
    ) -> None:
        """Add a line to a fax's history; the fax counts as changed."""
        self.connection.execute(
            "INSERT INTO event (fax, at, what, detail, pages, code) VALUES (?, ?, ?, ?, ?, ?)",
            (fax, self.now, what, detail, pages, code),
        )
        self.touched.add(fax)


class Writer:
    """Runs such work on the database thread and announces the faxes it touched."""

    def __init__(self, database: Database, account: str, changes: Changes) -> None:
        self._database = database
        self._account = account
        self._changes = changes

    async def write(self, now: datetime | None, work: Callable[[Writing], T]) -> T:
        """Do `work` in one transaction; listeners hear of it after the commit, on the caller's thread.

        `now` is None for work that writes no time.
        """
        touched: set[int] = set()

        def do(connection: sqlite3.Connection) -> T:
            writing = Writing(connection, self._account, now)
            result = work(writing)
            touched.update(writing.touched)
            return result

        try:
            return await self._database.run(do)
        finally:  # a caller who was cancelled has written all the same
            if touched:
                self._changes.announce(touched)
