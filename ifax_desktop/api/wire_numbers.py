"""The service's JSON about numbers, owned and on offer (wire contract, rows 17 to 23). Rows may be plain numbers."""

import logging
from typing import Any

from ifax_desktop.api.detail import of_shape
from ifax_desktop.api.values import first, moment, text
from ifax_desktop.api.wire import Row, not_understood
from ifax_desktop.domain.inventory import Area, Country, OfferedNumber, OwnNumber

log = logging.getLogger(__name__)

_NUMBER = ("faxNumber", "number", "phoneNumber", "did")
_PRICE = ("price", "monthlyPrice", "monthlyCost", "cost", "upfrontCost")


def own_number(row: Any) -> OwnNumber | None:
    """A number of the account (row 17). None for a row without a number."""
    row = _row(row)
    found = text(first(row, *_NUMBER))
    if not found:
        log.warning("A row of the number list has no number: %s.", of_shape(row))
        return None
    return OwnNumber(
        number=found,
        number_id=text(first(row, "numberId")),
        order_id=text(first(row, "orderId")),
        country=text(first(row, "countryIso", "countryCode", "country", "abbreviation")),
        area=text(first(row, "areaCode", "area", "prefix")),
        since=moment(first(row, "since", "createdAt", "purchasedAt", "activatedAt", "orderDate")),
        raw=row,
    )


def bought_number(data: object, asked: str) -> OwnNumber:
    """The number just bought, with its two ids (row 22); they may be missing, and are in the list of own numbers then.

    Raises NoAnswer if the service speaks of another number than the one asked for: which one it was must be looked up.
    """
    row = _single(data)
    bought = own_number({"faxNumber": asked, **{name: value for name, value in row.items() if value}})
    if bought is None or _digits(bought.number) != _digits(asked):
        raise not_understood("the number asked for", data)
    return bought


def country(row: Any) -> Country | None:
    """A country (row 18). None without the two letters that the next call needs."""
    if not isinstance(row, dict):
        row = {"abbreviation": row}
    iso = text(first(row, "abbreviation", "countryIso", "iso", "code")).upper()
    if not iso:
        log.warning("A row of the country list has no abbreviation: %s.", of_shape(row))
        return None
    name = text(first(row, "name", "country", "countryName"))
    return Country(text(first(row, "id", "countryId")), name or iso, iso, row)


def area(row: Any) -> Area | None:
    """An area of a country (row 19). None without the id that the next call needs."""
    if not isinstance(row, dict) or not (found := text(first(row, "id", "areaId"))):
        log.warning("A row of the area list has no id: %s.", of_shape(row))
        return None
    return Area(
        area_id=found,
        prefix=text(first(row, "prefix", "areaCode", "code")),
        name=text(first(row, "name", "area", "city")),
        state=text(first(row, "state", "region")),
        raw=row,
    )


def offered_number(row: Any) -> OfferedNumber | None:
    """A number for sale (row 20). None for a row without a number."""
    row = _row(row)
    found = text(first(row, *_NUMBER))
    if not found:
        log.warning("A row of the numbers for sale has no number: %s.", of_shape(row))
        return None
    return OfferedNumber(found, text(first(row, *_PRICE)), row)


def still_on_offer(data: object, asked: str) -> OfferedNumber:
    """The number that was checked (row 21). Raises NoAnswer if the service speaks of another one."""
    offered = offered_number(
        {"faxNumber": asked, **{name: value for name, value in _single(data).items() if value}}
    )
    if offered is None or _digits(offered.number) != _digits(asked):
        raise not_understood("the number asked for", data)
    return offered


def _single(data: object) -> Row:
    """The one row of an answer of which only its success is known: it may be a list, a plain number, or nothing."""
    if isinstance(data, list):
        if len(data) > 1:
            raise not_understood("one number", data)
        data = data[0] if data else {}
    return _row(data) if data else {}


def _row(row: Any) -> Row:
    return row if isinstance(row, dict) else {"faxNumber": row}


def _digits(number: str) -> str:
    return "".join(sign for sign in number if sign.isdigit())
