"""Where a page of a document comes to lie on a page of a fax: turned, made smaller, never cut and never made larger.

Only the worker imports this.
"""

from dataclasses import dataclass
from typing import Final

from ifax_desktop.domain.page import ACROSS, PAGE_WIDTH, WIDTH, PageFormat, PageLook

HEADER: Final = 14.2
"""Points at the top that the service's own line needs: 5 mm (field notes, section 4.1)."""
EDGE: Final = 28.4
"""Points that stay free at every side of a page that is inset: 10 mm, more than any fax machine cuts."""
_WORTH_A_TURN: Final = 1.1
"""A page is turned if it comes out larger by this much."""


@dataclass(frozen=True, slots=True)
class Place:
    """A rectangle on the fax page, in dots and lines, and the turn of what is drawn in it, degrees clockwise."""

    left: int
    top: int
    across: int
    down: int
    turn: int
    scale: float
    """How much smaller than in the document, 1 at most."""


def place(
    size: tuple[float, float], form: PageFormat, look: PageLook, *, below_header: bool = False
) -> Place:
    """Return where a page of this size in points goes: in the middle, at the top, as large as in the document.

    `below_header` keeps it out of the line the service prints.
    """
    page_width, page_height = form.size
    top = HEADER + EDGE if look.inset else HEADER if below_header else 0.0
    width = page_width - 2 * EDGE if look.inset else page_width
    height = page_height - top - (EDGE if look.inset else 0)
    turn = look.rotation
    if _scale(_turned(size, 90), width, height) > _WORTH_A_TURN * _scale(size, width, height):
        turn = (turn + 90) % 360
    size = _turned(size, turn)
    scale = _scale(size, width, height)
    across = min(max(1, round(size[0] * scale * ACROSS / 72)), WIDTH)
    down = min(max(1, round(size[1] * scale * form.fineness / 72)), form.lines)
    first = min(round(top * form.fineness / 72), form.lines - down)
    return Place((WIDTH - across) // 2, first, across, down, turn, scale)


def _turned(size: tuple[float, float], turn: int) -> tuple[float, float]:
    return size if turn in (0, 180) else (size[1], size[0])


def _scale(size: tuple[float, float], width: float, height: float) -> float:
    # A hair wider than the line is still as wide as the line: Letter is 8.5 inches, and its outer dots go anyway.
    across = 1.0 if abs(size[0] - PAGE_WIDTH) < 3 and width == PAGE_WIDTH else width / size[0]
    return min(1.0, across, height / size[1])
