"""The state of the window around the tabs: their counts, the status bar, and the check for faxes."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer, Signal

from ifax_desktop.delivery.line import Line, LineReport, LineState
from ifax_desktop.domain.errors import FaxError, SignInNeeded
from ifax_desktop.viewmodels import times, wording
from ifax_desktop.viewmodels.earlier_news import EarlierNews
from ifax_desktop.viewmodels.inbox import InboxViewModel
from ifax_desktop.viewmodels.notices import Notice, Notices, Rank
from ifax_desktop.viewmodels.outbox import OutboxViewModel
from ifax_desktop.viewmodels.tasks import Tasks

if TYPE_CHECKING:
    from ifax_desktop.delivery.receiver import Receiver

_MINUTE_MS = 60_000


@dataclass(frozen=True, slots=True)
class WindowState:
    """Numbers beside the tabs, and the words of the status bar."""

    needs_you: int = 0
    unread: int = 0
    account: str = ""
    practice: bool = False
    connection: str = ""
    online: bool = True
    checked: str = ""
    waiting: str = ""
    is_checking: bool = False
    paused: bool = False
    """Nothing goes out until the user says so."""


class WindowViewModel(QObject):
    """Watches the line and both lists; says on the notice bar when the service cannot be reached."""

    changed = Signal()
    settings_asked = Signal(str)
    """Open the settings at this page."""

    def __init__(
        self,
        outbox: OutboxViewModel,
        inbox: InboxViewModel,
        line: Line,
        receiver: "Receiver",
        notices: Notices,
        now: Callable[[], datetime],
        *,
        practice: bool,
        account: str = "",
    ) -> None:
        """`account` is the name of the account in words, where there is one."""
        super().__init__()
        words = self.tr("Practice mode - nothing is really sent") if practice else account
        self.state = WindowState(account=words or self.tr("Your iFax account"), practice=practice)
        self._outbox = outbox
        self._inbox = inbox
        self._line = line
        self._receiver = receiver
        self._notices = notices
        self._now = now
        self._tasks = Tasks(notices.report)
        self._paused_said = ""
        self._unsubscribe = line.subscribe(self._line_changed)
        self._earlier = EarlierNews(receiver.earlier, notices)
        self._earlier.changed.connect(lambda: self._show_line(line.report))
        outbox.changed.connect(self._show_counts)
        inbox.changed.connect(self._show_counts)
        outbox.key_asked.connect(self.mend_key)
        notices.offer(SignInNeeded, self.tr("Check the key"), self.mend_key)
        self._show_line(line.report)
        self._clock = QTimer(self)
        self._clock.timeout.connect(self._minute_passed)
        self._clock.start(_MINUTE_MS)

    def check_for_faxes(self) -> None:
        """Ask the service for received faxes now."""
        if not self.state.is_checking:
            self._update(is_checking=True)
            self._tasks.start("check", self._check())

    def mend_key(self) -> None:
        """Open the settings where the key is."""
        self.settings_asked.emit("account")

    async def close(self) -> None:
        """Stop listening, and end what is under way."""
        self._clock.stop()
        self._earlier.close()
        self._unsubscribe()
        await self._tasks.close()

    async def _check(self) -> None:
        try:
            count = await self._receiver.check()
        except FaxError as error:
            if self._line.report.state in (LineState.OFFLINE, LineState.SIGN_IN):
                self._say_line(self._line.report)
            else:
                self._notices.report(error)
        else:
            words = self._arrived(count) if count else self.tr("No new faxes.")
            self._notices.post(Notice(words, icon="inbox", key="arrived"))
        finally:
            self._update(is_checking=False)

    def _arrived(self, count: int) -> str:
        if count == 1:
            return self.tr("A new fax has arrived.")
        return self.tr("{0} new faxes have arrived.").format(count)

    def _show_counts(self) -> None:
        outbox = self._outbox.state
        words = self.tr("{0} waiting").format(wording.faxes(outbox.waiting)) if outbox.waiting else ""
        if outbox.paused:
            words = self.tr("{0}, paused").format(words) if words else self.tr("Sending is paused")
        self._update(
            needs_you=outbox.needs_you, unread=self._inbox.state.unread, waiting=words, paused=outbox.paused
        )
        self._say_paused()

    def _line_changed(self, report: LineReport) -> None:
        self._show_line(report)
        self._say_line(report)

    def _show_line(self, report: LineReport) -> None:
        words = {
            LineState.UNKNOWN: self.tr("Connecting"),
            LineState.CONNECTED: self.tr("Connected"),
            LineState.OFFLINE: self.tr("Not connected"),
            LineState.SIGN_IN: self.tr("The key is not accepted"),
        }
        checked = self._earlier.words
        if report.checked_at is not None and not checked:
            checked = self.tr("Last check {0}").format(times.in_text(report.checked_at, self._now()))
        online = report.state in (LineState.UNKNOWN, LineState.CONNECTED)
        self._update(connection=words[report.state], online=online, checked=checked)

    def _say_line(self, report: LineReport) -> None:
        """Say on the notice bar what keeps faxes from going out, for as long as it does."""
        if report.state is LineState.OFFLINE:
            again = self.tr("Try again")
            notice = Notice(
                self._offline_words(report),
                again,
                "warn",
                "offline",
                "offline",
                Rank.OFFLINE,
                self.check_for_faxes,
            )
            self._notices.post(notice)
        else:
            self._notices.withdraw("offline")
        if report.state is LineState.SIGN_IN:
            self._notices.report(SignInNeeded(report.sentence))
        elif report.state is LineState.CONNECTED:
            self._notices.withdraw("account")

    def _say_paused(self) -> None:
        """Say on the notice bar that nothing goes out, for as long as that is so; it is not said anew at each change."""
        outbox = self._outbox.state
        if not outbox.paused:
            self._notices.withdraw("paused")
            self._paused_said = ""
            return
        waiting = wording.faxes(outbox.waiting)
        words = (
            self.tr("Sending is paused. {0} waits here.").format(waiting)
            if outbox.waiting == 1
            else self.tr("Sending is paused. {0} wait here.").format(waiting)
        )
        if words != self._paused_said:
            self._paused_said = words
            go_on = self.tr("Go on sending")
            notice = Notice(
                words, go_on, icon="stop", key="paused", action=partial(self._outbox.pause, paused=False)
            )
            self._notices.post(notice)

    def _offline_words(self, report: LineReport) -> str:
        waiting = self._outbox.state.waiting
        if waiting == 1:
            return self.tr("{0} One fax waits here and goes out later.").format(report.sentence)
        if waiting:
            return self.tr("{0} {1} faxes wait here and go out later.").format(report.sentence, waiting)
        return report.sentence

    def _minute_passed(self) -> None:
        self._show_line(self._line.report)

    def _update(self, **changes: Any) -> None:
        new = replace(self.state, **changes)
        if new != self.state:
            self.state = new
            self.changed.emit()
