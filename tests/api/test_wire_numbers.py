"""Numbers out of the service's JSON: owned, on offer, just bought; rows may be plain numbers."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from ifax_desktop.api import wire_numbers
from ifax_desktop.domain.errors import NoAnswer
from ifax_desktop.domain.inventory import Area, Country, OfferedNumber, OwnNumber

NUMBER = "+12025550162"


@pytest.mark.parametrize(
    ("row", "own"),
    [
        (
            {
                "numberId": 310442,
                "orderId": 1702233445566778899,
                "faxNumber": "+12025550143",
                "countryIso": "US",
                "areaCode": 202,
            },
            OwnNumber("+12025550143", "310442", "1702233445566778899", "US", "202"),
        ),
        ("+12025550143", OwnNumber("+12025550143")),
        (
            {"number": "+12025550143", "createdAt": "2026-01-05 09:31:14"},
            OwnNumber("+12025550143", since=datetime(2026, 1, 5, 9, 31, 14, tzinfo=UTC)),
        ),
    ],
)
def test_a_number_of_the_account(row: Any, own: OwnNumber) -> None:
    assert wire_numbers.own_number(row) == own


def test_rows_that_name_nothing_are_left_out_and_said_without_values(
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.WARNING)
    assert wire_numbers.own_number({"numberId": 5}) is None
    assert wire_numbers.country({"name": "Utopia"}) is None
    assert wire_numbers.area({"prefix": "202"}) is None
    assert wire_numbers.area("202") is None
    assert wire_numbers.offered_number({"price": "5"}) is None
    assert len(caplog.records) == 5
    assert "Utopia" not in caplog.text
    assert "202" not in caplog.text


@pytest.mark.parametrize(
    ("row", "country"),
    [
        (
            {"id": "1", "name": "United States", "abbreviation": "us"},
            Country("1", "United States", "US"),
        ),
        ({"id": 44, "countryIso": "GB"}, Country("44", "GB", "GB")),
        ("DE", Country("", "DE", "DE")),
    ],
)
def test_a_country(row: Any, country: Country) -> None:
    assert wire_numbers.country(row) == country


def test_an_area() -> None:
    row = {"id": 4411, "prefix": 202, "name": "Washington", "state": "DC", "more": 1}
    area = wire_numbers.area(row)
    assert area == Area("4411", "202", "Washington", "DC")
    assert area is not None
    assert area.raw == row


@pytest.mark.parametrize(
    ("row", "offered"),
    [
        ({"faxNumber": NUMBER}, OfferedNumber(NUMBER)),
        (NUMBER, OfferedNumber(NUMBER)),
        ({"number": NUMBER, "monthlyPrice": "$5.00"}, OfferedNumber(NUMBER, "$5.00")),
    ],
)
def test_a_number_on_offer(row: Any, offered: OfferedNumber) -> None:
    assert wire_numbers.offered_number(row) == offered


@pytest.mark.parametrize(
    "data", [{"faxNumber": NUMBER}, [{"faxNumber": NUMBER}], NUMBER, {}, [], None, "", {"faxNumber": ""}]
)
def test_a_number_that_was_checked_is_the_one_asked_for(data: Any) -> None:
    assert wire_numbers.still_on_offer(data, NUMBER) == OfferedNumber(NUMBER)


@pytest.mark.parametrize("data", [{"faxNumber": "+12025550163"}, "+12025550163", [1, 2]])
def test_another_number_is_not_taken_for_it(data: Any) -> None:
    with pytest.raises(NoAnswer):
        wire_numbers.still_on_offer(data, NUMBER)
    with pytest.raises(NoAnswer):
        wire_numbers.bought_number(data, NUMBER)


@pytest.mark.parametrize(
    ("data", "own"),
    [
        (
            {"numberId": 310443, "orderId": 1702233445566779001, "faxNumber": "12025550162"},
            OwnNumber("12025550162", "310443", "1702233445566779001"),
        ),
        ({"numberId": "310443"}, OwnNumber(NUMBER, "310443")),
        ({}, OwnNumber(NUMBER)),
        (None, OwnNumber(NUMBER)),
    ],
)
def test_a_number_that_was_bought_keeps_its_19_digits(data: Any, own: OwnNumber) -> None:
    assert wire_numbers.bought_number(data, NUMBER) == own


def test_numbers_are_in_no_representation() -> None:
    row = {"faxNumber": NUMBER}
    for one in (wire_numbers.own_number(row), wire_numbers.offered_number(row)):
        assert "5550162" not in repr(one)
