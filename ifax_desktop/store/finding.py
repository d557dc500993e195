"""Which faxes a list shows, and how many there are of each kind: what is asked of the archive as a whole."""

import json
import sqlite3
from array import array
from dataclasses import dataclass, field

from ifax_desktop.domain.fax import IN_PROGRESS, NEEDS_USER, Direction, State
from ifax_desktop.store import rows

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


def find_ids(connection: sqlite3.Connection, account: str, query: Query) -> "array[int]":
    """The ids of all faxes that fit, newest first."""
    sql, values = _select(query, account)
    return array("q", (row[0] for row in connection.execute(sql, values)))


def count(connection: sqlite3.Connection, account: str) -> Counts:
    """All counts of one account."""
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
