"""Wrapped sentences."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontInfo,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPalette,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QStyle

from ifax_desktop.views.labels import dress

_LONGEST_LINE = 72
_LINE_PER_SIZE = 1.62  # 135 % of a usual line, which is 1.2 times the size of the font


def line_pitch(font: QFont) -> int:
    """The height of one line of a paragraph in px."""
    return max(QFontMetrics(font).height(), round(QFontInfo(font).pixelSize() * _LINE_PER_SIZE))


def spans(text: str, *words: str) -> tuple[tuple[int, int], ...]:
    """Start and length of the first place of each of `words` in `text`: for `Paragraph.set_strong`."""
    return tuple((text.index(word), len(word)) for word in words if word in text)


class Paragraph(QLabel):
    """Wrapped sentences with open lines, at most 72 characters wide; some stretches may be strong."""

    def __init__(self, text: str = "", role: str = "body", tone: str = "text") -> None:
        super().__init__()
        self._strong: tuple[tuple[int, int], ...] = ()
        self._placed: tuple[tuple[str, QFont, int], QTextLayout, QSize] | None = None
        dress(self, text, role, tone)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_strong(self, stretches: Sequence[tuple[int, int]]) -> None:
        """Show these stretches (start, length) of the text in strong type."""
        self._strong = tuple(stretches)
        self._placed = None
        self.update()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lines(width)[1].height()

    def sizeHint(self) -> QSize:
        return self._lines(self._widest())[1]

    def minimumSizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        word = max((metrics.horizontalAdvance(word) for word in self.text().split()), default=0)
        return QSize(min(word, metrics.averageCharWidth() * 16), self._pitch())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        lines, size = self._lines(self.width())
        left = self.width() - self._wrap_width(self.width()) if self._mirrored() else 0
        top = max(0, (self.height() - size.height()) // 2) if self._is_centred() else 0
        lines.draw(painter, QPointF(left, top))

    def _is_centred(self) -> bool:
        return bool(self.alignment() & Qt.AlignmentFlag.AlignVCenter)

    def _mirrored(self) -> bool:
        return self.layoutDirection() == Qt.LayoutDirection.RightToLeft

    def _widest(self) -> int:
        return self.fontMetrics().averageCharWidth() * _LONGEST_LINE

    def _wrap_width(self, width: int) -> int:
        return width if self.alignment() & Qt.AlignmentFlag.AlignHCenter else min(width, self._widest())

    def _pitch(self) -> int:
        return line_pitch(self.font())

    def _lines(self, width: int) -> tuple[QTextLayout, QSize]:
        key = (self.text(), self.font(), width)
        if self._placed is None or self._placed[0] != key:
            self._placed = (key, *self._laid_out(self._wrap_width(width)))
        return self._placed[1], self._placed[2]

    def _laid_out(self, width: int) -> tuple[QTextLayout, QSize]:
        layout = QTextLayout(self.text().replace("\n", "\u2028"), self.font())
        option = QTextOption(QStyle.visualAlignment(self.layoutDirection(), self.alignment()))
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        option.setTextDirection(self.layoutDirection())
        layout.setTextOption(option)
        layout.setFormats([_strong_format(start, length) for start, length in self._strong])
        pitch, top, widest = self._pitch(), 0, 0.0
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            line.setPosition(QPointF(0, top + (pitch - line.height()) / 2))
            widest = max(widest, line.naturalTextWidth())
            top += pitch
        layout.endLayout()
        return layout, QSize(int(widest) + 1, top)


def _strong_format(start: int, length: int) -> QTextLayout.FormatRange:
    stretch = QTextLayout.FormatRange()
    stretch.start = start
    stretch.length = length
    look = QTextCharFormat()
    look.setFontWeight(QFont.Weight.Bold)
    stretch.format = look
    return stretch
