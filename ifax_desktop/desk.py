"""What every session of the window works with: the application, its look, notices, and the log of lost failures."""

import logging
import sys
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.options import Options
from ifax_desktop.paths import Paths, resources
from ifax_desktop.profile import profile_folder
from ifax_desktop.store.settings import SettingsFile
from ifax_desktop.viewmodels.notices import Notices
from ifax_desktop.views.focus_ring import FocusRing
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.theme import Theme

if TYPE_CHECKING:
    import asyncio

_log = logging.getLogger("ifax_desktop")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@dataclass(frozen=True, slots=True)
class Next:
    """The session a user wants after this one."""

    mode: str
    """"practice" or "live"."""
    key: str = ""
    """One that could not be kept in the keyring."""

    def __repr__(self) -> str:
        return f"Next({self.mode})"  # the key stays out of logs and tracebacks


class Desk:
    """What outlives a session: the application, its look, what is said to the user, and the log."""

    def __init__(self, application: QApplication, options: Options) -> None:
        paths = Paths(profile_folder(options))
        self.application = application
        self.options = options
        self.profile = paths.profile
        self.theme = Theme(resources(), paths.cache)
        self.theme.choose(_theme(paths))
        self.theme.apply(application)
        self.icons = Icons(self.theme, resources() / "icons")
        self._ring = FocusRing(application, self.theme)
        self.notices = Notices()
        self._handler: logging.Handler | None = None
        application.setWindowIcon(self.icons.application_icon())

    def take_over(self) -> None:
        """Bring every failure that nobody awaits to the log and the notice bar."""
        self._handler = _keep_log(Paths(self.profile).log)
        sys.excepthook = self._surprise
        qInstallMessageHandler(_log_qt)

    def close(self) -> None:
        """Leave the application to somebody else: without the ring, and undressed."""
        self.application.removeEventFilter(self._ring)
        self._ring.deleteLater()
        self.theme.take_off()

    def give_back(self) -> None:
        """Undo `take_over`."""
        sys.excepthook = sys.__excepthook__
        qInstallMessageHandler(None)
        if self._handler is not None:
            logging.getLogger().removeHandler(self._handler)
            self._handler.close()

    def _surprise(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            self.application.closeAllWindows()
        else:
            self.notices.report(error.with_traceback(trace))

    def lost(self, _loop: "asyncio.AbstractEventLoop", context: dict[str, object]) -> None:
        """The loop met a failure that nobody awaits."""
        error = context.get("exception")
        if isinstance(error, BaseException):
            self.notices.report(error)
        else:
            _log.error("%s", context.get("message"))


def _theme(paths: Paths) -> str:
    try:
        return SettingsFile(paths.settings).load().theme
    except StorageFailed:
        return "system"  # what is wrong with the disk is said when the archive is opened


def _keep_log(file: Path) -> logging.Handler:
    """Write warnings to the profile's log, readable by this user alone; without a writable place, nowhere."""
    handler: logging.Handler
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.touch(mode=0o600)
        handler = logging.FileHandler(file, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.NullHandler()  # a full or read-only disk is said where a fax cannot be kept
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    return handler


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
