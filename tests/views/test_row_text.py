"""What fits into a row: numbers are never cut, facts and labels go whole."""

import pytest

from ifax_desktop.viewmodels.fax_row import FaxRow
from ifax_desktop.views.row_text import RowMetrics, fitted, is_number
from ifax_desktop.views.theme import Theme

ROW = FaxRow(
    1,
    "Dr. Ames, Orthopaedics and Sports Medicine",
    "+1 202 555 0143",
    "14:02",
    ("5 pages", "referral.pdf"),
    "Busy, next 14:32",
    "waiting",
    "waiting",
)


@pytest.mark.parametrize("room", range(120, 700, 20))
def test_a_number_is_never_cut_and_facts_are_whole(theme: Theme, room: int) -> None:
    text = fitted(ROW, room, RowMetrics(theme))
    parts = text.second.split("  ·  ")
    assert parts[0] == ROW.number
    assert tuple(parts[1:]) == ROW.facts[: len(parts) - 1]
    assert "…" not in text.second


@pytest.mark.parametrize("room", range(280, 700, 20))
def test_what_is_painted_does_not_overlap(theme: Theme, room: int) -> None:
    metrics = RowMetrics(theme)
    text = fitted(ROW, room, metrics)
    assert metrics.width("row_name", text.name) + metrics.width("small", text.when) <= room
    assert metrics.width("body", text.second) + metrics.width("small_strong", text.slot) <= room


def test_a_name_is_shortened_but_a_name_that_is_a_number_is_not(theme: Theme) -> None:
    metrics = RowMetrics(theme)
    assert fitted(ROW, 200, metrics).name.endswith("…")
    number = FaxRow(2, "+49 30 9018 20 0000", "", "Yesterday at 14:02", ("1 page",))
    text = fitted(number, 150, metrics)
    assert text.name == number.name
    assert text.when == ""


def test_labels_go_one_by_one_and_whole(theme: Theme) -> None:
    metrics = RowMetrics(theme)
    row = FaxRow(3, "North Bay", "+1 202 555 0137", "14:18", ("6 pages",), labels=("Insurance", "To sign"))
    counts = [len(fitted(row, room, metrics).labels) for room in (160, 240, 600)]
    assert counts == sorted(counts)
    assert counts[0] == 0
    assert counts[-1] == 2


def test_what_a_phone_number_is() -> None:
    assert is_number("+1 (202) 555-0143")
    assert not is_number("Dr. Ames")
    assert not is_number("")
    assert not is_number("...")
