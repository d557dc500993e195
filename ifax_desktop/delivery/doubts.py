"""Faxes nobody knows the fate of: looked for at the service by themselves, shown beside what they could be, adopted."""

from collections.abc import Callable, Collection, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from ifax_desktop.delivery import plan, reconcile
from ifax_desktop.delivery.line import Line
from ifax_desktop.domain.errors import (
    AccountUnproven,
    FaxError,
    NoAnswer,
    Offline,
    Refused,
    SignInNeeded,
)
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.facts import Fact, Facts
from ifax_desktop.store.files import Files
from ifax_desktop.store.outbox import Doubt, Outbox

if TYPE_CHECKING:
    import asyncio

    from ifax_desktop.api.outbound import Outbound

_MOST_COMPARED = 3
"""Copies of the service fetched in one look to be compared with ours."""
_DAY = timedelta(days=1)


class Doubts:
    """Looks for doubtful faxes in the service's list of sent ones."""

    def __init__(
        self, outbox: Outbox, facts: Facts, files: Files, line: Line, now: Callable[[], datetime]
    ) -> None:
        self._outbox = outbox
        self._facts = facts
        self._files = files
        self._line = line
        self._now = now
        self._outbound: Outbound | None = None
        self._misses = 0
        self._not_before = datetime.min.replace(tzinfo=UTC)
        self._compared: set[tuple[int, str]] = set()
        """Attempts and jobs whose documents were compared and are not the same."""

    @cached_property
    def _looking(self) -> "asyncio.Lock":
        """One look at a time: two at once would find the same, and count as two."""
        import asyncio

        return asyncio.Lock()

    def connect(self, outbound: "Outbound") -> None:
        """Give the calls to the service, once they can be made."""
        self._outbound = outbound

    async def look_for_due(self) -> None:
        """Look for all doubtful faxes whose time for that has come, with one list for all."""
        async with self._looking:
            doubts = await self._outbox.doubtful()
            if self._now() < self._not_before or not any(self._is_due(doubt) for doubt in doubts):
                return
            try:
                await self._look(doubts)
                self._misses = 0
            except (Offline, NoAnswer, SignInNeeded, Refused, AccountUnproven) as error:
                # An unusable list says nothing about a fax, and is no look for it.
                self._line.broke(error)
                self._not_before = self._now() + plan.offline_wait(self._misses)
                self._misses += 1

    async def look_again(self, fax: int) -> bool:
        """Look for a doubtful fax now. True if it was found beyond doubt.

        Raises Offline, NoAnswer, SignInNeeded or Refused when the list cannot be had.
        """
        async with self._looking:
            doubts = await self._outbox.doubtful()
            return any(doubt.fax == fax for doubt in doubts) and fax in await self._look(doubts)

    async def candidates(self, fax: int) -> tuple[SentReport, ...]:
        """What a doubtful fax could be, as the service lists it now, the latest first. Raises as `look_again`."""
        doubts = [doubt for doubt in await self._outbox.doubtful() if doubt.fax == fax]
        if not doubts:
            return ()
        reports, known = await self._list(doubts)
        return tuple(reconcile.candidates(doubts[0], reports, known))

    async def copy_of(self, job_id: str) -> bytes:
        """The service's own copy of a job. Raises as `look_again`, ConsentNeeded or StorageFailed too."""
        import asyncio

        if self._outbound is None:
            raise Offline("The program is still starting. Try again in a moment.")
        async with self._files.incoming() as path:
            await self._outbound.download(job_id, path)
            return await asyncio.to_thread(path.read_bytes)

    async def adopt(self, fax: int, job_id: str) -> bool:
        """The user says that this job is the fax. False if the fax is not doubtful any more, or the job is another fax's."""
        doubts = [doubt for doubt in await self._outbox.doubtful() if doubt.fax == fax]
        if not doubts or await self._outbox.known_among([job_id]):
            return False
        await self._outbox.accepted(doubts[0].attempt, job_id, self._now())
        return True

    async def after_refusal(self, doubt: Doubt) -> SentReport | bool:
        """Whether the service has a fax it refused with a code that is not final (field notes, section 4.7).

        The job it is beyond doubt, True where one could be it, False where none is listed. Raises as `look_again`.
        """
        others = [*await self._outbox.doubtful(), *await self._outbox.under_way()]
        reports, known = await self._list([doubt])
        match = await self._certain(doubt, [doubt, *others], reports, known)
        return match or reconcile.may_be_there(doubt, reports, known)

    def next_look(self, looks: int, since: datetime) -> datetime | None:
        """When a doubtful fax that was looked for so often, the last time then, is looked for next by itself."""
        pause = plan.next_look(looks)
        return None if pause is None else since + pause

    def _is_due(self, doubt: Doubt) -> bool:
        due = self.next_look(doubt.looks, doubt.looked_at or doubt.started_at)
        return due is not None and due <= self._now()

    async def _look(self, doubts: Sequence[Doubt]) -> set[int]:
        """Look for all of them; the answer is the faxes that were found."""
        reports, known = await self._list(doubts)
        under_way = await self._outbox.under_way()
        if reconcile.strangers([*doubts, *under_way], reports, known):
            await self._facts.keep(Fact.STRANGERS, "1")
        found: set[int] = set()
        for doubt in doubts:
            match = await self._certain(doubt, [*doubts, *under_way], reports, known)
            if match is not None:
                await self._outbox.accepted(doubt.attempt, match.job_id, self._now())
                known = known | {match.job_id}
                found.add(doubt.fax)
        await self._outbox.looked([doubt.attempt for doubt in doubts if doubt.fax not in found], self._now())
        return found

    async def _list(self, doubts: Sequence[Doubt]) -> tuple[list[SentReport], frozenset[str]]:
        """The service's list, and which of its jobs are known as ours. All of it while it may show that we are alone."""
        if self._outbound is None:
            raise Offline("The program is still starting. Try again in a moment.")
        start: date | None = None
        if self._facts.get(Fact.STRANGERS):
            start = min(doubt.started_at for doubt in doubts).date() - _DAY
        reports = await self._outbound.list_sent(start=start)
        return reports, await self._outbox.known_among(report.job_id for report in reports)

    async def _certain(
        self, doubt: Doubt, doubts: Sequence[Doubt], reports: Sequence[SentReport], known: Collection[str]
    ) -> SentReport | None:
        """The job that is this fax beyond doubt."""
        unknown = [report for report in reports if report.job_id not in known]
        if found := reconcile.named(doubt, unknown):
            return found
        alone = not self._facts.get(Fact.STRANGERS)
        if alone and (found := reconcile.only_reading(doubt, doubts, reports, known)):
            return found
        return await self._same_document(doubt, doubts, reconcile.candidates(doubt, reports, known))

    async def _same_document(
        self, doubt: Doubt, doubts: Sequence[Doubt], fitting: Sequence[SentReport]
    ) -> SentReport | None:
        """The candidate of which the service's copy is our document, byte for byte, if only one doubtful fax has that."""
        twins = [other for other in doubts if other.document == doubt.document]
        if not doubt.document or doubt.above_job_id is None or len(twins) > 1:
            return None
        fresh = [report for report in fitting if (doubt.attempt, report.job_id) not in self._compared]
        for report in fresh[:_MOST_COMPARED]:
            same = await self._is_copy(report, doubt.document)
            if same:
                return report
            if same is False:
                self._compared.add((doubt.attempt, report.job_id))
        return None

    async def _is_copy(self, report: SentReport, document: str) -> bool | None:
        """Whether the service's copy of a job is this document; None where it cannot be had now."""
        if self._outbound is None:
            return None
        try:
            async with self._files.incoming() as path:
                await self._outbound.download(report.job_id, path)
                return await self._files.hash_of(path) == document
        except FaxError as error:
            # Where it says that it gives no copy, a person has to decide; else the next look tries again.
            return False if isinstance(error, Refused) and error.code is not None else None
