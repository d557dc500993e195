"""When the service is off the network, and the work it does after a client has left.

Both are measured in real seconds: they are about the line to the service, whose clock may be sped up.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Any


class Outage:
    """Whether the service can be reached. In process every call is refused meanwhile; on a socket nobody
    listens (`server` waits for it to begin and to end)."""

    def __init__(self) -> None:
        self._until = 0.0
        self._is_felt = False
        self._changed = asyncio.Event()

    @property
    def left(self) -> float:
        """The seconds until it can be reached again, 0 if it can."""
        return max(0.0, self._until - time.monotonic())

    def begin(self, seconds: float) -> None:
        """Nobody can reach the service for `seconds` from now."""
        self._is_felt = self._is_felt and self.left > 0
        self._until = max(self._until, time.monotonic() + seconds)
        self._changed.set()

    def end(self) -> None:
        """It can be reached again."""
        self._until = 0.0
        self._changed.set()

    def feel(self) -> None:
        """From now on nobody listens any more."""
        self._is_felt = True
        self._changed.set()

    async def begun(self) -> None:
        """Return as soon as there is an outage."""
        while not self.left:
            self._changed.clear()
            await self._changed.wait()

    async def felt(self) -> None:
        """Return as soon as nobody listens, or the outage is over."""
        while self.left and not self._is_felt:
            await self._change()

    async def ended(self) -> None:
        """Return as soon as there is none."""
        while self.left:
            await self._change()

    async def _change(self) -> None:
        """Wait for a change, no longer than the outage lasts."""
        self._changed.clear()
        with suppress(TimeoutError):
            async with asyncio.timeout(self.left):
                await self._changed.wait()


class LateWork:
    """Work of calls that the client gave up waiting for, in process, where no task may outlive the call:
    it is done at the first look after it is due."""

    def __init__(self) -> None:
        self._waiting: list[tuple[float, Callable[[], Awaitable[Any]]]] = []

    def put(self, seconds: float, work: Callable[[], Awaitable[Any]]) -> None:
        """Have `work` done in `seconds`."""
        self._waiting.append((time.monotonic() + seconds, work))

    async def do_due(self) -> None:
        """Do what is due by now, in the order it came."""
        now = time.monotonic()
        due = [work for at, work in self._waiting if at <= now]
        self._waiting = [(at, work) for at, work in self._waiting if at > now]
        for work in due:
            await work()

    def clear(self) -> None:
        """Drop what was not done yet."""
        self._waiting.clear()
