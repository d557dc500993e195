"""What the fax service tells of faxes and numbers, in our own words and types. Ids are text: some have 19 digits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class SentReport:
    """One sent fax as the service knows it (wire contract, rows 5 and 7)."""

    job_id: str
    status: str
    """The service's own word; see `domain.fax.final_state`."""
    from_number: str = ""
    to_number: str = ""
    pages: int | None = None
    pages_done: int | None = None
    code: int | None = None
    message: str = ""
    seconds: int | None = None
    """Length of the call."""
    fax_id: str = ""
    transaction_id: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False)
    """Everything that came, fields we do not know included."""


@dataclass(frozen=True, slots=True)
class ReceivedReport:
    """One received fax in the service's list (wire contract, row 12)."""

    job_id: str
    transaction_id: str
    from_number: str
    to_number: str
    received_at: datetime | None = None
    """As the service wrote it, read as UTC: the contract names no zone."""
    received_text: str = ""
    """The service's own value, kept as it came."""
    pages: int | None = None
    fax_id: str = ""
    raw: Mapping[str, Any] = field(default_factory=dict, compare=False)


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A fax number of this account (wire contract, row 17)."""

    number: str
    number_id: str = ""
    order_id: str = ""
    country: str = ""
    area: str = ""
    since: datetime | None = None
    """When the service says it became ours; None where it does not tell."""
