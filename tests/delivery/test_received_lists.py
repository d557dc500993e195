"""Where the list of all numbers is refused, the lists of each number serve, and nobody hears of it."""

import httpx
import pytest

from ifax_desktop.api.channel import Channel
from ifax_desktop.api.inbound import Inbound
from ifax_desktop.delivery.received_lists import ReceivedLists
from ifax_desktop.domain.errors import ConsentNeeded, Refused, SignInNeeded
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.simulator.faults.rules import Answering, On, Rule
from ifax_desktop.store.facts import Fact
from tests.conftest import Eventually
from tests.delivery.conftest import Plant
from tests.delivery.receiving import OURS, OURS_TOO, connected, passes, receive, received, refused, service

__all__ = ["service"]


def always(operation: str) -> Rule:
    """The service refuses every call of it."""
    return Rule("refused", refused, operation, count=None)


async def test_a_refused_list_of_all_numbers_is_made_good_and_not_said(
    plant: Plant, eventually: Eventually
) -> None:
    await receive(plant, to=OURS)
    await receive(plant, to=OURS_TOO)
    plant.service.faults.append(always("inbound_fax_list_all"))
    async with plant.at_work():
        await eventually(lambda: plant.backbone.line.report.checked_at is not None)
        assert {fax.own_number for fax in await received(plant)} == {OURS, OURS_TOO}
        asked = plant.asked["fax-list-all"]
        plant.clock.advance(minutes=1)
        plant.backbone.receiver.ring()
        await eventually(lambda: plant.backbone.line.report.checked_at == plant.clock())
    assert plant.asked["fax-list-all"] == asked, "remembered until it is looked far back again"
    assert plant.reported == []


async def test_the_list_of_all_numbers_is_tried_again_daily(plant: Plant) -> None:
    await receive(plant)
    plant.service.faults.append(On("inbound_fax_list_all", refused))
    async with connected(plant):
        assert await plant.backbone.receiver.check() == 1
        await plant.backbone.receiver.check()
        assert plant.asked["fax-list-all"] == 1
        plant.clock.advance(days=1)
        await plant.backbone.receiver.check()
        assert plant.asked["fax-list-all"] > 1


async def test_where_both_are_refused_it_is_said(plant: Plant, eventually: Eventually) -> None:
    plant.service.faults.extend([always("inbound_fax_list_all"), always("inbound_fax_list")])
    async with plant.at_work():
        await eventually(lambda: plant.reported)
    assert [str(error) for error in plant.reported] == ["failed"]


async def test_a_number_that_is_refused_keeps_out_no_fax_of_the_others(plant: Plant) -> None:
    await receive(plant, to=OURS_TOO)
    plant.service.faults.extend([always("inbound_fax_list_all"), On("inbound_fax_list", refused)])
    async with connected(plant):
        with pytest.raises(Refused):
            await plant.backbone.receiver.check()
        assert len(await received(plant)) == 1
        assert await plant.backbone.receiver.check() == 0


async def test_a_service_that_wants_a_pause_is_not_asked_number_by_number(plant: Plant) -> None:
    plant.fault("inbound_fax_list_all", "too_many")
    async with connected(plant):
        with pytest.raises(Refused):
            await plant.backbone.receiver.check()
    assert plant.asked["fax-list"] == 0


async def test_a_refused_key_is_none_of_the_list(plant: Plant) -> None:
    plant.fault("inbound_fax_list_all", "expired_key")
    async with connected(plant):
        with pytest.raises(SignInNeeded):
            await plant.backbone.receiver.check()
    assert plant.asked["fax-list"] == 0


async def test_an_account_without_numbers_hears_the_refusal(plant: Plant) -> None:
    async def none(request: httpx.Request, answer: Answering) -> httpx.Response:
        return httpx.Response(200, json={"status": 1, "data": []})

    plant.service.faults.extend(
        [always("inbound_fax_list_all"), Rule("none", none, "number_list", count=None)]
    )
    async with connected(plant):
        with pytest.raises(Refused, match="failed"):
            await plant.backbone.receiver.check()


async def test_what_came_before_the_refusal_is_not_taken_twice(plant: Plant) -> None:
    for place in range(21):
        await receive(plant, seconds=place)
    plant.service.faults.extend([On("inbound_fax_list_all", passes), On("inbound_fax_list_all", refused)])
    await plant.backbone.facts.keep(Fact.SWEPT, "")
    async with connected(plant):
        assert await plant.backbone.receiver.check() == 21
    assert len({fax.job_id for fax in await received(plant)}) == 21


async def test_without_consent_the_numbers_are_asked_one_by_one(plant: Plant) -> None:
    """Where a user's table says that the path of the list is a guess that changes something, nobody allowed it yet."""
    await receive(plant)
    where = plant.connection
    async with (
        httpx.AsyncClient(base_url=where.address, transport=where.transport) as http,
    ):
        channel = Channel(http, lambda: where.key, allows=lambda row: row.name != "inbound_fax_list_all")
        numbers = [
            OwnNumber(own.number, own.number_id, own.order_id) for own in plant.service._records.numbers
        ]

        async def own() -> list[OwnNumber]:
            return numbers

        lists = ReceivedLists(Inbound(channel), own)
        day = plant.clock().date()
        assert [len(page) async for page in lists.pages(day, day)] == [1]

        async def no_numbers() -> list[OwnNumber]:
            return []

        with pytest.raises(ConsentNeeded):
            assert [page async for page in ReceivedLists(Inbound(channel), no_numbers).pages(day, day)]
