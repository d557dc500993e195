"""How far back the lists are read, whatever the clock does."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path

import pytest

from ifax_desktop.delivery.sweeps import DAY, Sweeps
from ifax_desktop.store.database import Database
from ifax_desktop.store.facts import Fact, Facts
from tests.delivery.conftest import START, Clock

TODAY = date(2026, 11, 23)


@pytest.fixture
async def facts(tmp_path: Path) -> AsyncIterator[Facts]:
    database = Database(tmp_path / "archive.sqlite3")
    yield Facts(database, "account")
    await database.close()


async def test_the_first_look_and_one_a_day_go_far_back(facts: Facts, clock: Clock) -> None:
    sweeps = Sweeps(facts, Fact.SWEPT, clock)
    first = sweeps.reach()
    assert (first.start, first.end, first.is_sweep) == (TODAY - timedelta(days=30), TODAY + DAY, True)
    assert sweeps.reach().is_sweep, "it was not read to its end"
    await sweeps.finished(first)
    clock.advance(hours=23)
    short = Sweeps(facts, Fact.SWEPT, clock).reach()
    assert (short.start, short.is_sweep) == (TODAY + DAY - timedelta(days=3), False)
    await sweeps.finished(short)
    clock.advance(hours=1)
    assert sweeps.reach().is_sweep, "a short look is none that goes far back"


async def test_a_long_absence_is_caught_up(facts: Facts, clock: Clock) -> None:
    sweeps = Sweeps(facts, Fact.SWEPT, clock)
    await sweeps.finished(sweeps.reach())
    clock.advance(days=100)
    assert sweeps.reach().start == START.date() - timedelta(days=3)


async def test_a_clock_that_was_set_back_reads_far_back(facts: Facts, clock: Clock) -> None:
    sweeps = Sweeps(facts, Fact.SWEPT, clock)
    await sweeps.finished(sweeps.reach())
    clock.advance(days=-400)
    assert sweeps.reach().is_sweep
