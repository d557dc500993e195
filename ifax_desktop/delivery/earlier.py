"""Brings the faxes from before this archive began, month by month backwards, until nothing more comes.

How far it came stands in the archive, so that a restart goes on from there. The contract names no oldest day: it ends
after twelve months in a row without a fax.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from ifax_desktop.delivery.sweeps import SWEEP
from ifax_desktop.domain.errors import FaxError
from ifax_desktop.store.facts import Fact, Facts

if TYPE_CHECKING:
    import asyncio

MONTH = timedelta(days=30)
EMPTY_MONTHS = 12
"""So many in a row without a fax are the end: whoever sent or received nothing for a year hardly did before."""

Read = Callable[[date, date, Callable[[int], None]], Awaitable[bool]]
"""Takes in the faxes of these days, tells how many came as they come, and says at the end whether there are any."""


@dataclass(frozen=True, slots=True)
class Progress:
    """What the window says of it."""

    at_work: bool = False
    faxes: int = 0
    """Brought so far, by earlier runs of the program too."""
    is_done: bool = False


@dataclass(frozen=True, slots=True)
class _Place:
    """How far one list was read, as it stands in the archive."""

    before: str
    """ISO date: everything from here on is in the archive."""
    empty: int = 0
    """Months without a fax since the last one with any."""
    faxes: int = 0
    done: bool = False


class EarlierFaxes:
    """At work after each good check of the service, until all is there."""

    def __init__(self, facts: Facts, now: Callable[[], datetime]) -> None:
        self._facts = facts
        self._now = now
        self._lists: dict[Fact, Read] = {}
        self._work: asyncio.Task[None] | None = None
        self._stopped = False
        self._listeners: list[Callable[[Progress], None]] = []
        self.progress = Progress()

    @cached_property
    def _go(self) -> "asyncio.Event":
        import asyncio

        return asyncio.Event()

    def add(self, fact: Fact, read: Read) -> None:
        """One more list to be read, one after the other; under `fact` stands how far."""
        self._lists[fact] = read

    def subscribe(self, listener: Callable[[Progress], None]) -> Callable[[], None]:
        """Call `listener` at every change; the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def go_on(self) -> None:
        """The service can be asked now."""
        if not self._stopped:
            self._go.set()

    def stop(self) -> None:
        """Do no more of it until the program is started again."""
        self._stopped = True
        self._go.clear()
        if self._work is not None:
            self._work.cancel()

    def resume(self) -> None:
        """The user wants it all the same."""
        self._stopped = False
        self._go.set()

    async def run(self, broke: Callable[[str, FaxError], None]) -> None:
        """Work whenever that is possible, until cancelled. `broke` is told of what keeps a list from being read."""
        import asyncio

        while True:
            await self._go.wait()
            self._go.clear()
            self._work = asyncio.get_running_loop().create_task(self._bring_all(broke), name="earlier faxes")
            try:
                await asyncio.wait([self._work])
            finally:
                self._work.cancel()  # where we are cancelled it ends with us
                ended = await asyncio.gather(self._work, return_exceptions=True)
                self._work = None
                self._say(replace(self.progress, at_work=False))
            if isinstance(ended[0], Exception):
                raise ended[0]

    async def _bring_all(self, broke: Callable[[str, FaxError], None]) -> None:
        try:
            places = {fact: self._place(fact) for fact in self._lists}
            self.progress = replace(self.progress, faxes=sum(place.faxes for place in places.values()))
        except FaxError as error:
            broke("earlier", error)
            return
        whole = True
        for fact, place in places.items():
            try:
                await self._bring(fact, place)
            except FaxError as error:
                broke(fact, error)  # the next good check goes on here; the other list may work meanwhile
                whole = False
        self._say(replace(self.progress, is_done=whole))

    async def _bring(self, fact: Fact, place: _Place) -> None:
        while not place.done:
            self._say(replace(self.progress, at_work=True))
            place = await self._bring_month(fact, place)
            await self._facts.keep(fact, json.dumps(asdict(place)))

    async def _bring_month(self, fact: Fact, place: _Place) -> _Place:
        end = date.fromisoformat(place.before)
        start = end - MONTH
        came = 0

        def count(more: int) -> None:
            nonlocal came
            came += more
            self._say(replace(self.progress, faxes=self.progress.faxes + more))

        try:
            found = await self._lists[fact](start, end, count)
        except FaxError:
            await self._facts.keep(fact, json.dumps(asdict(replace(place, faxes=place.faxes + came))))
            raise
        empty = 0 if found else place.empty + 1
        return _Place(start.isoformat(), empty, place.faxes + came, done=empty >= EMPTY_MONTHS)

    def _place(self, fact: Fact) -> _Place:
        written = self._facts.get(fact)
        if written:
            return _Place(**json.loads(written))
        # What is younger is brought by the check itself, whose first look goes back as far.
        return _Place((self._now().date() - SWEEP).isoformat())

    def _say(self, progress: Progress) -> None:
        if progress != self.progress:
            self.progress = progress
            for listener in tuple(self._listeners):
                listener(progress)
