"""Numbers as people type them."""

import pytest

from ifax_desktop.domain.errors import WrongNumber
from ifax_desktop.domain.number import masked, parse, show


@pytest.mark.parametrize(
    ("typed", "dialled"),
    [
        ("+1 202 555 0143", "+12025550143"),
        ("2025550143", "+12025550143"),
        ("(202) 555-0143", "+12025550143"),
        ("1-202-555-0143", "+12025550143"),
        ("855-211-1234", "+18552111234"),
        ("+44 20 7946 0958", "+442079460958"),
    ],
)
def test_a_number_is_read_in_the_spellings_people_use(typed: str, dialled: str) -> None:
    assert parse(typed).e164 == dialled


def test_a_number_without_its_country_is_read_in_the_given_one() -> None:
    assert parse("030 123456", "DE").e164 == "+4930123456"


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Type the fax number."),
        ("   ", "Type the fax number."),
        ("Dr. Ames", "This is not a fax number."),
        ("+1 202 555 01", "Two digits are missing."),
        ("202 555 014", "One digit is missing."),
        ("555 0143", "Three digits are missing."),
        ("+1 202 555 0143 99", "This number has too many digits."),
        ("+44 20", "This number is too short."),
    ],
)
def test_what_is_wrong_with_a_number_is_said_in_words(typed: str, sentence: str) -> None:
    with pytest.raises(WrongNumber) as caught:
        parse(typed)
    assert str(caught.value) == sentence


def test_a_number_is_shown_in_groups_that_never_break() -> None:
    assert show("+12025550143").split("\N{NO-BREAK SPACE}") == ["+1", "202", "555", "0143"]
    assert " " not in show("+442079460958")
    assert str(parse("2025550143")) == show("+12025550143")


@pytest.mark.parametrize("raw", ["", "Anonymous", "2025550143", "+", "+999"])
def test_what_cannot_be_read_is_shown_as_it_came(raw: str) -> None:
    assert show(raw).replace("\N{NO-BREAK SPACE}", "").replace(" ", "") == raw


def test_logs_see_two_digits_at_most() -> None:
    assert masked("+12025550143") == "…43"
    assert masked("911") == "…"
