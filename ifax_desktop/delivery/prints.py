"""The pages of a fax as they are printed: which there are, each of them for the preview, and the document that goes out."""

from collections.abc import Callable
from contextlib import aclosing
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Final

from ifax_desktop.documents.renderer import FaxPage, OpenDocument, PagePicture, Part, Renderer
from ifax_desktop.domain.cover import CoverKind, CoverPage
from ifax_desktop.domain.errors import DocumentUnreadable, WrongNumber
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.leaves import Leaf
from ifax_desktop.domain.number import parse, show
from ifax_desktop.domain.page import PageFormat
from ifax_desktop.domain.sheet import Sheet
from ifax_desktop.store import private
from ifax_desktop.store.files import Files
from ifax_desktop.store.settings import Settings
from ifax_desktop.store.words import disk_in_words

if TYPE_CHECKING:
    from ifax_desktop.documents.press import Press

_PIECE: Final = 1 << 20
"""Bytes written to the disk at once."""


class Prints:
    """Has pages made. What the preview showed is what goes out: it comes from the same press."""

    def __init__(
        self,
        files: Files,
        renderer: Renderer,
        now: Callable[[], datetime],
        settings: Callable[[], Settings],
        write_date: Callable[[datetime], str],
    ) -> None:
        """`write_date` gives the date as the cover page shows it."""
        self._files = files
        self._renderer = renderer
        self._now = now
        self._settings = settings
        self._write_date = write_date

    @property
    def goes_as_it_is(self) -> bool:
        """The original pages go out, and the service makes them black and white: what is shown is our guess at it."""
        return self._settings().original_pages

    def page_format(self, form: Form) -> PageFormat:
        """What all pages of a fax have in common."""
        return PageFormat(self._settings().fax_paper, form.quality.fineness)

    def cover_page(self, form: Form) -> CoverPage | None:
        """The words on our own cover page, if the fax has one."""
        if form.cover.kind is not CoverKind.OWN:
            return None
        region = self._settings().region
        date = self._write_date(self._now().astimezone())
        cover = form.cover if form.cover.to_name else replace(form.cover, to_name=form.name)
        return CoverPage(cover, _shown(form.number, region), show(form.own_number), date, 1 + form.pages)

    async def cover_sheets(self, form: Form) -> list[Sheet]:
        """The sheets of our own cover page; none if the fax has none. Raises DocumentUnreadable."""
        cover = self.cover_page(form)
        return [Sheet(cover, page) for page in range(await self._press.count(cover))] if cover else []

    def sheet(self, form: Form, leaf: Leaf) -> Sheet:
        """The page of a document as it is to be printed."""
        return Sheet(form.attachments[leaf.part].document, leaf.page, leaf.look)

    async def page(self, sheet: Sheet, form: PageFormat, *, later: bool = False) -> FaxPage:
        """A page of a fax with its dots and what was found on it. Raises DocumentUnreadable and StorageFailed.

        What was asked for last comes first, what may come `later` after all that may not.
        """
        return await self._press.page(sheet, form, later=later)

    async def original(self, sheet: Sheet, width: int) -> PagePicture:
        """A page as it is in its document, turned as it is to go out, in colours. Raises as `page`."""
        return await self._press.original(sheet, width)

    async def take_over(self, document: str, opened: OpenDocument) -> None:
        """Have a document of the store that is open already at hand for its pages."""
        await self._press.take_over(document, opened)

    async def keep(self, form: Form) -> tuple[str, int, int]:
        """Put what goes out into the store: its SHA-256, its pages and its bytes. Raises as `page`."""
        if self._settings().original_pages:
            content = await self._original_pages(form)
            pages = await self._renderer.count_pages(content)
            return await self._files.put(content), pages, len(content)
        import asyncio

        async with self._files.incoming() as path:
            with disk_in_words():
                file = await asyncio.to_thread(private.open_new, path)
            try:
                pages, size = await self._transmit(form, file.write)
            finally:
                with disk_in_words():
                    await asyncio.to_thread(file.close)
            return await self._files.take(path), pages, size

    async def rest(self) -> None:
        """Let go of the processes that read documents, until they are wanted again."""
        if "_press" in self.__dict__:
            await self._press.rest()

    async def close(self) -> None:
        """End everything under way."""
        if "_press" in self.__dict__:
            await self._press.close()

    @cached_property
    def _press(self) -> "Press":
        from ifax_desktop.documents.press import Press  # with asyncio: not before the first page

        return Press(self._renderer, self._files.get)

    async def _transmit(self, form: Form, write: Callable[[bytes], object]) -> tuple[int, int]:
        """Write the black and white pages of a fax as they go out; how many they are, and how many bytes."""
        import asyncio

        from ifax_desktop.documents.transmission import Transmission

        page_format = self.page_format(form)
        waiting = bytearray()
        transmission = Transmission(waiting.extend, page_format)

        async def hand_on() -> None:
            with disk_in_words():
                await asyncio.to_thread(write, bytes(waiting))
            waiting.clear()

        covers, leaves = await self.cover_sheets(form), _going(form)
        sheets = [*covers, *(self.sheet(form, leaf) for leaf in leaves)]
        try:
            async with aclosing(self._press.pages(sheets, page_format)) as pages:
                async for page in pages:
                    transmission.add(page.code)
                    if len(waiting) > _PIECE:
                        await hand_on()
        except DocumentUnreadable as error:
            place = transmission.pages - len(covers)
            if place < 0:
                raise
            name = form.attachments[leaves[place].part].name
            sentence = f"Page {transmission.pages + 1} cannot be sent, from “{name}”. {error} Leave it out, or add it again."
            raise DocumentUnreadable(sentence, error.detail) from error
        transmission.finish()
        await hand_on()
        return transmission.pages, transmission.size

    async def _original_pages(self, form: Form) -> bytes:
        """The pages of the documents as they are, but for their order and turn, in one PDF."""
        contents: dict[str, bytes] = {}
        parts: list[Part] = []
        for run in form.arrangement.runs():
            leaves = [form.arrangement.leaves[place] for place in run]
            picks = [(leaf.page, leaf.look.rotation) for leaf in leaves if not leaf.left_out]
            document = form.attachments[leaves[0].part].document
            if picks:
                if document not in contents:
                    contents[document] = await self._files.get(document)
                parts.append((contents[document], picks))
        return await self._renderer.assemble(self.cover_page(form), parts)


def _going(form: Form) -> list[Leaf]:
    return [leaf for leaf in form.arrangement.leaves if not leaf.left_out]


def _shown(typed: str, region: str) -> str:
    """The number for the cover page: grouped as soon as it is one, as typed until then."""
    try:
        return str(parse(typed, region))
    except WrongNumber:
        return typed.strip()
