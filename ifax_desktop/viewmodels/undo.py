"""The time in which a fax just sent can be taken back, counted down in the notice bar.

What can be taken back is asked of the outbox, so that it is offered after a restart too.
"""

from collections.abc import Callable
from datetime import datetime
from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.number import show
from ifax_desktop.viewmodels.latest import Latest
from ifax_desktop.viewmodels.notices import Notice, Notices
from ifax_desktop.viewmodels.tasks import Tasks

if TYPE_CHECKING:
    from ifax_desktop.delivery.drafts import Drafts
    from ifax_desktop.store.outbox import Held


class UndoViewModel(QObject):
    """Offers Undo for each fax that waits for one, until it is due."""

    taken_back = Signal(int)
    """The fax is a draft again; its form wants to be opened."""

    def __init__(
        self, drafts: "Drafts", changes: Changes, notices: Notices, now: Callable[[], datetime]
    ) -> None:
        """Nothing is offered before `start`."""
        super().__init__()
        self._drafts = drafts
        self._notices = notices
        self._now = now
        self._tasks = Tasks(notices.report)
        self._held = Latest(self._tasks, "held", self._ask)
        self._offered: dict[int, Held] = {}
        self._unsubscribe = changes.subscribe(lambda _: self._held.ask())
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.count)

    def start(self) -> None:
        """Look for what waits for an Undo; call it once the event loop runs."""
        self._held.ask()

    def count(self) -> None:
        """Say how many seconds are left, and end the offers whose time is over."""
        for held in tuple(self._offered.values()):
            left = ceil((held.due_at - self._now()).total_seconds())
            if left > 0:
                self._notices.post(self._notice(held, left))
            else:
                self._withdraw(held.fax)

    def undo(self, fax: int) -> None:
        """Take the fax back, if it is still here."""
        self._withdraw(fax)
        self._tasks.start(f"undo {fax}", self._undo(fax))

    async def close(self) -> None:
        """End the offers."""
        self._timer.stop()
        self._unsubscribe()
        await self._tasks.close()

    async def _ask(self) -> None:
        held = {fax.fax: fax for fax in await self._drafts.held() if fax.due_at > self._now()}
        for fax in self._offered.keys() - held.keys():
            self._withdraw(fax)
        if held != self._offered:
            self._offered = held
            self._timer.start()
            self.count()

    async def _undo(self, fax: int) -> None:
        if await self._drafts.take_back(fax):
            self.taken_back.emit(fax)
        else:
            self._notices.post(Notice(self.tr("Too late to undo: this fax is on its way.")))

    def _withdraw(self, fax: int) -> None:
        self._offered.pop(fax, None)
        self._notices.withdraw(_key(fax))
        if not self._offered:
            self._timer.stop()

    def _notice(self, held: "Held", left: int) -> Notice:
        one = self.tr("Sending to {0} in 1 second.")
        many = self.tr("Sending to {0} in {1} seconds.")
        whom = held.name or show(held.number)
        text = one.format(whom) if left == 1 else many.format(whom, left)
        fax = held.fax
        return Notice(text, self.tr("Undo"), icon="send", key=_key(fax), action=lambda: self.undo(fax))


def _key(fax: int) -> str:
    return f"undo {fax}"
