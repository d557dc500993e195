"""Rows of writing are found with the size of their letters, and nothing else is taken for one."""

import statistics

import pytest
from PIL import Image, ImageChops, ImageDraw

from ifax_desktop.documents.black_and_white import black_and_white
from ifax_desktop.documents.writing_rows import Row, rows_of_writing
from ifax_desktop.domain.page import FINE, STANDARD, WIDTH
from tests.documents.scanner import Paper
from tests.documents.sheet import prose

LINES = {STANDARD: 1078, FINE: 2156}


def rows_of(page: Image.Image, fineness: int) -> list[Row]:
    bits = black_and_white(page.resize((WIDTH, LINES[fineness])), fineness)
    changes = ImageChops.logical_xor(bits, ImageChops.offset(bits, 1, 0)).convert("L")
    return list(rows_of_writing(changes, fineness, 4, 14))


@pytest.mark.parametrize("fineness", [STANDARD, FINE])
@pytest.mark.parametrize("points", [5, 7, 9, 11])
@pytest.mark.parametrize("dpi", [150, 300])
def test_the_size_of_letters_is_about_right(points: int, fineness: int, dpi: int) -> None:
    paper = Paper(dpi)
    paper.rows(72, 80, prose(30, 840 // points), points)
    rows = rows_of(paper.scanned(), fineness)
    assert len(rows) > 150
    assert 0.9 * points < statistics.median(row.points for row in rows) < 1.3 * points
    assert all(row.top > 60 * fineness / 72 for row in rows)


@pytest.mark.parametrize("fineness", [STANDARD, FINE])
def test_lines_bars_and_grids_are_no_rows(fineness: int) -> None:
    page = Image.new("L", (WIDTH, LINES[FINE]), 255)
    pen = ImageDraw.Draw(page)
    for at in range(0, WIDTH, 12):
        pen.line((at, 100, at, 120), fill=0, width=3)
        pen.line((at, 300, at, 700), fill=0, width=4)
        pen.line((100, 800 + at // 2, WIDTH - 100, 800 + at // 2), fill=0, width=2)
    assert rows_of(page, fineness) == []
