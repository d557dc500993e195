"""Follows accepted faxes until the service says how they ended. What it says of the fax comes before its code."""

from collections.abc import Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from ifax_desktop.delivery import plan
from ifax_desktop.delivery.line import Line
from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.errors import FaxError
from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.fax import State, final_state
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.outbox import OnTheWay, Outbox

if TYPE_CHECKING:
    import asyncio

    from ifax_desktop.api.outbound import Outbound


class Tracker:
    """Asks for the state of each fax on its way: often while it is young, seldom when it is old."""

    def __init__(
        self,
        outbox: Outbox,
        catalogue: Catalogue,
        changes: Changes,
        line: Line,
        now: Callable[[], datetime],
        *,
        youngest: float = 3.0,
    ) -> None:
        self._outbox = outbox
        self._catalogue = catalogue
        self._changes = changes
        self._line = line
        self._now = now
        self._youngest = youngest
        self._asked: dict[int, datetime] = {}
        self._jobs: frozenset[str] = frozenset()
        self._rung: set[str] = set()

    @cached_property
    def _wake(self) -> "asyncio.Event":
        import asyncio

        return asyncio.Event()

    def ring(self, job_id: str) -> None:
        """Something may have happened to this fax: ask now instead of later, if it is on its way from here."""
        if job_id in self._jobs:
            self._rung.add(job_id)
            self._wake.set()

    async def run(self, outbound: "Outbound") -> None:
        """Track until cancelled."""
        unsubscribe = self._changes.subscribe(lambda _: self._wake.set())
        try:
            while True:
                self._wake.clear()
                under_way = await self._outbox.on_their_way()
                self._asked = {fax.fax: self._asked[fax.fax] for fax in under_way if fax.fax in self._asked}
                self._jobs = frozenset(fax.job_id for fax in under_way)
                self._rung &= self._jobs
                for fax in under_way:
                    if self._is_due(fax):
                        await self._ask(outbound, fax)
                await self._sleep(bool(under_way))
        finally:
            unsubscribe()

    def _is_due(self, fax: OnTheWay) -> bool:
        now = self._now()
        asked = self._asked.get(fax.fax, fax.accepted_at)
        pause = self._youngest  # nothing asks faster, whoever rings
        if fax.job_id not in self._rung:
            pause = plan.status_pause(now - fax.accepted_at, pause)
        return (now - asked).total_seconds() >= pause or fax.fax not in self._asked

    async def _ask(self, outbound: "Outbound", fax: OnTheWay) -> None:
        self._asked[fax.fax] = self._now()
        self._rung.discard(fax.job_id)
        try:
            report = await outbound.status(fax.job_id)
        except FaxError as error:
            self._line.broke(error)
            return  # nothing is known anew; the next question is planned
        self._line.worked()
        await self.take(fax, report)

    async def take(self, fax: OnTheWay, report: SentReport) -> None:
        """Keep what the service says of a fax: on its way, ended, or worth another planned try."""
        state = final_state(report.status)
        now = self._now()
        if state is None:
            await self._outbox.progressed(fax.fax, report, now)
            return
        wait = plan.next_try(self._catalogue, report, fax.tries) if state is State.FAILED else None
        if wait is None:
            await self._outbox.ended(fax.fax, state, report, now)
        else:
            await self._outbox.plan_retry(fax.fax, report, now + wait, now)

    async def _sleep(self, busy: bool) -> None:
        import asyncio

        try:
            async with asyncio.timeout(self._youngest if busy else None):
                await self._wake.wait()
        except TimeoutError:
            return
        # Our own writes ring too: at most one round in a while, however many of them there are.
        await asyncio.sleep(min(self._youngest, 0.2))
