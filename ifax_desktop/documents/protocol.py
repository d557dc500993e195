"""How the program and its document worker talk: frames, their payloads and their limits.

A frame is one byte kind, four bytes length (big endian) and that many bytes. Every request has one reply. A document
is opened once, and its pages are drawn for the screen (RENDER) or made into pages of a fax (FAX) as often as wanted; our
own cover page is opened in place of a document (OPEN_COVER). A fax of the original pages is put together by a COVER, one
PART for each document and an ASSEMBLE.
Both sides check what they read against the limits here, and the parent believes nothing the child says beyond them.
"""

import json
import math
import struct
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from enum import IntEnum, StrEnum
from typing import Any

from ifax_desktop.domain import page as fax_page
from ifax_desktop.domain.cover import Cover, CoverKind, CoverPage
from ifax_desktop.domain.findings import Finding, Trouble
from ifax_desktop.domain.page import PageFormat, PageLook, Paper, Treatment

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
MAX_PASSWORD = 1024
"""Bytes."""
MAX_FAX_BITS = fax_page.WIDTH // 8 * Paper.A4.lines(fax_page.SUPERFINE)
"""Bytes of the largest page of a fax, eight dots each; its code is never more than about twice as long."""
THUMBNAIL_WIDTH = 168
"""Dots: enough for a thumbnail on a screen with three pixels to the point."""
MAX_FINDINGS = 64 * 1024
"""Bytes of what was noticed about one page."""

_HEADER = struct.Struct(">BI")
_RENDER = struct.Struct(">IIH?")
_PASSWORD = struct.Struct(">H")
_FAX = struct.Struct(">IHBHB??")
_FAXED = struct.Struct(">HIIII")
_SIZE = struct.Struct(">IIB")
_COUNT = struct.Struct(">I")
_MAX_DETAIL = 4000
MAX_TEXT = 200
"""Characters of a finding."""
_MOST_FINDINGS = 50

HEADER_SIZE = _HEADER.size


class Kind(IntEnum):
    """What a frame is: requests below 16, replies above."""

    OPEN = 1
    RENDER = 2
    COVER = 3
    PART = 4
    ASSEMBLE = 5
    OPEN_COVER = 6
    FAX = 7
    UNLOCK = 8
    OPENED = 17
    PICTURE = 18
    ADDED = 19
    ASSEMBLED = 20
    FAXED = 21
    UNLOCKED = 22
    REFUSED = 31


LIMITS = {
    Kind.OPEN: _PASSWORD.size + MAX_PASSWORD + MAX_DOCUMENT,
    Kind.RENDER: _RENDER.size,
    Kind.COVER: 100_000,
    Kind.PART: MAX_DOCUMENT + (1 + 2 * MAX_PAGES) * _COUNT.size,
    Kind.ASSEMBLE: 0,
    Kind.OPEN_COVER: 100_000,
    Kind.FAX: _FAX.size,
    Kind.UNLOCK: 0,
    Kind.OPENED: _COUNT.size + 8 * MAX_PAGES,
    Kind.PICTURE: _SIZE.size + 3 * MAX_PIXELS,
    Kind.ADDED: _COUNT.size,
    Kind.ASSEMBLED: MAX_DOCUMENT + 28 * MEGABYTE,
    Kind.FAXED: _FAXED.size + 2 * MAX_FAX_BITS + MAX_FINDINGS + 2 * THUMBNAIL_WIDTH**2,
    Kind.UNLOCKED: MAX_DOCUMENT + 28 * MEGABYTE,
    Kind.REFUSED: _MAX_DETAIL + 100,
}
"""The longest payload of each kind, in bytes. Assembling may make a file a little longer than its parts."""

REPLY_TO = {
    Kind.OPEN: Kind.OPENED,
    Kind.RENDER: Kind.PICTURE,
    Kind.COVER: Kind.ADDED,
    Kind.PART: Kind.ADDED,
    Kind.ASSEMBLE: Kind.ASSEMBLED,
    Kind.OPEN_COVER: Kind.OPENED,
    Kind.FAX: Kind.FAXED,
    Kind.UNLOCK: Kind.UNLOCKED,
}
"""The reply to each request, unless it is REFUSED."""


class Reason(StrEnum):
    """Why the worker refuses a document, for machines."""

    EMPTY = "empty"
    UNKNOWN_KIND = "unknown-kind"
    LOCKED = "locked"
    NOT_ITS_PASSWORD = "not-its-password"  # noqa: S105 - a reason
    PICTURE_DAMAGED = "picture-damaged"
    PICTURE_TOO_LARGE = "picture-too-large"
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
    """One page for the screen: row by row from the top, one byte of grey a dot, 0 black, or three of red, green and blue."""

    width: int
    height: int
    pixels: bytes
    bands: int = 1


