"""Pages of known truth that come from scanners, phones and other fax machines."""

import io
import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from ifax_desktop.documents import lettering
from ifax_desktop.documents.lettering import Face
from tests.documents.photographs import portrait
from tests.documents.scanner import Paper, file, with_noise
from tests.documents.sheet import prose


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
