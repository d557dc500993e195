"""What others add to a page before it comes here: the noise of a scanner, and the dots of another fax machine.

Only the worker imports this. A fax that came in and goes on may have its greys in dots. Cut as they are, dots take the
writing with them or stay as they are; taken together with their neighbours they become grey again, and drop out.
"""

from typing import Final

from PIL import Image, ImageChops, ImageFilter

from ifax_desktop.domain.page import FINE

_MOST: Final = 12
"""Of 255: no scanner has more noise. A page that has is in dots all over, and made smaller since."""
_ALONE: Final = 64
"""Of 255: a dot that differs by more from each of its neighbours stands alone."""
_SOME_ALONE: Final = 0.03
"""Of the dots of a page, along the line: small print has more, common writing less."""
_MANY_ALONE: Final = 12
"""Of 255, within some millimetres: twice what the smallest print has."""
_CELL: Final = 8
"""Dots across a cell of about 1 mm."""
_SOFT: Final = 1.5
"""Dots on either side that are taken together."""


def noise_of(grey: Image.Image) -> float:
    """Return the standard deviation of dots that should be alike, from the middle difference of neighbours."""
    rows = _some_rows(grey)
    tally = ImageChops.difference(rows, ImageChops.offset(rows, 1, 0)).histogram()
    half = sum(tally) / 2
    for difference, dots in enumerate(tally):
        half -= dots
        if half <= 0:
            return max(0, difference - 1)  # a step of rounding is none
    return 0


def without_dots(grey: Image.Image, fineness: int) -> Image.Image:
    """Return a page of `fineness` lines to the inch whose dots are grey again; it is the same if it has none."""
    if noise_of(grey) > _MOST:
        return _soft(grey, fineness)
    tally = _apart(_some_rows(grey), 1, 0).histogram()
    if sum(tally[_ALONE:]) < _SOME_ALONE * sum(tally):
        return grey
    alone = ImageChops.darker(_apart(grey, 1, 0), _apart(grey, 0, 1))
    alone = alone.point([0] * _ALONE + [255] * (256 - _ALONE))
    share = alone.reduce((_CELL, max(1, _CELL * fineness // FINE))).filter(ImageFilter.BoxBlur(2))
    dotted = share.point([0] * _MANY_ALONE + [255] * (256 - _MANY_ALONE))
    if dotted.getbbox() is None:
        return grey
    # Where dots end there are fewer.
    where = dotted.filter(ImageFilter.BoxBlur(3)).point([0] + [255] * 255)
    return Image.composite(_soft(grey, fineness), grey, where.resize(grey.size, Image.Resampling.NEAREST))


def _soft(grey: Image.Image, fineness: int) -> Image.Image:
    return grey.filter(ImageFilter.BoxBlur((_SOFT, _SOFT * fineness / FINE)))


def _apart(grey: Image.Image, x: int, y: int) -> Image.Image:
    """Return by how much each dot differs at least from its two neighbours in one direction."""
    before, after = (ImageChops.offset(grey, way * x, way * y) for way in (1, -1))
    return ImageChops.darker(ImageChops.difference(grey, before), ImageChops.difference(grey, after))


def _some_rows(grey: Image.Image) -> Image.Image:
    return grey.resize((grey.width, max(1, grey.height // 8)), Image.Resampling.NEAREST)
