"""The search: what is found by which text, and an index that is never behind the archive."""

import asyncio
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copy

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ifax_desktop.domain.cover import Cover, CoverKind
from ifax_desktop.domain.fax import Attachment, Direction
from ifax_desktop.domain.form import Form
from ifax_desktop.store import schema, searching
from ifax_desktop.store.archive import Query
from ifax_desktop.store.database import Database
from tests.store.conftest import ACCOUNT, Clock, Shop

SENT, RECEIVED = Direction.SENT, Direction.RECEIVED


async def found(shop: Shop, text: str, direction: Direction = SENT) -> set[int]:
    return set(await shop.archive.ids(Query(direction, text=text)))


async def enter(shop: Shop) -> None:
    """What the program does within a second."""
    while await shop.database.run(searching.enter_some):
        pass


async def is_whole(shop: Shop) -> bool:
    """Whether the index holds exactly what can be found, now and when all is entered; FTS5 looks at itself."""

    def look(connection: sqlite3.Connection) -> bool:
        connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
        while searching.enter_some(connection):
            pass
        connection.execute("INSERT INTO search_index (search_index, rank) VALUES ('integrity-check', 1)")
        kept = connection.execute("SELECT fax, numbers, names FROM search_text").fetchall()
        return sorted(kept) == sorted(
            connection.execute("SELECT fax, numbers, names FROM searchable").fetchall()
        )

    return await shop.database.run(look)


async def draft(shop: Shop, name: str = "", number: str = "", *files: str, subject: str = "") -> int:
    parts = tuple(Attachment(file, "a" * 64, 1) for file in files)
    form = Form(number, name, "", parts, Cover(CoverKind.OWN, subject=subject))
    return await shop.outbox.save_draft(form, shop.clock())


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Orthopädie", True),
        ("ORTHOPÄDIE", True),
        ("pä", True),
        ("PÄ", True),
        ("Ä", True),
        ("王芳", True),
        ("芳", True),
        ("王芳医", True),
        ("O'Brien", True),
        ('"quoted"', True),
        ('"', True),
        ("a OR b", True),
        ("x OR y", False),
        ("NOT", True),
        ("numbers : 1", False),
        ("re*", False),
        ("100%_", True),
        ("1__", False),
        ("0%_\\", True),
        ("\\", True),
        ("\\\\", False),
        ("😀", True),
        ("😀😀😀", True),
        ("\0", True),
        ("\ud800", True),
        ("   ", True),
        ("ädie  (", True),
        ("ädie (", False),
    ],
)
async def test_a_text_is_found_as_it_stands(shop: Shop, text: str, is_found: bool) -> None:
    name = 'Orthopädie  (王芳医生) O\'Brien "quoted" a OR b NOT 100%_\\ 😀😀😀😀'
    fax = await draft(shop, name)
    other = await draft(shop, "Ben")
    expected = {fax} if is_found else set()
    if not text.strip(" \0\ud800"):  # nothing to look for is no search
        expected = {fax, other}
    assert await found(shop, text) == expected
    await enter(shop)
    assert await found(shop, text) == expected
    assert {
        one for one, fit in shop.archive.fits(Query(SENT, text=text), [fax, other])[0].items() if fit.fits
    } == expected


@pytest.mark.parametrize(
    "text", ["+1 202", "(202) 555", "202-555.01", "0143", "+12025550143", "43", "1", "+1"]
)
async def test_a_number_is_found_however_it_is_grouped(shop: Shop, text: str) -> None:
    received = await shop.receive("1", "+12025550143")
    await enter(shop)
    typed = await draft(shop, "", "001 (202) 555-0143")
    await shop.receive("2", "+499998765555")
    assert await found(shop, text, RECEIVED) == {received}
    if text not in ("+1 202", "+12025550143", "+1"):
        assert await found(shop, text) == {typed}


async def test_digits_in_words_are_no_number(shop: Shop) -> None:
    fax = await draft(shop, "Room 20 25")
    assert await found(shop, "20 25") == {fax}
    assert await found(shop, "2025") == set()
    assert await found(shop, "20-25") == set()
    assert await found(shop, "2-0") == set()


async def test_the_end_of_one_name_and_the_beginning_of_another_are_no_word(shop: Shop) -> None:
    fax = await draft(shop, "Ana", "+1415", "begin.pdf", "end.png", subject="Your patient")
    await enter(shop)
    for text in ("ana", "begin", "end.png", "patient", "1415"):
        assert await found(shop, text) == {fax}
    for text in ("anabegin", "pdfend", "pngyour", "ana1415", "pdf end"):
        assert await found(shop, text) == set()


