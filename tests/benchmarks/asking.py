"""What the archive is asked for lists of faxes, against plain `sqlite3` asked the same on the same file in the same run.

Plain means: the statement anybody would write against these tables, and `fetchall`, on a thread like ours where a window
could not wait for it. Ours is all that the program does until it has the answer where the window needs it: what the user
typed put into SQL, a look whether the answer is still wanted, ids packed, rows made to faxes.
"""

import asyncio
import random
import sqlite3
import time
from array import array
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.fax import IN_PROGRESS, NEEDS_USER, Direction
from ifax_desktop.store.archive import Archive, Query
from ifax_desktop.store.database import Database
from tests.benchmarks.archives import ACCOUNT, Archives
from tests.benchmarks.pairs import Comparison, compare

AIM: Final = 1.5
SENT, RECEIVED = Direction.SENT, Direction.RECEIVED
SCREENFUL: Final = 14
"""Rows that a window of 1000 pixels shows."""
PAGE: Final = 128
_ONE = f"account = '{ACCOUNT}' AND direction = 'sent'"
_NEWEST = "ORDER BY created_at DESC, id DESC"
ROW = (
    "id, direction, state, number, name, own_number, pages, created_at, pages_done, due_at, waiting, ended_at, tries, job_id,"
    " transaction_id, service_status, code, message, unread, document, elsewhere, stop, own_words, resend_of"
)
# CROSS is SQLite's word for "in this order": left to itself it looks into the index once for every fax, for minutes.
FOUND = (
    "SELECT fax.id FROM search_index CROSS JOIN fax ON fax.id = search_index.rowid"  # noqa: S608 - our own words
    f" WHERE search_index MATCH ? AND {_ONE} {_NEWEST}"
)
LIKE_IN_TEXT = f"""
    SELECT id FROM fax JOIN search_text ON search_text.fax = fax.id
    WHERE {_ONE} AND (names LIKE ? OR numbers LIKE ?) {_NEWEST}
"""  # noqa: S608
_LIKE = (
    f"SELECT id FROM fax WHERE {_ONE} AND (name LIKE :text OR number LIKE :text"  # noqa: S608
    " OR EXISTS (SELECT 1 FROM attachment WHERE fax = fax.id AND attachment.name LIKE :text)"
    f" OR EXISTS (SELECT 1 FROM cover WHERE fax = fax.id AND subject LIKE :text)) {_NEWEST}"
)


def plain_connection(path: Path) -> sqlite3.Connection:
    """What a program that cares for its data opens, and no more."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


@dataclass(slots=True)
class Both:
    """The archive as the program has it open, and beside it a plain connection."""

    path: Path
    database: Database
    runner: asyncio.Runner
    plain: sqlite3.Connection
    thread: ThreadPoolExecutor
    archive: Archive = field(init=False)
    dice: random.Random = field(default_factory=lambda: random.Random(1))
    ids: "array[int]" = field(init=False)

    def __post_init__(self) -> None:
        self.archive = Archive(self.database, ACCOUNT, Changes())
        self.ids = self.runner.run(self.archive.ids(Query(SENT)))

    def ours(self, ask: Callable[[], Coroutine[Any, Any, object]]) -> Callable[[], float]:
        """Seconds that a question takes."""

        async def timed() -> float:
            began = time.perf_counter()
            await ask()
            return time.perf_counter() - began

        return lambda: self.runner.run(timed())

    def theirs(self, sql: str, *values: object) -> Callable[[], float]:
        """Seconds that a statement takes with all its rows, on a thread too, as a window must not wait for it."""

        async def ask() -> None:
            work = lambda: self.plain.execute(sql, values).fetchall()  # noqa: E731
            await asyncio.get_running_loop().run_in_executor(self.thread, work)

        return self.ours(ask)

    def list(self, query: Query) -> Callable[[], float]:
        """All ids of a list."""
        return self.ours(lambda: self.archive.ids(query))


def timed(work: Callable[[], object]) -> Callable[[], float]:
    """Seconds that some work takes."""

    def measured() -> float:
        began = time.perf_counter()
        work()
        return time.perf_counter() - began

    return measured


@contextmanager
def both(path: Path) -> Iterator[Both]:
    """Open the archive in both ways."""
    with asyncio.Runner() as runner:
        database = Database(path)
        plain = plain_connection(path)
        try:
            with ThreadPoolExecutor(1) as thread:
                yield Both(path, database, runner, plain, thread)
        finally:
            plain.close()
            runner.run(database.close())


def run(pairs: int, archives: Archives) -> Iterator[Comparison]:
    """Open, first page, jump, filters, search as you type, and what is asked at every change."""
    for faxes in archives.sizes:
        with both(archives.of(faxes)) as asked:
            for title, aim, ours, theirs in figures(asked):
                yield compare(f"{faxes:,} faxes, {title}", aim, ours, theirs, pairs)


Figure = tuple[str, float | None, Callable[[], float], Callable[[], float]]


def figures(asked: Both) -> Iterator[Figure]:
    """What is compared."""
    yield "opened and asked once", AIM, timed(lambda: _open(asked)), timed(lambda: _open_plain(asked))
    yield (
        "first page",
        AIM,
        lambda: _first_page(asked),
        asked.theirs(f"SELECT {ROW} FROM fax WHERE {_ONE} {_NEWEST} LIMIT {PAGE}"),  # noqa: S608
    )
    yield (
        "all ids for the scroll bar",
        AIM,
        asked.list(Query(SENT)),
        asked.theirs(f"SELECT id FROM fax WHERE {_ONE} {_NEWEST}"),  # noqa: S608
    )
    yield "jump to any place", AIM, timed(lambda: _jump(asked)), timed(lambda: _jump_plain(asked))
    yield from _filters(asked)
    yield from _searches(asked)
    yield (
        "counts, against counting",
        None,
        asked.ours(asked.archive.counts),
        asked.theirs("SELECT direction, state, unread, count(*) FROM fax GROUP BY direction, state, unread"),
    )


def _open(asked: Both) -> None:
    async def ask() -> None:
        database = Database(asked.path)
        await Archive(database, ACCOUNT, Changes()).counts()
        await database.close()

    asked.runner.run(ask())


def _open_plain(asked: Both) -> None:
    """The same two connections, one of them used on a thread, without a look at the file's shape and who may read it."""

    async def ask() -> None:
        writer, reader = (plain_connection(asked.path) for _ in range(2))
        reader.execute("PRAGMA user_version").fetchone()
        with ThreadPoolExecutor(1) as thread:
            work = lambda: writer.execute("SELECT * FROM tally").fetchall()  # noqa: E731
            await asyncio.get_running_loop().run_in_executor(thread, work)
        reader.close()
        writer.close()

    asked.runner.run(ask())


