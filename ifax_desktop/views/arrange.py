"""Putting parts together: rows, columns, grounds, hairlines, and scrolling panes."""

from PySide6.QtCore import QMargins, QSize, Qt
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

Item = QWidget | QLayout | tuple[QWidget | QLayout, int] | int | None
Margins = tuple[int, int, int, int]


def row(*items: Item, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QHBoxLayout:
    """Items side by side: a widget or layout, (one of them, stretch), a gap in px, or None for the free room."""
    layout = QHBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def column(*items: Item, spacing: int = 8, margins: Margins = (0, 0, 0, 0)) -> QVBoxLayout:
    """Items one below the other; as `row`."""
    layout = QVBoxLayout()
    _fill(layout, items, spacing, margins)
    return layout


def _fill(layout: QBoxLayout, items: tuple[Item, ...], spacing: int, margins: Margins) -> None:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for item in items:
        if item is None:
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        else:
            part, stretch = item if isinstance(item, tuple) else (item, 0)
            if isinstance(part, QLayout):
                layout.addLayout(part, stretch)
            else:
                layout.addWidget(part, stretch)


def pane(layout: QLayout, ground: str = "") -> QWidget:
    """A widget around `layout`, on a ground ("window", "surface", "sunken", "canvas") if one is named."""
    widget = QWidget()
    widget.setLayout(layout)
    if ground:
        set_ground(widget, ground)
    return widget


def set_ground(widget: QWidget, ground: str) -> None:
    """Let the style sheet paint the ground of a plain widget."""
    widget.setProperty("ground", ground)
    widget.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


def rule(direction: str = "across") -> QFrame:
    """A hairline, "across" or "down"."""
    line = QFrame()
    line.setProperty("rule", direction)
    return line


class ScrollPane(QScrollArea):
    """Scrolls its content up and down, and keeps the room of the scroll bar so that nothing moves."""

    def __init__(self, content: QWidget) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMinimumHeight(80)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(content)
        # QScrollArea makes its content paint the window's ground; ours shows what is behind.
        content.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self.verticalScrollBar().rangeChanged.connect(self._keep_room)
        self._keep_room()

    def minimumSizeHint(self) -> QSize:
        content = self.widget()
        bar = self.verticalScrollBar().sizeHint().width()
        width = content.minimumSizeHint().width() + bar if content is not None else 0
        return QSize(width, 80)

    def _keep_room(self) -> None:
        bar = self.verticalScrollBar()
        room = 0 if bar.maximum() > bar.minimum() else bar.sizeHint().width()
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        wanted = QMargins(room, 0, 0, 0) if mirrored else QMargins(0, 0, room, 0)
        if self.viewportMargins() != wanted:
            self.setViewportMargins(wanted)
