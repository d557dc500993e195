"""The pages of a fax as they are to be printed: paper, fineness, and how each page of a document is treated.

Sizes are those of Group 3 lines (ITU-T T.4): 1728 dots on 215 mm, and 98, 196 or 391 lines to the inch.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

WIDTH: Final = 1728
"""Dots across every fax page: 215 mm, a hair less than Letter."""
ACROSS: Final = 204
"""Dots to the inch, side to side."""
STANDARD, FINE, SUPERFINE = 98, 196, 391
"""Lines to the inch, top to bottom."""
PAGE_WIDTH: Final = WIDTH * 72 / ACROSS
"""Points of 1/72 inch across every fax page."""


class Paper(StrEnum):
    """What the other side is taken to print on."""

    LETTER = "letter"
    A4 = "a4"

    def lines(self, fineness: int) -> int:
        """The lines of a whole page that has `fineness` lines to the inch."""
        return _LINES[self][fineness]


_LINES: Final = {
    Paper.LETTER: {STANDARD: 1078, FINE: 2156, SUPERFINE: 4301},
    Paper.A4: {STANDARD: 1145, FINE: 2291, SUPERFINE: 4573},
}


_LETTER_COUNTRIES: Final = frozenset(
    ["US", "CA", "MX", "PR", "PH", "CL", "CO", "CR", "DO", "GT", "HN", "NI", "PA", "SV", "VE", "BO"]
)


def usual_paper(region: str) -> Paper:
    """The paper offices of a country (ISO 3166) print on."""
    return Paper.LETTER if region.upper() in _LETTER_COUNTRIES else Paper.A4


class Treatment(StrEnum):
    """How a page becomes black and white."""

    AUTO = "auto"
    TEXT = "text"
    PHOTO = "photo"
    DARKER = "darker"
    LIGHTER = "lighter"


@dataclass(frozen=True, slots=True)
class PageFormat:
    """What all pages of one fax have in common."""

    paper: Paper = Paper.LETTER
    fineness: int = FINE
    """Lines to the inch: 98, 196 or 391."""

    @property
    def lines(self) -> int:
        """The lines of every page."""
        return self.paper.lines(self.fineness)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height in points of 1/72 inch."""
        return PAGE_WIDTH, self.lines * 72 / self.fineness


@dataclass(frozen=True, slots=True)
class PageLook:
    """How one page is to be printed."""

    rotation: int = 0
    """Degrees clockwise: 0, 90, 180 or 270, beyond the turn that makes a lying page fit."""
    treatment: Treatment = Treatment.AUTO
    inset: bool = False
    """Made smaller, so that nothing is near an edge where fax machines cut."""
