"""Numbers of the account and numbers for sale: lists, buying, giving up, and what that means for faxes."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from ifax_desktop.simulator.inventory import COUNTRIES, NEVER_SOLD, UPFRONT
from ifax_desktop.simulator.service import FaxService

Call = Callable[..., Awaitable[dict[str, Any]]]
Fax = Callable[..., dict[str, Any]]
Pdf = Callable[[int], bytes]

LIST, BUY, GIVE_UP = (f"/customer/inbound/{name}" for name in ("number-list", "buy", "number-delete"))
CHECK, AREAS, NUMBERS = (f"/customer/inbound/{name}" for name in ("search", "area-list", "numbers"))
FREE, OWN = "+12025550162", "+12025550119"


async def test_a_way_leads_from_country_to_number(call: Call) -> None:
    countries = (await call("/customer/inbound/country-list"))["data"]
    assert countries == (await call("/customer/country-list"))["data"]
    assert countries[0] == {"id": "1", "name": "United States", "abbreviation": "US"}
    assert len(countries) >= 4
    for country in countries:
        areas = (await call(AREAS, abbreviation=country["abbreviation"]))["data"]
        for area in areas:
            assert set(area) == {"id", "prefix", "name", "state"}
            assert all(isinstance(value, str) for value in area.values())
            answer = await call(NUMBERS, id=area["id"])
            if answer["status"]:
                assert answer["data"]
                assert all(set(row) == {"faxNumber"} for row in answer["data"])
            else:
                assert answer["code"] == 12134
    us = (await call(AREAS, abbreviation="us"))["data"]
    assert us[0] == {"id": "4411", "prefix": "202", "name": "Washington", "state": "DC"}
    rows = (await call(NUMBERS, id=4411))["data"]
    assert {"faxNumber": FREE} in rows
    assert {"faxNumber": OWN} not in rows


def test_only_numbers_kept_free_for_fiction_are_for_sale() -> None:
    fiction = {
        "US": r"\+1\d{3}55501\d\d",
        "CA": r"\+1\d{3}55501\d\d",
        "GB": r"\+44(207946|161496)0\d{3}",
        "AU": r"\+61[23]5550\d{4}",
        "DE": r"\+493023125\d{3}",
    }
    numbers = [
        (country.abbreviation, number)
        for country in COUNTRIES
        for area in country.areas
        for number in area.numbers
    ]
    assert len({number for _, number in numbers}) == len(numbers) >= 20
    assert all(re.fullmatch(fiction[country], number) for country, number in numbers)
    assert {number for _, number in numbers} > UPFRONT | NEVER_SOLD


async def test_a_number_is_bought_and_ours_at_once(
    call: Call, service: FaxService, fax: Fax, pdf: Pdf
) -> None:
    assert await call(CHECK, faxNumber=FREE) == {"status": 1, "message": "ok", "data": {"faxNumber": FREE}}
    assert (await call("/customer/fax-send", **fax(callerId=FREE)))["code"] == 120103
    answer = await call(BUY, faxNumber=FREE, addLicense=False)
    row = (await call(LIST))["data"][-1]
    assert row == {**answer["data"], "countryIso": "US", "areaCode": "202"}
    assert answer["message"] == "done"
    assert re.fullmatch(r"\d{6}", row["numberId"])
    assert re.fullmatch(r"\d{19}", row["orderId"])
    assert (await call("/customer/fax-send", **fax(callerId=FREE)))["status"] == 1
    assert (await service.receive(pdf(1), "+13125550188", FREE)).receiver == FREE
    ids = {"numberId": row["numberId"], "orderId": row["orderId"]}
    assert len((await call("/customer/inbound/fax-list", **ids))["data"]) == 1


@pytest.mark.parametrize("kind", [str, int])
async def test_a_number_given_up_is_nobodys_and_for_sale(
    call: Call, service: FaxService, fax: Fax, pdf: Pdf, kind: type
) -> None:
    own = (await call(LIST))["data"][0]
    await service.receive(pdf(1), "+13125550188", OWN)
    ids = {"numberId": kind(own["numberId"]), "orderId": kind(own["orderId"])}
    assert await call(GIVE_UP, **ids) == {"status": 1, "message": "done", "data": {}}
    assert OWN not in [row["faxNumber"] for row in (await call(LIST))["data"]]
    assert (await call("/customer/fax-send", **fax(callerId=OWN)))["code"] == 120103
    with pytest.raises(ValueError, match="account's numbers"):
        await service.receive(pdf(1), "+13125550188", OWN)
    assert (await call("/customer/inbound/fax-list", **ids))["code"] == 12135
    assert len((await call("/customer/inbound/fax-list-all"))["data"]) == 1
    assert (await call(GIVE_UP, **ids))["code"] == 12135
    again = (await call(BUY, faxNumber=OWN))["data"]
    assert int(again["numberId"]) != int(ids["numberId"])


async def test_an_account_may_give_up_all_its_numbers(call: Call, fax: Fax) -> None:
    for own in (await call(LIST))["data"]:
        await call(GIVE_UP, numberId=own["numberId"], orderId=own["orderId"])
    assert (await call(LIST))["data"] == []
    assert (await call("/customer/fax-send", **fax(callerId=None)))["code"] == 120103


async def test_ids_of_bought_numbers_never_repeat(call: Call, service: FaxService) -> None:
    seen = []
    for _ in range(3):
        bought = (await call(BUY, faxNumber=FREE))["data"]
        seen.append((bought["numberId"], bought["orderId"]))
        service.reset()
        assert len((await call(LIST))["data"]) == 3
    assert len(set(seen)) == 3


@pytest.mark.parametrize(
    ("path", "fields", "code"),
    [
        (AREAS, {}, 12121),
        (AREAS, {"abbreviation": ["US"]}, 12121),
        (AREAS, {"abbreviation": "XX"}, 12127),
        (NUMBERS, {}, 12123),
        (NUMBERS, {"id": " "}, 12123),
        (NUMBERS, {"id": "1"}, 12117),
        (NUMBERS, {"id": "4427"}, 12134),
        (CHECK, {}, 12124),
        (CHECK, {"faxNumber": "nonsense"}, 12135),
        (CHECK, {"faxNumber": OWN}, 12129),
        (BUY, {"addLicense": True}, 12124),
        (BUY, {"faxNumber": "+12025550100"}, 12135),
        (BUY, {"faxNumber": OWN}, 12129),
        (BUY, {"faxNumber": "+12025550168"}, 12136),
        (BUY, {"faxNumber": "+12025550169"}, 12113),
        (BUY, {"faxNumber": FREE, "addLicense": "perhaps"}, 12009),
        (GIVE_UP, {}, 12123),
        (GIVE_UP, {"orderId": "1702233445566778899"}, 12123),
        (GIVE_UP, {"numberId": "310442"}, 12137),
        (GIVE_UP, {"numberId": "310442", "orderId": "1702233445566778900"}, 12137),
        (GIVE_UP, {"numberId": "1", "orderId": "1702233445566778899"}, 12135),
        ("/customer/inbound/fax-list", {}, 12123),
        ("/customer/inbound/fax-list", {"numberId": "310442"}, 12137),
        ("/customer/inbound/fax-list", {"numberId": "1", "orderId": "1"}, 12135),
    ],
)
async def test_what_is_wrong_with_a_number_is_said_by_code(
    call: Call, service: FaxService, path: str, fields: dict[str, Any], code: int
) -> None:
    answer = await call(path, **fields)
    assert (answer["status"], answer["code"]) == (0, code)
    assert len((await call(LIST))["data"]) == 3


@pytest.mark.parametrize("licence", [True, False, None, "true", "false"])
async def test_a_licence_may_come_along(call: Call, licence: Any) -> None:
    assert (await call(BUY, faxNumber=FREE, addLicense=licence))["status"] == 1