@pytest.mark.parametrize("entered", [(), (0,), (1,), (0, 1)])
async def test_what_is_changed_is_found_by_its_new_words_only(shop: Shop, entered: tuple[int, ...]) -> None:
    fax = await draft(shop, "Lindqvist", "+14155550100", "old.pdf", subject="First")
    if 0 in entered:
        await enter(shop)
    form = Form(
        "+12025550143",
        "Ames",
        "",
        (Attachment("new.pdf", "b" * 64, 1),),
        Cover(CoverKind.OWN, subject="Second"),
    )
    await shop.outbox.save_draft(form, shop.clock(), fax)
    if 1 in entered:
        await enter(shop)
    for text in ("lindqvist", "4155550100", "old.pdf", "first"):
        assert await found(shop, text) == set()
    for text in ("ames", "2025550143", "new.pdf", "second"):
        assert await found(shop, text) == {fax}
    await shop.outbox.discard(fax)
    assert await found(shop, "ames") == set()
    assert await is_whole(shop)


async def test_a_draft_kept_again_is_not_indexed_again(shop: Shop) -> None:
    """A draft is kept at every pause of typing, mostly because of the message, which no search looks at."""
    form = Form("+1", "Ames", "", (Attachment("a.pdf", "b" * 64, 1),), Cover(CoverKind.OWN, message="Dear"))
    fax = await shop.outbox.save_draft(form, shop.clock())
    await enter(shop)

    def due(connection: sqlite3.Connection) -> int:
        return len(connection.execute("SELECT fax FROM search_text WHERE indexed = 0").fetchall())

    message = replace(form, cover=replace(form.cover, message="Dear Dr. Ames"))
    await shop.outbox.save_draft(message, shop.clock(), fax)
    assert shop.database.read(due) == 0
    await shop.outbox.save_draft(replace(form, name="Dr. Ames"), shop.clock(), fax)
    assert shop.database.read(due) == 1


async def test_there_is_room_for_the_words_of_documents(shop: Shop) -> None:
    fax = await draft(shop, "Ames")
    await execute(shop, "UPDATE search_text SET words = 'consultation' WHERE fax = :fax", fax)
    assert await found(shop, "sultati") == {fax}
    await enter(shop)
    assert await found(shop, "sultati") == {fax}
    await draft(shop, "Brandt")
    await shop.outbox.save_draft(Form(name="Calder"), shop.clock(), fax)
    await enter(shop)
    assert await found(shop, "sultati") == {fax}
    await shop.outbox.discard(fax)
    assert await found(shop, "sultati") == set()


TEXTS = st.sampled_from(["", "Ames", "Ana Lindqvist", "ana", "Zürich 7", 'say "x"', "100%"])
FORMS = st.builds(
    Form,
    number=st.sampled_from(["", "+14155550100", "(202) 555-0143", "call me"]),
    name=TEXTS,
    attachments=st.lists(st.builds(Attachment, TEXTS, st.just("a" * 64), st.just(1)), max_size=3).map(tuple),
    cover=st.builds(Cover, st.sampled_from(CoverKind), subject=TEXTS),
)
WORDS = [
    "ana",
    "an",
    "ames",
    "415",
    "4",
    "20255",
    "(202)",
    "zürich",
    "Ü",
    "call",
    '"x',
    "100%",
    "%",
    " 7",
    "nobody",
]


def is_in(text: str, numbers: str, names: str) -> bool:
    """What a search means, said once more."""
    number = "".join(filter(str.isdecimal, text)) if set(text) <= set("0123456789 +-./()") else ""
    return text.lower() in f"{numbers}\n{names}".lower() or bool(number and number in numbers)


