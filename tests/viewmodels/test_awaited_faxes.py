"""Faxes that are still at the service, in words."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.store.awaited import AwaitedFax
from ifax_desktop.viewmodels.awaited_faxes import present

NOW = datetime(2026, 11, 23, 14, 32).astimezone()
WHY = "The fax service has no whole document for this fax yet."
FAX = AwaitedFax(
    ReceivedReport("1", "2", "+13125550188", "+12025550119", NOW - timedelta(minutes=27)),
    NOW,
    1,
    NOW + timedelta(minutes=2),
    WHY,
)


def test_nothing_is_said_of_nothing() -> None:
    assert present([], NOW) is None


def test_one_fax_says_from_whom_when_and_why() -> None:
    said = present([FAX], NOW)
    assert said is not None
    assert (said.title, said.needs_you) == ("1 fax could not be fetched yet", False)
    assert said.sentences == f"+1 312 555 0188, 14:05: {WHY}\nNext try at 14:34.".replace(
        "312 555 0188", "312\u00a0555\u00a00188"
    ).replace("+1 ", "+1\u00a0")


@pytest.mark.parametrize(("count", "last"), [(3, "And one more."), (5, "And 3 more.")])
def test_many_faxes_are_counted(count: int, last: str) -> None:
    said = present([FAX] * count, NOW)
    assert said is not None
    assert said.title == f"{count} faxes could not be fetched yet"
    assert said.sentences.splitlines()[2] == last
    assert len(said.sentences.splitlines()) == 4


def test_a_long_reason_leaves_room_for_the_list() -> None:
    said = present([replace(FAX, words="No. " * 100)], NOW)
    assert said is not None
    line = said.sentences.splitlines()[0]
    assert len(line) < 160
    assert line.endswith("…")


def test_what_is_given_up_needs_the_user() -> None:
    report = replace(FAX.report, from_number="", received_at=None)
    said = present([replace(FAX, report=report, next_try=None)], NOW)
    assert said is not None
    assert said.needs_you
    assert said.sentences == f"Hidden number, 14:32: {WHY}\nNothing more is tried until you ask."
    assert not (present([replace(FAX, next_try=None), FAX], NOW) or said).needs_you
