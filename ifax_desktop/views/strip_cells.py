"""The pages of a fax in the strip of the New fax window: what each row is, and how it is painted."""

from typing import Final

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ifax_desktop.viewmodels.fax_preview import FaxPreviewViewModel, Spot
from ifax_desktop.views.icons import Icons, pixels_per_px
from ifax_desktop.views.keyboard_list import KeyboardListView
from ifax_desktop.views.service_cover import example_cover

Index = QModelIndex | QPersistentModelIndex

_PAPER: Final = QSize(58, 75)
_SIDE: Final = 7
_SIGN: Final = 14
_BUTTON: Final = 24
_GLYPH: Final = 16
_PALE: Final = 0.35


class StripPages(QAbstractListModel):
    """A row for each page, and a last one to add files."""

    def __init__(self, preview: FaxPreviewViewModel) -> None:
        super().__init__()
        self._preview = preview
        self._spots: tuple[Spot, ...] = ()
        self._pixmaps: dict[int, QPixmap] = {}

    @property
    def spots(self) -> tuple[Spot, ...]:
        """The pages."""
        return self._spots

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._spots) + 1

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == Qt.ItemDataRole.DisplayRole:
            return self.caption(index.row())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(index.row())
        return None

    def take_over(self) -> bool:
        """Show what the preview has now; True if there are other pages than before. The view has to paint itself anew:

        it would lay out all pages again for data that changed, and all have one size.
        """
        spots = self._preview.state.spots
        if spots is self._spots:
            return False
        if len(spots) == len(self._spots):
            self._spots = spots
        else:
            self.beginResetModel()
            self._spots = spots
            self.endResetModel()
        return True

    def spot(self, row: int) -> Spot | None:
        """The page of a row; None for the row that adds files."""
        return self._spots[row] if 0 <= row < len(self._spots) else None

    def caption(self, row: int) -> str:
        """What stands below a page."""
        spot = self.spot(row)
        if spot is None:
            return self.tr("Add")
        if spot.sheet is None:
            return self.tr("Example")
        return self.tr("Left out") if spot.left_out else str(spot.number)

    def group(self, row: int) -> str:
        """What stands above the pages of one document."""
        spot = self.spot(row)
        if spot is None:
            return ""
        return spot.group if spot.part >= 0 else self.tr("Cover")

    def is_one_group(self, row: int, other: int) -> bool:
        """Whether two rows belong under one name."""
        first, second = self.spot(row), self.spot(other)
        return first is not None and second is not None and first.part == second.part

    def has_warning(self, row: int) -> bool:
        """Whether something may go wrong with a page that goes out."""
        spot = self.spot(row)
        return spot is not None and not spot.left_out and self._preview.is_signed(row)

    def picture(self, row: int, dpr: float) -> QPixmap | None:
        """The small picture of a page, or None while it is on its way."""
        spot = self.spot(row)
        if spot is None:
            return None
        image = self._preview.thumbnail(row)
        if spot.sheet is None:
            image = example_cover(self._preview.cover, self._preview.state.page_format)
        if image is None:
            return None
        key = image.cacheKey()
        if key not in self._pixmaps:
            if len(self._pixmaps) > 2 * len(self._spots) + 100:
                self._pixmaps.clear()
            size = _PAPER * dpr
            fitted = image.scaled(
                size, Qt.AspectRatioMode.IgnoreAspectRatio, Qt.TransformationMode.SmoothTransformation
            )
            pixmap = QPixmap.fromImage(fitted)
            pixmap.setDevicePixelRatio(dpr)
            self._pixmaps[key] = pixmap
        return self._pixmaps[key]

    def _spoken(self, row: int) -> str:
        spot = self.spot(row)
        if spot is None:
            return self.tr("Add files")
        if spot.sheet is None:
            return self.tr("Cover page of the service, an example")
        group = self.group(row)
        if spot.left_out:
            return self.tr("{0}, page {1}, left out").format(group, spot.sheet.page + 1)
        page = self.tr("{0}, page {1} of {2}").format(group, spot.number, self._preview.state.pages)
        return self.tr("{0}, with a warning").format(page) if self.has_warning(row) else page


