"""Looks at the service's sent list for faxes that other programs sent on the account. Nothing is ever done with them."""

from collections.abc import Callable
from contextlib import aclosing
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from ifax_desktop.delivery.sweeps import Sweeps
from ifax_desktop.domain.errors import Offline
from ifax_desktop.store.archive import Archive
from ifax_desktop.store.facts import Fact, Facts

if TYPE_CHECKING:
    from ifax_desktop.api.outbound import Outbound

SELDOM = timedelta(minutes=10)
"""Between two looks: nobody waits for a fax of another program."""


class SentElsewhere:
    """Takes them into the archive."""

    def __init__(self, archive: Archive, facts: Facts, now: Callable[[], datetime]) -> None:
        self._archive = archive
        self._facts = facts
        self._now = now
        self._sweeps = Sweeps(facts, Fact.SENT_SWEPT, now)
        self._outbound: Outbound | None = None

    def connect(self, outbound: "Outbound") -> None:
        """Give the calls to the service, once they can be made."""
        self._outbound = outbound

    async def look(self) -> None:
        """Look, unless that was done a short while ago, by an earlier run of the program too.

        Raises Offline, NoAnswer, SignInNeeded, Refused or StorageFailed.
        """
        seen = self._facts.get(Fact.SENT_SEEN)
        if seen and timedelta() <= self._now() - datetime.fromisoformat(seen) < SELDOM:
            return
        reach = self._sweeps.reach()
        await self.read(reach.start, reach.end)
        await self._sweeps.finished(reach)
        await self._facts.keep(Fact.SENT_SEEN, reach.begun.isoformat())

    async def read(self, start: date, end: date, came: Callable[[int], None] = lambda _: None) -> bool:
        """Take in what was sent in these days, page by page; `came` is told of each page how many were new.

        The answer is whether anything was sent in these days, by whomever. Raises as `look`.
        """
        if self._outbound is None:
            raise Offline("The program is still starting. Try again in a moment.")
        found = False
        async with aclosing(self._outbound.sent_pages(start, end)) as pages:
            async for page in pages:
                new = await self._archive.add_elsewhere(page, self._now())
                told = (report.began_at or report.ended_at for report in page)
                found = found or new > 0 or any(at and start <= at.date() <= end for at in told)
                came(new)
        return found
