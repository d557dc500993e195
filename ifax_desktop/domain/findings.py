"""What may go wrong with a page on its way, found before it goes: what, where on the page, and how bad."""

from dataclasses import dataclass, field
from enum import StrEnum


class Trouble(StrEnum):
    """What was found on a page as it will be printed (field notes, section 4.2)."""

    SMALL_TEXT = "small-text"
    """`value` is its size in points on the paper."""
    NOISE = "noise"
    """Grey or colour that turned to dots around writing; a photograph alone is meant to be dots."""
    DARK = "dark"
    """`value` is the share of black, 0 to 1."""
    SLOW = "slow"
    """`value` is the minutes the page takes on a usual line."""
    BLANK = "blank"
    COARSE = "coarse"
    """A picture with too few dots of its own: `value` to the inch."""
    EDGE = "edge"
    """Something is printed where fax machines cut."""
    LETTERS = "letters"
    """`text` holds characters that cannot be printed."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found on one page."""

    trouble: Trouble
    left: float = 0.0
    top: float = 0.0
    right: float = 1.0
    bottom: float = 1.0
    """Where, as shares of the page's width and height."""
    value: float = 0.0
    text: str = field(default="", repr=False)
