"""A list that knows whether it is used by keyboard: only then is the focus drawn."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView

from ifax_desktop.views.focus_ring import BY_KEYBOARD

if TYPE_CHECKING:
    _ItemView = QAbstractItemView
else:
    _ItemView = object  # PySide makes no widget of two of Qt's classes


class ByKeyboard(_ItemView):
    """What is put in front of one of Qt's views for that. Tab leaves the view, arrow keys walk it."""

    by_keyboard = False
    """Whether it is used by keyboard now."""

    def be_plain(self) -> None:
        """No frame, no typing into it, smooth scrolling."""
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.by_keyboard = event.reason() in BY_KEYBOARD
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.by_keyboard = True
        super().keyPressEvent(event)
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.by_keyboard = False
        super().mousePressEvent(event)


class KeyboardListView(ByKeyboard, QListView):
    """Uniform rows."""

    def __init__(self) -> None:
        super().__init__()
        self.be_plain()
        self.setUniformItemSizes(True)
        self.setHorizontalScrollMode(QListView.ScrollMode.ScrollPerPixel)
