"""The rows of an archive as they go into the one file: each fax with all its parts, then what belongs to no fax."""

import json
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from ifax_desktop.store.bundle import ALIAS, ALONE, FACTS, PARTS, WORDS, Row

_AT_ONCE = 200
"""Faxes read together."""
_WHICH = {
    "attempt": "WHERE fax IS NULL",
    "fact": f"WHERE name IN ({', '.join(repr(name) for name in FACTS)})",
}


def faxes(connection: sqlite3.Connection) -> Iterator[Row]:
    """Every fax: {"fax": its row, "cover": [...], ...}. Numbers that mean something here only are left out."""
    last = 0
    while rows := _dicts(
        connection.execute("SELECT * FROM fax WHERE id > ? ORDER BY id LIMIT ?", (last, _AT_ONCE))
    ):
        parts = {table: _parts(connection, table, last, rows[-1]["id"]) for table in PARTS}
        words = _words(connection, last, rows[-1]["id"])
        last = rows[-1]["id"]
        for row in rows:
            yield _fax(row, {table: found.get(row["id"], []) for table, found in parts.items()}, words)


def alone(connection: sqlite3.Connection) -> Iterator[Row]:
    """Every row that belongs to no fax: {"table": its table, "row": the row}."""
    for table in ALONE:
        rows = connection.execute(f"SELECT * FROM {table} {_WHICH.get(table, '')}")  # noqa: S608 - our own names
        names = [column[0] for column in rows.description]
        for values in rows:
            row = dict(zip(names, values, strict=True))
            yield {"table": table, "row": _without(row, "id", "fax")}


def documents(connection: sqlite3.Connection) -> list[str]:
    """The SHA-256 of every document a fax has, in order."""
    found = connection.execute(
        """
        SELECT document FROM fax WHERE document <> '' UNION SELECT document FROM attachment WHERE document <> ''
        ORDER BY 1
        """
    )
    return [row[0] for row in found]


def accounts(connection: sqlite3.Connection) -> dict[str, Row]:
    """Of each account the fax numbers by which the service knows it, and its ids in other archives."""
    found: dict[str, Row] = {}
    for account in _accounts(connection):
        numbers = connection.execute(
            "SELECT number_id, number FROM own_number WHERE account = ? AND number_id <> ''", (account,)
        ).fetchall()
        found[account] = {"numbers": numbers, "aliases": sorted(aliases(connection, account))}
    return found


def aliases(connection: sqlite3.Connection, account: str) -> set[str]:
    """The ids of an account in other archives, as far as imports told."""
    names = connection.execute("SELECT name FROM fact WHERE account = ?", (account,))
    return {name.removeprefix(ALIAS) for (name,) in names if name.startswith(ALIAS)}


def _accounts(connection: sqlite3.Connection) -> list[str]:
    rows = connection.execute(
        "SELECT account FROM tally UNION SELECT account FROM own_number UNION SELECT account FROM attempt"
    )
    return [row[0] for row in rows]


def _fax(row: Row, parts: dict[str, list[Row]], words: dict[int, str]) -> Row:
    attempts = [attempt["id"] for attempt in parts["attempt"]]
    # Which attempt is the latest is said by its place, as its number is another one elsewhere.
    latest = attempts.index(row["attempt"]) if row["attempt"] in attempts else None
    line: Row = {"fax": {**_without(row, "id"), "attempt": latest}}
    for table, found in parts.items():
        if found:
            line[table] = [_without(part, "id", "fax") for part in found]
    if text := words.get(row["id"]):
        line[WORDS] = text
    return line


def _parts(connection: sqlite3.Connection, table: str, after: int, last: int) -> dict[int, list[Row]]:
    order = "fax, position" if table == "attachment" else "fax, rowid"
    sql = f"SELECT * FROM {table} WHERE fax > ? AND fax <= ? ORDER BY {order}"  # noqa: S608 - our own names
    found = _dicts(connection.execute(sql, (after, last)))
    return {fax: list(rows) for fax, rows in groupby(found, itemgetter("fax"))}


def _words(connection: sqlite3.Connection, after: int, last: int) -> dict[int, str]:
    sql = "SELECT fax, words FROM search_text WHERE fax > ? AND fax <= ? AND words <> ''"
    return dict(connection.execute(sql, (after, last)).fetchall())


def _dicts(cursor: sqlite3.Cursor) -> list[Row]:
    names = [column[0] for column in cursor.description]
    return [dict(zip(names, values, strict=True)) for values in cursor]


def _without(row: Row, *names: str) -> Row:
    return {name: value for name, value in row.items() if name not in names}


def line(content: Row) -> bytes:
    """A row as it stands in the file."""
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
