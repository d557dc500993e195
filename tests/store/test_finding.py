"""What is asked of the archive as a whole: counts that are never counted, answers nobody waits for, plans without walks."""

import random
import re
import sqlite3
from array import array
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

import ifax_desktop.store
from ifax_desktop.domain.fax import IN_PROGRESS, NEEDS_USER, Direction, State
from ifax_desktop.domain.form import Form
from ifax_desktop.store import finding
from ifax_desktop.store.archive import Counts, Fit, Query
from tests.store.conftest import ACCOUNT, FORM, Shop

SENT, RECEIVED = Direction.SENT, Direction.RECEIVED
EACH = (
    State.FAILED,
    State.CANCELED,
    State.DELIVERED,
    State.DOUBTFUL,
    State.ACCEPTED,
    State.QUEUED,
    State.DRAFT,
    State.RECEIVED,
)
"""A fax in each of these states can be made after the one before it."""
STORE = Path(ifax_desktop.store.__file__).parent


async def tallied(shop: Shop) -> bool:
    """Whether the tally is what counting finds."""

    def both(connection: sqlite3.Connection) -> bool:
        kinds = "account, direction, state, elsewhere, unread"
        counted = connection.execute(f"SELECT {kinds}, count(*) FROM fax GROUP BY {kinds}").fetchall()  # noqa: S608
        kept = connection.execute(f"SELECT {kinds}, faxes FROM tally WHERE faxes <> 0").fetchall()  # noqa: S608
        return sorted(counted) == sorted(kept)

    return await shop.database.run(both)


async def send_elsewhere(shop: Shop, state: State) -> int:
    """A fax of another program."""
    fax, _ = await shop.in_state(state)
    await shop.database.run(
        lambda connection: connection.execute(
            "UPDATE fax SET elsewhere = 1, job_id = id WHERE id = ?", (fax,)
        )
    )
    return fax


async def test_the_tally_follows_every_change(shop: Shop) -> None:
    for state in EACH:
        await shop.in_state(state)
        assert await tallied(shop)
    draft = await shop.outbox.save_draft(FORM, shop.clock())
    await shop.outbox.discard(draft)
    received = await shop.receive("77")
    await shop.archive.mark([received], unread=False)
    await send_elsewhere(shop, State.DRAFT)
    assert await tallied(shop)
    await shop.database.run(lambda connection: connection.execute("UPDATE fax SET account = 'other'"))
    assert await tallied(shop)
    await shop.database.run(lambda connection: connection.execute("DELETE FROM fax"))
    assert await tallied(shop)
    assert await shop.archive.counts() == Counts()


async def test_the_tally_is_right_whatever_is_done_about_conflicts(shop: Shop) -> None:
    """A statement's own way with conflicts would reach into the triggers."""
    for verb in ("INSERT OR IGNORE", "INSERT OR REPLACE", "INSERT OR ABORT", "INSERT"):
        for _ in range(2):
            sql = f"{verb} INTO fax (account, direction, state, number, digits, created_at) VALUES ('a', 'sent', 'draft', '+1', '1', 0)"
            await shop.database.run(lambda connection, sql=sql: connection.execute(sql))  # type: ignore[misc]
    assert await tallied(shop)


async def test_what_was_sent_elsewhere_needs_nobody_here(shop: Shop) -> None:
    strange = {state: await send_elsewhere(shop, state) for state in EACH if state is not State.RECEIVED}
    for states in (IN_PROGRESS, NEEDS_USER, frozenset({State.QUEUED})):
        assert list(await shop.archive.ids(Query(SENT, states))) == []
    assert await shop.archive.counts() == Counts(sent=len(strange))
    assert set(await shop.archive.ids(Query(SENT))) == set(strange.values())
    ended = frozenset({State.DELIVERED, State.FAILED})
    assert list(await shop.archive.ids(Query(SENT, ended))) == [strange[State.DELIVERED]]
    fits, _ = shop.archive.fits(Query(SENT, ended), strange.values())
    assert {fax for fax, fit in fits.items() if fit.fits} == {strange[State.DELIVERED]}


@pytest.mark.parametrize(
    "query",
    [
        Query(SENT),
        Query(RECEIVED),
        Query(SENT, IN_PROGRESS),
        Query(SENT, NEEDS_USER),
        Query(SENT, NEEDS_USER, late=True),
        Query(RECEIVED, unread=True),
        Query(SENT, text="lindqvist"),
        Query(SENT, text="1415"),
        Query(SENT, text="x-"),
        Query(SENT, NEEDS_USER, text="100"),
        Query(RECEIVED, unread=True, text="442"),
        Query(RECEIVED, text="nobody"),
    ],
)
async def test_some_few_faxes_fit_as_they_do_among_all(shop: Shop, query: Query) -> None:
    every = [(await shop.in_state(state))[0] for state in EACH]
    every.append(await shop.outbox.save_draft(Form(name="Ben"), shop.clock()))
    await shop.archive.mark([await shop.receive("2")], unread=False)
    fits, there = shop.archive.fits(query, [*every, 999])
    assert there == set(every)
    assert all(shop.fax(fax).direction is query.direction for fax in fits)
    assert {fax: fit.created_at for fax, fit in fits.items()} == {
        fax: shop.fax(fax).created_at for fax in fits
    }
    found = {fax for fax, fit in fits.items() if fit.fits and (fit.unread or not query.unread)}
    assert found == set(await shop.archive.ids(query)) & set(every)


