"""The parent's side of reading documents: start a worker, ask it, time it out, kill it.

This is a separate process with limits, not a virtual machine. Nothing in here parses a document.
"""

import sys
from collections.abc import Sequence
from types import TracebackType
from typing import TYPE_CHECKING, Self

from ifax_desktop.documents import protocol
from ifax_desktop.documents.protocol import FaxPage, Kind, PagePicture, Reason
from ifax_desktop.domain.cover import CoverPage
from ifax_desktop.domain.errors import DocumentUnreadable
from ifax_desktop.domain.page import PageFormat, PageLook

if TYPE_CHECKING:
    from ifax_desktop.documents.child import Child

__all__ = ["FaxPage", "OpenDocument", "PagePicture", "Renderer", "worker_command"]


Part = tuple[bytes, Sequence[tuple[int, int]]]
"""A document and the pages wanted of it in order, counted from 0, each with its turn in degrees clockwise; none is all."""


def worker_command() -> list[str]:
    """Return how to start the worker from this program, installed or frozen."""
    if getattr(sys, "frozen", False):
        return [sys.executable, "--document-worker"]
    return [sys.executable, "-I", "-m", "ifax_desktop.documents.worker"]


class OpenDocument:
    """A document held open by a process of its own, until it is closed."""

    def __init__(self, child: "Child", sizes: tuple[tuple[float, float], ...]) -> None:
        self._child = child
        self.sizes = sizes
        """Width and height of each page as shown, in points of 1/72 inch."""

    @property
    def pages(self) -> int:
        """The number of pages, at least one."""
        return len(self.sizes)

    @property
    def ended(self) -> bool:
        """The process is over, and draws no more."""
        return self._child.ended

    async def render(self, page: int, width: int, *, rotate: int = 0, colour: bool = False) -> PagePicture:
        """Return a page, counted from 0, as pixels `width` across, turned clockwise by 0, 90, 180 or 270 degrees.

        They are grey; with `colour`, red, green and blue where the page has any.
        A page too tall for MAX_PIXELS comes narrower. DocumentUnreadable if it cannot be drawn; the other pages of the
        document may still be good then. Cancelling is safe at any time.
        """
        if not (0 <= page < self.pages and 0 < width <= protocol.MAX_WIDTH and rotate in (0, 90, 180, 270)):
            raise ValueError(f"page {page} of {self.pages}, {width} pixels wide, turned by {rotate}")
        asked = protocol.pack_render(page, width, rotate, colour=colour)
        return await self._child.ask(
            Kind.RENDER, [asked], lambda reply: protocol.unpack_picture(reply, width)
        )

    async def fax(self, page: int, form: PageFormat, look: PageLook, *, bits: bool = True) -> FaxPage:
        """Return a page, counted from 0, as it goes out on a page of this form; without `bits` only its code.

        DocumentUnreadable if it cannot be drawn. Cancelling is safe at any time.
        """
        asked = protocol.pack_fax(page, form, look, bits=bits)
        return await self._child.ask(
            Kind.FAX, [asked], lambda reply: protocol.unpack_faxed(reply, form, bits=bits)
        )

    async def change_cover(self, cover: CoverPage) -> None:
        """Have our own cover page with other words in its place. DocumentUnreadable if it cannot be printed: then it is closed."""
        try:
            self.sizes = await self._child.ask(Kind.OPEN_COVER, [_words(cover)], protocol.unpack_sizes)
        except BaseException:
            await self._child.close()
            raise

    async def unlocked(self) -> bytes:
        """Return a PDF without its encryption."""
        return await self._child.ask(Kind.UNLOCK, [], bytes)

    async def close(self) -> None:
        """End the process. A render under way raises DocumentUnreadable."""
        await self._child.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.close()


class Renderer:
    """Reads documents in child processes, one for each open document."""

    def __init__(self, command: Sequence[str] | None = None, *, deadline: float = 20.0) -> None:
        """Start children with `command` (this program's worker if none); each request has `deadline` seconds."""
        self._command = list(command or worker_command())
        self._deadline = deadline
        self._children: set[Child] = set()

    async def open(self, document: bytes, password: str = "") -> OpenDocument:
        """Open a document of any kind. DocumentUnreadable with a sentence that names no file if it cannot be.

        DocumentLocked is raised for a PDF that needs a password, or another one.
        """
        if len(document) > protocol.MAX_DOCUMENT:
            from ifax_desktop.documents.child import SENTENCES

            raise DocumentUnreadable(SENTENCES[Reason.TOO_LARGE], f"{len(document)} bytes")
        return await self._opened(Kind.OPEN, protocol.pack_open(document, password))

    async def open_cover(self, cover: CoverPage) -> OpenDocument:
        """Open our own cover page as if it were a document; DocumentUnreadable if it cannot be printed."""
        return await self._opened(Kind.OPEN_COVER, [_words(cover)])

    async def count_pages(self, document: bytes) -> int:
        """Return how many pages a PDF has; DocumentUnreadable as `open`."""
        async with await self.open(document) as opened:
            return opened.pages

    async def assemble(self, cover: CoverPage | None, parts: Sequence[Part]) -> bytes:
        """Return one PDF of the cover page, if any, and the pages of the parts as they are: pages and nothing else.

        `cover.pages` counts the cover as one page; a message that needs more sheets adds them to the number printed.
        The same input gives the same bytes. DocumentUnreadable says in its detail which part was refused.
        """
        together = sum(len(document) for document, _ in parts)
        if together > protocol.MAX_DOCUMENT:
            raise DocumentUnreadable("These documents together are larger than 100 MB.", f"{together} bytes")
        child = await self._start()
        try:
            if cover:
                await _add_cover(child, cover)
            for number, part in enumerate(parts, 1):
                await _add_part(child, part, f"part {number} of {len(parts)}")
            return await child.ask(Kind.ASSEMBLE, [], bytes)
        finally:
            await child.close()

    async def close(self) -> None:
        """End every child still running."""
        import asyncio

        await asyncio.gather(*(child.close() for child in self._children))
        self._children.clear()

    async def _opened(self, kind: Kind, payload: Sequence[bytes]) -> OpenDocument:
        child = await self._start()
        try:
            sizes = await child.ask(kind, payload, protocol.unpack_sizes)
        except BaseException:
            await child.close()
            raise
        return OpenDocument(child, sizes)

    async def _start(self) -> "Child":
        self._children = {child for child in self._children if not child.ended}
        # The loop's subprocesses: 25 ms, and no window needs them.
        from ifax_desktop.documents.child import Child

        child = await Child.start(self._command, self._deadline)
        self._children.add(child)
        return child


async def _add_cover(child: "Child", cover: CoverPage) -> None:
    await child.ask(Kind.COVER, [_words(cover)], protocol.unpack_count)


def _words(cover: CoverPage) -> bytes:
    words = protocol.pack_cover(cover)
    if len(words) > protocol.LIMITS[Kind.COVER]:
        raise DocumentUnreadable("The text of the cover page is too long.", f"{len(words)} bytes")
    return words


async def _add_part(child: "Child", part: Part, which: str) -> None:
    try:
        await child.ask(Kind.PART, protocol.pack_part(*part), protocol.unpack_count)
    except DocumentUnreadable as error:
        raise DocumentUnreadable(str(error), f"{which}: {error.detail}") from error
