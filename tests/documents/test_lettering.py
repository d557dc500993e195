"""Where lines break, and which letters there are."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from ifax_desktop.documents.lettering import Face, length, tidy, unknown_letters, wrap

WIDTH = 120.0


def wrapped(text: str) -> list[str]:
    return wrap(text, Face.REGULAR, 12, WIDTH)


def test_lines_break_between_words() -> None:
    lines = wrapped("The quick brown fox jumps over the lazy dog")
    assert len(lines) > 1
    assert " ".join(lines) == "The quick brown fox jumps over the lazy dog"


def test_line_ends_and_empty_lines_stay() -> None:
    assert wrapped("one\n\ntwo") == ["one", "", "two"]


def test_a_number_with_no_break_spaces_stays_whole() -> None:
    number = "+1\u00a0202\u00a0555\u00a00143"
    assert number in wrapped(f"call us on the number {number} today")


def test_a_word_too_long_for_a_line_is_cut_and_goes_on() -> None:
    lines = wrapped("see " + "W" * 51 + " it")
    assert "".join(lines).replace(" ", "") == "see" + "W" * 51 + "it"
    assert lines[0] == "see"
    assert lines[-1].endswith("W it")


@settings(max_examples=60, deadline=None)
@given(some.text(alphabet="abcWW .-\n\u03a9\u0416", max_size=200))
def test_no_line_is_too_long_and_no_letter_is_lost(text: str) -> None:
    lines = wrapped(text)
    assert all(length(line, Face.REGULAR, 12) <= WIDTH + 0.01 for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


def test_tidy_composes_letters_and_drops_what_cannot_be_seen() -> None:
    assert tidy("Zu\u0308rich\u200b\x07\tand\r\nBern\ufe0f") == "Z\u00fcrich and\nBern"


@pytest.mark.parametrize(
    "text",
    [
        "Latin \u00e9\u0159\u0142",
        "\u0394\u03c1. \u0395\u03bb\u03ad\u03bd\u03b7",
        "\u041c\u043e\u0441\u043a\u0432\u0430",
        "\u201c\u2013\u2026\u201d \u20ac \u2022 \u2116 \u00bd\u00a0",
    ],
)
def test_letters_of_europe_are_known(text: str) -> None:
    assert unknown_letters(text) == ""


def test_letters_without_a_shape_are_told_once_each() -> None:
    assert unknown_letters("a\u6f22b\u5b57c\u6f22") == "\u6f22\u5b57"
