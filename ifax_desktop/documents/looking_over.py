"""A page looked over as it will be printed: small writing, dots, darkness, slowness, blankness, coarseness, lost edges.

Only the worker imports this. Everything is measured on the page that goes out, but for what the document knows better:
the size of its letters, and how many dots its pictures have.
"""

from collections.abc import Iterator
from typing import Final, NamedTuple

from PIL import Image, ImageChops, ImageDraw

from ifax_desktop.documents import protocol
from ifax_desktop.documents.dots import CELL, Dots, cells
from ifax_desktop.documents.faxing import Faxed
from ifax_desktop.documents.fitting import Place
from ifax_desktop.documents.plain_text import PlainText
from ifax_desktop.documents.source import Letter, Lettered, Pictured, Source
from ifax_desktop.documents.writing_rows import Row, rows_of_writing
from ifax_desktop.domain.findings import Finding, Trouble
from ifax_desktop.domain.page import FINE, STANDARD, SUPERFINE, WIDTH, PageFormat, PageLook

SMALLEST: Final = {STANDARD: 8.0, FINE: 6.0, SUPERFINE: 4.0}
"""Points below which letters may not be readable (field notes, section 4.2)."""
_SMALL_SHARE: Final = 0.02
"""Of the letters of a page: a line of small print counts, an exponent does not."""
_SMALLER, _LARGER = 0.5, 1.25
"""Rows from and up to so many times the smallest size are looked at: lower ones may be leaders of dots."""
_BAND: Final = 1.0
"""Inches of a page whose rows are judged together, as they vary with what they say."""
_LEAST_ROWS, _MOST_ROWS = 6, 0.55
"""How many pieces of rows have to be small, 10 cm together, and which share of those that come near."""
_BLACK: Final = 160
"""Of 255: a cell with more black is dark; a photograph of usual light has few."""
_DARK: Final = 0.35
_BLANK: Final = 32
"""Of 255: the black in the fullest cell of a page that holds nothing but specks."""
_SLOW: Final = 120.0
_USUAL_LINE: Final = 9600
"""Bits a second, with pages coded as MR: what a line of middling quality does."""
_COARSE: Final = 130.0
"""Dots to the inch below which letters of a scan fall apart."""
_LARGE_PICTURE: Final = 0.4
"""The share of a page from which on a picture holds what the page is about."""
_MOSTLY_PHOTO: Final = 0.5
"""The share of a picture in dots from which on it has no letters to fall apart."""
_BESIDE: Final = 0.3
"""The share of the ink of a page that may lie beside its letters, as lines and boxes do."""
_REACH: Final = 8
"""Cells to either side of a letter in which there are more of them."""
_EDGE: Final = 32
"""Dots at either side that machines cut: 4 mm."""
_LEAST_AT_EDGE: Final = 12
"""Lines with something in them."""
_ROW_AT_EDGE: Final = (0.06, 0.4)
"""Inches: what is lower is a speck, and what goes on for longer a frame, a picture or a shadow; neither is missed."""
_ANY: Final = [0] + [255] * 255


def look_over(
    source: Source, page: int, form: PageFormat, look: PageLook, faxed: Faxed, mr_bytes: int
) -> tuple[Finding, ...]:
    """Return what may go wrong with a page, the worst first."""
    bits, where = faxed.drawn, faxed.where
    ink = cells(ImageChops.invert(bits).convert("L"), form)
    if sum(ink.histogram()[_BLANK:]) == 0:
        return (Finding(Trouble.BLANK),)
    changes = ImageChops.logical_xor(bits, ImageChops.offset(bits, 1, 0)).convert("L")
    letters = _letters_of(source, page, where)
    picture = _largest_picture(source, page, where, form)
    dots = Dots(faxed.grey, changes, form)
    noise = [Finding(Trouble.NOISE, *box) for box in dots.around_writing()]
    small = list(_small_letters(letters, form, where))
    if not small and (not letters or picture.share > _LARGE_PICTURE):
        small = list(_small_rows(changes, form))
    coarse = list(_coarse(picture))
    is_photo = not noise and dots.share >= _MOSTLY_PHOTO * picture.share
    if coarse and (is_photo or not _is_beside(ink, letters, form, where)):
        coarse = []  # nothing that could be read depends on the picture
    return (
        *_unknown_letters(source, page),
        *_edges(changes, look, form),
        *small,
        *noise,
        *coarse,
        *_dark(ink),
        *_slow(mr_bytes),
    )


class _Picture(NamedTuple):
    """The largest picture of a page: its share of the fax page, and its dots to the inch there."""

    share: float
    resolution: float


def _letters_of(source: Source, page: int, where: Place) -> list[Letter]:
    return source.letters(page, where.across, where.down, where.turn) if isinstance(source, Lettered) else []


