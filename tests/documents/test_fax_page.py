"""The 1-bit page: black stays black, and dots have the shape of fax dots."""

import pytest
from PIL import Image, ImageDraw

from ifax_desktop.documents import fax_page
from ifax_desktop.documents.pdf import Pdf


def quarter_black() -> Image.Image:
    page = Image.new("L", (fax_page.WIDTH, fax_page.LETTER_LINES), 255)
    ImageDraw.Draw(page).rectangle((0, 0, fax_page.WIDTH // 2 - 1, fax_page.LETTER_LINES // 2 - 1), fill=0)
    return page


def test_greys_become_black_or_white_without_dots() -> None:
    ramp = Image.frombytes("L", (256, 1), bytes(range(256)))
    bits = list(fax_page.black_and_white(ramp).convert("L").tobytes())
    assert bits == [0] * 160 + [255] * 96


def test_black_is_black_in_the_pdf_and_the_page_is_letter() -> None:
    document = fax_page.one_page_pdf(fax_page.black_and_white(quarter_black()))
    assert b"/CCITTFaxDecode" in document
    pdf = Pdf(document)
    picture = pdf.render(0, 200, 0)
    assert pdf.sizes() == [pytest.approx((609.88, 792), abs=0.01)]
    pdf.close()
    assert picture.pixels[:200] == bytes(100) + b"\xff" * 100
    assert picture.pixels[-200:] == b"\xff" * 200
    assert picture.pixels.count(0) == pytest.approx(len(picture.pixels) / 4, rel=0.02)


def test_a_grey_page_is_no_fax_page() -> None:
    with pytest.raises(ValueError, match="mode L"):
        fax_page.one_page_pdf(quarter_black())
