"""What a file turns out to hold: a PDF, pictures or text, told by its first bytes and never by its name.

Only the worker imports this.
"""

import codecs
import math
from typing import Final

from PIL import Image

from ifax_desktop.documents import protocol
from ifax_desktop.documents.protocol import Reason, Refusal
from ifax_desktop.documents.source import Source

_PDF_WITHIN: Final = 1024
# Other readers take "%PDF-" anywhere in the first 1024 bytes, so pdfium does, and mail gateways put lines before it.
_PICTURES: Final = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"II+\0", b"MM\0+", b"GIF8")
_PROGRAMS: Final = (b"<!doctype html", b"<html", b"<svg", b"%!ps")
"""Texts that nobody wants to see as they are written, in small letters: web pages, drawings, PostScript."""
_CONTAINERS: Final = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")


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
    if document.startswith(_CONTAINERS) or _is_program(document):
        raise Refusal(Reason.UNKNOWN_KIND, f"it begins with {document[:8].hex(' ')}")
    from ifax_desktop.documents.plain_text import PlainText

    return PlainText(document)


def is_picture(document: bytes) -> bool:
    """Whether the first bytes are those of a picture."""
    is_bmp = document[:2] == b"BM" and document[6:10] == bytes(4)
    is_webp = document[:4] == b"RIFF" and document[8:12] == b"WEBP"
    return document.startswith(_PICTURES) or is_bmp or is_webp or document[4:8] == b"ftyp"


def _is_program(document: bytes) -> bool:
    return document[:_PDF_WITHIN].removeprefix(codecs.BOM_UTF8).lstrip().lower().startswith(_PROGRAMS)


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
