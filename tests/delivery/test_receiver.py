"""Received faxes: stored before they are shown, each of them once."""

import httpx

from ifax_desktop.delivery.line import LineState
from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import Direction, Fax
from ifax_desktop.simulator.faults.rules import Answering, On
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.store.archive import Query
from tests.conftest import Eventually
from tests.delivery.conftest import Plant
from tests.documents import samples

OURS = "+12025550119"


async def received(plant: Plant) -> list[Fax]:
    archive = plant.backbone.archive
    return archive.rows(await archive.ids(Query(Direction.RECEIVED)))


async def test_a_received_fax_is_stored_whole_and_unread(plant: Plant) -> None:
    content = samples.letter("A report", "Its second page")
    await plant.service.receive(content, "+13125550188", OURS)
    async with plant.backbone.connected(plant.connection):
        assert await plant.backbone.receiver.check() == 1
        assert await plant.backbone.receiver.check() == 0
    [fax] = await received(plant)
    assert (fax.number, fax.own_number, fax.pages, fax.unread) == ("+13125550188", OURS, 2, True)
    assert await plant.backbone.files.get(fax.document) == content


async def test_an_answer_without_a_document_is_asked_for_again(plant: Plant) -> None:
    await plant.service.receive(samples.letter("A report"), "+13125550188", OURS)
    plant.service.faults.append(On("inbound_fax_download", plant.service.not_json))
    async with plant.backbone.connected(plant.connection):
        assert await plant.backbone.receiver.check() == 0
        assert await received(plant) == []
        assert await plant.backbone.receiver.check() == 1


async def test_our_numbers_are_asked_for(plant: Plant, service: FaxService) -> None:
    async with plant.backbone.connected(plant.connection):
        await plant.backbone.receiver.refresh_numbers()
    assert OURS in [number.number for number in plant.backbone.numbers.all()]


async def test_faxes_come_in_by_themselves_and_the_line_says_when(
    plant: Plant, eventually: Eventually
) -> None:
    await plant.service.receive(samples.letter("A report"), "+13125550188", OURS)
    async with plant.at_work():
        await eventually(lambda: plant.backbone.line.report.checked_at is not None)
    assert plant.backbone.line.report.state is LineState.CONNECTED
    assert len(await received(plant)) == 1


async def refused(request: httpx.Request, answer: Answering) -> httpx.Response:
    """The service says no, for no reason of ours."""
    return httpx.Response(200, json={"status": 0, "code": 12007, "message": "failed"})


async def test_a_list_of_numbers_that_is_refused_keeps_no_fax_out(
    plant: Plant, eventually: Eventually
) -> None:
    await plant.service.receive(samples.letter("A report"), "+13125550188", OURS)
    plant.service.faults.extend(On("number_list", refused) for _ in range(50))
    async with plant.at_work():
        await eventually(lambda: plant.backbone.line.report.checked_at is not None)
    assert len(await received(plant)) == 1
    assert [str(error) for error in plant.reported][:1] == ["failed"]


async def test_one_document_that_is_refused_keeps_no_other_out_and_is_said_once(plant: Plant) -> None:
    for name in ("first", "second"):
        await plant.service.receive(samples.letter(name), "+13125550188", OURS)
        plant.clock.advance(seconds=1)
    plant.service.faults.extend([On("inbound_fax_download", refused)])
    async with plant.backbone.connected(plant.connection):
        assert await plant.backbone.receiver.check() == 1
        plant.service.faults.extend([On("inbound_fax_download", refused)])
        assert await plant.backbone.receiver.check() == 0
        assert await plant.backbone.receiver.check() == 1
    assert len(await received(plant)) == 2
    assert [str(error) for error in plant.reported] == ["failed"]


async def test_a_disk_that_takes_no_fax_is_said_and_the_fax_comes_later(
    plant: Plant, eventually: Eventually
) -> None:
    await plant.service.receive(samples.letter("A report"), "+13125550188", OURS)
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
