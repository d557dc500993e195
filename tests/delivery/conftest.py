"""A whole program below the window, against the simulator, with a clock that tests set."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from ifax_desktop.backbone import Backbone, Connection
from ifax_desktop.paths import Paths
from ifax_desktop.simulator.service import FaxService
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
        self.connection = Connection(
            "https://fax.invalid/v1", "live-key-for-tests", httpx.MockTransport(service)
        )

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
    yield plant
    await plant.backbone.close()


@pytest.fixture
def letter(tmp_path: Path) -> Path:
    path = tmp_path / "referral.pdf"
    path.write_bytes(samples.letter("First page", "Second page", "Third page"))
    return path
