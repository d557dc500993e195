"""What the tests of receiving share: faxes that arrive at some time, and what came of them."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx
import pytest

from ifax_desktop.domain.fax import Direction, Fax
from ifax_desktop.simulator.faults.rules import Answering
from ifax_desktop.simulator.records import ReceivedFax
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.store.archive import Query
from ifax_desktop.store.facts import Fact
from tests.delivery.conftest import Clock, Plant
from tests.documents import samples

OURS = "+12025550119"
OURS_TOO = "+12025550160"
SENDER = "+13125550188"


async def _one_page(_: bytes) -> int:
    return 1


@pytest.fixture
def service(clock: Clock) -> FaxService:
    """The practice service, with an account of some years. It takes every document for one page: no process for each."""
    now = clock.time
    clock.advance(days=-1500)
    made = FaxService(now=clock.timestamp, read_pages=_one_page)
    clock.time = now
    return made


@pytest.fixture
async def fresh(tmp_path: Path, clock: Clock, service: FaxService) -> AsyncIterator[Plant]:
    """A program that was never here before: it reads far back."""
    plant = Plant(tmp_path / "fresh", clock, service)
    yield plant
    await plant.backbone.close()


async def receive(plant: Plant, text: str = "A report", to: str = OURS, **ago: float) -> ReceivedFax:
    """A fax arrives, or has arrived some time ago."""
    now = plant.clock.time
    plant.clock.time = now - timedelta(**ago)
    try:
        return await plant.service.receive(samples.letter(text), SENDER, to)
    finally:
        plant.clock.time = now


async def send_elsewhere(plant: Plant, letter: Path, number: str = "+12025550143", **ago: float) -> str:
    """Another program sends a fax, or did so some time ago; the answer is its job id."""
    now = plant.clock.time
    plant.clock.time = now - timedelta(**ago)
    try:
        return await plant.send_elsewhere(letter, number)
    finally:
        plant.clock.time = now


async def received(plant: Plant) -> list[Fax]:
    """What the Inbox lists."""
    archive = plant.backbone.archive
    return archive.rows(await archive.ids(Query(Direction.RECEIVED)))


async def strangers(plant: Plant) -> list[Fax]:
    """What the Outbox lists of other programs."""
    archive = plant.backbone.archive
    return [fax for fax in archive.rows(await archive.ids(Query(Direction.SENT))) if fax.elsewhere]


@asynccontextmanager
async def connected(plant: Plant) -> AsyncIterator[None]:
    """The calls can be made; nothing runs by itself."""
    async with plant.backbone.connected(plant.connection):
        yield


def is_done(plant: Plant) -> bool:
    """Whether all earlier faxes are there."""
    return all('"done": true' in plant.backbone.facts.get(fact) for fact in (Fact.EARLIER, Fact.SENT_EARLIER))


async def refused(request: httpx.Request, answer: Answering) -> httpx.Response:
    """A fault: the service says no, for no reason of ours."""
    return httpx.Response(200, json={"status": 0, "code": 12007, "message": "failed"})


async def passes(request: httpx.Request, answer: Answering) -> httpx.Response:
    """No fault: nothing goes wrong with this call."""
    return await answer(request)
