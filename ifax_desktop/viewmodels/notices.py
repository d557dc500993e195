"""The one door for messages to the user: what the notice bar shows, one at a time."""

import logging
import re
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Literal

from PySide6.QtCore import QObject, Signal

from ifax_desktop.domain.errors import AccountUnproven, FaxError, Offline, SignInNeeded
from ifax_desktop.domain.number import masked

_KEPT = 20
_NUMBER = re.compile(r"\+?\d{7,}")
_log = logging.getLogger(__name__)

Action = Callable[[], None]


class Rank(IntEnum):
    """Which notice is shown before which: the lower number first."""

    OFFLINE = 0
    ACCOUNT = 1
    NEWS = 2


@dataclass(frozen=True, slots=True)
class Notice:
    """One line in the notice bar.

    `button` are the words of its link and `action` what that does; `key` names what the notice is about, and a later
    one with the same key takes its place. `details` is raw text for support, behind "Copy details".
    """

    text: str
    button: str = ""
    tone: Literal["info", "warn"] = "info"
    icon: str = "info"
    key: str = ""
    rank: Rank = Rank.NEWS
    action: Action | None = field(default=None, compare=False)
    details: str = ""


class Notices(QObject):
    """Keeps what is still to be said, from before the window exists, and tells which notice is shown now."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._notices: list[Notice] = []
        self._offers: dict[type[FaxError], tuple[str, Action]] = {}

    @property
    def current(self) -> Notice | None:
        """The notice to be shown: offline before account before news, and the newest of these."""
        return min(reversed(self._notices), key=lambda notice: notice.rank, default=None)

    def post(self, notice: Notice) -> None:
        """Say something; it takes the place of what was said before under the same key."""
        before = self.current
        places = [place for place, old in enumerate(self._notices) if notice.key and old.key == notice.key]
        if places:
            self._notices[places[0]] = notice
        else:
            self._notices.append(notice)
        if len(self._notices) > _KEPT:
            # The oldest of the least important.
            self._notices.remove(max(self._notices, key=lambda kept: kept.rank))
        self._tell(before)

    def withdraw(self, key: str) -> None:
        """Take back what was said under this key: it no longer holds."""
        before = self.current
        self._notices = [notice for notice in self._notices if notice.key != key]
        self._tell(before)

    def dismiss(self) -> None:
        """The user has read the notice shown."""
        if (shown := self.current) is not None:
            self._notices = [notice for notice in self._notices if notice is not shown]
            self.changed.emit()

    def act(self) -> None:
        """Do what the button of the notice shown says; the notice goes, unless the action posts it anew."""
        if (shown := self.current) is not None:
            self.dismiss()
            if shown.action is not None:
                shown.action()

    def offer(self, kind: type[FaxError], button: str, action: Action) -> None:
        """Give notices about this kind of failure a button, for instance to enter the key anew."""
        self._offers[kind] = (button, action)

    def report(self, error: BaseException) -> None:
        """Say a failure in the background: its own sentence if it has one, else that something went wrong."""
        if isinstance(error, FaxError):
            self.post(self._of_failure(error))
            return
        details = _without_numbers("".join(traceback.format_exception(error)))
        _log.error("Something went wrong.\n%s", details)
        self.post(self._with_details(self.tr("Something went wrong."), "surprise", details))

    def _of_failure(self, error: FaxError) -> Notice:
        if isinstance(error, Offline):
            icon, key, rank = "offline", "offline", Rank.OFFLINE
        elif isinstance(error, SignInNeeded):
            icon, key, rank = "key", "account", Rank.ACCOUNT
        elif isinstance(error, AccountUnproven):
            icon, key, rank = "key", "ownership", Rank.ACCOUNT
        else:
            icon, key, rank = "warning", f"failure: {error}", Rank.NEWS
        for kind, (button, action) in self._offers.items():
            if isinstance(error, kind):
                return Notice(str(error), button, "warn", icon, key, rank, action)
        if rank is Rank.NEWS and error.detail:
            return self._with_details(str(error), key, _without_numbers(error.detail))
        return Notice(str(error), "", "warn", icon, key, rank)

    def _with_details(self, text: str, key: str, details: str) -> Notice:
        def copy() -> None:
            _copy(details)
            self.post(Notice(self.tr("The details are copied. You can paste them into a message."), key=key))

        return Notice(text, self.tr("Copy details"), "warn", "warning", key, Rank.NEWS, copy, details)

    def _tell(self, before: Notice | None) -> None:
        if self.current is not before:
            self.changed.emit()


def _without_numbers(text: str) -> str:
    """The text as it may leave this computer: no full fax number in it."""
    return _NUMBER.sub(lambda found: masked(found[0]), text)


def _copy(text: str) -> None:
    from PySide6.QtGui import QGuiApplication

    QGuiApplication.clipboard().setText(text)
