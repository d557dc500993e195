"""Single values, as the service may write them."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from ifax_desktop.api.values import amount, count, first, moment, number, text


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (7204418, "7204418"),
        ("7204418", "7204418"),
        (" 7204418 ", "7204418"),
        (1702233445566778899, "1702233445566778899"),
        ("01702233445566778899", "01702233445566778899"),
        (7204418.0, "7204418"),
        (1702233445566778899.0, ""),
        ("sending", "sending"),
        ("half \ud800 pair", "half ? pair"),
        (None, ""),
        (True, ""),
        (1.5, ""),
        (float("inf"), ""),
        ([], ""),
        ({}, ""),
    ],
)
def test_text(value: Any, read: str) -> None:
    assert text(value) == read


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (5, 5),
        ("5", 5),
        (" -162 ", -162),
        ("+3", 3),
        ("5.0", 5),
        (5.0, 5),
        (True, 1),
        (False, 0),
        ("five", None),
        ("", None),
        ("1e3", None),
        ("٣", None),
        (1.5, None),
        (float("nan"), None),
        (10**30, None),
        ("9" * 40, None),
        (None, None),
        ([5], None),
    ],
)
def test_number(value: Any, read: int | None) -> None:
    assert number(value) == read


def test_pages_and_seconds_are_not_less_than_nothing() -> None:
    assert [count(value) for value in (0, "3", -1, "x")] == [0, 3, None, None]


@pytest.mark.parametrize(
    "value",
    [
        "2026-01-05 09:31:14",
        "2026-01-05T09:31:14Z",
        "2026-01-05T09:31:14.000Z",
        "2026-01-05T10:31:14+01:00",
        "01/05/2026 09:31:14",
        1767605474,
        "1767605474",
        1767605474000,
    ],
)
def test_a_moment_in_any_writing(value: Any) -> None:
    read = moment(value)
    assert read == datetime(2026, 1, 5, 9, 31, 14, tzinfo=UTC)
    assert read is not None
    assert read.tzinfo is UTC


@pytest.mark.parametrize(
    "value", [None, "", 0, -5, "soon", "0000-00-00 00:00:00", 2**52, [], "0001-01-01T00:00:00+09:00"]
)
def test_what_is_no_moment(value: Any) -> None:
    assert moment(value) is None


def test_the_first_field_with_a_value_counts() -> None:
    row = {"fromNumber": "", "sender": None, "From_Number": "+1", "pages": 0}
    assert first(row, "fromNumber", "sender") == "+1"
    assert first(row, "faxTotalPages", "pages") == 0
    assert first(row, "toNumber") is None


@pytest.mark.parametrize(
    ("value", "read"),
    [
        ("0.03", Decimal("0.03")),
        (0.1, Decimal("0.1")),
        (5, Decimal(5)),
        (" $ 5.00 ", Decimal("5.00")),
        ("€5", Decimal(5)),
        ("5.00 USD", None),
        ("1,000.00", None),
        ("1e5", None),
        (10**20, None),
        (float("inf"), None),
        (None, None),
        ([], None),
    ],
)
def test_money(value: Any, read: Decimal | None) -> None:
    assert amount(value) == read
