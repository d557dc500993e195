"""Pages of a fax made in the background: by two processes at most, what was asked for last first, each only once.

A process reads one document and no other; it stays until its room is wanted. What was made is kept by its content, so
that a page shown in the preview is the very page that goes out.
"""

import asyncio
import heapq
import itertools
from collections import OrderedDict
from collections.abc import AsyncGenerator, Awaitable, Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Final, TypeVar

from ifax_desktop.documents.protocol import FaxPage, PagePicture
from ifax_desktop.documents.renderer import OpenDocument, Renderer
from ifax_desktop.domain.cover import CoverPage
from ifax_desktop.domain.errors import DocumentUnreadable
from ifax_desktop.domain.page import PageFormat
from ifax_desktop.domain.sheet import Original, Sheet

_WORKERS: Final = 2
_OPEN: Final = 3
"""Documents kept open, each by a process of some 50 MB."""
_AHEAD: Final = 4
"""Pages asked for ahead of the one that is waited for."""
_CODE_BYTES: Final = 96 * 1024 * 1024
_PAGES_WITH_BITS: Final = 24

T = TypeVar("T")
_Key = tuple[Sheet, PageFormat]


@dataclass(eq=False, slots=True)
class _Job:
    """What somebody waits for."""

    key: Hashable
    original: Original
    make: Callable[[OpenDocument], Awaitable[Any]]
    made: "asyncio.Future[Any]"
    waiting: int = 0


