"""The pages of one document on the screen: opened in a process of their own, drawn as they are needed."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, Literal

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from ifax_desktop.documents.protocol import THUMBNAIL_WIDTH
from ifax_desktop.documents.renderer import OpenDocument, Renderer
from ifax_desktop.domain.errors import DocumentUnreadable, FaxError
from ifax_desktop.viewmodels.page_pictures import PagePictures, grey_image
from ifax_desktop.viewmodels.tasks import Report, Tasks

if TYPE_CHECKING:
    import asyncio

FAX_WIDTH: Final = 1728
"""Dots of a fax line: a page is drawn this wide, so that 100 % is a dot of the fax on a pixel of the screen."""

Zoom = int | Literal["page", "width"]
Fetch = Callable[[], Awaitable[bytes]]


@dataclass(frozen=True, slots=True)
class PreviewState:
    """What the pane shows. Pages count from 1; page 0 is no page."""

    document: int = 0
    """Counts documents shown: where it changes, every picture on the screen belongs to another fax."""
    pages: int = 0
    page: int = 0
    zoom: Zoom = "page"
    rotation: int = 0
    """Degrees clockwise, on the screen only."""
    loading: bool = False
    problem: str = ""
    """Why the document, or the page gone to, cannot be shown. The file itself can still be saved."""
    picture: QImage | None = None
    """The page, or None while it is on its way."""


class PreviewViewModel(QObject):
    """Shows one document at a time, with one process at a time; another document ends the former."""

    changed = Signal()
    thumbnail = Signal(int, QImage)
    """The picture of a page, to be shown small."""

    def __init__(self, renderer: Renderer, read: Callable[[str], Awaitable[bytes]], report: Report) -> None:
        """`read` gives the bytes of a document by its hash; `report` hears of surprises."""
        super().__init__()
        self.state = PreviewState()
        self._renderer = renderer
        self._read = read
        self._tasks = Tasks(report)
        self._shown: str | bytes = ""
        self._pictures = PagePictures()

    @cached_property
    def _one_process(self) -> "asyncio.Lock":
        import asyncio

        return asyncio.Lock()

    @cached_property
    def _wake(self) -> "asyncio.Event":
        import asyncio

        return asyncio.Event()

    def show(self, document: str) -> None:
        """Show a document of the store by its hash, from its first page; the one shown already stays as it is."""
        if document == self._shown and not self.state.problem:
            return
        self.clear()
        self._shown = document
        self._start(lambda: self._read(document))

    def show_content(self, pdf: bytes) -> None:
        """Show a newer version of what is shown: page and picture stay until the new ones are there."""
        if pdf == self._shown and not self.state.problem:
            return
        self._shown = pdf

        async def fetch() -> bytes:
            return pdf

        self._start(fetch)

    def show_problem(self, sentence: str) -> None:
        """Say why there is nothing to show."""
        self.clear()
        self._update(problem=sentence)

    def clear(self) -> None:
        """Show nothing."""
        self._tasks.cancel("document")
        self._shown = ""
        self._pictures = PagePictures()
        document = self.state.document + 1
        self._update(document=document, pages=0, page=0, rotation=0, loading=False, problem="", picture=None)

    def go_to(self, page: int) -> None:
        """Show this page, or the nearest there is."""
        page = min(max(page, 1), self.state.pages)
        if page and page != self.state.page:
            self._turn_to(page)
            self._wake.set()

    def step(self, by: int) -> None:
        """Go on by so many pages, or back."""
        self.go_to(self.state.page + by)

    def set_zoom(self, zoom: Zoom) -> None:
        """Fit the page or its width, or show it at a percentage."""
        self._update(zoom=zoom)

    def rotate(self) -> None:
        """Turn the pages on the screen by a quarter."""
        self._update(rotation=(self.state.rotation + 90) % 360)

    def want_thumbnails(self, first: int, last: int) -> None:
        """Say which thumbnails are in sight; only these are drawn."""
        self._pictures.in_sight = (first, last)
        self._wake.set()

    async def close(self) -> None:
        """End the process and everything under way."""
        await self._tasks.close()

    def _start(self, fetch: Fetch) -> None:
        self._update(loading=True, problem="")
        self._tasks.start("document", self._present(fetch))

    async def _present(self, fetch: Fetch) -> None:
        try:
            content = await fetch()
            async with self._one_process:
                self._pictures = self._pictures.emptied()
                # A page that cannot be drawn may have ended the process: the others get a new one.
                while await self._draw_from(content):
                    pass
        except FaxError as error:
            self._update(pages=0, page=0, picture=None, loading=False, problem=str(error))
        except Exception:
            sentence = self.tr("This document cannot be shown.")
            self._update(pages=0, page=0, picture=None, loading=False, problem=sentence)
            raise

    async def _draw_from(self, content: bytes) -> bool:
        """Draw what is wanted for as long as all goes well; True asks for the document to be opened anew."""
        async with await self._renderer.open(content) as document:
            self._update(pages=document.pages)
            self._turn_to(min(max(self.state.page, 1), document.pages), keep=self.state.picture)
            while True:
                self._wake.clear()
                if (wanted := self._pictures.next_page(self.state.page, document.pages)) is not None:
                    done = await self._draw(document, wanted, FAX_WIDTH)
                elif (wanted := self._pictures.next_thumbnail(document.pages)) is not None:
                    done = await self._draw(document, wanted, THUMBNAIL_WIDTH)
                else:
                    done = await self._wake.wait()
                if not done:
                    return True

    async def _draw(self, document: OpenDocument, page: int, width: int) -> bool:
        try:
            image = grey_image(await document.render(page - 1, width))
        except DocumentUnreadable as error:
            self._pictures.refuse(page, str(error))
        else:
            if width == FAX_WIDTH:
                self._pictures.keep(page, image)
            if self._pictures.hand_over(page):
                self.thumbnail.emit(page, image)
        if page == self.state.page:
            self._turn_to(page, keep=self.state.picture)
        return page not in self._pictures.refused

    def _turn_to(self, page: int, *, keep: QImage | None = None) -> None:
        """Show what there is of a page; `keep` stays on the screen while there is nothing."""
        problem = self._pictures.refused.get(page, "")
        picture = self._pictures.of(page)
        loading = picture is None and not problem
        self._update(page=page, picture=keep if loading else picture, loading=loading, problem=problem)

    def _update(self, **changes: Any) -> None:
        new = replace(self.state, **changes)
        if new != self.state:
            self.state = new
            self.changed.emit()
