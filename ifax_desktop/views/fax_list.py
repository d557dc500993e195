"""The list of faxes: two-line rows, at any number of them.

The model returns a `FaxRow` for `UserRole` (None for a row it could not read: painted blank), the row's sentence for
`AccessibleTextRole` and the name for `DisplayRole`.
"""

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, QVariantAnimation
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QListView

from ifax_desktop.views.fax_delegate import FaxDelegate
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.keyboard_list import KeyboardListView
from ifax_desktop.views.reveal import moves

_NEW_MS = 600
_LONGEST_NUMBER = "+000 000 000 000 000"


class FaxListView(KeyboardListView):
    """Faxes one below the other; several may be chosen. Set a model, use its selection model."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._theme = icons.theme
        self._delegate = FaxDelegate(icons)
        self.setItemDelegate(self._delegate)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self._fading = QVariantAnimation(self)
        self._fading.setDuration(_NEW_MS)
        self._fading.setStartValue(1.0)
        self._fading.setEndValue(0.0)
        self._fading.valueChanged.connect(self._fade)
        icons.theme.changed.connect(self._measure)
        self._measure()

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
        self.viewport().update()

    def _measure(self) -> None:
        self._delegate.measure_again()
        number = self._delegate.metrics.width("row_name_unread", _LONGEST_NUMBER)
        self.setMinimumWidth(52 + number + 20)
        self.scheduleDelayedItemsLayout()
        self.viewport().update()
