"""How far back a list of the service is read: a few days at each look, since it may show a fax late, and far back daily."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from ifax_desktop.store.facts import Fact, Facts

OVERLAP = timedelta(days=3)
"""Read again at each look: nobody knows how soon the list shows a fax."""
SWEEP = timedelta(days=30)
"""Read again once a day, and longer where the program was not there for longer."""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reach:
    """The days of one look, both included."""

    start: date
    end: date
    begun: datetime
    is_sweep: bool


class Sweeps:
    """Remembers in the archive when a list was last read far back, so that neither a restart nor a long run misreads it."""

    def __init__(self, facts: Facts, fact: Fact, now: Callable[[], datetime]) -> None:
        self._facts = facts
        self._fact = fact
        self._now = now

    def reach(self) -> Reach:
        """The days to read now. On the calling thread; StorageFailed."""
        now = self._now()
        written = self._facts.get(self._fact)
        last = datetime.fromisoformat(written) if written else None
        if last is not None and timedelta() <= now - last < DAY:
            back = OVERLAP
        elif last is not None and last <= now:
            back = max(SWEEP, now - last + OVERLAP)
        else:  # never yet, or in a future that a wrong clock told of
            back = SWEEP
        return Reach(now.date() - back, now.date() + DAY, now, back is not OVERLAP)

    async def finished(self, reach: Reach) -> None:
        """These days were read to their end. StorageFailed."""
        if reach.is_sweep:
            await self._facts.keep(self._fact, reach.begun.isoformat())
