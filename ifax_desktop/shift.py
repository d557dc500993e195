"""The background work of a session: when it is this process's turn, with a key that was entered, and again if it broke off."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from ifax_desktop.backbone import Backbone, Calls, Report
from ifax_desktop.domain.errors import AccountMoved
from ifax_desktop.hold import Hold

if TYPE_CHECKING:
    import asyncio

_SECOND_WIND = 10.0
"""Seconds before the work is taken up again after it broke off."""

TakeUp = Callable[[AsyncExitStack], Awaitable[Calls]]


class Shift:
    """Works in the background. One process per profile does; another one watches until it is its turn."""

    def __init__(
        self,
        backbone: Backbone,
        take_up: TakeUp,
        key_there: Callable[[], Awaitable[None]],
        moved: Callable[[AccountMoved], None],
        report: Report,
    ) -> None:
        """`take_up` opens the way to the service, to be closed with the stack it gets; `key_there` waits for a key.

        `moved` is told that the key belongs to another account, and then nothing is done here any more.
        """
        self._backbone = backbone
        self._take_up = take_up
        self._key_there = key_there
        self._moved = moved
        self._report = report
        self._turn = Hold(backbone.paths.lock)
        self._ways = AsyncExitStack()
        self._calls: Calls | None = None
        self._task: asyncio.Task[None] | None = None

    @cached_property
    def _rested(self) -> "asyncio.Event":
        import asyncio

        event = asyncio.Event()
        event.set()
        return event

    @property
    def is_on(self) -> bool:
        """Whether it is this process's turn."""
        return self._calls is not None

    async def begin(self, ways: AsyncExitStack) -> None:
        """Open the way to the service if it is our turn already; it is closed with `ways`. Raises what `take_up` does."""
        self._ways = ways
        ways.callback(self._turn.give_up)
        if self._turn.take():
            self._calls = await self._take_up(ways)

    async def run(self) -> None:
        """Work until cancelled; what breaks the work off is said, and then it goes on."""
        import asyncio

        while True:
            await self._rested.wait()
            self._task = task = asyncio.create_task(self._work(), name="shift")
            try:
                await asyncio.wait([task])
            finally:
                await ended(task)
            if not task.cancelled() and (error := task.exception()):
                # A full disk, for instance: said once, and taken up again, since nothing that waits may be forgotten.
                self._report(error.exceptions[0] if isinstance(error, BaseExceptionGroup) else error)
                await asyncio.sleep(_SECOND_WIND)

    @asynccontextmanager
    async def resting(self) -> AsyncIterator[None]:
        """Nothing is done in the background within the block; what is on its way to the service has arrived before."""
        self._rested.clear()
        try:
            if self._task is not None:
                await ended(self._task)
            yield
        finally:
            self._rested.set()

    async def _work(self) -> None:
        import asyncio

        calls = self._calls or await self._wait_for_turn()
        await self._key_there()
        try:
            await self._backbone.work(calls)
        except AccountMoved as moved:
            self._moved(moved)
            await asyncio.Event().wait()  # the session ends with that, or is closed

    async def _wait_for_turn(self) -> Calls:
        """Show what another process of ours does, until it has ended; then it is up to us."""
        import asyncio

        watching = asyncio.create_task(self._backbone.watch())
        try:
            await self._turn.wait()
        finally:
            await ended(watching)
        self._backbone.changes.announce(())
        self._calls = await self._take_up(self._ways)
        return self._calls


async def ended(task: "asyncio.Task[None]") -> None:
    """End a task, and wait until it has."""
    import asyncio

    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
