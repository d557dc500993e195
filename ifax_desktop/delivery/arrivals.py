"""Takes in what was received in some days: every page of the service's list as soon as it is there, each fax once."""

from collections.abc import Callable
from contextlib import aclosing
from datetime import date, datetime

from ifax_desktop.delivery.fetching import Fetching
from ifax_desktop.delivery.received_lists import ReceivedLists
from ifax_desktop.delivery.sweeps import Sweeps
from ifax_desktop.domain.errors import Offline
from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.store.archive import Archive
from ifax_desktop.store.facts import Fact, Facts


class Arrivals:
    """All calls raise Offline, NoAnswer, SignInNeeded, Refused and StorageFailed. What came before that is kept."""

    def __init__(
        self, archive: Archive, fetching: Fetching, facts: Facts, now: Callable[[], datetime]
    ) -> None:
        self._archive = archive
        self._fetching = fetching
        self._sweeps = Sweeps(facts, Fact.SWEPT, now)
        self._lists: ReceivedLists | None = None

    def connect(self, lists: ReceivedLists) -> None:
        """Give the lists, once they can be asked for."""
        self._lists = lists

    async def look(self) -> int:
        """Take in what came of late, and once a day what came in longer; the answer is how many were new."""
        reach = self._sweeps.reach()
        if reach.is_sweep and self._lists is not None:
            self._lists.forget()
        count = 0

        def came(more: int) -> None:
            nonlocal count
            count += more

        await self._read(reach.start, reach.end, came, background=False)
        await self._sweeps.finished(reach)
        return count

    async def read_earlier(self, start: date, end: date, came: Callable[[int], None]) -> bool:
        """Take in what was received in these days while nobody waits; `came` is told of each page how many were new.

        The answer is whether anything was received in these days.
        """
        return await self._read(start, end, came, background=True)

    async def _read(self, start: date, end: date, came: Callable[[int], None], *, background: bool) -> bool:
        if self._lists is None:
            raise Offline("The program is still starting. Try again in a moment.")
        found = False
        async with aclosing(self._lists.pages(start, end)) as pages:
            async for page in pages:
                new = await self._archive.unknown(page)
                found = found or bool(new) or any(_is_within(report, start, end) for report in page)
                came(await self._fetching.fetch(reversed(new), background=background))
        return found


def _is_within(report: ReceivedReport, start: date, end: date) -> bool:
    return report.received_at is not None and start <= report.received_at.date() <= end
