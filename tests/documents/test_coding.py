"""Bits and codes: what libtiff reads back is what went in, and every scheme gives the size the standards give."""

import io
import random
import struct

import pytest
from PIL import Image, ImageDraw

from ifax_desktop.documents import coding
from ifax_desktop.documents.coding import ROW, Scheme
from ifax_desktop.domain.page import WIDTH


def blank(lines: int = 1078) -> Image.Image:
    return Image.new("1", (WIDTH, lines), 1)


def drawn(lines: int = 1078) -> Image.Image:
    page = blank(lines)
    pen = ImageDraw.Draw(page)
    pen.rectangle((101, 53, 333, 400), fill=0)
    pen.line((0, 0, WIDTH - 1, lines - 1), fill=0)
    pen.ellipse((900, 300, 1500, 900), outline=0, width=3)
    return page


def noise(lines: int = 300) -> Image.Image:
    chance = random.Random(5)
    return coding.unpacked(chance.randbytes(ROW * lines))


PAGES = {"blank": blank(), "drawn": drawn(), "noise": noise(), "one dot": blank()}
PAGES["one dot"].putpixel((WIDTH - 1, 1077), 0)


def tiff(code: bytes, lines: int, scheme: Scheme) -> bytes:
    """Return a TIFF around a code, written by hand."""
    family, option = scheme.value
    entries = [(256, 4, WIDTH), (257, 4, lines), (258, 3, 1), (259, 3, family), (262, 3, 0), (273, 4, 8)]
    entries += [(277, 3, 1), (278, 4, lines), (279, 4, len(code))]
    entries += [(292, 4, option)] if option is not None else []
    at = 8 + len(code) + len(code) % 2
    head = struct.pack("<2sHI", b"II", 42, at) + code + bytes(len(code) % 2)
    rows = (struct.pack("<HHII", tag, kind, 1, value) for tag, kind, value in entries)
    return head + struct.pack("<H", len(entries)) + b"".join(rows) + bytes(4)


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
def test_bits_are_the_page(page: Image.Image) -> None:
    bits = coding.packed(page)
    assert bits == page.tobytes("raw", "1;I")
    assert coding.unpacked(bits).tobytes() == page.tobytes()


@pytest.mark.parametrize("page", PAGES.values(), ids=PAGES)
@pytest.mark.parametrize("scheme", list(Scheme))
def test_a_code_is_read_back_as_the_page(page: Image.Image, scheme: Scheme) -> None:
    code = coding.coded(coding.packed(page), scheme)
    with Image.open(io.BytesIO(tiff(code, page.height, scheme))) as read:
        assert read.tobytes() == page.tobytes()


def test_a_blank_page_has_the_codes_of_the_standards() -> None:
    # T.6: one bit a line, V(0), and two times EOL of twelve bits at the end.
    lines = 1078
    assert len(coding.coded(coding.packed(blank(lines)), Scheme.MMR)) == -(-(lines + 24) // 8)
    # T.4: 1728 white is a make-up code of 9 bits and a terminating one of 8, and libtiff puts an EOL of 12 before each line.
    assert len(coding.coded(coding.packed(blank(lines)), Scheme.MH)) == pytest.approx(
        lines * 29 / 8, rel=0.01
    )


def test_differences_are_shorter_than_lines_on_a_drawing() -> None:
    sizes = [
        len(coding.coded(coding.packed(drawn()), scheme)) for scheme in (Scheme.MH, Scheme.MR, Scheme.MMR)
    ]
    assert sizes == sorted(sizes, reverse=True)
