"""The archive: which faxes there are, what is known of each, and received ones coming in."""

import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.fax import (
    IN_PROGRESS,
    NEEDS_USER,
    Direction,
    Fax,
    FaxDetail,
    Happening,
    State,
)
from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.store import rows
from ifax_desktop.store.database import Database
from ifax_desktop.store.times import maybe_to_ms
from ifax_desktop.store.writing import Writer, Writing

_PHONE_SIGNS = set("0123456789 \N{NO-BREAK SPACE}+-./()")


@dataclass(frozen=True, slots=True)
class Query:
    """Which faxes a list shows. None for `states` means all of them."""

    direction: Direction
    states: frozenset[State] | None = None
    unread: bool = False
    text: str = field(default="", repr=False)
    """Looked for in names, numbers, names of documents and subjects; upper and lower case of a to z are the same."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many faxes there are of each kind that the window shows a number for."""

    in_progress: int = 0
    needs_user: int = 0
    unread: int = 0
    """Received ones."""
    waiting: int = 0
    """Queued ones, part of `in_progress`."""
    sent: int = 0
    """All that go out, drafts too."""
    received: int = 0


class Archive:
    """The faxes of one account. Everything here may raise StorageFailed."""

    def __init__(self, database: Database, account: str, changes: Changes) -> None:
        self._database = database
        self._account = account
        self._write = Writer(database, account, changes).write

    async def ids(self, query: Query) -> "array[int]":
        """The ids of all faxes that fit, newest first, as 64-bit integers."""
        sql, values = _select(query, self._account)
        return await self._database.ask(
            lambda connection: array("q", (row[0] for row in connection.execute(sql, values)))
        )

    def rows(self, ids: Sequence[int]) -> list[Fax]:
        """The faxes with these ids in their order; those that are gone are left out. On the calling thread."""
        found = self._database.read(lambda connection: rows.read_faxes(connection, self._account, ids))
        return [found[fax] for fax in ids if fax in found]

    def detail(self, fax: int) -> FaxDetail | None:
        """Everything known of one fax; None if it is gone. On the calling thread."""
        return self._database.read(lambda connection: _detail(connection, self._account, fax))

    async def counts(self) -> Counts:
        """How many faxes there are, as the window says it."""
        return await self._database.ask(lambda connection: _counts(connection, self._account))

    async def unknown(self, reports: Sequence[ReceivedReport]) -> list[ReceivedReport]:
        """Those the archive does not have, each once, in their order."""
        return await self._database.ask(lambda connection: _unknown(connection, self._account, reports))

    async def add_received(
        self,
        report: ReceivedReport,
        document: str,
        pages: int,
        size: int,
        now: datetime,
        *,
        test: bool = False,
    ) -> int | None:
        """Add a received fax whose document is stored already; the answer is its id, None if it was there.

        It is sorted in under the time the service gave; `now` where it gave none.
        """
        return await self._write(
            now, lambda writing: _add_received(writing, report, document, pages, size, test=test)
        )

    async def mark(self, ids: Iterable[int], *, unread: bool) -> None:
        """Mark faxes as read or unread; only those that were otherwise count as changed."""
        chosen = json.dumps(list(ids))
        await self._write(None, lambda writing: _mark(writing, chosen, unread))

    async def known_jobs(self) -> frozenset[str]:
        """The job ids of every fax sent from here, earlier tries and discarded faxes included."""
        sql = "SELECT job_id FROM attempt WHERE account = ? AND job_id <> ''"
        return await self._database.ask(
            lambda connection: frozenset(row[0] for row in connection.execute(sql, (self._account,)))
        )


