"""Letters for pages we draw: the three faces shipped with the program, how long words are, and where lines break.

Only the worker imports this. Lengths are points of 1/72 inch.
"""

import re
import unicodedata
from enum import StrEnum
from functools import cache
from pathlib import Path

from PIL import ImageFont

SCALE = 408 / 72
"""Dots of the drawing to a point: twice the dots of a fax line, so that strokes keep their weight when it shrinks."""

LINE = 1.362
"""Height of a line, and ASCENT its part above the base line, in sizes of the letters (from the font files)."""
ASCENT = 1.069

_PACKAGE = Path(__file__).resolve().parent.parent
_NO_LETTER = "\U0010ffff"


class Face(StrEnum):
    """A font file of ours."""

    REGULAR = "NotoSans-Regular.ttf"
    BOLD = "NotoSans-Bold.ttf"
    FIXED = "NotoSansMono-Regular.ttf"


@cache
def font(face: Face, size: float) -> ImageFont.FreeTypeFont:
    """Return the letters of `size` points, to be drawn in dots of SCALE."""
    path = _resources() / "fonts" / face
    # The plain layout engine: the other one is not on every machine, and lines would break elsewhere.
    return ImageFont.truetype(path, size * SCALE, layout_engine=ImageFont.Layout.BASIC)


def length(text: str, face: Face, size: float) -> float:
    """Return how long a text is."""
    return font(face, size).getlength(text) / SCALE


def tidy(text: str) -> str:
    """Return text as it can be drawn: one form for each letter, nothing unseen but spaces and line ends."""
    if text.isascii() and text.isprintable():  # nearly every line there is
        return text
    composed = unicodedata.normalize("NFC", "\n".join(text.splitlines())).replace("\t", " ")
    return "".join(char for char in composed if char == "\n" or not _is_unseen(char))


def unknown_letters(text: str, face: Face = Face.REGULAR) -> str:
    """Return the characters a face cannot draw, each once, in order."""
    letters = font(face, 12)
    box = _drawn(letters, _NO_LETTER)
    return "".join(
        char for char in dict.fromkeys(text) if not char.isspace() and _drawn(letters, char) == box
    )


def wrap(text: str, face: Face, size: float, width: float) -> list[str]:
    """Break a text into lines no longer than `width`; a word longer than a line is cut, an empty line stays."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        line, used = "", 0.0
        # No-break spaces hold together what belongs together, such as a number.
        for word in re.split(" +", paragraph.strip(" ")):
            longer = used + _advance(" ", face, size) + length(word, face, size)
            if line and longer <= width:
                line, used = f"{line} {word}", longer
                continue
            if line:
                lines.append(line)
            *full, line = _cut(word, face, size, width)
            lines += full
            used = length(line, face, size)
        lines.append(line)
    return lines


def _cut(word: str, face: Face, size: float, width: float) -> list[str]:
    if length(word, face, size) <= width:
        return [word]
    pieces, start, used = [], 0, 0.0
    for at, char in enumerate(word):
        advance = _advance(char, face, size)
        if at > start and used + advance > width:
            pieces.append(word[start:at])
            start, used = at, 0.0
        used += advance
    return [*pieces, word[start:]]


@cache
def _advance(char: str, face: Face, size: float) -> float:
    return length(char, face, size)


def _is_unseen(char: str) -> bool:
    return unicodedata.category(char) in ("Cc", "Cf") or "\ufe00" <= char <= "\ufe0f"


def _drawn(letters: ImageFont.FreeTypeFont, char: str) -> tuple[tuple[int, int], bytes]:
    mask = letters.getmask(char)
    return mask.size, bytes(mask)


def _resources() -> Path:
    inside = _PACKAGE / "resources"
    return inside if inside.is_dir() else _PACKAGE.parent / "resources"
