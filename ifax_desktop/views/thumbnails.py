"""The strip of page thumbnails: any number of pages, pictures come in one by one."""

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPen, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.keyboard_list import KeyboardListView

Index = QModelIndex | QPersistentModelIndex

_LETTER: Final = 1.294
_SIDE: Final = 6  # room around the paper for the frame of the chosen page
_SIGN: Final = 14


class Thumbnails(KeyboardListView):
    """Pages to pick from. Pages count from 1.

    `picked` is emitted when the user goes to a page; `seen` (first, last) tells which pages are in sight, so that
    only their pictures need to be made.
    """

    picked = Signal(int)
    seen = Signal(int, int)

    def __init__(
        self, icons: Icons, orientation: Qt.Orientation = Qt.Orientation.Vertical, paper_width: int = 56
    ) -> None:
        super().__init__()
        self._theme = icons.theme
        self._upright = orientation == Qt.Orientation.Vertical
        self._pages = _Pages(paper_width)
        self._painter = _PageDelegate(icons, self._pages, self)
        self._quiet = False
        self._asked = QTimer(self)
        self._asked.setSingleShot(True)
        self._asked.timeout.connect(self._tell_seen)
        self.setProperty("ground", "canvas")
        self.setAccessibleName(self.tr("Pages"))
        self.setModel(self._pages)
        self.setItemDelegate(self._painter)
        self.setFlow(QListView.Flow.TopToBottom if self._upright else QListView.Flow.LeftToRight)
        self.setWrapping(False)
        never = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        (self.setHorizontalScrollBarPolicy if self._upright else self.setVerticalScrollBarPolicy)(never)
        for bar in (self.verticalScrollBar(), self.horizontalScrollBar()):
            bar.valueChanged.connect(lambda _: self._asked.start(0))
        self.selectionModel().currentChanged.connect(self._current_changed)
        icons.theme.changed.connect(self._measure)
        self._measure()

    @property
    def current_page(self) -> int:
        """The chosen page, 0 for none."""
        return self.currentIndex().row() + 1

    def set_pages(self, count: int) -> None:
        """Show `count` blank pages."""
        self._quiet = True
        self._pages.reset_to(count)
        self._quiet = False
        self._centre()
        self._asked.start(0)

    def set_picture(self, page: int, picture: QImage) -> None:
        """Put the picture of a page in place of blank paper; a page that is no longer there is passed over."""
        self._pages.set_picture(page - 1, picture, self.devicePixelRatioF())

    def set_warning(self, page: int, warning: bool) -> None:
        """Show or take away the warning sign beside a page's number."""
        self._pages.set_warning(page - 1, warning)

    def set_current(self, page: int) -> None:
        """Choose a page without telling anybody."""
        self._quiet = True
        self.setCurrentIndex(self._pages.index(page - 1))
        self._quiet = False

    def sizeHint(self) -> QSize:
        cell = self._painter.cell()
        return QSize(cell.width() + 12 + 16, 400) if self._upright else QSize(400, cell.height() + 12)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(hint.width(), 120) if self._upright else QSize(120, hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._centre()
        self._asked.start(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._asked.start(0)

    def _current_changed(self, current: QModelIndex) -> None:
        if current.isValid() and not self._quiet:
            self.picked.emit(current.row() + 1)

    def _tell_seen(self) -> None:
        if not self._pages.rowCount():
            return
        cell, spot = self._painter.cell(), self.viewport().rect()
        step = cell.height() if self._upright else cell.width()
        bar = self.verticalScrollBar() if self._upright else self.horizontalScrollBar()
        length = spot.height() if self._upright else spot.width()
        last = min(self._pages.rowCount(), (bar.value() + length) // step + 1)
        self.seen.emit(bar.value() // step + 1, last)

    def _centre(self) -> None:
        """A lying strip with few pages stands in the middle; an upright one stands in the middle across."""
        cell = self._painter.cell()
        if self._upright:
            free = self.width() - self.verticalScrollBar().sizeHint().width() - cell.width()
        else:
            free = self.width() - cell.width() * self._pages.rowCount()
        side = max(0, (free - 1) // 2)
        if self.viewportMargins().left() != side:
            self.setViewportMargins(side, 0, 0 if self._upright else side, 0)
            self.scheduleDelayedItemsLayout()

    def _measure(self) -> None:
        policy = self.sizePolicy()
        policy.setHorizontalPolicy(policy.Policy.Fixed if self._upright else policy.Policy.Expanding)
        policy.setVerticalPolicy(policy.Policy.Expanding if self._upright else policy.Policy.Fixed)
        self.setSizePolicy(policy)
        self._painter.measure_again()
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        self.viewport().update()


class _Pages(QAbstractListModel):
    """Small pictures of pages, as far as they have come."""

    def __init__(self, paper_width: int) -> None:
        super().__init__()
        self.paper = QSize(paper_width, round(paper_width * _LETTER))
        self._count = 0
        self._pictures: dict[int, QPixmap] = {}
        self._warnings: set[int] = set()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row())
        return None

    def picture(self, row: int) -> QPixmap | None:
        return self._pictures.get(row)

    def has_warning(self, row: int) -> bool:
        return row in self._warnings

    def reset_to(self, count: int) -> None:
        self.beginResetModel()
        self._count = count
        self._pictures.clear()
        self._warnings.clear()
        self.endResetModel()

    def set_picture(self, row: int, picture: QImage, dpr: float) -> None:
        if not 0 <= row < self._count or picture.isNull():
            return
        small = picture.scaled(
            self.paper * dpr, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        pixmap = QPixmap.fromImage(small)
        pixmap.setDevicePixelRatio(dpr)
        self._pictures[row] = pixmap
        self.dataChanged.emit(self.index(row), self.index(row))

    def set_warning(self, row: int, warning: bool) -> None:
        (self._warnings.add if warning else self._warnings.discard)(row)
        self.dataChanged.emit(self.index(row), self.index(row))

    def _spoken(self, row: int) -> str:
        page = self.tr("Page {0} of {1}").format(row + 1, self._count)
        return self.tr("{0}, with a warning").format(page) if row in self._warnings else page


class _PageDelegate(QStyledItemDelegate):
    """Paints paper with its number; the chosen page has a frame and a strong number."""

    def __init__(self, icons: Icons, pages: _Pages, view: KeyboardListView) -> None:
        super().__init__(view)
        self._icons = icons
        self._theme = icons.theme
        self._pages = pages
        self._view = view
        self.measure_again()

    def measure_again(self) -> None:
        self._caption = QFontMetrics(self._theme.font("small_strong")).height() + 6

    def cell(self) -> QSize:
        paper = self._pages.paper
        return QSize(paper.width() + 2 * _SIDE, paper.height() + 2 * _SIDE + self._caption)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.cell()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        spot = QRectF(option.rect)
        paper = QRectF(
            spot.x() + _SIDE, spot.y() + _SIDE, self._pages.paper.width(), self._pages.paper.height()
        )
        if chosen and self._view.by_keyboard and self._view.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("soft"))
            painter.drawRoundedRect(spot, 6, 6)
        painter.fillRect(paper, Qt.GlobalColor.white)
        if (picture := self._pages.picture(index.row())) is not None:
            painter.drawPixmap(paper.topLeft(), picture)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chosen:
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRoundedRect(paper.adjusted(-2, -2, 2, 2), 3, 3)
        else:
            painter.setPen(QPen(self._theme.color("control"), 1))
            painter.drawRoundedRect(paper.adjusted(-0.5, -0.5, 0.5, 0.5), 1, 1)
        self._draw_number(painter, option, index, chosen=chosen)
        painter.restore()

    def _draw_number(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, *, chosen: bool
    ) -> None:
        # Below the paper, as the view makes the cells of a lying strip as high as itself.
        top = option.rect.top() + self._pages.paper.height() + 2 * _SIDE
        place = QRectF(option.rect.left(), top, option.rect.width(), self._caption - 2)
        font = self._theme.font("small_strong" if chosen else "small")
        number = str(index.row() + 1)
        if self._pages.has_warning(index.row()):
            width = QFontMetrics(font).horizontalAdvance(number) + _SIGN + 4
            left = place.center().x() - width / 2
            sign_top = place.center().y() - _SIGN / 2
            dpr = painter.device().devicePixelRatioF()
            painter.drawPixmap(QPointF(left, sign_top), self._icons.pixmap("warning", "warn", _SIGN, dpr))
            place.setLeft(left + _SIGN + 4)
            place.setWidth(width - _SIGN - 4)
        painter.setFont(font)
        painter.setPen(self._theme.color("text" if chosen else "text2"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, number)