@dataclass(frozen=True, slots=True)
class FaxPage:
    """One page as it goes out: 1728 dots across."""

    lines: int
    bits: bytes
    """Eight dots a byte from the left, 1 for black; empty where only the code was asked for."""
    code: bytes
    """Group 4 (T.6)."""
    mh_bytes: int = 0
    """The size it has on the line coded as MH (T.4), and MR; not measured where only the code was asked for."""
    mr_bytes: int = 0
    findings: tuple[Finding, ...] = ()
    small: PagePicture | None = None
    """The page in grey and in its true shape, THUMBNAIL_WIDTH dots across; None where only the code was asked for."""

    @property
    def mmr_bytes(self) -> int:
        """The size it has on the line coded as MMR (T.6)."""
        return len(self.code)


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


def pack_open(document: bytes, password: str) -> list[bytes]:
    """Ask for a document to be opened; the payload in pieces."""
    key = password.encode(errors="replace")[:MAX_PASSWORD]
    return [_PASSWORD.pack(len(key)) + key, document]


def unpack_open(payload: bytes) -> tuple[bytes, str]:
    """Return the document of an OPEN and its password."""
    if len(payload) < _PASSWORD.size:
        raise BadFrame("OPEN without a password's length")
    (length,) = _PASSWORD.unpack_from(payload)
    start = _PASSWORD.size + length
    if length > MAX_PASSWORD or start > len(payload):
        raise BadFrame(f"OPEN with a password of {length} bytes")
    return payload[start:], payload[_PASSWORD.size : start].decode(errors="replace")


def pack_render(page: int, width: int, rotate: int, *, colour: bool = False) -> bytes:
    """Ask for a page, counted from 0, at most `width` pixels across, turned clockwise by `rotate` degrees."""
    return _RENDER.pack(page, width, rotate, colour)


def unpack_render(payload: bytes) -> tuple[int, int, int, bool]:
    """Return page, width and turn of a RENDER, and whether it is wanted in colours."""
    page, width, rotate, colour = _unpack(_RENDER, payload)
    if not 0 < width <= MAX_WIDTH or rotate not in (0, 90, 180, 270):
        raise BadFrame(f"RENDER {width} pixels wide, turned by {rotate}")
    return page, width, rotate, bool(colour)


def pack_fax(page: int, form: PageFormat, look: PageLook, *, bits: bool) -> bytes:
    """Ask for a page, counted from 0, as a page of a fax; with its bits, or with its code alone."""
    paper, treatment = list(Paper).index(form.paper), list(Treatment).index(look.treatment)
    return _FAX.pack(page, form.fineness, paper, look.rotation, treatment, look.inset, bits)


def unpack_fax(payload: bytes) -> tuple[int, PageFormat, PageLook, bool]:
    """Return what a FAX asks for."""
    page, fineness, paper, rotation, treatment, inset, bits = _unpack(_FAX, payload)
    try:
        form = PageFormat(list(Paper)[paper], fineness)
        look = PageLook(rotation, list(Treatment)[treatment], bool(inset))
    except IndexError:
        raise BadFrame(f"FAX on paper {paper}, treated as {treatment}") from None
    if fineness not in (fax_page.STANDARD, fax_page.FINE, fax_page.SUPERFINE) or rotation not in (
        0,
        90,
        180,
        270,
    ):
        raise BadFrame(f"FAX with {fineness} lines to the inch, turned by {rotation}")
    return page, form, look, bool(bits)


def pack_faxed(page: FaxPage) -> list[bytes]:
    """Answer a FAX; the payload in pieces."""
    findings = pack_findings(page.findings)
    head = _FAXED.pack(page.lines, len(page.code), len(findings), page.mh_bytes, page.mr_bytes)
    return [head, findings, page.code, page.bits, page.small.pixels if page.small else b""]


