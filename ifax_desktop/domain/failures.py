"""The service's error table: what happened, what to do, and whether a planned second try is safe.

The rows are package data (`resources/error-codes.csv`). Codes are not unique: a row is looked up by code and message,
with the fall-backs of the field notes, section 4.7. What a fax's status says always comes before its code.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum


class Advice(StrEnum):
    """Who has to do something about a failure."""

    RETRY = "retry_automatically"
    NUMBER = "fix_number"
    DOCUMENT = "fix_document"
    ACCOUNT = "fix_account"
    SUPPORT = "contact_support"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class Failure:
    """One row of the table, in words for people."""

    code: int | None
    message: str
    """The service's own words."""
    advice: Advice
    words: str
    retry_is_safe: bool
    """Repeating is worth while and no page can print twice."""
    tries: int
    delay: timedelta

    @property
    def title(self) -> str:
        """What happened, in a few words without the full stop."""
        return self.words.partition(". ")[0].partition(";")[0].rstrip(".")

    @property
    def meaning(self) -> str:
        """The rest of the advice, without promises: what the program will do is said from its plan."""
        first, _, rest = self.words.partition(". ")
        tail = first.partition("; ")[2].rstrip(".")
        sentences = [f"{tail[:1].upper()}{tail[1:]}."] if tail else []
        sentences += [
            f"{part.rstrip('.')}." for part in rest.split(". ") if part and not part.startswith("We ")
        ]
        return " ".join(sentences)


_SAME_CODE = {-1005: Advice.SUPPORT, 6002: Advice.NUMBER, 6021: Advice.RETRY, 6100: Advice.RETRY}


class Catalogue:
    """All known failures, by code and message."""

    def __init__(self, rows: Iterable[Failure]) -> None:
        self._rows: dict[int, list[Failure]] = {}
        for row in rows:
            if row.code is not None:
                self._rows.setdefault(row.code, []).append(row)

    @classmethod
    def read(cls, text: str) -> "Catalogue":
        """Read the table from the text of the CSV file."""
        return cls(_failure(row) for row in csv.DictReader(text.splitlines()))

    def __len__(self) -> int:
        return sum(len(rows) for rows in self._rows.values())

    def find(self, code: int | None, message: str = "") -> Failure:
        """The row for a code and message; an unknown one shows the service's own words and is never retried."""
        rows = self._rows.get(code, []) if code is not None else []
        for row in rows:
            if row.message.lower() == message.strip().lower():
                return row
        if rows:
            wanted = _SAME_CODE.get(rows[0].code or 0)
            return next((row for row in rows if row.advice == wanted), rows[0])
        words = f"The service says: {message}" if message else "The service gave no reason"
        return Failure(code, message, Advice.SUPPORT, words, False, 0, timedelta())


def _failure(row: dict[str, str]) -> Failure:
    return Failure(
        code=int(row["code"]),
        message=row["message"],
        advice=Advice(row["group"]),
        words=row["advice"],
        retry_is_safe=row["retryable"] == "true" and row["duplicate_risk_if_resent"] == "no",
        tries=int(row["max_auto_retries"] or 0),
        delay=timedelta(seconds=int(row["first_delay_seconds"] or 0)),
    )
