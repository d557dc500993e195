"""The state behind the Inbox: which received faxes are listed, which one is read, and what is done with it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QGuiApplication

from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.errors import FaxError, StorageFailed
from ifax_desktop.domain.fax import Direction, Fax
from ifax_desktop.viewmodels import awaited_faxes
from ifax_desktop.viewmodels.awaited_faxes import AwaitedFaxes
from ifax_desktop.viewmodels.fax_table import FaxTable
from ifax_desktop.viewmodels.latest import Latest
from ifax_desktop.viewmodels.outbox import Emptiness
from ifax_desktop.viewmodels.received_fax import ReceivedFax, present
from ifax_desktop.viewmodels.tasks import Report, Tasks

if TYPE_CHECKING:
    from ifax_desktop.delivery.receiver import Receiver
    from ifax_desktop.store.archive import Archive, Query
    from ifax_desktop.viewmodels.preview import PreviewViewModel


class Read(StrEnum):
    """Which received faxes are listed."""

    ALL = "all"
    UNREAD = "unread"


@dataclass(frozen=True, slots=True)
class InboxState:
    """What the Inbox shows."""

    show: Read = Read.ALL
    text: str = ""
    unread: int = 0
    empty: Emptiness = Emptiness.NOT
    fax: ReceivedFax | None = None
    awaited: AwaitedFaxes | None = None
    """What is still at the service; None for nothing."""


class InboxViewModel(QObject):
    """Lists received faxes and shows one. A fax that is opened counts as read."""

    changed = Signal()
    reply_asked = Signal(str, str)
    """Open New fax to this number (the other side's), from this number of ours."""
    saved = Signal(str)
    """The name of the file a fax was saved as."""

    def __init__(
        self,
        archive: "Archive",
        receiver: "Receiver",
        changes: Changes,
        preview: "PreviewViewModel",
        now: Callable[[], datetime],
        report: Report,
        *,
        read: Callable[[str], Awaitable[bytes]],
    ) -> None:
        """`read` gives the bytes of a document by its hash. Nothing is read before `start`."""
        super().__init__()
        self.state = InboxState()
        self.preview = preview
        self._archive = archive
        self._receiver = receiver
        self._now = now
        self._report = report
        self._read = read
        self._fax: Fax | None = None
        self._tasks = Tasks(report)
        self._counts = Latest(self._tasks, "counts", self._count)
        self.table = FaxTable(archive, self._query(), changes, now, report)
        for signal in (self.table.loaded, self.table.rowsInserted, self.table.rowsRemoved):
            signal.connect(self._look_whether_empty)
        self._awaited = Latest(self._tasks, "awaited", self._ask_awaited)
        self._subscriptions = (
            changes.subscribe(self._faxes_changed),
            receiver.awaited.changes.subscribe(lambda _: self._awaited.ask()),
        )

    def start(self) -> None:
        """Read the list and the counts; call it once the event loop runs."""
        self.table.refresh()
        self._counts.ask()
        self._awaited.ask()

    @property
    def selected(self) -> int | None:
        """The id of the fax that is shown."""
        return self.state.fax.id if self.state.fax else None

    def select(self, fax: int | None) -> None:
        """Show the pages of a fax and mark it as read."""
        self._show(fax)
        if self._fax is not None and self._fax.unread:
            self._mark(self._fax.id, unread=False)

    def mark_unread(self) -> None:
        """Let the fax that is shown stand out again, as if nobody had read it."""
        if self._fax is not None:
            self._mark(self._fax.id, unread=True)

    def choose_filter(self, show: str) -> None:
        """List all faxes, or only those nobody has read."""
        self._update(show=Read(show))
        self.table.show_query(self._query())

    def search(self, text: str) -> None:
        """List only faxes with this in their name or number; "" lists all again."""
        self._update(text=text.strip())
        self.table.show_query(self._query())

    def reply(self) -> None:
        """Open New fax to whoever sent the fax that is shown."""
        if self._fax is not None and self._fax.number:
            self.reply_asked.emit(self._fax.number, self._fax.own_number)

    def copy_number(self) -> None:
        """Put the sender's number on the clipboard."""
        if self._fax is not None and self._fax.number:
            QGuiApplication.clipboard().setText(self._fax.number)

    def save_as(self, path: str) -> None:
        """Keep a copy of the document in a file."""
        if self._fax is not None and path:
            self._tasks.start("save", self._save(self._fax.document, Path(path)))

    def delete(self) -> None:
        """Delete the fax that is shown on this computer, for good. The next one is shown then, and stays unread."""
        if self._fax is not None:
            place = self.table.row_of(self._fax.id)
            after = self.table.id_at(place + 1) if place >= 0 else None
            self._tasks.start("delete", self._delete(self._fax.id, after or self.table.id_at(place - 1)))

    def try_awaited(self) -> None:
        """Ask the service now for the documents it did not give."""
        if self.state.awaited is not None and not self._tasks.is_running("try"):
            self._tasks.start("try", self._try_awaited())

    def give_up_awaited(self) -> None:
        """Leave the faxes whose documents were not to be had at the service."""
        self._tasks.start("give up", self._receiver.awaited.give_up(self._now()))

    def check(self) -> None:
        """Ask the service for faxes now."""
        self._tasks.start("check", self._check())

    async def close(self) -> None:
        """Stop listening, and end what is under way."""
        for unsubscribe in self._subscriptions:
            unsubscribe()
        await self.table.close()
        await self._tasks.close()

    async def _check(self) -> None:
        await self._receiver.check()

    async def _try_awaited(self) -> None:
        await self._receiver.try_awaited()

    async def _ask_awaited(self) -> None:
        awaited = await self._receiver.awaited.all()
        self._update(awaited=awaited_faxes.present(awaited, self._now()))

    async def _delete(self, fax: int, then: int | None) -> None:
        await self._archive.delete([fax], self._now())
        if self.selected in (fax, None):
            self._show(then)

    async def _save(self, document: str, path: Path) -> None:
        import asyncio

        content = await self._read(document)
        await asyncio.to_thread(_write, path, content)
        self.saved.emit(path.name)

    def _mark(self, fax: int, *, unread: bool) -> None:
        self._tasks.start(f"mark {fax}", self._archive.mark([fax], unread=unread))

    def _show(self, fax: int | None) -> None:
        before = self._fax.document if self._fax else ""
        self._fax = self._row(fax)
        self._update(fax=present(self._fax, self._now()) if self._fax else None)
        document = self._fax.document if self._fax else ""
        if document and document != before:
            self.preview.show(document)
        elif not document:
            self.preview.clear()

    def _row(self, fax: int | None) -> Fax | None:
        try:
            rows = self._archive.rows([fax]) if fax is not None else []
        except FaxError as error:
            self._report(error)
            return None
        return rows[0] if rows else None

    async def _count(self) -> None:
        self._update(unread=(await self._archive.counts()).unread)

    def _query(self) -> "Query":
        from ifax_desktop.store.archive import Query

        return Query(Direction.RECEIVED, unread=self.state.show is Read.UNREAD, text=self.state.text)

    def _look_whether_empty(self) -> None:
        if not self.table.is_loaded:
            return
        if self.table.rowCount():
            empty = Emptiness.NOT
        elif self.state.text:
            empty = Emptiness.NOT_FOUND
        else:
            empty = Emptiness.FIRST if self.state.show is Read.ALL else Emptiness.FILTERED
        self._update(empty=empty)

    def _faxes_changed(self, changed: frozenset[int]) -> None:
        self._counts.ask()
        if not changed:  # another process of ours may have asked for them
            self._awaited.ask()
        if self.selected is not None and (not changed or self.selected in changed):
            self._show(self.selected)

    def _update(self, **changes: Any) -> None:
        new = replace(self.state, **changes)
        if new != self.state:
            self.state = new
            self.changed.emit()


def _write(path: Path, content: bytes) -> None:
    """Put the file in its place whole, or not at all."""
    part = path.with_name(f"{path.name}.part")
    try:
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        sentence = f"\N{LEFT DOUBLE QUOTATION MARK}{path.name}\N{RIGHT DOUBLE QUOTATION MARK} could not be saved there."
        raise StorageFailed(sentence, str(error)) from error
