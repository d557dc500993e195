"""What a page costs, by the account's own records."""

from decimal import Decimal
from pathlib import Path

import pytest

from ifax_desktop.domain.errors import Offline
from ifax_desktop.simulator.account import Prices
from tests.delivery.conftest import Plant


async def test_the_price_is_the_mean_of_the_pages_sent_lately(plant: Plant, letter: Path) -> None:
    prices = plant.backbone.prices
    with pytest.raises(Offline):
        await prices.of_page()
    async with plant.backbone.connected(plant.connection):
        assert await prices.of_page() is None
        plant.service.account.prices = Prices(page=Decimal("0.03"))
        for number in ("+12025550143", "+12025550144"):
            await plant.send_elsewhere(letter, number)
            plant.clock.advance(minutes=30)
        assert await prices.of_page() == Decimal("0.030")
        plant.clock.advance(days=90)
        assert await prices.of_page() is None, "what a page cost long ago tells nothing"
