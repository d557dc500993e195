"""Documents of received faxes: whole or not at all, a few at a time, and asked for again."""

import asyncio
from datetime import timedelta

import httpx
import pytest

from ifax_desktop.delivery.fetching import AT_ONCE, IN_BACKGROUND, next_try
from ifax_desktop.domain.errors import DocumentUnreadable, NotFetched, Offline
from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.simulator.faults.rules import Answering, On
from tests.conftest import Eventually
from tests.delivery.conftest import START, Plant
from tests.delivery.receiving import (
    OURS,
    SENDER,
    connected,
    fresh,
    is_done,
    receive,
    received,
    refused,
    service,
)
from tests.documents import samples
from tests.documents.fake_children import opens_then

__all__ = ["fresh", "service"]

BROKEN = b"%PDF-1.4\n" + b"This is no document. " * 20


def test_a_document_is_asked_for_soon_then_seldom_then_no_more() -> None:
    waits = []
    now = START
    for tries in range(1, 8):
        again = next_try(tries, START, now)
        assert again is not None
        waits.append(again - now)
        now = again
    assert [wait.total_seconds() for wait in waits] == [30, 120, 600, 3600, 21600, 21600, 21600]
    assert next_try(99, START, START + timedelta(days=29, hours=23)) is not None
    assert next_try(99, START, START + timedelta(days=30)) is None


async def test_what_is_given_up_is_asked_for_when_the_user_wants_it(plant: Plant) -> None:
    await receive(plant)
    plant.service.faults.append(On("inbound_fax_download", refused))
    async with connected(plant):
        await plant.backbone.receiver.check()
        plant.clock.advance(days=30)
        plant.service.faults.append(On("inbound_fax_download", refused))
        await plant.backbone.receiver.check()
        [fax] = await plant.backbone.receiver.awaited.all()
        assert (fax.tries, fax.next_try) == (2, None)
        plant.clock.advance(days=30)
        assert await plant.backbone.receiver.check() == 0
        assert await plant.backbone.receiver.try_awaited() == 1


async def test_a_document_that_does_not_come_is_said_after_some_tries(plant: Plant) -> None:
    await receive(plant)
    plant.service.faults.extend([On("inbound_fax_download", plant.service.not_json)] * 4)
    async with connected(plant):
        for said in (0, 0, 1, 1):
            await plant.backbone.receiver.check()
            assert len(plant.reported) == said
            plant.clock.advance(hours=1)
    assert isinstance(plant.reported[0], NotFetched)


async def test_no_more_than_some_come_at_the_same_time(plant: Plant) -> None:
    under_way, most = 0, 0

    async def counted(request: httpx.Request, answer: Answering) -> httpx.Response:
        nonlocal under_way, most
        under_way += 1
        most = max(most, under_way)
        await asyncio.sleep(0.02)
        under_way -= 1
        return await answer(request)

    for _ in range(8):
        await receive(plant)
        plant.clock.advance(seconds=1)
    plant.service.faults.extend(On("inbound_fax_download", counted) for _ in range(8))
    async with connected(plant):
        assert await plant.backbone.receiver.check() == 8
    assert most == AT_ONCE
    assert IN_BACKGROUND < AT_ONCE, "a new fax does not wait for old ones"


async def test_two_checks_at_the_same_time_bring_a_fax_once(plant: Plant) -> None:
    await receive(plant)
    receiver = plant.backbone.receiver
    plant.service.faults.append(On("inbound_fax_download", plant.service.not_json))
    async with connected(plant):
        await receiver.check()
        plant.clock.advance(minutes=1)
        came = await asyncio.gather(receiver.check(), receiver.try_awaited(), receiver.check())
    assert sum(came) == 1
    assert plant.asked["fax-download"] == 2
    assert len(await received(plant)) == 1


async def test_an_unreadable_document_is_asked_for_once_more(plant: Plant) -> None:
    fax = await plant.service.receive(BROKEN, SENDER, OURS)

    async def mended(request: httpx.Request, answer: Answering) -> httpx.Response:
        response = await answer(request)
        fax.document_id = await asyncio.to_thread(plant.service._records.shelf.put, samples.letter("Whole"))
        return response

    plant.service.faults.append(On("inbound_fax_download", mended))
    async with connected(plant):
        assert await plant.backbone.receiver.check() == 1
    [row] = await received(plant)
    assert await plant.backbone.files.get(row.document) == samples.letter("Whole")
    assert plant.reported == []


