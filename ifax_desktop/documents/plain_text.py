"""A plain text file as pages: its encoding found out, its lines broken, set in the fixed letters we ship.

Only the worker imports this. Places are points of 1/72 inch from the top left of a Letter page.
"""

import codecs
import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from PIL import Image, ImageDraw

from ifax_desktop.documents import lettering, protocol
from ifax_desktop.documents.lettering import Face
from ifax_desktop.documents.protocol import Reason, Refusal

PAGE: Final = (609.9, 792.0)
_SIZE: Final = 10.0
_LEFT: Final = 60.0
_TOP: Final = 54.0
_COLUMNS: Final = 80
_LEADING: Final = 13.0
_ROWS: Final = 52
_TAB: Final = 8
_LONGEST: Final = 4 * protocol.MEGABYTE
_SAMPLE: Final = 64 * 1024
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_ESCAPES: Final = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")
_UNUSUAL: Final = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_LETTER: Final = re.compile(r"\S")
_MOST_UNUSUAL: Final = 0.01
"""The share of control characters from which on a file is no text."""


class PlainText:
    """The pages of a text. Raises Refusal if a file holds none."""

    def __init__(self, document: bytes) -> None:
        if len(document) > _LONGEST:
            raise Refusal(Reason.TOO_MANY_PAGES, f"{len(document)} bytes of text")
        text = decoded(document)
        if not text.strip():
            raise Refusal(Reason.EMPTY)
        self._pages = list(islice(_pages(text), protocol.MAX_PAGES + 1))
        if len(self._pages) > protocol.MAX_PAGES:
            raise Refusal(Reason.TOO_MANY_PAGES, f"more than {protocol.MAX_PAGES} pages")
        self.pages = len(self._pages)

    def close(self) -> None:
        """Nothing is held."""

    def sizes(self) -> list[tuple[float, float]]:
        """Return width and height of each page, in points."""
        return [PAGE] * self.pages

    def draw(self, page: int, width: int, height: int, turn: int, *, colour: bool = False) -> Image.Image:
        """Return a page, grey, of this size after a turn by `turn` degrees clockwise."""
        if not 0 <= page < self.pages:
            raise Refusal(Reason.PAGE_DAMAGED, f"there is no page {page}")
        dots = (round(PAGE[0] * lettering.SCALE), round(PAGE[1] * lettering.SCALE))
        sheet = Image.new("L", dots, 255)
        pen = ImageDraw.Draw(sheet)
        letters = lettering.font(Face.FIXED, _SIZE)
        for row, line in enumerate(self._pages[page]):
            base = _TOP + _SIZE * lettering.ASCENT + row * _LEADING
            place = (_LEFT * lettering.SCALE, base * lettering.SCALE)
            pen.text(place, line, fill=0, font=letters, anchor="ls")
        sheet = sheet.rotate(-turn, expand=True) if turn else sheet
        return sheet.resize((width, height), Image.Resampling.BOX)

    def unknown_letters(self, page: int) -> str:
        """Return the characters of a page that our letters cannot draw, each once."""
        return lettering.unknown_letters("".join(self._pages[page]), Face.FIXED)


def decoded(document: bytes) -> str:
    """Return the text of a file in any encoding; Refusal if it is none."""
    text = _ESCAPES.sub("", _decoded(document))
    if len(_UNUSUAL.findall(text[:_SAMPLE])) > _MOST_UNUSUAL * len(text[:_SAMPLE]):
        raise Refusal(Reason.UNKNOWN_KIND, f"it begins with {document[:8].hex(' ')}")
    return _UNUSUAL.sub("", text)


def _decoded(document: bytes) -> str:
    for mark, encoding in _MARKS:
        if document.startswith(mark):
            return document[len(mark) :].decode(encoding, "replace")
    try:
        return document.decode("utf-8")
    except UnicodeDecodeError:
        pass
    for encoding, nothing in (("utf-16-le", document[1:_SAMPLE:2]), ("utf-16-be", document[0:_SAMPLE:2])):
        if nothing.count(0) > 0.7 * len(nothing):
            return document.decode(encoding, "replace")
    from charset_normalizer import from_bytes

    best = from_bytes(document[:_SAMPLE]).best()
    return document.decode(best.encoding if best else "cp1252", "replace")


def _pages(text: str) -> Iterator[list[str]]:
    for part in text.split("\f"):
        if part.strip():
            yield from _set(part)


def _set(text: str) -> Iterator[list[str]]:
    """Yield the pages of a text without a form feed: nobody waits for more of them than fit one fax."""
    page: list[str] = []
    for line in text.rstrip().splitlines():
        for row in _broken(lettering.tidy(line.expandtabs(_TAB))):
            page.append(row)
            if len(page) == _ROWS:
                yield page
                page = []
    if page:
        yield page


def _broken(line: str) -> Iterator[str]:
    """Yield the rows a line takes, broken after a blank where there is one."""
    line, start = line.rstrip(), 0
    while len(line) - start > _COLUMNS:
        cut = line.rfind(" ", start + 1, start + _COLUMNS + 1)
        cut = cut if cut > 0 and line[start:cut].strip() else start + _COLUMNS
        yield line[start:cut].rstrip()
        # Not cut off at the front: a line of megabytes would be copied for each of its rows.
        letter = _LETTER.search(line, cut) if line[cut] == " " else None
        start = letter.start() if letter else cut
    yield line[start:]
