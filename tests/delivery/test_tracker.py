"""When the service is asked for the state of a fax: by plan, and at once when somebody rings for it."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
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
async def tracked(plant: Plant, service: Callable[[httpx.Request], httpx.Response]) -> AsyncIterator[None]:
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


@dataclass
class Listing:
    """A service with many faxes on their way: it lists them, and can be asked one by one."""

    told: dict[str, dict[str, object]] = field(default_factory=dict)
    lists: int = 0
    asked: list[str] = field(default_factory=list)
    refusal: dict[str, object] | None = None

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("fax-lists"):
            self.lists += 1
            rows = [{"jobId": job, **row} for job, row in self.told.items()]
            first = "lastFaxId" not in json.loads(request.content)
            return httpx.Response(200, json={"status": 1, "data": rows if first else []})
        job = str(json.loads(request.content)["jobId"])
        self.asked.append(job)
        if self.refusal is not None:
            return httpx.Response(200, json=self.refusal)
        return httpx.Response(200, json={"status": 1, "data": {"jobId": job, "faxStatus": "sending"}})


async def many(plant: Plant, letter: Path, count: int) -> list[int]:
    return [await accepted(plant, letter, f"+1202555{140 + n:04}", str(7001 + n)) for n in range(count)]


async def test_many_young_faxes_are_asked_about_by_one_list(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    faxes = await many(plant, letter, 6)
    service = Listing({str(7001 + n): {"faxStatus": "delivered", "code": 0} for n in range(6)})
    async with tracked(plant, service):
        await eventually(lambda: all(row(plant, fax).state is State.DELIVERED for fax in faxes))
    assert (service.lists > 0, service.asked) == (True, [])


async def test_what_the_list_does_not_tell_is_asked_for_singly(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    faxes = await many(plant, letter, 6)
    service = Listing({"7001": {"faxStatus": "delivered"}, "7002": {"faxTotalPages": 3}})
    async with tracked(plant, service):
        await eventually(lambda: len(service.asked) >= 5)
        await eventually(lambda: row(plant, faxes[0]).state is State.DELIVERED)
    assert "7001" not in service.asked
    assert row(plant, faxes[1]).state is State.ACCEPTED


async def test_few_faxes_need_no_list(plant: Plant, letter: Path, eventually: Eventually) -> None:
    await many(plant, letter, 4)
    service = Listing()
    async with tracked(plant, service):
        await eventually(lambda: len(service.asked) >= 4)
    assert service.lists == 0


async def test_a_service_that_will_not_say_is_asked_less_often_and_the_fax_says_so(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    fax = await accepted(plant, letter, "+12025550143", "7001")
    refusal = {"status": 0, "code": 12096, "message": "FAX status request failed."}
    service = Listing(refusal=refusal)

    def silence() -> str:
        detail = plant.backbone.archive.detail(fax)
        assert detail is not None
        return detail.standing.silence

    async with tracked(plant, service):
        await eventually(lambda: service.asked)
        assert not silence()
        for _ in range(40):
            plant.clock.advance(minutes=1)
            plant.backbone.changes.announce(())
            await asyncio.sleep(0)
        await eventually(silence)
        assert silence() == "FAX status request failed."
        service.refusal = None
        plant.clock.advance(minutes=11)
        await eventually(lambda: not silence())
    assert row(plant, fax).state is State.ACCEPTED


async def test_no_network_is_no_silence_of_the_service(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    fax = await accepted(plant, letter, "+12025550143", "7001")
    asked: list[int] = []

    def nowhere(request: httpx.Request) -> httpx.Response:
        asked.append(1)
        raise httpx.ConnectError("no route", request=request)

    async with tracked(plant, nowhere):
        for _ in range(4):
            before = len(asked)
            plant.clock.advance(minutes=11)
            await eventually(lambda before=before: len(asked) > before)  # type: ignore[misc]
    detail = plant.backbone.archive.detail(fax)
    assert detail is not None
    assert detail.standing.silent_since is None
