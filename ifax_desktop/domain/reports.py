"""What the fax service tells of faxes, in our own words and types.

Ids are text: some have 19 digits. Numbers and the service's own words stay out of every representation, as those end in
logs. `raw` is everything that came, fields we do not know included.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

from ifax_desktop.domain.fax import Direction

Raw = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SentReport:
    """One sent fax as the service knows it (wire contract, rows 5 and 7)."""

    job_id: str
    status: str
    """The service's own word; see `domain.fax.final_state`."""
    from_number: str = field(default="", repr=False)
    to_number: str = field(default="", repr=False)
    pages: int | None = None
    pages_done: int | None = None
    """Pages the other machine confirmed."""
    code: int | None = None
    message: str = field(default="", repr=False)
    seconds: int | None = None
    """Length of the call."""
    fax_id: str = ""
    """The key for labels and fields."""
    transaction_id: str = ""
    began_at: datetime | None = None
    """When the call began; None while the service does not tell."""
    ended_at: datetime | None = None
    raw: Raw = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class ReceivedReport:
    """One received fax in the service's lists (wire contract, rows 11 and 12)."""

    job_id: str
    transaction_id: str
    from_number: str = field(repr=False)
    to_number: str = field(repr=False)
    received_at: datetime | None = None
    """As the service wrote it, read as UTC: the contract names no zone."""
    received_text: str = ""
    """The service's own value, kept as it came."""
    pages: int | None = None
    fax_id: str = ""
    raw: Raw = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Label:
    """A label of the account (row 25). Labels are made in the service's web application."""

    label_id: str
    name: str = field(default="", repr=False)
    color: str = ""
    """As the service writes it, usually #rrggbb."""
    raw: Raw = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class FieldValue:
    """One custom field of one fax, with what was filled in (rows 28 and 29)."""

    field_id: str
    name: str = field(default="", repr=False)
    value: str = field(default="", repr=False)
    raw: Raw = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class SentDetail:
    """A sent fax with what the service keeps beside it (row 6)."""

    report: SentReport
    subject: str = field(default="", repr=False)
    labels: tuple[Label, ...] = ()
    fields: tuple[FieldValue, ...] = ()


class Extract(StrEnum):
    """What is read from the pages: their text, or the facts in it (rows 15 and 16)."""

    TEXT = "OCR"
    FACTS = "NLP"


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was read from a fax, as far as it is there (row 16)."""

    job_id: str
    kind: Extract
    state: str = ""
    """The service's own word, if it gave one."""
    text: str = field(default="", repr=False)
    facts: tuple[FieldValue, ...] = ()
    raw: Raw = field(default_factory=dict, compare=False, repr=False)

    @property
    def is_there(self) -> bool:
        """Something was read. An empty result may still be at work: the contract knows no word for the end."""
        return bool(self.text or self.facts)


@dataclass(frozen=True, slots=True)
class UsageRecord:
    """One call as the service books it (row 24)."""

    direction: Direction | None
    """None where the record does not say."""
    job_id: str = ""
    fax_id: str = ""
    transaction_id: str = ""
    from_number: str = field(default="", repr=False)
    to_number: str = field(default="", repr=False)
    started_at: datetime | None = None
    ended_at: datetime | None = None
    seconds: int | None = None
    pages: int | None = None
    pages_done: int | None = None
    status: str = ""
    code: int | None = None
    message: str = field(default="", repr=False)
    cost: Decimal | None = None
    """In the account's currency, which the service does not name; None where no cost is told."""
    raw: Raw = field(default_factory=dict, compare=False, repr=False)
