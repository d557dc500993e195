"""The account's own numbers against the practice service, on both transports."""

import pytest

from ifax_desktop.api.channel import Channel
from ifax_desktop.api.numbers import FaxNumbers
from ifax_desktop.domain.errors import NoAnswer
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.simulator.numbers import OWN_NUMBERS
from ifax_desktop.simulator.service import FaxService
from tests.api.calling import answering, open_channel, success


async def test_every_number_of_the_account(channel: Channel) -> None:
    assert await FaxNumbers(channel).owned() == [
        OwnNumber(own.number, own.number_id, own.order_id, own.country, own.area) for own in OWN_NUMBERS
    ]


async def test_an_account_without_numbers_and_a_row_without_one() -> None:
    asked, answer = answering(success([]), success([{"numberId": 1}, "+12025550119"]))
    async with open_channel(answer) as channel:
        assert await FaxNumbers(channel).owned() == []
        assert await FaxNumbers(channel).owned() == [OwnNumber("+12025550119")]
    assert asked == [{}, {}]


async def test_a_page_of_somebody_else_is_no_list_of_numbers(channel: Channel, service: FaxService) -> None:
    service.faults.append(service.not_json)
    with pytest.raises(NoAnswer):
        await FaxNumbers(channel).owned()
