"""Reads a line of the one file, and believes nothing in it: only columns of ours, with values that make sense in them."""

import json
import sqlite3
from enum import StrEnum
from typing import Any, Final

from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.domain.deeds import Deed, Outcome
from ifax_desktop.domain.errors import ImportRefused
from ifax_desktop.domain.fax import Direction, Happening, State, Stop, Waiting
from ifax_desktop.domain.quality import Quality
from ifax_desktop.store.bundle import ALONE, FACTS, PARTS, SHA, WORDS, Column, Row, columns

DAMAGED: Final = "This file is damaged, or was not made by iFax Desktop. Nothing was taken from it."

_KINDS: Final[dict[tuple[str, str], type[StrEnum]]] = {
    ("fax", "direction"): Direction,
    ("fax", "state"): State,
    ("fax", "waiting"): Waiting,
    ("fax", "stop"): Stop,
    ("fax", "quality"): Quality,
    ("cover", "kind"): CoverKind,
    ("event", "what"): Happening,
    ("deleted_fax", "direction"): Direction,
    ("intent", "what"): Deed,
    ("intent", "outcome"): Outcome,
}
_WORDS: Final = {place: frozenset(map(str, kind)) for place, kind in _KINDS.items()}
_MOMENTS: Final = {"at", "since", "first_seen", "first_missed", "next_try", "looked_at", "silent_since"}
_LATEST: Final = 253_402_300_799_999
"""The last millisecond of the year 9999, which is the last a clock of ours can tell."""
_COUNTS: Final = {"pages", "pages_done", "size", "tries", "looks", "position"}
_MOST: Final = 1 << 40
_JSON: Final = {"raw", "known"}
_LONGEST: Final = 1_000_000
"""Letters in one value, but for what the service sent."""
_WHOLE: Final = 1 << 63


class Lines:
    """Knows what a line may hold, from the archive it is meant for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        tables = {"fax", *PARTS, *ALONE}
        self._columns = {table: columns(connection, table) for table in tables}
        for table in PARTS:
            self._columns[table].pop("fax")
        for found in self._columns.values():
            found.pop("id", None)
        self._columns["attempt"].pop("fax", None)

    def read(self, line: bytes) -> Row:
        """The line as rows that fit into the archive. Raises ImportRefused."""
        try:
            content = json.loads(line, parse_constant=_refuse)
        except (ValueError, RecursionError) as error:
            raise _damaged("a line is no JSON") from error
        if not isinstance(content, dict):
            raise _damaged("a line is no row")
        if "table" in content:
            self._check_alone(content)
        else:
            self._check_fax(content)
        return content

    def _check_alone(self, content: Row) -> None:
        table = content["table"]
        _must(content.keys() == {"table", "row"} and table in ALONE, "a row of no table")
        self._check(table, content["row"])
        _must(table != "fact" or content["row"]["name"] in FACTS, "a fact that stays where it is")

    def _check_fax(self, content: Row) -> None:
        _must("fax" in content and content.keys() <= {"fax", WORDS, *PARTS}, "a line of unknown parts")
        for table in PARTS:
            rows = content.get(table, [])
            _must(isinstance(rows, list), f"{table} is no list")
            for row in rows:
                self._check(table, row)
        fax = content["fax"]
        self._check("fax", fax)
        latest, attempts = fax.get("attempt"), content.get("attempt", [])
        _must(latest is None or 0 <= latest < len(attempts), "a fax of an attempt that is not there")
        received = fax["direction"] == Direction.RECEIVED
        _must(received == (fax["state"] == State.RECEIVED), "a fax that went two ways")
        _must(
            fax["job_id"] != "" or not (received or fax.get("elsewhere")),
            "a fax of the service without its id",
        )
        _must(
            all(attempt["account"] == fax["account"] for attempt in attempts), "an attempt of somebody else"
        )
        _must(_is_text(content.get(WORDS, ""), _LONGEST * 8), "words that are no text")

    def _check(self, table: str, row: Any) -> None:
        known = self._columns[table]
        if not isinstance(row, dict) or not row.keys() <= known.keys():
            raise _damaged(f"{table} has columns we do not know")
        for name, column in known.items():
            if name not in row:
                if not (column.has_default or column.may_be_null):
                    raise _damaged(f"{table}.{name} is missing")
            elif not _fits(table, column, row[name]):
                raise _damaged(f"{table}.{name} makes no sense")


def _fits(table: str, column: Column, value: Any) -> bool:
    if value is None:
        return column.may_be_null
    if not column.is_text:
        return _is_whole(column.name, value)
    if not _is_text(value, _LONGEST * 8 if column.name in _JSON else _LONGEST):
        return False
    if column.name in _JSON:
        return value == "" or _is_object(value)
    if column.name == "document":
        return SHA.fullmatch(value) is not None or (table == "fax" and value == "")
    if column.name == "account":
        return 0 < len(value) <= 100
    words = _WORDS.get((table, column.name))
    return words is None or value in words


def _is_whole(name: str, value: Any) -> bool:
    if not isinstance(value, int) or isinstance(value, bool):
        return False
    if name in _MOMENTS or name.endswith("_at"):
        return 0 <= value <= _LATEST
    return 0 <= value <= _MOST if name in _COUNTS else -_WHOLE <= value < _WHOLE


def _is_text(value: Any, longest: int) -> bool:
    if not isinstance(value, str) or len(value) > longest:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:  # half of a sign
        return False
    return True


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text, parse_constant=_refuse), dict)
    except (ValueError, RecursionError):
        return False


def _must(holds: bool, detail: str) -> None:
    if not holds:
        raise _damaged(detail)


def _damaged(detail: str) -> ImportRefused:
    return ImportRefused(DAMAGED, detail)


def _refuse(word: str) -> None:
    raise ValueError(word)
