"""Grey becomes black and white: writing stays on every ground, grounds drop out, photographs alone become dots."""

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from ifax_desktop.documents import lettering
from ifax_desktop.documents.black_and_white import black_and_white
from ifax_desktop.documents.lettering import Face
from ifax_desktop.domain.page import FINE, STANDARD, SUPERFINE, WIDTH, Paper, Treatment

SIZE = (WIDTH, Paper.LETTER.lines(FINE))
WORDS = "The quick brown fox jumps over the lazy dog"


def paper(level: int = 255, fineness: int = FINE) -> Image.Image:
    return Image.new("L", (WIDTH, Paper.LETTER.lines(fineness)), level)


def write(page: Image.Image, ink: int, top: int = 400, points: float = 11) -> Image.Image:
    pen = ImageDraw.Draw(page)
    for line in range(5):
        font = lettering.font(Face.REGULAR, points / 2)
        pen.text((300, top + line * 60), WORDS, fill=ink, font=font)
    return page


def black(page: Image.Image, box: tuple[int, int, int, int] | None = None) -> float:
    """Return the share of black."""
    part = page.crop(box) if box else page
    return part.convert("L").histogram()[0] / (part.width * part.height)


def known() -> Image.Image:
    """Return how the words look, black on white."""
    return black_and_white(write(paper(), 0), FINE)


def is_alike(page: Image.Image, other: Image.Image, within: float = 0.25) -> bool:
    """Whether the words look much the same: few dots differ, compared with the dots there are."""
    box = (280, 380, 1400, 720)
    differ = ImageChops.difference(page.crop(box).convert("L"), other.crop(box).convert("L"))
    return black(ImageChops.invert(differ)) < within * black(other, box)


