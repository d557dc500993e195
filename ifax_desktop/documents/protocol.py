"""How the program and its document worker talk: frames, their payloads and their limits.

A frame is one byte kind, four bytes length (big endian) and that many bytes. Every request has one reply. A document
is opened once and rendered often; a fax is put together by a COVER, one PART for each document and an ASSEMBLE.
Both sides check what they read against the limits here, and the parent believes nothing the child says beyond them.
"""

import json
import math
import struct
from dataclasses import asdict, dataclass
from enum import IntEnum, StrEnum

from ifax_desktop.domain.cover import Cover, CoverKind, CoverPage

MEGABYTE = 1024 * 1024
MAX_DOCUMENT = 100 * MEGABYTE
"""Bytes of one document, and of all parts of one fax together."""
MAX_PAGES = 2000
MAX_WIDTH = 5000
"""Pixels across one picture: 600 dpi on the short side of a page."""
MAX_PIXELS = 40_000_000
"""Pixels of one picture: a page of 8.27 by 11.69 inches at 600 dpi is 35 million."""
MAX_POINTS = 1_000_000.0
"""The longest side a page may claim, in points of 1/72 inch."""

_HEADER = struct.Struct(">BI")
_RENDER = struct.Struct(">IIH")
_SIZE = struct.Struct(">II")
_COUNT = struct.Struct(">I")
_MAX_DETAIL = 4000

HEADER_SIZE = _HEADER.size


class Kind(IntEnum):
    """What a frame is: requests below 16, replies above."""

    OPEN = 1
    RENDER = 2
    COVER = 3
    PART = 4
    ASSEMBLE = 5
    OPENED = 17
    PICTURE = 18
    ADDED = 19
    ASSEMBLED = 20
    REFUSED = 31


LIMITS = {
    Kind.OPEN: MAX_DOCUMENT,
    Kind.RENDER: _RENDER.size,
    Kind.COVER: 100_000,
    Kind.PART: MAX_DOCUMENT,
    Kind.ASSEMBLE: 0,
    Kind.OPENED: _COUNT.size + 8 * MAX_PAGES,
    Kind.PICTURE: _SIZE.size + MAX_PIXELS,
    Kind.ADDED: _COUNT.size,
    Kind.ASSEMBLED: MAX_DOCUMENT + 28 * MEGABYTE,
    Kind.REFUSED: _MAX_DETAIL + 100,
}
"""The longest payload of each kind, in bytes. Assembling may make a file a little longer than its parts."""

REPLY_TO = {
    Kind.OPEN: Kind.OPENED,
    Kind.RENDER: Kind.PICTURE,
    Kind.COVER: Kind.ADDED,
    Kind.PART: Kind.ADDED,
    Kind.ASSEMBLE: Kind.ASSEMBLED,
}
"""The reply to each request, unless it is REFUSED."""


class Reason(StrEnum):
    """Why the worker refuses a document, for machines."""

    EMPTY = "empty"
    NOT_A_PDF = "not-a-pdf"
    LOCKED = "locked"
    DAMAGED = "damaged"
    NO_PAGES = "no-pages"
    TOO_LARGE = "too-large"
    TOO_HEAVY = "too-heavy"
    TOO_MANY_PAGES = "too-many-pages"
    READER_FORM = "reader-form"
    PAGE_DAMAGED = "page-damaged"
    LETTERS = "letters"
    STOPPED = "stopped"


class Refusal(Exception):
    """The worker cannot take a document: a reason for machines and a detail for support."""

    def __init__(self, reason: Reason, detail: str = "") -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class BadFrame(Exception):
    """The other side broke the protocol."""


@dataclass(frozen=True, slots=True)
class PagePicture:
    """One page as 8-bit grey: `width * height` bytes, row by row from the top, 0 black and 255 white."""

    width: int
    height: int
    pixels: bytes


def header(kind: Kind, length: int) -> bytes:
    """Return what goes before a payload of `length` bytes; BadFrame if that is beyond the limit."""
    if length > LIMITS[kind]:
        raise BadFrame(f"{kind.name} of {length} bytes")
    return _HEADER.pack(kind, length)


