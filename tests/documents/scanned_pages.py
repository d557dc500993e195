"""Pages of known truth that come from scanners, cameras and other fax machines, made with Pillow alone."""

import io
import math
import random
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from ifax_desktop.documents import lettering
from ifax_desktop.documents.lettering import Face
from tests.documents.sheet import prose

Size = tuple[int, int]


def noise(size: Size, spread: float, seed: int = 1) -> Image.Image:
    """Return grey around 128 with this standard deviation, the same on every machine."""
    return _grain(size, seed).point([round(128 + (level - 128) * spread / 43) for level in range(256)])


@cache
def _grain(size: Size, seed: int) -> Image.Image:
    """Return the mean of four even chances for each dot, of deviation 43, repeated from a smaller piece."""
    chance, side = random.Random(seed), 512
    piece = Image.frombytes("L", (side, side), chance.randbytes(side * side))
    for _ in range(3):
        piece = Image.blend(piece, Image.frombytes("L", (side, side), chance.randbytes(side * side)), 0.5)
    whole = Image.new("L", size)
    for left in range(0, size[0], side):
        for top in range(0, size[1], side):
            whole.paste(piece, (left, top))
    return whole


def with_noise(page: Image.Image, spread: float) -> Image.Image:
    """Return a grey picture with the noise of a scanner."""
    return ImageChops.add(page, noise(page.size, spread), 1, -128)


def file(page: Image.Image, dpi: int, kind: str = "JPEG") -> bytes:
    """Return a picture as a file, or as the only page of a PDF."""
    out = io.BytesIO()
    if kind == "PDF":
        page.save(out, kind, resolution=dpi, quality=90)
    else:
        page.save(out, kind, dpi=(dpi, dpi), quality=90)
    return out.getvalue()


