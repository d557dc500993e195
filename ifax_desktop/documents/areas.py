"""The areas of a page that are not paper: which have light writing or are solid, and which are photographs.

Only the worker imports this. Maps are grey pictures of one dot for each cell of about 1 mm; here they are walked
through in squares of two by two cells.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image

_PAPER = 191
"""Grounds lighter than this, 75 % of white, are paper."""
_BLACK = 50
"""Grounds darker than this stay black, whatever is written on them."""
_SOLID = 128
"""An area of one colour with no writing on it is black below this."""
_ONE_COLOUR = 20
"""Neighbours whose grounds differ by less belong together."""
_BUSY = 127
"""Of 255: a square with more dots that are neither ink nor paper holds no writing."""
_SMALLEST_PHOTO = 36
"""Squares of 2 mm: 1.4 square centimetres."""
_MANY_TONES = 48
_BOTH_WAYS = 0.35
_WRITING = 12
"""Of 255: the contrast of a square with a stroke in it, beyond what counts as noise."""
_SOME_WRITING = 3
"""Squares that make an area one that is written on."""
_MOSTLY_BUSY = 0.4
_ROUGH = 3.5
"""Of 255: how far a square is from its four neighbours together, on average, where the ground is no mere shadow."""
_RECTANGLE = 0.7
"""The share of its bounding box from which on an area counts as a rectangle with holes."""

Box = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Area:
    """Squares that belong together, as boxes of cells: left, top, right and bottom."""

    boxes: tuple[Box, ...]
    is_dark: bool = False
    """Its ground is printed black, and what is lighter on it stays white."""
    is_photo: bool = False


def areas_of(
    ground: Image.Image, writing_down: Image.Image, writing_up: Image.Image, busy: Image.Image
) -> list[Area]:
    """Return the areas that are photographs or printed black; every other one is treated as paper.

    `ground` is the level each cell's writing stands on, the next two how much darker and lighter than that something
    in the cell is, `busy` the share of its dots that are neither.
    """
    maps = _Squares(ground, writing_down, writing_up, busy)
    return [area for squares in maps.together() if (area := maps.judged(squares))]


class _Squares:
    """The maps, two by two cells taken together, row by row in flat bytes with an edge of paper."""

    def __init__(self, ground: Image.Image, down: Image.Image, up: Image.Image, busy: Image.Image) -> None:
        self._ground, self._down, self._up, self._busy = (
            _edged(image, edge) for image, edge in ((ground, 255), (down, 0), (up, 0), (busy, 0))
        )
        self._across = (ground.width + 1) // 2 + 1

    def together(self) -> Iterator[list[int]]:
        """Yield the squares of each area: neighbours of much the same ground, or full of tones."""
        ground, busy, across = self._ground, self._busy, self._across
        open_ = {at for at, level in enumerate(ground) if level < _PAPER or busy[at] > _BUSY}
        while open_:
            area = [open_.pop()]
            for at in area:
                level, is_busy = ground[at], busy[at] > _BUSY
                for near in (at - 1, at + 1, at - across, at + across):
                    if near in open_ and (
                        (is_busy and busy[near] > _BUSY) or abs(ground[near] - level) < _ONE_COLOUR
                    ):
                        open_.discard(near)
                        area.append(near)
            yield area

    def judged(self, squares: list[int]) -> Area | None:
        """Return what an area is, or nothing if it is to be treated as paper."""
        inner = self._inner(squares)
        down = [self._down[at] for at in inner if self._down[at] > _WRITING]
        up = [self._up[at] for at in inner if self._up[at] > _WRITING]
        busy = sum(self._busy[at] > _BUSY for at in squares)
        if len(squares) >= _SMALLEST_PHOTO and (busy > _MOSTLY_BUSY * len(squares) or self._has_tones(inner)):
            return Area(self._boxes(squares), is_photo=True)
        if len(down) + len(up) < _SOME_WRITING:
            dark = [at for at in squares if self._ground[at] < _SOLID]
        elif sum(up) > sum(down):
            dark = [at for at in squares if self._ground[at] < _PAPER]
        else:
            dark = [at for at in squares if self._ground[at] < _BLACK]
        return Area(self._boxes(dark), is_dark=True) if dark else None

    def _has_tones(self, inner: list[int]) -> bool:
        """Whether an area has many tones, not one after the other as in a shadow, and no writing all of one kind."""
        ground, across = self._ground, self._across
        levels = sorted(ground[at] for at in inner)
        if (
            len(inner) < _SMALLEST_PHOTO
            or levels[-len(levels) // 20] - levels[len(levels) // 20] < _MANY_TONES
        ):
            return False
        rough = sum(
            abs(ground[at - 1] + ground[at + 1] + ground[at - across] + ground[at + across] - 4 * ground[at])
            for at in inner
        )
        down, up = (sum(contrast[at] for at in inner) for contrast in (self._down, self._up))
        return rough > _ROUGH * len(inner) and (
            min(down, up) > _BOTH_WAYS * max(down, up) or max(down, up) < len(inner)
        )

    def _inner(self, squares: list[int]) -> list[int]:
        """Return the squares that do not touch the edge of their area, whose own contrast is no writing."""
        inside, across = set(squares), self._across
        return [at for at in squares if inside.issuperset((at - 1, at + 1, at - across, at + across))]

    def _boxes(self, squares: list[int]) -> tuple[Box, ...]:
        places = [divmod(at, self._across) for at in squares]
        top, bottom = min(row for row, _ in places), max(row for row, _ in places) + 1
        left, right = min(column for _, column in places), max(column for _, column in places) + 1
        if len(squares) >= _RECTANGLE * (bottom - top) * (right - left):
            return ((2 * left, 2 * top, 2 * right, 2 * bottom),)
        return tuple((2 * column, 2 * row, 2 * column + 2, 2 * row + 2) for row, column in places)


def _edged(image: Image.Image, edge: int) -> bytes:
    """Return a map of squares with one column and one row of `edge` at its end, where neighbours of the rim lie."""
    small = image.reduce(2)
    wide = Image.new("L", (small.width + 1, small.height + 1), edge)
    wide.paste(small)
    return wide.tobytes()
