"""Attempts: claimed once, marked before the last piece goes, and never lost whatever ends the program."""

import asyncio
import sqlite3
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import Event, Happening, State, Waiting
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.database import Database
from ifax_desktop.store.outbox import Stopped
from tests.store.conftest import DOCUMENT, FORM, Shop


def events(shop: Shop, fax: int) -> tuple[Event, ...]:
    detail = shop.archive.detail(fax)
    assert detail is not None
    return detail.events


def attempt(database: Database, number: int) -> sqlite3.Row:
    def work(connection: sqlite3.Connection) -> sqlite3.Row:
        cursor = connection.cursor()
        cursor.row_factory = sqlite3.Row
        row: sqlite3.Row = cursor.execute("SELECT * FROM attempt WHERE id = ?", (number,)).fetchone()
        return row

    return database.read(work)


async def test_a_claim_has_all_that_is_needed_to_send(shop: Shop, database: Database) -> None:
    fax = await shop.queue()
    claim = await shop.outbox.claim(shop.clock.forward(1))
    assert claim is not None
    assert (claim.fax, claim.number, claim.own_number) == (fax, "+14155550100", FORM.own_number)
    assert (claim.document, claim.pages, claim.cover, claim.quality) == (
        DOCUMENT,
        3,
        FORM.cover,
        FORM.quality,
    )
    assert claim.last_job_id == ""
    assert claim.file_name.startswith("fax-")
    assert claim.file_name.endswith(".pdf")
    row = shop.fax(fax)
    assert (row.state, row.due_at, row.tries) == (State.SENDING, None, 1)
    kept = attempt(database, claim.attempt)
    assert (kept["fax"], kept["file_name"], kept["account"]) == (fax, claim.file_name, shop.account)
    assert kept["started_at"] == int(shop.clock().timestamp() * 1000)
    assert [kept[name] for name in ("above_job_id", "handed_over_at", "accepted_at")] == [None] * 3


async def test_the_fax_due_longest_goes_first(shop: Shop) -> None:
    late = await shop.queue("+14155550101", wait=30)
    early = await shop.queue("+14155550102", wait=20)
    never = await shop.queue("+14155550103", wait=90)
    assert await shop.outbox.next_due() == shop.clock() + timedelta(seconds=20)
    assert await shop.outbox.claim(shop.clock.forward(19)) is None
    shop.clock.forward(41)
    claims = [await shop.outbox.claim(shop.clock()) for _ in range(3)]
    assert [claim and claim.fax for claim in claims] == [early, late, None]
    assert shop.fax(never).state is State.QUEUED


async def test_never_two_to_one_number(shop: Shop) -> None:
    first = await shop.claim()
    second = await shop.queue()
    elsewhere = await shop.queue("+442079460000")
    claim = await shop.outbox.claim(shop.clock())
    assert claim is not None
    assert claim.fax == elsewhere
    for _ in ("while the first is sending", "while it is accepted"):
        assert await shop.outbox.claim(shop.clock()) is None
        assert await shop.outbox.next_due() is None
        await shop.outbox.accepted(first.attempt, "8", shop.clock())
    await shop.outbox.ended(first.fax, State.DELIVERED, SentReport("8", "delivered"), shop.clock())
    assert await shop.outbox.next_due() == shop.clock()
    claim = await shop.outbox.claim(shop.clock())
    assert claim is not None
    assert claim.fax == second


async def test_two_connections_claim_one_row_and_one_wins(shop: Shop, another: Callable[..., Shop]) -> None:
    other = another()
    for _ in range(20):
        fax = await shop.queue()
        claims = await asyncio.gather(shop.outbox.claim(shop.clock()), other.outbox.claim(shop.clock()))
        (won,) = [claim for claim in claims if claim]
        assert won.fax == fax
        await shop.outbox.refused(won.attempt, None, "", shop.clock())


