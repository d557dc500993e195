"""Drains the outbox: one claimed row, one attempt, one call, one honest result.

There is no queue in memory, so there is nothing to lose: what is due is asked of the outbox each time.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from ifax_desktop.delivery import plan
from ifax_desktop.delivery.line import Line, LineState
from ifax_desktop.delivery.reconcile import certain_match, highest, may_be_there
from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.errors import FaxError, NoAnswer, Offline, Refused, SignInNeeded, StorageFailed
from ifax_desktop.domain.failures import is_not_final
from ifax_desktop.domain.fax import Waiting
from ifax_desktop.store.archive import Archive
from ifax_desktop.store.files import Files
from ifax_desktop.store.outbox import Claim, Doubt, Outbox

if TYPE_CHECKING:
    import asyncio

    from ifax_desktop.api.outbound import Outbound

AT_ONCE = 4
"""Faxes handed over at the same time; to one number never more than one."""
GRACE = 20.0
"""Seconds that closing the program waits for answers."""


class Sender:
    """Sends what is due, and looks for what is doubtful. `run` is called by one process per profile."""

    def __init__(
        self,
        outbox: Outbox,
        archive: Archive,
        files: Files,
        changes: Changes,
        line: Line,
        now: Callable[[], datetime],
        report: Callable[[BaseException], None],
        *,
        pulse: float = 1.0,
    ) -> None:
        self._outbox = outbox
        self._archive = archive
        self._files = files
        self._changes = changes
        self._line = line
        self._now = now
        self._report = report
        self._pulse = pulse
        self._outbound: Outbound | None = None
        self._flying: set[asyncio.Task[None]] = set()
        self._failures = 0
        self._looks: dict[int, tuple[int, datetime]] = {}
        self._above: dict[int, str] = {}
        """Where the sent list ended before each attempt that is under way."""
        self._handed: dict[int, int] = {}
        self.handing_over = Changes()
        """Announces the faxes of which more was handed over."""

    @cached_property
    def _wake(self) -> "asyncio.Event":
        import asyncio

        return asyncio.Event()

    async def run(self, outbound: "Outbound") -> None:
        """Mend what an earlier end of the program left, then send until cancelled."""
        await self._outbox.recover(self._now())
        self._outbound = outbound
        unsubscribe = self._changes.subscribe(lambda _: self._wake.set())
        try:
            while True:
                self._wake.clear()
                await self._start_due()
                await self._look_for_doubtful()
                await self._sleep()
        finally:
            unsubscribe()
            await self._land()

    def handed_over(self, fax: int) -> int | None:
        """How many percent of a fax were handed over; None if it is not being handed over now."""
        return self._handed.get(fax)

    async def cancel(self, fax: int) -> bool:
        """Stop a fax that still waits here. False if it is on its way already."""
        return await self._outbox.cancel(fax, self._now())

    async def try_now(self, fax: int) -> bool:
        """Send a waiting, failed or canceled fax without waiting any longer."""
        return await self._outbox.try_again(fax, self._now())

    async def look_again(self, fax: int) -> bool:
        """Ask the service's list for a doubtful fax now. True if it was found beyond doubt.

        Raises Offline, NoAnswer, SignInNeeded or Refused when the list cannot be had.
        """
        if self._outbound is None:
            raise Offline("The program is still starting. Try again in a moment.")
        doubts = await self._outbox.doubtful()
        wanted = [doubt for doubt in doubts if doubt.fax == fax]
        return bool(wanted) and await self._look(wanted[0], doubts, self._outbound)

    async def _start_due(self) -> None:
        import asyncio

        while len(self._flying) < AT_ONCE and self._line.report.state is not LineState.SIGN_IN:
            claim = await self._outbox.claim(self._now())
            if claim is None:
                return
            task = asyncio.get_running_loop().create_task(self._send(claim), name=f"send {claim.fax}")
            self._flying.add(task)
            task.add_done_callback(self._landed)

    def _landed(self, task: "asyncio.Task[None]") -> None:
        self._flying.discard(task)
        self._wake.set()
        if not task.cancelled() and (error := task.exception()):
            self._report(error)

    async def _send(self, claim: Claim) -> None:
        import asyncio

        handed_over = False

        async def last_piece() -> None:
            nonlocal handed_over
            await self._outbox.handed_over(claim.attempt, self._now())
            handed_over = True

        try:
            job = await self._hand_over(claim, last_piece)
            self._failures = 0
            self._line.worked()
            await self._outbox.accepted(claim.attempt, job, self._now())
        except asyncio.CancelledError:
            if not handed_over:
                await self._outbox.put_back(claim.attempt, self._now(), Waiting.TURN, self._now())
            raise  # a row that was handed over stays as it is: the next start calls it doubtful
        except FaxError as error:
            self._line.broke(error)
            await self._keep_result(claim, error, handed_over)
        except Exception as error:
            # A mistake of ours: what the service may have must not be sent again, and nothing stays "sending" for ever.
            await self._keep_result(
                claim, StorageFailed("Something went wrong here.", repr(error)), handed_over
            )
            raise
        finally:
            self._above.pop(claim.attempt, None)
            self._handed.pop(claim.fax, None)

    async def _hand_over(self, claim: Claim, last_piece: Callable[[], Awaitable[None]]) -> str:
        from ifax_desktop.api.outbound import OutgoingFax  # the HTTP client: 110 ms

        outbound = self._outbound
        if outbound is None:
            raise Offline("The program is still starting.")
        pdf = self._files.path(claim.document)  # read and checked against its hash while it goes out
        await self._note_highest(claim, outbound)
        fax = OutgoingFax(
            claim.number,
            claim.own_number,
            claim.file_name,
            pdf,
            claim.quality,
            claim.cover,
            sha256=claim.document,
        )
        return await outbound.send(fax, last_piece, lambda gone, whole: self._moved(claim.fax, gone, whole))

    def _moved(self, fax: int, gone: int, whole: int) -> None:
        percent = 100 * gone // whole
        if self._handed.get(fax) != percent:
            self._handed[fax] = percent
            self.handing_over.announce((fax,))

    async def _note_highest(self, claim: Claim, outbound: "Outbound") -> None:
        """Remember where the sent list ends before this attempt: what it becomes has a higher job id."""
        try:
            reports = await outbound.list_sent(start=self._now().date() - timedelta(days=1))
        except NoAnswer as error:
            raise Offline(str(error), error.detail) from error  # nothing of the fax has left yet
        except Refused as error:
            if error.retry_after:
                raise
            return  # without the list the mark stays at nothing, and a doubtful fax needs a person
        self._above[claim.attempt] = highest(reports)
        await self._outbox.note_above(claim.attempt, self._above[claim.attempt])

    async def _keep_result(self, claim: Claim, error: FaxError, handed_over: bool) -> None:
        now = self._now()
        attempt = claim.attempt
        match error:
            case NoAnswer():
                await self._outbox.doubt(attempt, now, error.detail or str(error))
            case Offline():
                wait = plan.offline_wait(self._failures)
                self._failures += 1
                await self._outbox.put_back(attempt, now + wait, Waiting.OFFLINE, now, str(error))
            case SignInNeeded():
                await self._outbox.put_back(attempt, now, Waiting.SIGN_IN, now, str(error))
            case Refused() if is_not_final(error.code):
                await self._ask_after_refusal(claim, error)
            case Refused(retry_after=seconds) if seconds:
                await self._outbox.put_back(
                    attempt, now + timedelta(seconds=seconds), Waiting.TURN, now, str(error)
                )
            case Refused():
                await self._outbox.refused(attempt, error.code, str(error), now)
            case _ if handed_over:
                # The service's answer could not be kept: it may have been a yes.
                await self._outbox.doubt(attempt, now, str(error))
                self._report(error)
            case _:
                await self._outbox.refused(attempt, None, str(error), now)
                self._report(error)

    async def _ask_after_refusal(self, claim: Claim, error: Refused) -> None:
        """The code is not final (field notes, section 4.7): only the list tells whether the service has the fax."""
        attempt, now = claim.attempt, self._now()
        above = self._above.get(attempt)
        doubt = Doubt(
            claim.fax, attempt, claim.number, claim.own_number, claim.pages, above, now, claim.file_name
        )
        try:
            reports = await self._outbound.list_sent() if self._outbound else []
        except FaxError:
            await self._outbox.doubt(attempt, now, str(error))
            return
        known = await self._archive.known_jobs()
        if match := certain_match(doubt, await self._outbox.doubtful(), reports, known):
            await self._outbox.accepted(attempt, match.job_id, now)
        elif may_be_there(doubt, reports, known):
            await self._outbox.doubt(attempt, now, str(error))
        else:
            await self._outbox.refused(attempt, error.code, str(error), now)

    async def _look_for_doubtful(self) -> None:
        if self._outbound is None:
            return
        doubts = await self._outbox.doubtful()
        self._looks = {
            doubt.attempt: self._looks.get(doubt.attempt, (0, doubt.started_at)) for doubt in doubts
        }
        for doubt in doubts:
            looks, since = self._looks[doubt.attempt]
            if self._now() - since < plan.next_look(looks):
                continue
            self._looks[doubt.attempt] = (looks + 1, self._now())
            try:
                await self._look(doubt, doubts, self._outbound)
            except (Offline, NoAnswer, SignInNeeded, Refused) as error:
                # An unusable list says nothing about the fax: the next look is planned.
                self._line.broke(error)

    async def _look(self, doubt: Doubt, doubts: list[Doubt], outbound: "Outbound") -> bool:
        reports = await outbound.list_sent()
        match = certain_match(doubt, doubts, reports, await self._archive.known_jobs())
        if match is not None:
            await self._outbox.accepted(doubt.attempt, match.job_id, self._now())
        return match is not None

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

        if self._flying:
            _, late = await asyncio.wait(self._flying, timeout=GRACE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
