"""A page looked over as it will be printed: small writing, dots, darkness, slowness, blankness, coarseness, lost edges.

Only the worker imports this. Everything is measured on the page that goes out, but for the size of letters and the
resolution of pictures, which the document knows.
"""

from collections.abc import Iterator
from typing import Final

from PIL import Image, ImageChops

from ifax_desktop.documents import protocol
from ifax_desktop.documents.faxing import Faxed
from ifax_desktop.documents.fitting import Place
from ifax_desktop.documents.plain_text import PlainText
from ifax_desktop.documents.source import Lettered, Pictured, Source
from ifax_desktop.domain.findings import Finding, Trouble
from ifax_desktop.domain.page import ACROSS, FINE, STANDARD, SUPERFINE, WIDTH, PageFormat, PageLook

SMALLEST: Final = {STANDARD: 8.0, FINE: 6.0, SUPERFINE: 4.0}
"""Points below which letters may not be readable (field notes, section 4.2)."""
_SMALL_SHARE: Final = 0.02
"""Of the letters of a page: a line of small print counts, an exponent does not."""
_CELL: Final = 16
"""Dots across a cell of about 2 mm."""
_DOTTED: Final = 70
"""Of 255: how often black and white change within a cell of dots; in writing they do a third as often."""
_LEAST_DOTTED: Final = 36
"""Cells: 1.4 square centimetres."""
_DARK: Final = 0.35
_BLANK: Final = 32
"""Of 255: the black in the fullest cell of a page that holds nothing but specks."""
_SLOW: Final = 120.0
_USUAL_LINE: Final = 9600
"""Bits a second, with pages coded as MR: what a line of middling quality does."""
_COARSE: Final = 130.0
"""Dots to the inch below which letters of a scan fall apart."""
_COARSE_SHARE: Final = 0.4
_EDGE: Final = 32
"""Dots at either side that machines cut: 4 mm."""
_LEAST_AT_EDGE: Final = 12
"""Lines with something in them."""


def look_over(
    source: Source, page: int, form: PageFormat, look: PageLook, faxed: Faxed, mr_bytes: int
) -> tuple[Finding, ...]:
    """Return what may go wrong with a page, the worst first."""
    bits, where = faxed.drawn, faxed.where
    if sum(_cells(ImageChops.invert(bits), form).histogram()[_BLANK:]) == 0:
        return (Finding(Trouble.BLANK),)
    return (
        *_letters(source, page),
        *_edges(bits, look, form),
        *_small_text(source, page, form, where),
        *_dots(faxed.grey, bits, form),
        *_coarse(source, page, where, form),
        *_dark(bits),
        *_slow(mr_bytes),
    )


def _cells(page: Image.Image, form: PageFormat) -> Image.Image:
    """Return the share of white in each cell of about 2 mm."""
    return page.convert("L").reduce((_CELL, max(1, _CELL * form.fineness // ACROSS)))


def _dark(bits: Image.Image) -> Iterator[Finding]:
    black = bits.histogram()[0] / (bits.width * bits.height)
    if black > _DARK:
        yield Finding(Trouble.DARK, value=black)


def _slow(mr_bytes: int) -> Iterator[Finding]:
    seconds = mr_bytes * 8 / _USUAL_LINE
    if seconds > _SLOW:
        yield Finding(Trouble.SLOW, value=seconds / 60)


def _dots(grey: Image.Image, bits: Image.Image, form: PageFormat) -> Iterator[Finding]:
    """Yield the area that is of one tone in the document, and dots on the page."""
    changes = ImageChops.logical_xor(bits, ImageChops.offset(bits, 1, 0))
    dotted = _cells(changes, form).point([0] * _DOTTED + [255] * (256 - _DOTTED))
    tone = _cells(grey, form)
    smooth = ImageChops.subtract(*_extremes(tone)).point([255] * 16 + [0] * 240)
    middle = tone.point([0] * 40 + [255] * 190 + [0] * 26)
    found = ImageChops.darker(ImageChops.darker(dotted, smooth), middle)
    box = found.getbbox()
    if box and found.histogram()[255] >= _LEAST_DOTTED:
        yield Finding(
            Trouble.NOISE,
            box[0] / found.width,
            box[1] / found.height,
            box[2] / found.width,
            box[3] / found.height,
        )


def _extremes(cells: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Return the lightest and the darkest of each cell and its neighbours."""
    lightest = darkest = cells
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1)):
        near = ImageChops.offset(cells, x, y)
        lightest, darkest = ImageChops.lighter(lightest, near), ImageChops.darker(darkest, near)
    return lightest, darkest


def _edges(bits: Image.Image, look: PageLook, form: PageFormat) -> Iterator[Finding]:
    if look.inset:
        return
    least = _LEAST_AT_EDGE * form.fineness // FINE
    for left, right in ((0, _EDGE), (WIDTH - _EDGE, WIDTH)):
        strip = bits.crop((left, 0, right, bits.height))
        # Grounds and bars that run off the page are meant to: what counts is where black and white change.
        changes = ImageChops.logical_xor(strip, ImageChops.offset(strip, 1, 0)).crop(
            (1, 0, _EDGE, bits.height)
        )
        rows = changes.convert("L").resize((1, bits.height), Image.Resampling.BOX)
        if bits.height - rows.histogram()[0] >= least:
            (_, top, _, bottom) = rows.getbbox() or (0, 0, 0, bits.height)
            yield Finding(Trouble.EDGE, left / WIDTH, top / bits.height, right / WIDTH, bottom / bits.height)


def _small_text(source: Source, page: int, form: PageFormat, where: Place) -> Iterator[Finding]:
    if not isinstance(source, Lettered):
        return
    letters = source.letters(page, where.across, where.down, where.turn)
    limit = SMALLEST[form.fineness] / where.scale - 0.05
    small = [letter for letter in letters if letter.points < limit]
    if not small or len(small) < _SMALL_SHARE * len(letters):
        return
    sizes = sorted(letter.points for letter in small)
    yield Finding(
        Trouble.SMALL_TEXT,
        (where.left + min(letter.left for letter in small)) / WIDTH,
        (where.top + min(letter.top for letter in small)) / form.lines,
        (where.left + max(letter.right for letter in small)) / WIDTH,
        (where.top + max(letter.bottom for letter in small)) / form.lines,
        value=round(sizes[len(sizes) // 2] * where.scale, 1),
    )


def _coarse(source: Source, page: int, where: Place, form: PageFormat) -> Iterator[Finding]:
    if not isinstance(source, Pictured):
        return
    share, resolution = source.largest_picture(page)
    share *= where.across * where.down / (WIDTH * form.lines)
    if share > _COARSE_SHARE and 0 < resolution / where.scale < _COARSE:
        yield Finding(Trouble.COARSE, value=round(resolution / where.scale))


def _letters(source: Source, page: int) -> Iterator[Finding]:
    if isinstance(source, PlainText) and (unknown := source.unknown_letters(page)):
        yield Finding(Trouble.LETTERS, text=unknown[: protocol.MAX_TEXT])
