"""What every session of the window works with: the application, its look, notices, and the log of lost failures."""

import logging
import os
import sys
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QMessageLogContext, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.options import Options
from ifax_desktop.paths import Paths, resources
from ifax_desktop.profile import profile_folder
from ifax_desktop.store import private
from ifax_desktop.store.settings import SettingsFile
from ifax_desktop.viewmodels.notices import Notices
from ifax_desktop.views.focus_ring import FocusRing
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.theme import Theme

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Sequence

    from ifax_desktop.door import Knock
    from ifax_desktop.second_start import Entrance

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

    def __init__(
        self, application: QApplication, options: Options, entrance: "Entrance | None" = None
    ) -> None:
        """`entrance` is held already, for the mode that is opened first."""
        paths = Paths(profile_folder(options))
        self.application = application
        self.options = options
        self._entrance = entrance
        self._files = options.files
        self.profile = paths.profile
        with suppress(OSError):  # said when something has to be kept in it
            private.make_folder(paths.cache)
        self.theme = Theme(resources(), paths.cache)
        self.theme.choose(_theme(paths))
        self.theme.apply(application)
        self.icons = Icons(self.theme, resources() / "icons")
        self._ring = FocusRing(application, self.theme)
        self.notices = Notices()
        self._handler: logging.Handler | None = None
        application.setWindowIcon(self.icons.application_icon())

    def enter(self, folder: Path) -> bool:
        """Be the only window on this folder from now on; False if there is one, which has come to the front.

        StorageFailed if that one does not answer.
        """
        if self._entrance is not None and self._entrance.folder == folder:
            return True
        from ifax_desktop.second_start import Entrance

        entrance = Entrance(folder)
        if not entrance.enter(self._files):
            return False
        if self._entrance is not None:
            self._entrance.close()
        self._entrance = entrance
        return True

    def open_door(self, come_forward: "Callable[[Sequence[Path]], None]") -> None:
        """Let a later start of the program call this one to the front, with the files it was started for."""
        if self._entrance is not None:
            self._entrance.open_door(lambda knock: _answer(knock, come_forward))

    def shut_door(self) -> None:
        """Let later starts wait until this one has ended, or has another window."""
        if self._entrance is not None:
            self._entrance.shut_door()

    def keep_files(self, files: "Sequence[Path]") -> None:
        """Documents for a new fax, for the next window that can take them."""
        self._files = (*self._files, *files)

    def take_files(self) -> tuple[Path, ...]:
        """Those documents; nobody gets them twice."""
        files, self._files = self._files, ()
        return files

    def take_over(self) -> None:
        """Bring every failure that nobody awaits to the log and the notice bar."""
        self._handler = _keep_log(Paths(self.profile).log)
        sys.excepthook = self._surprise
        qInstallMessageHandler(_log_qt)

    def close(self) -> None:
        """Leave the application to somebody else: without the ring, and undressed."""
        if self._entrance is not None:
            self._entrance.close()
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


def bring_forward(window: QWidget) -> None:
    """Show a window in front of all others, wherever it was."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()


def _answer(knock: "Knock", come_forward: "Callable[[Sequence[Path]], None]") -> None:
    if knock.token and QApplication.platformName().startswith("wayland"):
        os.environ["XDG_ACTIVATION_TOKEN"] = knock.token  # Qt takes it from there, once
    come_forward(knock.files)


def _theme(paths: Paths) -> str:
    try:
        return SettingsFile(paths.settings).load().theme
    except StorageFailed:
        return "system"  # what is wrong with the disk is said when the archive is opened


def _keep_log(file: Path) -> logging.Handler:
    """Write warnings to the profile's log, readable by this user alone; without a writable place, nowhere."""
    handler: logging.Handler
    try:
        private.make_folder(file.parent)
        private.make_file(file)
        handler = logging.FileHandler(file, encoding="utf-8", delay=True)
    except OSError:
        handler = logging.NullHandler()  # a full or read-only disk is said where a fax cannot be kept
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.getLogger().addHandler(handler)
    return handler


def _log_qt(kind: QtMsgType, context: QMessageLogContext, message: str | None) -> None:
    _log.log(_LEVELS.get(kind, logging.WARNING), "Qt: %s", message)