class Paper:
    """Letter paper as a scanner sees it, in dots of `dpi` to the inch; places and sizes are points from the top left."""

    def __init__(self, dpi: int) -> None:
        self.dpi = dpi
        self.page = Image.new("L", (round(8.5 * dpi), 11 * dpi), 255)
        self.pen = ImageDraw.Draw(self.page)

    def dots(self, *points: float) -> list[float]:
        """Return lengths in dots."""
        return [length * self.dpi / 72 for length in points]

    def rows(
        self,
        x: float,
        y: float,
        lines: list[str],
        points: float,
        face: Face = Face.REGULAR,
        leading: float = 1.3,
    ) -> None:
        """Write lines one below the other, the first one's top at `y`."""
        letters = lettering.font(face, points * self.dpi / 72 / lettering.SCALE)
        for at, line in enumerate(lines):
            left, top = self.dots(x, y + at * points * leading)
            self.pen.text((left, top), line, fill=0, font=letters, anchor="la")

    def line(self, *places: float, thick: float = 0.6) -> None:
        """Draw a straight line from one place to another."""
        self.pen.line(self.dots(*places), fill=0, width=max(1, round(thick * self.dpi / 72)))

    def scanned(
        self, *, skew: float = 0.5, white: int = 243, ink: int = 45, spread: float = 5
    ) -> Image.Image:
        """Return what a scanner makes of it: turned by `skew` degrees, a little soft, grey and noisy."""
        page = self.page.filter(ImageFilter.GaussianBlur(self.dpi / 400))
        page = page.rotate(skew, Image.Resampling.BICUBIC, fillcolor=255)
        return with_noise(page.point([ink + level * (white - ink) // 255 for level in range(256)]), spread)


def scan(dpi: int, *, points: float = 11, lines: int = 34, white: int = 243, kind: str = "JPEG") -> bytes:
    """Return a scanned letter with writing of one size."""
    paper = Paper(dpi)
    paper.rows(72, 80, prose(lines, round(470 / points / 0.56)), points)
    return file(paper.scanned(white=white), dpi, kind)


def scan_with_small_print(points: float) -> bytes:
    """Return a scanned letter at 11 pt with a block of small print below it, as under a contract."""
    paper = Paper(300)
    paper.rows(72, 72, prose(20, 76), 11)
    paper.rows(72, 430, prose(20, round(470 / points / 0.56), seed=3), points)
    return file(paper.scanned(skew=-0.4), 300)


def scan_of_columns(points: float) -> bytes:
    """Return a newspaper's page in three columns."""
    paper = Paper(200)
    paper.rows(60, 50, ["Harbour to be widened"], 28, Face.BOLD)
    for column in range(3):
        lines = prose(66, round(150 / points / 0.56), seed=column)
        paper.rows(60 + 168 * column, 110, lines, points, leading=1.25)
    return file(paper.scanned(skew=0.3), 200)


def scan_of_a_table() -> bytes:
    """Return a ruled table at 9.5 pt, with the shadow of the lid along one side and the holes of a binder."""
    paper = Paper(200)
    for row in range(28):
        y = 90 + 22 * row
        paper.line(80, y, 560, y)
        paper.rows(86, y + 4, [prose(1, 30, seed=row)[0]], 9.5)
        paper.rows(400, y + 4, [f"{row * 7919 % 10000 / 10:.1f}"], 9.5)
    for x in (80, 390, 560):
        paper.line(x, 90, x, 706)
    page = paper.scanned(skew=0.8)
    pen = ImageDraw.Draw(page)
    for y in (640, 1500):
        pen.ellipse((70, y, 120, y + 50), fill=30)
    shadow = (
        Image.linear_gradient("L")
        .rotate(90)
        .resize((36, page.height))
        .point([90 + v * 150 // 255 for v in range(256)])
    )
    page.paste(with_noise(shadow, 5), (0, 0))
    return file(page, 200)


def table_off_the_right() -> bytes:
    """Return a scanned table whose last column runs off the paper."""
    paper = Paper(200)
    for row in range(30):
        paper.rows(60, 90 + 20 * row, [prose(1, 44, seed=row)[0]], 11)
        paper.rows(545, 90 + 20 * row, [f"{(row + 3) * 7919:,}.00 EUR"], 11)
    return file(paper.scanned(skew=0.2), 200)


def scanned_back_of_a_page() -> bytes:
    """Return an empty sheet from a scanner: specks of dust, and a faint shadow along one side."""
    page, chance = Image.new("L", (1700, 2200), 246), random.Random(4)
    shade = (
        Image.linear_gradient("L")
        .rotate(90)
        .resize((300, 2200))
        .point([205 + v * 41 // 255 for v in range(256)])
    )
    page.paste(shade, (0, 0))
    page = with_noise(page, 5)
    for _ in range(9):
        x, y = chance.randrange(100, 1600), chance.randrange(100, 2100)
        page.paste(60, (x, y, x + 3, y + 2))
    return file(page, 200)


def negative() -> bytes:
    """Return a microfilm's copy: white writing on black."""
    paper = Paper(200)
    paper.rows(72, 80, prose(30, 70), 12)
    return file(ImageChops.invert(paper.scanned(white=235, ink=20)), 200)


def phone_picture() -> bytes:
    """Return a letter photographed on a desk: soft, aslant, and darker towards one corner."""
    paper = Paper(170)
    paper.rows(72, 80, prose(32, 70), 12)
    page = paper.page.filter(ImageFilter.GaussianBlur(0.6))
    width, height = page.size
    corners = (-10, -6, 14, height + 12, width + 8, height - 10, width - 12, 9)
    page = page.transform(page.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=255)
    gradient = Image.linear_gradient("L")
    light = Image.blend(gradient, gradient.rotate(90), 0.4).resize(page.size)
    light = light.point([235 - v * 95 // 255 for v in range(256)])
    return file(
        with_noise(ImageChops.multiply(page.point([50 + v * 205 // 255 for v in range(256)]), light), 4), 170
    )


def forwarded_fax() -> bytes:
    """Return a fax that came in with its grey ground in dots, and goes on."""
    page = Image.new("L", (1728, 2156), 205)
    letters = lettering.font(Face.REGULAR, 12 * 200 / 72 / lettering.SCALE)
    pen = ImageDraw.Draw(page)
    for at, line in enumerate(prose(36, 66)):
        pen.text((200, 200 + 48 * at), line, fill=0, font=letters)
    out = io.BytesIO()
    page.convert("1").save(out, "TIFF", dpi=(204, 196), compression="group4")
    return out.getvalue()


def landscape(size: Size, *, dusk: bool = False) -> Image.Image:
    """Return hills under a sky, with the grain of a camera; at dusk with lights in windows."""
    width, height = size
    sky = Image.linear_gradient("L").resize(size).point([110 + v * 110 // 255 for v in range(256)])
    page, chance = sky, random.Random(11)
    for ridge, level in enumerate((150, 110, 75)):
        texture = Image.frombytes("L", (60, 60), chance.randbytes(3600)).resize(
            size, Image.Resampling.BICUBIC
        )
        rough = Image.frombytes("L", (300, 300), chance.randbytes(90000)).resize(
            size, Image.Resampling.BICUBIC
        )
        texture = Image.blend(texture, rough, 0.4).point(
            [max(0, level - 45 + v * 90 // 255) for v in range(256)]
        )
        line = [
            (x, height * (0.45 + 0.17 * ridge + 0.06 * math.sin(x / width * (5 + 3 * ridge) + ridge)))
            for x in range(0, width + 8, 8)
        ]
        where = Image.new("L", size)
        ImageDraw.Draw(where).polygon([(0, height), *line, (width, height)], fill=255)
        page = Image.composite(texture, page, where.filter(ImageFilter.GaussianBlur(1.5)))
    ImageDraw.Draw(page).ellipse(
        (width * 0.7, height * 0.1, width * 0.78, height * 0.1 + width * 0.08), fill=240
    )
    if dusk:
        page = page.point([v * 5 // 9 for v in range(256)])
        for _ in range(60):
            x, y = chance.randrange(width), chance.randrange(height // 2, height)
            side = width // 100
            page.paste(chance.randrange(150, 250), (x, y, x + side, y + side))
    return with_noise(page, 5)


def portrait(size: Size) -> Image.Image:
    """Return a head and shoulders before an even ground, as on passports."""
    width, height = size
    page = Image.radial_gradient("L").resize(size).point([190 - v * 30 // 255 for v in range(256)])
    pen = ImageDraw.Draw(page)

    def oval(left: float, top: float, right: float, bottom: float, level: int) -> None:
        pen.ellipse((left * width, top * height, right * width, bottom * height), fill=level)

    oval(0.02, 0.76, 0.98, 1.5, 70)
    oval(0.38, 0.6, 0.62, 0.86, 150)
    oval(0.24, 0.1, 0.76, 0.62, 45)
    oval(0.28, 0.18, 0.72, 0.74, 175)
    for left in (0.36, 0.55):
        oval(left, 0.41, left + 0.09, 0.44, 60)
        oval(left - 0.01, 0.37, left + 0.1, 0.39, 70)
    oval(0.47, 0.46, 0.53, 0.55, 150)
    oval(0.42, 0.61, 0.58, 0.64, 110)
    side = Image.linear_gradient("L").rotate(90).resize(size).point([205 + v * 50 // 255 for v in range(256)])
    return with_noise(ImageChops.multiply(page.filter(ImageFilter.GaussianBlur(width / 60)), side), 4)


def photograph(dpi: int, *, dusk: bool = False, kind: str = "JPEG") -> bytes:
    """Return a photograph that fills the page but for a margin of half an inch."""
    page = Image.new("L", (round(8.5 * dpi), 11 * dpi), 255)
    page.paste(landscape((round(7.5 * dpi), 10 * dpi), dusk=dusk), (dpi // 2, dpi // 2))
    return file(page, dpi, kind)


def photograph_with_writing() -> bytes:
    """Return a poster: sentences across the sky and the hills of a photograph."""
    page = landscape((1700, 2200))
    pen = ImageDraw.Draw(page)
    letters = lettering.font(Face.BOLD, 16 * 200 / 72 / lettering.SCALE)
    for at, line in enumerate(prose(7, 52, seed=2)):
        pen.text((160, 250 + 60 * at), line, fill=20, font=letters)
    for at, line in enumerate(prose(7, 52, seed=5)):
        pen.text((160, 1500 + 60 * at), line, fill=245, font=letters)
    return file(page, 200)


def identity_card() -> bytes:
    """Return both sides of a card on an otherwise empty page: a portrait, fields at 9 pt, a pale pattern below them."""
    paper = Paper(300)
    for side, top in enumerate((120, 360)):
        paper.pen.rounded_rectangle(paper.dots(170, top, 414, top + 153), 30, outline=90, width=3, fill=236)
        for wave in range(24):
            curve = [(174 + x, top + 6 * wave + 8 + 4 * math.sin(x / 9 + wave)) for x in range(0, 236, 3)]
            paper.pen.line(paper.dots(*(at for place in curve for at in place)), fill=222, width=2)
        if side == 0:
            left, high, right, low = (round(dots) for dots in paper.dots(182, top + 36, 252, top + 126))
            paper.page.paste(portrait((right - left, low - high)), (left, high))
        told = ["IDENTITY CARD", "Keller, Anna Maria", "12.04.1981", "Leith", "L22 B41 77X"]
        paper.rows(264 if side == 0 else 190, top + 22, told, 9.5, leading=2)
    return file(paper.scanned(skew=0.6), 300)


def passport() -> bytes:
    """Return the page of a passport, made twice as large: a portrait, fields, and two lines for machines."""
    paper = Paper(200)
    paper.pen.rectangle(paper.dots(60, 100, 552, 480), fill=228, outline=120, width=2)
    left, high, right, low = (round(dots) for dots in paper.dots(84, 140, 244, 345))
    paper.page.paste(portrait((right - left, low - high)), (left, high))
    told = [
        "Type P    Code GBR    No 533401225",
        "KELLER",
        "ANNA MARIA",
        "BRITISH CITIZEN",
        "12 APR 81",
        "F  EDINBURGH",
    ]
    paper.rows(270, 140, told, 12, leading=2.4)
    machine = ["P<GBRKELLER<<ANNA<MARIA<<<<<<<<<<<<<", "5334012259GBR8104128F3011044<<<<<<08"]
    paper.rows(80, 410, machine, 18, Face.FIXED)
    return file(paper.scanned(skew=-0.5), 200)
