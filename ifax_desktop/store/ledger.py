"""The ledger of deeds at the service: what was about to be done is on the disk before it is done.

Attempts to send a fax have a ledger of their own, in `attempts`.
"""

import json
import os
import sqlite3
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from ifax_desktop.domain.deeds import NOT_CERTAIN, ONE_AT_A_TIME, UNDER_WAY, Deed, Intent, Outcome
from ifax_desktop.domain.errors import NotCertain
from ifax_desktop.store.database import Database
from ifax_desktop.store.rows import to_json
from ifax_desktop.store.times import from_ms, maybe_from_ms, to_ms

_ROWS = """
    SELECT id, what, subject, known, begun_at, ended_at, outcome, code, message, raw FROM intent
    WHERE account = ?
"""


class Ledger:
    """The deeds of one account. Everything here may raise StorageFailed, and then nothing was written."""

    def __init__(self, database: Database, account: str) -> None:
        self._database = database
        self._account = account

    async def begin(self, deed: Deed, subject: str, known: Mapping[str, Any], now: datetime) -> int:
        """Write down what is about to be done; it may be done only if this returns.

        Raises NotCertain while the same deed on the same subject has no known end, for some deeds on any subject.
        """

        def work(connection: sqlite3.Connection) -> int:
            self._look_for_open(connection, deed, subject)
            cursor = connection.execute(
                "INSERT INTO intent (token, account, what, subject, known, begun_at) VALUES (?, ?, ?, ?, ?, ?)",
                (os.urandom(16).hex(), self._account, deed, subject, to_json(known), to_ms(now)),
            )
            return int(cursor.lastrowid or 0)

        return await self._database.run(work)

    async def end(
        self,
        intent: int,
        outcome: Outcome,
        now: datetime,
        *,
        code: int | None = None,
        message: str = "",
        raw: Mapping[str, Any] | None = None,
    ) -> None:
        """Write down how a deed that is under way ended."""
        sql = """
            UPDATE intent SET outcome = ?, ended_at = ?, code = ?, message = ?, raw = ?
            WHERE id = ? AND account = ? AND outcome = ''
        """
        values = (outcome, to_ms(now), code, message, to_json(raw or {}), intent, self._account)
        await self._database.run(lambda connection: connection.execute(sql, values))

    async def settle(self, intent: int, outcome: Outcome, now: datetime) -> bool:
        """The truth about a deed that was not certain was found. False if it was certain already."""
        if outcome not in (Outcome.DONE, Outcome.REFUSED, Outcome.NOT_ASKED):
            raise ValueError(f"{outcome!r} is no end")
        sql = """
            UPDATE intent SET outcome = ?, ended_at = ?
            WHERE id = ? AND account = ? AND outcome = 'not certain' RETURNING id
        """
        values = (outcome, to_ms(now), intent, self._account)
        return await self._database.run(
            lambda connection: connection.execute(sql, values).fetchone() is not None
        )

    async def recover(self, now: datetime) -> list[Intent]:
        """What an earlier end of the program left under way is not certain; those of this account."""

        def work(connection: sqlite3.Connection) -> list[Intent]:
            left = _read(connection, self._account, "AND outcome = ''")
            sql = "UPDATE intent SET outcome = 'not certain', ended_at = ? WHERE outcome = ''"
            connection.execute(sql, (to_ms(now),))
            return left

        return await self._database.run(work)

    async def uncertain(self) -> list[Intent]:
        """All deeds that are not certain, the oldest first."""
        return await self._database.ask(
            lambda connection: _read(connection, self._account, "AND outcome = 'not certain'")
        )

    async def all(self) -> list[Intent]:
        """All deeds, the oldest first."""
        return await self._database.ask(lambda connection: _read(connection, self._account))

    def _look_for_open(self, connection: sqlite3.Connection, deed: Deed, subject: str) -> None:
        row = connection.execute(
            """
            SELECT outcome FROM intent
            WHERE account = ? AND what = ? AND (? OR subject = ?) AND outcome IN ('', 'not certain')
            ORDER BY outcome DESC LIMIT 1
            """,
            (self._account, deed, deed in ONE_AT_A_TIME, subject),
        ).fetchone()
        if row is not None:
            raise NotCertain((NOT_CERTAIN if row[0] else UNDER_WAY)[deed])


def _read(connection: sqlite3.Connection, account: str, which: str = "") -> list[Intent]:
    return [
        Intent(
            row[0],
            Deed(row[1]),
            row[2],
            json.loads(row[3] or "{}"),
            from_ms(row[4]),
            maybe_from_ms(row[5]),
            Outcome(row[6]),
            row[7],
            row[8],
            json.loads(row[9] or "{}"),
        )
        for row in connection.execute(f"{_ROWS} {which} ORDER BY id", (account,))
    ]