@pytest.mark.parametrize("fineness", [STANDARD, FINE, SUPERFINE])
@pytest.mark.parametrize("treatment", list(Treatment))
def test_black_and_white_stay_what_they_are(fineness: int, treatment: Treatment) -> None:
    page = paper(255, fineness)
    page.paste(0, (0, 0, WIDTH // 2, page.height))
    bits = black_and_white(page, fineness, treatment)
    assert (bits.mode, bits.size) == ("1", page.size)
    assert black(bits, (0, 0, WIDTH // 2 - 2, page.height)) == 1
    assert black(bits, (WIDTH // 2 + 2, 0, WIDTH, page.height)) == 0


@pytest.mark.parametrize("ground", [235, 210, 180, 150, 120])
def test_a_ground_drops_out_and_its_writing_stays(ground: int) -> None:
    page = paper()
    page.paste(ground, (200, 300, 1500, 900))
    bits = black_and_white(write(page, 0), FINE)
    assert is_alike(bits, known(), 0.45)
    assert black(bits, (250, 750, 1450, 850)) == 0


@pytest.mark.parametrize("ground", [0, 40, 90, 130, 160])
def test_light_writing_keeps_its_dark_ground(ground: int) -> None:
    page = paper()
    page.paste(ground, (200, 300, 1500, 900))
    bits = black_and_white(write(page, 255), FINE)
    assert is_alike(ImageChops.invert(bits.convert("L")), known(), 0.5)
    assert black(bits, (250, 750, 1450, 850)) == 1


@pytest.mark.parametrize("ink", [100, 150, 200])
def test_faint_writing_and_hairlines_stay(ink: int) -> None:
    page = write(paper(), ink)
    pen = ImageDraw.Draw(page)
    pen.line((300, 1000, 1400, 1000), fill=ink)
    pen.line((300, 1100, 300, 1500), fill=ink)
    bits = black_and_white(page, FINE)
    assert is_alike(bits, known(), 0.45)
    assert black(bits, (310, 1000, 1390, 1001)) == 1
    assert black(bits, (300, 1110, 301, 1490)) == 1


def test_shadow_over_a_page_takes_no_word() -> None:
    shade = (
        Image.linear_gradient("L").rotate(90).resize(SIZE).point([255 - value // 2 for value in range(256)])
    )
    bits = black_and_white(ImageChops.multiply(write(paper(), 20), shade), FINE)
    assert is_alike(bits, known(), 0.45)
    assert black(bits) < 0.05


def test_noise_of_a_scanner_leaves_no_specks() -> None:
    noise = Image.effect_noise(SIZE, 9)
    page = ImageChops.add(paper(225), noise, 1, -128)
    assert black(black_and_white(page, FINE)) < 0.0005


def photograph(size: tuple[int, int]) -> Image.Image:
    cloud = Image.effect_noise(size, 90).filter(ImageFilter.GaussianBlur(4))
    cloud = cloud.point([min(255, max(0, (value - 128) * 6 + 120)) for value in range(256)])
    return Image.blend(cloud, Image.radial_gradient("L").resize(size), 0.5)


def test_a_photograph_becomes_dots_and_the_writing_beside_it_does_not() -> None:
    page = write(paper(), 0)
    picture = photograph((800, 600))
    page.paste(picture, (500, 1200))
    bits = black_and_white(page, FINE)
    assert is_alike(bits, known())
    inside = (520, 1220, 1280, 1780)
    grey = page.crop(inside).resize((19, 14), Image.Resampling.BOX)
    dots = bits.crop(inside).convert("L").resize((19, 14), Image.Resampling.BOX)
    apart = ImageChops.difference(grey, dots).tobytes()
    assert sum(apart) / len(apart) < 30
    assert black(bits, (0, 1900, WIDTH, SIZE[1])) == 0


def test_as_text_a_photograph_has_no_dots() -> None:
    page = paper()
    page.paste(photograph((800, 600)), (500, 1200))

    def edges(bits: Image.Image) -> int:
        return black_edges(bits.convert("L"))

    as_text = black_and_white(page, FINE, Treatment.TEXT)
    assert edges(as_text) < edges(black_and_white(page, FINE)) / 3


def black_edges(page: Image.Image) -> int:
    """Return how often black and white meet along the lines."""
    return ImageChops.difference(page, ImageChops.offset(page, 1, 0)).histogram()[255]


def test_as_a_photograph_every_grey_is_kept() -> None:
    bits = black_and_white(paper(128), FINE, Treatment.PHOTO)
    assert black(bits) == pytest.approx(0.48, abs=0.05)


def test_darker_and_lighter_do_what_they_say() -> None:
    page = write(paper(), 0).filter(ImageFilter.GaussianBlur(2))
    shares = [
        black(black_and_white(page, FINE, how))
        for how in (Treatment.LIGHTER, Treatment.AUTO, Treatment.DARKER)
    ]
    assert shares == sorted(shares)
    assert shares[0] < 0.85 * shares[2]


def test_bars_of_a_chart_can_be_told_apart() -> None:
    page = write(paper(), 0)
    for number, level in enumerate((40, 110, 170)):
        page.paste(level, (300 + 200 * number, 1300, 420 + 200 * number, 1800))
    bits = black_and_white(page, FINE)
    assert black(bits, (310, 1310, 410, 1790)) == 1
    assert black(bits, (510, 1310, 610, 1790)) > 0.99
    pale = bits.crop((690, 1290, 830, 1810)).convert("L")
    assert 0.01 < black(pale) < 0.5, "a frame, and white within"


@pytest.mark.parametrize("level", [235, 215, 195])
def test_a_pale_bar_leaves_nothing_where_it_meets_paper(level: int) -> None:
    page = write(paper(), 0)
    page.paste(level, (203, 1203, 1501, 1299))
    page.paste(level, (0, 1503, WIDTH, 1555))
    bits = black_and_white(page, FINE)
    assert is_alike(bits, known())
    assert black(bits, (0, 1100, WIDTH, SIZE[1])) == 0


@pytest.mark.parametrize("fineness", [STANDARD, FINE])
def test_a_fax_in_dots_that_goes_on_keeps_its_writing_and_not_its_dots(fineness: int) -> None:
    dots = write(paper(205), 0).convert("1").convert("L")
    height = Paper.LETTER.lines(fineness)
    smaller = dots.resize((WIDTH - 31, height - 19), Image.Resampling.LANCZOS)
    page = paper(255, fineness)
    page.paste(smaller, (16, 19))
    bits = black_and_white(page, fineness).resize(SIZE)
    assert black(bits, (300, 400, 1100, 720)) == pytest.approx(black(known(), (300, 400, 1100, 720)), rel=0.5)
    assert black(bits, (100, 800, WIDTH - 100, SIZE[1] - 100)) < 0.001
