"""What a file turns out to hold: a PDF, pictures or text, told by its first bytes and never by its name.

Only the worker imports this.
"""

import math
from dataclasses import dataclass
from typing import Final, Protocol, runtime_checkable

from PIL import Image

from ifax_desktop.documents import protocol
from ifax_desktop.documents.protocol import Reason, Refusal

_PDF_WITHIN: Final = 1024
# Other readers take "%PDF-" anywhere in the first 1024 bytes, so pdfium does, and mail gateways put lines before it.
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"GIF8")
_OFFICE: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")


class Source(Protocol):
    """A file with pages."""

    pages: int

    def sizes(self) -> list[tuple[float, float]]:
        """Return width and height of each page, in points."""
        ...

    def draw(self, page: int, width: int, height: int, turn: int, *, colour: bool = False) -> Image.Image:
        """Return a page, counted from 0, of this size after a turn by `turn` degrees clockwise.

        It may have colours, and has what there are where they are wanted.
        """
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a page: its size in points, and its box in dots of a picture of the page."""

    points: float
    left: float
    top: float
    right: float
    bottom: float


@runtime_checkable
class Lettered(Protocol):
    """A file that knows the letters on its pages."""

    def letters(self, page: int, width: int, height: int, turn: int) -> list[Letter]:
        """Return letters of a page drawn in this size, a few hundred at most, evenly taken."""
        ...


@runtime_checkable
class Pictured(Protocol):
    """A file that knows the pictures on its pages."""

    def largest_picture(self, page: int) -> tuple[float, float]:
        """Return the share of the page its largest picture takes, and that one's dots to the inch; 0 and 0 for none."""
        ...


def open_source(document: bytes, password: str = "") -> Source:
    """Return what reads a file; Refusal if nothing does."""
    if not document:
        raise Refusal(Reason.EMPTY)
    if b"%PDF-" in document[:_PDF_WITHIN]:
        from ifax_desktop.documents.pdf import Pdf

        return Pdf(document, password)
    if is_picture(document):
        from ifax_desktop.documents.pictures import Pictures

        return Pictures(document)
    if document.startswith(_OFFICE):
        raise Refusal(Reason.OFFICE, f"it begins with {document[:8].hex(' ')}")
    from ifax_desktop.documents.plain_text import PlainText

    return PlainText(document)


def is_picture(document: bytes) -> bool:
    """Whether the first bytes are those of a picture."""
    is_bmp = document[:2] == b"BM" and document[6:10] == bytes(4)
    is_webp = document[:4] == b"RIFF" and document[8:12] == b"WEBP"
    return document.startswith(_PICTURES) or is_bmp or is_webp or document[4:8] == b"ftyp"


def picture(source: Source, page: int, width: int, turn: int, *, colour: bool = False) -> Image.Image:
    """Return a page `width` dots across after its turn; narrower where it is so tall that it would be too large."""
    if page >= source.pages:
        raise Refusal(Reason.PAGE_DAMAGED, f"there is no page {page}")
    size = source.sizes()[page]
    across, down = size if turn in (0, 180) else size[::-1]
    shape = down / across
    if width * width * shape > protocol.MAX_PIXELS:
        width = max(1, int(math.sqrt(protocol.MAX_PIXELS / shape)))
    height = max(1, min(round(width * shape), protocol.MAX_PIXELS // width))
    return source.draw(page, width, height, turn, colour=colour)