async def test_undo_and_claim_race_and_one_wins(shop: Shop, another: Callable[..., Shop]) -> None:
    other = another()
    for _ in range(20):
        fax = await shop.queue()
        claim, undone = await asyncio.gather(
            shop.outbox.claim(shop.clock()), other.outbox.take_back(fax, shop.clock())
        )
        assert (claim is None) == undone
        if claim:
            await shop.outbox.refused(claim.attempt, None, "", shop.clock())


async def test_another_account_is_never_sent(shop: Shop, another: Callable[..., Shop]) -> None:
    fax = await shop.queue()
    stranger = another("account-2")
    now = shop.clock()
    assert await stranger.outbox.claim(now) is None
    assert await stranger.outbox.next_due() is None
    assert await stranger.outbox.stop(fax, now) is Stopped.NOT
    assert not await stranger.outbox.take_back(fax, now)
    assert not await stranger.outbox.try_again(fax, now)
    assert stranger.outbox.form(fax) is None
    claim = await shop.outbox.claim(now)
    assert claim is not None
    with pytest.raises(StorageFailed):
        await stranger.outbox.handed_over(claim.attempt, now)
    await stranger.outbox.accepted(claim.attempt, "8", now)
    await stranger.outbox.refused(claim.attempt, 1, "", now)
    await stranger.outbox.put_back(claim.attempt, now, Waiting.TURN, now)
    await stranger.outbox.doubt(claim.attempt, now)
    assert await stranger.outbox.recover(now) == []
    assert shop.fax(fax).state is State.SENDING
    assert await shop.known_jobs() == frozenset()


async def test_the_mark_is_on_the_disk_before_the_last_piece_goes(
    shop: Shop, database: Database, path: Path
) -> None:
    claim = await shop.claim()
    await shop.outbox.note_above(claim.attempt, "7204417")
    await shop.outbox.handed_over(claim.attempt, shop.clock.forward(2))
    script = "import sqlite3, sys; print(sqlite3.connect(sys.argv[1]).execute('SELECT handed_over_at FROM attempt').fetchone()[0])"
    child = await asyncio.create_subprocess_exec(
        sys.executable, "-c", script, str(path), stdout=asyncio.subprocess.PIPE
    )
    seen, _ = await child.communicate()
    assert int(seen) == attempt(database, claim.attempt)["handed_over_at"]
    assert events(shop, claim.fax)[-1] == Event(shop.clock(), Happening.HANDED_OVER)


@pytest.mark.parametrize("late", ["recovered", "refused", "claimed anew"])
async def test_the_last_piece_must_not_go_when_the_fax_was_moved(shop: Shop, late: str) -> None:
    claim = await shop.claim()
    now = shop.clock()
    if late == "refused":
        await shop.outbox.refused(claim.attempt, None, "", now)
    else:
        await shop.outbox.recover(now)
    if late == "claimed anew":
        assert await shop.outbox.claim(now)
    with pytest.raises(StorageFailed, match="It was not sent"):
        await shop.outbox.handed_over(claim.attempt, now)


async def test_accepted_keeps_the_job(shop: Shop, database: Database) -> None:
    claim = await shop.accept(job_id="7204418")
    row = shop.fax(claim.fax)
    assert (row.state, row.job_id) == (State.ACCEPTED, "7204418")
    kept = attempt(database, claim.attempt)
    assert (kept["job_id"], kept["outcome"]) == ("7204418", "accepted")
    assert [event.what for event in events(shop, claim.fax)] == [
        Happening.STORED,
        Happening.HANDED_OVER,
        Happening.ACCEPTED,
    ]
    assert await shop.known_jobs() == {"7204418"}
    await shop.outbox.accepted(claim.attempt, "9", shop.clock())
    assert shop.fax(claim.fax).job_id == "7204418", "the first answer holds"
    assert await shop.known_jobs() == {"7204418"}


