"""The outbox: every step of a fax from the draft to its end, each one durable transaction and one announcement.

A step that does not fit the state a fax is in does nothing (domain/fax.py, MAY_FOLLOW): whoever came first has won.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.fax import State, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.number import FaxNumber
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store import attempts, deleting, desk, doubts, due, rows, tracking
from ifax_desktop.store.attempts import Claim, Withdrawn
from ifax_desktop.store.database import Database
from ifax_desktop.store.desk import Stopped
from ifax_desktop.store.doubts import Doubt
from ifax_desktop.store.due import Held
from ifax_desktop.store.facts import Fact, fact
from ifax_desktop.store.tracking import OnTheWay
from ifax_desktop.store.writing import Writer, Writing

__all__ = ["Claim", "Doubt", "Held", "OnTheWay", "Outbox", "Stopped", "Withdrawn"]


class Outbox:
    """The faxes of one account that go out. Everything here may raise StorageFailed, and then nothing was written."""

    def __init__(self, database: Database, account: str, changes: Changes) -> None:
        self._database = database
        self._account = account
        self._changes = changes
        self._write = Writer(database, account, changes).write

    async def save_draft(self, form: Form, now: datetime, fax: int | None = None) -> int:
        """Keep an unfinished form, in the draft `fax` if it is given; the answer is the draft's id."""
        return await self._write(now, lambda writing: desk.save_draft(writing, form, fax))

    async def discard(self, fax: int) -> None:
        """Remove a draft; anything else stays."""
        await self._write(None, lambda writing: desk.discard(writing, fax))

    async def let_go(self, document: str, now: datetime) -> None:
        """Note that a document was kept for a fax that did not come of it: it is removed later."""
        await self._write(now, lambda writing: deleting.let_go(writing, [document]))

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

    async def stop(self, fax: int, now: datetime) -> Stopped:
        """Cancel a fax that waits here; for one that has left, remember that the service is to be asked."""
        return await self._write(now, lambda writing: desk.stop(writing, fax))

    async def try_again(self, fax: int, now: datetime) -> bool:
        """Make a failed, canceled or waiting fax due now. False for any other."""
        return await self._write(now, lambda writing: desk.try_again(writing, fax))

    async def queue_resend(self, fax: int, now: datetime) -> int | None:
        """Queue a new fax that the service makes of its own copy of `fax`; None if the service never had that."""
        return await self._write(now, lambda writing: desk.queue_resend(writing, fax))

    async def send_anyway(self, fax: int, now: datetime) -> bool:
        """Send a doubtful fax again, as the user wants that although it may print twice. False for any other."""
        return await self._write(now, lambda writing: doubts.send_anyway(writing, fax))

    async def pause(self, *, paused: bool) -> None:
        """Let nothing more out, or let it out again. It holds for every process, and after a restart."""
        await self._write(None, lambda writing: due.pause(writing, paused))
        self._changes.announce(())

    def is_paused(self) -> bool:
        """Whether nothing goes out until the user says so. On the calling thread."""
        return bool(self._database.read(lambda connection: fact(connection, self._account, Fact.PAUSED)))

    async def hold_anew(self, now: datetime, hold: timedelta) -> list[int]:
        """Begin the time for an Undo anew for all faxes that wait for one; the answer is these faxes."""
        return await self._write(None, lambda writing: due.hold_anew(writing, now, hold))

    async def held(self) -> list[Held]:
        """All faxes that wait for an Undo, the next one first."""
        return await self._database.ask(lambda connection: due.held(connection, self._account))

    async def claim(self, now: datetime, late: timedelta = timedelta.max) -> Claim | None:
        """Take the fax that has been due longest and open an attempt: queued becomes sending.

        Never two to one number: a fax waits while another to it is sending or accepted. What has been due for longer
        than `late` is not taken, but waits for the user's word from now on. None while the outbox is paused.
        """

        def work(writing: Writing) -> Claim | None:
            if late is not timedelta.max:
                due.hold_back_late(writing, now - late)
            return attempts.claim(writing)

        return await self._write(now, work)

    async def next_due(self) -> datetime | None:
        """When the next fax may be claimed; one that waits for another to the same number is left out."""
        return await self._database.ask(lambda connection: due.next_due(connection, self._account))

    async def note_above(self, attempt: int, job_id: str) -> None:
        """Keep the highest job id the sent list showed before the attempt; empty if the list was."""
        await self._write(None, lambda writing: attempts.note_above(writing, attempt, job_id))

    async def handed_over(self, attempt: int, now: datetime) -> None:
        """Mark that the last piece is about to go. It may go only if this returns."""
        await self._write(now, lambda writing: attempts.handed_over(writing, attempt))

    async def accepted(self, attempt: int, job_id: str, now: datetime) -> None:
        """The service gave a job id, or the fax was found in its list: sending or doubtful becomes accepted."""
        await self._write(now, lambda writing: attempts.accepted(writing, attempt, job_id))

    async def refused(
        self, attempt: int, code: int | None, message: str, now: datetime, *, own_words: bool = False
    ) -> None:
        """The service understood and said no, or it cannot go for a reason of ours (`own_words`): sending becomes failed."""
        await self._write(
            now, lambda writing: attempts.refused(writing, attempt, code, message, own_words=own_words)
        )

    async def resume(self, attempt: int, job_id: str, now: datetime) -> None:
        """An earlier try under this job is not over, or got through: sending becomes accepted under it."""
        await self._write(now, lambda writing: attempts.resume(writing, attempt, job_id))

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
        return await self._database.ask(lambda connection: doubts.doubtful(connection, self._account))

    async def under_way(self) -> list[Doubt]:
        """All faxes being handed over: what the service shows of them is not known to be ours yet."""
        return await self._database.ask(lambda connection: doubts.under_way(connection, self._account))

    async def known_among(self, jobs: Iterable[str]) -> frozenset[str]:
        """Those of these jobs that were sent from here, earlier tries and discarded faxes included."""
        wanted = list(jobs)
        return await self._database.ask(
            lambda connection: doubts.known_among(connection, self._account, wanted)
        )

    async def looked(self, attempts: list[int], now: datetime) -> None:
        """The service's list was read for these attempts, and none of them was found."""
        await self._write(now, lambda writing: doubts.looked(writing, attempts))

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

    async def silent(self, fax: int, words: str, now: datetime) -> None:
        """The service does not say how an accepted fax stands."""
        await self._write(now, lambda writing: tracking.silent(writing, fax, words))

    async def stop_taken(self, fax: int, job_id: str, now: datetime) -> None:
        """The service took the wish to stop a fax; its word for the fax decides."""
        await self._write(now, lambda writing: tracking.stop_taken(writing, fax, job_id))

    async def stop_refused(self, fax: int, job_id: str, code: int | None, words: str, now: datetime) -> None:
        """The service will not stop a fax."""
        await self._write(now, lambda writing: tracking.stop_refused(writing, fax, job_id, code, words))