def read_header(data: bytes) -> tuple[Kind, int]:
    """Return the kind and length a header announces; BadFrame for an unknown kind or a length beyond the limit."""
    number, length = _HEADER.unpack(data)
    try:
        kind = Kind(number)
    except ValueError:
        raise BadFrame(f"a frame of the unknown kind {number}") from None
    if length > LIMITS[kind]:
        raise BadFrame(f"{kind.name} of {length} bytes")
    return kind, length


def pack_render(page: int, width: int, rotate: int) -> bytes:
    """Ask for a page, counted from 0, at most `width` pixels across, turned clockwise by `rotate` degrees."""
    return _RENDER.pack(page, width, rotate)


def unpack_render(payload: bytes) -> tuple[int, int, int]:
    """Return page, width and turn of a RENDER."""
    page, width, rotate = _unpack(_RENDER, payload)
    if not 0 < width <= MAX_WIDTH or rotate not in (0, 90, 180, 270):
        raise BadFrame(f"RENDER {width} pixels wide, turned by {rotate}")
    return page, width, rotate


def pack_cover(page: CoverPage) -> bytes:
    """Ask for a cover page."""
    return json.dumps(asdict(page), ensure_ascii=False).encode(errors="replace")


def unpack_cover(payload: bytes) -> CoverPage:
    """Return the cover page a COVER asks for."""
    try:
        fields = json.loads(payload)
        words = fields.pop("cover")
        kind = CoverKind(words.pop("kind"))
        return CoverPage(cover=Cover(kind=kind, **words), **fields)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise BadFrame(f"COVER: {error!r}") from error


def pack_sizes(sizes: list[tuple[float, float]]) -> bytes:
    """Answer an OPEN with the width and height of each page, in points."""
    flat = [length for size in sizes for length in size]
    return _COUNT.pack(len(sizes)) + struct.pack(f">{len(flat)}f", *flat)


def unpack_sizes(payload: bytes) -> tuple[tuple[float, float], ...]:
    """Return width and height of each page, in points."""
    count = unpack_count(payload[: _COUNT.size])
    if not 0 < count <= MAX_PAGES or len(payload) != _COUNT.size + 8 * count:
        raise BadFrame(f"OPENED with {count} pages in {len(payload)} bytes")
    flat = struct.unpack(f">{2 * count}f", payload[_COUNT.size :])
    if not all(math.isfinite(length) and 0 < length <= MAX_POINTS for length in flat):
        raise BadFrame("OPENED with a page of an impossible size")
    return tuple(zip(flat[::2], flat[1::2], strict=True))


def pack_picture_size(width: int, height: int) -> bytes:
    """Open the answer to a RENDER; the pixels follow."""
    return _SIZE.pack(width, height)


def unpack_picture(payload: bytes, widest: int) -> PagePicture:
    """Return the picture a PICTURE carries, at most `widest` pixels across."""
    width, height = _unpack(_SIZE, payload[: _SIZE.size])
    if not 0 < width <= widest or height == 0 or width * height != len(payload) - _SIZE.size:
        raise BadFrame(f"PICTURE of {width} by {height} pixels in {len(payload)} bytes")
    return PagePicture(width, height, payload[_SIZE.size :])


def pack_count(pages: int) -> bytes:
    """Answer a COVER or a PART with the pages it added."""
    return _COUNT.pack(pages)


def unpack_count(payload: bytes) -> int:
    """Return a number of pages."""
    (count,) = _unpack(_COUNT, payload)
    if count > MAX_PAGES:
        raise BadFrame(f"{count} pages")
    return count


def pack_refusal(refusal: Refusal) -> bytes:
    """Answer any request with why not."""
    return f"{refusal.reason}\n".encode() + refusal.detail.encode(errors="replace")[-_MAX_DETAIL:]


def unpack_refusal(payload: bytes) -> Refusal:
    """Return why not."""
    reason, _, detail = payload.decode(errors="replace").partition("\n")
    try:
        return Refusal(Reason(reason), detail)
    except ValueError:
        raise BadFrame(f"REFUSED for the unknown reason {reason!r}") from None


def _unpack(form: struct.Struct, payload: bytes) -> tuple[int, ...]:
    if len(payload) != form.size:
        raise BadFrame(f"{len(payload)} bytes where {form.size} belong")
    return form.unpack(payload)