class StripCells(QStyledItemDelegate):
    """Paints a document's name above its pages, the paper, its number, and two buttons on the page under the mouse."""

    def __init__(self, icons: Icons, pages: StripPages, view: KeyboardListView) -> None:
        super().__init__(view)
        self._icons = icons
        self._theme = icons.theme
        self._pages = pages
        self._view = view
        self.hovered = -1
        """The row under the mouse."""
        self.lifted: frozenset[int] = frozenset()
        """Rows that are being dragged."""
        self.measure_again()

    def measure_again(self) -> None:
        """Take the fonts anew after the theme changed."""
        self._caption = QFontMetrics(self._theme.font("small_strong")).height() + 6
        self._head = QFontMetrics(self._theme.font("body")).height() + 4

    def cell(self) -> QSize:
        """The size of one page with its name and number, in px."""
        return QSize(_PAPER.width() + 2 * _SIDE, self._head + _PAPER.height() + 2 * _SIDE + self._caption)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self.cell()

    def paper(self, cell: QRect) -> QRect:
        """The paper within a cell."""
        left = cell.left() + (cell.width() - _PAPER.width()) // 2
        return QRect(QPoint(left, cell.top() + self._head + _SIDE), _PAPER)

    def is_head(self, cell: QRect, at: QPoint) -> bool:
        """Whether a point is on the name of the document."""
        return at.y() < cell.top() + self._head

    def buttons(self, cell: QRect) -> tuple[QRect, QRect]:
        """The places of the buttons to turn a page and to leave it out."""
        paper = self.paper(cell)
        top = paper.top() + 3
        first = QRect(paper.center().x() - _BUTTON - 1, top, _BUTTON, _BUTTON)
        return first, first.translated(_BUTTON + 3, 0)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        row, chosen = index.row(), bool(option.state & QStyle.StateFlag.State_Selected)
        spot = self._pages.spot(row)
        is_current = self._view.currentIndex().row() == row
        paper = QRectF(self.paper(option.rect))
        self._draw_head(painter, option.rect, row)
        if is_current and self._view.by_keyboard and self._view.hasFocus():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self._theme.color("soft"))
            painter.drawRoundedRect(option.rect.adjusted(1, self._head, -1, -1), 6, 6)
        if spot is None:
            self._draw_adder(painter, paper, chosen=chosen)
        else:
            self._draw_paper(painter, paper, row, spot, chosen=chosen)
        self._draw_caption(painter, option.rect, row, chosen=chosen)
        if spot is not None and spot.place >= 0 and not self.lifted:
            by_keyboard = is_current and self._view.by_keyboard and self._view.hasFocus()
            if row == self.hovered or by_keyboard:
                self._draw_buttons(painter, option.rect, spot)
        painter.restore()

    def _draw_paper(self, painter: QPainter, paper: QRectF, row: int, spot: Spot, *, chosen: bool) -> None:
        painter.setOpacity(_PALE if spot.left_out or row in self.lifted else 1.0)
        painter.fillRect(paper, Qt.GlobalColor.white)
        if (picture := self._pages.picture(row, pixels_per_px(painter))) is not None:
            painter.drawPixmap(paper.topLeft(), picture)
        painter.setOpacity(1.0)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        if chosen:
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.drawRoundedRect(paper.adjusted(-2, -2, 2, 2), 3, 3)
        else:
            dashed = spot.sheet is None or spot.left_out
            style = Qt.PenStyle.DashLine if dashed else Qt.PenStyle.SolidLine
            painter.setPen(QPen(self._theme.color("control"), 1, style))
            painter.drawRoundedRect(paper.adjusted(-0.5, -0.5, 0.5, 0.5), 1, 1)

    def _draw_adder(self, painter: QPainter, paper: QRectF, *, chosen: bool) -> None:
        pen = QPen(self._theme.color("focus" if chosen else "control"), 1.5)
        pen.setDashPattern([3, 3])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(paper, 6, 6)
        dpr = pixels_per_px(painter)
        at = paper.center().toPoint() - QPoint(10, 10)
        painter.drawPixmap(at, self._icons.pixmap("plus", "text2", 20, dpr))

    def _draw_head(self, painter: QPainter, cell: QRect, row: int) -> None:
        """Paint this cell's share of the name, which goes over all pages of the document in this line."""
        whole = QRect(cell)
        for step in (-1, 1):
            near = row + step
            while self._pages.is_one_group(row, near):
                rect = self._view.visualRect(self._pages.index(near))
                if rect.top() != cell.top():
                    break
                whole = whole.united(rect)
                near += step
        words = self._pages.group(row)
        if not words:
            return
        font = self._theme.font("body")
        place = QRect(whole.left() + _SIDE, cell.top(), whole.width() - 2 * _SIDE, self._head)
        painter.save()
        painter.setClipRect(QRect(cell.left(), cell.top(), cell.width(), self._head))
        painter.setFont(font)
        painter.setPen(self._theme.color("text"))
        text = QFontMetrics(font).elidedText(words, Qt.TextElideMode.ElideMiddle, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)
        painter.restore()

    def _draw_caption(self, painter: QPainter, cell: QRect, row: int, *, chosen: bool) -> None:
        top = self.paper(cell).bottom() + _SIDE
        place = QRectF(cell.left(), top, cell.width(), self._caption - 2)
        font = self._theme.font("small_strong" if chosen else "small")
        metrics = QFontMetrics(font)
        words = metrics.elidedText(
            self._pages.caption(row), Qt.TextElideMode.ElideRight, round(place.width())
        )
        if self._pages.has_warning(row):
            width = metrics.horizontalAdvance(words) + _SIGN + 4
            left = place.center().x() - width / 2
            sign = QPoint(round(left), round(place.center().y() - _SIGN / 2))
            painter.drawPixmap(sign, self._icons.pixmap("warning", "warn", _SIGN, pixels_per_px(painter)))
            place = QRectF(left + _SIGN + 4, place.top(), width - _SIGN - 4, place.height())
        painter.setFont(font)
        painter.setPen(self._theme.color("text" if chosen else "text2"))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, words)

    def _draw_buttons(self, painter: QPainter, cell: QRect, spot: Spot) -> None:
        glyphs = ("rotate", "plus" if spot.left_out else "trash")
        for place, glyph in zip(self.buttons(cell), glyphs, strict=True):
            painter.setPen(QPen(self._theme.color("line"), 1))
            painter.setBrush(self._theme.color("surface"))
            painter.drawRoundedRect(QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), 5, 5)
            inner = place.center() - QPoint(_GLYPH // 2 - 1, _GLYPH // 2 - 1)
            painter.drawPixmap(inner, self._icons.pixmap(glyph, "text2", _GLYPH, pixels_per_px(painter)))
