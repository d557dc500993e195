"""Times between the domain and SQLite."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifax_desktop.store.times import from_ms, maybe_from_ms, maybe_to_ms, to_ms


@given(st.integers(-(10**13), 10**14))
def test_milliseconds_come_back_exactly(number: int) -> None:
    assert to_ms(from_ms(number)) == number


def test_a_moment_is_the_same_in_every_zone_and_rounded_down() -> None:
    moment = datetime(2026, 1, 5, 9, 30, 0, 999_999, tzinfo=UTC)
    assert from_ms(to_ms(moment)) == moment.replace(microsecond=999_000)
    assert to_ms(moment) == to_ms(moment.astimezone(timezone(timedelta(hours=5))))


def test_nothing_stays_nothing() -> None:
    assert maybe_to_ms(None) is None
    assert maybe_from_ms(None) is None
    assert maybe_from_ms(maybe_to_ms(from_ms(5))) == from_ms(5)


def test_a_time_without_a_zone_is_refused() -> None:
    with pytest.raises(TypeError):
        to_ms(datetime(2026, 1, 5))
