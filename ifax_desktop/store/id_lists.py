"""Long lists of ids out of SQLite, in a way that leaves the window alone and can be broken off.

Python runs one thread at a time. A list that is read row by row hands that right to and fro with every row, and whoever
paints meanwhile waits for it up to 5 ms, again and again: half a million rows hold up a window for a second. So SQLite
writes many ids into one text, for which it does not need Python, and the texts are taken apart piece by piece.
"""

import sqlite3
import time
from array import array
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Final

_FIRST: Final = 256
"""Faxes that are told before the others: more than any window shows."""
_PIECE: Final = 20_000
"""Ids taken apart at a time, for some 2 ms."""
_REST: Final = 0.0005
"""Seconds between two pieces, in which others can run."""
_OFTEN: Final = 50_000
"""Steps of SQLite's machine between two looks whether the answer is still wanted: some 5 ms."""


@dataclass(frozen=True, slots=True)
class Listing:
    """Which faxes, newest first."""

    source: str
    """The table and its index."""
    tests: tuple[str, ...]
    values: Mapping[str, str | int] = field(repr=False)
    walks: bool = True
    """The index has them in their order already: the newest come without a look at the others."""


def read_ids(
    connection: sqlite3.Connection,
    listing: Listing,
    first: Callable[["array[int]"], None],
    is_wanted: Callable[[], bool],
) -> "array[int] | None":
    """All ids; None if they are not wanted any more. `first` hears of the newest ones of a long list before the others."""
    ids = array("q")
    with _giving_up(connection, is_wanted) as given_up:
        for piece in _walked(connection, listing) if listing.walks else _sorted(connection, listing):
            ids.extend(piece)
            if len(ids) == _FIRST and listing.walks:
                first(ids[:])
            if not is_wanted():
                return None
    return None if given_up else ids


def _walked(connection: sqlite3.Connection, listing: Listing) -> Iterator[list[int]]:
    """From the newest on, each time going on where the last piece ended."""
    tests, values, most = listing.tests, dict(listing.values), _FIRST
    while True:
        sql = _ordered(listing.source, tests, "")
        piece = _apart(_text(connection, f"{sql} LIMIT {most}", values))
        yield piece
        if len(piece) < most:
            return
        (at,) = connection.execute("SELECT created_at FROM fax WHERE id = ?", piece[-1:]).fetchone()
        values |= {"at": at, "last": piece[-1]}
        tests, most = (*listing.tests, "(created_at, id) < (:at, :last)"), _PIECE


def _sorted(connection: sqlite3.Connection, listing: Listing) -> Iterator[list[int]]:
    """All of them, found by another index. A plus keeps SQLite from walking through the others for the sake of the order."""
    # Without a limit SQLite might think that the order does not matter to what is made of it.
    text = _text(connection, f"{_ordered(listing.source, listing.tests, '+')} LIMIT -1", listing.values)
    start = 0
    while start < len(text):
        if start:
            time.sleep(_REST)
        end = text.find(",", start + 8 * _PIECE) % (len(text) + 1)
        yield _apart(text[start:end])
        start = end + 1


def _ordered(source: str, tests: tuple[str, ...], plus: str) -> str:
    where = " AND ".join(tests)
    return f"SELECT id FROM {source} WHERE {where} ORDER BY {plus}created_at DESC, {plus}id DESC"  # noqa: S608 - our own words


def _text(connection: sqlite3.Connection, sql: str, values: Mapping[str, str | int]) -> str:
    (text,) = connection.execute(f"SELECT group_concat(id) FROM ({sql})", values).fetchone()  # noqa: S608 - our own words
    return str(text or "")


def _apart(text: str) -> list[int]:
    return list(map(int, text.split(","))) if text else []


@contextmanager
def _giving_up(connection: sqlite3.Connection, is_wanted: Callable[[], bool]) -> Iterator[list[bool]]:
    """Break off what is asked inside as soon as nobody wants the answer; the list then is not empty."""
    given_up: list[bool] = []

    def look() -> bool:
        if not given_up and not is_wanted():
            given_up.append(True)
        return bool(given_up)

    connection.set_progress_handler(look, _OFTEN)
    try:
        yield given_up
    except sqlite3.OperationalError:
        if not given_up:
            raise
    finally:
        connection.set_progress_handler(None, 0)
