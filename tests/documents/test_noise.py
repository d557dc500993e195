"""The dots of another fax machine become grey again; what has none is left alone."""

import pytest
from PIL import Image, ImageStat

from ifax_desktop.documents.noise import noise_of, without_dots
from ifax_desktop.domain.page import FINE, WIDTH
from tests.documents.scanner import Paper, with_noise
from tests.documents.sheet import prose

SIZE = (WIDTH, 2156)
BOX = (400, 400, 1200, 1200)


@pytest.mark.parametrize("level", [235, 220, 205, 128])
def test_dots_become_grey_and_paper_beside_them_stays_white(level: int) -> None:
    page = Image.new("L", SIZE, 255)
    page.paste(level, (0, 0, WIDTH, 1600))
    calm = without_dots(page.convert("1").convert("L"), FINE)
    assert ImageStat.Stat(calm.crop(BOX)).mean[0] == pytest.approx(level, abs=3)
    assert ImageStat.Stat(calm.crop(BOX)).stddev[0] < 35
    assert calm.crop((0, 1800, WIDTH, 2156)).getextrema() == (255, 255)


@pytest.mark.parametrize("points", [5, 11])
def test_writing_is_no_dots(points: int) -> None:
    paper = Paper(200)
    paper.rows(40, 60, prose(100, 900 // points), points)
    page = paper.page.resize(SIZE)
    assert without_dots(page, FINE) is page


@pytest.mark.parametrize("spread", [0, 5, 10])
def test_noise_is_measured(spread: int) -> None:
    assert noise_of(with_noise(Image.new("L", SIZE, 200), spread)) == pytest.approx(spread, abs=2)
