"""From the New fax form to a row in the outbox: documents copied first, then one durable row, then "queued"."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ifax_desktop.delivery.prints import Prints
from ifax_desktop.delivery.reading import files_in, read
from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.domain.errors import DocumentUnreadable, FaxTooLarge, NothingToSend
from ifax_desktop.domain.fax import Attachment, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.given import Given, legible_name
from ifax_desktop.domain.limits import too_large
from ifax_desktop.domain.number import parse
from ifax_desktop.store.files import Files
from ifax_desktop.store.outbox import Held, Outbox
from ifax_desktop.store.settings import Settings

if TYPE_CHECKING:
    from ifax_desktop.documents.office import Office


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
        self._given_office = office
        self.prints = Prints(files, renderer, now, settings, write_date)
        """The pages of a fax, for its preview."""

    async def files_in(self, given: Given) -> list[Path] | None:
        """The files of a folder and of those in it, as people count: page 2 before page 10. None for what is no folder.

        Raises DocumentUnreadable if it holds none, or too many.
        """
        import asyncio

        return await asyncio.to_thread(files_in, given) if isinstance(given, Path) else None

    async def take(self, given: Given, password: str = "") -> Attachment:
        """Copy a document into the store after the worker has read it; one with a password is kept without it.

        Raises DocumentLocked for another password, DocumentUnreadable or StorageFailed; the sentence names the file.
        """
        import asyncio

        name = legible_name(given)
        try:
            content = await asyncio.to_thread(read, given)
            content = await self._printed(given.name, content)
            opened = await self._renderer.open(content, password)
            try:
                content = await opened.unlocked() if password else content
                document = await self._files.put(content)
            except BaseException:
                await opened.close()
                raise
        except DocumentUnreadable as error:
            raise type(error)(f"“{name}” cannot be added. {error}", error.detail) from error
        if password:
            await opened.close()  # what is kept is another file
        else:
            await self.prints.take_over(document, opened)
        return Attachment(name, document, opened.pages)

    async def queue(self, form: Form, draft: int | None = None, *, hold: timedelta | None = None) -> Queued:
        """Keep the fax for sending. When this returns, no crash can lose it.

        `hold` is how long it waits for an Undo; the setting where None. One for later waits for its time instead. Raises WrongNumber, NothingToSend,
        FaxTooLarge, DocumentUnreadable, StorageFailed, and then nothing was queued.
        """
        number = parse(form.number, self._settings().region)
        self._check_content(form)
        document, pages, size = await self.prints.keep(form)
        if sentence := too_large(size):
            await self._outbox.let_go(document, self._now())
            raise FaxTooLarge(sentence, f"{size} bytes")
        hold = timedelta(seconds=self._settings().hold_seconds) if hold is None else hold
        now = self._now()
        due, waiting = now + hold, Waiting.UNDO if hold else Waiting.TURN
        if form.send_at is not None and form.send_at > due and not form.at_service:
            due, waiting = form.send_at, Waiting.SCHEDULED
        fax = await self._outbox.queue(form, number, document, pages, size, now, due, waiting, draft)
        return Queued(fax, due)

    async def rest(self) -> None:
        """Let go of the processes that read documents, until they are wanted again."""
        await self.prints.rest()

    async def close(self) -> None:
        """End everything under way."""
        await self.prints.close()

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

    def _check_content(self, form: Form) -> None:
        own_cover = form.cover.kind is CoverKind.OWN
        if form.pages or (own_cover and form.cover.message.strip()):
            return
        if form.attachments:
            raise NothingToSend("All pages are left out. Put back the ones to send.")
        raise NothingToSend("Add a document to send.")
