"""How the line to the fax service is doing, as far as the last call told."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from ifax_desktop.domain.errors import AccountUnproven, FaxError, NoAnswer, Offline, SignInNeeded


class LineState(StrEnum):
    """What the last call to the service found."""

    UNKNOWN = "unknown"
    CONNECTED = "connected"
    OFFLINE = "offline"
    SIGN_IN = "sign in"
    """The service refused the key: nothing is sent until it is mended."""


@dataclass(frozen=True, slots=True)
class LineReport:
    """The line's state and when received faxes were last asked for."""

    state: LineState = LineState.UNKNOWN
    checked_at: datetime | None = None
    sentence: str = ""
    """Why the line is not connected, in words."""


class Line:
    """Keeps the line's state and tells whoever listens when it changes."""

    def __init__(self) -> None:
        self.report = LineReport()
        self._listeners: list[Callable[[LineReport], None]] = []

    def subscribe(self, listener: Callable[[LineReport], None]) -> Callable[[], None]:
        """Call `listener` at every change; the answer ends that."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    def worked(self) -> None:
        """A call was answered."""
        self._set(replace(self.report, state=LineState.CONNECTED, sentence=""))

    def checked(self, at: datetime) -> None:
        """Received faxes were asked for and listed."""
        self._set(LineReport(LineState.CONNECTED, at))

    def broke(self, error: FaxError) -> None:
        """A call ended in `error`; only those that speak of the line change its state."""
        if isinstance(error, SignInNeeded):
            self._set(replace(self.report, state=LineState.SIGN_IN, sentence=str(error)))
        elif isinstance(error, Offline | NoAnswer):
            self._set(replace(self.report, state=LineState.OFFLINE, sentence=str(error)))
        elif not isinstance(error, AccountUnproven):  # that one never went out
            self.worked()

    def key_changed(self) -> None:
        """Another key is in place: whether it works is not known yet."""
        self._set(replace(self.report, state=LineState.UNKNOWN, sentence=""))

    def _set(self, report: LineReport) -> None:
        if report != self.report:
            self.report = report
            for listener in tuple(self._listeners):
                listener(report)
