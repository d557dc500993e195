"""A whole program below the window, against the simulator, with a clock that tests set."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from ifax_desktop.api.connection import connect
from ifax_desktop.api.outbound import Outbound, OutgoingFax
from ifax_desktop.backbone import Backbone, Connection
from ifax_desktop.paths import Paths
from ifax_desktop.simulator.faults.kinds import rule
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.store.facts import Fact
from tests.documents import samples

START = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


class Clock:
    """A clock that stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = START

    def __call__(self) -> datetime:
        return self.time

    def timestamp(self) -> float:
        return self.time.timestamp()

    def advance(self, **step: float) -> None:
        self.time += timedelta(**step)


class Plant:
    """A backbone, the simulator it talks to, and what was reported."""

    def __init__(self, folder: Path, clock: Clock, service: FaxService) -> None:
        self.clock = clock
        self.service = service
        self.reported: list[BaseException] = []
        self.backbone = Backbone(Paths(folder), self.reported.append, now=clock, pulse=0.01, youngest=0.01)
        self.asked: Counter[str] = Counter()
        """How often each path was called, by its last part."""
        self.connection = Connection(
            "https://fax.invalid/v1", "live-key-for-tests", httpx.MockTransport(self._answer)
        )

    async def _answer(self, request: httpx.Request) -> httpx.Response:
        self.asked[request.url.path.rpartition("/")[2]] += 1
        return await self.service(request)

    async def send_elsewhere(self, letter: Path, number: str = "+12025550143") -> str:
        """Another program of the account sends a fax; the answer is its job id."""
        where = self.connection
        async with connect(where.address, lambda: where.key, transport=where.transport) as channel:
            return await Outbound(channel).send(OutgoingFax(number, "", "other-program.pdf", letter))

    async def settle_in(self) -> None:
        """As if the program had been here before: it reads no list far back and looks for no other programs now."""
        facts, now = self.backbone.facts, self.clock().isoformat()
        for fact in (Fact.SWEPT, Fact.SENT_SWEPT, Fact.SENT_SEEN):
            await facts.keep(fact, now)
        for fact in (Fact.EARLIER, Fact.SENT_EARLIER):
            await facts.keep(fact, '{"before": "2020-01-01", "done": true}')

    def fault(self, operation: str, kind: str, **more: object) -> None:
        """Let something go wrong with the next call of an operation."""
        wish = {"operation": operation, "kind": kind, **more}
        self.service.faults.append(rule(wish, self.service.operations))

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        async with self.backbone.connected(self.connection) as calls:
            work = asyncio.create_task(self.backbone.work(calls))
            try:
                yield
            finally:
                work.cancel()
                results = await asyncio.gather(work, return_exceptions=True)
                assert isinstance(results[0], asyncio.CancelledError), results


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(clock: Clock) -> FaxService:
    return FaxService(now=clock.timestamp)


@pytest.fixture
async def plant(tmp_path: Path, clock: Clock, service: FaxService) -> AsyncIterator[Plant]:
    plant = Plant(tmp_path / "profile", clock, service)
    await plant.settle_in()
    yield plant
    await plant.backbone.close()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "referral.pdf"
    path.write_bytes(samples.letter("First page", "Second page", "Third page"))
    return path
