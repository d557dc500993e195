"""One attempt to hand a fax to the service: the last try asked about, the mark before the last piece, one honest result."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING

from ifax_desktop.delivery import plan
from ifax_desktop.delivery.doubts import Doubts
from ifax_desktop.delivery.line import Line
from ifax_desktop.delivery.reconcile import highest
from ifax_desktop.domain.errors import (
    AccountUnproven,
    FaxError,
    NoAnswer,
    Offline,
    Refused,
    SignInNeeded,
    StorageFailed,
)
from ifax_desktop.domain.failures import is_not_final
from ifax_desktop.domain.fax import State, Waiting, final_state
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.files import Files
from ifax_desktop.store.outbox import Claim, Doubt, Outbox, Withdrawn

if TYPE_CHECKING:
    from ifax_desktop.api.outbound import Outbound

_UNWRITTEN = 2.0
"""Seconds between two tries to write down what came of an attempt, while the disk does not take it."""
_DISK_REST = timedelta(seconds=30)
"""How long a fax rests whose steps could not be written down before it left."""
UNKNOWN_LAST_TRY = "The service does not say how the last try ended, so this fax is not sent again by itself. Look at it first."

Moved = Callable[[int, int, int], None]
"""Told the fax, the bytes handed over, and all of them."""


@dataclass(slots=True)
class Setbacks:
    """How often in a row the service could not be reached."""

    count: int = 0

    def wait(self) -> timedelta:
        """One more; the answer is how long to wait now."""
        self.count += 1
        return plan.offline_wait(self.count - 1)


@dataclass(frozen=True, slots=True)
class Ground:
    """What all attempts stand on."""

    outbound: "Outbound"
    outbox: Outbox
    doubts: Doubts
    files: Files
    line: Line
    now: Callable[[], datetime]
    report: Callable[[BaseException], None]
    before_leaving: Callable[[], Awaitable[None]]
    """What has to be done once more before a fax leaves. It may not leave if that raises StorageFailed."""
    setbacks: Setbacks = field(default_factory=Setbacks)


class Flight:
    """One claimed fax on its way to the service. `fly` ends with the result in the archive, whatever happens."""

    def __init__(self, ground: Ground, claim: Claim, moved: Moved) -> None:
        self.claim = claim
        self.handed_over = False
        """The service may have the fax from here on."""
        self._ground = ground
        self._outbox = ground.outbox
        self._now = ground.now
        self._moved = moved
        self._above: str | None = None
        self._told = False
        self._disk_refused = False

    async def fly(self) -> None:
        """Hand the fax over. Raises what was no FaxError, after the row was put into an honest state."""
        import asyncio

        try:
            if self.claim.last_job_id and not await self._last_try_is_over():
                return
            await self._note_highest()
            job = await self._hand_over()
            self._ground.setbacks.count = 0
            self._ground.line.worked()
            await self._write(lambda: self._outbox.accepted(self.claim.attempt, job, self._now()))
        except asyncio.CancelledError:
            if not self.handed_over:
                await self._outbox.put_back(self.claim.attempt, self._now(), Waiting.TURN, self._now())
            raise  # a row that was handed over stays as it is: the next start calls it doubtful
        except FaxError as error:
            self._ground.line.broke(error)
            await self._write(partial(self._keep_result, error))
        except Exception as error:
            # A mistake of ours: what the service may have must not be sent again, and nothing stays "sending" for ever.
            mistake = StorageFailed("Something went wrong here.", repr(error))
            await self._write(partial(self._keep_result, mistake))
            raise

    async def _last_try_is_over(self) -> bool:
        """Ask how the last try ended, just before this one. False if it is not over, and then it is followed again."""
        claim = self.claim
        try:
            report = await self._ground.outbound.status(claim.last_job_id)
        except NoAnswer as error:
            raise Offline(str(error), error.detail) from error  # nothing of this attempt has left yet
        except Refused as error:
            if error.retry_after:
                raise
            await self._write(
                lambda: self._outbox.refused(
                    claim.attempt, None, UNKNOWN_LAST_TRY, self._now(), own_words=True
                )
            )
            return False
        if _may_go_on(report, claim):
            return True
        await self._write(lambda: self._outbox.resume(claim.attempt, claim.last_job_id, self._now()))
        return False

    async def _note_highest(self) -> None:
        """Remember where the sent list ends before this attempt: what it becomes has a higher job id."""
        try:
            reports = await self._ground.outbound.list_sent(start=self._now().date() - timedelta(days=1))
        except NoAnswer as error:
            raise Offline(str(error), error.detail) from error  # nothing of the fax has left yet
        except Refused as error:
            if error.retry_after:
                raise
            return  # without the list the mark stays at nothing, and a doubtful fax needs a person
        self._above = above = highest(reports)
        await self._mark(lambda: self._outbox.note_above(self.claim.attempt, above))

    async def _hand_over(self) -> str:
        from ifax_desktop.api.outbound import OutgoingFax  # the HTTP client: 110 ms

        claim = self.claim
        if claim.resend_of:
            return await self._ground.outbound.resend(claim.resend_of, self._last_piece)
        fax = OutgoingFax(
            claim.number,
            claim.own_number,
            claim.file_name,
            self._ground.files.path(claim.document),  # read and checked against its hash while it goes out
            claim.quality,
            claim.cover,
            send_at=claim.send_at,
            sha256=claim.document,
        )
        return await self._ground.outbound.send(
            fax, self._last_piece, lambda gone, whole: self._moved(claim.fax, gone, whole)
        )

    async def _last_piece(self) -> None:
        await self._mark(lambda: self._outbox.handed_over(self.claim.attempt, self._now()))
        # Only now: an older archive has not got the mark, and must be known as one.
        await self._mark(self._ground.before_leaving)
        self.handed_over = True

    async def _mark(self, write: Callable[[], Awaitable[None]]) -> None:
        """Write down what must be on the disk before the fax goes on."""
        try:
            await write()
        except Withdrawn:
            raise
        except StorageFailed:
            self._disk_refused = True
            raise

    async def _keep_result(self, error: FaxError) -> None:
        now, attempt, outbox = self._now(), self.claim.attempt, self._outbox
        match error:
            case NoAnswer():
                await outbox.doubt(attempt, now, error.detail or str(error))
            case Offline():
                wait = self._ground.setbacks.wait()
                await outbox.put_back(attempt, now + wait, Waiting.OFFLINE, now, str(error))
            case AccountUnproven():
                wait = self._ground.setbacks.wait()
                await outbox.put_back(attempt, now + wait, Waiting.TURN, now, str(error))
            case SignInNeeded():
                await outbox.put_back(attempt, now, Waiting.SIGN_IN, now, str(error))
            case Refused() if is_not_final(error.code) and self.handed_over:
                await self._ask_after_refusal(error)
            case Refused(retry_after=seconds) if seconds:
                due = now + timedelta(seconds=seconds)
                await outbox.put_back(attempt, due, Waiting.TURN, now, str(error))
            case Refused():
                await outbox.refused(attempt, error.code, str(error), now)
            case Withdrawn():
                await outbox.put_back(attempt, now, Waiting.TURN, now)
            case StorageFailed() if self._disk_refused:
                await outbox.put_back(attempt, now + _DISK_REST, Waiting.TURN, now, str(error))
                self._ground.report(error)
            case _ if self.handed_over:
                # The service's answer could not be kept: it may have been a yes.
                await outbox.doubt(attempt, now, str(error))
                self._ground.report(error)
            case _:
                await outbox.refused(attempt, None, str(error), now, own_words=True)
                self._ground.report(error)

    async def _ask_after_refusal(self, error: Refused) -> None:
        """The code is not final (field notes, section 4.7): only the list tells whether the service has the fax."""
        claim, now = self.claim, self._now()
        doubt = Doubt(
            claim.fax,
            claim.attempt,
            claim.number,
            claim.own_number,
            claim.pages or 0,
            self._above,
            now,
            claim.file_name,
            claim.document,
        )
        try:
            found = await self._ground.doubts.after_refusal(doubt)
        except FaxError:
            found = True  # nobody knows, and the next looks will tell
        if isinstance(found, SentReport):
            await self._outbox.accepted(claim.attempt, found.job_id, now)
        elif found:
            await self._outbox.doubt(claim.attempt, now, str(error))
        else:
            await self._outbox.refused(claim.attempt, error.code, str(error), now)

    async def _write(self, write: Callable[[], Awaitable[None]]) -> None:
        """Write down what came of it, again and again while the disk does not take it, and say so once."""
        import asyncio

        while True:
            try:
                return await write()
            except StorageFailed as error:
                if not self._told:
                    self._told = True
                    self._ground.report(error)
                await asyncio.sleep(_UNWRITTEN)


def _may_go_on(report: SentReport, claim: Claim) -> bool:
    """Only what failed is tried again by itself; what was canceled, only if the user asked for it."""
    ended = final_state(report.status)
    return ended is State.FAILED or (ended is State.CANCELED and claim.tries == 1)
