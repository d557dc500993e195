"""The state behind the first start: a key that is tried, or practice mode."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

from PySide6.QtCore import QObject, Signal

from ifax_desktop.domain.errors import FaxError
from ifax_desktop.viewmodels.tasks import Report, Tasks


@dataclass(frozen=True, slots=True)
class StartState:
    """What the form says. The key itself is never kept here."""

    connecting: bool = False
    problem: str = ""


class StartViewModel(QObject):
    """Tries a key, or starts practice mode."""

    changed = Signal()

    def __init__(
        self, connect: Callable[[str], Awaitable[None]], practice: Callable[[], None], report: Report
    ) -> None:
        """`connect` tries a key and keeps it, and raises what it found."""
        super().__init__()
        self.state = StartState()
        self._connect = connect
        self._practice = practice
        self._tasks = Tasks(report)

    def connect_account(self, key: str) -> None:
        """Try this key and go on with it."""
        if not key.strip():
            self._update(problem=self.tr("Paste the key first."))
        elif not self.state.connecting:
            self._update(connecting=True, problem="")
            self._tasks.start("connect", self._try(key.strip()))

    def practise(self) -> None:
        """Go on with the built-in fax service."""
        self._practice()

    def key_edited(self) -> None:
        """What was said of the key no longer holds."""
        self._update(problem="")

    async def close(self) -> None:
        """End a try that is under way."""
        await self._tasks.close()

    async def _try(self, key: str) -> None:
        try:
            await self._connect(key)
        except FaxError as error:
            self._update(problem=str(error))
        finally:
            self._update(connecting=False)

    def _update(self, **changes: Any) -> None:
        new = replace(self.state, **changes)
        if new != self.state:
            self.state = new
            self.changed.emit()
