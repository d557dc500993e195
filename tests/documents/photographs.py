"""Photographs made with Pillow alone, with tones and grain as a camera gives them."""

import math
import random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from ifax_desktop.documents import lettering
from ifax_desktop.documents.lettering import Face
from tests.documents.scanner import Size, file, with_noise
from tests.documents.sheet import prose


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
