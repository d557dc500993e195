"""Which faxes a list shows, and how many there are of each kind: what is asked of the archive as a whole."""

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from ifax_desktop.domain.fax import IN_PROGRESS, NEEDS_USER, Direction, State
from ifax_desktop.store import searching
from ifax_desktop.store.id_lists import Listing, read_ids
from ifax_desktop.store.times import from_ms

_OPEN: Final = IN_PROGRESS | NEEDS_USER


@dataclass(frozen=True, slots=True)
class Query:
    """Which faxes a list shows. None for `states` means all of them.

    What another program sent is neither in progress nor in need of the user, as nothing can be done with it here.
    """

    direction: Direction
    states: frozenset[State] | None = None
    late: bool = False
    """With `states`: those too that wait for the user's word, as their time was over long ago."""
    unread: bool = False
    text: str = field(default="", repr=False)
    """Looked for in names, numbers, names of documents and subjects, whatever the case of its letters."""


@dataclass(frozen=True, slots=True)
class Counts:
    """How many faxes there are of each kind that the window shows a number for."""

    in_progress: int = 0
    needs_user: int = 0
    """Not delivered, not certain, or so late that the user is asked first."""
    unread: int = 0
    """Received ones."""
    waiting: int = 0
    """Queued ones, part of `in_progress`."""
    sent: int = 0
    """All that go out, drafts too, and those another program sent."""
    received: int = 0


@dataclass(frozen=True, slots=True)
class Fit:
    """How a fax of the query's direction stands to the query."""

    created_at: datetime
    fits: bool
    """Apart from being read or not."""
    unread: bool
    may_have_moved: bool
    """It may have had another time just now: a draft gets the time at which it is queued."""


def find_ids(
    connection: sqlite3.Connection,
    account: str,
    query: Query,
    first: Callable[["array[int]"], None] = lambda _: None,
    is_wanted: Callable[[], bool] = lambda: True,
) -> "array[int] | None":
    """The ids of all faxes that fit, newest first; None if the answer is not wanted any more.

    `first` hears of the newest ones of a long list before the others are read.
    """
    return read_ids(connection, _listing(query, account), first, is_wanted)


def find_fits(
    connection: sqlite3.Connection, account: str, query: Query, ids: Iterable[int]
) -> tuple[dict[int, Fit], set[int]]:
    """How some few faxes stand to the query; and which of them are there at all, of either direction."""
    condition, values = "1", dict[str, Any]()
    if text := searching.wanted(query.text, few=True):
        condition, values = text.condition, dict(text.values)
    tests = " AND ".join([condition, *_state_tests(query)])
    found = connection.execute(
        f"""
        SELECT id, direction = :direction, created_at, {tests}, unread, state = 'queued' FROM fax
        WHERE +account = :account AND id IN (SELECT value FROM json_each(:ids))
        """,  # noqa: S608 - put together of our own words
        {**values, "account": account, "direction": query.direction, "ids": json.dumps(list(ids))},
    ).fetchall()
    there = {row[0] for row in found}
    fits = {row[0]: Fit(from_ms(row[2]), *map(bool, row[3:])) for row in found if row[1]}
    return fits, there


def count(connection: sqlite3.Connection, account: str) -> Counts:
    """All counts of one account."""
    kinds = connection.execute(
        "SELECT direction, state, elsewhere, unread, faxes FROM tally WHERE account = ?", (account,)
    ).fetchall()

    def of(states: Iterable[State]) -> int:
        return sum(faxes for _, state, elsewhere, _, faxes in kinds if state in states and not elsewhere)

    def going(direction: Direction, *, unread: bool = False) -> int:
        return sum(kind[4] for kind in kinds if kind[0] == direction and (kind[3] or not unread))

    (late,) = connection.execute(
        "SELECT count(*) FROM fax WHERE account = ? AND state = 'queued' AND waiting = 'late'", (account,)
    ).fetchone()
    return Counts(
        in_progress=of(IN_PROGRESS),
        needs_user=of(NEEDS_USER) + late,
        unread=going(Direction.RECEIVED, unread=True),
        waiting=of({State.QUEUED}),
        sent=going(Direction.SENT),
        received=going(Direction.RECEIVED),
    )


def _listing(query: Query, account: str) -> Listing:
    """The shortest way to these faxes."""
    values: dict[str, str | int] = {"account": account, "direction": query.direction}
    tests = ["account = :account", "direction = :direction", *_state_tests(query)]
    source, walks = "fax INDEXED BY fax_newest", True
    if query.states and query.states <= _OPEN and query.direction is Direction.SENT:
        # These words, as they stand, are those of the index.
        tests += ["direction = 'sent'", "elsewhere = 0", f"state IN ({_words(_OPEN)})"]
        source, walks = "fax INDEXED BY fax_open", False
    elif query.unread:
        tests.append("state = 'received' AND unread = 1")  # a received one has no other
        source, walks = "fax INDEXED BY fax_states", False
    if text := searching.wanted(query.text):
        tests.append(text.condition)
        values |= text.values
        if text.is_indexed:
            source, walks = "fax NOT INDEXED", False
    return Listing(source, tuple(tests), values, walks)


def _state_tests(query: Query) -> list[str]:
    if query.states is None:
        return []
    mine = "" if query.states <= _OPEN else f" OR state NOT IN ({_words(_OPEN)})"
    late = " OR (state = 'queued' AND waiting = 'late')" if query.late else ""
    return [f"(state IN ({_words(query.states)}){late})", f"(elsewhere = 0{mine})"]


def _words(states: Iterable[State]) -> str:
    return ", ".join(f"'{state}'" for state in sorted(states))
