"""What happened to a fax, newest on top: real labels in a layout, with a painted line of dots beside them."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ifax_desktop.viewmodels.timeline import TimelineRow
from ifax_desktop.views.arrange import column, row
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.labels import label
from ifax_desktop.views.paragraph import Paragraph

_MARK_WIDTH = 16
_GAP = 8
_DOT = 3.5


class Timeline(QWidget):
    """A list of events that a screen reader can walk."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._rows: tuple[TimelineRow, ...] = ()
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        self._column.setContentsMargins(0, 0, 0, 0)
        self.setLayout(self._column)
        self.setAccessibleName(self.tr("What happened"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        icons.theme.changed.connect(self._build)

    def show_rows(self, rows: Sequence[TimelineRow]) -> None:
        """Show these events, newest first."""
        if tuple(rows) != self._rows:
            self._rows = tuple(rows)
            self._build()

    def _build(self) -> None:
        while (item := self._column.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        metrics = QFontMetrics(self._icons.theme.font("small"))
        times = max((metrics.horizontalAdvance(event.time) for event in self._rows), default=0)
        width = max(times + _GAP, self._icons.theme.em(4.3))
        newer: TimelineRow | None = None
        for event in self._rows:
            has_older = event is not self._rows[-1]
            self._column.addWidget(_Event(self._icons, event, newer, has_older=has_older, time_width=width))
            newer = event


class _Event(QWidget):
    """One event: time, mark on the line, what happened, small second line."""

    def __init__(
        self, icons: Icons, event: TimelineRow, newer: TimelineRow | None, *, has_older: bool, time_width: int
    ) -> None:
        super().__init__()
        self._icons = icons
        self._event = event
        self._newer = newer
        self._has_older = has_older
        self._time_width = time_width
        when = label(event.time, "small", "text3")
        when.setMinimumWidth(time_width)
        body = Paragraph(
            event.text, "body_strong" if event.icon else "body", "text2" if event.planned else "text"
        )
        self._line_height = body.minimumSizeHint().height()
        when.setFixedHeight(self._line_height)
        items: list[QWidget | int] = [body]
        if event.detail:
            items.append(Paragraph(event.detail, "small", "text3"))
        words = column(*items, 6, spacing=0)
        self.setLayout(row(column(when, None), _MARK_WIDTH + 2 * _GAP, (words, 1), spacing=0))
        spoken = (event.time, event.text, event.detail)
        self.setAccessibleName(". ".join(part for part in spoken if part))

    def paintEvent(self, paint: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        mirrored = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        middle = self._time_width + _GAP + _MARK_WIDTH / 2
        x = self.width() - middle if mirrored else middle
        y = self._line_height / 2
        free = _MARK_WIDTH / 2 + 2 if self._event.icon else _DOT + 3
        if self._newer is not None:
            self._draw_line(painter, x, 0, y - free, planned=self._newer.planned)
        if self._has_older:
            self._draw_line(painter, x, y + free, self.height(), planned=self._event.planned)
        self._draw_mark(painter, QPointF(x, y))

    def _draw_line(self, painter: QPainter, x: float, top: float, bottom: float, *, planned: bool) -> None:
        if bottom > top:
            painter.setPen(QPen(self._icons.theme.color("line" if planned else "control"), 1.5))
            painter.drawLine(QPointF(x, top), QPointF(x, bottom))

    def _draw_mark(self, painter: QPainter, middle: QPointF) -> None:
        theme = self._icons.theme
        if self._event.icon:
            pixmap = self._icons.pixmap(
                self._event.icon, self._event.token, _MARK_WIDTH, self.devicePixelRatioF()
            )
            painter.drawPixmap(middle - QPointF(_MARK_WIDTH / 2, _MARK_WIDTH / 2), pixmap)
            return
        painter.setPen(QPen(theme.color("control"), 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush if self._event.planned else theme.color("control"))
        painter.drawEllipse(middle, _DOT, _DOT)