async def test_a_damaged_document_is_kept_and_said(plant: Plant) -> None:
    await plant.service.receive(BROKEN, SENDER, OURS)
    async with connected(plant):
        assert await plant.backbone.receiver.check() == 1
    [row] = await received(plant)
    assert row.pages == 1, "as the service says"
    assert await plant.backbone.files.get(row.document) == BROKEN
    assert [type(error) for error in plant.reported] == [DocumentUnreadable]
    assert plant.asked["fax-download"] == 2


async def test_a_line_that_breaks_keeps_what_came_and_awaits_nothing(plant: Plant) -> None:
    for _ in range(4):
        await receive(plant)
        plant.clock.advance(seconds=1)
    plant.service.faults.extend(
        [On("inbound_fax_download", _passes), On("inbound_fax_download", plant.service.unreachable)]
    )
    async with connected(plant):
        with pytest.raises(Offline):
            await plant.backbone.receiver.check()
        there = len(await received(plant))
        assert await plant.backbone.receiver.awaited.all() == []
        assert await plant.backbone.receiver.check() == 4 - there
    assert len({row.job_id for row in await received(plant)}) == 4


async def test_a_failure_leaves_no_mark_on_the_task_that_waited(plant: Plant) -> None:
    """In Python 3.11.2 a task marked as cancelled ends at its next timeout: nothing would be received any more."""
    for name in ("one", "two"):
        await receive(plant, name)
    plant.service.faults.append(On("inbound_fax_download", plant.service.unreachable))
    async with connected(plant):
        with pytest.raises(Offline):
            await plant.backbone.receiver.check()
        task = asyncio.current_task()
        assert task is not None
        assert task.cancelling() == 0


async def _passes(request: httpx.Request, answer: Answering) -> httpx.Response:
    return await answer(request)


async def test_a_mistake_of_ours_is_said_as_such(plant: Plant) -> None:
    async with connected(plant):
        with pytest.raises(AttributeError):
            await plant.backbone.receiver._fetching.fetch([None])  # type: ignore[list-item]


async def test_nothing_is_left_of_a_download_that_was_stopped(plant: Plant, eventually: Eventually) -> None:
    await receive(plant)
    plant.fault("inbound_fax_download", "slow", seconds=30)
    async with connected(plant):
        task = asyncio.create_task(plant.backbone.receiver.check())
        await eventually(lambda: plant.asked["fax-download"])
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    incoming = plant.backbone.paths.documents / "incoming"
    assert list(incoming.iterdir()) == []
    assert await plant.backbone.receiver.awaited.all() == []


def test_a_report_tells_no_number_in_logs() -> None:
    assert "555" not in repr(ReceivedReport("1", "2", SENDER, OURS))


async def test_a_document_that_is_gone_from_the_service_is_asked_for_only_once(
    fresh: Plant, eventually: Eventually
) -> None:
    old = await receive(fresh, days=45)
    await receive(fresh, days=46)
    old.files_deleted_at = fresh.clock.timestamp()
    async with fresh.at_work():
        await eventually(lambda: is_done(fresh))
        fresh.clock.advance(hours=7)
        await fresh.backbone.receiver.check()
    [fax] = await fresh.backbone.receiver.awaited.all()
    assert (fax.words, fax.tries, fax.next_try) == ("The fax service says: “File not found”.", 1, None)
    assert len(await received(fresh)) == 1


async def test_many_that_were_missed_are_asked_for_in_turns(plant: Plant) -> None:
    for _ in range(45):
        await receive(plant)
        plant.clock.advance(seconds=1)
    plant.backbone.renderer._command = opens_then("")
    plant.service.faults.extend([On("inbound_fax_download", plant.service.not_json)] * 45)
    async with connected(plant):
        await plant.backbone.receiver.check()
        plant.clock.advance(minutes=1)
        assert await plant.backbone.receiver.check() == 20
        assert await plant.backbone.receiver.try_awaited() == 25
    assert len({fax.job_id for fax in await received(plant)}) == 45
