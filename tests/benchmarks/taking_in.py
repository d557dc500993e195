"""100,000 rows of the service's lists taken into the archive, page by page, against plain `sqlite3` doing the same.

Every page is one durable transaction on both sides, into the same tables with the same indexes and triggers.
"""

import asyncio
import shutil
import sqlite3
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final, TypeVar

from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.reports import ReceivedReport, SentReport
from ifax_desktop.store.archive import Archive
from ifax_desktop.store.database import Database
from ifax_desktop.store.rows import to_json
from ifax_desktop.store.times import to_ms
from tests.benchmarks.archives import ACCOUNT, NOW, Archives
from tests.benchmarks.asking import AIM, plain_connection
from tests.benchmarks.pairs import Comparison, compare

T = TypeVar("T")
ROWS: Final = 100_000
PAGE: Final = 500
_FAX: Final = f"""
    INSERT INTO fax (account, direction, state, number, digits, own_number, pages, created_at, ended_at, job_id,
                     transaction_id, pages_done, service_status, elsewhere)
    VALUES ('{ACCOUNT}', 'sent', 'delivered', :number, :digits, :own, 2, :at, :at, :job, :transaction, 2, 'delivered', 1)
    RETURNING id
"""  # noqa: S608 - our own words


def run(pairs: int, archives: Archives) -> Iterator[Comparison]:
    """Rows that are known, and rows that are new."""
    turns = max(2, pairs // 5)
    largest = archives.of(max(archives.sizes))
    with TemporaryDirectory() as folder:
        copy = shutil.copy(largest, Path(folder, "known.sqlite3"))
        ours, plain = _known(Path(copy))
        yield compare(f"{ROWS:,} rows of a list that are known", AIM, ours, plain, turns)
    with TemporaryDirectory() as folder:
        ours, plain = _new(Path(folder))
        yield compare(f"{ROWS:,} rows of a list that are new", AIM, ours, plain, turns)


def _known(path: Path) -> tuple[Callable[[], float], Callable[[], float]]:
    """A sweep through a list of received faxes that all are in the archive."""
    with sqlite3.connect(path) as connection:
        found = connection.execute(
            "SELECT job_id, transaction_id FROM fax WHERE direction = 'received' ORDER BY id DESC LIMIT ?",
            (ROWS,),
        ).fetchall()
    rows = (found * (ROWS // len(found) + 1))[:ROWS]
    pages = [[ReceivedReport(job, transaction, "", "") for job, transaction in page] for page in _pages(rows)]

    async def take(archive: Archive) -> None:
        for page in pages:
            assert await archive.unknown(page) == []

    def plain() -> float:
        connection = plain_connection(path)
        began = time.perf_counter()
        sql = f"SELECT 1 FROM fax WHERE account = '{ACCOUNT}' AND direction = 'received' AND job_id = ? AND transaction_id = ?"  # noqa: S608
        for page in pages:
            for report in page:
                assert connection.execute(sql, (report.job_id, report.transaction_id)).fetchone()
        took = time.perf_counter() - began
        connection.close()
        return took

    return lambda: _ours(path, take), plain


def _new(folder: Path) -> tuple[Callable[[], float], Callable[[], float]]:
    """A list of faxes that other programs sent, into an empty archive."""
    empty = folder / "empty.sqlite3"
    asyncio.run(Database(empty).close())
    pages = list(_pages([_report(number) for number in range(ROWS)]))

    async def take(archive: Archive) -> None:
        for page in pages:
            assert await archive.add_elsewhere(page, NOW) == len(page)

    def ours() -> float:
        return _ours(Path(shutil.copy(empty, folder / "ours.sqlite3")), take)

    def plain() -> float:
        connection = plain_connection(Path(shutil.copy(empty, folder / "plain.sqlite3")))
        began = time.perf_counter()
        for page in pages:
            connection.execute("BEGIN IMMEDIATE")
            for report in page:
                _write(connection, report)
            connection.execute("COMMIT")
        took = time.perf_counter() - began
        connection.close()
        return took

    return ours, plain


def _ours(path: Path, take: Callable[[Archive], Awaitable[None]]) -> float:
    async def timed() -> float:
        database = Database(path)
        archive = Archive(database, ACCOUNT, Changes())
        began = time.perf_counter()
        await take(archive)
        took = time.perf_counter() - began
        await database.close()
        return took

    return asyncio.run(timed())


def _report(number: int) -> SentReport:
    at = NOW - timedelta(minutes=ROWS - number)
    job = 7_000_000 + number
    raw = {"jobId": job, "faxStatus": "delivered", "faxCallLength": 61, "fromNumber": "+12025550119"}
    return SentReport(
        str(job),
        "delivered",
        "+12025550119",
        f"+1{2_012_000_000 + number % 4000 * 1_234_567 % 7_000_000_000}",
        2,
        2,
        transaction_id=str(job * 3),
        fax_id=f"f{number}",
        began_at=at,
        ended_at=at,
        raw=raw,
    )


def _write(connection: sqlite3.Connection, report: SentReport) -> None:
    assert report.began_at is not None
    row = {
        "number": report.to_number,
        "digits": report.to_number[1:],
        "own": report.from_number,
        "at": to_ms(report.began_at),
        "job": report.job_id,
        "transaction": report.transaction_id,
    }
    (fax,) = connection.execute(_FAX, row).fetchone()
    now = to_ms(NOW)
    connection.execute(
        "INSERT INTO seen_elsewhere VALUES (?, ?, ?, ?)", (fax, now, report.fax_id, to_json(report.raw))
    )
    connection.execute("INSERT INTO event (fax, at, what) VALUES (?, ?, 'elsewhere')", (fax, now))


def _pages(rows: Sequence[T]) -> Iterator[Sequence[T]]:
    return (rows[start : start + PAGE] for start in range(0, len(rows), PAGE))
