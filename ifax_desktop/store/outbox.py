"""The outbox: every step of a fax from the draft to its end, each one durable transaction and one announcement.

A step that does not fit the state a fax is in does nothing (domain/fax.py, MAY_FOLLOW): whoever came first has won.
"""

import sqlite3
from datetime import datetime

from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.fax import State, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.number import FaxNumber
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store import attempts, desk, rows, tracking
from ifax_desktop.store.attempts import Claim, Doubt
from ifax_desktop.store.database import Database
from ifax_desktop.store.times import from_ms
from ifax_desktop.store.tracking import OnTheWay
from ifax_desktop.store.writing import Writer

__all__ = ["Claim", "Doubt", "OnTheWay", "Outbox"]

_NEXT_DUE = """
    SELECT due_at FROM fax
    WHERE account = ? AND state = 'queued' AND NOT EXISTS (
        SELECT 1 FROM fax AS other
        WHERE other.account = fax.account AND other.number = fax.number AND other.elsewhere = 0
            AND other.state IN ('sending', 'accepted'))
    ORDER BY due_at, id LIMIT 1
"""


class Outbox:
    """The faxes of one account that go out. Everything here may raise StorageFailed, and then nothing was written."""

    def __init__(self, database: Database, account: str, changes: Changes) -> None:
        self._database = database
        self._account = account
        self._write = Writer(database, account, changes).write

    async def save_draft(self, form: Form, now: datetime, fax: int | None = None) -> int:
        """Keep an unfinished form, in the draft `fax` if it is given; the answer is the draft's id."""
        return await self._write(now, lambda writing: desk.save_draft(writing, form, fax))

    async def discard(self, fax: int) -> None:
        """Remove a draft; anything else stays."""
        await self._write(None, lambda writing: desk.discard(writing, fax))

    def form(self, fax: int) -> Form | None:
        """What was filled in for a fax, whatever became of it; None for a received one. On the calling thread."""
        return self._database.read(lambda connection: rows.read_form(connection, self._account, fax))

    async def queue(
        self,
        form: Form,
        number: FaxNumber,
        document: str,
        pages: int,
        size: int,
        now: datetime,
        due_at: datetime,
        waiting: Waiting,
        fax: int | None = None,
    ) -> int:
        """Queue a complete fax; the row of the draft `fax` becomes it. When this returns, no crash can lose it."""
        order = desk.Order(form, number, document, pages, size, due_at, waiting)
        return await self._write(now, lambda writing: desk.queue(writing, order, fax))

    async def take_back(self, fax: int, now: datetime) -> bool:
        """Undo: make a queued fax a draft again. False if it is queued no more."""
        return await self._write(now, lambda writing: desk.take_back(writing, fax))

    async def cancel(self, fax: int, now: datetime) -> bool:
        """Cancel a queued fax. False if it is queued no more."""
        return await self._write(now, lambda writing: desk.cancel(writing, fax))

    async def try_again(self, fax: int, now: datetime) -> bool:
        """Make a failed, canceled or waiting fax due now. False for any other."""
        return await self._write(now, lambda writing: desk.try_again(writing, fax))

    async def claim(self, now: datetime) -> Claim | None:
        """Take the fax that has been due longest and open an attempt: queued becomes sending.

        Never two to one number: a fax waits while another to it is sending or accepted.
        """
        return await self._write(now, attempts.claim)

    async def next_due(self) -> datetime | None:
        """When the next fax may be claimed; one that waits for another to the same number is left out."""
        return await self._database.ask(self._next_due)

    async def note_above(self, attempt: int, job_id: str) -> None:
        """Keep the highest job id the sent list showed before the attempt; empty if the list was."""
        await self._write(None, lambda writing: attempts.note_above(writing, attempt, job_id))

    async def handed_over(self, attempt: int, now: datetime) -> None:
        """Mark that the last piece is about to go. It may go only if this returns."""
        await self._write(now, lambda writing: attempts.handed_over(writing, attempt))

    async def accepted(self, attempt: int, job_id: str, now: datetime) -> None:
        """The service gave a job id, or the fax was found in its list: sending or doubtful becomes accepted."""
        await self._write(now, lambda writing: attempts.accepted(writing, attempt, job_id))

    async def refused(self, attempt: int, code: int | None, message: str, now: datetime) -> None:
        """The service understood and said no: sending becomes failed."""
        await self._write(now, lambda writing: attempts.refused(writing, attempt, code, message))

    async def put_back(
        self, attempt: int, due_at: datetime, waiting: Waiting, now: datetime, detail: str = ""
    ) -> None:
        """The service cannot have it: sending becomes queued until `due_at`."""
        await self._write(now, lambda writing: attempts.put_back(writing, attempt, due_at, waiting, detail))

    async def doubt(self, attempt: int, now: datetime, detail: str = "") -> None:
        """The service may have it: sending becomes doubtful."""
        await self._write(now, lambda writing: attempts.doubt(writing, attempt, detail))

    async def recover(self, now: datetime) -> list[int]:
        """Mend, at the start, what was left in sending; the answer is the faxes that were.

        With the mark of `handed_over` it becomes doubtful, without it queued and due now.
        """
        return await self._write(now, lambda writing: attempts.recover(writing, now))

    async def doubtful(self) -> list[Doubt]:
        """All doubtful faxes, oldest attempt first."""
        return await self._database.ask(lambda connection: attempts.doubtful(connection, self._account))

    async def on_their_way(self) -> list[OnTheWay]:
        """All accepted faxes, the one accepted first in front."""
        return await self._database.ask(lambda connection: tracking.on_their_way(connection, self._account))

    async def progressed(self, fax: int, report: SentReport, now: datetime) -> None:
        """Keep what the service says of an accepted fax; announced only if pages or status are new."""
        await self._write(now, lambda writing: tracking.progressed(writing, fax, report))

    async def ended(self, fax: int, state: State, report: SentReport, now: datetime) -> None:
        """The service says that it is over: accepted becomes delivered, failed or canceled."""
        await self._write(now, lambda writing: tracking.ended(writing, fax, state, report))

    async def plan_retry(self, fax: int, report: SentReport, due_at: datetime, now: datetime) -> None:
        """It did not get through and is tried again at `due_at`: accepted becomes queued."""
        await self._write(now, lambda writing: tracking.plan_retry(writing, fax, report, due_at))

    def _next_due(self, connection: sqlite3.Connection) -> datetime | None:
        row = connection.execute(_NEXT_DUE, (self._account,)).fetchone()
        return from_ms(row[0]) if row else None
