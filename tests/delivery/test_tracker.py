"""When the service is asked for the state of a fax: by plan, and at once when somebody rings for it."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from ifax_desktop.api import wire
from ifax_desktop.backbone import Connection
from ifax_desktop.domain.fax import State
from tests.conftest import Eventually
from tests.delivery.conftest import Plant
from tests.delivery.test_sender import queue, row


@dataclass
class Slow:
    """A service whose faxes are on their way for as long as a test wants."""

    asked: list[str] = field(default_factory=list)
    told: dict[str, object] = field(default_factory=lambda: {"faxStatus": "sending"})

    def __call__(self, request: httpx.Request) -> httpx.Response:
        job = json.loads(request.content)["jobId"]
        self.asked.append(str(job))
        return httpx.Response(200, json={"status": 1, "data": {"jobId": job, **self.told}})


async def accepted(plant: Plant, letter: Path, number: str, job: str) -> int:
    """A fax the service has, handed over now."""
    fax = await queue(plant, letter, number)
    claim = await plant.backbone.outbox.claim(plant.clock())
    assert claim is not None
    assert claim.fax == fax
    await plant.backbone.outbox.handed_over(claim.attempt, plant.clock())
    await plant.backbone.outbox.accepted(claim.attempt, job, plant.clock())
    return fax


@asynccontextmanager
async def tracked(plant: Plant, service: Slow) -> AsyncIterator[None]:
    connection = Connection("https://fax.invalid/v1", "test-key", httpx.MockTransport(service))
    async with plant.backbone.connected(connection) as calls:
        work = asyncio.create_task(plant.backbone.tracker.run(calls.outbound))
        try:
            yield
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


async def test_an_old_fax_is_asked_for_when_somebody_rings(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    service, tracker = Slow(), plant.backbone.tracker
    fax = await accepted(plant, letter, "+12025550143", "7001")
    await accepted(plant, letter, "+12025550144", "7002")
    plant.clock.advance(minutes=20)
    tracker.ring("7001")  # nobody tracks yet
    async with tracked(plant, service):
        await eventually(lambda: sorted(service.asked) == ["7001", "7002"])
        plant.clock.advance(seconds=5)
        service.asked.clear()
        tracker.ring("4711")
        tracker.ring("7001")
        await eventually(lambda: service.asked)
        assert service.asked == ["7001"]
        # Nothing asks faster than the youngest fax is asked for: this ring waits for the clock.
        tracker.ring("7001")
        tracker.ring("7002")
        await eventually(lambda: len(service.asked) > 1)
        assert service.asked == ["7001", "7002"]
        plant.clock.advance(seconds=1)
        await eventually(lambda: len(service.asked) > 2)
        assert service.asked == ["7001", "7002", "7001"]
        # What was rung for is what the service says, and not what rang.
        assert row(plant, fax).state is State.ACCEPTED
        service.told = {"faxStatus": "delivered"}
        plant.clock.advance(seconds=1)
        tracker.ring("7001")
        await eventually(lambda: row(plant, fax).state is State.DELIVERED)
        assert service.asked == ["7001", "7002", "7001", "7001"]


async def test_a_ring_without_an_answer_is_not_repeated(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    service, tracker = Slow(), plant.backbone.tracker
    await accepted(plant, letter, "+12025550143", "7001")
    plant.clock.advance(minutes=20)
    async with tracked(plant, service):
        await eventually(lambda: service.asked)
        service.told = {"jobId": "another"}
        plant.clock.advance(seconds=5)
        tracker.ring("7001")
        await eventually(lambda: len(service.asked) == 2)
        plant.clock.advance(seconds=5)
        tracker.ring("4711")
        service.told = {"faxStatus": "sending"}
        plant.clock.advance(minutes=2)  # a pause that one answer without sense made twice as long
        await eventually(lambda: len(service.asked) == 3)
        assert tracker._rung == set()


@pytest.mark.parametrize(
    ("told", "state"),
    [
        ({"faxStatus": "delivered", "code": 263, "message": "USER_BUSY"}, State.DELIVERED),
        ({"faxStatus": "delivered", "code": -1062, "message": "Wrong session ID"}, State.DELIVERED),
        ({"faxStatus": "failed", "code": 0, "message": "NORMAL_CLEARING"}, State.FAILED),
        ({"faxStatus": "failed", "code": -3, "message": "sent"}, State.FAILED),
        ({"faxStatus": "failed", "code": -150, "message": "SYSTEM_SHUTDOWN"}, State.FAILED),
        ({"faxStatus": "failed", "code": 12096, "message": "FAX status request failed."}, State.FAILED),
        ({"faxStatus": "failed", "code": 403, "message": "Fax canceled."}, State.FAILED),
        ({"faxStatus": "failed", "code": 263, "message": "USER_BUSY"}, State.QUEUED),
        ({"faxStatus": "canceled", "code": 263, "message": "USER_BUSY"}, State.CANCELED),
        ({"faxStatus": "cancelled", "code": 0}, State.CANCELED),
        ({"faxStatus": "sending", "code": 0, "message": "delivered"}, State.ACCEPTED),
        ({"faxStatus": "sending", "code": -1062, "message": "Wrong session ID"}, State.ACCEPTED),
        ({"faxStatus": "sending", "code": 3912, "message": "UNALLOCATED_NUMBER"}, State.ACCEPTED),
        ({"faxStatus": "being weighed", "code": 3912}, State.ACCEPTED),
        ({"code": 3912, "message": "UNALLOCATED_NUMBER"}, State.ACCEPTED),
        ({"code": -1004}, State.ACCEPTED),
    ],
)
async def test_the_status_decides_and_the_code_only_tells_why(
    plant: Plant, letter: Path, told: dict[str, object], state: State
) -> None:
    fax = await accepted(plant, letter, "+12025550143", "7001")
    [on_its_way] = await plant.backbone.outbox.on_their_way()
    report = wire.sent_report(told, "7001")
    assert report is not None
    await plant.backbone.tracker.take(on_its_way, report)
    assert row(plant, fax).state is state
