"""The service's time: how much of it passes, and that a change of speed never changes what has happened."""

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifax_desktop.simulator.pace import Pace
from ifax_desktop.simulator.service import FaxService

MOMENTS = st.floats(0, 1e6)
TURNS = st.lists(st.tuples(MOMENTS, st.floats(0.01, 1000)), max_size=6)


def paced(turns: list[tuple[float, float]]) -> Pace:
    pace = Pace()
    for at, speed in sorted(turns):
        pace.turn(speed, at)
    return pace


def test_time_runs_as_fast_as_it_was_told_stretch_by_stretch() -> None:
    pace = paced([(100, 10), (110, 0.5)])
    assert pace.speed == 0.5
    assert pace.passed(90, 100) == 10
    assert pace.passed(90, 105) == 60
    assert pace.passed(90, 130) == 10 + 100 + 10
    assert pace.passed(130, 90) == 0
    assert pace.after(90, 60) == 105
    assert pace.after(90, 120) == 130
    assert pace.after(200, 1) == 202


@given(TURNS, MOMENTS, st.floats(0, 1e6))
def test_both_ways_agree(turns: list[tuple[float, float]], since: float, seconds: float) -> None:
    pace = paced(turns)
    assert pace.passed(since, pace.after(since, seconds)) == pytest.approx(seconds, rel=1e-6, abs=1e-3)


@given(TURNS, st.tuples(MOMENTS, MOMENTS), st.floats(0.01, 1000), MOMENTS)
def test_what_has_passed_stays(
    turns: list[tuple[float, float]], moments: tuple[float, float], speed: float, later: float
) -> None:
    pace = paced([turn for turn in turns if turn[0] <= max(moments)])
    since, now = sorted(moments)
    before = pace.passed(since, now)
    pace.turn(speed, now)
    assert pace.passed(since, now) == pytest.approx(before, rel=1e-9)
    assert pace.passed(since, now + later) >= pace.passed(since, now)


def test_turns_at_one_moment_count_as_the_last_of_them() -> None:
    pace = paced([(100, 5)])
    pace.turn(7, 100)
    pace.turn(9, 50)  # the computer's clock went back
    assert pace.turns == [(0.0, 1.0), (100.0, 9)]
    pace.turn(9, 200)
    assert len(pace.turns) == 2


@pytest.mark.parametrize("speed", [0.0, -1.0, float("inf"), float("nan")])
def test_a_speed_is_above_nothing(speed: float) -> None:
    with pytest.raises(ValueError, match="above 0"):
        Pace().turn(speed, 0)
    with pytest.raises(ValueError, match="above 0"):
        FaxService(speed=speed)


def test_a_pace_has_a_speed() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Pace([])


async def test_progress_never_jumps_back_over_a_restart(
    tmp_path: Path,
    clock: Any,
    count: Callable[[bytes], Awaitable[int]],
    calling: Any,
    fax: Callable[..., dict[str, Any]],
) -> None:
    service = FaxService(folder=tmp_path, now=clock, read_pages=count, speed=4)
    job_id = (await calling(service)("/customer/fax-send", **fax(pages=9)))["data"]["jobId"]
    through = []
    for speed in (None, 1, 0.5, None, 20):
        clock.forward(1)
        again = FaxService(folder=tmp_path, now=clock, read_pages=count, speed=speed)
        row = (await calling(again)("/customer/fax-status", jobId=job_id))["data"]
        through.append(row["faxTransferredPages"])
    # 4, 8, 9, 9.5 and 10 seconds of the service; two for the start, two a page
    assert through == [1, 3, 3, 3, 4]