def _largest_picture(source: Source, page: int, where: Place, form: PageFormat) -> _Picture:
    if not isinstance(source, Pictured):
        return _Picture(0.0, 0.0)
    share, resolution = source.largest_picture(page)
    return _Picture(share * where.across * where.down / (WIDTH * form.lines), resolution / where.scale)


def _coarse(picture: _Picture) -> Iterator[Finding]:
    if picture.share > _LARGE_PICTURE and 0 < picture.resolution < _COARSE:
        yield Finding(Trouble.COARSE, value=round(picture.resolution))


def _dark(ink: Image.Image) -> Iterator[Finding]:
    tally = ink.histogram()
    if sum(tally[_BLACK:]) > _DARK * sum(tally):
        black = sum(level * count for level, count in enumerate(tally)) / 255 / sum(tally)
        yield Finding(Trouble.DARK, value=black)


def _slow(mr_bytes: int) -> Iterator[Finding]:
    seconds = mr_bytes * 8 / _USUAL_LINE
    if seconds > _SLOW:
        yield Finding(Trouble.SLOW, value=seconds / 60)


def _edges(changes: Image.Image, look: PageLook, form: PageFormat) -> Iterator[Finding]:
    """Yield the sides where rows of something are within reach of the cut."""
    if look.inset:
        return
    least = _LEAST_AT_EDGE * form.fineness // FINE
    lowest, tallest = (round(inches * form.fineness) for inches in _ROW_AT_EDGE)
    for left, right in ((0, _EDGE), (WIDTH - _EDGE, WIDTH)):
        # Grounds and bars that run off the page are meant to: what counts is where black and white change. Where the
        # page begins, the changes are those against its other side.
        strip = changes.crop((left + 1, 0, right, form.lines))
        rows = strip.resize((1, form.lines), Image.Resampling.BOX).point(_ANY)
        rows = ImageChops.lighter(rows, ImageChops.offset(rows, 0, 1))  # one empty line within dots is none
        at, found = 0, list[tuple[int, int]]()
        for run in rows.tobytes().split(b"\0"):
            if lowest < len(run) <= tallest:
                found.append((at, at + len(run)))
            at += len(run) + 1
        if sum(bottom - top for top, bottom in found) >= least:
            top, bottom = found[0][0] / form.lines, found[-1][1] / form.lines
            yield Finding(Trouble.EDGE, left / WIDTH, top, right / WIDTH, bottom)


def _small_letters(letters: list[Letter], form: PageFormat, where: Place) -> Iterator[Finding]:
    """Yield small writing of a document that knows its letters."""
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


def _small_rows(changes: Image.Image, form: PageFormat) -> Iterator[Finding]:
    """Yield small writing of a picture, where its rows leave no doubt."""
    limit = SMALLEST[form.fineness]
    bands: dict[int, list[Row]] = {}
    for row in rows_of_writing(changes, form.fineness, limit * _SMALLER, limit * _LARGER):
        if row.points < limit * _LARGER:
            bands.setdefault(int(row.top / (_BAND * form.fineness)), []).append(row)
    small = []
    for rows in bands.values():
        below = [row for row in rows if row.points < limit]
        if len(below) >= max(_LEAST_ROWS, _MOST_ROWS * len(rows)):
            small += below
    if small:
        sizes = sorted(row.points for row in small)
        yield Finding(
            Trouble.SMALL_TEXT,
            min(row.left for row in small) / WIDTH,
            min(row.top for row in small) / form.lines,
            max(row.right for row in small) / WIDTH,
            max(row.bottom for row in small) / form.lines,
            value=int(sizes[len(sizes) // 2]),
        )


def _is_beside(ink: Image.Image, letters: list[Letter], form: PageFormat, where: Place) -> bool:
    """Whether much of what is printed lies beside the letters the document knows: those of a scan."""
    if not letters:
        return True
    down = form.lines / ink.height
    mask = Image.new("L", ink.size, 255)
    pen = ImageDraw.Draw(mask)
    for letter in letters:
        # A few hundred letters stand for all: each speaks for its neighbours.
        left, right = (where.left + letter.left) / CELL - _REACH, (where.left + letter.right) / CELL + _REACH
        top, bottom = (where.top + letter.top) / down - 1, (where.top + letter.bottom) / down + 1
        pen.rectangle((left, top, right, bottom), fill=0)
    printed = ink.point([0] * _BLANK + [255] * (256 - _BLANK))
    beside = ImageChops.darker(printed, mask).histogram()[255]
    return beside > _BESIDE * printed.histogram()[255]


def _unknown_letters(source: Source, page: int) -> Iterator[Finding]:
    if isinstance(source, PlainText) and (unknown := source.unknown_letters(page)):
        yield Finding(Trouble.LETTERS, text=unknown[: protocol.MAX_TEXT])
