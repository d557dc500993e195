"""Paper on the canvas: one page of a fax, at the size of the pane or in percent."""

from collections.abc import Sequence
from typing import Final, Literal

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
    QTransform,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame

from ifax_desktop.views.focus_ring import BY_KEYBOARD
from ifax_desktop.views.theme import Theme

Zoom = int | Literal["page", "width"]

_AROUND: Final = 16
_STEPS: Final = (10, 25, 33, 50, 67, 75, 100, 150, 200, 300, 400)
_BLANK: Final = QSize(1728, 2236)
_LIFE_SIZE: Final = 96 / 204  # px of the screen for a dot of the page (T.4: 204 to the inch)
_SHADOW: Final = ((3, 8), (2, 10), (1, 14))


class PageCanvas(QAbstractScrollArea):
    """Shows one page; 100 % is the size of the paper, as the screen has it.

    The shape of the page's pixels is taken from the picture's dots per metre. Keys ask, they do not act:
    `page_stepped` (-1 or 1) for Page Up and Down, `zoom_stepped` (-1 or 1) for Ctrl with minus and plus and for the
    wheel, `zoom_reset` for Ctrl+0. `zoom_changed` tells the percentage now in use.
    """

    page_stepped = Signal(int)
    zoom_stepped = Signal(int)
    zoom_reset = Signal()
    zoom_changed = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._image: QImage | None = None
        self._page = 0
        self._zoom: Zoom = "page"
        self._rotation = 0
        self._marks: tuple[QRectF, ...] = ()
        self._percent = 0
        self._by_keyboard = False
        self._grip: QPoint | None = None
        self._size = QSize()
        self._scaled: tuple[tuple[int, QSize], QPixmap] | None = None
        self.setProperty("ground", "canvas")
        self.setProperty("shows_focus", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(120, 120)
        theme.changed.connect(self.viewport().update)

    @property
    def zoom_percent(self) -> int:
        """The size in use, in percent."""
        return self._percent

    def show_page(self, image: QImage | None, page: int, pages: int) -> None:
        """Show page `page` of `pages`; None is blank paper while the picture is on its way; 0 pages is no paper."""
        if page != self._page:
            self.verticalScrollBar().setValue(0)
            self._marks = ()
        self._page = page if pages else 0
        self._image = image if image is not None and not image.isNull() else None
        self.setAccessibleName(
            self.tr("Page {0} of {1}").format(page, pages) if pages else self.tr("No page")
        )
        self._arrange()

    def set_zoom(self, zoom: Zoom) -> None:
        """Fit the "page" or its "width" to the pane, or show it at a percentage."""
        self._zoom = zoom
        self._arrange()

    def zoom_by(self, step: int) -> None:
        """Go to the next larger (1) or smaller (-1) usual percentage."""
        larger = [percent for percent in _STEPS if percent > self._percent]
        smaller = [percent for percent in _STEPS if percent < self._percent]
        if step > 0:
            self.set_zoom(larger[0] if larger else _STEPS[-1])
        else:
            self.set_zoom(smaller[-1] if smaller else _STEPS[0])

    def set_rotation(self, degrees: int) -> None:
        """Turn the page on the screen by 0, 90, 180 or 270 degrees; the fax itself stays as it is."""
        self._rotation = degrees % 360
        self._scaled = None
        self._arrange()

    def set_marks(self, marks: Sequence[QRectF]) -> None:
        """Put dashed frames around places of the page, in pixels of its picture."""
        self._marks = tuple(marks)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self.viewport())
        if self._page:
            paper = QRectF(self._paper())
            if not self._theme.is_dark:
                _draw_shadow(painter, paper)
            painter.fillRect(paper, Qt.GlobalColor.white)
            self._draw_page(painter, paper)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.drawRect(paper.adjusted(-0.5, -0.5, 0.5, 0.5))
            self._draw_marks(painter, paper)
        if self.hasFocus() and self._by_keyboard:
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRect(self.viewport().rect().adjusted(1, 1, -1, -1))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        key = event.key()
        if key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.page_stepped.emit(1 if key == Qt.Key.Key_PageDown else -1)
        elif ctrl and key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus):
            self.zoom_stepped.emit(-1 if key == Qt.Key.Key_Minus else 1)
        elif ctrl and key == Qt.Key.Key_0:
            self.zoom_reset.emit()
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            if event.angleDelta().y():
                self.zoom_stepped.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() == Qt.MouseButton.LeftButton and self._can_scroll():
            self._grip = event.position().toPoint()
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            here = event.position().toPoint()
            moved, self._grip = here - self._grip, here
            self.horizontalScrollBar().setValue(self.horizontalScrollBar().value() - moved.x())
            self.verticalScrollBar().setValue(self.verticalScrollBar().value() - moved.y())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.viewport().unsetCursor()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._by_keyboard = event.reason() in BY_KEYBOARD
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.viewport().update()

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        self.viewport().update()

    def _can_scroll(self) -> bool:
        return self.verticalScrollBar().maximum() > 0 or self.horizontalScrollBar().maximum() > 0

    def _full_size(self) -> QSizeF:
        """The page at 100 %, in px, with the shape of its pixels put right."""
        image = self._image
        size = QSizeF(image.size() if image is not None else _BLANK)
        if image is not None and image.dotsPerMeterY() > 0:
            size.setHeight(size.height() * image.dotsPerMeterX() / image.dotsPerMeterY())
        if self._rotation % 180:
            size.transpose()
        return size * _LIFE_SIZE

    def _arrange(self) -> None:
        full = self._full_size()
        room = QSizeF(self.viewport().size()) - QSizeF(2 * _AROUND, 2 * _AROUND)
        across, down = room.width() / full.width(), room.height() / full.height()
        if self._zoom == "page":
            factor = min(across, down)
        elif self._zoom == "width":
            factor = across
        else:
            factor = self._zoom / 100
        factor = max(factor, 0.02)
        self._size = QSize(round(full.width() * factor), round(full.height() * factor))
        self._set_bars()
        percent = round(factor * 100)
        if percent != self._percent:
            self._percent = percent
            self.zoom_changed.emit(percent)
        self.viewport().update()

    def _set_bars(self) -> None:
        view = self.viewport().size()
        for bar, size, length in (
            (self.horizontalScrollBar(), self._size.width(), view.width()),
            (self.verticalScrollBar(), self._size.height(), view.height()),
        ):
            fitting = self._zoom == "page"
            bar.setPageStep(length)
            bar.setSingleStep(40)
            bar.setRange(0, 0 if fitting else max(0, size + 2 * _AROUND - length))

    def _paper(self) -> QRect:
        free = (self.viewport().width() - self._size.width()) // 2
        left = max(free, _AROUND) - self.horizontalScrollBar().value()
        return QRect(QPoint(left, _AROUND - self.verticalScrollBar().value()), self._size)

    def _draw_page(self, painter: QPainter, paper: QRectF) -> None:
        if self._image is None:
            return
        pixels = (paper.size() * self.devicePixelRatioF()).toSize()
        image = self._turned(self._image)
        if pixels.width() > image.width():
            # Larger than the picture: hard pixels, and only what is seen is painted.
            painter.drawImage(paper, image)
            return
        key = (self._image.cacheKey(), pixels)
        if self._scaled is None or self._scaled[0] != key:
            smooth = image.scaled(
                pixels, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            pixmap = QPixmap.fromImage(smooth)
            pixmap.setDevicePixelRatio(self.devicePixelRatioF())
            self._scaled = (key, pixmap)
        painter.drawPixmap(paper.topLeft(), self._scaled[1])

    def _turned(self, image: QImage) -> QImage:
        return image.transformed(QTransform().rotate(self._rotation)) if self._rotation else image

    def _draw_marks(self, painter: QPainter, paper: QRectF) -> None:
        if not self._marks or self._image is None or self._rotation:
            return
        across, down = paper.width() / self._image.width(), paper.height() / self._image.height()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self._theme.on_paper("warn"), 2, Qt.PenStyle.DashLine))
        for mark in self._marks:
            frame = QRectF(mark.x() * across, mark.y() * down, mark.width() * across, mark.height() * down)
            painter.drawRoundedRect(frame.translated(paper.topLeft()).adjusted(-3, -3, 3, 3), 3, 3)


def _draw_shadow(painter: QPainter, paper: QRectF) -> None:
    for reach, alpha in _SHADOW:
        painter.fillRect(paper.adjusted(-reach, 2 - reach, reach, 2 + reach), QColor(0, 0, 0, alpha))
