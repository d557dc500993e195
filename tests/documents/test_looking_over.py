"""What is found on a page as it will be printed, and what is not."""

import io

import pytest
from PIL import Image, ImageDraw, ImageFilter
from pypdf import PdfWriter

from ifax_desktop.documents import coding, lettering
from ifax_desktop.documents.coding import Scheme
from ifax_desktop.documents.faxing import fax
from ifax_desktop.documents.lettering import Face
from ifax_desktop.documents.looking_over import look_over
from ifax_desktop.documents.opening import open_source
from ifax_desktop.domain.findings import Finding, Trouble
from ifax_desktop.domain.page import FINE, STANDARD, SUPERFINE, PageFormat, PageLook, Treatment
from tests.documents import samples
from tests.documents.photographs import landscape
from tests.documents.scanned_pages import scan
from tests.documents.scanner import Paper, file
from tests.documents.sheet import Sheet, prose


def found(document: bytes, fineness: int = FINE, look: PageLook | None = None) -> list[Finding]:
    source, form, look = open_source(document), PageFormat(fineness=fineness), look or PageLook()
    try:
        faxed = fax(source, 0, form, look)
        return list(look_over(source, 0, form, look, faxed, len(coding.coded(faxed.bits, Scheme.MR))))
    finally:
        source.close()


def troubles(document: bytes, fineness: int = FINE, look: PageLook | None = None) -> list[Trouble]:
    return [finding.trouble for finding in found(document, fineness, look)]


def written(points: float, *, left: float = 72, more: str = "") -> bytes:
    """Return a page of Helvetica in this size."""
    writer = PdfWriter()
    line = "(The quick brown fox jumps over the lazy dog) Tj T*"
    text = f"BT /F1 {points} Tf {points * 1.3} TL {left} 700 Td {' '.join([line] * 20)} ET"
    samples.add_page(writer, f"{more} {text}")
    return samples.finish(writer)


def picture(image: Image.Image, dpi: int) -> bytes:
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()


@pytest.mark.parametrize("fineness", [STANDARD, FINE, SUPERFINE])
def test_an_ordinary_letter_has_nothing_wrong(fineness: int) -> None:
    assert troubles(written(11), fineness) == []


@pytest.mark.parametrize(
    ("points", "fineness", "is_small"),
    [
        (7.5, STANDARD, True),
        (8, STANDARD, False),
        (7.5, FINE, False),
        (5.5, FINE, True),
        (6, FINE, False),
        (5.5, SUPERFINE, False),
        (3.5, SUPERFINE, True),
    ],
)
def test_small_writing_is_told_with_its_size_and_place(points: float, fineness: int, is_small: bool) -> None:
    told = [finding for finding in found(written(points), fineness) if finding.trouble is Trouble.SMALL_TEXT]
    assert bool(told) is is_small
    if told:
        (finding,) = told
        assert finding.value == pytest.approx(points, abs=0.1)
        assert finding.left == pytest.approx(72 / 612, abs=0.02)
        assert finding.top == pytest.approx((792 - 700 - points) / 792, abs=0.02)
        assert 0.2 < finding.right < 0.6


def test_writing_made_small_by_the_fax_page_is_found() -> None:
    writer = PdfWriter()
    page = samples.add_page(
        writer, "BT /F1 18 Tf 100 2000 Td (A poster with large letters on it) Tj ET", (1836, 2376)
    )
    assert page
    assert Trouble.SMALL_TEXT in troubles(samples.finish(writer), STANDARD)


def test_an_empty_page_is_blank_and_specks_do_not_count() -> None:
    assert troubles(samples.letter("")) == [Trouble.BLANK]
    speck = Image.new("L", (1700, 2200), 255)
    speck.paste(0, (800, 900, 803, 903))
    assert troubles(picture(speck, 200)) == [Trouble.BLANK]
    assert Trouble.BLANK not in troubles(samples.letter("."))


def test_a_dark_page_is_told_with_its_share() -> None:
    (dark,) = [one for one in found(samples.half_black()) if one.trouble is Trouble.DARK]
    assert dark.value == pytest.approx(0.48, abs=0.03)


