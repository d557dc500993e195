"""From the New fax form to a row in the outbox: documents copied first, then one durable row, then "queued"."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from ifax_desktop.documents import protocol
from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.domain.cover import CoverKind, CoverPage
from ifax_desktop.domain.errors import DocumentUnreadable, NothingToSend, WrongNumber
from ifax_desktop.domain.fax import Attachment, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.number import parse, show
from ifax_desktop.store.files import Files
from ifax_desktop.store.outbox import Held, Outbox
from ifax_desktop.store.settings import Settings


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
    ) -> None:
        self._outbox = outbox
        self._files = files
        self._renderer = renderer
        self._now = now
        self._settings = settings
        self._write_date = write_date

    async def take(self, path: Path) -> Attachment:
        """Copy a document into the store after the worker has read it.

        Raises DocumentUnreadable or StorageFailed; the sentence names the file.
        """
        import asyncio

        try:
            content = await asyncio.to_thread(_read, path)
            pages = await self._renderer.count_pages(content)
        except DocumentUnreadable as error:
            raise DocumentUnreadable(f"“{path.name}” cannot be added. {error}", error.detail) from error
        return Attachment(path.name, await self._files.put(content), pages)

    async def assemble(self, form: Form) -> bytes:
        """The PDF that would go out: our own cover page first, then all documents.

        Raises NothingToSend, DocumentUnreadable, StorageFailed.
        """
        own_cover = form.cover.kind is CoverKind.OWN
        if not form.attachments and not (own_cover and form.cover.message.strip()):
            raise NothingToSend("Add a document to send.")
        parts = [(await self._files.get(attachment.document), ()) for attachment in form.attachments]
        cover = self._cover_page(form) if own_cover else None
        return await self._renderer.assemble(cover, parts)

    async def queue(self, form: Form, draft: int | None = None, *, hold: timedelta | None = None) -> Queued:
        """Keep the fax for sending. When this returns, no crash can lose it.

        `hold` is how long it waits for an Undo; the setting where None. One for later waits for its time instead. Raises WrongNumber, NothingToSend,
        DocumentUnreadable, StorageFailed, and then nothing was queued.
        """
        number = parse(form.number, self._settings().region)
        content = await self.assemble(form)
        pages = await self._renderer.count_pages(content)
        document = await self._files.put(content)
        hold = timedelta(seconds=self._settings().hold_seconds) if hold is None else hold
        now = self._now()
        due, waiting = now + hold, Waiting.UNDO if hold else Waiting.TURN
        if form.send_at is not None and form.send_at > due and not form.at_service:
            due, waiting = form.send_at, Waiting.SCHEDULED
        fax = await self._outbox.queue(form, number, document, pages, len(content), now, due, waiting, draft)
        return Queued(fax, due)

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


def _read(path: Path) -> bytes:
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