def unpack_faxed(payload: bytes, form: PageFormat, *, bits: bool) -> FaxPage:
    """Return the page a FAXED carries, which has to be of the form that was asked for."""
    lines, code, findings, mh_bytes, mr_bytes = _unpack(_FAXED, payload[: _FAXED.size])
    high = thumbnail_height(form)
    sizes = (findings, code, *((fax_page.WIDTH // 8 * lines, THUMBNAIL_WIDTH * high) if bits else (0, 0)))
    if lines != form.lines or not code or findings > MAX_FINDINGS or len(payload) != _FAXED.size + sum(sizes):
        raise BadFrame(f"FAXED with {lines} lines and {code} bytes of code in {len(payload)} bytes")
    at, parts = _FAXED.size, []
    for size in sizes:
        parts.append(payload[at : at + size])
        at += size
    small = PagePicture(THUMBNAIL_WIDTH, high, parts[3]) if bits else None
    return FaxPage(lines, parts[2], parts[1], mh_bytes, mr_bytes, unpack_findings(parts[0]), small)


def thumbnail_height(form: PageFormat) -> int:
    """The dots of a thumbnail from top to bottom."""
    width, height = form.size
    return round(THUMBNAIL_WIDTH * height / width)


def pack_findings(findings: Sequence[Finding]) -> bytes:
    """Write down what was noticed about a page, as much as fits."""
    rows = [[f.trouble, f.left, f.top, f.right, f.bottom, f.value, f.text[:MAX_TEXT]] for f in findings]
    return json.dumps(rows[:_MOST_FINDINGS], ensure_ascii=False).encode(errors="replace")


def unpack_findings(payload: bytes) -> tuple[Finding, ...]:
    """Return what was noticed about a page."""
    try:
        found = tuple(
            Finding(
                Trouble(kind),
                float(left),
                float(top),
                float(right),
                float(bottom),
                float(value),
                str(text)[:MAX_TEXT],
            )
            for kind, left, top, right, bottom, value, text in json.loads(payload)
        )
    except (ValueError, TypeError) as error:
        raise BadFrame(f"findings: {error!r}") from error
    numbers = [number for f in found for number in (f.left, f.top, f.right, f.bottom, f.value)]
    if len(found) > _MOST_FINDINGS or not all(map(math.isfinite, numbers)):
        raise BadFrame(f"{len(found)} findings")
    return found


def pack_part(document: bytes, picks: Sequence[tuple[int, int]]) -> list[bytes]:
    """Ask for pages of a document to be added, each with its turn in degrees clockwise; the payload in pieces."""
    flat = [number for pick in picks for number in pick]
    return [_COUNT.pack(len(picks)) + struct.pack(f">{len(flat)}I", *flat), document]


def unpack_part(payload: bytes) -> tuple[bytes, list[tuple[int, int]]]:
    """Return the document of a PART and the pages wanted of it."""
    count = unpack_count(payload[: _COUNT.size])
    start = _COUNT.size + 2 * count * _COUNT.size
    if len(payload) < start:
        raise BadFrame(f"PART with {count} pages in {len(payload)} bytes")
    flat = struct.unpack_from(f">{2 * count}I", payload, _COUNT.size)
    if any(turn not in (0, 90, 180, 270) for turn in flat[1::2]):
        raise BadFrame("PART with a slanted page")
    return payload[start:], list(zip(flat[::2], flat[1::2], strict=True))


def pack_cover(page: CoverPage) -> bytes:
    """Ask for a cover page."""
    return json.dumps(asdict(page), ensure_ascii=False).encode(errors="replace")


def unpack_cover(payload: bytes) -> CoverPage:
    """Return the cover page a COVER or an OPEN_COVER asks for."""
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


def pack_picture(picture: PagePicture) -> list[bytes]:
    """Answer a RENDER; the payload in pieces."""
    return [_SIZE.pack(picture.width, picture.height, picture.bands), picture.pixels]


def unpack_picture(payload: bytes, widest: int) -> PagePicture:
    """Return the picture a PICTURE carries, at most `widest` pixels across."""
    width, height, bands = _unpack(_SIZE, payload[: _SIZE.size])
    is_sound = 0 < width <= widest and height and bands in (1, 3) and width * height <= MAX_PIXELS
    if not is_sound or width * height * bands != len(payload) - _SIZE.size:
        raise BadFrame(f"PICTURE of {width} by {height} pixels in {len(payload)} bytes")
    return PagePicture(width, height, payload[_SIZE.size :], bands)


def pack_count(pages: int) -> bytes:
    """Answer a COVER or a PART with the pages it added."""
    return _COUNT.pack(pages)


def unpack_count(payload: bytes) -> int:
    """Return a number of pages."""
    (count,) = _unpack(_COUNT, payload)
    if count > MAX_PAGES:
        raise BadFrame(f"{count} pages")
    return int(count)


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


def _unpack(form: struct.Struct, payload: bytes) -> tuple[Any, ...]:
    if len(payload) != form.size:
        raise BadFrame(f"{len(payload)} bytes where {form.size} belong")
    return form.unpack(payload)
