"""Received faxes: stored before they are shown, each of them once, whatever happens on the way."""

import asyncio
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from ifax_desktop.delivery.line import LineState
from ifax_desktop.domain.errors import NoAnswer, NotFetched, Offline, StorageFailed
from ifax_desktop.simulator.faults.rules import On
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.store.facts import Fact
from tests.conftest import Eventually
from tests.delivery.conftest import Clock, Plant
from tests.delivery.receiving import OURS, SENDER, passes, received, refused, service
from tests.documents import samples
from tests.store.conftest import full_disk

__all__ = ["full_disk", "service"]


async def test_a_received_fax_is_stored_whole_and_unread(plant: Plant) -> None:
    content = samples.letter("A report", "Its second page")
    await plant.service.receive(content, SENDER, OURS)
    async with plant.backbone.connected(plant.connection):
        assert await plant.backbone.receiver.check() == 1
        assert await plant.backbone.receiver.check() == 0
    [fax] = await received(plant)
    assert (fax.number, fax.own_number, fax.pages, fax.unread) == (SENDER, OURS, 2, True)
    assert await plant.backbone.files.get(fax.document) == content


async def test_our_numbers_are_asked_for(plant: Plant) -> None:
    async with plant.backbone.connected(plant.connection):
        await plant.backbone.receiver.refresh_numbers()
    assert OURS in [number.number for number in plant.backbone.numbers.all()]


async def test_nothing_is_asked_before_it_can_be(plant: Plant) -> None:
    receiver = plant.backbone.receiver
    for ask in (receiver.check, receiver.refresh_numbers):
        with pytest.raises(Offline, match="still starting"):
            await ask()


async def test_faxes_come_in_by_themselves_and_the_line_says_when(
    plant: Plant, eventually: Eventually
) -> None:
    await plant.service.receive(samples.letter("A report"), SENDER, OURS)
    async with plant.at_work():
        await eventually(lambda: plant.backbone.line.report.checked_at is not None)
    assert plant.backbone.line.report.state is LineState.CONNECTED
    assert len(await received(plant)) == 1


async def test_a_page_of_the_list_is_taken_before_the_next_one_is_asked_for(plant: Plant) -> None:
    for _ in range(22):
        await plant.service.receive(samples.letter("A report"), SENDER, OURS)
        plant.clock.advance(seconds=1)
    plant.service.faults.extend([On("inbound_fax_list_all", passes), On("inbound_fax_list_all", refused)])
    plant.service.faults.append(On("inbound_fax_list", plant.service.not_json))
    async with plant.backbone.connected(plant.connection):
        with pytest.raises(NoAnswer):
            await plant.backbone.receiver.check()
        assert len(await received(plant)) == 20
        assert await plant.backbone.receiver.check() == 2
    assert len({fax.job_id for fax in await received(plant)}) == 22


async def test_a_list_of_numbers_that_is_refused_keeps_no_fax_out(
    plant: Plant, eventually: Eventually
) -> None:
    await plant.service.receive(samples.letter("A report"), SENDER, OURS)
    plant.service.faults.extend(On("number_list", refused) for _ in range(50))
    async with plant.at_work():
        await eventually(lambda: plant.backbone.line.report.checked_at is not None)
    assert len(await received(plant)) == 1
    assert [str(error) for error in plant.reported][:1] == ["failed"]


async def test_a_document_that_is_refused_keeps_no_other_out_and_is_said_once(plant: Plant) -> None:
    for name in ("first", "second"):
        await plant.service.receive(samples.letter(name), SENDER, OURS)
        plant.clock.advance(seconds=1)
    plant.service.faults.append(On("inbound_fax_download", refused))
    async with plant.backbone.connected(plant.connection):
        assert await plant.backbone.receiver.check() == 1
        [awaited] = await plant.backbone.receiver.awaited.all()
        assert (awaited.tries, awaited.words) == (1, "The fax service says: “failed”.")
        plant.service.faults.append(On("inbound_fax_download", refused))
        plant.clock.advance(seconds=30)
        assert await plant.backbone.receiver.check() == 0
        assert await plant.backbone.receiver.check() == 0, "its time has not come"
        plant.clock.advance(minutes=2)
        assert await plant.backbone.receiver.check() == 1
    assert len(await received(plant)) == 2
    assert await plant.backbone.receiver.awaited.all() == []
    [said] = plant.reported
    assert isinstance(said, NotFetched)
    assert "“failed”" in str(said)


