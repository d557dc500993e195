"""The list of faxes: two-line rows, at any number of them.

The model returns a `FaxRow` for `UserRole` (None for a row it could not read: painted blank), the row's sentence for
`AccessibleTextRole` and the name for `DisplayRole`.

It is a table of one column, since a `QListView` asks the model for every row, one by one, whenever anything in it changes:
three seconds of a standing window for a million rows.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from PySide6.QtCore import QModelIndex, QPoint, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHeaderView, QTableView

from ifax_desktop.viewmodels.fax_row import FaxRow
from ifax_desktop.views.fax_delegate import FaxDelegate
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.keyboard_list import ByKeyboard
from ifax_desktop.views.reveal import moves

_NEW_MS: Final = 600
_LONGEST_NUMBER: Final = "+000 000 000 000 000"
_LOOKED_THROUGH: Final = 1000
"""Rows that Qt may look through for a name that begins with what is typed: each has to be read for that."""
_Step = QTableView.CursorAction


class FaxListView(ByKeyboard, QTableView):
    """Faxes one below the other; several may be chosen. Set a model, use its selection model."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._theme = icons.theme
        self._delegate = FaxDelegate(icons)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self._look_like_a_list()
        self._fading = QVariantAnimation(self)
        self._fading.setDuration(_NEW_MS)
        self._fading.setStartValue(1.0)
        self._fading.setEndValue(0.0)
        self._fading.valueChanged.connect(self._fade)
        icons.theme.changed.connect(self._measure)
        self._measure()

    def _look_like_a_list(self) -> None:
        self.be_plain()
        self.setShowGrid(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        for header, size in (
            (self.horizontalHeader(), QHeaderView.ResizeMode.Stretch),
            (self.verticalHeader(), QHeaderView.ResizeMode.Fixed),
        ):
            header.hide()
            header.setMinimumSectionSize(1)
            header.setSectionResizeMode(size)

    def moveCursor(  # noqa: N802 - Qt's name
        self, action: QTableView.CursorAction, modifiers: Qt.KeyboardModifier
    ) -> QModelIndex:
        """Home and End lead to the first and the last fax, not along a row."""
        model = self.model()
        if model is not None and action in (_Step.MoveHome, _Step.MoveEnd):
            return model.index(0 if action == _Step.MoveHome else model.rowCount() - 1, 0)
        return super().moveCursor(action, modifiers)

    def keyboardSearch(self, search: str) -> None:  # noqa: N802 - Qt's name
        model = self.model()
        if model is not None and model.rowCount() <= _LOOKED_THROUGH:
            super().keyboardSearch(search)

    def mark_new(self, ids: Iterable[int]) -> None:
        """Let rows that just came stand out for a moment, where the system wants motion."""
        if moves(self):
            self._delegate.new_rows = dict.fromkeys(ids, 1.0)
            self._fading.start()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.em(31.4), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        self._delegate.focus_visible = self.by_keyboard and self.hasFocus()
        super().paintEvent(event)

    def _fade(self, newness: object) -> None:
        rows = self._delegate.new_rows
        value = newness if isinstance(newness, float) else 0.0
        self._delegate.new_rows = dict.fromkeys(rows, value) if value else {}
        for index in self._in_sight():
            row = index.data(Qt.ItemDataRole.UserRole)
            if isinstance(row, FaxRow) and row.id in rows:
                self.update(index)

    def _in_sight(self) -> Iterator[QModelIndex]:
        index = self.indexAt(QPoint(0, 0))
        while index.isValid() and self.visualRect(index).top() < self.viewport().height():
            yield index
            index = index.siblingAtRow(index.row() + 1)

    def _measure(self) -> None:
        self._delegate.measure_again()
        self.verticalHeader().setDefaultSectionSize(self._delegate.metrics.height)
        number = self._delegate.metrics.width("row_name_unread", _LONGEST_NUMBER)
        self.setMinimumWidth(52 + number + 20)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
