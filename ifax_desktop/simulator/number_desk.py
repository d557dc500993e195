"""Answers the calls about numbers: those of the account, those for sale, buying and giving up."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from ifax_desktop.simulator import answers, inventory
from ifax_desktop.simulator.answers import Answer, Fields, Operation, Refusal
from ifax_desktop.simulator.credit import Credit
from ifax_desktop.simulator.inventory import Area, Country
from ifax_desktop.simulator.numbers import OwnNumber
from ifax_desktop.simulator.records import Records


def owned_number(records: Records, fields: Fields) -> OwnNumber:
    """The own number that has both ids of the call. Raises `Refusal`."""
    number_id = _text(fields, "numberId", answers.INBOUND_ID_MISSING)
    order_id = _text(fields, "orderId", answers.ORDER_MISSING)
    for own in records.numbers:
        if own.number_id == number_id:
            if own.order_id != order_id:
                raise Refusal(*answers.ORDER_MISSING)
            return own
    raise Refusal(*answers.NUMBER_UNKNOWN)


@dataclass(frozen=True, slots=True)
class NumberDesk:
    """Sells numbers of the inventory to the account and takes them back."""

    records: Records
    credit: Credit

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation("number_list", ("/customer/inbound/number-list",), self.listed),
            Operation(
                "country_list", ("/customer/inbound/country-list", "/customer/country-list"), self.countries
            ),
            Operation("area_list", ("/customer/inbound/area-list",), self.areas),
            Operation("area_numbers", ("/customer/inbound/numbers",), self.for_sale),
            Operation("number_check", ("/customer/inbound/search",), self.check),
            Operation("number_buy", ("/customer/inbound/buy",), self.buy),
            Operation("number_delete", ("/customer/inbound/number-delete",), self.give_up),
        )

    async def listed(self, _fields: Fields) -> Answer:
        """Operation 17; row names beyond the two ids are guesses of the wire contract."""
        return Answer(
            [
                {
                    "numberId": own.number_id,
                    "orderId": own.order_id,
                    "faxNumber": own.number,
                    "countryIso": own.country,
                    "areaCode": own.area,
                }
                for own in self.records.numbers
            ]
        )

    async def countries(self, _fields: Fields) -> Answer:
        """Operation 18."""
        return Answer([_row(one, ("id", "name", "abbreviation")) for one in inventory.COUNTRIES])

    async def areas(self, fields: Fields) -> Answer:
        """Operation 19: the areas of one country, also those where no number is free."""
        country = inventory.country_of(_text(fields, "abbreviation", answers.COUNTRY_MISSING))
        if country is None:
            raise Refusal(*answers.COUNTRY_UNKNOWN)
        return Answer([_row(area, ("id", "prefix", "name", "state")) for area in country.areas])

    async def for_sale(self, fields: Fields) -> Answer:
        """Operation 20."""
        area = inventory.area_of(_text(fields, "id", answers.INBOUND_ID_MISSING))
        if area is None:
            raise Refusal(*answers.AREA_UNKNOWN)
        free = [number for number in area.numbers if number not in self.records.own_numbers]
        if not free:
            raise Refusal(*answers.NO_NUMBER_FREE)
        return Answer([{"faxNumber": number} for number in free])

    async def check(self, fields: Fields) -> Answer:
        """Operation 21: whether a number is still free, which does not mean that it can be bought."""
        number, _, _ = self._free(fields)
        return Answer({"faxNumber": number})

    async def buy(self, fields: Fields) -> Answer:
        """Operation 22. What `addLicense` does at the service is not known: here it costs, and is remembered."""
        number, country, area = self._free(fields)
        licence = _flag(fields.get("addLicense"))
        if number in inventory.UPFRONT:
            raise Refusal(*answers.NUMBER_COSTS_UPFRONT)
        if number in inventory.NEVER_SOLD:
            raise Refusal(*answers.NUMBER_NOT_BOUGHT)
        if not fields.with_test_key:
            self._pay(number, licence)
        number_id, order_id = self.records.counters.next_order()
        self.records.numbers.append(
            OwnNumber(number, number_id, order_id, country.abbreviation, area.prefix, licence)
        )
        self.records.save()
        return Answer({"numberId": number_id, "orderId": order_id, "faxNumber": number}, "done")

    async def give_up(self, fields: Fields) -> Answer:
        """Operation 23. The number is for sale again; the faxes that came to it stay."""
        self.records.numbers.remove(owned_number(self.records, fields))
        self.records.save()
        return Answer({}, "done")

    def _free(self, fields: Fields) -> tuple[str, Country, Area]:
        number = _text(fields, "faxNumber", answers.NUMBER_MISSING)
        if number in self.records.own_numbers:
            raise Refusal(*answers.NUMBER_OWNED)
        place = inventory.place_of(number)
        if place is None:
            raise Refusal(*answers.NUMBER_UNKNOWN)
        return number, *place

    def _pay(self, number: str, licence: bool) -> None:
        prices = self.credit.account.prices
        price = prices.number + (prices.licence if licence else Decimal(0))
        self.credit.check(price)
        self.credit.spend(price, "number", number)


def _text(fields: Fields, name: str, missing: tuple[int, str]) -> str:
    """A field as text; ids may come as numbers too."""
    value = fields.get(name)
    if not isinstance(value, str | int) or isinstance(value, bool) or not (text := str(value).strip()):
        raise Refusal(*missing)
    return text


def _flag(value: object) -> bool:
    """Yes or no, as JSON or a form has it."""
    if value in (None, "", False, 0, "0", "false"):
        return False
    if value in (True, 1, "1", "true"):
        return True
    raise Refusal(*answers.PARAMETER_REFUSED)


def _row(entry: Country | Area, names: Sequence[str]) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in names}
