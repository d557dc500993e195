"""From a grey page to the black and white one a fax machine prints, with judgment.

Only the worker imports this. Clean black writing on white paper is cut at one level. Any other page is looked at in
cells of about 1 mm: each place gets a level of its own between its ground and its writing, so that backgrounds drop
out and faint lines stay; areas of one colour become white or black with their writing legible; and photographs, and
only they, are drawn in dots by error diffusion. Whole pages are left to Pillow, whose loops are fast; Python walks
through the few cells that are not paper.
"""

from collections.abc import Callable
from typing import Any

from PIL import Image, ImageChops, ImageFilter, ImageMath

from ifax_desktop.documents.areas import Area, areas_of
from ifax_desktop.documents.noise import noise_of, without_dots
from ifax_desktop.domain import page
from ifax_desktop.domain.page import Treatment

_LEVEL = {page.STANDARD: 192, page.FINE: 176, page.SUPERFINE: 160}
"""Black below. Between 160 and 192 no word of ordinary text is lost; strokes that share a coarse line are paler."""
_STEP = {Treatment.DARKER: 36, Treatment.LIGHTER: -48}
_SHARE = {Treatment.DARKER: 0.22, Treatment.LIGHTER: 0.6}
_USUAL_SHARE = 0.4
"""How far from its ground towards its writing a place is cut."""
_LEAST, _LEAST_BY_WRITING, _MOST = 28, 16, 64
"""The least contrast that counts as writing where there is none for sure and where there is, and the most asked for."""
_OF_NOISE, _OF_NOISE_BY_WRITING = 4.0, 2.5
"""At least so many times the noise of the paper and its scanner."""
_UNSEEN = 40
_PALE = 191
"""A ground that is as light as this drops out with its edges."""
_FLAT = 24
"""A cell of less spread holds nothing but ground."""
_FAINT_CELLS = 60
"""Of some 58,000; the ends of black strokes come to a few."""
_TO_BITS = [255] + [0] * 255
"""For the level less the grey: nothing is left of what is lighter than its level, and that is white."""


def black_and_white(grey: Image.Image, fineness: int, treatment: Treatment = Treatment.AUTO) -> Image.Image:
    """Return the 1-bit page for a grey one of `fineness` lines to the inch."""
    if treatment is Treatment.PHOTO:
        return _dots(grey)
    if _is_clean(grey, fineness):
        level = _LEVEL[fineness] + _STEP.get(treatment, 0)
        return grey.point([0] * level + [255] * (256 - level), "1")
    grey = without_dots(grey, fineness)
    cells = _Cells(grey, fineness)
    found = areas_of(cells.ground, cells.writing_down, cells.writing_up, cells.busy)
    if treatment is Treatment.TEXT:
        found = [area for area in found if not area.is_photo]
    levels = _levels(cells, _map(cells, [area for area in found if area.is_dark]), treatment)
    levels = levels.filter(ImageFilter.BoxBlur(1))
    full = levels.resize(grey.size, Image.Resampling.NEAREST)
    bits = ImageChops.subtract(full, grey).point(_TO_BITS, "1")
    if photos := [area for area in found if area.is_photo]:
        where = _map(cells, photos).resize(grey.size, Image.Resampling.NEAREST)
        box = where.getbbox()
        bits.paste(_dots(grey.crop(box)), box, mask=where.crop(box))
    return bits


