"""The calls about fax numbers: those of the account, those on offer, buying and releasing."""

from ifax_desktop.api import wire, wire_numbers
from ifax_desktop.api.channel import Channel
from ifax_desktop.api.operations import (
    AREA_LIST,
    AREA_NUMBERS,
    COUNTRY_LIST,
    NUMBER_BUY,
    NUMBER_CHECK,
    NUMBER_DELETE,
    NUMBER_LIST,
)
from ifax_desktop.domain.inventory import Area, Country, OfferedNumber, OwnNumber


class FaxNumbers:
    """Fax numbers, as the service sees them. All calls raise Offline, NoAnswer, SignInNeeded and Refused."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel

    async def owned(self) -> list[OwnNumber]:
        """Every number of the account (row 17), in the service's order. It changes nothing: a test of a key, too."""
        data = await self._channel.call(NUMBER_LIST, {})
        return wire.each(data, wire_numbers.own_number, "a list of own numbers")

    async def countries(self) -> list[Country]:
        """Countries in which numbers can be bought (row 18, a path that is assumed)."""
        data = await self._channel.call(COUNTRY_LIST, {})
        return wire.each(data, wire_numbers.country, "a list of countries")

    async def areas(self, country: str) -> list[Area]:
        """Areas of a country with numbers for sale (row 19); `country` is its `iso`, two letters."""
        data = await self._channel.call(AREA_LIST, {"abbreviation": country})
        return wire.each(data, wire_numbers.area, "a list of areas")

    async def on_offer(self, area_id: str) -> list[OfferedNumber]:
        """Numbers for sale in an area (row 20). Refused with 12134 where none is free."""
        data = await self._channel.call(AREA_NUMBERS, {"id": area_id})
        return wire.each(data, wire_numbers.offered_number, "a list of numbers for sale")

    async def check(self, number: str) -> OfferedNumber:
        """See whether a number, in E.164, can still be bought (row 21). Refused when it can not."""
        return wire_numbers.still_on_offer(
            await self._channel.call(NUMBER_CHECK, {"faxNumber": number}), number
        )

    async def buy(self, number: str, *, add_license: bool = False) -> OwnNumber:
        """Buy a number, in E.164 (row 22). It costs money from now on, every month, until it is released.

        `add_license` lets the service add a paid licence where the plan has none left. Refused among others with 12113
        (not bought), 12129 (owned already), 12134 (none free), 12136 (costs something up front). After NoAnswer it may
        be bought: ask `owned` before doing anything else.
        """
        fields = {"faxNumber": number, "addLicense": add_license}
        return wire_numbers.bought_number(await self._channel.call(NUMBER_BUY, fields), number)

    async def release(self, number_id: str, order_id: str) -> None:
        """Give a number of the account back for good (row 23); both ids are those of `owned`. Refused with 12114."""
        await self._channel.call(NUMBER_DELETE, {"numberId": number_id, "orderId": order_id})
