"""Steps have names, and the watch strikes right after the one it waits for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ifax_desktop.domain.fax import State
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.database import Database
from ifax_desktop.store.private import write_whole
from tests.conftest import Eventually
from tests.crash.file_watch import FileWatch
from tests.crash.steps import Look, attempts_cut_off, look_once
from tests.crash.watch import TornWatch, Watch
from tests.store.conftest import FORM, Clock, Shop

Told = list[frozenset[str]]


def never(_count: int, _last: frozenset[str]) -> bool:
    return False


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "account" / "archive.sqlite3"


@pytest.fixture
async def shop(path: Path) -> AsyncIterator[Shop]:
    database = Database(path)
    yield Shop(database, Clock())
    await database.close()


async def test_the_steps_of_a_fax_have_names(shop: Shop, path: Path, eventually: Eventually) -> None:
    watch = Watch(path, never, lambda: None)
    watch.start()
    told: Told = []

    async def step(name: str) -> None:
        await eventually(lambda: any(name in step for step in watch.steps))
        told.extend(watch.steps)
        watch.steps.clear()

    await shop.outbox.save_draft(FORM, shop.clock())
    await step("draft kept")
    claim = await shop.claim()
    await step("claimed")
    await shop.outbox.note_above(claim.attempt, "7204400")
    await step("list seen")
    await shop.outbox.handed_over(claim.attempt, shop.clock())
    await step("last piece marked")
    assert list(attempts_cut_off(look_once(path))) == [claim.attempt]
    await shop.outbox.accepted(claim.attempt, "7204418", shop.clock())
    await step("accepted")
    report = SentReport("7204418", "sending", pages=3, pages_done=1, raw={"jobId": 7204418})
    await shop.outbox.progressed(claim.fax, report, shop.clock())
    await step("page")
    await shop.outbox.ended(claim.fax, State.DELIVERED, SentReport("7204418", "delivered"), shop.clock())
    await step("delivered")
    await shop.receive("81")
    await step("received")
    last = watch.stop()
    assert last is not None
    assert list(attempts_cut_off(last)) == []
    assert not any("unnamed" in step for step in told)


async def test_what_the_history_says_in_one_word_is_told_apart(
    shop: Shop, path: Path, eventually: Eventually
) -> None:
    watch = Watch(path, never, lambda: None)
    watch.start()
    await shop.queue()
    await eventually(lambda: any("queued" in step for step in watch.steps))
    assert await shop.outbox.claim(shop.clock())
    await eventually(lambda: any("claimed" in step for step in watch.steps))
    await shop.outbox.recover(shop.clock())
    await eventually(lambda: any("put back" in step for step in watch.steps))
    watch.stop()


async def test_it_strikes_after_the_step_it_waits_for(shop: Shop, path: Path, eventually: Eventually) -> None:
    struck: list[str] = []
    watch = Watch(path, lambda _, last: "claimed" in last, lambda: struck.append("dead"))
    watch.start()
    await shop.queue()
    await eventually(lambda: watch.steps)
    assert struck == []
    await shop.outbox.claim(shop.clock())
    await eventually(watch.has_struck.is_set)
    watch.stop()
    assert struck == ["dead"]
    assert watch.steps[-1] == {"claimed"}


async def test_steps_of_the_user_are_not_counted(shop: Shop, path: Path, eventually: Eventually) -> None:
    counts: list[int] = []

    def count(steps: int, _last: frozenset[str]) -> bool:
        counts.append(steps)
        return False

    watch = Watch(path, count, lambda: None)
    watch.start()
    await shop.queue()
    await eventually(lambda: counts == [0])
    await shop.outbox.claim(shop.clock())
    await eventually(lambda: counts == [0, 1])
    watch.stop()


async def test_what_was_committed_at_last_is_among_the_steps(shop: Shop, path: Path) -> None:
    watch = Watch(path, never, lambda: None)
    await shop.queue()
    watch.start()
    watch.stop()
    assert watch.steps == [{"queued"}]


async def test_an_archive_that_is_just_being_made_is_waited_for(path: Path, eventually: Eventually) -> None:
    watch = Watch(path, never, lambda: None)
    watch.start()
    database = Database(path)
    await eventually(lambda: watch.steps)
    watch.stop()
    await database.close()
    assert watch.steps[-1] == {"archive brought up to date"}


def test_without_an_archive_there_is_nothing_to_see(path: Path) -> None:
    watch = Watch(path, never, lambda: None)
    watch.start()
    assert watch.stop() is None
    assert list(attempts_cut_off(None)) == []
    assert look_once(path) is None
    assert Look().tables == {}


async def test_a_commit_is_struck_while_it_is_written(shop: Shop, path: Path, eventually: Eventually) -> None:
    struck: list[str] = []
    watch = TornWatch(path, 2, lambda: struck.append("dead"))
    watch.start()
    while not struck:
        await shop.queue()
    watch.join()
    assert struck == ["dead"]


@pytest.mark.skipif(not FileWatch.is_possible(), reason="only Linux tells of changed files")
async def test_a_file_put_in_its_place_is_noticed(tmp_path: Path, eventually: Eventually) -> None:
    struck: list[str] = []
    (tmp_path / "account").mkdir()
    watch = FileWatch(tmp_path, 6, lambda: struck.append("dead"))
    watch.start()
    (tmp_path / "account" / "archive.sqlite3-wal").write_bytes(b"of the database")
    write_whole(tmp_path / "account" / "seal", b"one")
    await eventually(lambda: len(watch.changes) == 3)
    assert (watch.changes[-1], struck) == ("seal", [])
    write_whole(tmp_path / "account" / "seal", b"another")
    watch.join()
    assert struck == ["dead"]


@pytest.mark.skipif(not FileWatch.is_possible(), reason="only Linux tells of changed files")
async def test_new_folders_are_followed(tmp_path: Path, eventually: Eventually) -> None:
    watch = FileWatch(tmp_path, 99, lambda: None)
    watch.start()
    (tmp_path / "documents").mkdir()

    def write_and_look() -> bool:
        (tmp_path / "documents" / "letter").write_bytes(b"new")
        return "letter" in watch.changes

    await eventually(write_and_look)
    watch.over.set()
    watch.join()