def _first_page(asked: Both) -> float:
    """Seconds until the rows in sight can be painted. The other ids are not waited for, nor asked for any more."""

    async def look() -> float:
        began = time.perf_counter()
        first: asyncio.Future[array[int]] = asyncio.get_running_loop().create_future()
        finding = asyncio.create_task(
            asked.archive.find(Query(SENT), first.set_result, lambda: not first.done())
        )

        def all_at_once(whole: "asyncio.Task[array[int] | None]") -> None:
            if not first.done():
                first.set_result(whole.result() or array("q"))

        finding.add_done_callback(all_at_once)
        _look(asked, (await first)[:PAGE])
        took = time.perf_counter() - began
        await finding
        return took

    return asked.runner.run(look())


def _jump(asked: Both) -> None:
    _look(asked, asked.ids[(place := asked.dice.randrange(len(asked.ids))) : place + PAGE])


def _look(asked: Both, ids: "array[int]") -> None:
    page = asked.archive.page(ids)
    for fax in ids[:SCREENFUL]:
        assert page[fax]


def _jump_plain(asked: Both) -> None:
    ids = asked.ids[(place := asked.dice.randrange(len(asked.ids))) : place + PAGE]
    marks = ", ".join("?" * len(ids))
    asked.plain.execute(f"SELECT {ROW} FROM fax WHERE id IN ({marks})", ids.tolist()).fetchall()  # noqa: S608


def _filters(asked: Both) -> Iterator[Figure]:
    for title, query, sql in (
        (
            "in progress",
            Query(SENT, IN_PROGRESS),
            "elsewhere = 0 AND state IN ('queued', 'sending', 'accepted')",
        ),
        ("needs you", Query(SENT, NEEDS_USER), "elsewhere = 0 AND state IN ('failed', 'doubtful')"),
        ("unread", Query(RECEIVED, unread=True), "unread = 1"),
    ):
        one = _ONE.replace("sent", query.direction)
        sql = f"SELECT id FROM fax WHERE {one} AND {sql} {_NEWEST}"  # noqa: S608
        yield f"filter: {title}", AIM, asked.list(query), asked.theirs(sql)


def _searches(asked: Both) -> Iterator[Figure]:
    for text in ("ames", "invoice-12", "referral"):
        yield f"search: {text}", AIM, asked.list(Query(SENT, text=text)), asked.theirs(FOUND, f'"{text}"')
    number = "202 55"
    yield (
        f"search: {number}",
        AIM,
        asked.list(Query(SENT, text=number)),
        asked.theirs(FOUND, '"202 55" OR numbers : "20255"'),
    )
    yield "search: am", AIM, asked.list(Query(SENT, text="am")), asked.theirs(LIKE_IN_TEXT, "%am%", "%am%")
    yield (
        "search: ames, against LIKE in the tables",
        None,
        asked.list(Query(SENT, text="ames")),
        timed(lambda: asked.plain.execute(_LIKE, {"text": "%ames%"}).fetchall()),
    )
