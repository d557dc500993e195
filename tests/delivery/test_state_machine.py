"""The outbox, the clock and the service in any order of luck: nothing is lost, nothing is sent twice by guess."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Iterator
from contextlib import AsyncExitStack, contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

import httpx
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    Bundle,
    RuleBasedStateMachine,
    consumes,
    initialize,
    invariant,
    multiple,
    precondition,
    rule,
)

from ifax_desktop.api.connection import connect
from ifax_desktop.api.outbound import Outbound, OutgoingFax
from ifax_desktop.backbone import Backbone, Calls, Connection
from ifax_desktop.domain.fax import Attachment, Fax, State, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.number import FaxNumber
from ifax_desktop.paths import Paths
from ifax_desktop.simulator.faults.kinds import rule as fault
from ifax_desktop.simulator.jobs import Job, progress
from ifax_desktop.simulator.service import FaxService
from tests.delivery.conftest import Clock
from tests.documents import samples

T = TypeVar("T")

NUMBERS = (
    "+12025550143",  # delivered
    "+12025550144",  # delivered
    "+12025550101",  # busy
    "+12025550103",  # not in service
    "+12025550106",  # busy, then delivered
    "+12025550109",  # delivered slowly
)
LUCK = (
    "refuse",
    "reset_before",
    "reset_after",
    "half_answer",
    "server_error",
    "server_error_after",
    "html_after",
    "nonsense",
    "truncated_json",
    "empty_body",
    "empty_data",
)
CALLS = ("fax_send", "fax_list", "fax_status", "fax_cancel", "fax_download")
OVER = (State.FAILED, State.CANCELED)


class Office(RuleBasedStateMachine):
    """Somebody sends faxes while the network, the service and the computer do what they like."""

    faxes = Bundle("faxes")

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.new_event_loop()
        self.folder = TemporaryDirectory()
        self.clock = Clock()
        self.service = FaxService(now=self.clock.timestamp)
        self.reported: list[BaseException] = []
        self.written = 0
        self.allowed: Counter[str] = Counter()
        """How often the user wanted a document sent once more, beyond the first time."""
        self.mine: dict[int, str] = {}
        """Every fax and its document."""
        self.stack = AsyncExitStack()
        self.calls: Calls
        self.backbone: Backbone

    @initialize()
    def start(self) -> None:
        """The program begins."""
        self.do(self._start())

    @rule(target=faxes, number=st.sampled_from(NUMBERS), hold=st.sampled_from([0, 0, 0, 10]))
    def queue(self, number: str, hold: int) -> int:
        """The user sends a document nobody sent before."""
        return self.do(self._queue(number, timedelta(seconds=hold)))

    @rule(seconds=st.sampled_from([1, 5, 11, 35, 130, 200, 700, 2000, 4000]))
    def wait(self, seconds: int) -> None:
        """Time goes by, and what is due is done."""
        self.clock.advance(seconds=seconds)
        self.do(self._round())

    @rule(call=st.sampled_from(CALLS), kind=st.sampled_from(LUCK), count=st.integers(1, 3))
    def bad_luck(self, call: str, kind: str, count: int) -> None:
        """The next calls of a kind go wrong."""
        wish = {"operation": call, "kind": kind, "count": count}
        self.service.faults.append(fault(wish, self.service.operations))

    @rule()
    def good_luck(self) -> None:
        """All goes well again."""
        self.service.faults.clear()

    @rule(fax=faxes)
    def stop(self, fax: int) -> None:
        """The user wants a fax stopped."""
        self.do(self.backbone.sender.stop(fax))
        self.do(self._round())

    @rule(fax=faxes)
    def try_now(self, fax: int) -> None:
        """The user presses Try now, or Try again."""
        before = self.row(fax).state
        if self.do(self.backbone.sender.try_now(fax)) and before in OVER:
            self.allowed[self.mine[fax]] += 1
        self.do(self._round())

    @rule(fax=faxes)
    def send_anyway(self, fax: int) -> None:
        """The user wants a doubtful fax sent once more, having read that it may print twice."""
        if self.do(self.backbone.sender.send_anyway(fax)):
            self.allowed[self.mine[fax]] += 1
        self.do(self._round())

    @rule(target=faxes, fax=consumes(faxes))
    def undo(self, fax: int) -> object:
        """The user takes a fax back, if that is still possible; then it is a draft."""
        self.do(self.backbone.drafts.take_back(fax))
        return fax if self.row(fax).state is not State.DRAFT else multiple()

    @rule(paused=st.booleans())
    def pause(self, paused: bool) -> None:
        """The user pauses the outbox, or lets it go on."""
        self.do(self.backbone.sender.pause(paused=paused))
        self.do(self._round())

    @rule(number=st.sampled_from(NUMBERS))
    def send_elsewhere(self, number: str) -> None:
        """Another program of the account sends something."""
        self.do(self._send_elsewhere(number))

    @rule(fax=faxes)
    def look(self, fax: int) -> None:
        """The user looks for a doubtful fax; if it is not proven, knows it again where it really is among the candidates."""
        self.do(self._look(fax))

    @rule()
    def restart(self) -> None:
        """The program ends and begins again."""
        self.do(self._end())
        self.do(self._start())
        self.do(self._round())

    @precondition(lambda self: hasattr(self, "backbone"))
    @invariant()
    def nothing_is_sent_twice_by_guess(self) -> None:
        """A second job of a document only after the first failed or was canceled, or the user's own word."""
        for document, jobs in self.jobs().items():
            alive = [job for job in jobs if self.state_of(job) not in OVER]
            assert len(alive) <= 1 + self.allowed[document], f"sent {len(alive)} times"

    @precondition(lambda self: hasattr(self, "backbone"))
    @invariant()
    def nothing_is_lost(self) -> None:
        """Each fax is there, and what it says of itself is true."""
        jobs = self.jobs()
        for fax, document in self.mine.items():
            row = self.row(fax)
            of_it = jobs.get(document, [])
            known = [job for job in of_it if str(job.job_id) == row.job_id]
            match row.state:
                case State.ACCEPTED:
                    assert known, "it is followed under its own job"
                case State.DELIVERED:
                    assert [self.state_of(job) for job in known] == [State.DELIVERED]
                case State.QUEUED | State.DRAFT if not self.allowed[document]:
                    alive = [job for job in of_it if self.state_of(job) not in OVER]
                    assert not alive, "what waits to be sent is not at the service"
                case State.CANCELED if of_it and not self.allowed[document]:
                    assert all(self.state_of(job) in OVER for job in of_it)
                case State.FAILED if not self.allowed[document]:
                    assert not [job for job in of_it if self.state_of(job) is State.DELIVERED]
                case State.SENDING:
                    raise AssertionError("nothing is being handed over now")

    def teardown(self) -> None:
        if hasattr(self, "backbone"):
            self.do(self._end())
        self.loop.close()
        self.folder.cleanup()
        assert [error for error in self.reported if not isinstance(error, Exception)] == []

    def do(self, work: Awaitable[T]) -> T:
        """Run something to its end."""
        return self.loop.run_until_complete(asyncio.wait_for(_awaited(work), 20))

    def row(self, fax: int) -> Fax:
        [row] = self.backbone.archive.rows([fax])
        return row

    def jobs(self) -> dict[str, list[Job]]:
        """The service's jobs by the document in them."""
        found: dict[str, list[Job]] = {}
        for job in self.service.jobs:
            found.setdefault(job.document_ids[0], []).append(job)
        return found

    def state_of(self, job: Job) -> State:
        """How the service sees a job now."""
        words = {"delivered": State.DELIVERED, "failed": State.FAILED, "canceled": State.CANCELED}
        return words.get(progress(job, self.clock.timestamp()).status, State.ACCEPTED)

    @contextmanager
    def no_bad_luck(self) -> Iterator[None]:
        """What goes wrong, goes wrong later."""
        later = list(self.service.faults)
        self.service.faults.clear()
        yield
        for wrong in later:
            self.service.faults.append(wrong)

    async def _start(self) -> None:
        paths = Paths(Path(self.folder.name) / "profile")
        self.backbone = Backbone(paths, self.reported.append, now=self.clock)
        connection = Connection("https://fax.invalid/v1", "live-key", httpx.MockTransport(self.service))
        self.calls = await self.stack.enter_async_context(self.backbone.connected(connection))
        await self.backbone.consents.give("fax_cancel")
        await self.backbone.prepare()
        with self.no_bad_luck():
            await self.backbone.ownership.settle()
        await self.backbone.sender.mend()

    async def _end(self) -> None:
        await self.backbone.sender.landed()
        await self.stack.aclose()
        self.stack = AsyncExitStack()
        await self.backbone.close()

    async def _round(self) -> None:
        """What the sender and the tracker do in a moment."""
        for _ in range(2):
            await self.backbone.sender.round(self.calls.outbound)
            await self.backbone.sender.landed()
            await self.backbone.tracker.round(self.calls.outbound)

    async def _queue(self, number: str, hold: timedelta) -> int:
        self.written += 1
        content = samples.letter(f"Letter {self.written}")
        document = await self.backbone.files.put(content)
        form = Form(number, attachments=(Attachment("letter.pdf", document, 1),))
        now = self.clock()
        waiting = Waiting.UNDO if hold else Waiting.TURN
        fax = await self.backbone.outbox.queue(
            form, FaxNumber(number), document, 1, len(content), now, now + hold, waiting
        )
        self.mine[fax] = self.row(fax).document
        await self._round()
        return fax

    async def _send_elsewhere(self, number: str) -> None:
        self.written += 1
        letter = samples.letter(f"Somebody else's letter {self.written}")
        transport = httpx.MockTransport(self.service)
        with self.no_bad_luck():
            async with connect("https://fax.invalid/v1", lambda: "live-key", transport=transport) as channel:
                await Outbound(channel).send(OutgoingFax(number, "", "other.pdf", letter))

    async def _look(self, fax: int) -> None:
        with self.no_bad_luck():
            if self.row(fax).state is State.DOUBTFUL and not await self.backbone.doubts.look_again(fax):
                truth = {str(job.job_id) for job in self.jobs().get(self.mine[fax], [])}
                for report in await self.backbone.doubts.candidates(fax):
                    if report.job_id in truth:
                        assert await self.backbone.doubts.adopt(fax, report.job_id)
                        break
        await self._round()


async def _awaited(work: Awaitable[T]) -> T:
    return await work


Office.TestCase.settings = settings(
    max_examples=25,
    stateful_step_count=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
TestOffice = Office.TestCase
