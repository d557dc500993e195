"""What outlives a session: the application, its look, its log, and the way from one session to the next."""

import logging
import sys
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from ifax_desktop.domain.errors import FaxError, StorageFailed
from ifax_desktop.options import Options
from ifax_desktop.paths import Paths, resources
from ifax_desktop.profile import chosen_mode, paths_for, profile_folder
from ifax_desktop.store.settings import SettingsFile
from ifax_desktop.viewmodels.notices import Notices
from ifax_desktop.views.focus_ring import FocusRing
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.theme import Theme
from ifax_desktop.views.window_frame import WindowFrame

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


class Session(Protocol):
    """One window over one mode of one profile, from its first paint to its end."""

    def show(self) -> None:
        """Put the window on the screen, if it is not there yet."""

    async def run(self) -> "Session | None":
        """Work until the window is closed; the answer is the session that follows, if any."""


class Desk:
    """What outlives a session: the application, its look, and the way from one session to the next."""

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

    def first_session(self, frame: WindowFrame | None) -> Session:
        """The session that this start of the program asks for, in the frame that is on the screen already."""
        try:
            mode = chosen_mode(self.options)
        except FaxError as error:
            return self._obstacle(error)
        if not mode:
            return self.start()
        return self._session(mode, "", frame or WindowFrame())

    def start(self) -> Session:
        """The first start: paste the key, or try practice mode."""
        from ifax_desktop.first_start import StartSession

        return StartSession(self)

    def session(self, mode: str, key: str = "") -> Session:
        """The main window over `mode`; `key` is one that could not be kept in the keyring."""
        try:
            geometry = SettingsFile(Paths(self.profile).settings).load().window
        except FaxError as error:
            return self._obstacle(error)
        return self._session(mode, key, WindowFrame(geometry))

    def _session(self, mode: str, key: str, frame: WindowFrame) -> Session:
        from ifax_desktop.office import Office

        try:
            return Office(self, paths_for(self.options, mode), key or self.options.key, frame)
        except FaxError as error:
            frame.hide()
            frame.deleteLater()
            return self._obstacle(error)

    def _obstacle(self, error: FaxError) -> Session:
        from ifax_desktop.first_start import Obstacle

        return Obstacle(self, error)

    def take_over(self) -> None:
        """Bring every failure that nobody awaits to the log and the notice bar."""
        self._handler = _keep_log(Paths(self.profile).log)
        sys.excepthook = self._surprise
        qInstallMessageHandler(_log_qt)

    async def run(self, first: Session) -> None:
        """Run one session after the other, with every lost failure of the loop brought to the notice bar."""
        import asyncio

        asyncio.get_running_loop().set_exception_handler(self._lost)
        session: Session | None = first
        while session is not None:
            session.show()
            session = await session.run()

    def close(self) -> None:
        """Leave the application to somebody else: without the ring, and no longer dressed anew."""
        self.application.removeEventFilter(self._ring)
        self._ring.deleteLater()
        self.theme.deleteLater()

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

    def _lost(self, _loop: "asyncio.AbstractEventLoop", context: dict[str, object]) -> None:
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
