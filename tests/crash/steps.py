"""What a commit of the program changed, in words: the archive before and after, compared row by row.

It knows the tables only by what they hold, so that a table or a column that comes later has steps of its own at once.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.crash.shown import open_read_only

Key = tuple[Any, ...]
Row = dict[str, Any]

_OF_FAXES = frozenset({"fax", "attempt"})
_TOLD_BY_OTHERS = frozenset({"cover", "attachment", "arrival"})
"""Tables that are written with a row of another one only."""
_TOLD_BY_THE_HISTORY = frozenset({"state", "waiting", "due_at", "ended_at", "attempt", "tries", "job_id"})
BY_THE_USER = frozenset(
    {"queued", "undone", "draft kept", "due anew", "sent again", "canceled", "stop asked", "fax: stop"}
)
"""Steps of the people in the office, which another process commits."""
_TOLD_BY_THE_ROW = frozenset({"stored", "canceled"})
"""Events of which only the row tells who did it."""
_CLOSING = frozenset({"outcome", "ended_at"})
_PROGRESS = frozenset({"raw", "pages_done", "service_status"})
_ATTEMPT = {"above_job_id": "list seen", "handed_over_at": "last piece marked", "looked_at": "looked for"}


@dataclass(slots=True)
class Look:
    """The rows of the archive at one moment, by table and primary key; of the history only what is new."""

    version: int = 0
    tables: dict[str, dict[Key, Row]] = field(default_factory=dict)
    last_event: int = 0
    new_events: tuple[str, ...] = ()


def look(connection: sqlite3.Connection, before: Look | None = None) -> Look:
    """Read what there is, as one state of the archive."""
    connection.execute("BEGIN")
    try:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        last = before.last_event if before else 0
        events: list[tuple[int, str]] = []
        if "event" in names:
            events = connection.execute(
                "SELECT id, what FROM event WHERE id > ? ORDER BY id", (last,)
            ).fetchall()
        return Look(
            version,
            {name: _rows(connection, name) for name in names if _is_looked_at(name, names)},
            events[-1][0] if events else last,
            tuple(what for _, what in events),
        )
    finally:
        connection.execute("ROLLBACK")


def look_once(archive: Path, before: Look | None = None) -> Look | None:
    """The archive as it is, with a connection for this one look; None while it cannot be read."""
    try:
        with closing(open_read_only(archive)) as connection:
            return look(connection, before)
    except sqlite3.Error:
        return None


def names(before: Look, after: Look) -> frozenset[str]:
    """The steps from one look to the next."""
    found = set(after.new_events) - _TOLD_BY_THE_ROW
    if after.version != before.version:
        found.add("archive brought up to date")
        return frozenset(found)
    told = bool(after.new_events)
    beside: set[str] = set()  # what is written along with the faxes: counts, search, and whatever comes later
    for table, rows in after.tables.items():
        for key, row in rows.items():
            old = before.tables.get(table, {}).get(key)
            if old != row:
                found.update(_of_outbox(table, old, row))
                (found if table in _OF_FAXES else beside).update(_of_row(table, old, row, told=told))
        if before.tables.get(table, {}).keys() - rows.keys():
            (found if table in _OF_FAXES else beside).add(f"{table} removed")
    return frozenset(found or beside or {"unnamed"})


def attempts_cut_off(last: Look | None) -> Iterator[int]:
    """Attempts that were under way with their last piece marked, after a kill."""
    if last is None:
        return
    attempts = {key[0]: row for key, row in last.tables.get("attempt", {}).items()}
    for row in last.tables.get("fax", {}).values():
        if row["state"] == "sending" and attempts[row["attempt"]]["handed_over_at"] is not None:
            yield row["attempt"]


def _of_outbox(table: str, old: Row | None, row: Row) -> Iterator[str]:
    """Steps of which the history has the same word for several."""
    if table != "fax" or row["direction"] != "sent":
        return
    match (old["state"] if old else "draft", row["state"]):
        case ("draft", "queued"):
            yield "queued"
        case ("sending", "queued"):
            yield "put back"
        case ("queued", "canceled"):
            yield "canceled"
        case (("sending" | "accepted"), "canceled"):
            yield "canceled by the service"


def _of_row(table: str, old: Row | None, row: Row, *, told: bool) -> Iterator[str]:
    if old is None:
        match table:
            case "attempt":
                yield "claimed"
            case "fax":
                if row["state"] == "draft":
                    yield "draft kept"
            case _:
                yield f"{table} added"
        return
    changed = {column for column, value in row.items() if old.get(column) != value}
    match table:
        case "attempt":
            yield from (word for column, word in _ATTEMPT.items() if column in changed)
            if changed <= _PROGRESS:
                yield "progress"
            elif not told and not changed & _CLOSING and not changed & _ATTEMPT.keys():
                yield from (f"attempt: {column}" for column in changed)
        case "fax":
            if row["state"] == "draft" and old["state"] == "draft":
                yield "draft kept"
            elif not told and row["state"] != "sending":
                yield from _of_fax(old, row, changed)
        case _:
            yield f"{table} changed"


def _of_fax(old: Row, row: Row, changed: Set[str]) -> Iterator[str]:
    if changed <= _PROGRESS:
        yield "progress"
    elif old["state"] == row["state"]:
        yield from (f"fax: {column}" for column in changed if column not in _TOLD_BY_THE_HISTORY)
        if "due_at" in changed:
            yield "due anew"


def _is_looked_at(name: str, names: Iterable[str]) -> bool:
    if name in _TOLD_BY_OTHERS or name == "event" or name.startswith("sqlite_"):
        return False
    stem, _, end = name.rpartition("_")
    return not (end in ("data", "idx", "content", "docsize", "config") and stem in names) and not any(
        other == f"{name}_config" for other in names
    )


def _rows(connection: sqlite3.Connection, table: str) -> dict[Key, Row]:
    columns = connection.execute("SELECT name, pk FROM pragma_table_info(?)", (table,)).fetchall()
    keys = [place for place, (_, pk) in enumerate(columns) if pk]
    titles = [name for name, _ in columns]
    found: Mapping[Key, Row] = {
        tuple(row[place] for place in keys) or row: dict(zip(titles, row, strict=True))
        for row in connection.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name out of the archive itself
    }
    return dict(found)
