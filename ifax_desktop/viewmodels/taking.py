"""Takes what was dropped, pasted or chosen into a fax: file by file, with the contents of folders and with passwords."""

from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from PySide6.QtCore import QCoreApplication

from ifax_desktop.delivery.drafts import Drafts
from ifax_desktop.domain.errors import DocumentLocked, FaxError
from ifax_desktop.domain.fax import Attachment
from ifax_desktop.domain.given import Given, legible_name
from ifax_desktop.viewmodels.tasks import Tasks


class Taking:
    """One file at a time. What it is at is told as changes of the New fax window's state."""

    def __init__(
        self,
        drafts: Drafts,
        tasks: Tasks,
        update: Callable[..., None],
        add: Callable[[Attachment], None],
        end: Callable[[], None],
    ) -> None:
        """`add` gets each document that was taken; `end` is told when there are no more to read."""
        self._drafts = drafts
        self._tasks = tasks
        self._update = update
        self._add = add
        self._end = end
        self._given: list[Given] = []
        self._locked: list[Given] = []
        self.problem = ""
        """A sentence for each file that was not taken, on lines of their own."""
        self.name = ""
        """The file that is being read, if any."""
        self._turn = 0
        """Counts pieces of work: one that was stopped may end when another has begun."""

    def take(self, given: Sequence[Given]) -> None:
        """Take these in, one after the other; those that cannot be are named in `documents_problem`."""
        self._given.extend(given)
        if not self.name and self._given:
            self.problem = ""
            self._show(self._given[0], documents_problem="")
            self._start(self._take)

    def stop(self) -> None:
        """Read no more; what was taken stays."""
        if self.name:
            self._given.clear()
            self._tasks.cancel("take")
            self._over(self._turn)

    def unlock(self, password: str) -> None:
        """Try a password on the locked file that is asked about."""
        if self._locked and password and not self.name:
            self._show(self._locked[0], lock_problem="")
            self._start(lambda turn: self._unlock(password, turn))

    def leave_locked_out(self) -> None:
        """Go on without the locked file that is asked about."""
        if self._locked and not self.name:
            del self._locked[0]
            self._ask_for_password()

    def _start(self, work: Callable[[int], Coroutine[Any, Any, None]]) -> None:
        self._turn += 1
        self._tasks.start("take", work(self._turn))

    def _over(self, turn: int) -> None:
        if turn == self._turn:
            self._turn += 1
            self._show(None)
            self._ask_for_password()
            self._end()

    async def _take(self, turn: int) -> None:
        try:
            while self._given:
                given = self._given.pop(0)
                self._show(given)
                try:
                    files = await self._drafts.files_in(given)
                    if files is None:
                        self._add(await self._drafts.take(given))
                    else:
                        self._given[:0] = files
                except DocumentLocked:
                    self._locked.append(given)
                except FaxError as error:
                    self.problem = f"{self.problem}\n{error}".strip()
                    self._update(documents_problem=self.problem)
        finally:
            self._over(turn)

    async def _unlock(self, password: str, turn: int) -> None:
        given = self._locked[0]
        try:
            self._add(await self._drafts.take(given, password))
        except DocumentLocked:
            words = QCoreApplication.translate("compose", "This is not the password of this document.")
            self._update(lock_problem=words)
            return
        except FaxError as error:
            self.problem = str(error)
            self._update(documents_problem=self.problem)
        finally:
            if turn == self._turn:  # else it was stopped, and something else may be read by now
                self._show(None)
        self._locked.remove(given)
        self._ask_for_password()
        if self._given:
            self._start(self._take)

    def _show(self, given: Given | None, **changes: Any) -> None:
        self.name = "" if given is None else legible_name(given)
        self._update(taking=self.name, **changes)

    def _ask_for_password(self) -> None:
        self._update(locked=legible_name(self._locked[0]) if self._locked else "", lock_problem="")
