"""A picture file as pages: PNG, JPEG, TIFF with any number of pages, BMP, GIF, WebP and HEIC, read by Pillow.

Only the worker imports this. Of an animation the first picture is taken.
"""

import io
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from PIL import Image, ImageOps, TiffImagePlugin, WebPImagePlugin

from ifax_desktop.documents import protocol
from ifax_desktop.documents.protocol import Reason, Refusal

_LEARNT: Final = (TiffImagePlugin, WebPImagePlugin)
# Those Pillow does not know of by itself.
FORMATS: Final = ("PNG", "JPEG", "TIFF", "BMP", "DIB", "GIF", "WEBP")
_HEIC_BRANDS: Final = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1")
_MOST_BYTES: Final = 450 * protocol.MEGABYTE
"""Of one picture taken out of its file, with the copies that a page is made through: more does not fit."""
_BYTES_A_DOT: Final = {"1": 2, "L": 2, "RGB": 6, "LA": 13, "I;16": 12, "I": 14, "F": 14}
_BYTES_OF_OTHERS: Final = 10
"""Four of the picture, four of the same on white, and its transparency."""
_PLAUSIBLE: Final = set(range(60, 2401)) - {72, 96}
"""Dots to the inch that tell a size: cameras and screens write 72 and 96 whatever they mean."""
_FULL: Final = (540.0, 720.0)
"""Points a picture without a size fills: Letter and A4 with half an inch around."""
_COARSEST: Final = 100
"""Dots to the inch below which a picture without a size is not stretched."""
_ORIENTATION: Final = 0x0112
_LYING: Final = (5, 6, 7, 8)
"""EXIF orientations whose picture is stored on its side."""


class Pictures:
    """The pictures of one file. Raises Refusal if they cannot be read."""

    def __init__(self, document: bytes) -> None:
        Image.MAX_IMAGE_PIXELS = None  # our own limit is by bytes, see _check
        if document[4:8] == b"ftyp" and document[8:12] in _HEIC_BRANDS:
            _learn_heic()
        self._document = document
        self._sizes = self._measured()
        self.pages = len(self._sizes)
        self._load(0, (1, 1))

    def _open(self, page: int = 0) -> Image.Image:
        formats = [*FORMATS, *(name for name in ("HEIF",) if name in Image.OPEN)]
        image = Image.open(io.BytesIO(self._document), formats=formats)
        if page:
            image.seek(page)
        return image

    @contextmanager
    def _reading(self, page: int) -> Iterator[None]:
        """Say what a failure in here means: Pillow's readers fail in many ways, and they all mean the same."""
        try:
            with warnings.catch_warnings(action="ignore"):
                yield
        except (MemoryError, Refusal):
            raise
        except Exception as error:
            reason = Reason.PICTURE_DAMAGED if page == 0 else Reason.PAGE_DAMAGED
            raise Refusal(reason, f"page {page + 1}: {error!r}") from error

    def close(self) -> None:
        """Let go of the file."""
        self._document = b""

    def sizes(self) -> list[tuple[float, float]]:
        """Return width and height of each picture, in points; one without a size of its own fills a page."""
        return self._sizes

    def draw(self, page: int, width: int, height: int, turn: int, *, colour: bool = False) -> Image.Image:
        """Return a picture on white, grey or in colours, of this size after a turn by `turn` degrees clockwise."""
        if not 0 <= page < self.pages:
            raise Refusal(Reason.PAGE_DAMAGED, f"there is no page {page}")
        size = (width, height) if turn in (0, 180) else (height, width)
        image = self._load(page, (max(size), max(size)))
        with self._reading(page):
            ImageOps.exif_transpose(image, in_place=True)  # no copy of what lies as it should
            image = _on_white(image)
        if image.size != size:
            # A fax that is doubled line by line stays what it was, dot by dot.
            whole = image.mode == "1" and not size[0] % image.width and not size[1] % image.height
            image = image if whole else image.convert("L") if image.mode == "1" else image
            how = Image.Resampling.NEAREST if whole else Image.Resampling.LANCZOS
            image = image.resize(size, how, reducing_gap=None if whole else 3.0)
        return image.rotate(-turn, expand=True) if turn else image

    def largest_picture(self, page: int) -> tuple[float, float]:
        """Return that the picture takes the whole page, and its dots to the inch as it will lie on paper."""
        with self._reading(page):
            image = self._open(page)
            across, down = image.size
            if _lies(image):
                across, down = down, across
        width, height = self._sizes[page]
        return 1.0, 72 * math.sqrt(across / width * down / height)

    def _measured(self) -> list[tuple[float, float]]:
        """Return the size of each page, from one walk through the file: to begin anew for each takes them all squared."""
        with self._reading(0):
            image = self._open()
            sizes = [_size(image)]
        while image.format == "TIFF":
            with self._reading(len(sizes)):
                try:
                    image.seek(len(sizes))
                except EOFError:
                    break
                if len(sizes) == protocol.MAX_PAGES:
                    raise Refusal(Reason.TOO_MANY_PAGES, f"more than {protocol.MAX_PAGES} pages")
                sizes.append(_size(image))
        return sizes

    def _load(self, page: int, wanted: tuple[int, int]) -> Image.Image:
        with self._reading(page):
            # Opened anew: a photograph is taken out of its file in a half, a quarter or an eighth of its size where that
            # is enough, and stays that small.
            image = self._open(page)
            if image.format in ("JPEG", "MPO"):
                image.draft(None, wanted)
            _check(image)
            image.load()
            return image


