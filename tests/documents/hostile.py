"""What a hostile file is, and what shall come of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from ifax_desktop.documents.child import SENTENCES
from ifax_desktop.documents.protocol import Reason

TOO_LONG: Final = "Reading this document took too long."

Outcome = int | str | Reason
"""So many pages, a sentence, or the reason whose sentence is said."""


@dataclass(frozen=True, slots=True)
class Hostile:
    """A file made to do harm, or harmed itself."""

    name: str
    make: Callable[[], bytes]
    comes: Outcome
    """What comes of adding it to a fax."""
    first: str | Reason = ""
    """Why its first page cannot be made, although it could be added; "" if it can."""
    slow: bool = False
    """It takes as long as it is let."""


def sentence(comes: str | Reason) -> str:
    """Return what is said."""
    return SENTENCES[comes] if isinstance(comes, Reason) else comes