async def test_a_document_comes_by_itself_when_its_time_has_come(
    plant: Plant, eventually: Eventually
) -> None:
    await plant.service.receive(samples.letter("A report"), SENDER, OURS)
    plant.service.faults.append(On("inbound_fax_download", plant.service.not_json))
    async with plant.at_work():
        await eventually(lambda: plant.asked["fax-download"] == 1)
        await eventually(lambda: plant.backbone.line.report.checked_at is not None)
        lists = plant.asked["fax-list-all"]
        plant.clock.advance(seconds=30)
        plant.backbone.receiver.ring()
        await eventually(lambda: plant.backbone.line.report.checked_at == plant.clock())
        assert plant.asked["fax-list-all"] == lists * 2
    assert len(await received(plant)) == 1
    assert plant.reported == [], "the Inbox showed it, and it came"


async def test_a_document_is_asked_for_between_two_checks(plant: Plant, eventually: Eventually) -> None:
    await plant.service.receive(samples.letter("A report"), SENDER, OURS)
    async with plant.backbone.connected(plant.connection):
        plant.service.faults.append(On("inbound_fax_download", plant.service.not_json))
        await plant.backbone.receiver.check()
        task = asyncio.create_task(plant.backbone.receiver.run())
        checked = plant.clock()
        plant.clock.advance(seconds=29.9)
        await eventually(lambda: (plant.backbone.line.report.checked_at or checked) > checked)
        plant.clock.advance(seconds=0.1)
        lists = plant.asked["fax-list-all"]
        await eventually(lambda: plant.asked["fax-download"] == 2)
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert plant.asked["fax-list-all"] == lists


async def test_the_user_can_ask_for_it_now(plant: Plant) -> None:
    await plant.service.receive(samples.letter("A report"), SENDER, OURS)
    plant.service.faults.extend([On("inbound_fax_download", plant.service.not_json)] * 2)
    async with plant.backbone.connected(plant.connection):
        await plant.backbone.receiver.check()
        assert await plant.backbone.receiver.try_awaited() == 0
        assert [fax.tries for fax in await plant.backbone.receiver.awaited.all()] == [2]
        assert await plant.backbone.receiver.try_awaited() == 1
    assert len(await received(plant)) == 1


async def test_what_was_awaited_is_so_after_a_restart(
    plant: Plant, tmp_path: Path, clock: Clock, service: FaxService
) -> None:
    await service.receive(samples.letter("A report"), SENDER, OURS)
    service.faults.append(On("inbound_fax_download", refused))
    async with plant.backbone.connected(plant.connection):
        await plant.backbone.receiver.check()
    again = Plant(tmp_path / "profile", clock, service)
    clock.advance(days=20)
    async with again.backbone.connected(again.connection):
        assert await again.backbone.receiver.check() == 1
    await again.backbone.close()
    assert len(await received(plant)) == 1


async def test_what_was_deleted_here_does_not_return_and_stays_at_the_service(plant: Plant) -> None:
    await plant.service.receive(samples.letter("A report"), SENDER, OURS)
    async with plant.backbone.connected(plant.connection):
        await plant.backbone.receiver.check()
        [fax] = await received(plant)
        await plant.backbone.archive.delete([fax.id], plant.clock())
        await plant.backbone.facts.keep(Fact.SWEPT, "")
        assert await plant.backbone.receiver.check() == 0
    assert await received(plant) == []
    assert plant.service.received[0].deleted_at is None


async def test_a_disk_that_takes_no_fax_is_said_and_the_fax_comes_later(
    plant: Plant, eventually: Eventually
) -> None:
    await plant.service.receive(samples.letter("A report"), SENDER, OURS)
    folder = plant.backbone.paths.documents / "incoming"
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    async with plant.at_work():
        await eventually(lambda: plant.reported)
        assert isinstance(plant.reported[0], StorageFailed)
        assert await received(plant) == []
        folder.unlink()
        plant.backbone.receiver.ring()
        await eventually(lambda: plant.backbone.line.report.checked_at is not None)
    assert len(await received(plant)) == 1
    assert await plant.backbone.receiver.awaited.all() == [], "the disk is no matter of the service"


async def test_a_full_disk_while_a_document_comes_is_said_and_the_fax_comes_later(
    plant: Plant, full_disk: Callable[..., AbstractContextManager[None]]
) -> None:
    content = samples.letter("A report", "Its second page")
    await plant.service.receive(content, SENDER, OURS)
    async with plant.backbone.connected(plant.connection):
        with full_disk(), pytest.raises(StorageFailed):
            await plant.backbone.receiver.check()
        assert await received(plant) == []
        assert await plant.backbone.receiver.check() == 1
    [fax] = await received(plant)
    assert await plant.backbone.files.get(fax.document) == content
