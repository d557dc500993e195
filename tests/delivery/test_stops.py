"""Stopping a fax that has left: the service is asked, and only its word for the fax says that it is canceled."""

import asyncio
from pathlib import Path

import httpx
import pytest

from ifax_desktop.domain.fax import Happening, State, Stop
from ifax_desktop.simulator.faults.rules import Answering, On
from ifax_desktop.store.outbox import Stopped
from tests.conftest import Eventually
from tests.delivery.conftest import Plant
from tests.delivery.test_doubts import doubtful, happened
from tests.delivery.test_sender import queue, row

SLOW = "+12025550109"


@pytest.fixture(autouse=True)
async def allowed(plant: Plant) -> None:
    """The user was asked whether cancelling may be tried."""
    await plant.backbone.consents.give("fax_cancel")


async def accepted(plant: Plant, letter: Path, eventually: Eventually, number: str = SLOW) -> int:
    fax = await queue(plant, letter, number)
    await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
    return fax


async def test_the_service_stops_it_and_says_so(plant: Plant, letter: Path, eventually: Eventually) -> None:
    async with plant.at_work():
        fax = await accepted(plant, letter, eventually)
        assert await plant.backbone.sender.stop(fax) is Stopped.LATER
        await eventually(lambda: row(plant, fax).state is State.CANCELED)
    assert plant.service.jobs[0].canceled_at is not None
    assert happened(plant, fax)[-2:] == [Happening.STOP_ASKED, Happening.CANCELED]
    assert plant.backbone.consents.known("fax_cancel") == "worked"


async def test_too_late_is_said_and_the_fax_goes_on(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    async with plant.at_work():
        fax = await accepted(plant, letter, eventually)
        plant.clock.advance(seconds=30)
        await eventually(lambda: row(plant, fax).pages_done == 1)
        await plant.backbone.sender.stop(fax)
        await eventually(lambda: row(plant, fax).stop is Stop.REFUSED)
        assert row(plant, fax).state is State.ACCEPTED
        plant.clock.advance(minutes=5)
        await eventually(lambda: row(plant, fax).state is State.DELIVERED)
    detail = plant.backbone.archive.detail(fax)
    assert detail is not None
    refusal = next(event for event in detail.events if event.what is Happening.STOP_REFUSED)
    assert refusal.code == -162


async def test_canceled_already_is_what_the_service_says_of_the_fax(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    async with plant.at_work():
        fax = await accepted(plant, letter, eventually)
        plant.fault("fax_cancel", "reset_after")  # it is done, and we do not hear it
        await plant.backbone.sender.stop(fax)
        await eventually(lambda: plant.asked["fax-cancel"])
        plant.clock.advance(seconds=6)
        await eventually(lambda: row(plant, fax).state is State.CANCELED)


@pytest.mark.parametrize("kind", ["refuse", "reset_before", "server_error", "html"])
async def test_a_wish_that_was_not_heard_is_asked_again(
    plant: Plant, letter: Path, eventually: Eventually, kind: str
) -> None:
    async with plant.at_work():
        fax = await accepted(plant, letter, eventually)
        plant.fault("fax_cancel", kind)
        await plant.backbone.sender.stop(fax)
        for _ in range(8):  # less than it takes until the first page went through
            await asyncio.sleep(0.02)
            plant.clock.advance(seconds=2)
        await eventually(lambda: row(plant, fax).state is State.CANCELED)


async def test_stopped_while_it_is_handed_over_it_never_is_whole(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    listing, go_on = asyncio.Event(), asyncio.Event()

    async def wait(request: httpx.Request, answer: Answering) -> httpx.Response:
        listing.set()
        await go_on.wait()
        return await answer(request)

    async with plant.at_work():
        await eventually(lambda: plant.backbone.line.report.checked_at)
        plant.service.faults.append(On("fax_list", wait))
        fax = await queue(plant, letter)
        await listing.wait()
        assert await plant.backbone.sender.stop(fax) is Stopped.LATER
        await eventually(lambda: row(plant, fax).state is State.CANCELED)
        go_on.set()
    assert plant.service.jobs == []


async def test_stopped_while_nobody_knows_it_is_remembered_until_the_fax_is_found(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    async with plant.at_work():
        fax = await doubtful(plant, letter, eventually)
        assert await plant.backbone.sender.stop(fax) is Stopped.LATER
        assert row(plant, fax).state is State.DOUBTFUL
        assert await plant.backbone.doubts.look_again(fax)
        await eventually(lambda: row(plant, fax).state is State.CANCELED)
    assert len(plant.service.jobs) == 1


async def test_a_fax_the_user_wants_stopped_is_not_tried_again(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    async with plant.at_work():
        fax = await accepted(plant, letter, eventually, "+12025550101")
        plant.fault("fax_cancel", "server_error", count=50)
        await plant.backbone.sender.stop(fax)
        plant.clock.advance(minutes=1)
        await eventually(lambda: row(plant, fax).state is State.FAILED)
        plant.clock.advance(minutes=10)
        plant.backbone.changes.announce(())
        await eventually(lambda: plant.backbone.line.report.checked_at)
    assert (row(plant, fax).state, len(plant.service.jobs)) == (State.FAILED, 1)


async def test_a_service_that_does_not_know_the_request_is_remembered(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    async def unknown(request: httpx.Request, _: Answering) -> httpx.Response:
        return httpx.Response(404, request=request)

    async with plant.at_work():
        fax = await accepted(plant, letter, eventually)
        plant.service.faults.append(On("fax_cancel", unknown))
        await plant.backbone.sender.stop(fax)
        await eventually(lambda: row(plant, fax).stop is Stop.REFUSED)
    assert plant.backbone.consents.known("fax_cancel") == "did not work"
