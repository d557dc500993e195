"""The fax numbers of an account as the service last told them, and what we know of them ourselves."""

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.store.database import Database
from ifax_desktop.store.times import maybe_from_ms, maybe_to_ms, to_ms


class Numbers:
    """The account's own numbers. One that is given back keeps its label and first day in case it returns."""

    def __init__(self, database: Database, account: str) -> None:
        self._database = database
        self._account = account

    async def replace(self, numbers: Sequence[OwnNumber], now: datetime) -> None:
        """Keep the service's list in place of the last one; our labels and first days stay. StorageFailed."""

        def work(connection: sqlite3.Connection) -> None:
            connection.execute("UPDATE own_number SET position = NULL WHERE account = ?", (self._account,))
            for position, number in enumerate(numbers):
                connection.execute(_KEEP, _values(self._account, position, number, now))

        await self._database.run(work)

    def all(self) -> list[OwnNumber]:
        """The numbers in the service's order. On the calling thread. StorageFailed."""
        found = self._database.read(lambda connection: connection.execute(_ALL, (self._account,)).fetchall())
        return [
            OwnNumber(number, number_id, order_id, country, area, maybe_from_ms(since))
            for number, number_id, order_id, country, area, since in found
        ]


_ALL = """
    SELECT number, number_id, order_id, country, area, since FROM own_number
    WHERE account = ? AND position IS NOT NULL ORDER BY position
"""

_KEEP = """
    INSERT INTO own_number (account, number, position, number_id, order_id, country, area, since, first_seen)
    VALUES (:account, :number, :position, :number_id, :order_id, :country, :area, :since, :now)
    ON CONFLICT (account, number) DO UPDATE SET
        position = excluded.position, number_id = excluded.number_id, order_id = excluded.order_id,
        country = excluded.country, area = excluded.area, since = excluded.since
"""


def _values(account: str, position: int, number: OwnNumber, now: datetime) -> dict[str, str | int | None]:
    return {
        "account": account,
        "position": position,
        "number": number.number,
        "number_id": number.number_id,
        "order_id": number.order_id,
        "country": number.country,
        "area": number.area,
        "since": maybe_to_ms(number.since),
        "now": to_ms(now),
    }
