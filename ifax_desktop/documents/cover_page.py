"""The cover page of a fax: where its words go, and the grey page with them on it.

Only the worker imports this. Places are points of 1/72 inch from the top left of a Letter page as wide as a fax line.
The layout leaves the top 5 mm to the line the service prints. A message that does not fit is set smaller, and goes on
on a second sheet if that is not enough: no word is ever left out.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import zip_longest

from PIL import Image, ImageDraw

from ifax_desktop.documents import lettering
from ifax_desktop.documents.lettering import Face
from ifax_desktop.documents.protocol import Reason, Refusal
from ifax_desktop.domain.cover import CoverPage
from ifax_desktop.domain.page import ACROSS, FINE, PAGE_WIDTH, WIDTH, Paper

PAPER_WIDTH, PAPER_HEIGHT = PAGE_WIDTH, 792.0
LEFT = 60.0
RIGHT = PAPER_WIDTH - 60.0
TOP = 50.0
BOTTOM = 744.0

_COLUMN = (RIGHT - LEFT - 28) / 2
_SECOND = RIGHT - _COLUMN
_MESSAGE_SIZES = (12.0, 11.0, 10.0)
_LONG_MESSAGE_SIZE = 11.0
_NOTICE_SIZE = 9.0
_TALLEST_NOTICE = 160.0
_HAIRLINE, _RULE, _BAR = 2, 4, 10
# Thickness in fax lines; a single line may be lost on the way.


@dataclass(frozen=True, slots=True)
class Run:
    """Letters in a row, from `x` to the right."""

    x: float
    text: str
    face: Face
    size: float


@dataclass(frozen=True, slots=True)
class Strip:
    """A slice of a page from edge to edge: letters on one base line, a rule at its top, or nothing."""

    height: float
    runs: tuple[Run, ...] = ()
    rule: int = 0
    """Thickness of the rule in fax lines; 0 for none."""


Sheet = list[tuple[float, Strip]]
"""One sheet of paper: strips and how far from the top each begins."""


class CoverSheets:
    """The sheets of a cover page, as a source of pages. Refusal if they cannot print some of its characters."""

    def __init__(self, page: CoverPage) -> None:
        if unknown := lettering.unknown_letters(lettering.tidy(words(page))):
            raise Refusal(Reason.LETTERS, " ".join(unknown[:10]))
        self._sheets = draw(page)
        self.pages = len(self._sheets)

    def close(self) -> None:
        """Let go of the sheets."""
        self._sheets = []

    def sizes(self) -> list[tuple[float, float]]:
        """Return width and height of each sheet, in points."""
        return [(PAPER_WIDTH, PAPER_HEIGHT)] * self.pages

    def draw(self, page: int, width: int, height: int, turn: int, *, colour: bool = False) -> Image.Image:
        """Return a sheet, grey, of this size after a turn by `turn` degrees clockwise."""
        if not 0 <= page < self.pages:
            raise Refusal(Reason.PAGE_DAMAGED, f"there is no sheet {page}")
        sheet = self._sheets[page]
        sheet = sheet.rotate(-turn, expand=True) if turn else sheet
        return sheet if sheet.size == (width, height) else sheet.resize((width, height), Image.Resampling.BOX)


def draw(page: CoverPage) -> list[Image.Image]:
    """Return the sheets of the cover as grey pages of 204 by 196 dots to the inch."""
    return [_draw(sheet) for sheet in lay_out(page)]


def words(page: CoverPage) -> str:
    """Return everything somebody wrote for this cover."""
    cover = page.cover
    written = (cover.to_name, cover.from_name, cover.subject, cover.message, cover.notice)
    return "\n".join((*written, page.to_number, page.from_number, page.date))


def lay_out(page: CoverPage) -> list[Sheet]:
    """Return the sheets of the cover. `page.pages` counts one; sheets beyond it are added to the number shown."""
    for size in _MESSAGE_SIZES:
        sheets = _flow(page, size)
        if len(sheets) == 1:
            return sheets
    sheets = _flow(page, _LONG_MESSAGE_SIZE)
    return _flow(replace(page, pages=page.pages + len(sheets) - 1), _LONG_MESSAGE_SIZE)


def _flow(page: CoverPage, size: float) -> list[Sheet]:
    notice = list(_notice(page))
    at_foot = _height(notice) <= _TALLEST_NOTICE
    body = [*_heading(), *_facts(page), *_message(page, size), *([] if at_foot else notice)]
    foot = BOTTOM - (_height(notice) if at_foot else 0)
    sheets = [_stack(notice, foot)] if at_foot else [[]]
    y, end = TOP, foot - 12
    for strip in body:
        if y + strip.height > end:
            sheets.append(_stack(list(_continued(page, len(sheets) + 1)), TOP))
            y, end = _end(sheets[-1]), BOTTOM
        if strip.runs or strip.rule or sheets[-1]:
            sheets[-1].append((y, strip))
            y += strip.height
    return sheets


def _heading() -> Iterator[Strip]:
    # The letter F has room of its own at its left: it is moved out, to stand on the edge of the text below.
    yield Strip(66, (Run(LEFT - 5, "Fax", Face.BOLD, 64),))
    yield Strip(12, rule=_BAR)


def _continued(page: CoverPage, number: int) -> Iterator[Strip]:
    whom = page.cover.to_name or page.to_number
    title = lettering.wrap(lettering.tidy(f"Fax to {whom}"), Face.BOLD, 13, RIGHT - LEFT - 120)[0].rstrip(
        ",;"
    )
    side = f"Cover, sheet {number}"
    place = RIGHT - lettering.length(side, Face.REGULAR, 10)
    yield Strip(24, (Run(LEFT, title, Face.BOLD, 13), Run(place, side, Face.REGULAR, 10)))
    yield Strip(18, rule=_RULE)


def _facts(page: CoverPage) -> Iterator[Strip]:
    cover = page.cover
    cells = [
        _cell("To", cover.to_name, page.to_number),
        _cell("From", cover.from_name, page.from_number),
        _cell("Date", page.date),
        _cell("Pages", f"{page.pages}, including this one" if page.pages > 1 else "Only this one"),
    ]
    filled = [cell for cell in cells if cell]
    for number in range(0, len(filled), 2):
        left, *right = filled[number : number + 2]
        yield from _row(left, right[0] if right else [], _HAIRLINE if number else 0)
    subject = _cell("Subject", cover.subject, width=RIGHT - LEFT)
    if subject:
        yield from _row(subject, [], _HAIRLINE)
    yield Strip(22, rule=_RULE)


def _cell(label: str, name: str, number: str = "", width: float = _COLUMN) -> list[Run]:
    """Return the lines of one cell, its label first; none if there is nothing to say."""
    lines = [Run(LEFT, line, Face.BOLD, 13) for line in _lines(name, Face.BOLD, 13, width)]
    if number.strip():
        face, size = (Face.REGULAR, 12.0) if lines else (Face.BOLD, 13.0)
        lines += [Run(LEFT, line, face, size) for line in _lines(f"Fax {number}", face, size, width)]
    return [Run(LEFT, label, Face.REGULAR, 9.5), *lines] if lines else []


def _row(left: list[Run], right: list[Run], rule: int) -> Iterator[Strip]:
    yield Strip(6, rule=rule)
    for pair in zip_longest(left, (replace(run, x=_SECOND) for run in right)):
        runs = tuple(run for run in pair if run)
        yield Strip(max(run.size for run in runs) * lettering.LINE, runs)
    yield Strip(8)


def _message(page: CoverPage, size: float) -> Iterator[Strip]:
    for line in _lines(page.cover.message, Face.REGULAR, size, RIGHT - LEFT):
        yield Strip(size * lettering.LINE, (Run(LEFT, line, Face.REGULAR, size),) if line else ())


def _notice(page: CoverPage) -> Iterator[Strip]:
    lines = _lines(page.cover.notice, Face.REGULAR, _NOTICE_SIZE, RIGHT - LEFT)
    if lines:
        yield Strip(8, rule=_HAIRLINE)
    for line in lines:
        yield Strip(_NOTICE_SIZE * lettering.LINE, (Run(LEFT, line, Face.REGULAR, _NOTICE_SIZE),))


def _lines(text: str, face: Face, size: float, width: float) -> list[str]:
    text = lettering.tidy(text).strip()
    return lettering.wrap(text, face, size, width) if text else []


def _height(strips: list[Strip]) -> float:
    return sum(strip.height for strip in strips)


def _stack(strips: list[Strip], y: float) -> Sheet:
    sheet: Sheet = []
    for strip in strips:
        sheet.append((y, strip))
        y += strip.height
    return sheet


def _end(sheet: Sheet) -> float:
    y, strip = sheet[-1]
    return y + strip.height


def _draw(sheet: Sheet) -> Image.Image:
    page = Image.new("L", (round(PAPER_WIDTH * lettering.SCALE), round(PAPER_HEIGHT * lettering.SCALE)), 255)
    pen = ImageDraw.Draw(page)
    for top, strip in sheet:
        for run in strip.runs:
            base = top + (strip.height - run.size * lettering.LINE) + run.size * lettering.ASCENT
            place = (run.x * lettering.SCALE, base * lettering.SCALE)
            pen.text(place, run.text, fill=0, font=lettering.font(run.face, run.size), anchor="ls")
    # Fax dots are not square: the drawing, whose dots are, is halved across and a little more down.
    page = page.resize((WIDTH, Paper.LETTER.lines(FINE)), Image.Resampling.BOX)
    pen = ImageDraw.Draw(page)
    left, right = (round(x * ACROSS / 72) for x in (LEFT, RIGHT))
    for top, strip in sheet:
        if strip.rule:
            line = round(top * FINE / 72)
            pen.rectangle((left, line, right, line + strip.rule - 1), fill=0)
    return page
