"""Long work on a thread of its own: it tells how far it is, and ends soon after its caller has left."""

import threading
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from ifax_desktop.store.bundle import Step, Stopped

if TYPE_CHECKING:
    import asyncio

T = TypeVar("T")
Progress = Callable[[int, int], None]
"""Told on the loop's thread how much is done, and how much there is."""

_STEPS = 200
"""How often at most a piece of work tells how far it is."""


class LongWork:
    """One piece of long work, which may have several parts."""

    def __init__(self, progress: Progress) -> None:
        import asyncio

        self._loop = asyncio.get_running_loop()
        self._progress = progress
        self._stop = threading.Event()
        self._told = -1

    def step(self, done: int, whole: int) -> None:
        """Tell how far it is, from the thread that does it. Raises Stopped once nobody waits any more."""
        if self._stop.is_set():
            raise Stopped
        part = done * _STEPS // max(whole, 1)
        if part != self._told:
            self._told = part
            self._loop.call_soon_threadsafe(self._progress, done, whole)

    async def on_thread(self, work: Callable[[Step], T]) -> T:
        """Do a part on a thread of its own. When the caller leaves, the work ends first, at its next step."""
        import asyncio

        return await self.whole(asyncio.ensure_future(asyncio.to_thread(partial(work, self.step))))

    async def whole(self, work: "asyncio.Future[T]") -> T:
        """Wait for a part that takes steps elsewhere; as `on_thread`."""
        import asyncio

        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            self._stop.set()
            await asyncio.wait([work])
            if not work.cancelled():
                work.exception()  # it was told to stop
            raise
