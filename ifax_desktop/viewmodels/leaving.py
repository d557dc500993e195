"""The end of the program: said before it, that faxes which wait go out only while the program is open."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ifax_desktop.domain.errors import FaxError
from ifax_desktop.viewmodels import times
from ifax_desktop.viewmodels.tasks import Report, Tasks

if TYPE_CHECKING:
    from ifax_desktop.store.left_behind import LeftBehind


class LeavingViewModel(QObject):
    """Asks before the program is closed, where that would keep faxes from going out."""

    asked = Signal(str, str)
    """A question and what is to be known for the answer, which is `leave` or `stay`."""
    left = Signal()
    """The program shall be closed."""

    def __init__(
        self,
        behind: Callable[[], "Awaitable[LeftBehind]"],
        is_paused: Callable[[], bool],
        now: Callable[[], datetime],
        report: Report,
    ) -> None:
        """While everything `is_paused` nothing is asked: then closing keeps nothing back."""
        super().__init__()
        self._behind = behind
        self._is_paused = is_paused
        self._now = now
        self._report = report
        self._tasks = Tasks(report)
        self._is_asked = False

    def ask(self) -> None:
        """The user wants to close the program."""
        if not self._is_asked:
            self._tasks.start("leave", self._ask())

    def leave(self) -> None:
        """Close it."""
        self._is_asked = False
        self.left.emit()

    def stay(self) -> None:
        """Leave it open."""
        self._is_asked = False

    async def close(self) -> None:
        """End what is under way."""
        await self._tasks.close()

    async def _ask(self) -> None:
        try:
            behind = None if self._is_paused() else await self._behind()
        except FaxError as error:
            self._report(error)  # and who cannot be told anything may leave all the same
            behind = None
        if behind is None or not behind.count:
            self.left.emit()
            return
        self._is_asked = True
        self.asked.emit(self._question(behind.count), self._facts(behind))

    def _question(self, count: int) -> str:
        if count == 1:
            return self.tr("Quit with 1 fax waiting?")
        return self.tr("Quit with {0} faxes waiting?").format(count)

    def _facts(self, behind: "LeftBehind") -> str:
        one = self.tr("It goes out only while iFax Desktop is open.")
        words = one if behind.count == 1 else self.tr("They go out only while iFax Desktop is open.")
        if behind.next_at is None or behind.next_at <= self._now():
            return words
        when = times.in_sentence(behind.next_at, self._now())
        due = self.tr("It is due {0}.") if behind.count == 1 else self.tr("The first one is due {0}.")
        return f"{words} {due.format(when)}"
