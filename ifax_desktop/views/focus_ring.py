"""The ring around what has the keyboard focus; shown for the keyboard only, never for the mouse."""

from PySide6.QtCore import QEvent, QObject, QRectF, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QFocusFrame,
    QFrame,
    QLineEdit,
    QPlainTextEdit,
    QProxyStyle,
    QStyle,
    QStyleHintReturn,
    QStyleOption,
    QWidget,
)

from ifax_desktop.views.theme import Theme

BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
# Fields show the focus by their border, lists and paper inside their selection or edge.
_SELF_SHOWING = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)
_MARGIN = 4  # 2 px of air and 2 px of ring


class FocusRing(QObject):
    """Watches the focus of the whole application and moves one ring to it. Keep a reference to it."""

    def __init__(self, application: QApplication, theme: Theme) -> None:
        super().__init__(application)
        self._theme = theme
        self._frame: _Ring | None = None
        application.installEventFilter(self)

    @property
    def target(self) -> QWidget | None:
        """The widget that has the ring, or None."""
        return self._frame.widget() if self._frame is not None and self._frame.widget() is not None else None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.FocusIn and isinstance(watched, QWidget) and isinstance(event, QFocusEvent):
            self._move(watched if event.reason() in BY_KEYBOARD else None)
        elif kind == QEvent.Type.FocusOut and self._frame is not None and self._frame.widget() is watched:
            self._move(None)
        return False

    def _move(self, widget: QWidget | None) -> None:
        if widget is not None and shows_focus_itself(widget):
            widget = None
        if self._frame is None:
            if widget is None:
                return
            self._frame = _Ring(self._theme, widget.window())
            self._frame.destroyed.connect(self._lost)
        self._frame.setWidget(widget)  # type: ignore[arg-type]

    def _lost(self) -> None:
        # The ring is a child of the window it is in, and goes with it.
        self._frame = None


def shows_focus_itself(widget: QWidget) -> bool:
    """True for widgets that draw their own focus and need no ring."""
    is_chip = isinstance(widget, QFrame) and widget.property("chip") is not None
    return is_chip or isinstance(widget, _SELF_SHOWING) or bool(widget.property("shows_focus"))


class _Ring(QFocusFrame):
    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._style = _RingStyle()
        self.setStyle(self._style)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.color("focus"), 2))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)


class _RingStyle(QProxyStyle):
    """Gives the frame its margin and puts it above its neighbours, so that no layout cuts it."""

    def pixelMetric(  # noqa: N802
        self, metric: QStyle.PixelMetric, option: QStyleOption | None = None, widget: QWidget | None = None
    ) -> int:
        if metric in (QStyle.PixelMetric.PM_FocusFrameHMargin, QStyle.PixelMetric.PM_FocusFrameVMargin):
            return _MARGIN
        return super().pixelMetric(metric, option, widget)

    def styleHint(  # noqa: N802
        self,
        hint: QStyle.StyleHint,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
        returned: QStyleHintReturn | None = None,
    ) -> int:
        if hint == QStyle.StyleHint.SH_FocusFrame_AboveWidget:
            return 1
        if hint == QStyle.StyleHint.SH_FocusFrame_Mask:
            return 0
        return super().styleHint(hint, option, widget, returned)
