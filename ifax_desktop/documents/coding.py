"""A fax page as bits and as the codes that go over the line: MH and MR of ITU-T T.4, MMR of T.6.

Only the worker imports this. libtiff, inside Pillow, does the coding.
"""

import io
from enum import Enum

from PIL import Image, ImageChops
from PIL.TiffImagePlugin import ImageFileDirectory_v2

from ifax_desktop.domain.page import WIDTH

ROW = WIDTH // 8
"""Bytes of a line."""

_WIDTH, _LENGTH, _BITS, _COMPRESSION, _PHOTOMETRIC = 256, 257, 258, 259, 262
_SAMPLES, _ROWS_PER_STRIP, _STRIP_BYTES, _PLANES, _T4_OPTIONS = 277, 278, 279, 284, 292
_TIFF_HEADER = 8


class Scheme(Enum):
    """How a page is coded: the numbers of TIFF for the family, and its option."""

    MH = (3, 0)
    """One line after the other (T.4)."""
    MR = (3, 1)
    """Most lines by how they differ from the one above (T.4)."""
    MMR = (4, None)
    """All lines by how they differ, for lines without faults (T.6, Group 4)."""


def packed(page: Image.Image) -> bytes:
    """Return a 1-bit page as bits: eight dots a byte from the left, 1 for black."""
    drawn = ImageChops.invert(page).getbbox()
    if drawn is None:
        return bytes(ROW * page.height)
    # Pillow packs dot by dot, which takes as long as all the rest: margins are left out.
    left, top, right, bottom = drawn[0] // 8, drawn[1], -(-drawn[2] // 8), drawn[3]
    inner = page.crop((8 * left, top, 8 * right, bottom)).tobytes("raw", "1;I")
    whole = Image.new("L", (ROW, page.height))
    whole.paste(Image.frombytes("L", (right - left, bottom - top), inner), (left, top))
    return whole.tobytes()


def unpacked(bits: bytes) -> Image.Image:
    """Return the 1-bit page of such bits."""
    return Image.frombytes("1", (WIDTH, len(bits) // ROW), bits, "raw", "1;I")


def coded(bits: bytes, scheme: Scheme) -> bytes:
    """Return the code of a page of 1728 dots across."""
    lines = len(bits) // ROW
    family, option = scheme.value
    tags: dict[int, int] = {
        _WIDTH: WIDTH,
        _LENGTH: lines,
        _BITS: 1,
        _COMPRESSION: family,
        _PHOTOMETRIC: 0,
        _SAMPLES: 1,
        _ROWS_PER_STRIP: lines,
        _PLANES: 1,
    }
    if option is not None:
        tags[_T4_OPTIONS] = option
    # Eight dots are handed over as one grey one: Pillow passes them on as they are, and the tags say what they are.
    # Given a page of single dots it would pack them anew for each code.
    rows = Image.frombuffer("L", (ROW, lines), bits, "raw", "L", 0, 1)
    return _strip(rows.tobytes("libtiff", "L", 0, "", sorted(tags.items()), {}))


def _strip(tiff: bytes) -> bytes:
    """Return the one strip of a TIFF that libtiff has just written: it lies behind the header."""
    directory = ImageFileDirectory_v2(tiff[:_TIFF_HEADER])
    file = io.BytesIO(tiff)
    file.seek(directory.next)
    directory.load(file)
    (length,) = directory[_STRIP_BYTES]
    return tiff[_TIFF_HEADER : _TIFF_HEADER + length]
