"""What is known of an account beyond its faxes: paused or not, whether others send on it, how far its history was read."""

import sqlite3
from enum import StrEnum

from ifax_desktop.store.database import Database


class Fact(StrEnum):
    """The names of the facts, as they stand in the archive."""

    PAUSED = "paused"
    """The user paused the whole outbox."""
    TOUCHED = "touched"
    """A key of this account worked here."""
    STRANGERS = "strangers"
    """The service's list showed a job that was not sent from here."""
    SWEPT = "swept"
    """When the received lists were last read a long way back."""
    SENT_SWEPT = "sent swept"
    """The same of the sent list."""
    SENT_SEEN = "sent seen"
    """When the sent list was last looked at for faxes of other programs."""
    EARLIER = "earlier"
    """How far back received faxes were brought from the service when this archive was new (`delivery.earlier`)."""
    SENT_EARLIER = "sent earlier"
    """The same of faxes of other programs."""


def fact(connection: sqlite3.Connection, account: str, name: str) -> str:
    """What is kept under this name; empty where nothing is."""
    row = connection.execute(
        "SELECT value FROM fact WHERE account = ? AND name = ?", (account, name)
    ).fetchone()
    return str(row[0]) if row else ""


def keep_fact(connection: sqlite3.Connection, account: str, name: str, value: str) -> None:
    """Keep a fact; an empty value forgets it."""
    if value:
        connection.execute("INSERT OR REPLACE INTO fact VALUES (?, ?, ?)", (account, name, value))
    else:
        connection.execute("DELETE FROM fact WHERE account = ? AND name = ?", (account, name))


class Facts:
    """The facts of one account. Everything here may raise StorageFailed."""

    def __init__(self, database: Database, account: str) -> None:
        self._database = database
        self._account = account

    def get(self, name: str) -> str:
        """What is kept under this name; empty where nothing is. On the calling thread."""
        return self._database.read(lambda connection: fact(connection, self._account, name))

    async def keep(self, name: str, value: str) -> None:
        """Keep a fact durably; an empty value forgets it."""
        await self._database.run(lambda connection: keep_fact(connection, self._account, name, value))
