"""A bucket of calls that fills with time."""

from ifax_desktop.delivery.pace import Pace
from tests.delivery.conftest import Clock


def test_as_many_at_once_as_in_a_minute_then_one_for_each_that_time_gives_back(clock: Clock) -> None:
    pace = Pace(6, clock)
    assert [pace.take() for _ in range(6)] == [0.0] * 6
    assert pace.take() == 10.0
    clock.advance(seconds=4)
    assert pace.take() == 6.0
    clock.advance(seconds=6)
    assert pace.take() == 0.0
    assert pace.take() == 10.0


def test_it_never_holds_more_than_a_minute(clock: Clock) -> None:
    pace = Pace(2, clock)
    clock.advance(days=1)
    assert [pace.take() for _ in range(3)] == [0.0, 0.0, 30.0]


def test_a_clock_that_is_set_back_gives_nothing_and_stops_nothing(clock: Clock) -> None:
    pace = Pace(1, clock)
    assert pace.take() == 0.0
    clock.advance(hours=-2)
    assert pace.take() == 60.0
    clock.advance(minutes=1)
    assert pace.take() == 0.0
