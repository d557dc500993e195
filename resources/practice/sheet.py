"""One sheet of paper on its way through a fax machine: drawn large in grey, then scanned to black and white.

Coordinates are fax dots, 1728 across and 2156 down, from the top left corner; text stands on its baseline. The sheet
remembers the words put on it, so that what can be read on it is known without reading the picture.
"""

import random
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from resources.practice.handwriting import scribble, strokes

WIDTH, HEIGHT = 1728, 2156
FINER = 2
"""How much finer the sheet is drawn than it is scanned."""

LEFT, RIGHT = 150, 1578
ONE_LINE = 14
"""Baselines that close together are read as one line."""

FONTS = Path(__file__).parents[1] / "fonts"

Point = tuple[float, float]


@cache
def font(size: float, *, bold: bool = False) -> ImageFont.FreeTypeFont:
    """The program's own font, at `size` fax dots."""
    name = "NotoSans-Bold.ttf" if bold else "NotoSans-Regular.ttf"
    return ImageFont.truetype(FONTS / name, size * FINER, layout_engine=ImageFont.Layout.BASIC)


class Sheet:
    """A blank sheet to draw on."""

    def __init__(self, *, skew: float = 0.0, specks: int = 14) -> None:
        self._image = Image.new("L", (WIDTH * FINER, HEIGHT * FINER), 255)
        self._pen = ImageDraw.Draw(self._image)
        self._skew = skew
        self._specks = specks
        self._words: list[tuple[float, float, str]] = []

    @property
    def lines(self) -> list[str]:
        """What can be read on the sheet, line by line from the top; signatures cannot."""
        lines: list[list[tuple[float, float, str]]] = []
        for words in sorted(words for words in self._words if words[2].strip()):
            if lines and words[0] - lines[-1][0][0] <= ONE_LINE:
                lines[-1].append(words)
            else:
                lines.append([words])
        return [
            "  ".join(words.strip() for _, words in sorted((x, words) for _, x, words in line))
            for line in lines
        ]

    def text(
        self,
        x: float,
        y: float,
        words: str,
        size: float = 33,
        *,
        bold: bool = False,
        at: str = "l",
        ink: int = 0,
    ) -> None:
        """Print one line; `at` is l, m or r for where `x` lies."""
        self._words.append((y, x, words))
        self._pen.text((x * FINER, y * FINER), words, fill=ink, font=font(size, bold=bold), anchor=f"{at}s")

    def paragraph(
        self,
        y: float,
        words: str,
        size: float = 33,
        *,
        x: float = LEFT,
        right: float = RIGHT,
        bold: bool = False,
    ) -> float:
        """Print words in lines between `x` and `right`; gives the baseline of the line after them."""
        for line in self._lines(words, (right - x) * FINER, font(size, bold=bold)):
            self.text(x, y, line, size, bold=bold)
            y += size * 1.42
        return y

    def rule(self, y: float, x0: float = LEFT, x1: float = RIGHT, weight: float = 3) -> None:
        self.fill(x0, y, x1, y + weight)

    def fill(self, x0: float, y0: float, x1: float, y1: float, ink: int = 0) -> None:
        self._pen.rectangle((x0 * FINER, y0 * FINER, x1 * FINER - 1, y1 * FINER - 1), fill=ink)

    def box(self, x0: float, y0: float, x1: float, y1: float, weight: float = 3) -> None:
        self._pen.rectangle(
            (x0 * FINER, y0 * FINER, x1 * FINER, y1 * FINER), outline=0, width=round(weight * FINER)
        )

    def tick(self, x: float, y: float, words: str, *, on: bool = False, size: float = 30) -> None:
        """A box to tick, with its words; ticked by hand if `on`."""
        self.box(x, y - size * 0.82, x + size * 0.86, y + size * 0.04, 2.5)
        if on:
            self._line([(x - 3, y - 16), (x + 9, y + 3), (x + 38, y - 42)], 5)
        self.text(x + size * 1.4, y, words, size)

    def field(
        self, x0: float, y0: float, x1: float, y1: float, label: str, value: str = "", *, hand: str = ""
    ) -> None:
        """A box of a form: small label, and a value in print or by hand."""
        self.box(x0, y0, x1, y1, 2.5)
        self.text(x0 + 12, y0 + 30, label, 21)
        if value:
            self.text(x0 + 14, y1 - 18, value, 32)
        if hand:
            self.write(x0 + 18, y1 - 20, hand, 3.2)

    def row(
        self, y: float, cells: Sequence[tuple[float, str]], size: float = 30, *, bold: bool = False
    ) -> None:
        """Print cells of a table on one baseline; a cell whose x is negative ends at -x."""
        for x, words in cells:
            self.text(abs(x), y, words, size, bold=bold, at="r" if x < 0 else "l")

    def write(self, x: float, y: float, words: str, size: float = 3.6, weight: float = 4.2) -> float:
        """Write by hand; `size` is fax dots to a twelfth of a capital. Gives the x after the last letter."""
        self._words.append((y, x, words))
        lines, end = strokes(words, x, y, size)
        for line in lines:
            self._line(line, weight)
        return end

    def sign(self, x: float, y: float, name: str, size: float = 5.0) -> None:
        """Sign: the first letter, and a hurried line for the rest."""
        for line in scribble(name, x, y, size):
            self._line(line, 4.6)

    def stamp(self, x: float, y: float, lines: Sequence[str], *, turn: float = 6.0) -> None:
        """A rubber stamp, put on at an angle; `x` and `y` are its middle."""
        wide, high = 620, 64 + 62 * len(lines)
        stamp = Image.new("L", (wide * FINER, high * FINER), 255)
        pen = ImageDraw.Draw(stamp)
        for inset, weight in ((4, 7), (18, 3)):
            edge = (inset * FINER, inset * FINER, (wide - inset) * FINER, (high - inset) * FINER)
            pen.rounded_rectangle(edge, 20 * FINER, outline=0, width=weight * FINER)
        for number, words in enumerate(lines):
            self._words.append((y - high / 2 + 84 + 60 * number, x - wide / 2, words))
            size = 52 if number == 0 else 36
            place = (wide / 2 * FINER, (84 + 60 * number) * FINER)
            pen.text(place, words, fill=0, font=font(size, bold=True), anchor="ms")
        turned = stamp.rotate(turn, Image.Resampling.BICUBIC, expand=True, fillcolor=255)
        ink = turned.point(lambda grey: 255 - grey)
        self._image.paste(0, (round(x * FINER - turned.width / 2), round(y * FINER - turned.height / 2)), ink)

    def scanned(self, header: str, seed: str, *, fine: bool = True) -> Image.Image:
        """The page the machine sends: a little askew, specks of dust, the machine's own header line on top."""
        paper = self._image.rotate(self._skew, Image.Resampling.BICUBIC, fillcolor=255)
        top = Image.new("L", (WIDTH * FINER, 64 * FINER), 255)
        _header(ImageDraw.Draw(top), header)
        paper.paste(top, (0, 0))
        grey = paper.resize((WIDTH, HEIGHT if fine else HEIGHT // 2), Image.Resampling.BOX)
        page = grey.point(lambda shade: 255 if shade > 150 else 0).convert("1", dither=Image.Dither.NONE)
        _dust(page, seed, self._specks)
        return page

    def _line(self, points: Sequence[Point], weight: float) -> None:
        scaled = [(x * FINER, y * FINER) for x, y in points]
        width = round(weight * FINER)
        self._pen.line(scaled, fill=0, width=width, joint="curve")
        for x, y in (scaled[0], scaled[-1]):
            self._pen.ellipse((x - width / 2, y - width / 2, x + width / 2, y + width / 2), fill=0)

    def _lines(self, words: str, width: float, letters: ImageFont.FreeTypeFont) -> list[str]:
        lines = [""]
        for word in words.split():
            longer = f"{lines[-1]} {word}".strip()
            if letters.getlength(longer) <= width or not lines[-1]:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines


def _header(pen: ImageDraw.ImageDraw, words: str) -> None:
    """Fax machines print their line with letters of one width."""
    for place, letter in enumerate(words):
        pen.text(((60 + place * 17.2) * FINER, 46 * FINER), letter, fill=0, font=font(27), anchor="ms")


def _dust(page: Image.Image, seed: str, specks: int) -> None:
    chance = random.Random(seed)  # noqa: S311  # the same dust every time is the point
    pen = ImageDraw.Draw(page)
    for _ in range(specks):
        x, y = chance.randrange(20, WIDTH - 20), chance.randrange(80, page.height - 20)
        pen.ellipse((x, y, x + chance.randrange(1, 4), y + chance.randrange(1, 3)), fill=0)
