"""Runs a program with a window, says when the window has been painted, and ends at once.

`python first_paint.py bare` shows an empty `QMainWindow`, `python first_paint.py ifax ARGUMENTS` runs iFax Desktop: both are
watched in the same way, and neither knows. Prints one line, the names of the packages loaded by then.
"""

import os
import sys
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget

TO_THE_SCREEN = (QEvent.Type.Expose, QEvent.Type.UpdateRequest)
"""A window is painted while one of these is handled, and is on the screen when that is over."""


class FirstPaint(QObject):
    """Looks at the few events of one window and of its place on the screen; no other event becomes slower."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._painted = False
        window.installEventFilter(self)
        window.windowHandle().installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Paint and isinstance(watched, QWidget):
            self._painted = True
        if kind in TO_THE_SCREEN:
            watched.removeEventFilter(self)
            QCoreApplication.sendEvent(watched, event)
            if self._painted:
                print(*sorted({name.partition(".")[0] for name in sys.modules}), flush=True)
                os._exit(0)  # nothing after this is measured
            watched.installEventFilter(self)
            return True
        return False


def watched(show: Callable[[QWidget], None]) -> Callable[[QWidget], None]:
    """`QWidget.show`, after which somebody looks at the window."""

    def show_and_look(widget: QWidget) -> None:
        show(widget)
        if widget.isWindow():
            FirstPaint(widget)

    return show_and_look


def bare() -> int:
    """What every program with Qt has to do."""
    application = QApplication(sys.argv)
    window = QMainWindow()
    window.show()
    return application.exec()


def ifax() -> int:
    """What `python -m ifax_desktop` does."""
    from ifax_desktop.__main__ import main

    return main(sys.argv[2:])


if __name__ == "__main__":
    QWidget.show = watched(QWidget.show)  # type: ignore[method-assign]
    sys.exit({"bare": bare, "ifax": ifax}[sys.argv[1]]())
