"""What a search looks for: the words a user types as a condition of SQL, and new texts entered into the index.

The index knows every three letters in a row, so that any part of a word is found. What is shorter than that is looked for
in the texts themselves, from the newest fax on, which takes a third of a second in half a million faxes. So are the texts
that are not in the index yet: those of the last moments, and all for some time after an update.
"""

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import product
from math import prod
from typing import Final

from ifax_desktop.store.rows import digits

_PHONE_SIGNS: Final = set("0123456789 \N{NO-BREAK SPACE}+-./()")
_LEAST: Final = 3
"""Letters in a row that the index knows."""
_CASES: Final = 8
_STEP: Final = 1000
"""Texts entered into the index at a time, which takes some 20 ms."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What finds a text."""

    condition: str
    """SQL that holds for a row of `fax`."""
    values: Mapping[str, str | int] = field(repr=False)
    """What the names in it stand for."""
    is_indexed: bool
    """It leads to the rows by itself."""


_ALL_INDEXED = """id IN (
    SELECT rowid FROM search_index WHERE search_index MATCH :match
    UNION ALL SELECT text.fax FROM search_text AS text WHERE text.indexed = 0 AND ({like} OR {words}))"""
_FEW_INDEXED = """(EXISTS (SELECT 1 FROM search_index WHERE search_index MATCH :match AND rowid = fax.id) OR
    EXISTS (SELECT 1 FROM search_text AS text WHERE text.fax = fax.id AND text.indexed = 0 AND ({like} OR {words})))"""
_IN_TEXT = "EXISTS (SELECT 1 FROM search_text AS text WHERE text.fax = fax.id AND ({like}))"
_DUE = "SELECT fax FROM search_text WHERE indexed = 0 ORDER BY fax DESC LIMIT :step"


def wanted(text: str, *, few: bool = False) -> Wanted | None:
    """The condition that finds `text`; None if there is nothing in it to look for.

    It is found as it stands, whatever the case of its letters, and a number however it is grouped; digits inside words
    are no number. With `few` it is fit for some few rows, else for all of them.
    """
    text = text.replace("\0", "").encode(errors="ignore").decode().strip()
    number = digits(text) if set(text) <= _PHONE_SIGNS else ""
    if not text:
        return None
    like, words, values = _like(text, number)
    is_indexed = min(map(len, filter(None, (text, number)))) >= _LEAST
    condition = _IN_TEXT
    if is_indexed:
        values["match"] = _match(text, number)
        condition = _FEW_INDEXED if few else _ALL_INDEXED
    return Wanted(condition.format(like=like, words=words), values, is_indexed)


def enter_some(connection: sqlite3.Connection) -> bool:
    """Enter some texts into the index that are not in it yet, the newest first; False if there are no more."""
    step = {"step": _STEP}
    connection.execute(
        f"""
        INSERT INTO search_index (rowid, numbers, names, words)
        SELECT fax, numbers, names, words FROM search_text WHERE fax IN ({_DUE})
        """,  # noqa: S608 - our own words, here and below
        step,
    )
    entered = connection.execute(f"UPDATE search_text SET indexed = 1 WHERE fax IN ({_DUE})", step)  # noqa: S608
    return entered.rowcount == _STEP


def _match(text: str, number: str) -> str:
    """What FTS5 calls a query: the text in any column, or the digits in the column of numbers."""
    quoted = text.replace('"', '""')
    return f'"{quoted}"' + (f' OR numbers : "{number}"' if number and number != text else "")


def _like(text: str, number: str) -> tuple[str, str, dict[str, str | int]]:
    """The same without the index: in names and numbers, and in words."""
    values: dict[str, str | int] = {}
    for place, form in enumerate(_cases(text)):
        values[f"like{place}"] = f"%{_plain(form)}%"

    def tests(*columns: str) -> list[str]:
        # A mere :name has SQLite prepare the statement anew at every search, in case the pattern helps it.
        return [f"text.{column} LIKE :{name} || '' ESCAPE '\\'" for name in values for column in columns]

    like, words = tests("names", "numbers"), tests("words")
    if number:
        values["digits"] = f"%{number}%"
        like.append("text.numbers LIKE :digits || ''")
    return " OR ".join(like), " OR ".join(words), values


def _cases(text: str) -> list[str]:
    """The text in large and small letters where LIKE does not know that they are the same: beyond a to z."""
    letters = [
        (letter,) if letter.isascii() else tuple(dict.fromkeys((letter.lower(), letter.upper(), letter)))
        for letter in text
    ]
    if prod(map(len, letters)) > _CASES:  # as names are written
        return list(dict.fromkeys((text, text.lower(), text.upper(), text.title())))
    return ["".join(form) for form in product(*letters)]


def _plain(text: str) -> str:
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