def _learn_heic() -> None:
    import pi_heif

    pi_heif.register_heif_opener(thumbnails=False)


def _check(image: Image.Image) -> None:
    size = image.width * image.height * _BYTES_A_DOT.get(image.mode, _BYTES_OF_OTHERS)
    if size > _MOST_BYTES:
        raise Refusal(Reason.PICTURE_TOO_LARGE, f"{image.width} by {image.height} in {image.mode}")


def _size(image: Image.Image) -> tuple[float, float]:
    """Return width and height in points; a picture without a size of its own fills a page."""
    width, height = image.size
    across, down = _resolution(image)
    if _lies(image):
        width, height, across, down = height, width, down, across
    if round(across) in _PLAUSIBLE and round(down) in _PLAUSIBLE:
        points = (width * 72 / across, height * 72 / down)
    else:
        upright = _FULL if height >= width else _FULL[::-1]
        scale = min(upright[0] / width, upright[1] / height, 72 / _COARSEST)
        points = (width * scale, height * scale)
    return min(points[0], protocol.MAX_POINTS), min(points[1], protocol.MAX_POINTS)


def _lies(image: Image.Image) -> bool:
    """Whether the picture is stored on its side."""
    if image.format == "PNG":
        _check(image)  # its notes may stand behind the dots, so that Pillow takes these out first
    return image.getexif().get(_ORIENTATION) in _LYING


def _resolution(image: Image.Image) -> tuple[float, float]:
    """Return dots to the inch across and down; 0 where nothing useful is said."""
    told = image.info.get("dpi", (0, 0))
    try:
        across, down = (float(number) for number in told)
    except (TypeError, ValueError, ZeroDivisionError):
        return 0.0, 0.0
    return (across, down) if 0 < across < 1e6 and 0 < down < 1e6 else (0.0, 0.0)


def _on_white(image: Image.Image) -> Image.Image:
    """Return a picture without transparency, in 1 bit, grey or RGB."""
    if image.mode.startswith("I") or image.mode == "F":
        # 16 bits and more a dot: the whole range becomes 0 to 255.
        least, most = image.getextrema()
        span = (float(most) - float(least)) or 1.0  # type: ignore[arg-type]
        deep = image.mode.startswith("I;16")
        scale, shift = (1 / 257, 0.0) if deep else (255 / span, -float(least) * 255 / span)  # type: ignore[arg-type]
        return image.convert("I").point(lambda value: value * scale + shift).convert("L")
    if image.mode in ("1", "L", "RGB"):
        return image
    if image.mode in ("LA", "PA", "RGBA", "La", "RGBa") or "transparency" in image.info:
        image = image if image.mode == "RGBA" else image.convert("RGBA")
        white = Image.new("RGB", image.size, "white")
        white.paste(image, mask=image.getchannel("A"))
        return white
    return image.convert("RGB")
