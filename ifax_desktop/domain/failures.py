"""The service's error table: what happened, what to do, and whether a planned second try is safe.

The rows are package data (`resources/error-codes.csv`). Codes are not unique: a row is looked up by code and message,
with the fall-backs of the field notes, section 4.7. What a fax's status says always comes before its code: the code only
tells why. A negative code is not final, so nothing is ever sent again by itself after one.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass, replace
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
    """Sending the fax again is worth while, and no page can print twice."""
    tries: int
    delay: timedelta
    may_be_there: bool = False
    """The service or the other machine may have the fax, or pages of it, in spite of this."""

    @property
    def is_prominent(self) -> bool:
        """Whether it deserves a card: the user can do something. The rest is a small notice with the raw code."""
        return self.advice in _PROMINENT or self.is_money or self.is_caller_id

    @property
    def is_money(self) -> bool:
        """Whether the account has not enough credit, or could not be charged."""
        return self.code in _MONEY

    @property
    def is_caller_id(self) -> bool:
        """Whether the sender number may not be used."""
        return self.code in _CALLER_ID

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


_PROMINENT = frozenset({Advice.RETRY, Advice.NUMBER, Advice.DOCUMENT})
_MONEY = frozenset({-22, -2037, 9023, 9040, 12012, 205000, 120105, 120106})
_CALLER_ID = frozenset({120103, 120104})

_SAME_CODE = {-1005: Advice.SUPPORT, 6002: Advice.NUMBER, 6021: Advice.RETRY, 6100: Advice.RETRY}
"""What a code means that stands twice, where its message is unknown. What is tried again then is tried once."""

_OF_ANOTHER_CALL = frozenset({12048, 12096, 12099, 12100, 12101, 12102, 12133})
"""Worth repeating is the call for cancel, status, lists, delete, countries, prices or download: never the fax."""

_CANCELED = frozenset({403, 9030, 12077})
"""The rows with nothing to do that can be why a fax did not get through. All others tell of success or of progress."""

_AS_A_RESULT = " As a fax result: "
_SIGNING_IN = "Signing in: "
"""12033 is a message about the account or a hang-up cause (606): its row says both."""

_NOT_FINAL = frozenset({-3001, -2041, -1066, -1062, -1005, -1004, -150, -22, -11, -3})


def is_not_final(code: int | None) -> bool:
    """Whether the service may have a fax although it refused it with this code: ask before it is offered again."""
    return code in _NOT_FINAL


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
            if _plain(row.message) == _plain(message):
                return row
        if rows:
            return _any_of(rows)
        words = f"The service says: {message}" if message else "The service gave no reason"
        return Failure(code, message, Advice.SUPPORT, words, False, 0, timedelta())

    def reason(self, code: int | None, message: str = "", status: str = "") -> Failure:
        """Why a fax did not get through, which was decided before by its status.

        `status` is the service's word for the fax; empty if it refused to take it. A text of success is no reason.
        """
        row = self.find(code, message)
        if row.advice is Advice.NOTHING and row.code not in _CANCELED:
            words = "This fax did not get through; the service does not say why."
            return Failure(code, message, Advice.SUPPORT, words, False, 0, timedelta())
        signing_in, both, as_a_result = row.words.partition(_AS_A_RESULT)
        if not both:
            return row
        if status:
            return replace(row, advice=Advice.RETRY, words=_sentence(as_a_result))
        return replace(row, words=_sentence(signing_in.removeprefix(_SIGNING_IN)))


def _any_of(rows: list[Failure]) -> Failure:
    """The row for a code alone: the meaning the field notes choose, and of several such rows the most careful one."""
    wanted = _SAME_CODE.get(rows[0].code or 0)
    fitting = [row for row in rows if row.advice is wanted] or rows
    row = next((row for row in fitting if row.may_be_there), fitting[0])
    return replace(row, tries=min(row.tries, 1)) if len(rows) > 1 else row


def _failure(row: dict[str, str]) -> Failure:
    code = int(row["code"])
    risk = row["duplicate_risk_if_resent"] != "no"
    return Failure(
        code=code,
        message=row["message"],
        advice=Advice(row["group"]),
        words=row["advice"],
        retry_is_safe=row["retryable"] == "true" and not risk and code >= 0 and code not in _OF_ANOTHER_CALL,
        tries=int(row["max_auto_retries"] or 0),
        delay=timedelta(seconds=int(row["first_delay_seconds"] or 0)),
        may_be_there=risk,
    )


def _plain(message: str) -> str:
    """A message as it is compared: the service's spaces and capitals change."""
    return " ".join(message.split()).casefold()


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}"
