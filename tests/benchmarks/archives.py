"""Archives of any number of faxes, as an office has them after some years, made within a minute for a million.

Written as an older version of the program left them and then brought up to date by the program itself, so that this can be
measured too.
"""

import random
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory
from typing import Any

from ifax_desktop.store import schema, searching
from ifax_desktop.store.times import to_ms

ACCOUNT = "0123456789abcdef0123456789abcdef"
NOW = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
SENT_OF_TEN = 6
OLDER = 4
"""The version of the archive before a search had an index."""


def words(text: str) -> list[str]:
    """The words of a text, apart."""
    return [word.strip() for word in text.split(",")]


_FIRST = words(
    "Ana, Ben, Carla, David, Elena, Farid, Grace, Henry, Ines, Jonas, Karin, Liam, Maria, Nils, Olga, Rosa, Zoë"
)
_LAST = words(
    "Ames, Brandt, Calder, Dubois, Evers, Fischer, Garcia, Hale, Ibrahim, Jensen, Kowalski, Lindqvist, Morgan, Okafor,"
    "Petrov, Quist, Rossi, Schmidt, Tran, Unger, Varga, Weiss, Xu, Yilmaz, Abbott, Bauer, Castillo, Dörfler, Eriksen"
)
_HOUSES = words(
    "Clinic, Orthopaedics, Radiology, Surgery, Dental Care, Pharmacy, Insurance, Law Office, Notary, County Court,"
    "Town Hall, Freight Brokers, Savings Bank, School District, Veterinary Practice"
)
_FILES = words(
    "referral, invoice, statement, x-ray, letter, contract, scan, report, records, consent, permit, estimate"
)
_STATES = ("delivered",) * 90 + ("failed",) * 6 + ("canceled",) * 3 + ("draft",)


