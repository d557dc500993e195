"""Received faxes whose document the service did not give yet: why, and when it is asked for again."""

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime

from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.store import rows
from ifax_desktop.store.database import Database
from ifax_desktop.store.deleting import remember_deleted
from ifax_desktop.store.times import from_ms, maybe_from_ms, maybe_to_ms, to_ms
from ifax_desktop.store.writing import Writer, Writing

AT_ONCE = 20
"""Asked for in one go: a new fax must not wait until thousands of old ones were."""


@dataclass(frozen=True, slots=True)
class AwaitedFax:
    """One of them. Times are UTC."""

    report: ReceivedReport
    first_missed: datetime
    tries: int
    next_try: datetime | None
    """None: it is asked for again only when the user wants that."""
    words: str = field(repr=False)
    """Why it could not be had, as it was said the last time."""


class Awaited:
    """The awaited faxes of one account. Everything here may raise StorageFailed."""

    def __init__(self, database: Database, account: str) -> None:
        self._database = database
        self._account = account
        self._write = Writer(database, account, Changes()).write
        self.changes = Changes()
        """Announces that there are others now, or the same with other words; the ids are always empty."""

    async def all(self) -> list[AwaitedFax]:
        """All of them, the one received last in front."""
        return await self._database.ask(lambda connection: _read(connection, self._account, None))

    async def due(self, now: datetime) -> list[AwaitedFax]:
        """Those to be asked for now, the one received last in front: some of them, where there are many."""
        return await self._database.ask(
            lambda connection: _read(connection, self._account, to_ms(now), AT_ONCE)
        )

    async def next_try(self) -> datetime | None:
        """When the next one is to be asked for; None while there is none."""
        sql = "SELECT min(next_try) FROM awaited WHERE account = ?"
        return await self._database.ask(
            lambda connection: maybe_from_ms(connection.execute(sql, (self._account,)).fetchone()[0])
        )

    async def missed(
        self, report: ReceivedReport, tries: int, next_try: datetime | None, words: str, now: datetime
    ) -> None:
        """Its document could not be had, for the `tries`-th time."""
        await self._write(now, lambda writing: _missed(writing, report, tries, next_try, words))
        self.changes.announce(())

    async def hurry(self, now: datetime) -> None:
        """All of them are due now: the user wants it."""
        await self._write(
            now, lambda writing: writing.rows("UPDATE awaited SET next_try = :now WHERE account = :account")
        )
        self.changes.announce(())

    async def give_up(self, now: datetime) -> None:
        """The user does not want these faxes: they are awaited no more, and do not come back."""
        await self._write(now, _give_up)
        self.changes.announce(())

    def came(self) -> None:
        """Say that one of them was added to the archive, which ends the waiting for it."""
        self.changes.announce(())


def _read(connection: sqlite3.Connection, account: str, due: int | None, most: int = -1) -> list[AwaitedFax]:
    found = connection.execute(
        """
        SELECT job_id, transaction_id, number, own_number, received_at, received_text, pages, fax_id, raw,
               first_missed, tries, next_try, words
        FROM awaited WHERE account = :account AND (:due IS NULL OR next_try <= :due)
        ORDER BY received_at DESC, job_id DESC LIMIT :most
        """,
        {"account": account, "due": due, "most": most},
    )
    return [
        AwaitedFax(
            ReceivedReport(
                job, call, number, own, maybe_from_ms(at), text, pages, fax_id, json.loads(raw or "{}")
            ),
            from_ms(missed),
            tries,
            maybe_from_ms(again),
            words,
        )
        for job, call, number, own, at, text, pages, fax_id, raw, missed, tries, again, words in found
    ]


def _missed(
    writing: Writing, report: ReceivedReport, tries: int, next_try: datetime | None, words: str
) -> None:
    writing.rows(
        """
        INSERT INTO awaited VALUES (
            :account, :job_id, :transaction_id, :number, :own_number, :received_at, :received_text, :pages, :fax_id,
            :raw, :now, :tries, :next_try, :words)
        ON CONFLICT DO UPDATE SET tries = :tries, next_try = :next_try, words = :words
        """,
        job_id=report.job_id,
        transaction_id=report.transaction_id,
        number=report.from_number,
        own_number=report.to_number,
        received_at=maybe_to_ms(report.received_at),
        received_text=report.received_text,
        pages=report.pages,
        fax_id=report.fax_id,
        raw=rows.to_json(report.raw),
        tries=tries,
        next_try=maybe_to_ms(next_try),
        words=words,
    )


def _give_up(writing: Writing) -> None:
    gone = writing.rows("DELETE FROM awaited WHERE account = :account RETURNING job_id, transaction_id")
    for job_id, transaction_id in gone:
        remember_deleted(writing, Direction.RECEIVED, job_id, transaction_id)