async def test_a_job_is_kept_although_its_asker_was_cancelled(shop: Shop) -> None:
    claim = await shop.claim()
    task = asyncio.create_task(shop.outbox.accepted(claim.attempt, "8", shop.clock()))
    await asyncio.sleep(0)
    shop.announced.clear()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert shop.fax(claim.fax).state is State.ACCEPTED
    assert shop.announced == [{claim.fax}]


async def test_an_answer_that_comes_too_late_moves_nothing_but_is_kept(shop: Shop) -> None:
    first = await shop.claim()
    await shop.outbox.put_back(first.attempt, shop.clock(), Waiting.TURN, shop.clock())
    second = await shop.outbox.claim(shop.clock())
    assert second is not None
    await shop.outbox.accepted(first.attempt, "8", shop.clock())
    await shop.outbox.refused(first.attempt, 1, "", shop.clock())
    await shop.outbox.doubt(first.attempt, shop.clock())
    await shop.outbox.put_back(first.attempt, shop.clock(), Waiting.TURN, shop.clock())
    assert shop.fax(first.fax).state is State.SENDING
    assert await shop.known_jobs() == {"8"}


async def test_refused_says_why(shop: Shop, database: Database) -> None:
    claim = await shop.claim()
    await shop.outbox.refused(claim.attempt, 12048, "Not enough credit", shop.clock.forward(3))
    row = shop.fax(claim.fax)
    assert (row.state, row.code, row.message, row.ended_at) == (
        State.FAILED,
        12048,
        "Not enough credit",
        shop.clock(),
    )
    assert events(shop, claim.fax)[-1] == Event(
        shop.clock(), Happening.NOT_DELIVERED, "Not enough credit", code=12048
    )
    assert attempt(database, claim.attempt)["outcome"] == "refused"


async def test_put_back_waits_and_does_not_count_as_a_try(shop: Shop, database: Database) -> None:
    claim = await shop.claim()
    due_at = shop.clock() + timedelta(seconds=5)
    await shop.outbox.put_back(claim.attempt, due_at, Waiting.OFFLINE, shop.clock(), "No route")
    row = shop.fax(claim.fax)
    assert (row.state, row.due_at, row.waiting, row.tries) == (State.QUEUED, due_at, Waiting.OFFLINE, 0)
    assert attempt(database, claim.attempt)["outcome"] == "put back"
    assert await shop.outbox.claim(shop.clock()) is None


async def test_a_night_offline_is_one_line_of_history(shop: Shop) -> None:
    fax = await shop.queue()
    for _ in range(30):
        claim = await shop.outbox.claim(shop.clock.forward(60))
        assert claim is not None
        await shop.outbox.put_back(claim.attempt, shop.clock(), Waiting.OFFLINE, shop.clock(), "No route")
        assert shop.announced[-1] == {fax}
    assert [event.what for event in events(shop, fax)] == [Happening.STORED, Happening.OFFLINE]


@pytest.mark.parametrize(
    ("waiting", "what", "tries"),
    [
        (Waiting.RETRY, Happening.RETRY_PLANNED, 1),
        (Waiting.SIGN_IN, Happening.STORED, 0),
        (Waiting.TURN, Happening.STORED, 0),
    ],
)
async def test_why_it_was_put_back_is_told(shop: Shop, waiting: Waiting, what: Happening, tries: int) -> None:
    claim = await shop.claim()
    await shop.outbox.put_back(claim.attempt, shop.clock(), waiting, shop.clock(), "why")
    assert events(shop, claim.fax)[-1] == Event(shop.clock(), what, "why")
    assert shop.fax(claim.fax).tries == tries


