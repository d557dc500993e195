"""Opening and closing of notices and cards: 120 ms, or at once where the system wants no motion."""

from PySide6.QtCore import QEasingCurve, QPropertyAnimation, QSize
from PySide6.QtWidgets import QStyle, QWidget

_OPENING_MS = 120
_NO_LIMIT = 16777215  # QWIDGETSIZE_MAX


def moves(widget: QWidget) -> bool:
    """True where the style and the system allow motion."""
    hint = QStyle.StyleHint.SH_Widget_Animation_Duration
    return widget.style().styleHint(hint, None, widget) > 0


def reveal(widget: QWidget) -> None:
    """Show a hidden widget, growing to its height."""
    if widget.isVisible() or not moves(widget) or not _parent_is_visible(widget):
        widget.setMaximumHeight(_NO_LIMIT)
        widget.setVisible(True)
        return
    widget.setMaximumHeight(0)
    widget.setVisible(True)
    growth = QPropertyAnimation(widget, b"maximumHeight", widget)
    growth.setDuration(_OPENING_MS)
    growth.setEasingCurve(QEasingCurve.Type.OutCubic)
    growth.setStartValue(0)
    growth.setEndValue(_full_size(widget).height())
    growth.finished.connect(lambda: widget.setMaximumHeight(_NO_LIMIT))
    growth.start(QPropertyAnimation.DeletionPolicy.DeleteWhenStopped)


def _parent_is_visible(widget: QWidget) -> bool:
    parent = widget.parentWidget()
    return parent is not None and parent.isVisible()


def _full_size(widget: QWidget) -> QSize:
    size = widget.sizeHint()
    if widget.hasHeightForWidth():
        parent = widget.parentWidget()
        size.setHeight(widget.heightForWidth(parent.width() if parent is not None else size.width()))
    return size