class Writing:
    """Rows of all tables, fax by fax, the oldest first; `flush` writes what was gathered."""

    def __init__(self, connection: sqlite3.Connection, faxes: int) -> None:
        self.dice = random.Random(faxes)
        self._connection = connection
        self._rows: dict[str, list[tuple[Any, ...]]] = {}
        self._numbers = [
            f"+1{self.dice.randrange(2012000000, 9899999999)}" for _ in range(max(50, faxes // 25))
        ]
        self._names = {number: self._name() for number in self._numbers}

    def write(self, faxes: int) -> None:
        """As many faxes, one in four minutes until now."""
        step = timedelta(minutes=4)
        for fax in range(1, faxes + 1):
            at = to_ms(NOW - step * (faxes - fax)) + self.dice.randrange(200_000)
            state = self._sent(fax, at, faxes) if fax % 10 < SENT_OF_TEN else self._received(fax, at, faxes)
            assert state
            if fax % 20_000 == 0:
                self.flush()
        self.flush()

    def flush(self) -> None:
        """Write what was gathered."""
        for sql, rows in self._rows.items():
            self._connection.executemany(sql, rows)
        self._rows.clear()

    def _add(self, table: str, columns: str, *row: Any) -> None:
        marks = ", ".join("?" * len(row))
        self._rows.setdefault(f"INSERT INTO {table} ({columns}) VALUES ({marks})", []).append(row)  # noqa: S608

    def _name(self) -> str:
        last = self.dice.choice(_LAST)
        return self.dice.choice(
            (
                f"{self.dice.choice(_FIRST)} {last}",
                f"Dr. {last}, {self.dice.choice(_HOUSES)}",
                f"{last} {self.dice.choice(_HOUSES)}",
                "",
            )
        )

    def _sent(self, fax: int, at: int, faxes: int) -> str:
        number, pages = self.dice.choice(self._numbers), self.dice.randrange(1, 9)
        state = self.dice.choice(_STATES)
        elsewhere = int(state == "delivered" and self.dice.random() < 0.02)
        if faxes - fax < 20 and state == "delivered" and not elsewhere:
            state = ("queued", "doubtful", "failed")[fax % 3]
        job = "" if state in ("draft", "queued") else str(7_000_000 + fax)
        ended = at + 120_000 if state in ("delivered", "failed", "canceled") else None
        self._add(
            "fax",
            "id, account, direction, state, number, digits, typed, name, own_number, document, pages, size, created_at,"
            " due_at, ended_at, attempt, tries, job_id, service_status, code, message, elsewhere",
            *(fax, ACCOUNT, "sent", state, number, number[1:], number, self._names[number], "+12025550119"),
            *(
                self._hash(),
                pages,
                30_000 * pages,
                at,
                at if state == "queued" else None,
                ended,
                fax if job else None,
                1,
            ),
            *(
                job,
                state,
                263 if state == "failed" else None,
                "USER_BUSY" if state == "failed" else "",
                elsewhere,
            ),
        )
        for place in range(0 if elsewhere else self.dice.choice((1, 1, 1, 2))):
            name = f"{self.dice.choice(_FILES)}-{self.dice.randrange(10_000)}.pdf"
            self._add(
                "attachment", "fax, position, name, document, pages", fax, place, name, self._hash(), pages
            )
        if self.dice.random() < 0.3:
            subject = f"{self.dice.choice(_FILES).title()} {self.dice.randrange(1000)}"
            words = (fax, "own", self._names[number], "Front desk", subject, "See the pages below.", "", "")
            self._add("cover", "fax, kind, to_name, from_name, subject, message, notice, template_id", *words)
        if job:
            self._attempt(fax, at, job, state, ended)
        happened = ("stored", "handed over", "accepted", state)[: 4 if ended else 3 if job else 1]
        for place, what in enumerate(happened):
            self._add(
                "event",
                "fax, at, what, detail",
                fax,
                at + 1000 * place,
                what,
                job if what == "accepted" else "",
            )
        return state

    def _attempt(self, fax: int, at: int, job: str, state: str, ended: int | None) -> None:
        self._add(
            "attempt",
            "id, account, fax, file_name, started_at, above_job_id, handed_over_at, accepted_at, job_id, ended_at, outcome, raw",
            *(
                fax,
                ACCOUNT,
                fax,
                f"fax-{fax:016x}.pdf",
                at,
                str(int(job) - 1),
                at + 1000,
                at + 2000,
                job,
                ended,
                state,
            ),
            f'{{"faxStatus": "{state}", "jobId": {job}}}',
        )

    def _received(self, fax: int, at: int, faxes: int) -> str:
        number, job = self.dice.choice(self._numbers), 7_000_000 + fax
        self._add(
            "fax",
            "id, account, direction, state, number, digits, name, own_number, document, pages, size, created_at, ended_at,"
            " job_id, transaction_id, unread",
            *(
                fax,
                ACCOUNT,
                "received",
                "received",
                number,
                number[1:],
                self._names[number],
                "+12025550119",
                self._hash(),
            ),
            *(2, 60_000, at, at, str(job), f"{job * 3}", int(fax > faxes - 60)),
        )
        raw = f'{{"jobId": {job}, "transactionId": {job * 3}, "faxCallLength": 61}}'
        self._add(
            "arrival",
            "fax, stored_at, received_text, fax_id, raw",
            fax,
            at,
            "2026-11-23 14:00:00",
            f"f{fax}",
            raw,
        )
        self._add("event", "fax, at, what, pages", fax, at, "received", 2)
        return "received"

    def _hash(self) -> str:
        return f"{self.dice.getrandbits(256):064x}"


def make(path: Path, faxes: int) -> Iterator[tuple[str, float]]:
    """Make such an archive at `path`, indexed and ready; tells what took how many seconds."""
    began = time.perf_counter()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA synchronous = OFF")
    with TemporaryDirectory() as folder:
        for file in schema.MIGRATIONS.glob("[0-9]*.sql"):
            if int(file.name[:4]) <= OLDER:
                copy(file, folder)
        schema.migrate(connection, Path(folder))
    connection.execute("PRAGMA cache_size = -262144")
    connection.execute("BEGIN")
    # What is kept beside the tables is made at the end, sorted, instead of with every row.
    aside = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql <> '' ORDER BY rowid"
    ).fetchall()
    for kind, name, _ in aside:
        connection.execute(f"DROP {kind} {name}")
    Writing(connection, faxes).write(faxes)
    for *_, sql in aside:
        connection.execute(sql)
    connection.execute("UPDATE fax SET uid = created_at * 4096 + id % 4096 WHERE direction = 'sent'")
    connection.execute("COMMIT")
    connection.close()
    yield "made", time.perf_counter() - began
    began = time.perf_counter()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA journal_mode = WAL")
    schema.migrate(connection)
    yield "brought up to date", time.perf_counter() - began
    began = time.perf_counter()
    goes_on = True
    while goes_on:
        connection.execute("BEGIN IMMEDIATE")
        goes_on = searching.enter_some(connection)
        connection.execute("COMMIT")
    yield "indexed", time.perf_counter() - began
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


class Archives:
    """Archives of some sizes, each made when it is first asked for."""

    def __init__(self, folder: Path, sizes: Sequence[int], tell: Callable[[str], object] = print) -> None:
        """What is in the folder already is used again."""
        self.sizes = tuple(sizes)
        self._folder = folder
        self._tell = tell

    def of(self, faxes: int) -> Path:
        """The archive with that many faxes. Whoever changes it takes a copy."""
        path = self._folder / f"{faxes}.sqlite3"
        if not path.exists():
            part = path.with_suffix(".part")
            part.unlink(missing_ok=True)
            took = [f"{what} in {seconds:.1f} s" for what, seconds in make(part, faxes)]
            part.rename(path)
            self._tell(f"{faxes:,} faxes: {', '.join(took)}; {path.stat().st_size / 1e6:.0f} MB")
        return path