async def execute(shop: Shop, sql: str, fax: int | None) -> None:
    """Somebody who knows nothing of the index."""
    await shop.database.run(lambda connection: connection.execute(sql, {"fax": fax}))


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    steps=st.lists(
        st.tuples(st.integers(0, 4), FORMS, st.sampled_from(["save", "discard", "sql", "receive", "enter"])),
        min_size=3,
        max_size=12,
    )
)
async def test_the_index_finds_what_a_walk_finds(shop: Shop, steps: list[tuple[int, Form, str]]) -> None:
    drafts: list[int] = []
    for place, form, what in steps:
        fax = drafts[place] if place < len(drafts) else None
        if what == "save":
            kept = await shop.outbox.save_draft(form, shop.clock(), fax)
            drafts += [] if fax else [kept]
        elif what == "discard" and fax:
            await shop.outbox.discard(fax)
            drafts.remove(fax)
        elif what == "receive":
            await shop.receive(str(shop.clock.forward(1)), form.number)
        elif what == "enter":
            await enter(shop)
        elif what == "sql":
            for sql in (
                "UPDATE fax SET name = name || 'x' WHERE id = :fax",
                "UPDATE attachment SET name = 'ana.pdf' WHERE fax = :fax",
                "DELETE FROM cover WHERE fax = :fax",
            ):
                await execute(shop, sql, fax)
    texts = shop.database.read(lambda connection: connection.execute("SELECT * FROM searchable").fetchall())
    sent = set(await shop.archive.ids(Query(SENT)))
    for text in WORDS:
        expected = {fax for fax, numbers, names in texts if fax in sent and is_in(text, numbers, names)}
        assert await found(shop, text) == expected, text
        few = shop.archive.fits(Query(SENT, text=text), sent)[0]
        assert {fax for fax, fit in few.items() if fit.fits} == expected, text
    assert await is_whole(shop)
    await shop.database.run(lambda connection: connection.execute("DELETE FROM fax"))
    assert await is_whole(shop)


@pytest.fixture
async def older(tmp_path: Path, path: Path, clock: Clock) -> int:
    """An archive of the version before the index, with that many faxes."""
    steps = tmp_path / "steps"
    steps.mkdir()
    for file in schema.MIGRATIONS.glob("000[1-4]*.sql"):
        copy(file, steps)
    path.parent.mkdir(parents=True)
    connection = sqlite3.connect(path, isolation_level=None)
    schema.migrate(connection, steps)
    count = 2500
    connection.execute("BEGIN")
    connection.executemany(
        """
        INSERT INTO fax (account, direction, state, number, digits, name, created_at)
        VALUES (?, 'sent', 'draft', '+14155550100', '14155550100', ?, 0)
        """,
        ((ACCOUNT, f"Patient {number}") for number in range(1, count + 1)),
    )
    connection.execute("INSERT INTO attachment VALUES (3, 0, 'referral.pdf', 'a', 1)")
    connection.execute("COMMIT")
    connection.close()
    return count


async def test_an_older_archive_is_searched_at_once_and_indexed_step_by_step(
    older: int, another: Callable[..., Shop]
) -> None:
    shop = another()
    new = await draft(shop, "Patient new")
    for step in range(5):
        assert await found(shop, "patient 2499") == {2499}
        assert await found(shop, "referral") == {3}
        assert await found(shop, "patient 25") == {25, *range(250, 260), 2500}
        assert await found(shop, "t new") == {new}
        assert len(await found(shop, "(415)")) == older
        goes_on = await shop.database.run(searching.enter_some)
        assert goes_on == (step < 2)
        await shop.database.run(
            lambda connection: connection.execute("UPDATE attachment SET name = 'referral-2.pdf'")
        )
    assert await is_whole(shop)
    counts = await shop.archive.counts()
    assert counts.sent == older + 1


async def test_what_comes_in_is_entered_soon(older: int, another: Callable[..., Shop]) -> None:
    shop = another()

    def due(connection: sqlite3.Connection) -> bool:
        return bool(connection.execute("SELECT 1 FROM search_text WHERE indexed = 0 LIMIT 1").fetchone())

    async def entered() -> None:
        async with asyncio.timeout(10):
            while shop.database.read(due):  # noqa: ASYNC110 - nobody tells
                await asyncio.sleep(0.01)

    keeping = asyncio.create_task(shop.archive.keep_index())
    await entered()
    await draft(shop, "Patient new")
    assert shop.database.read(due)
    await draft(shop, "Patient newer")
    await entered()
    keeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await keeping
    assert await is_whole(shop)
    await draft(shop, "Patient newest")
    assert shop.database.read(due), "nobody listens any more"


async def test_some_are_entered_without_a_walk(database: Database) -> None:
    def plans(connection: sqlite3.Connection) -> list[str]:
        asked: list[str] = []
        connection.set_trace_callback(asked.append)
        searching.enter_some(connection)
        connection.set_trace_callback(None)
        ours = [sql for sql in asked if sql.split()[0] in ("UPDATE", "INSERT") and "LIMIT" in sql]
        assert len(ours) == 2
        return [step[3] for sql in ours for step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")]

    steps = await database.run(plans)
    assert "SEARCH search_text USING COVERING INDEX search_due (indexed=?)" in steps
    assert not any(step.startswith("SCAN") for step in steps)


def test_what_is_wanted_shows_no_text() -> None:
    wanted = searching.Wanted("condition", {"match": "Ames"}, True)
    assert "Ames" not in repr(wanted)