class Press:
    """Makes pages, for all New fax windows and for what is queued."""

    def __init__(
        self, renderer: Renderer, read: Callable[[str], Awaitable[bytes]], *, workers: int = _WORKERS
    ) -> None:
        """`read` gives a document by its SHA-256."""
        self._renderer = renderer
        self._read = read
        self._workers = workers
        self._queue: list[tuple[int, int, _Job]] = []
        self._order = itertools.count()
        self._jobs: dict[Hashable, _Job] = {}
        self._running: set[asyncio.Task[None]] = set()
        self._idle: OrderedDict[int, tuple[Original, OpenDocument]] = OrderedDict()
        self._made = _Made()
        self._is_closed = False

    async def page(
        self, sheet: Sheet, form: PageFormat, *, bits: bool = True, later: bool = False
    ) -> FaxPage:
        """Return a page as it goes out; without `bits` perhaps only its code.

        What is asked for last is made first; what may come `later` waits for all that may not, and is made in order.
        FaxError if the document cannot be had or the page not be drawn. Cancelling is safe at any time.
        """
        if (known := self._made.page((sheet, form), bits=bits)) is not None:
            return known

        async def make(document: OpenDocument) -> FaxPage:
            page = await document.fax(sheet.page, form, sheet.look, bits=bits)
            self._made.keep((sheet, form), page)
            return page

        return await self._ask((sheet, form, bits), sheet.original, make, later=later)

    async def original(self, sheet: Sheet, width: int) -> PagePicture:
        """Return a page as its document shows it, turned as it is to go out, `width` pixels across; raises as `page`."""

        async def make(document: OpenDocument) -> PagePicture:
            return await document.render(sheet.page, width, rotate=sheet.look.rotation, colour=True)

        return await self._ask((sheet, width), sheet.original, make)

    async def pages(self, sheets: Sequence[Sheet], form: PageFormat) -> AsyncGenerator[FaxPage]:
        """Yield the pages of a fax in their order, without their bits; FaxError as `page`."""
        ahead: list[asyncio.Task[FaxPage]] = []
        rest = iter(sheets)
        try:
            while True:
                while len(ahead) < _AHEAD and (sheet := next(rest, None)) is not None:
                    ahead.append(asyncio.create_task(self.page(sheet, form, bits=False, later=True)))
                if not ahead:
                    return
                page = await ahead[0]
                del ahead[0]
                yield page
        finally:
            for task in ahead:
                task.cancel()
            await asyncio.gather(*ahead, return_exceptions=True)

    async def take_over(self, original: str, document: OpenDocument) -> None:
        """Keep a document that is open already: its pages are wanted next."""
        if self._is_closed:
            await document.close()
        else:
            await self._put_back(original, document)

    async def count(self, cover: CoverPage) -> int:
        """Return how many sheets our own cover page takes; DocumentUnreadable if it cannot be printed."""
        document = await self._document(cover)
        await self._put_back(cover, document)
        return document.pages

    async def rest(self) -> None:
        """End the processes that have nothing to do."""
        await self._make_room(0)

    async def close(self) -> None:
        """End every process. A page under way raises DocumentUnreadable, and so does one that is asked for later."""
        self._is_closed = True
        self._queue.clear()
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        await asyncio.gather(*(document.close() for _, document in self._idle.values()))
        self._idle.clear()
        for job in list(self._jobs.values()):
            self._refuse(job, _closed())

    async def _ask(
        self,
        key: Hashable,
        original: Original,
        make: Callable[[OpenDocument], Awaitable[T]],
        *,
        later: bool = False,
    ) -> T:
        job = self._jobs.get(key)
        if job is None:
            job = _Job(key, original, make, asyncio.get_running_loop().create_future())
            self._jobs[key] = job
            number = next(self._order)
            heapq.heappush(self._queue, (1, number, job) if later else (0, -number, job))
            self._start()
        job.waiting += 1
        try:
            made: T = await asyncio.shield(job.made)
            return made
        finally:
            job.waiting -= 1

    def _start(self) -> None:
        if len(self._running) < self._workers:
            task = asyncio.create_task(self._work(), name="pages of a fax")
            self._running.add(task)
            task.add_done_callback(self._running.discard)

    async def _work(self) -> None:
        while self._queue:
            *_, job = heapq.heappop(self._queue)
            if not job.waiting:  # whoever asked has left
                self._end(job)
                job.made.cancel()
                continue
            try:
                made = await self._make(job)
            except asyncio.CancelledError:
                self._refuse(job, _closed())
                raise
            except Exception as error:  # noqa: BLE001 - whoever waits gets it, and the other pages are still wanted
                self._refuse(job, error)
            else:
                self._end(job)
                job.made.set_result(made)

    def _refuse(self, job: _Job, error: Exception) -> None:
        self._end(job)
        if not job.made.done():
            job.made.set_exception(error)
            job.made.exception()  # looked at here: whoever asked may have left

    def _end(self, job: _Job) -> None:
        self._jobs.pop(job.key, None)

    async def _make(self, job: _Job) -> Any:
        document = await self._document(job.original)
        try:
            return await job.make(document)
        finally:
            await self._put_back(job.original, document)

    async def _put_back(self, original: Original, document: OpenDocument) -> None:
        if document.ended:
            await document.close()
        else:
            self._idle[id(document)] = (original, document)
            await self._make_room(_OPEN)

    async def _document(self, original: Original) -> OpenDocument:
        if self._is_closed:
            raise _closed()
        for key, (opened, document) in reversed(self._idle.items()):
            if opened == original:
                del self._idle[key]
                return document
        if isinstance(original, CoverPage):
            return await self._open_cover(original)
        await self._make_room(_OPEN - self._workers)
        return await self._renderer.open(await self._read(original))

    async def _open_cover(self, cover: CoverPage) -> OpenDocument:
        """Open a cover page, in the process that has one with other words: it changes at every key."""
        for key, (opened, document) in self._idle.items():
            if isinstance(opened, CoverPage):
                del self._idle[key]
                await document.change_cover(cover)
                return document
        await self._make_room(_OPEN - self._workers)
        return await self._renderer.open_cover(cover)

    async def _make_room(self, most: int) -> None:
        while len(self._idle) > most:
            _, (_, document) = self._idle.popitem(last=False)
            await document.close()


def _closed() -> DocumentUnreadable:
    return DocumentUnreadable("This document cannot be read.", "what reads it was closed")


class _Made:
    """What was made: the codes of all pages, and the dots of those looked at last."""

    def __init__(self) -> None:
        self._codes: OrderedDict[_Key, FaxPage] = OrderedDict()
        self._whole: OrderedDict[_Key, FaxPage] = OrderedDict()
        self._size = 0

    def page(self, key: _Key, *, bits: bool) -> FaxPage | None:
        """Return a page that was made, if it is still here, and its dots where they are wanted."""
        kept = self._whole if bits else self._codes
        if (made := kept.get(key)) is not None:
            kept.move_to_end(key)
        return made

    def keep(self, key: _Key, page: FaxPage) -> None:
        """Keep a page, and let go of those not wanted for long."""
        if page.bits:
            self._whole[key] = page
            self._whole.move_to_end(key)
            if len(self._whole) > _PAGES_WITH_BITS:
                self._whole.popitem(last=False)
        if (old := self._codes.pop(key, None)) is not None:
            self._size -= len(old.code)
        self._codes[key] = FaxPage(page.lines, b"", page.code)
        self._size += len(page.code)
        while self._size > _CODE_BYTES:
            _, gone = self._codes.popitem(last=False)
            self._size -= len(gone.code)
