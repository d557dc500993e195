"""What the cover page of a fax says, and who draws it."""

from dataclasses import dataclass, field
from enum import StrEnum


class CoverKind(StrEnum):
    """Who makes the cover page: nobody, the fax service from its own template, or this program."""

    NONE = "none"
    SERVICE = "service"
    OWN = "own"


CONFIDENTIAL = (
    "This fax is confidential and meant only for the person named above. If you received it by mistake, "
    "call the sender and destroy all pages."
)


@dataclass(frozen=True, slots=True)
class Cover:
    """The words on a cover page. Empty fields vanish from the page."""

    kind: CoverKind = CoverKind.NONE
    to_name: str = field(default="", repr=False)
    from_name: str = field(default="", repr=False)
    subject: str = field(default="", repr=False)
    message: str = field(default="", repr=False)
    notice: str = field(default=CONFIDENTIAL, repr=False)
    """The confidentiality text at the foot of our own page; empty for none."""
    template_id: str = ""
    """The service's template, from its web application; empty for the standard one (wire contract, row 1)."""


@dataclass(frozen=True, slots=True)
class CoverPage:
    """Everything printed on a cover page of our own: the words, and the facts of this one fax."""

    cover: Cover
    to_number: str = field(repr=False)
    from_number: str = field(repr=False)
    date: str
    """Already in the user's own way of writing dates."""
    pages: int
    """All pages of the fax, the cover page included."""
