"""Rings when the service tells of a fax: the same event once, and many events in a moment as one ring.

A ring is no news by itself. It makes the receiver or the tracker ask the service, whose answer counts.
"""

import asyncio
from collections.abc import Callable

from ifax_desktop.api.callbacks import Callback
from ifax_desktop.domain.fax import Direction

REMEMBERED = 1000
"""Events by which a repeated one is known; the service repeats for two hours at the most, a few times each."""

MOST_JOBS = 100
"""Faxes asked for in one ring. What is beyond is asked for by plan, as if nobody had rung."""


class Doorbell:
    """The first event rings at once, those within the pause after it together at its end."""

    def __init__(self, on_received: Callable[[], None], on_sent: Callable[[str], None], pause: float) -> None:
        self._on_received = on_received
        self._on_sent = on_sent
        self._pause = pause
        self._known: dict[Callback, None] = {}
        self._received = False
        self._jobs: dict[str, None] = {}
        self._resting: asyncio.TimerHandle | None = None

    def press(self, callback: Callback) -> bool:
        """Ring for an event, now or in a moment; False if it was told of before."""
        if callback in self._known:
            return False
        self._known[callback] = None
        if len(self._known) > REMEMBERED:
            del self._known[next(iter(self._known))]
        self._received |= callback.direction is not Direction.SENT
        if callback.direction is not Direction.RECEIVED and callback.job_id and len(self._jobs) < MOST_JOBS:
            self._jobs[callback.job_id] = None
        if self._resting is None:
            self._ring()
        return True

    def silence(self) -> None:
        """Ring no more for what was told until now."""
        if self._resting is not None:
            self._resting.cancel()
            self._resting = None
        self._received = False
        self._jobs.clear()

    def _ring(self) -> None:
        self._resting = None
        received, jobs = self._received, list(self._jobs)
        if not received and not jobs:
            return
        self.silence()
        self._resting = asyncio.get_running_loop().call_later(self._pause, self._ring)
        if received:
            self._on_received()
        for job_id in jobs:
            self._on_sent(job_id)
