"""A scene of the gallery: a widget that is there for as long as somebody looks at it, and then gone without a trace."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget

from ifax_desktop.views.icons import Icons

Build = Callable[[Icons], QWidget]
Scene = Callable[[Icons], AbstractContextManager[QWidget]]


def still(build: Build) -> Scene:
    """The scene of a widget with nothing behind it."""

    @contextmanager
    def scene(icons: Icons) -> Iterator[QWidget]:
        with gone_after(build(icons)) as widget:
            yield widget

    return scene


@contextmanager
def gone_after(widget: QWidget) -> Iterator[QWidget]:
    """Destroy `widget` at the end, at once: what it shows goes right after it."""
    try:
        yield widget
    finally:
        widget.hide()
        widget.deleteLater()
        QCoreApplication.sendPostedEvents(widget, QEvent.Type.DeferredDelete.value)
