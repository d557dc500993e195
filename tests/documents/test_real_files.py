"""One file of every kind, written by the programs people have, through the real worker to a page of a fax."""

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PIL import ImageChops

from ifax_desktop.documents import coding
from ifax_desktop.documents.office import Office, is_office
from ifax_desktop.documents.renderer import FaxPage, Renderer
from ifax_desktop.domain.errors import DocumentLocked
from ifax_desktop.domain.page import FINE, STANDARD, PageFormat, PageLook

FILES = Path(__file__).parent / "files"
SQUARES = {
    "cairo.pdf": 2,
    "ghostscript.pdf": 2,
    "fax-standard.tif": 1,
    "libtiff-g4.tif": 1,
    "imagemagick.bmp": 1,
    "imagemagick.gif": 1,
    "imagemagick.jpg": 1,
    "imagemagick-cmyk.jpg": 1,
    "imagemagick.png": 1,
    "imagemagick.tif": 2,
    "imagemagick.webp": 1,
    "libheif.heic": 1,
}
"""Files with a black square at the top left of their first page, and their pages."""
TEXTS = {"iconv-cp1252.txt": 1, "iconv-utf16.txt": 1, "libreoffice.pdf": 1}
OFFICE = ("libreoffice.docx", "libreoffice.odt", "libreoffice.xlsx")


@pytest.fixture
async def renderer() -> AsyncIterator[Renderer]:
    renderer = Renderer()
    yield renderer
    await renderer.close()


def black(page: FaxPage) -> float:
    """Return the share of black on a page."""
    drawn = coding.unpacked(page.bits)
    return drawn.histogram()[0] / (drawn.width * drawn.height)


def black_at_the_start(page: FaxPage) -> float:
    """Return the share of black in the first quarter, both ways, of what is printed."""
    drawn = coding.unpacked(page.bits)
    left, top, right, bottom = ImageChops.invert(drawn).getbbox() or (0, 0, 0, 0)
    corner = drawn.crop((left, top, left + (right - left) // 4, top + (bottom - top) // 4))
    return corner.histogram()[0] / (corner.width * corner.height)


def test_every_file_is_looked_at() -> None:
    there = {path.name for path in FILES.iterdir()} - {"README.md", "qpdf-locked.pdf"}
    assert there == {*SQUARES, *TEXTS, *OFFICE}


@pytest.mark.parametrize("fineness", [STANDARD, FINE])
@pytest.mark.parametrize(("name", "pages"), SQUARES.items())
async def test_its_black_square_is_black_and_the_rest_is_white(
    renderer: Renderer, name: str, pages: int, fineness: int
) -> None:
    async with await renderer.open((FILES / name).read_bytes()) as opened:
        assert opened.pages == pages
        page = await opened.fax(0, PageFormat(fineness=fineness), PageLook())
        assert (await opened.render(0, 100)).width == 100
    assert black_at_the_start(page) > 0.95
    assert 0.005 < black(page) < 0.2
    assert page.findings == ()


@pytest.mark.parametrize(("name", "pages"), TEXTS.items())
async def test_a_text_is_legible_as_a_fax(renderer: Renderer, name: str, pages: int) -> None:
    async with await renderer.open((FILES / name).read_bytes()) as opened:
        assert opened.pages == pages
        page = await opened.fax(0, PageFormat(), PageLook())
    assert 0.0003 < black(page) < 0.05
    assert page.findings == ()


async def test_a_locked_one_opens_with_its_password_alone(renderer: Renderer) -> None:
    content = (FILES / "qpdf-locked.pdf").read_bytes()
    for wrong in ("", "open barley"):
        with pytest.raises(DocumentLocked):
            await renderer.open(content, wrong)
    async with await renderer.open(content, "open sesame") as opened:
        unlocked = await opened.unlocked()
    async with await renderer.open(unlocked) as opened:
        assert opened.pages == 2


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", OFFICE)
async def test_a_word_file_or_table_is_printed(renderer: Renderer, name: str) -> None:
    content = (FILES / name).read_bytes()
    assert is_office(name, content)
    async with await renderer.open(await Office().to_pdf(name, content)) as opened:
        page = await opened.fax(0, PageFormat(), PageLook())
    assert page.findings == ()
    assert black(page) > 0.0001
