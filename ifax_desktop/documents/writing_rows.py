"""Rows of writing, found on a page of black and white by where it changes; their size tells that of the letters.

Only the worker imports this. Where a row stands, between blank lines, black and white change much more often in the
middle, through the small letters, than above and below, through the few that are tall. Tables of numbers and words in
capitals have no such middle, pictures have no rows: neither is taken for writing, as nothing is sure about them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from PIL import Image

from ifax_desktop.domain.page import WIDTH

STRIP: Final = 128
"""Dots: 16 mm across, in which a row has tall letters and tails, and hardly leaves the level."""
_QUIET: Final = 4
"""Of 255: two changes in a strip; a line with fewer lies between rows."""
_LEAST_PEAK: Final = 28
"""Of 255: fourteen changes in a strip, half of what letters of 12 points have."""
_MIDDLE: Final = (0.3, 0.8)
"""The share of a row's height that its small letters take; capitals and digits take all of it."""
_HEIGHT, _SMALL_LETTERS, _WIDTH = 0.95, 0.55, 400.0
"""How high a row is from its tall letters to its tails, and in the middle, in sizes of its letters; and how often a row
of one point would change, of 255. Measured on the common faces: among them letters vary by a third in one of these, and
are wide where they are low."""
_BLUR: Final = 0.25
"""Lines by which writing grows where its edges are soft."""
_NO_ROW: Final = bytes([0] * _QUIET) + bytes(range(_QUIET, 256))
_BELOW: Final = [bytes(range(level)) for level in range(256)]
"""For counting what is not below a level without a loop."""


@dataclass(frozen=True, slots=True)
class Row:
    """A piece of a row of writing, in dots and lines of the page."""

    left: int
    top: int
    right: int
    bottom: int
    points: float
    """About the size of its letters, rather too much than too little."""


def rows_of_writing(changes: Image.Image, fineness: int, least: float, most: float) -> Iterator[Row]:
    """Yield every piece of a row whose letters are about `least` to `most` points large.

    `changes` is a grey page that is white wherever a dot differs from the one on its left.
    """
    strips = changes.reduce((STRIP, 1)).transpose(Image.Transpose.TRANSPOSE)
    lines, every, line = strips.width, strips.tobytes(), 72 / fineness
    shortest, tallest = (round(points * _HEIGHT / line) for points in (least, most))
    for left in range(0, WIDTH, STRIP):
        start = left // STRIP * lines
        top = 0
        for run in every[start : start + lines].translate(_NO_ROW).split(b"\0"):
            height = len(run)
            if shortest <= height <= tallest and (peak := max(run)) >= _LEAST_PEAK:
                middle = len(run.translate(None, _BELOW[peak // 2]))
                if _MIDDLE[0] * height <= middle <= _MIDDLE[1] * height:
                    high = max((height - _BLUR) / _HEIGHT, (middle - _BLUR) / _SMALL_LETTERS) * line
                    right = min(left + STRIP, WIDTH)
                    yield Row(left, top, right, top + height, max(high, _WIDTH / peak))
            top += height + 1
