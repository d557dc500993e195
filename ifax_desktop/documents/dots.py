"""Where a page is drawn in dots, and whether writing stands in them.

Only the worker imports this. A photograph is meant to be dots. Writing in dots can hardly be read: whether there is some
is seen on the grey page, which has rows of writing there.
"""

from collections.abc import Iterator
from typing import Final

from PIL import Image, ImageChops, ImageFilter

from ifax_desktop.documents.writing_rows import Row, rows_of_writing
from ifax_desktop.domain.page import ACROSS, STANDARD, PageFormat

CELL: Final = 16
"""Dots across a cell of about 2 mm."""
_DOTTED: Final = 70
"""Of 255: how often black and white change within a cell of dots; in writing they do a third as often."""
_LEAST: Final = 36
"""Cells: 1.4 square centimetres."""
_SIZES: Final = (5.0, 30.0)
"""Points of the letters looked for."""
_LEAST_ROWS: Final = 4
"""Pieces of rows that go on beside them: a line of 6 cm, or two short ones. The grain of a photograph has single ones."""
_LEVEL: Final = 0.3
"""How far a row may rise or fall from one piece to the next, in heights."""
_GROUND: Final = 20
"""Half dots, and lines of standard fineness: 5 mm on either side are the ground of what is in the middle."""
_CONTRAST: Final = 40
_AMID: Final = 0.6
"""The share of dots in the cells of a row that stands in them."""


def cells(page: Image.Image, form: PageFormat) -> Image.Image:
    """Return how light each cell of about 2 mm is, on average."""
    return page.reduce((CELL, max(1, CELL * form.fineness // ACROSS)))


class Dots:
    """The cells of a page that are drawn in dots; `changes` is white where black and white change along a line."""

    def __init__(self, grey: Image.Image, changes: Image.Image, form: PageFormat) -> None:
        self._grey, self._form = grey, form
        dotted = cells(changes, form).point([0] * _DOTTED + [255] * (256 - _DOTTED))
        # Some cells of small print or of a bar code are as busy as dots, but not all around.
        self._dotted = dotted.filter(ImageFilter.MinFilter(3)).filter(ImageFilter.MaxFilter(3))
        self._count = self._dotted.histogram()[255]
        self.share = self._count / (self._dotted.width * self._dotted.height)
        """Of the page, 0 to 1."""

    def around_writing(self) -> Iterator[tuple[float, float, float, float]]:
        """Yield left, top, right and bottom of the dots, as shares of the page, if writing stands in them."""
        if self._count < _LEAST:
            return
        changes = _written(self._grey, self._form.fineness)
        rows = [row for row in rows_of_writing(changes, STANDARD, *_SIZES) if self._is_amid(row)]
        going_on = [row for row in rows if any(_is_beside(row, other) for other in rows)]
        box = self._dotted.getbbox()
        if len(going_on) >= _LEAST_ROWS and box:
            width, height = self._dotted.size
            yield box[0] / width, box[1] / height, box[2] / width, box[3] / height

    def _is_amid(self, row: Row) -> bool:
        down = CELL * STANDARD // ACROSS
        around = self._dotted.crop(
            (row.left // CELL, row.top // down, -(-row.right // CELL), -(-row.bottom // down))
        )
        return around.histogram()[255] > _AMID * around.width * around.height


def _written(grey: Image.Image, fineness: int) -> Image.Image:
    """Return where writing would begin and end, were there no dots: a page of 98 lines to the inch."""
    # Dots taken together are free of the dots of a fax that came in and goes on.
    calm = grey.reduce((2, fineness // STANDARD))
    apart = ImageChops.difference(calm, calm.filter(ImageFilter.BoxBlur(_GROUND)))
    drawn = apart.point([0] * _CONTRAST + [255] * (256 - _CONTRAST)).resize(
        (grey.width, calm.height), Image.Resampling.NEAREST
    )
    return ImageChops.difference(drawn, ImageChops.offset(drawn, 1, 0))


def _is_beside(row: Row, other: Row) -> bool:
    """Whether two pieces are neighbours in one row of writing."""
    within = _LEVEL * (row.bottom - row.top)
    return (
        (row.right == other.left or other.right == row.left)
        and abs(row.top - other.top) <= within
        and abs(row.bottom - other.bottom) <= within
    )
