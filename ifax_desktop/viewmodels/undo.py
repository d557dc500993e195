"""The time in which a fax just sent can be taken back, counted down in the notice bar."""

from collections.abc import Callable
from datetime import datetime
from math import ceil

from PySide6.QtCore import QObject, QTimer, Signal

from ifax_desktop.delivery.drafts import Drafts, Queued
from ifax_desktop.viewmodels.notices import Notice, Notices
from ifax_desktop.viewmodels.tasks import Tasks


class UndoViewModel(QObject):
    """Offers Undo for each queued fax until it is due."""

    taken_back = Signal(int)
    """The fax is a draft again; its form wants to be opened."""

    def __init__(self, drafts: Drafts, notices: Notices, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._drafts = drafts
        self._notices = notices
        self._now = now
        self._tasks = Tasks(notices.report)
        self._offered: dict[int, tuple[str, datetime]] = {}
        self._timer = QTimer(self)
        self._timer.setInterval(1000)
        self._timer.timeout.connect(self.count)

    def offer(self, queued: Queued, recipient: str) -> None:
        """Offer to take `queued` back; `recipient` is the name or number it goes to."""
        if queued.due_at <= self._now():
            return
        self._offered[queued.fax] = (recipient, queued.due_at)
        self._timer.start()
        self.count()

    def count(self) -> None:
        """Say how many seconds are left, and end the offers whose time is over."""
        for fax, (recipient, due_at) in tuple(self._offered.items()):
            left = ceil((due_at - self._now()).total_seconds())
            if left > 0:
                self._notices.post(self._notice(fax, recipient, left))
            else:
                self._withdraw(fax)

    def undo(self, fax: int) -> None:
        """Take the fax back, if it is still here."""
        self._withdraw(fax)
        self._tasks.start(f"undo {fax}", self._undo(fax))

    async def close(self) -> None:
        """End the offers."""
        self._timer.stop()
        await self._tasks.close()

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

    def _notice(self, fax: int, recipient: str, left: int) -> Notice:
        one = self.tr("Sending to {0} in 1 second.")
        many = self.tr("Sending to {0} in {1} seconds.")
        text = one.format(recipient) if left == 1 else many.format(recipient, left)
        return Notice(text, self.tr("Undo"), icon="send", key=_key(fax), action=lambda: self.undo(fax))


def _key(fax: int) -> str:
    return f"undo {fax}"
