"""The one file that holds everything of an archive: its format, and what of the archive goes into it.

It is a zip file that compresses nothing: the rows as lines of JSON, one fax with all its parts in each; every document
under its SHA-256; and a list of contents with the version, the counts and the SHA-256 of the rows. Keys, passwords and
settings stay out.
"""

import re
import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final

FORMAT: Final = 1
"""Of the file; a program refuses a higher one."""
CONTENTS: Final = "ifax-desktop.json"
ROWS: Final = "faxes.jsonl"
DOCUMENTS: Final = "documents/"
SHA: Final = re.compile(r"[0-9a-f]{64}")
PIECE: Final = 1 << 20
"""Bytes of a document read at once."""

Row = dict[str, Any]
Step = Callable[[int, int], None]
"""Told how much is done and how much there is, from any thread. It raises Stopped to end the work."""


class Stopped(Exception):
    """The user does not want to wait for the end. Nothing half is left."""


PARTS: Final = ("cover", "attachment", "attempt", "event", "arrival", "seen_elsewhere")
"""Tables whose rows belong to a fax, by their column `fax`."""
ALONE: Final = ("attempt", "own_number", "deleted_fax", "awaited", "intent", "fact")
"""Tables with rows that belong to an account alone; of attempts those whose fax is gone, of facts the few below."""
ALIAS: Final = "alias "
"""Begins the name of a fact that tells under which other id an account is known elsewhere."""
FACTS: Final = ("strangers",)
"""Facts of an account that hold wherever its faxes are."""
STAY: Final = {
    "seal": "of this copy of the archive alone",
    "loose_document": "of this folder of documents alone",
    "tally": "counted anew",
    "search_text": "made anew, but for the words read in documents, which go with their fax",
}
"""Tables that stay, and why."""
WORDS: Final = "words"
"""Under this name the words read in a fax's documents go with it."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table of ours."""

    name: str
    is_text: bool
    may_be_null: bool
    has_default: bool


def columns(connection: sqlite3.Connection, table: str) -> dict[str, Column]:
    """The columns of one of our tables, by name."""
    found = connection.execute(
        'SELECT name, type, "notnull", dflt_value, pk FROM pragma_table_info(?)', (table,)
    )
    return {
        name: Column(name, kind == "TEXT", not (required or key), default is not None)
        for name, kind, required, default, key in found
    }
