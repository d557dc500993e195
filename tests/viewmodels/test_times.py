"""Times in words."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from ifax_desktop.viewmodels import times

NOW = datetime(2026, 11, 23, 14, 26).astimezone(UTC)


@pytest.fixture(autouse=True)
def british() -> Iterator[None]:
    """A locale that writes 14:32."""
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


def local(*parts: int) -> datetime:
    """A moment given in the zone of this computer."""
    return datetime(*parts).astimezone(UTC)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("moment", "in_list", "in_text", "in_sentence"),
    [
        (local(2026, 11, 23, 14, 2), "14:02", "14:02", "at 14:02"),
        (local(2026, 11, 22, 23, 59), "Yesterday", "Yesterday, 23:59", "yesterday at 23:59"),
        (local(2026, 11, 24, 9, 0), "Tomorrow", "Tomorrow, 09:00", "tomorrow at 09:00"),
        (local(2026, 11, 20, 8, 5), "20 Nov", "20 Nov, 08:05", "20 Nov at 08:05"),
        (local(2024, 11, 20, 8, 5), "20 Nov 2024", "20 Nov 2024, 08:05", "20 Nov 2024 at 08:05"),
    ],
)
def test_short_where_it_is_near_and_whole_where_it_is_far(
    moment: datetime, in_list: str, in_text: str, in_sentence: str
) -> None:
    assert times.in_list(moment, NOW) == in_list
    assert times.in_text(moment, NOW) == in_text
    assert times.in_sentence(moment, NOW) == in_sentence


def test_the_way_of_writing_is_the_users() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    assert times.in_list(local(2026, 10, 3, 8, 0), NOW) == "3 Okt."
    assert times.clock(local(2026, 10, 3, 8, 5)) == "08:05"


def test_what_proves_something_has_date_time_and_zone() -> None:
    moment = local(2026, 11, 23, 14, 32)
    assert times.whole(moment) == f"23 Nov 2026, 14:32 {moment.astimezone().tzname()}"


@pytest.mark.parametrize(
    ("wait", "words"),
    [
        (timedelta(seconds=-5), "now"),
        (timedelta(seconds=20), "now"),
        (timedelta(minutes=1), "in 1 minute"),
        (timedelta(minutes=6), "in 6 minutes"),
        (timedelta(minutes=89), "in 89 minutes"),
        (timedelta(hours=3, minutes=20), "in 3 hours"),
    ],
)
def test_never_seconds(wait: timedelta, words: str) -> None:
    assert times.minutes_until(NOW + wait, NOW) == words
