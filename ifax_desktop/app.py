"""The composition root: opens the window, runs one session after the other, and closes in reverse.

With `desk`, `sessions`, `office`, `models`, `first_start`, `backbone` and `commands` beside it, it is the only place that
knows all rooms. The frame of the window is on the screen before anything but this module and the settings is imported.
"""

import gc
import sys

from PySide6.QtWidgets import QApplication

from ifax_desktop import __version__
from ifax_desktop.domain.errors import FaxError
from ifax_desktop.options import Options
from ifax_desktop.paths import Paths
from ifax_desktop.profile import chosen_mode, entered_folder, profile_folder
from ifax_desktop.second_start import Entrance
from ifax_desktop.store.settings import SettingsFile
from ifax_desktop.views.tokens import DARK, LIGHT, STYLE
from ifax_desktop.views.window_frame import WindowFrame

LONGEST_TURN = 0.001
"""Seconds that a thread keeps another one waiting, which may be the window's: by itself Python allows 5 ms, time after time."""


def run_window(options: Options, token: str = "") -> int:
    """Open the window and run it to its end; the answer is the exit code.

    Where the window is open already, it comes to the front instead; `token` is what the desktop gave for that.
    """
    sys.setswitchinterval(LONGEST_TURN)
    application = QApplication([*sys.argv[:1], *STYLE])
    application.setApplicationName("iFax Desktop")
    application.setApplicationVersion(__version__)
    application.setDesktopFileName("ifax-desktop")
    application.setQuitOnLastWindowClosed(False)
    entrance, trouble = None, None
    try:
        entrance = Entrance(entered_folder(options))
        if not entrance.enter(options.files, token):
            return 0
    except FaxError as error:
        trouble = error
    frame = None if trouble else open_frame(options)
    application.processEvents()
    from ifax_desktop.desk import Desk
    from ifax_desktop.sessions import first_session, run_sessions

    desk = Desk(application, options, entrance)
    desk.take_over()
    first = first_session(desk, frame, trouble)
    if first is not None:
        first.show()
    application.processEvents()
    # What is imported by now stays, and looking through it again and again would take longer than a frame.
    gc.freeze()
    gc.enable()

    import asyncio

    import qasync

    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        runner.run(run_sessions(desk, first))
    desk.give_back()
    desk.close()
    return 1 if trouble else 0


def open_frame(options: Options) -> WindowFrame | None:
    """Show the frame of the main window; None where something else has to be shown first."""
    try:
        if not chosen_mode(options):
            return None
        settings = SettingsFile(Paths(profile_folder(options)).settings).load()
    except FaxError:
        return None  # the desk finds the same, and says it
    frame = WindowFrame(settings.window, _ground(settings.theme))
    frame.show()
    return frame


def _ground(theme: str) -> str:
    """The colour the window will have, so that nothing flashes."""
    is_dark = (
        QApplication.palette().window().color().lightness() < 128 if theme == "system" else theme == "dark"
    )
    return (DARK if is_dark else LIGHT)["window"]
