"""The pages of a thumbnail strip: which pictures have come, and how a page with its number is painted."""

from typing import Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QImage, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.keyboard_list import KeyboardListView

Index = QModelIndex | QPersistentModelIndex

_LETTER: Final = 1.294
_SIDE: Final = 6  # room around the paper for the frame of the chosen page


class Pages(QAbstractListModel):
    """Small pictures of pages, as far as they have come."""

    def __init__(self, paper_width: int) -> None:
        super().__init__()
        self.paper = QSize(paper_width, round(paper_width * _LETTER))
        self._count = 0
        self._pictures: dict[int, QPixmap] = {}

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return str(index.row() + 1)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row())
        return None

    def picture(self, row: int) -> QPixmap | None:
        """The small picture of a row, or None while it is on its way."""
        return self._pictures.get(row)

    def reset_to(self, count: int) -> None:
        """Begin again with `count` blank pages."""
        self.beginResetModel()
        self._count = count
        self._pictures.clear()
        self.endResetModel()

    def set_picture(self, row: int, picture: QImage, dpr: float) -> None:
        """Keep a small copy of `picture` for a screen with `dpr` pixels per px."""
        if not 0 <= row < self._count or picture.isNull():
            return
        small = picture.scaled(
            self.paper * dpr, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
        )
        pixmap = QPixmap.fromImage(small)
        pixmap.setDevicePixelRatio(dpr)
        self._pictures[row] = pixmap
        self.dataChanged.emit(self.index(row), self.index(row))

    def _spoken(self, row: int) -> str:
        return self.tr("Page {0} of {1}").format(row + 1, self._count)


class PageCells(QStyledItemDelegate):
    """Paints paper with its number; the chosen page has a frame and a strong number."""

    def __init__(self, icons: Icons, pages: Pages, view: KeyboardListView) -> None:
        super().__init__(view)
        self._theme = icons.theme
        self._pages = pages
        self._view = view
        self.measure_again()

    def measure_again(self) -> None:
        """Take the fonts anew after the theme changed."""
        self._caption = QFontMetrics(self._theme.font("small_strong")).height() + 6

    def cell(self) -> QSize:
        """The size of one page with its number, in px."""
        paper = self._pages.paper
        return QSize(paper.width() + 2 * _SIDE, paper.height() + 2 * _SIDE + self._caption)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.cell()

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        spot = QRectF(option.rect)
        size = self._pages.paper
        paper = QRectF(spot.center().x() - size.width() / 2, spot.y() + _SIDE, size.width(), size.height())
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
        painter.setFont(font)
        painter.setPen(self._theme.color("text" if chosen else "text2"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(index.row() + 1))
