"""The retry plan as bars: one for each try, with its time and a word beneath."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from ifax_desktop.viewmodels.timeline import RetryMark
from ifax_desktop.views.theme import Theme

_GAP = 8
_BAR = 6


class RetryBars(QWidget):
    """Past tries grey, the next one blue and bold, later ones hollow; never colour alone."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._marks: tuple[RetryMark, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._refreshed)

    def show_plan(self, marks: Sequence[RetryMark], sentence: str) -> None:
        """Show these tries in order; `sentence` is the plan for a screen reader."""
        self._marks = tuple(marks)
        self.setAccessibleName(sentence)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._width_of(with_word=True), self._height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._width_of(with_word=False), self._height())

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._marks:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count = len(self._marks)
        width = (self.width() - _GAP * (count - 1)) / count
        # One bar without room for its word takes the words from all: mixed forms look like a mistake.
        with_word = self._width_of(with_word=True) <= self.width()
        for place, mark in enumerate(self._marks):
            left = place * (width + _GAP)
            if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
                left = self.width() - left - width
            self._draw_bar(painter, mark, QRectF(left, 2, width, _BAR))
            self._draw_words(painter, mark, QRectF(left, 0, width, self.height()), with_word=with_word)

    def _draw_bar(self, painter: QPainter, mark: RetryMark, bar: QRectF) -> None:
        if mark.kind == "later":
            painter.setPen(QPen(self._theme.color("control"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            bar = bar.adjusted(0.5, 0.5, -0.5, -0.5)
        else:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("link" if mark.kind == "next" else "text3"))
        painter.drawRoundedRect(bar, _BAR / 2, _BAR / 2)

    def _draw_words(self, painter: QPainter, mark: RetryMark, place: QRectF, *, with_word: bool) -> None:
        painter.setFont(self._theme.font(_role(mark)))
        painter.setPen(self._theme.color("text" if mark.kind == "next" else "text2"))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignBottom
        align = QStyle.visualAlignment(self.layoutDirection(), side)
        painter.drawText(place, align | Qt.TextFlag.TextDontClip, _words(mark, with_word=with_word))

    def _width_of(self, *, with_word: bool) -> int:
        widths = [
            QFontMetrics(self._theme.font(_role(mark))).horizontalAdvance(_words(mark, with_word=with_word))
            for mark in self._marks
        ]
        return (max(widths, default=0) + _GAP) * len(widths)

    def _height(self) -> int:
        return _BAR + 8 + QFontMetrics(self._theme.font("small_strong")).height()

    def _refreshed(self) -> None:
        self.updateGeometry()
        self.update()


def _role(mark: RetryMark) -> str:
    return "small_strong" if mark.kind == "next" else "small"


def _words(mark: RetryMark, *, with_word: bool) -> str:
    return f"{mark.time} {mark.word}".strip() if with_word else mark.time