def _is_clean(grey: Image.Image, fineness: int) -> bool:
    """Whether there is nothing but black on white and the soft edges between."""
    small = (max(1, grey.width // 4), max(1, grey.height // 4))
    tally = grey.resize(small, Image.Resampling.NEAREST).histogram()  # one dot in sixteen tells
    dots = sum(tally)
    black, middle, pale = sum(tally[:64]), tally[64:232], sum(tally[232:252])
    return (
        sum(middle) <= 1.6 * black + dots / 2000
        and max(middle) <= dots / 700 + sum(middle) / 7
        and pale <= black + dots / 500
        and _faint_cells(grey, fineness) < _FAINT_CELLS
    )


def _faint_cells(grey: Image.Image, fineness: int) -> int:
    """Return how many cells hold something pale and have nothing black around: a thin line, or a word in a light colour."""
    _, darkest = _extremes(grey.reduce((4, 4 * fineness // page.FINE)))
    level = _LEVEL[fineness]
    around = darkest
    for x, y in ((1, 0), (-1, 0), (0, 1), (0, -1), (2, 0), (-2, 0), (0, 2), (0, -2)):
        around = ImageChops.darker(around, ImageChops.offset(around, x, y))
    alone = around.point([0] * level + [255] * (256 - level))
    return sum(darkest.histogram(alone.convert("1"))[level:248])


class _Cells:
    """What is in each cell of 8 dots across, about 1 mm square. All maps are grey pictures of one dot a cell."""

    def __init__(self, grey: Image.Image, fineness: int) -> None:
        # Some dots taken together are free of a scanner's noise, and still no larger than a stroke.
        calm = grey.reduce((4, 4 * fineness // page.FINE))
        self.noise = noise_of(grey)
        self.lightest, self.darkest = _extremes(calm)
        self.size = self.lightest.size
        mean = calm.reduce(2).resize(self.size)
        flat = ImageChops.subtract(self.lightest, self.darkest).point([255] * _FLAT + [0] * (256 - _FLAT))
        self.ground = _without_seams(_filled_in(mean, flat), self.darkest)
        contrast = [0] * _LEAST + list(range(256 - _LEAST))
        self.writing_down = ImageChops.subtract(self.ground, self.darkest).point(contrast)
        self.writing_up = ImageChops.subtract(self.lightest, self.ground).point(contrast)
        self.ink = self.darkest.filter(ImageFilter.MinFilter(3))
        self.light = self.lightest.filter(ImageFilter.MaxFilter(3))
        # Near writing some of its ground can be seen, and all of it goes one way from there. A photograph is otherwise.
        self.busy = _computed(
            lambda a: (
                (a["flat"] == 0)
                * (
                    (a["ground"] - a["light"] > _UNSEEN)
                    | ((a["up"] > 0) & (a["down"] > 0) & (a["ground"] < 191))
                )
                * 255
            ),
            flat=flat,
            ground=self.ground,
            light=self.light,
            up=self.writing_up,
            down=self.writing_down,
        )


def _extremes(calm: Image.Image) -> tuple[Image.Image, Image.Image]:
    """Return the lightest and the darkest dot of each two by two."""
    size = (calm.width // 2, calm.height // 2)
    corners = [
        calm.transform(size, Image.Transform.AFFINE, (2, 0, x - 0.5, 0, 2, y - 0.5), Image.Resampling.NEAREST)
        for x in (0, 1)
        for y in (0, 1)
    ]
    lightest = darkest = corners[0]
    for corner in corners[1:]:
        lightest = ImageChops.lighter(lightest, corner)
        darkest = ImageChops.darker(darkest, corner)
    return lightest, darkest


def _filled_in(mean: Image.Image, flat: Image.Image) -> Image.Image:
    """Return the ground of every cell: its own level where it is flat, else that of the flat cells nearest to it."""
    ground = Image.composite(mean, Image.new("L", mean.size, 255), flat)
    known, weighed = flat, ImageChops.multiply(mean, flat)
    for radius in (1, 3, 9, 27, 81):
        if known.getextrema()[0]:
            break
        blur = ImageFilter.BoxBlur(radius)
        weight = flat.filter(blur)
        average = _computed(
            lambda a: a["min"](a["total"] * 255 / a["max"](a["weight"], 1), 255),
            total=weighed.filter(blur),
            weight=weight,
        )
        reached = weight.point([0] * 12 + [255] * 244)
        ground.paste(average, mask=ImageChops.subtract(reached, known))
        known = ImageChops.lighter(known, reached)
    return ground


def _without_seams(ground: Image.Image, darkest: Image.Image) -> Image.Image:
    """Return the ground with pale areas grown by two cells: where they meet paper nothing in between is writing."""
    # Letters in a pale colour are no areas: what is less than 5 mm across is left out.
    broad = _spread(_spread(ground, ImageChops.lighter, (1, 1)), ImageChops.darker, (1, 1, 2))
    return _computed(
        lambda a: (
            a["ground"]
            - (a["broad"] >= _PALE)
            * (a["darkest"] > a["broad"] - _LEAST_BY_WRITING)
            * a["max"](a["ground"] - a["broad"], 0)
        ),
        ground=ground,
        broad=broad,
        darkest=darkest,
    )


def _spread(
    cells: Image.Image, chosen: Callable[[Image.Image, Image.Image], Image.Image], steps: tuple[int, ...]
) -> Image.Image:
    """Return for each cell the one chosen among those as near as the steps together."""
    for x, y in ((1, 0), (0, 1)):
        for step in steps:
            before, after = (ImageChops.offset(cells, way * step * x, way * step * y) for way in (1, -1))
            cells = chosen(cells, chosen(before, after))
    return cells


def _levels(cells: _Cells, dark: Image.Image, treatment: Treatment) -> Image.Image:
    """Return the level of each cell: below it is black."""
    share = _SHARE.get(treatment, _USUAL_SHARE)
    least = max(_LEAST, round(_OF_NOISE * cells.noise))
    by_writing = max(_LEAST_BY_WRITING, round(_OF_NOISE_BY_WRITING * cells.noise))

    def level(a: dict[str, Any]) -> Any:
        down, up = (
            a["max"](a["min"](contrast * share, _MOST), least - (contrast > least) * (least - by_writing))
            for contrast in (a["ground"] - a["ink"], a["light"] - a["ground"])
        )
        return a["max"](a["min"](a["ground"] - down + (a["dark"] > 0) * (down + up), 255), 0)

    return _computed(
        level,
        ground=cells.ground,
        ink=cells.ink,
        light=cells.light,
        dark=dark,
    )


def _computed(work: Callable[[dict[str, Any]], Any], **maps: Image.Image) -> Image.Image:
    """Return what whole numbers make of some maps."""
    made: Image.Image = ImageMath.lambda_eval(lambda a: a["convert"](work(a), "L"), **maps)
    return made


def _map(cells: _Cells, areas: list[Area]) -> Image.Image:
    """Return a map that is white where these areas are."""
    drawn = Image.new("L", cells.size)
    for area in areas:
        for left, top, right, bottom in area.boxes:
            drawn.paste(255, (left, top, right, bottom))
    return drawn


def _dots(grey: Image.Image) -> Image.Image:
    """Return dots that look grey from afar, by error diffusion; what is nearly white stays free of them."""
    return grey.point(_TONES).convert("1", dither=Image.Dither.FLOYDSTEINBERG)


_TONES = [min(255, max(0, round((value - 16) * 255 / 216))) for value in range(256)]
"""What is nearly black or nearly white has no dots at all."""
