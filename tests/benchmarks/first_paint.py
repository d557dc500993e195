"""Runs a program with a window, says when something of it has been painted, and ends at once.

`python first_paint.py bare` shows an empty `QMainWindow`; `python first_paint.py window ARGUMENTS` runs iFax Desktop until its
window is painted, `python first_paint.py outbox ARGUMENTS` until the Outbox in it is, `python first_paint.py rows ARGUMENTS` until
faxes are in its list. All are watched in the same way, and none knows. Prints one line, the names of the packages loaded by then.
"""

import os
import sys
from collections.abc import Callable
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

WIDGETS = "PySide6.QtWidgets"


class Watch(MetaPathFinder, Loader):
    """Waits until the program itself imports Qt's widgets, so that nothing is imported earlier than it would be."""

    def __init__(self, looked_for: str) -> None:
        self._looked_for = looked_for
        self._loader: Any = None

    def find_spec(self, name: str, path: Any, target: Any = None) -> ModuleSpec | None:
        if name != WIDGETS:
            return None
        sys.meta_path.remove(self)
        spec = PathFinder.find_spec(name, path, target)
        assert spec is not None
        self._loader, spec.loader = spec.loader, self
        return spec

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        module: ModuleType | None = self._loader.create_module(spec)
        return module

    def exec_module(self, module: ModuleType) -> None:
        self._loader.exec_module(module)
        widget = getattr(module, "QWidget")  # noqa: B009 - PySide makes its classes when they are asked for
        widget.show = watched(widget.show, self._looked_for)


def watched(show: Callable[[Any], None], kind: str) -> Callable[[Any], None]:
    """`QWidget.show`, after which somebody looks: at the few events of a window, or at those of all widgets."""

    def show_and_look(widget: Any) -> None:
        from PySide6.QtCore import QCoreApplication

        show(widget)
        if widget.isWindow():
            looks = on_the_screen(kind)
            application: Any = QCoreApplication.instance()
            for watched_one in (widget, widget.windowHandle()) if kind == "window" else (application,):
                watched_one.installEventFilter(looks)

    return show_and_look


def on_the_screen(kind: str) -> Any:
    """An event filter that ends the program when a window, or a widget of this class in it, is on the screen.

    It is painted while its window's Expose or UpdateRequest is handled, and on the screen when that is over.
    """
    from PySide6.QtCore import QCoreApplication, QEvent, QObject
    from PySide6.QtWidgets import QWidget

    to_the_screen = (QEvent.Type.Expose, QEvent.Type.UpdateRequest)

    class OnTheScreen(QObject):
        painted = False
        inside = False

        def eventFilter(self, seen: QObject, event: QEvent) -> bool:
            sort = event.type()
            if sort == QEvent.Type.Paint and (
                kind in ("window", type(seen).__name__) or shows_rows(seen, kind)
            ):
                self.painted = self.painted or isinstance(seen, QWidget)
            if sort in to_the_screen and not self.inside:
                self.inside = True
                QCoreApplication.sendEvent(seen, event)
                self.inside = False
                if self.painted:
                    print(*sorted({name.partition(".")[0] for name in sys.modules}), flush=True)
                    os._exit(0)  # nothing after this is measured
                return True
            return False

    return OnTheScreen(QCoreApplication.instance())


def shows_rows(seen: Any, kind: str) -> bool:
    """Whether this is the inside of a list of faxes that has some."""
    around = seen.parent()
    if kind != "FaxListView" or type(around).__name__ != kind:
        return False
    return bool(around.model() and around.model().rowCount())


def bare() -> int:
    """What every program with Qt has to do."""
    from PySide6.QtWidgets import QApplication, QMainWindow

    application = QApplication(sys.argv)
    window = QMainWindow()
    window.show()
    return application.exec()


def ifax() -> int:
    """What `python -m ifax_desktop` does."""
    from ifax_desktop.__main__ import main

    return main(sys.argv[2:])


if __name__ == "__main__":
    sys.meta_path.insert(0, Watch({"outbox": "OutboxView", "rows": "FaxListView"}.get(sys.argv[1], "window")))
    sys.exit(bare() if sys.argv[1] == "bare" else ifax())