async def test_a_fit_tells_apart_being_read_and_fitting(shop: Shop) -> None:
    fax = await shop.receive("1")
    assert shop.archive.fits(Query(RECEIVED, unread=True), [fax]) == (
        {fax: Fit(shop.clock(), True, True, False)},
        {fax},
    )
    await shop.archive.mark([fax], unread=False)
    assert shop.archive.fits(Query(RECEIVED, unread=True), [fax])[0][fax] == Fit(
        shop.clock(), True, False, False
    )
    assert shop.archive.fits(Query(SENT), [fax]) == ({}, {fax})
    queued = await shop.queue()
    assert shop.archive.fits(Query(SENT), [queued])[0][queued].may_have_moved


async def fill(shop: Shop, count: int) -> list[int]:
    """Drafts, the newest first."""

    def write(connection: sqlite3.Connection) -> list[int]:
        sql = """
            INSERT INTO fax (account, direction, state, number, digits, name, created_at)
            VALUES (?, 'sent', 'draft', '', '', ?, ?) RETURNING id
        """
        rows = ((ACCOUNT, f"Draft {number}", 1_700_000_000_000 + number // 3) for number in range(count))
        return [connection.execute(sql, row).fetchone()[0] for row in rows][::-1]

    return await shop.database.run(write)


async def test_the_first_ones_of_a_long_list_are_told_before_the_others(shop: Shop) -> None:
    every = await fill(shop, 3000)
    told: list[array[int]] = []
    assert list(await shop.archive.find(Query(SENT), told.append, lambda: True) or ()) == every
    (first,) = told
    assert 50 < len(first) < 3000
    assert list(first) == every[: len(first)]
    told.clear()
    assert await shop.archive.find(Query(SENT, text="draft 1"), told.append, lambda: True)
    assert await shop.archive.find(Query(SENT, text="draft 2999"), told.append, lambda: True)
    assert len(told) == 0, "a short answer is told once, as a whole"


@pytest.mark.parametrize("text", ["", "draft", "ft", "nobody", "zz"])
async def test_an_answer_nobody_waits_for_is_broken_off(shop: Shop, text: str) -> None:
    await fill(shop, 12_000)
    asked: list[bool] = []

    def is_wanted() -> bool:
        asked.append(True)
        return False

    query = Query(SENT, text=text)
    found = await shop.archive.find(query, lambda _: None, is_wanted)
    if text != "nobody":  # which the index knows at once
        assert found is None
        assert len(asked) == 1, "and nobody is asked again"
    # The connection is as it was before: what comes next is neither broken off nor looked at.
    assert len(await shop.archive.ids(Query(SENT))) == 12_000
    draft = await shop.outbox.save_draft(FORM, shop.clock())
    assert shop.fax(draft).name == FORM.name


async def test_a_question_that_breaks_is_no_answer_nobody_waits_for(shop: Shop) -> None:
    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("DROP INDEX fax_newest")
        connection.execute("ALTER TABLE fax RENAME TO gone")
        finding.find_ids(connection, ACCOUNT, Query(SENT))

    with pytest.raises(Exception, match="could not be used"):
        await shop.database.run(broken)


Ask = Callable[[Shop], object]

ALL = "SEARCH fax USING COVERING INDEX fax_newest (account=? AND direction=?)"
OPEN = "SEARCH fax USING INDEX fax_open (account=? AND state=?)"
STATES = "SEARCH fax USING INDEX fax_states (account=? AND direction=? AND state=? AND unread=?)"
FEW = "SEARCH fax USING INTEGER PRIMARY KEY (rowid=?)"
SORTED = "USE TEMP B-TREE FOR ORDER BY"
PLANS: dict[str, tuple[Query, list[str]]] = {
    "all": (Query(SENT), [ALL]),
    "in progress": (Query(SENT, IN_PROGRESS), [OPEN, SORTED]),
    "needs you": (Query(SENT, NEEDS_USER), [OPEN, SORTED]),
    "needs you, late ones too": (Query(SENT, NEEDS_USER, late=True), [OPEN, SORTED]),
    "unread": (Query(RECEIVED, unread=True), [STATES, SORTED]),
    "delivered": (Query(SENT, frozenset({State.DELIVERED})), [ALL.replace(" COVERING", "")]),
    "text": (
        Query(SENT, text="ames"),
        [
            FEW,
            "LIST SUBQUERY",
            "COMPOUND QUERY",
            "LEFT-MOST SUBQUERY",
            "SCAN search_index VIRTUAL TABLE INDEX 0:M3",
            "UNION ALL",
            "SEARCH text USING INDEX search_due (indexed=?)",
            SORTED,
        ],
    ),
    "short text": (
        Query(SENT, text="am"),
        [ALL, "CORRELATED SCALAR SUBQUERY", "SEARCH text USING INTEGER PRIMARY KEY (rowid=?)"],
    ),
}


def plan(connection: sqlite3.Connection, sql: str) -> list[str]:
    return [step[3] for step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]


@pytest.mark.parametrize("name", PLANS)
async def test_lists_are_found_by_an_index(shop: Shop, name: str) -> None:
    query, expected = PLANS[name]

    def look(connection: sqlite3.Connection) -> list[str]:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        finding.find_ids(connection, ACCOUNT, query)
        connection.set_trace_callback(None)
        (sql,) = (sql for sql in asked if "group_concat" in sql)
        begin, *steps, end = plan(connection, sql)
        assert begin.startswith("CO-ROUTINE")
        assert end.startswith("SCAN (subquery")
        return [re.sub(r"SUBQUERY \d+", "SUBQUERY", step) for step in steps]

    assert await shop.database.run(look) == expected


QUESTIONS: dict[str, Callable[[sqlite3.Connection], object]] = {
    "count": lambda connection: finding.count(connection, ACCOUNT),
    "fits": lambda connection: finding.find_fits(connection, ACCOUNT, Query(SENT, NEEDS_USER), [1, 2]),
    "fits text": lambda connection: finding.find_fits(connection, ACCOUNT, Query(SENT, text="ames"), [1, 2]),
    "fits short": lambda connection: finding.find_fits(connection, ACCOUNT, Query(SENT, text="am"), [1, 2]),
}


@pytest.mark.parametrize("name", QUESTIONS)
async def test_what_is_asked_at_every_change_walks_through_nothing(shop: Shop, name: str) -> None:
    def look(connection: sqlite3.Connection) -> list[list[str]]:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        QUESTIONS[name](connection)
        connection.set_trace_callback(None)
        # Once after the archive changed its shape the search index looks after itself.
        asked = [sql for sql in asked if "'main'." not in sql]
        assert len(asked) <= 2, "some few statements, whatever there is in the archive"
        return [plan(connection, sql) for sql in asked]

    for steps in await shop.database.run(look):
        for step in steps:
            assert not step.startswith(("SCAN fax", "SCAN search_text", "SCAN attachment", "SCAN text")), step
            assert step != "SCAN search_index VIRTUAL TABLE INDEX 0:M3", "all hits of the text"


async def test_no_trigger_walks(shop: Shop) -> None:
    """What a trigger does is not among the statements that can be traced: its own are looked at, with any values."""

    def look(connection: sqlite3.Connection) -> list[tuple[str, str]]:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        statements = [
            (name, re.sub(r"\b(new|old)\.\w+", "1", statement))
            for name, sql in triggers
            for statement in sql[sql.index("BEGIN") + 5 : sql.rindex("END")].split(";")
            if statement.strip()
        ]
        return [(name, step) for name, statement in statements for step in plan(connection, statement)]

    steps = await shop.database.run(look)
    assert len({name for name, _ in steps}) > 10
    assert [(name, step) for name, step in steps if step.startswith("SCAN")] == []


def test_no_list_is_walked_through_to_a_place_in_it() -> None:
    for file in (*STORE.rglob("*.py"), *STORE.rglob("*.sql")):
        assert "OFFSET " not in file.read_text("utf-8"), file


async def test_a_list_goes_on_where_a_piece_of_it_ended(shop: Shop) -> None:
    def look(connection: sqlite3.Connection) -> list[str]:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        finding.find_ids(connection, ACCOUNT, Query(SENT))
        connection.set_trace_callback(None)
        return plan(connection, [sql for sql in asked if "group_concat" in sql][-1])

    every = await fill(shop, 50_000)
    assert list(await shop.archive.ids(Query(SENT))) == every
    assert ALL.replace("direction=?", "direction=? AND created_at<?") in await shop.database.run(look)
    named = [fax for fax in every if str(fax - 1).startswith("4")]
    for text in ("draft 4", "4"):
        found = list(await shop.archive.ids(Query(SENT, text=text)))
        assert found == (named if len(text) > 3 else [fax for fax in every if "4" in str(fax - 1)])


async def test_lists_of_any_order_come_in_theirs(shop: Shop) -> None:
    dice = random.Random(4)
    for _ in range(60):
        shop.clock.at += timedelta(milliseconds=dice.choice([-3, 0, 0, 1, 5]))
        await shop.outbox.save_draft(Form(name=dice.choice(["Ames", "Hale"])), shop.clock())
    for text in ("", "ame", "am"):
        ids = list(await shop.archive.ids(Query(SENT, text=text)))
        keys = [(shop.fax(fax).created_at, fax) for fax in ids]
        assert keys == sorted(keys, reverse=True)
