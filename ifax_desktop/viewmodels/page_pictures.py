"""The pictures of a document's pages: which are kept, and which is to be drawn next."""

from collections import OrderedDict
from typing import Final

from PySide6.QtGui import QImage

from ifax_desktop.documents.renderer import PagePicture

_KEPT_BYTES: Final = 64 * 1024 * 1024


class PagePictures:
    """Pages count from 1. Pictures not looked at for long are let go."""

    def __init__(self) -> None:
        self.in_sight = (0, 0)
        """First and last page whose thumbnail can be seen; none at first."""
        self.refused: dict[int, str] = {}
        """Pages that cannot be drawn, and why."""
        self._kept: OrderedDict[int, QImage] = OrderedDict()
        self._handed_over: set[int] = set()
        self._looked_at = 0
        self._ahead: list[int] = []

    def emptied(self) -> "PagePictures":
        """The same view on another version of the document: nothing drawn yet."""
        new = PagePictures()
        new.in_sight = self.in_sight
        return new

    def of(self, page: int) -> QImage | None:
        """The picture of a page, if it is there."""
        if page in self._kept:
            self._kept.move_to_end(page)
        return self._kept.get(page)

    def keep(self, page: int, image: QImage) -> None:
        """Keep a picture as long as there is room for it; the page looked at is never let go."""
        self._kept[page] = image
        for oldest in list(self._kept):
            if sum(kept.sizeInBytes() for kept in self._kept.values()) <= _KEPT_BYTES:
                break
            if oldest != self._looked_at:
                del self._kept[oldest]

    def refuse(self, page: int, sentence: str) -> None:
        """Note that a page cannot be drawn."""
        self.refused[page] = sentence

    def hand_over(self, page: int) -> bool:
        """Whether the thumbnail of a page is still to be delivered; it counts as delivered from now on."""
        new = page not in self._handed_over
        self._handed_over.add(page)
        return new

    def next_page(self, page: int, pages: int) -> int | None:
        """The page to be drawn in full: the one looked at, then, once thumbnails are there, its neighbours."""
        if page != self._looked_at:
            self._looked_at = page
            # Each is drawn ahead once: two that are too large to be kept together would be drawn in turns for ever.
            self._ahead = [near for near in (page - 1, page + 1) if 0 < near <= pages]
        if self._is_open(page, self._kept):
            return page
        if self.next_thumbnail(pages) is not None:
            return None
        while self._ahead:
            near = self._ahead.pop()
            if self._is_open(near, self._kept):
                return near
        return None

    def next_thumbnail(self, pages: int) -> int | None:
        """The first page in sight without a thumbnail."""
        first, last = self.in_sight
        spots = range(max(first, 1), min(last, pages) + 1)
        return next((page for page in spots if self._is_open(page, self._handed_over)), None)

    def _is_open(self, page: int, done: "set[int] | OrderedDict[int, QImage]") -> bool:
        return page not in done and page not in self.refused


def grey_image(picture: PagePicture) -> QImage:
    """A page as a picture of 256 greys that owns its pixels."""
    grey = QImage.Format.Format_Grayscale8
    return QImage(picture.pixels, picture.width, picture.height, picture.width, grey).copy()


def colour_image(picture: PagePicture) -> QImage:
    """A page as a picture that owns its pixels, in colours where it has any."""
    if picture.bands == 1:
        return grey_image(picture)
    colours = QImage.Format.Format_RGB888
    return QImage(picture.pixels, picture.width, picture.height, 3 * picture.width, colours).copy()
