"""What a search looks for: the words a user types as a condition of SQL, and older faxes taken into the index.

The index knows every three letters in a row, so that any part of a word is found. What is shorter than that is looked for
in the texts themselves, from the newest fax on, which takes a third of a second in half a million faxes.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from typing import Final

from ifax_desktop.store.facts import Fact, fact, keep_fact
from ifax_desktop.store.rows import digits

_PHONE_SIGNS: Final = set("0123456789 \N{NO-BREAK SPACE}+-./()")
_LEAST: Final = 3
"""Letters in a row that the index knows."""
_STEP: Final = 1000
"""Faxes taken into the index at a time, which takes some 20 ms."""
_ARCHIVE: Final = ""
"""Stands where a fact has its account: the index is one for all."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What finds a text."""

    condition: str
    """SQL that holds for a row of `fax`."""
    values: Mapping[str, str | int] = field(repr=False)
    """What the names in it stand for."""
    is_indexed: bool
    """It leads to the rows by itself."""


_INDEXED = "EXISTS (SELECT 1 FROM search_index WHERE search_index MATCH :match AND rowid = fax.id)"
_ALL_INDEXED = "id IN (SELECT rowid FROM search_index WHERE search_index MATCH :match)"
_SHORT = "EXISTS (SELECT 1 FROM search_text AS text WHERE text.fax = fax.id AND ({like}))"
_OLDER = "id <= :older AND EXISTS (SELECT 1 FROM searchable AS text WHERE text.fax = fax.id AND ({like}))"


def wanted(connection: sqlite3.Connection, text: str, *, few: bool = False) -> Wanted | None:
    """The condition that finds `text`; None if there is nothing in it to look for.

    It is found as it stands, whatever the case of its letters, and a number however it is grouped; digits inside words
    are no number. With `few` it is fit for some few rows, else for all of them.
    """
    text = text.replace("\0", "").encode(errors="ignore").decode().strip()
    number = digits(text) if set(text) <= _PHONE_SIGNS else ""
    if not text:
        return None
    older = fact(connection, _ARCHIVE, Fact.UNINDEXED)
    like, values = _like(text, number)
    is_indexed = min(map(len, filter(None, (text, number)))) >= _LEAST
    condition = _SHORT.format(like=like)
    if is_indexed:
        condition = _INDEXED if few else _ALL_INDEXED
        values = {"match": _match(text, number), **(values if older else {})}
    if older:
        condition = f"({condition} OR {_OLDER.format(like=like)})"
        values["older"] = int(older)
    return Wanted(condition, values, is_indexed and not older)


def index_some(connection: sqlite3.Connection) -> bool:
    """Take some of the faxes that are not in the index yet into it, the newest first; False if there are none."""
    below = fact(connection, _ARCHIVE, Fact.UNINDEXED)
    if not below:
        return False
    step = {"first": int(below) - _STEP + 1, "last": int(below)}
    connection.execute(
        """
        INSERT INTO search_text (fax, numbers, names)
        SELECT fax, numbers, names FROM searchable WHERE fax BETWEEN :first AND :last
            AND NOT EXISTS (SELECT 1 FROM search_text WHERE search_text.fax = searchable.fax)
        """,
        step,
    )
    left = max(int(below) - _STEP, 0)
    keep_fact(connection, _ARCHIVE, Fact.UNINDEXED, str(left or ""))
    return left > 0


def _match(text: str, number: str) -> str:
    """What FTS5 calls a query: the text in any column, or the digits in the column of numbers."""
    quoted = text.replace('"', '""')
    return f'"{quoted}"' + (f' OR numbers : "{number}"' if number and number != text else "")


def _like(text: str, number: str) -> tuple[str, dict[str, str | int]]:
    """The same without the index."""
    values: dict[str, str | int] = {}
    for place, form in enumerate(_cases(text)):
        values[f"like{place}"] = f"%{_plain(form)}%"
    tests = [f"text.{column} LIKE :{name} ESCAPE '\\'" for name in values for column in ("names", "numbers")]
    if number:
        values["digits"] = f"%{number}%"
        tests.append("text.numbers LIKE :digits")
    return " OR ".join(tests), values


def _cases(text: str) -> list[str]:
    """A short text in large and small letters where LIKE does not know that they are the same: beyond a to z."""
    if text.isascii() or len(text) >= _LEAST:
        return [text]
    forms = [dict.fromkeys((letter.lower(), letter.upper(), letter)) for letter in text]
    return ["".join(form) for form in product(*forms)]


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
