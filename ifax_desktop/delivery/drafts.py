"""From the New fax form to a row in the outbox: documents copied first, then one durable row, then "queued"."""

import io
import re
from collections.abc import Callable
from contextlib import aclosing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from ifax_desktop.documents import protocol
from ifax_desktop.documents.renderer import Part, Renderer
from ifax_desktop.domain.cover import CoverKind, CoverPage
from ifax_desktop.domain.errors import DocumentUnreadable, NothingToSend, WrongNumber
from ifax_desktop.domain.fax import Attachment, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.given import Given, Pasted
from ifax_desktop.domain.number import parse, show
from ifax_desktop.domain.page import PageFormat
from ifax_desktop.store import private
from ifax_desktop.store.files import Files
from ifax_desktop.store.outbox import Held, Outbox
from ifax_desktop.store.settings import Settings
from ifax_desktop.store.words import disk_in_words

if TYPE_CHECKING:
    from ifax_desktop.documents.office import Office
    from ifax_desktop.documents.press import Press, Sheet

_MOST_FILES: Final = 100
"""Of one folder: whoever drops more has dropped the wrong one."""
_PIECE: Final = 1 << 20
"""Bytes written to the disk at once."""


@dataclass(frozen=True, slots=True)
class Queued:
    """A fax the outbox keeps, and when it goes out at the earliest."""

    fax: int
    due_at: datetime


def plain_date(day: datetime) -> str:
    """A date in words that nobody mistakes, for where no locale is at hand."""
    return f"{day.day} {day:%B %Y}"


class Drafts:
    """Takes documents in, shows what would go out, and queues."""

    def __init__(
        self,
        outbox: Outbox,
        files: Files,
        renderer: Renderer,
        now: Callable[[], datetime],
        settings: Callable[[], Settings],
        write_date: Callable[[datetime], str] = plain_date,
        office: "Office | None" = None,
    ) -> None:
        """`office` prints Word and similar files; the LibreOffice of this computer if none."""
        self._outbox = outbox
        self._files = files
        self._renderer = renderer
        self._now = now
        self._settings = settings
        self._write_date = write_date
        self._given_office = office

    async def files_in(self, given: Given) -> list[Path] | None:
        """The files of a folder and of those in it, as people count: page 2 before page 10. None for what is no folder.

        Raises DocumentUnreadable if it holds none, or too many.
        """
        import asyncio

        return await asyncio.to_thread(_files_in, given) if isinstance(given, Path) else None

    async def take(self, given: Given, password: str = "") -> Attachment:
        """Copy a document into the store after the worker has read it; one with a password is kept without it.

        Raises DocumentLocked for another password, DocumentUnreadable or StorageFailed; the sentence names the file.
        """
        import asyncio

        try:
            content = await asyncio.to_thread(_read, given)
            content = await self._printed(given.name, content)
            async with await self._renderer.open(content, password) as opened:
                pages = opened.pages
                content = await opened.unlocked() if password else content
        except DocumentUnreadable as error:
            raise type(error)(f"“{given.name}” cannot be added. {error}", error.detail) from error
        return Attachment(given.name, await self._files.put(content), pages)

    async def assemble(self, form: Form) -> bytes:
        """The PDF that would go out: our own cover page first, then all documents.

        Raises NothingToSend, DocumentUnreadable, StorageFailed.
        """
        self._check_content(form)
        if self._settings().original_pages:
            return await self._original_pages(form)
        written = io.BytesIO()
        await self._transmit(form, written.write)
        return written.getvalue()

    async def queue(self, form: Form, draft: int | None = None, *, hold: timedelta | None = None) -> Queued:
        """Keep the fax for sending. When this returns, no crash can lose it.

        `hold` is how long it waits for an Undo; the setting where None. One for later waits for its time instead. Raises WrongNumber, NothingToSend,
        DocumentUnreadable, StorageFailed, and then nothing was queued.
        """
        number = parse(form.number, self._settings().region)
        self._check_content(form)
        document, pages, size = await self._kept(form)
        hold = timedelta(seconds=self._settings().hold_seconds) if hold is None else hold
        now = self._now()
        due, waiting = now + hold, Waiting.UNDO if hold else Waiting.TURN
        if form.send_at is not None and form.send_at > due and not form.at_service:
            due, waiting = form.send_at, Waiting.SCHEDULED
        fax = await self._outbox.queue(form, number, document, pages, size, now, due, waiting, draft)
        return Queued(fax, due)

    async def rest(self) -> None:
        """Let go of the processes that read documents, until they are wanted again."""
        if "_press" in self.__dict__:
            await self._press.rest()

    async def close(self) -> None:
        """End everything under way."""
        if "_press" in self.__dict__:
            await self._press.close()

    async def save(self, form: Form, draft: int | None = None) -> int:
        """Keep an unfinished form; the answer is the draft's id."""
        return await self._outbox.save_draft(form, self._now(), draft)

    async def discard(self, draft: int) -> None:
        """Forget a draft."""
        await self._outbox.discard(draft)

    async def take_back(self, fax: int) -> bool:
        """Undo: make a queued fax a draft again. False if it is on its way already."""
        return await self._outbox.take_back(fax, self._now())

    def now(self) -> datetime:
        """The time, as everything here sees it."""
        return self._now()

    async def held(self) -> list[Held]:
        """All faxes that wait for an Undo, the next one first."""
        return await self._outbox.held()

    def form(self, fax: int) -> Form | None:
        """What was filled in for a fax, to go on with it or to send it again."""
        return self._outbox.form(fax)

    async def _printed(self, name: str, content: bytes) -> bytes:
        """A Word or similar file as a PDF; any other as it is."""
        from ifax_desktop.documents.office import is_office

        return await self._office.to_pdf(name, content) if is_office(name, content) else content

    @cached_property
    def _office(self) -> "Office":
        from ifax_desktop.documents.office import Office

        return self._given_office or Office()

    @cached_property
    def _press(self) -> "Press":
        from ifax_desktop.documents.press import Press  # with asyncio: not before the first page

        return Press(self._renderer, self._files.get)

    def _check_content(self, form: Form) -> None:
        own_cover = form.cover.kind is CoverKind.OWN
        if not form.attachments and not (own_cover and form.cover.message.strip()):
            raise NothingToSend("Add a document to send.")

    async def _kept(self, form: Form) -> tuple[str, int, int]:
        """Put what goes out into the store: its SHA-256, its pages and its bytes."""
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

    async def _transmit(self, form: Form, write: Callable[[bytes], object]) -> tuple[int, int]:
        """Write the black and white pages of a fax as they go out; how many they are, and how many bytes."""
        import asyncio

        from ifax_desktop.documents.transmission import Transmission

        page_format = PageFormat(self._settings().fax_paper, form.quality.fineness)
        waiting = bytearray()
        transmission = Transmission(waiting.extend, page_format)

        async def hand_on() -> None:
            with disk_in_words():
                await asyncio.to_thread(write, bytes(waiting))
            waiting.clear()

        async with aclosing(self._press.pages(await self._sheets(form), page_format)) as pages:
            async for page in pages:
                transmission.add(page.code)
                if len(waiting) > _PIECE:
                    await hand_on()
        transmission.finish()
        await hand_on()
        return transmission.pages, transmission.size

    async def _sheets(self, form: Form) -> "list[Sheet]":
        from ifax_desktop.documents.press import Sheet

        sheets = [Sheet(part.document, page) for part in form.attachments for page in range(part.pages)]
        if form.cover.kind is not CoverKind.OWN:
            return sheets
        cover = self._cover_page(form)
        return [*(Sheet(cover, page) for page in range(await self._press.count(cover))), *sheets]

    async def _original_pages(self, form: Form) -> bytes:
        parts: list[Part] = [(await self._files.get(part.document), ()) for part in form.attachments]
        cover = self._cover_page(form) if form.cover.kind is CoverKind.OWN else None
        return await self._renderer.assemble(cover, parts)

    def _cover_page(self, form: Form) -> CoverPage:
        region = self._settings().region
        pages = 1 + sum(attachment.pages for attachment in form.attachments)
        date = self._write_date(self._now().astimezone())
        cover = form.cover if form.cover.to_name else replace(form.cover, to_name=form.name)
        return CoverPage(cover, _shown(form.number, region), show(form.own_number), date, pages)


