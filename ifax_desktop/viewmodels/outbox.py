"""The state behind the Outbox: which sent faxes are listed, which one is chosen, and what can be done with it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.errors import FaxError
from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.fax import IN_PROGRESS, NEEDS_USER, Direction, FaxDetail
from ifax_desktop.viewmodels.fax_table import FaxTable
from ifax_desktop.viewmodels.latest import Latest
from ifax_desktop.viewmodels.sent_acts import Delivery, SentActs
from ifax_desktop.viewmodels.sent_fax import SentFax, present
from ifax_desktop.viewmodels.tasks import Report, Tasks
from ifax_desktop.viewmodels.verdict import Act

if TYPE_CHECKING:
    from ifax_desktop.store.archive import Query
    from ifax_desktop.viewmodels.preview import PreviewViewModel

_TICK_MS: Final = 20_000


class Show(StrEnum):
    """Which sent faxes are listed."""

    ALL = "all"
    IN_PROGRESS = "in progress"
    NEEDS_YOU = "needs you"


class Emptiness(StrEnum):
    """Why a list shows no fax."""

    NOT = ""
    FIRST = "first"
    FILTERED = "filtered"
    NOT_FOUND = "not found"


_STATES: Final = {Show.ALL: None, Show.IN_PROGRESS: IN_PROGRESS, Show.NEEDS_YOU: NEEDS_USER}


@dataclass(frozen=True, slots=True)
class OutboxState:
    """What the Outbox shows. `waiting` counts faxes that wait here to be sent."""

    show: Show = Show.ALL
    text: str = ""
    in_progress: int = 0
    needs_you: int = 0
    waiting: int = 0
    paused: bool = False
    """Nothing goes out until the user says so."""
    empty: Emptiness = Emptiness.NOT
    fax: SentFax | None = None


class OutboxViewModel(QObject):
    """Lists sent faxes, shows one, and carries out what the user wants done with it."""

    changed = Signal()
    edit_asked = Signal(int)
    """Open New fax with what was filled in for this fax."""
    draft_asked = Signal(int)
    """Go on with this draft in New fax."""
    key_asked = Signal()
    """The key must be put right in the settings."""

    def __init__(
        self,
        delivery: Delivery,
        changes: Changes,
        catalogue: Catalogue,
        preview: "PreviewViewModel",
        has_document: Callable[[str], bool],
        now: Callable[[], datetime],
        report: Report,
    ) -> None:
        """`has_document` tells whether a document is on this computer. Nothing is read before `start`."""
        super().__init__()
        self.state = OutboxState()
        self.preview = preview
        self.acts = SentActs(delivery, now, report)
        self.acts.remarked.connect(self._show_again)
        self._archive = delivery.archive
        self._sender = delivery.sender
        self._catalogue = catalogue
        self._has_document = has_document
        self._now = now
        self._report = report
        self._shown_document = ""
        self._tasks = Tasks(report)
        self._counts = Latest(self._tasks, "counts", self._count)
        self.table = FaxTable(delivery.archive, self._query(), changes, now, report)
        self.table.loaded.connect(self._loaded)
        self._unsubscribe = changes.subscribe(self._faxes_changed)
        self._unwatch = delivery.sender.handing_over.subscribe(self._handed_over)
        self._ticking = QTimer(self)
        self._ticking.timeout.connect(self._tick)

    def start(self) -> None:
        """Read the list and the counts; call it once the event loop runs."""
        self.table.refresh()
        self._counts.ask()
        self._ticking.start(_TICK_MS)

    @property
    def selected(self) -> int | None:
        """The id of the chosen fax."""
        return self.state.fax.id if self.state.fax else None

    def select(self, fax: int | None) -> None:
        """Show the details and the pages of a fax."""
        detail = self._archive_detail(fax)
        shown = self._present(detail) if detail else None
        self._update(fax=shown)
        document = shown.document if shown else ""
        if document != self._shown_document:
            self._shown_document = document
            if document:
                self.preview.show(document)
            else:
                self.preview.clear()

    def choose_filter(self, show: str) -> None:
        """List all faxes, those in progress, or those that need the user."""
        self._update(show=Show(show))
        self.table.show_query(self._query())

    def search(self, text: str) -> None:
        """List only faxes with this in their name, number, documents or subject; "" lists all again."""
        self._update(text=text.strip())
        self.table.show_query(self._query())

    def act(self, act: Act) -> None:
        """Do something with the chosen fax; nothing happens if it cannot be done in its state."""
        fax = self.state.fax
        if fax is None:
            return
        commands: dict[Act, Callable[[], None]] = {
            Act.OPEN_DRAFT: self.edit,
            Act.EDIT: self.edit,
            Act.SEND_AGAIN: self.edit,
            Act.DISCARD: partial(self.acts.discard, fax.id),
            Act.CANCEL: self.cancel,
            Act.TRY_NOW: partial(self.acts.try_now, fax.id),
            Act.TRY_AGAIN: partial(self.acts.try_now, fax.id),
            Act.LOOK_AGAIN: partial(self.acts.look_again, fax.id),
            Act.SEND_ANYWAY: partial(self.acts.send_anyway, fax.id),
            Act.HAVE_RESENT: partial(self.acts.have_resent, fax.id),
            Act.DELETE: partial(self.acts.delete, fax.id),
            Act.RESUME: partial(self.pause, paused=False),
            Act.MEND_KEY: self.key_asked.emit,
            Act.OPEN_ACCOUNT: self.acts.open_account,
            Act.SUPPORT: partial(self.acts.write_to_support, fax.support_details),
        }
        commands[act]()

    def edit(self) -> None:
        """Open New fax with what was filled in for the chosen fax; a draft itself is opened."""
        fax = self.state.fax
        if fax is not None:
            (self.draft_asked if fax.state == "draft" else self.edit_asked).emit(fax.id)

    def cancel(self) -> None:
        """Stop the chosen fax: at once while it waits here, else as far as the service can."""
        if self.state.fax is not None:
            self.acts.stop(self.state.fax.id, has_left=self.state.fax.has_left)

    def pause(self, *, paused: bool) -> None:
        """Let nothing more out, or let it out again."""
        self.acts.pause(paused=paused)

    def copy_number(self) -> None:
        """Put the number of the chosen fax on the clipboard."""
        detail = self._archive_detail(self.selected)
        if detail is not None and detail.fax.number:
            QGuiApplication.clipboard().setText(detail.fax.number)

    async def close(self) -> None:
        """Stop listening, and end what is under way."""
        self._ticking.stop()
        self._unsubscribe()
        self._unwatch()
        await self.acts.close()
        await self.table.close()
        await self._tasks.close()

    def _present(self, detail: FaxDetail) -> SentFax:
        fax = detail.fax
        return present(
            detail,
            self._catalogue,
            self._now(),
            self._aside(fax.id),
            paused=self.state.paused,
            has_document=not fax.document or self._has_document(fax.document),
        )

    def _aside(self, fax: int) -> str:
        """The short word beside the title of the card: how a look went, or how far the handing over is."""
        percent = self._sender.handed_over(fax)
        return self.acts.remark(fax) if percent is None else self.tr("{0} %").format(percent)

    def _handed_over(self, changed: frozenset[int]) -> None:
        if self.selected in changed:
            self.select(self.selected)

    def _show_again(self, fax: int) -> None:
        if self.selected == fax:
            self.select(fax)

    async def _count(self) -> None:
        counts = await self._archive.counts()
        self._update(in_progress=counts.in_progress, needs_you=counts.needs_user, waiting=counts.waiting)
        paused = self._sender.is_paused()
        if paused != self.state.paused:
            self._update(paused=paused)
            self.select(self.selected)

    def _query(self) -> "Query":
        from ifax_desktop.store.archive import Query

        show = self.state.show
        return Query(Direction.SENT, _STATES[show], late=show is Show.NEEDS_YOU, text=self.state.text)

    def _archive_detail(self, fax: int | None) -> FaxDetail | None:
        try:
            return None if fax is None else self._archive.detail(fax)
        except FaxError as error:
            self._report(error)
            return None

    def _loaded(self) -> None:
        if self.table.rowCount():
            empty = Emptiness.NOT
        elif self.state.text:
            empty = Emptiness.NOT_FOUND
        else:
            empty = Emptiness.FIRST if self.state.show is Show.ALL else Emptiness.FILTERED
        self._update(empty=empty)
        if self.state.fax is None:
            self.select(self.table.id_at(0))

    def _faxes_changed(self, changed: frozenset[int]) -> None:
        self._counts.ask()
        if self.selected is not None and (not changed or self.selected in changed):
            self.select(self.selected)
            if self.state.fax is None:  # discarded; the list is without it already
                self.select(self.table.id_at(0))

    def _tick(self) -> None:
        """ "In 6 minutes" becomes "in 5 minutes"."""
        if self.state.fax is not None and self.state.fax.state in ("waiting", "sending", "uncertain"):
            self.select(self.state.fax.id)

    def _update(self, **changes: Any) -> None:
        new = replace(self.state, **changes)
        if new != self.state:
            self.state = new
            self.changed.emit()
