"""Reads a line of the one file, and believes nothing in it: only columns of ours, with values that make sense in them."""

import json
import sqlite3
from collections.abc import Callable
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

Check = Callable[[Any], bool]


class Lines:
    """Knows what a line may hold, from the archive it is meant for."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        tables = {"fax", *PARTS, *ALONE}
        known = {table: columns(connection, table) for table in tables}
        for table in PARTS:
            known[table].pop("fax")  # what a part belongs to is said by its line
        for found in known.values():
            found.pop("id", None)
        self._checks = {
            table: {name: _check_of(table, column) for name, column in found.items()}
            for table, found in known.items()
        }
        self._needed = {
            table: {name for name, column in found.items() if not (column.has_default or column.may_be_null)}
            for table, found in known.items()
        }

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
        checks = self._checks[table]
        if not isinstance(row, dict) or not row.keys() <= checks.keys():
            raise _damaged(f"{table} has columns we do not know")
        for name, value in row.items():
            if not checks[name](value):
                raise _damaged(f"{table}.{name} makes no sense")
        if not self._needed[table] <= row.keys():
            raise _damaged(f"{table} is not complete")


def _check_of(table: str, column: Column) -> Check:
    """What a value in this column must be. Made once, as it is asked for each value of a million faxes."""
    check = _text_check(table, column) if column.is_text else _number_check(column.name)
    if column.may_be_null:
        return lambda value: value is None or check(value)
    return check


def _number_check(name: str) -> Check:
    least, most = -_WHOLE, _WHOLE - 1
    if name in _MOMENTS or name.endswith("_at"):
        least, most = 0, _LATEST
    elif name in _COUNTS:
        least, most = 0, _MOST
    # True and False are numbers to Python, and none to us.
    return lambda value: type(value) is int and least <= value <= most


def _text_check(table: str, column: Column) -> Check:
    if words := _WORDS.get((table, column.name)):
        return lambda value: isinstance(value, str) and value in words
    if column.name in _JSON:
        return lambda value: _is_text(value, _LONGEST * 8) and (not value or _is_object(value))
    if column.name == "document":
        may_be_empty = table == "fax"
        return lambda value: isinstance(value, str) and bool(SHA.fullmatch(value) if value else may_be_empty)
    if column.name == "account":
        return lambda value: _is_text(value, 100) and bool(value)
    return lambda value: _is_text(value, _LONGEST)


def _is_text(value: Any, longest: int) -> bool:
    if not isinstance(value, str) or len(value) > longest:
        return False
    if value.isascii():
        return True
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