def _select(query: Query, account: str) -> tuple[str, dict[str, str | None]]:
    sql = "SELECT id FROM fax WHERE account = :account AND direction = :direction"
    values: dict[str, str | None] = {"account": account, "direction": str(query.direction)}
    if query.states is not None:
        sql += " AND state IN (SELECT value FROM json_each(:states))"
        values["states"] = json.dumps(sorted(query.states))
    if query.unread:
        sql += " AND unread = 1"
    if text := query.text.strip():
        sql += """ AND (name LIKE :text ESCAPE '\\' OR number LIKE :text ESCAPE '\\' OR digits LIKE :digits
            OR EXISTS (SELECT 1 FROM attachment WHERE fax = fax.id AND attachment.name LIKE :text ESCAPE '\\')
            OR EXISTS (SELECT 1 FROM cover WHERE fax = fax.id AND subject LIKE :text ESCAPE '\\'))"""
        values["text"] = f"%{_plain(text)}%"
        # A number is found however it is grouped; digits inside words are no number.
        wanted = rows.digits(text) if set(text) <= _PHONE_SIGNS else ""
        values["digits"] = f"%{wanted}%" if wanted else None  # nothing is like NULL
    return sql + " ORDER BY created_at DESC, id DESC", values


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _detail(connection: sqlite3.Connection, account: str, fax: int) -> FaxDetail | None:
    found = rows.read_faxes(connection, account, [fax]).get(fax)
    if found is None:
        return None
    (quality,) = connection.execute("SELECT quality FROM fax WHERE id = ?", (fax,)).fetchone()
    return FaxDetail(
        found,
        rows.read_cover(connection, fax),
        rows.read_attachments(connection, fax),
        rows.read_events(connection, fax),
        quality,
    )


def _counts(connection: sqlite3.Connection, account: str) -> Counts:
    groups = connection.execute(
        """
        SELECT direction, state, count(*), sum(unread) FROM fax WHERE account = ?
        GROUP BY account, direction, state
        """,
        (account,),
    ).fetchall()
    states = {state: number for _, state, number, _ in groups}

    def of(direction: Direction, column: int) -> int:
        return sum(group[column] for group in groups if group[0] == direction)

    return Counts(
        in_progress=sum(states.get(state, 0) for state in IN_PROGRESS),
        needs_user=sum(states.get(state, 0) for state in NEEDS_USER),
        unread=of(Direction.RECEIVED, 3),
        waiting=states.get(State.QUEUED, 0),
        sent=of(Direction.SENT, 2),
        received=of(Direction.RECEIVED, 2),
    )


def _unknown(
    connection: sqlite3.Connection, account: str, reports: Sequence[ReceivedReport]
) -> list[ReceivedReport]:
    sql = """
        SELECT 1 FROM fax
        WHERE account = ? AND job_id = ? AND transaction_id = ? AND direction = 'received'
    """
    once: dict[tuple[str, str], ReceivedReport] = {}
    for report in reports:
        once.setdefault((report.job_id, report.transaction_id), report)
    return [report for key, report in once.items() if not connection.execute(sql, (account, *key)).fetchone()]


def _add_received(
    writing: Writing, report: ReceivedReport, document: str, pages: int, size: int, *, test: bool
) -> int | None:
    row = writing.row(
        """
        INSERT INTO fax (account, direction, state, number, digits, own_number, document, pages, size,
                         created_at, ended_at, job_id, transaction_id, service_status, unread, test)
        VALUES (:account, 'received', 'received', :number, :digits, :own_number, :document, :pages, :size,
                coalesce(:received_at, :now), coalesce(:received_at, :now), :job_id, :transaction_id, '', 1, :test)
        ON CONFLICT (account, job_id, transaction_id) WHERE direction = 'received' DO NOTHING
        RETURNING id
        """,
        number=report.from_number,
        digits=rows.digits(report.from_number),
        own_number=report.to_number,
        document=document,
        pages=pages,
        size=size,
        received_at=maybe_to_ms(report.received_at),
        job_id=report.job_id,
        transaction_id=report.transaction_id,
        test=int(test),
    )
    if row is None:
        return None
    fax = int(row[0])
    writing.rows(
        "INSERT INTO arrival VALUES (:fax, :now, :received_text, :fax_id, :raw)",
        fax=fax,
        received_text=report.received_text,
        fax_id=report.fax_id,
        raw=rows.to_json(report.raw),
    )
    writing.event(fax, Happening.RECEIVED, pages=pages)
    return fax


def _mark(writing: Writing, chosen: str, unread: bool) -> None:
    changed = writing.rows(
        """
        UPDATE fax SET unread = :unread
        WHERE +account = :account AND id IN (SELECT value FROM json_each(:chosen)) AND unread <> :unread
        RETURNING id
        """,
        chosen=chosen,
        unread=int(unread),
    )
    writing.touched.update(row[0] for row in changed)