@pytest.mark.parametrize("left", [0, 5])
def test_writing_at_the_edge_is_told_and_inset_mends_it(left: float) -> None:
    document = written(11, left=left)
    (edge,) = [one for one in found(document) if one.trouble is Trouble.EDGE]
    assert (edge.left, edge.right < 0.03) == (0, True)
    assert Trouble.EDGE not in troubles(document, look=PageLook(inset=True))


def test_a_bar_that_runs_off_the_page_is_no_lost_writing() -> None:
    assert Trouble.EDGE not in troubles(written(11, more="0.2 g 0 740 612 30 re f 0 g"))


def test_a_grey_box_becomes_dots_only_as_a_photograph() -> None:
    document = written(11, more="0.7 g 60 400 400 330 re f 0 g")
    assert Trouble.NOISE not in troubles(document)
    (noise,) = [
        one
        for one in found(document, look=PageLook(treatment=Treatment.PHOTO))
        if one.trouble is Trouble.NOISE
    ]
    assert noise.left == pytest.approx(60 / 612, abs=0.03)
    assert noise.bottom == pytest.approx((792 - 400) / 792, abs=0.03)


def test_a_photograph_is_no_noise_but_may_be_slow() -> None:
    cloud = Image.effect_noise((1500, 1900), 90).filter(ImageFilter.GaussianBlur(3))
    photograph = picture(cloud.point([min(255, max(0, (v - 128) * 6 + 120)) for v in range(256)]), 200)
    assert Trouble.SLOW in troubles(photograph, look=PageLook(treatment=Treatment.PHOTO))
    assert Trouble.SLOW not in troubles(written(11))


@pytest.mark.parametrize(("dpi", "is_coarse"), [(100, True), (150, False), (300, False)])
def test_a_coarse_scan_is_told_with_its_resolution(dpi: int, is_coarse: bool) -> None:
    page = Image.new("L", (round(8.5 * dpi), 11 * dpi), 255)
    page.paste(0, (dpi, dpi, 4 * dpi, 2 * dpi))
    told = [one for one in found(picture(page, dpi)) if one.trouble is Trouble.COARSE]
    assert [one.value for one in told] == ([dpi] if is_coarse else [])


def test_letters_we_do_not_have_are_named() -> None:
    (letters,) = [
        one for one in found("Dear Dr. 漢字,\nthank you".encode()) if one.trouble is Trouble.LETTERS
    ]
    assert letters.text == "漢字"


@pytest.mark.parametrize(("points", "is_small"), [(5, True), (6.5, False), (11, False)])
def test_small_print_of_a_scan_is_measured_on_the_page(points: float, is_small: bool) -> None:
    told = [one for one in found(scan(200, points=points)) if one.trouble is Trouble.SMALL_TEXT]
    assert [one.value for one in told] == ([points] if is_small else [])


def test_dots_to_lead_the_eye_are_no_small_print() -> None:
    paper = Paper(200)
    paper.rows(72, 80, [f"Chapter {at} {'.' * 90} {at}" for at in range(40)], 11)
    for fineness in (STANDARD, FINE):
        assert troubles(file(paper.scanned(), 200), fineness) == []


def test_the_unseen_writing_behind_a_scan_is_none() -> None:
    sheet = Sheet()
    sheet.picture(Image.open(io.BytesIO(scan(100, points=11))), 0, 0, 612, 792)
    sheet.unseen()
    sheet.rows(72, 700, prose(40, 90, seed=3), 4)
    assert troubles(sheet.done()) == [Trouble.COARSE]


def test_one_line_that_runs_off_the_page_is_told_and_a_frame_is_not() -> None:
    line = "BT /F1 11 Tf 500 300 Td (This line is longer than the page is wide) Tj ET"
    assert Trouble.EDGE in troubles(written(11, more=line))
    assert Trouble.EDGE not in troubles(written(11, more="2 w 3 3 606 786 re S"))


def test_a_photograph_is_dots_and_one_line_across_it_is_a_trouble() -> None:
    photograph = landscape((1700, 2200))
    assert Trouble.NOISE not in troubles(file(photograph, 200))
    letters = lettering.font(Face.BOLD, 14 * 200 / 408)
    pen = ImageDraw.Draw(photograph)
    pen.text((150, 300), "Harbour of Leith, seen from the north in the spring", fill=10, font=letters)
    assert Trouble.NOISE in troubles(file(photograph, 200))
