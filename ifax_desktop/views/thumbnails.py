"""The strip of page thumbnails: any number of pages, pictures come in one by one."""

from PySide6.QtCore import QModelIndex, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QImage, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QListView

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.keyboard_list import KeyboardListView
from ifax_desktop.views.page_cells import PageCells, Pages


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
        self._pages = Pages(paper_width)
        self._painter = PageCells(icons, self._pages, self)
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
        """Put the few pages of a lying strip in the middle."""
        cell = self._painter.cell()
        free = 0 if self._upright else self.width() - cell.width() * self._pages.rowCount()
        side = max(0, (free - 1) // 2)
        if self.viewportMargins().left() != side:
            self.setViewportMargins(side, 0, side, 0)
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
