"""The transmitted document, read back by three readers that are not ours."""

import io
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest
from PIL import Image, ImageDraw
from pypdf import PdfReader

from ifax_desktop.documents import coding
from ifax_desktop.documents.coding import Scheme
from ifax_desktop.documents.pdf import Pdf
from ifax_desktop.documents.transmission import Transmission
from ifax_desktop.domain.page import FINE, STANDARD, SUPERFINE, WIDTH, PageFormat, Paper

FORMS = [PageFormat(paper, fineness) for paper in Paper for fineness in (STANDARD, FINE, SUPERFINE)]


def sheet(number: int, form: PageFormat) -> Image.Image:
    page = Image.new("1", (WIDTH, form.lines), 1)
    pen = ImageDraw.Draw(page)
    pen.rectangle((40 * number, 10, 40 * number + 300, form.lines // 2), fill=0)
    pen.line((0, form.lines - 1, WIDTH - 1, 0), fill=0)
    return page


def transmitted(sheets: Sequence[Image.Image], form: PageFormat) -> bytes:
    written = io.BytesIO()
    transmission = Transmission(written.write, form)
    for page in sheets:
        transmission.add(coding.coded(coding.packed(page), Scheme.MMR))
    transmission.finish()
    assert (transmission.pages, transmission.size) == (len(sheets), written.tell())
    return written.getvalue()


@pytest.mark.parametrize("form", FORMS, ids=lambda form: f"{form.paper}-{form.fineness}")
def test_every_dot_is_read_back(form: PageFormat) -> None:
    sheets = [sheet(number, form) for number in range(3)]
    document = transmitted(sheets, form)
    reader = PdfReader(io.BytesIO(document), strict=True)
    for page, drawn in zip(reader.pages, sheets, strict=True):
        assert (float(page.mediabox.width), float(page.mediabox.height)) == pytest.approx(form.size, abs=0.01)
        (picture,) = page.images
        assert picture.image is not None
        assert picture.image.convert("1").tobytes() == drawn.tobytes()
    pdf = Pdf(document)
    drawn = pdf.draw(1, WIDTH, form.lines, 0).convert("L")
    assert drawn.tobytes() == sheets[1].convert("L").tobytes()
    pdf.close()


def test_the_same_pages_give_the_same_bytes() -> None:
    form = PageFormat()
    assert transmitted([sheet(1, form)], form) == transmitted([sheet(1, form)], form)


def test_no_pages_are_no_fax() -> None:
    with pytest.raises(ValueError, match="without pages"):
        Transmission(io.BytesIO().write, PageFormat()).finish()


@pytest.mark.skipif(not shutil.which("qpdf"), reason="qpdf is not installed")
def test_a_strict_checker_finds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "fax.pdf"
    path.write_bytes(transmitted([sheet(number, PageFormat()) for number in range(2)], PageFormat()))
    checked = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)  # noqa: S607
    assert checked.returncode == 0, checked.stdout + checked.stderr
