"""Paper, and what a scanner or a camera makes of it: soft, aslant, grey and noisy, the same on every machine."""

import io
import random
from functools import cache

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from ifax_desktop.documents import lettering
from ifax_desktop.documents.lettering import Face

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