async def test_doubt_keeps_what_is_needed_to_look(shop: Shop) -> None:
    claim = await shop.claim()
    started = shop.clock()
    await shop.outbox.note_above(claim.attempt, "7204417")
    await shop.outbox.handed_over(claim.attempt, shop.clock.forward(1))
    await shop.outbox.doubt(claim.attempt, shop.clock.forward(30), "ReadTimeout")
    (doubt,) = await shop.outbox.doubtful()
    assert (doubt.fax, doubt.attempt, doubt.number) == (claim.fax, claim.attempt, claim.number)
    assert (doubt.own_number, doubt.pages, doubt.above_job_id) == (FORM.own_number, 3, "7204417")
    assert (doubt.started_at, doubt.file_name) == (started, claim.file_name)
    assert events(shop, claim.fax)[-1] == Event(shop.clock(), Happening.DOUBTFUL, "ReadTimeout")
    assert shop.fax(claim.fax).state is State.DOUBTFUL

    await shop.outbox.accepted(claim.attempt, "7204418", shop.clock())
    assert await shop.outbox.doubtful() == []
    assert events(shop, claim.fax)[-1].what is Happening.FOUND
    assert [fax.job_id for fax in await shop.outbox.on_their_way()] == ["7204418"]


async def test_an_empty_list_is_told_from_a_list_nobody_saw(shop: Shop) -> None:
    seen, unseen = await shop.claim("+14155550101"), await shop.claim("+14155550102")
    await shop.outbox.note_above(seen.attempt, "")
    for claim in (seen, unseen):
        await shop.outbox.doubt(claim.attempt, shop.clock())
    assert [doubt.above_job_id for doubt in await shop.outbox.doubtful()] == ["", None]


async def test_a_doubtful_fax_is_never_sent_again_by_itself(shop: Shop) -> None:
    claim = await shop.claim()
    await shop.outbox.doubt(claim.attempt, shop.clock())
    now = shop.clock.forward(86_400)
    assert await shop.outbox.recover(now) == []
    assert not await shop.outbox.try_again(claim.fax, now)
    assert await shop.outbox.claim(now) is None
    assert shop.fax(claim.fax).state is State.DOUBTFUL


async def test_the_start_mends_what_the_end_left(shop: Shop) -> None:
    never_whole = await shop.claim("+14155550101")
    marked = await shop.claim("+14155550102")
    await shop.outbox.handed_over(marked.attempt, shop.clock())
    accepted = await shop.accept("+14155550103")
    waiting = await shop.queue("+14155550104", wait=60)
    shop.announced.clear()

    now = shop.clock.forward(3600)
    assert await shop.outbox.recover(now) == [never_whole.fax, marked.fax]
    assert shop.announced == [{never_whole.fax, marked.fax}]
    row = shop.fax(never_whole.fax)
    assert (row.state, row.due_at, row.waiting, row.tries) == (State.QUEUED, now, Waiting.TURN, 0)
    assert shop.fax(marked.fax).state is State.DOUBTFUL
    assert shop.fax(accepted.fax).state is State.ACCEPTED
    assert shop.fax(waiting).state is State.QUEUED
    assert await shop.outbox.recover(now) == []


@pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
@pytest.mark.parametrize("mark", [True, False])
async def test_a_killed_process_leaves_what_it_committed(path: Path, shop: Shop, mark: bool) -> None:
    await shop.queue()
    script = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from ifax_desktop.domain.changes import Changes
from ifax_desktop.store.database import Database
from ifax_desktop.store.outbox import Outbox

async def main():
    now = datetime.now(UTC)
    outbox = Outbox(Database(Path(sys.argv[1])), "account-1", Changes())
    claim = await outbox.claim(now)
    if sys.argv[2] == "True":
        await outbox.handed_over(claim.attempt, now)
    os.kill(os.getpid(), signal.SIGKILL)

asyncio.run(main())
"""
    killed = await asyncio.create_subprocess_exec(sys.executable, "-c", script, str(path), str(mark))
    assert await killed.wait() == -9
    (fax,) = await shop.outbox.recover(shop.clock())
    assert shop.fax(fax).state is (State.DOUBTFUL if mark else State.QUEUED)


async def test_no_file_name_is_used_twice(shop: Shop) -> None:
    names = {(await shop.claim(f"+1415555{number:04}")).file_name for number in range(50)}
    assert len(names) == 50