def _shown(typed: str, region: str) -> str:
    """The number for the cover page: grouped as soon as it is one, as typed until then."""
    try:
        return str(parse(typed, region))
    except WrongNumber:
        return typed.strip()


def _files_in(folder: Path) -> list[Path] | None:
    try:
        if not folder.is_dir():
            return None
        found = [
            path
            for path in folder.rglob("*")
            if path.is_file() and not any(part.startswith(".") for part in path.relative_to(folder).parts)
        ]
    except OSError as error:
        raise DocumentUnreadable(
            f"“{folder.name}” cannot be added. This computer does not let us read it.", str(error)
        ) from error
    if not found:
        raise DocumentUnreadable(f"“{folder.name}” cannot be added. There are no files in this folder.")
    if len(found) > _MOST_FILES:
        sentence = f"“{folder.name}” cannot be added. There are more than {_MOST_FILES} files in this folder."
        raise DocumentUnreadable(sentence, f"{len(found)} files")
    return sorted(found, key=lambda path: _as_counted(str(path.relative_to(folder))))


def _as_counted(name: str) -> list[tuple[bool, int, str]]:
    parts = re.split(r"(\d+)", name.casefold())
    return [(part.isdigit(), int(part) if part.isdigit() else 0, part) for part in parts if part]


def _read(path: Given) -> bytes:
    if isinstance(path, Pasted):
        return path.read()
    try:
        if path.stat().st_size > protocol.MAX_DOCUMENT:
            raise DocumentUnreadable("This file is larger than 100 MB.")
        return path.read_bytes()
    except FileNotFoundError as error:
        raise DocumentUnreadable("The file is not there.", str(error)) from error
    except IsADirectoryError as error:
        raise DocumentUnreadable("This is a folder. Add the files in it.", str(error)) from error
    except OSError as error:
        raise DocumentUnreadable("This computer does not let us read it.", str(error)) from error
