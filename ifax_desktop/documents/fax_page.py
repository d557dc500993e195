"""The page a fax machine prints: black and white, 1728 pixels across, 204 by 196 to the inch.

Only the worker imports this. Sizes are those of Group 3 lines and fine quality (ITU-T T.4; Letter has 2156 lines).
"""

import io

from PIL import Image

WIDTH = 1728
"""Pixels across every fax page: 215 mm, a hair less than Letter."""
LETTER_LINES = 2156
"""Lines of a Letter page of fine quality."""
ACROSS = 204
"""Pixels to the inch, side to side."""
DOWN = 196
"""Lines to the inch, top to bottom, in fine quality."""

_BLACK_BELOW = 160
# Halfway between 128 and 192, which lose no words of ordinary text: thin anti-aliased strokes stay whole.


def black_and_white(grey: Image.Image) -> Image.Image:
    """Return the 1-bit page for a grey one, with no dots where there was grey: they slow a fax and blur its text."""
    return grey.point(_TO_BITS, "1")


def one_page_pdf(page: Image.Image) -> bytes:
    """Return a 1-bit page as a PDF holding one Group 4 picture of 204 by 196 dots to the inch."""
    if page.mode != "1":
        raise ValueError(f"a page of mode {page.mode} is not black and white")
    written = io.BytesIO()
    page.save(written, "PDF", dpi=(ACROSS, DOWN))
    return written.getvalue()


_TO_BITS = [0] * _BLACK_BELOW + [255] * (256 - _BLACK_BELOW)
