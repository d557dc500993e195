"""Drains the outbox: one claimed row, one attempt, one call, one honest result.

There is no queue in memory, so there is nothing to lose: what is due is asked of the outbox each time.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from ifax_desktop.delivery import plan
from ifax_desktop.delivery.doubts import Doubts
from ifax_desktop.delivery.flight import Flight, Ground
from ifax_desktop.delivery.line import Line, LineState
from ifax_desktop.domain.changes import Changes
from ifax_desktop.store.files import Files
from ifax_desktop.store.outbox import Outbox, Stopped

if TYPE_CHECKING:
    import asyncio

    from ifax_desktop.api.outbound import Outbound

AT_ONCE = 4
"""Faxes handed over at the same time; to one number never more than one."""
GRACE = 20.0
"""Seconds that closing the program waits for answers."""


class Sender:
    """Sends what is due, and has doubtful faxes looked for. `run` is called by one process per profile."""

    def __init__(
        self,
        outbox: Outbox,
        doubts: Doubts,
        files: Files,
        changes: Changes,
        line: Line,
        now: Callable[[], datetime],
        report: Callable[[BaseException], None],
        *,
        hold: Callable[[], timedelta] = timedelta,
        before_leaving: Callable[[], Awaitable[None]],
        pulse: float = 1.0,
    ) -> None:
        """`hold` is how long a fax waits for an Undo, `pulse` the seconds between two looks for due faxes.

        `before_leaving` is done before the last piece of each fax, which stays here if that raises StorageFailed.
        """
        self._outbox = outbox
        self._doubts = doubts
        self._files = files
        self._changes = changes
        self._line = line
        self._now = now
        self._report = report
        self._hold = hold
        self._before_leaving = before_leaving
        self._pulse = pulse
        self._ground: Ground | None = None
        self._flights: dict[int, tuple[Flight, asyncio.Task[None]]] = {}
        self._handed: dict[int, int] = {}
        self.handing_over = Changes()
        """Announces the faxes of which more was handed over."""

    @cached_property
    def _wake(self) -> "asyncio.Event":
        import asyncio

        return asyncio.Event()

    async def run(self, outbound: "Outbound") -> None:
        """Mend what an earlier end of the program left, then send until cancelled."""
        await self.mend()
        unsubscribe = self._changes.subscribe(lambda _: self._wake.set())
        try:
            while True:
                self._wake.clear()
                await self.round(outbound)
                await self._sleep()
        finally:
            unsubscribe()
            await self._land()

    async def mend(self) -> None:
        """Bring what was cut off into an honest state, and begin the time for an Undo anew."""
        await self._outbox.recover(self._now())
        await self._outbox.hold_anew(self._now(), self._hold())

    async def round(self, outbound: "Outbound") -> None:
        """Let out what is due, as far as there is room for it, and look for what is doubtful."""
        if self._ground is None or self._ground.outbound is not outbound:
            self._ground = Ground(
                outbound,
                self._outbox,
                self._doubts,
                self._files,
                self._line,
                self._now,
                self._report,
                self._before_leaving,
            )
        await self._start_due(self._ground)
        await self._doubts.look_for_due()

    async def landed(self) -> None:
        """Wait until nothing is being handed over."""
        import asyncio

        while self._flights:
            await asyncio.wait({task for _, task in self._flights.values()})
            await asyncio.sleep(0)

    def handed_over(self, fax: int) -> int | None:
        """How many percent of a fax were handed over; None if it is not being handed over now."""
        return self._handed.get(fax)

    async def stop(self, fax: int) -> Stopped:
        """Stop a fax: at once while it waits here or is not whole at the service, else as soon as that can be asked."""
        stopped = await self._outbox.stop(fax, self._now())
        if stopped is Stopped.LATER and (under_way := self._flights.get(fax)) is not None:
            flight, task = under_way
            if not flight.handed_over:
                task.cancel()
        return stopped

    async def try_now(self, fax: int) -> bool:
        """Send a waiting, failed or canceled fax without waiting any longer."""
        return await self._outbox.try_again(fax, self._now())

    async def send_anyway(self, fax: int) -> bool:
        """Send a doubtful fax again, as the user wants that although it may print twice."""
        return await self._outbox.send_anyway(fax, self._now())

    async def have_resent(self, fax: int) -> int | None:
        """Have the service send its own copy of a fax again, as a new fax; None if it never had that."""
        return await self._outbox.queue_resend(fax, self._now())

    async def pause(self, *, paused: bool) -> None:
        """Let nothing more out, or let it out again. What is on its way goes on."""
        await self._outbox.pause(paused=paused)

    def is_paused(self) -> bool:
        """Whether nothing goes out until the user says so. On the calling thread."""
        return self._outbox.is_paused()

    @property
    def in_the_air(self) -> int:
        """How many faxes are being handed over now."""
        return len(self._flights)

    async def _start_due(self, ground: Ground) -> None:
        import asyncio

        while len(self._flights) < AT_ONCE and self._line.report.state is not LineState.SIGN_IN:
            claim = await self._outbox.claim(self._now(), plan.LATE)
            if claim is None:
                return
            flight = Flight(ground, claim, self._moved)
            task = asyncio.get_running_loop().create_task(flight.fly(), name=f"send {claim.fax}")
            self._flights[claim.fax] = (flight, task)
            task.add_done_callback(self._landed)

    def _landed(self, task: "asyncio.Task[None]") -> None:
        landed = [fax for fax, (_, flying) in self._flights.items() if flying is task]
        for fax in landed:
            del self._flights[fax]
            self._handed.pop(fax, None)
        self._wake.set()
        if not task.cancelled() and (error := task.exception()):
            self._report(error)

    def _moved(self, fax: int, gone: int, whole: int) -> None:
        percent = 100 * gone // whole
        if self._handed.get(fax) != percent:
            self._handed[fax] = percent
            self.handing_over.announce((fax,))

    async def _sleep(self) -> None:
        """Until something changes, a fax is due, or another process may have written one."""
        import asyncio

        wait = self._pulse
        due = await self._outbox.next_due()
        if due is not None and (ahead := (due - self._now()).total_seconds()) > 0:
            wait = min(wait, ahead)  # what is due and still here waits for something else, which will wake us
        try:
            async with asyncio.timeout(wait):
                await self._wake.wait()
        except TimeoutError:
            return

    async def _land(self) -> None:
        """Let answers that are under way arrive, then put back what was not handed over."""
        import asyncio

        flying = {task for _, task in self._flights.values()}
        if flying:
            _, late = await asyncio.wait(flying, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
