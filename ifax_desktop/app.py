"""The composition root: opens the window, runs one session after the other, and closes in reverse.

With `office`, `first_start`, `backbone` and `commands` beside it, it is the only place that knows all rooms.
"""

import logging
import sys
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from ifax_desktop import __version__
from ifax_desktop.domain.errors import FaxError
from ifax_desktop.options import Options
from ifax_desktop.paths import Paths, resources
from ifax_desktop.profile import chosen_mode, paths_for, profile_folder
from ifax_desktop.store.settings import SettingsFile
from ifax_desktop.viewmodels.notices import Notices
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.theme import Theme
from ifax_desktop.views.window_frame import WindowFrame

if TYPE_CHECKING:
    import asyncio

    from ifax_desktop.views.focus_ring import FocusRing

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
        """Put the window on the screen."""

    async def run(self) -> "Session | None":
        """Work until the window is closed; the answer is the session that follows, if any."""


def run_window(options: Options) -> int:
    """Open the window and run it to its end; the answer is the exit code."""
    application = QApplication(sys.argv[:1])
    application.setApplicationName("iFax Desktop")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("ifax-desktop")
    application.setQuitOnLastWindowClosed(False)
    desk = Desk(application, options)
    desk.take_over()
    first = desk.first_session()
    first.show()
    application.processEvents()
    desk.watch_focus()

    import asyncio

    import qasync

    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        session: Session | None = first
        while session is not None:
            session = runner.run(desk.watched(session))
    desk.give_back()
    return 0


class Closing:
    """The wish to close a window, remembered until there is somebody to follow it."""

    def __init__(self) -> None:
        self._asked = False
        self._follow: Callable[[], None] | None = None

    def ask(self) -> None:
        """The user wants the window closed."""
        self._asked = True
        if self._follow is not None:
            self._follow()

    def follow(self, leave: Callable[[], None]) -> None:
        """Call `leave` as soon as the wish is there, or at once if it is already."""
        self._follow = leave
        if self._asked:
            leave()


class Desk:
    """What outlives a session: the application, its look, and the way from one session to the next."""

    def __init__(self, application: QApplication, options: Options) -> None:
        paths = Paths(profile_folder(options))
        self.application = application
        self.options = options
        self.profile = paths.profile
        self.theme = Theme(resources(), paths.cache)
        self.theme.choose(SettingsFile(paths.settings).load().theme)
        self.theme.apply(application)
        self.icons = Icons(self.theme, resources() / "icons")
        self._ring: FocusRing | None = None
        self.notices = Notices()
        self._handler: logging.Handler | None = None
        application.setWindowIcon(self.icons.application_icon())

    def first_session(self) -> Session:
        """The session that this start of the program asks for."""
        mode = chosen_mode(self.options)
        return self.session(mode, paint_first=True) if mode else self.start()

    def start(self) -> Session:
        """The first start: paste the key, or try practice mode."""
        from ifax_desktop.first_start import StartSession

        return StartSession(self)

    def session(self, mode: str, key: str = "", *, paint_first: bool = False) -> Session:
        """The main window over `mode`; `key` is one that could not be kept in the keyring.

        With `paint_first` its frame is painted before anything that it frames is imported; only before the loop runs,
        since tasks must not take steps within one another's.
        """
        closing = Closing()
        frame = WindowFrame(self.icons, closing.ask)
        frame.restore(SettingsFile(Paths(self.profile).settings).load().window)
        frame.show()
        if paint_first:
            self.application.processEvents()
        from ifax_desktop.office import Office

        try:
            return Office(self, paths_for(self.options, mode), key or self.options.key, frame, closing)
        except FaxError as error:
            from ifax_desktop.first_start import Obstacle

            frame.hide()
            frame.deleteLater()
            return Obstacle(self, error)

    def watch_focus(self) -> None:
        """Show the focus ring from now on: it looks at every event, which the first paint need not wait for."""
        from ifax_desktop.views.focus_ring import FocusRing

        self._ring = FocusRing(self.application, self.theme)

    def take_over(self) -> None:
        """Bring every failure that nobody awaits to the log and the notice bar."""
        self._handler = _keep_log(Paths(self.profile).log)
        sys.excepthook = self._surprise
        qInstallMessageHandler(_log_qt)

    async def watched(self, session: Session) -> Session | None:
        """Run a session with every lost failure of the loop brought to the notice bar."""
        import asyncio

        asyncio.get_running_loop().set_exception_handler(self._lost)
        return await session.run()

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
