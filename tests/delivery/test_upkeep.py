"""The rule is applied daily and in small steps; after an end that was none the archive is looked through by itself."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ifax_desktop.backbone import Backbone
from ifax_desktop.delivery.upkeep import Upkeep
from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.paths import Paths
from ifax_desktop.store.finding import Query
from ifax_desktop.store.sqlite_words import DAMAGED
from tests.conftest import Eventually
from tests.delivery.conftest import Plant


async def receive(plant: Plant, job: str, *, days_ago: float, read: bool = True) -> int:
    back = plant.backbone
    at = plant.clock() - timedelta(days=days_ago)
    document = await back.files.put(f"%PDF-1.7 {job}".encode())
    report = ReceivedReport(job, f"t{job}", "+13125550188", "+12025550119", at)
    fax = await back.archive.add_received(report, document, 1, 9, at)
    assert fax is not None
    if read:
        await back.archive.mark([fax], unread=False)
    return fax


async def kept(plant: Plant) -> list[int]:
    return sorted(await plant.backbone.archive.ids(Query(Direction.RECEIVED)))


def keep(plant: Plant, years: int) -> None:
    plant.backbone.save_settings(replace(plant.backbone.settings(), keep_years=years))


async def test_without_a_rule_everything_stays(plant: Plant) -> None:
    fax = await receive(plant, "1", days_ago=9999)
    assert await plant.backbone.upkeep.apply_rule() == 0
    assert await kept(plant) == [fax]


async def test_what_is_over_the_rule_goes_and_does_not_come_back(plant: Plant) -> None:
    old = [await receive(plant, str(job), days_ago=740 + job) for job in range(230)]
    young = await receive(plant, "1000", days_ago=729)
    unread = await receive(plant, "1001", days_ago=999, read=False)
    assert await plant.backbone.upkeep.over(2) == len(old)
    keep(plant, 2)
    assert await plant.backbone.upkeep.apply_rule() == len(old)
    assert await kept(plant) == [young, unread]
    again = ReceivedReport("5", "t5", "+13125550188", "+12025550119", plant.clock())
    assert await plant.backbone.archive.unknown([again]) == []


class Beats:
    """The clock of a plant, which counts how often somebody looked at it."""

    def __init__(self, plant: Plant) -> None:
        self._clock = plant.clock
        self.count = 0

    def __call__(self) -> datetime:
        self.count += 1
        return self._clock()

    async def some(self, eventually: Eventually) -> None:
        """Wait until it was looked at some times more."""
        seen = self.count
        await eventually(lambda: self.count > seen + 5)


@asynccontextmanager
async def at_work(plant: Plant) -> AsyncIterator[Beats]:
    """The upkeep of a plant, which looks a hundred times a second whether something is to be done."""
    back, beats = plant.backbone, Beats(plant)
    upkeep = Upkeep(
        back.database,
        back.archive,
        back.files,
        back.account,
        back.settings,
        beats,
        plant.reported.append,
        pulse=0.01,
    )
    work = asyncio.create_task(upkeep.run())
    try:
        yield beats
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)


async def test_the_rule_is_applied_each_day(plant: Plant, eventually: Eventually) -> None:
    keep(plant, 1)
    first = await receive(plant, "1", days_ago=366)
    second = await receive(plant, "2", days_ago=364.5)

    def left() -> list[int]:
        return [row.id for row in plant.backbone.archive.rows([first, second])]

    async with at_work(plant) as beats:
        await eventually(lambda: left() == [second])
        await beats.some(eventually)
        plant.clock.advance(hours=23)
        await beats.some(eventually)
        assert left() == [second], "not twice a day"
        plant.clock.advance(hours=1)
        await eventually(lambda: left() == [])
    assert plant.reported == []


async def test_switched_off_meanwhile_it_stops(plant: Plant) -> None:
    keep(plant, 1)
    for job in range(250):
        await receive(plant, str(job), days_ago=400 + job)
    work = asyncio.create_task(plant.backbone.upkeep.apply_rule())
    while len(await kept(plant)) == 250:  # noqa: ASYNC110 - it tells only those who listen
        await asyncio.sleep(0)
    keep(plant, 0)
    assert await work < 250
    assert len(await kept(plant)) > 0


async def test_a_disk_that_takes_nothing_is_said_once_a_day(plant: Plant, eventually: Eventually) -> None:
    keep(plant, 1)
    fax = await receive(plant, "1", days_ago=400)
    await plant.backbone.database.ask(lambda connection: connection.execute("PRAGMA query_only = 1"))
    async with at_work(plant) as beats:
        await eventually(lambda: plant.reported)
        await beats.some(eventually)
        assert [type(error) for error in plant.reported] == [StorageFailed]
        await plant.backbone.database.ask(lambda connection: connection.execute("PRAGMA query_only = 0"))
        plant.clock.advance(days=1)
        await eventually(lambda: plant.backbone.archive.rows([fax]) == [])


async def test_after_an_end_that_was_none_damage_is_said(
    plant: Plant, tmp_path: Path, eventually: Eventually
) -> None:
    fax = await receive(plant, "1", days_ago=1)
    await plant.backbone.close()
    path = plant.backbone.paths.database
    with closing(sqlite3.connect(path, isolation_level=None)) as damaging:
        damaging.execute("PRAGMA foreign_keys = OFF")
        damaging.execute("DELETE FROM fax WHERE id = ?", (fax,))
        # Still open, with something in its log, as after a power cut.
        plant.backbone = Backbone(
            Paths(tmp_path / "profile"), plant.reported.append, now=plant.clock, pulse=0.0001
        )
        assert plant.backbone.database.was_cut_off
        work = asyncio.create_task(plant.backbone.upkeep.run())
        await eventually(lambda: plant.reported)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
    [error] = plant.reported
    assert isinstance(error, StorageFailed)
    assert str(error).startswith(DAMAGED)
    assert f"Folder: {path.parent}" in error.detail
    assert "refers to a fax that is not there" in error.detail


async def test_after_a_good_end_nothing_is_looked_through(plant: Plant) -> None:
    assert not plant.backbone.database.was_cut_off
    assert plant.backbone.upkeep._looked


async def test_everything_can_be_looked_through_and_left(plant: Plant) -> None:
    for job in range(5):
        await receive(plant, str(job), days_ago=1)
    told: list[tuple[int, int]] = []
    found = await plant.backbone.upkeep.look_through(lambda done, whole: told.append((done, whole)))
    assert found.is_sound
    assert (found.faxes, found.documents) == (5, 5)
    assert told[-1] == (5, 5)
    work = asyncio.create_task(plant.backbone.upkeep.look_through(lambda *_: None))
    await asyncio.sleep(0)
    work.cancel()
    with pytest.raises(asyncio.CancelledError):
        await work
