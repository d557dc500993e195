"""Received faxes: stored before they are shown, each of them once."""

from ifax_desktop.delivery.line import LineState
from ifax_desktop.domain.fax import Direction, Fax
from ifax_desktop.simulator.faults.rules import On
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
