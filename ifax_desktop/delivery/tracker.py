"""Follows accepted faxes until the service says how they ended. What it says of the fax comes before its code."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from ifax_desktop.delivery import plan
from ifax_desktop.delivery.line import Line
from ifax_desktop.delivery.stops import Stops
from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.errors import AccountUnproven, FaxError, Offline, SignInNeeded
from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.fax import State, Stop, final_state
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.outbox import OnTheWay, Outbox

if TYPE_CHECKING:
    import asyncio

    from ifax_desktop.api.outbound import Outbound

_MANY = 5
"""So many faxes are asked about by one list instead of one call each."""
_LISTED = timedelta(days=1)
"""Faxes accepted longer ago are asked about one by one: a list that reaches back to them would be long."""


class Tracker:
    """Asks for the state of each fax on its way: often while it is young, seldom when it is old."""

    def __init__(
        self,
        outbox: Outbox,
        catalogue: Catalogue,
        changes: Changes,
        line: Line,
        now: Callable[[], datetime],
        stops: Stops,
        *,
        youngest: float = 3.0,
    ) -> None:
        self._outbox = outbox
        self._catalogue = catalogue
        self._changes = changes
        self._line = line
        self._now = now
        self._stops = stops
        self._youngest = youngest
        self._asked: dict[int, datetime] = {}
        self._misses: dict[int, tuple[int, datetime]] = {}
        """How often in a row the service did not say how a fax stands, and since when."""
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
                await self._sleep(await self.round(outbound))
        finally:
            unsubscribe()

    async def round(self, outbound: "Outbound") -> bool:
        """Ask about every fax whose time has come; the answer is whether any is on its way at all."""
        under_way = await self._outbox.on_their_way()
        self._forget_all_but(under_way)
        for fax in under_way:
            if fax.stop is Stop.WANTED and await self._stops.ask(outbound, fax):
                self._rung.add(fax.job_id)  # what it says of the fax now is what counts
        await self._ask_all(outbound, [fax for fax in under_way if self._is_due(fax)])
        return bool(under_way)

    async def take(self, fax: OnTheWay, report: SentReport) -> None:
        """Keep what the service says of a fax: on its way, ended, or worth another planned try."""
        state = final_state(report.status)
        now = self._now()
        if state is None:
            await self._outbox.progressed(fax.fax, report, now)
            return
        may_go_on = state is State.FAILED and fax.stop is Stop.NOT_ASKED and not fax.brought_back
        wait = plan.next_try(self._catalogue, report, fax.tries) if may_go_on else None
        if wait is None:
            await self._outbox.ended(fax.fax, state, report, now)
        else:
            await self._outbox.plan_retry(fax.fax, report, now + wait, now)

    def _forget_all_but(self, under_way: Sequence[OnTheWay]) -> None:
        faxes = {fax.fax for fax in under_way}
        self._asked = {fax: at for fax, at in self._asked.items() if fax in faxes}
        self._misses = {fax: missed for fax, missed in self._misses.items() if fax in faxes}
        self._jobs = frozenset(fax.job_id for fax in under_way)
        self._rung &= self._jobs

    def _is_due(self, fax: OnTheWay) -> bool:
        now = self._now()
        asked = self._asked.get(fax.fax, fax.accepted_at)
        pause = self._youngest  # nothing asks faster, whoever rings
        if fax.job_id not in self._rung:
            misses, _ = self._misses.get(fax.fax, (0, now))
            pause = plan.status_pause(now - fax.accepted_at, pause, misses)
        return (now - asked).total_seconds() >= pause or fax.fax not in self._asked

    async def _ask_all(self, outbound: "Outbound", due: Sequence[OnTheWay]) -> None:
        """Ask about all of them: by one list where that saves calls, and one by one about what it does not tell."""
        young = [fax for fax in due if self._now() - fax.accepted_at < _LISTED]
        listed: set[int] = set()
        if len(young) >= _MANY:
            listed = await self._ask_list(outbound, young)
        for fax in due:
            if fax.fax not in listed:
                await self._ask(outbound, fax)

    async def _ask_list(self, outbound: "Outbound", faxes: Sequence[OnTheWay]) -> set[int]:
        """Take the states of these faxes from the list; the answer is those it told."""
        start = min(fax.accepted_at for fax in faxes).date()
        try:
            reports = {report.job_id: report for report in await outbound.list_sent(start=start)}
        except FaxError as error:
            self._line.broke(error)
            return set()
        self._line.worked()
        told = [fax for fax in faxes if fax.job_id in reports and reports[fax.job_id].status]
        for fax in told:
            self._heard(fax)
            await self.take(fax, reports[fax.job_id])
        return {fax.fax for fax in told}

    async def _ask(self, outbound: "Outbound", fax: OnTheWay) -> None:
        self._asked[fax.fax] = self._now()
        self._rung.discard(fax.job_id)
        try:
            report = await outbound.status(fax.job_id)
        except FaxError as error:
            self._line.broke(error)
            await self._missed(fax, error)
            return  # nothing is known anew; the next question is planned
        self._line.worked()
        self._heard(fax)
        await self.take(fax, report)

    def _heard(self, fax: OnTheWay) -> None:
        self._asked[fax.fax] = self._now()
        self._rung.discard(fax.job_id)
        self._misses.pop(fax.fax, None)

    async def _missed(self, fax: OnTheWay, error: FaxError) -> None:
        """Ask less often; what goes on for a while, and is no trouble of the line, is shown on the fax."""
        misses, since = self._misses.get(fax.fax, (0, self._now()))
        self._misses[fax.fax] = (misses + 1, since)
        if isinstance(error, Offline | SignInNeeded | AccountUnproven) or self._now() - since < plan.SILENCE:
            return
        await self._outbox.silent(fax.fax, str(error), self._now())

    async def _sleep(self, busy: bool) -> None:
        import asyncio

        try:
            async with asyncio.timeout(self._youngest if busy else None):
                await self._wake.wait()
        except TimeoutError:
            return
        # Our own writes ring too: at most one round in a while, however many of them there are.
        await asyncio.sleep(min(self._youngest, 0.2))
