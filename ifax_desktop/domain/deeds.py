"""Deeds at the service beyond sending a fax: what each is, how it can end, and why it is not done twice by guess."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any


class Deed(StrEnum):
    """What is done at the service. Each costs, sends, or cannot be taken back; the words stand in the archive."""

    BUY = "buy a number"
    RELEASE = "release a number"
    DELETE = "delete"
    """A fax or a document at the service; here nothing is deleted."""
    DELETE_PAGES = "delete pages"
    """Of a fax at the service, which keeps its record."""
    DELETE_RECEIVED = "delete a received fax"
    READ_TEXT = "read text"
    """The service reads the pages of a fax."""
    FORWARD = "forward"
    """The service sends a fax on to another number."""


class Outcome(StrEnum):
    """How a deed ended."""

    OPEN = ""
    """Under way, or cut off while it was."""
    DONE = "done"
    REFUSED = "refused"
    NOT_ASKED = "not asked"
    """The request never left this computer."""
    NOT_CERTAIN = "not certain"
    """The service may have done it, nobody knows. Never asked for again by guess."""


@dataclass(frozen=True, slots=True)
class Intent:
    """One deed as it was written down before it was done. Times are UTC."""

    id: int
    deed: Deed
    subject: str = field(repr=False)
    known: Mapping[str, Any] = field(repr=False)
    """How things stood before, as far as that was known."""
    begun_at: datetime
    ended_at: datetime | None = None
    outcome: Outcome = Outcome.OPEN
    code: int | None = None
    message: str = field(default="", repr=False)
    raw: Mapping[str, Any] = field(default_factory=dict, repr=False)
    """What came of it."""


ONE_AT_A_TIME = frozenset({Deed.BUY})
"""Deeds of which there may be only one whose end is open, whatever it is done to."""

UNDER_WAY = {
    Deed.BUY: "A fax number is being ordered at this moment. Wait for the answer.",
    Deed.RELEASE: "This number is being released at this moment. Wait for the answer.",
    Deed.DELETE: "This is being deleted at the service at this moment. Wait for the answer.",
    Deed.DELETE_PAGES: "These pages are being deleted at the service at this moment. Wait for the answer.",
    Deed.DELETE_RECEIVED: "This fax is being deleted at the service at this moment. Wait for the answer.",
    Deed.READ_TEXT: "The service is being asked to read this fax at this moment. Wait for the answer.",
    Deed.FORWARD: "This fax is being forwarded to that number at this moment. Wait for the answer.",
}
"""Why it is not asked for again while it is under way."""

NOT_CERTAIN = {
    Deed.BUY: (
        "An order for a fax number is not certain: its answer was lost, and it may have been bought. "
        "Look at your numbers before another one is ordered."
    ),
    Deed.RELEASE: (
        "Whether this number was released is not certain: the answer was lost. Look at your numbers first."
    ),
    Deed.DELETE: "Whether this was deleted at the service is not certain: the answer was lost.",
    Deed.DELETE_PAGES: "Whether these pages were deleted at the service is not certain: the answer was lost.",
    Deed.DELETE_RECEIVED: "Whether this fax was deleted at the service is not certain: the answer was lost.",
    Deed.READ_TEXT: (
        "Whether the service reads this fax is not certain: the answer was lost, and it may cost a second time. "
        "Look for the text first."
    ),
    Deed.FORWARD: (
        "Whether this fax was forwarded to that number is not certain: the answer was lost, and it may arrive twice. "
        "Look for it in the list of sent faxes first."
    ),
}
"""Why it is not asked for again while nobody knows how it ended."""
