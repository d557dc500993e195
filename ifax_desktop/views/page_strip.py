"""All pages of the fax that is being written: to be looked at, put in order, turned and left out, by mouse and keyboard."""

from typing import Final

from PySide6.QtCore import QEvent, QItemSelectionModel, QModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QAbstractItemView, QApplication, QListView, QSizePolicy

from ifax_desktop.viewmodels.compose import ComposeViewModel
from ifax_desktop.viewmodels.fax_preview import Spot
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.keyboard_list import KeyboardListView
from ifax_desktop.views.page_menu import PageMenu
from ifax_desktop.views.strip_cells import StripCells, StripPages

_PAINT_MS: Final = 60
_ROWS: Final = 2
"""Lines of pages that are seen without scrolling."""
_STEPS: Final = {
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Right: 1,
    Qt.Key.Key_Down: 1,
}


class PageStrip(KeyboardListView):
    """Pages in sending order, grouped by document, the cover first, and a place to add files at the end.

    Ctrl with arrows moves, Delete leaves out and puts back, R turns, Ctrl+Delete takes the document away.
    """

    files_wanted = Signal()

    def __init__(self, icons: Icons, model: ComposeViewModel) -> None:
        super().__init__()
        self._theme = icons.theme
        self._model = model
        self._pages = StripPages(model.preview)
        self._cells = StripCells(icons, self._pages, self)
        self._quiet = False
        self._chosen: list[tuple[object, int]] = []
        self._pressed: QPoint | None = None
        self._lifted: list[int] = []
        self._target = -1
        self._menu: PageMenu | None = None
        self._asked = QTimer(self)
        self._asked.setSingleShot(True)
        self._asked.timeout.connect(self._tell_seen)
        self._painted = QTimer(self)
        self._painted.setSingleShot(True)
        self._painted.timeout.connect(self.viewport().update)
        self.setModel(self._pages)
        self.setItemDelegate(self._cells)
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Pages"))
        self.setAccessibleDescription(
            self.tr(
                "Ctrl with the arrow keys moves a page, R turns it, Delete leaves it out or puts it back."
            )
        )
        self.setProperty("ground", "surface")
        self.verticalScrollBar().valueChanged.connect(lambda _: self._asked.start(0))
        self.selectionModel().currentChanged.connect(self._current_changed)
        self.selectionModel().selectionChanged.connect(self._remember)
        model.preview.changed.connect(self._show)
        icons.theme.changed.connect(self._measure)
        self._show()

    @property
    def places(self) -> list[int]:
        """The places of the chosen pages among those of the documents."""
        return sorted(spot.place for spot in self._chosen_spots() if spot.place >= 0)

    def cell_rect(self, row: int) -> QRect:
        """Where a page is on the viewport."""
        return self.visualRect(self._pages.index(row))

    def turn(self, degrees: int = 90) -> None:
        """Turn the chosen pages."""
        self._model.pages.turn(self.places, degrees)

    def leave_out_or_put_back(self) -> None:
        """Leave the chosen pages out; put them back if none of them goes out."""
        spots = [spot for spot in self._chosen_spots() if spot.place >= 0]
        self._model.pages.leave_out(self.places, out=not all(spot.left_out for spot in spots))

    def remove_document(self) -> None:
        """Take the document of the current page away."""
        spot = self._pages.spot(self.currentIndex().row())
        if spot is not None and spot.part >= 0:
            self._model.pages.remove_document(spot.part)

    def move_by(self, step: int) -> None:
        """Move the chosen pages by one place."""
        places = self.places
        if places and step < 0:
            self._model.pages.move(places, max(0, places[0] - 1))
        elif places:
            self._model.pages.move(places, places[-1] + 2)
        self.scrollTo(self.currentIndex())

    def sizeHint(self) -> QSize:
        cell = self._cells.cell()
        return QSize(5 * cell.width(), self._height())

    def minimumSizeHint(self) -> QSize:
        cell = self._cells.cell()
        return QSize(3 * cell.width(), self._height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = Qt.Key(event.key())
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        self.by_keyboard = True
        if key == Qt.Key.Key_Escape and self._lifted:
            self._drop()
        elif ctrl and key in _STEPS:
            mirrored = self.isRightToLeft() and key in (Qt.Key.Key_Left, Qt.Key.Key_Right)
            self.move_by(-_STEPS[key] if mirrored else _STEPS[key])
        elif key == Qt.Key.Key_R and not ctrl:
            self.turn(270 if shift else 90)
        elif key == Qt.Key.Key_Delete and ctrl:
            self.remove_document()
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.leave_out_or_put_back()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and not ctrl:
            if self._pages.spot(self.currentIndex().row()) is None:
                self.files_wanted.emit()
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            event.ignore()  # the pages of the preview
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        index = self.indexAt(at)
        if event.button() != Qt.MouseButton.LeftButton or not index.isValid():
            super().mousePressEvent(event)
            return
        self.by_keyboard = False
        if self._pages.spot(index.row()) is None:
            self.files_wanted.emit()
        elif not self._press_button(index, at):
            self._pressed = at
            if self._cells.is_head(self.visualRect(index), at):
                self._choose_group(index.row())
            elif event.modifiers() or not self.selectionModel().isSelected(index):
                super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if not event.buttons() & Qt.MouseButton.LeftButton:
            self._hover(self.indexAt(at).row())
            super().mouseMoveEvent(event)
        elif self._pressed is not None:
            if (at - self._pressed).manhattanLength() >= QApplication.startDragDistance():
                self._lift()
            if self._lifted:
                self._aim(at)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        lifted, target = self._lifted, self._target
        at = event.position().toPoint()
        if lifted:
            self._drop()
            if target >= 0:
                self._model.pages.move(lifted, target)
        elif self._pressed is not None and not event.modifiers():
            index = self.indexAt(at)
            if index.isValid() and not self._cells.is_head(self.visualRect(index), at):
                self.setCurrentIndex(index)
        self._pressed = None
        super().mouseReleaseEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hover(-1)
        super().leaveEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        index = self.currentIndex()
        if event.reason() == QContextMenuEvent.Reason.Mouse:
            index = self.indexAt(event.pos())
            if index.isValid() and not self.selectionModel().isSelected(index):
                self.setCurrentIndex(index)
        spot = self._pages.spot(index.row())
        if spot is None:
            return
        menu = PageMenu(self, self._model, spot)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        below = self.viewport().mapToGlobal(self.visualRect(index).center())
        by_mouse = event.reason() == QContextMenuEvent.Reason.Mouse
        menu.popup(event.globalPos() if by_mouse else below)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._lifted and self._target >= 0:
            painter = QPainter(self.viewport())
            painter.setPen(QPen(self._theme.color("focus"), 2))
            mark = self._mark()
            painter.drawLine(mark.topLeft(), mark.bottomLeft())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.updateGeometry()
        self._asked.start(0)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._asked.start(0)

    def _show(self) -> None:
        self._quiet = True
        before = len(self._pages.spots)
        if self._pages.take_over():
            self._choose_again()
            self._asked.start(0)
            self.viewport().update()
        elif not self._painted.isActive():
            self._painted.start(_PAINT_MS)  # pages come faster than anybody looks
        if len(self._pages.spots) != before:
            self.updateGeometry()
        at = self._model.preview.state.at
        if at >= 0 and self.currentIndex().row() != at:
            several = len(self.selectionModel().selectedIndexes()) > 1 and self.selectionModel().isSelected(
                self._pages.index(at)
            )
            flag = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(
                self._pages.index(at), flag.NoUpdate if several else flag.ClearAndSelect
            )
        self._quiet = False

    def _choose_again(self) -> None:
        """The choice goes with the pages, wherever they went."""
        chosen, selection = self._chosen, self.selectionModel()
        flag = QItemSelectionModel.SelectionFlag
        selection.clearSelection()
        for row, spot in enumerate(self._pages.spots):
            if _name(spot) in chosen:
                selection.select(self._pages.index(row), flag.Select)

    def _remember(self) -> None:
        if not self._quiet:
            self._chosen = [_name(spot) for spot in self._chosen_spots()]

    def _chosen_spots(self) -> list[Spot]:
        spots = (self._pages.spot(index.row()) for index in self.selectionModel().selectedIndexes())
        return [spot for spot in spots if spot is not None]

    def _choose_group(self, row: int) -> None:
        flag = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(self._pages.index(row), flag.ClearAndSelect)
        for step in (-1, 1):
            near = row + step
            while self._pages.is_one_group(row, near):
                self.selectionModel().select(self._pages.index(near), flag.Select)
                near += step

    def _press_button(self, index: QModelIndex, at: QPoint) -> bool:
        spot = self._pages.spot(index.row())
        if spot is None or spot.place < 0:
            return False
        turn, leave_out = self._cells.buttons(self.visualRect(index))
        if turn.contains(at):
            self._model.pages.turn([spot.place])
        elif leave_out.contains(at):
            self._model.pages.leave_out([spot.place], out=not spot.left_out)
        else:
            return False
        self.setCurrentIndex(index)
        return True

    def _hover(self, row: int) -> None:
        if row != self._cells.hovered:
            self._cells.hovered = row
            self.viewport().update()

    def _lift(self) -> None:
        if not self._lifted and self.places:
            self._lifted = self.places
            rows = (index.row() for index in self.selectionModel().selectedIndexes())
            self._cells.lifted = frozenset(rows)
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def _aim(self, at: QPoint) -> None:
        """Find the place before which the pages would be put, and scroll near the ends."""
        bar, step = self.verticalScrollBar(), self._cells.cell().height() // 6
        if at.y() < 0:
            bar.setValue(bar.value() - step)
        elif at.y() > self.viewport().height():
            bar.setValue(bar.value() + step)
        inside = QPoint(
            min(max(at.x(), 0), self.viewport().width() - 1),
            min(max(at.y(), 0), self.viewport().height() - 1),
        )
        count = len(self._pages.spots)
        index = self.indexAt(inside)
        row = index.row() if index.isValid() else count
        if row < count:
            after = inside.x() > self.visualRect(index).center().x()
            row += after != self.isRightToLeft()
        self._target = self._place_before(row)
        self.viewport().update()

    def _place_before(self, row: int) -> int:
        """The place of the first page from this row on; the number of pages if there is none."""
        leaves = [spot.place for spot in self._pages.spots[row:] if spot.place >= 0]
        return leaves[0] if leaves else len(self._model.state.form.arrangement.leaves)

    def _mark(self) -> QRect:
        """Where the line is drawn: before the page at the target."""
        rows = [row for row, spot in enumerate(self._pages.spots) if spot.place == self._target]
        rect = self.visualRect(self._pages.index(rows[0] if rows else len(self._pages.spots)))
        x = rect.right() if self.isRightToLeft() else rect.left()
        paper = self._cells.paper(rect)
        return QRect(x, paper.top() - 4, 1, paper.height() + 8)

    def _drop(self) -> None:
        self._lifted, self._target, self._pressed = [], -1, None
        self._cells.lifted = frozenset()
        self.viewport().unsetCursor()
        self.viewport().update()

    def _current_changed(self, current: QModelIndex) -> None:
        if not self._quiet and self._pages.spot(current.row()) is not None:
            self._model.preview.go_to(current.row())

    def _tell_seen(self) -> None:
        if not self.isVisible():
            return
        cell, area = self._cells.cell(), self.viewport().rect()
        across = max(1, area.width() // cell.width())
        top = self.verticalScrollBar().value() // cell.height()
        rows = -(-area.height() // cell.height()) + 1
        self._model.preview.want_thumbnails(top * across, (top + rows) * across - 1)

    def _height(self) -> int:
        cell = self._cells.cell()
        across = max(1, self.viewport().width() // cell.width())
        lines = -(-self._pages.rowCount() // across)
        return cell.height() * min(lines, _ROWS) + (cell.height() // 3 if lines > _ROWS else 0)

    def _measure(self) -> None:
        self._cells.measure_again()
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()
        self.viewport().update()


def _name(spot: Spot) -> tuple[object, int]:
    """What a page is, wherever it stands."""
    if spot.sheet is None or spot.place < 0:
        return ("", spot.number)
    return (spot.sheet.original, spot.sheet.page)
