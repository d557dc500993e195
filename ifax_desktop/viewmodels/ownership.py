"""The question whether a key belongs to the account of the faxes kept here, where only the user can tell."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ifax_desktop.delivery.ownership import Ownership, Whose
from ifax_desktop.domain.errors import AccountUnproven
from ifax_desktop.viewmodels import wording
from ifax_desktop.viewmodels.notices import Notice, Notices, Rank
from ifax_desktop.viewmodels.tasks import Tasks

KEY = "ownership"


class OwnershipViewModel(QObject):
    """Says on the notice bar that the question is open, and takes the answer."""

    asked = Signal(str)
    """Ask it now; with how many faxes wait for the answer, in words, if any do."""

    def __init__(self, ownership: Ownership, notices: Notices, waiting: Callable[[], int]) -> None:
        super().__init__()
        self._ownership = ownership
        self._notices = notices
        self._waiting = waiting
        self._tasks = Tasks(notices.report)
        self._unsubscribe = ownership.subscribe(self._changed)
        notices.offer(AccountUnproven, self.tr("Answer"), self.ask)

    def ask(self) -> None:
        """Put the question to the user."""
        if self._ownership.whose is Whose.ASKED:
            self._say()  # until it is answered
        self.asked.emit(self._words())

    def same(self) -> None:
        """It is the same account: everything goes on."""
        self._tasks.start("answer", self._ownership.same())

    def other(self) -> None:
        """It is another account: it begins with a list of its own."""
        self._tasks.start("answer", self._ownership.other())

    async def close(self) -> None:
        """Stop listening, and end what is under way."""
        self._unsubscribe()
        self._notices.withdraw(KEY)
        await self._tasks.close()

    def _changed(self, whose: Whose) -> None:
        if whose is Whose.ASKED:
            self._say()
        else:
            self._notices.withdraw(KEY)

    def _say(self) -> None:
        words = f"{self.tr('This key may belong to another account.')} {self._words()}".rstrip()
        notice = Notice(words, self.tr("Answer"), "warn", "key", KEY, Rank.ACCOUNT, self.ask)
        self._notices.post(notice)

    def _words(self) -> str:
        waiting = self._waiting()
        if waiting == 1:
            return self.tr("One fax waits here.")
        return self.tr("{0} wait here.").format(wording.faxes(waiting)) if waiting else ""
