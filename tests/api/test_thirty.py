"""Each of the thirty operations against the practice service, on both transports: it does what its name says."""

from collections.abc import Awaitable, Callable

import pytest

from ifax_desktop.api.operations import BY_NAME
from ifax_desktop.api.outbound import OutgoingFax
from ifax_desktop.api.records import Item
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.reports import Extract, FieldValue
from ifax_desktop.simulator.children import draw_trial_fax
from tests.api.calling import NUMBER, OWN_NUMBER
from tests.api.world import DAY, SENDER, World

OTHER = "+14155550199"


async def fax_send(world: World) -> None:
    job = await world.outbound.send(OutgoingFax(NUMBER, OWN_NUMBER, "fax-2.pdf", world.pdf))
    assert [str(one.job_id) for one in world.service.jobs] == [world.sent.job_id, job]
    assert world.service.jobs[1].documents == (world.pdf,)


async def fax_resend(world: World) -> None:
    job = await world.outbound.resend(world.sent.job_id)
    assert job != world.sent.job_id
    again = world.service.jobs[1]
    assert (str(again.job_id), again.number, again.documents) == (job, NUMBER, (world.pdf,))
    assert await world.refused(world.outbound.resend(job)) == 12107


async def fax_forward(world: World) -> None:
    job = await world.outbound.forward(world.sent.job_id, OTHER, OWN_NUMBER)
    again = world.service.jobs[1]
    assert (str(again.job_id), again.number, again.documents) == (job, OTHER, (world.pdf,))


async def fax_cancel(world: World) -> None:
    job = await world.outbound.send(OutgoingFax(NUMBER, OWN_NUMBER, "fax-2.pdf", world.pdf))
    assert (await world.outbound.cancel(job)).status == "canceled"
    assert (await world.outbound.status(job)).status == "canceled"
    assert await world.refused(world.outbound.cancel(world.sent.job_id)) == -162


async def fax_status(world: World) -> None:
    report = await world.outbound.status(world.sent.job_id)
    assert (report.status, report.pages, report.pages_done, report.code) == ("delivered", 2, 2, 0)


async def fax_detail(world: World) -> None:
    await world.records.add_labels(world.sent.fax_id, Direction.SENT, ["14"])
    detail = await world.outbound.detail(world.sent.job_id)
    assert detail.report == world.sent
    assert [label.label_id for label in detail.labels] == ["14"]


async def fax_list(world: World) -> None:
    reports = await world.outbound.list_sent(DAY, DAY)
    assert [(report.job_id, report.to_number) for report in reports] == [(world.sent.job_id, NUMBER)]
    assert reports[0].fax_id


async def fax_download(world: World) -> None:
    assert await world.outbound.download(world.sent.job_id, world.into) == len(world.pdf)
    assert world.into.read_bytes() == world.pdf


async def item_delete(world: World) -> None:
    await world.records.delete(Item.SENT, world.sent.job_id)
    assert await world.outbound.list_sent(DAY, DAY) == []
    await world.records.delete(Item.RECEIVED, world.received.job_id)
    assert await world.inbound.list_received(DAY, DAY) == []


async def item_files_delete(world: World) -> None:
    await world.records.delete_files(Item.SENT, world.sent.job_id)
    assert await world.refused(world.outbound.download(world.sent.job_id, world.into)) == 12092
    assert await world.refused(world.outbound.resend(world.sent.job_id)) == 12094
    assert len(await world.outbound.list_sent(DAY, DAY)) == 1


async def inbound_fax_list(world: World) -> None:
    first, second, *_ = await world.numbers.owned()
    of_first = await world.inbound.list_received_by(first.number_id, first.order_id, DAY, DAY)
    assert [report.job_id for report in of_first] == [world.received.job_id]
    assert await world.inbound.list_received_by(second.number_id, second.order_id, DAY, DAY) == []


async def inbound_fax_list_all(world: World) -> None:
    (report,) = await world.inbound.list_received(DAY, DAY)
    assert (report.from_number, report.to_number, report.pages) == (SENDER, OWN_NUMBER, 2)


async def inbound_fax_download(world: World) -> None:
    received = world.received
    assert await world.inbound.download(received.job_id, received.transaction_id, world.into) == len(
        world.pdf
    )
    assert world.into.read_bytes() == world.pdf


async def inbound_fax_delete(world: World) -> None:
    received = world.received
    await world.inbound.delete(received.job_id, received.transaction_id)
    assert await world.inbound.list_received(DAY, DAY) == []
    gone = world.inbound.download(received.job_id, received.transaction_id, world.into)
    assert await world.refused(gone) == 12130


async def extract_start(world: World) -> None:
    state = await world.records.start_extraction(world.received.job_id, Direction.RECEIVED)
    assert state == "processing"


async def extract_result(world: World) -> None:
    fax = await draw_trial_fax(SENDER, OWN_NUMBER, 2)
    await world.service.receive(fax, SENDER, OWN_NUMBER)
    job = (await world.inbound.list_received(DAY, DAY))[0].job_id
    for kind in Extract:
        await world.records.start_extraction(job, Direction.RECEIVED, kind)
        assert not (await world.records.extraction(job, Direction.RECEIVED, kind)).is_there
    world.clock.forward(60)
    assert "Page 2 of 2" in (await world.records.extraction(job, Direction.RECEIVED)).text
    assert (await world.records.extraction(job, Direction.RECEIVED, Extract.FACTS)).facts


async def number_list(world: World) -> None:
    numbers = await world.numbers.owned()
    assert OWN_NUMBER in [number.number for number in numbers]
    assert all(number.number_id and len(number.order_id) == 19 for number in numbers)


async def country_list(world: World) -> None:
    countries = await world.numbers.countries()
    assert {"US", "CA"} <= {country.iso for country in countries}
    assert all(country.name for country in countries)


async def area_list(world: World) -> None:
    areas = await world.numbers.areas("US")
    assert "202" in [area.prefix for area in areas]
    assert await world.refused(world.numbers.areas("XX")) is not None


async def _offered(world: World) -> str:
    area = next(area for area in await world.numbers.areas("US") if area.prefix == "202")
    return (await world.numbers.on_offer(area.area_id))[0].number


async def area_numbers(world: World) -> None:
    assert (await _offered(world)).startswith("+1202")


async def number_check(world: World) -> None:
    number = await _offered(world)
    assert (await world.numbers.check(number)).number == number
    assert await world.refused(world.numbers.check("+12025550999")) is not None


async def number_buy(world: World) -> None:
    number = await _offered(world)
    bought = await world.numbers.buy(number)
    assert bought.number == number
    assert bought.number_id
    assert len(bought.order_id) == 19
    assert number in [own.number for own in await world.numbers.owned()]
    assert await world.refused(world.numbers.buy(number)) == 12129


async def number_delete(world: World) -> None:
    bought = await world.numbers.buy(await _offered(world))
    await world.numbers.release(bought.number_id, bought.order_id)
    assert bought.number not in [own.number for own in await world.numbers.owned()]


async def cdr_list(world: World) -> None:
    records = await world.records.usage(DAY, DAY)
    assert {record.direction for record in records} == {Direction.SENT, Direction.RECEIVED}
    (sent,) = await world.records.usage(DAY, DAY, Direction.SENT)
    assert (sent.job_id, sent.pages, sent.status) == (world.sent.job_id, 2, "delivered")
    assert sent.cost is not None
    assert sent.cost > 0


async def label_list(world: World) -> None:
    labels = await world.records.labels()
    assert ("14", "Billing") in [(label.label_id, label.name) for label in labels]


async def _labels_now(world: World) -> set[str]:
    return {label.label_id for label in (await world.outbound.detail(world.sent.job_id)).labels}


async def fax_label_add(world: World) -> None:
    await world.records.add_labels(world.sent.fax_id, Direction.SENT, ["14", "15"])
    assert await _labels_now(world) == {"14", "15"}


async def fax_label_remove(world: World) -> None:
    await world.records.add_labels(world.sent.fax_id, Direction.SENT, ["14", "15"])
    await world.records.remove_labels(world.sent.fax_id, Direction.SENT, ["15"])
    assert await _labels_now(world) == {"14"}


async def fax_fields_get(world: World) -> None:
    values = await world.records.fields(world.received.fax_id, Direction.RECEIVED)
    assert "Case number" in [value.name for value in values]


async def fax_fields_set(world: World) -> None:
    (field,) = [
        value
        for value in await world.records.fields(world.received.fax_id, Direction.RECEIVED)
        if value.name == "Case number"
    ]
    filled = FieldValue(field.field_id, field.name, "A-119")
    await world.records.set_fields(world.received.fax_id, Direction.RECEIVED, [filled])
    assert filled in await world.records.fields(world.received.fax_id, Direction.RECEIVED)


async def fax_label_replace(world: World) -> None:
    await world.records.add_labels(world.sent.fax_id, Direction.SENT, ["14", "15"])
    await world.records.replace_labels(world.sent.fax_id, Direction.SENT, ["16"])
    assert await _labels_now(world) == {"16"}
    await world.records.replace_labels(world.sent.fax_id, Direction.SENT, [])
    assert await _labels_now(world) == set()


DRIVES: dict[str, Callable[[World], Awaitable[None]]] = {
    drive.__name__: drive
    for drive in (
        fax_send,
        fax_resend,
        fax_forward,
        fax_cancel,
        fax_status,
        fax_detail,
        fax_list,
        fax_download,
        item_delete,
        item_files_delete,
        inbound_fax_list,
        inbound_fax_list_all,
        inbound_fax_download,
        inbound_fax_delete,
        extract_start,
        extract_result,
        number_list,
        country_list,
        area_list,
        area_numbers,
        number_check,
        number_buy,
        number_delete,
        cdr_list,
        label_list,
        fax_label_add,
        fax_label_remove,
        fax_fields_get,
        fax_fields_set,
        fax_label_replace,
    )
}


def test_all_thirty_are_driven() -> None:
    assert list(DRIVES) == list(BY_NAME)


@pytest.mark.parametrize("name", BY_NAME)
async def test_operation(name: str, world: World) -> None:
    await DRIVES[name](world)
