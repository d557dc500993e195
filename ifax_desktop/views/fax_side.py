"""The left side of Outbox and Inbox: filters, the list of faxes, and what is said when it is empty."""

from collections.abc import Mapping

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QWidget

from ifax_desktop.viewmodels.fax_table import FaxTable
from ifax_desktop.viewmodels.outbox import Emptiness
from ifax_desktop.views.fax_list import FaxListView
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import EmptyState, FilterPills, column, pane, row, rule, set_ground

_NEW_SHOWN = 50


class FaxSide(QWidget):
    """Keeps chosen row and scroll place by fax, whatever comes into the list.

    `chosen` is emitted when the user goes to a fax, `opened` when Enter or a double click asks for more.
    """

    chosen = Signal(int)
    opened = Signal()

    def __init__(
        self,
        icons: Icons,
        table: FaxTable,
        filters: FilterPills,
        empties: Mapping[Emptiness, EmptyState],
        name: str,
    ) -> None:
        super().__init__()
        self.filters = filters
        self.list = FaxListView(icons)
        self._table = table
        self._empties = dict(empties)
        self._selected: int | None = None
        self._top: tuple[int | None, int] = (None, 0)
        self._quiet = False
        self._stack = QStackedLayout()
        for widget in (self.list, *self._empties.values()):
            self._stack.addWidget(widget)
        bar = pane(row((filters, 1), margins=(12, 8, 12, 8)))
        bar.setMinimumHeight(icons.theme.height("filter_row"))
        self.setLayout(column(bar, rule(), (pane(self._stack), 1), spacing=0))
        set_ground(self, "surface")
        self.list.setAccessibleName(name)
        self.list.setSelectionMode(FaxListView.SelectionMode.SingleSelection)
        # Before the list hears of it, and goes to another fax by itself.
        table.rowsAboutToBeRemoved.connect(self._keep_quiet)
        self.list.setModel(table)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.list.activated.connect(lambda _: self.opened.emit())
        self._watch()

    def show_selection(self, fax: int | None, emptiness: Emptiness) -> None:
        """Choose this fax without telling anybody, and say why the list is empty if it is."""
        is_other, self._selected = fax != self._selected, fax
        if self._table.id_at(self.list.currentIndex().row()) != fax:
            self._choose_again(follow=is_other)
        self._stack.setCurrentWidget(self._empties.get(emptiness, self.list))

    def focus_list(self) -> None:
        """Give the keyboard to the list."""
        self.list.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _watch(self) -> None:
        table = self._table
        table.modelAboutToBeReset.connect(self._remember)
        table.rowsAboutToBeInserted.connect(self._remember)
        table.rowsAboutToBeMoved.connect(self._remember)
        for happened in (table.modelReset, table.rowsRemoved):
            happened.connect(lambda: self._choose_again(follow=False))
        for happened in (table.modelReset, table.rowsRemoved, table.rowsInserted, table.rowsMoved):
            happened.connect(self._restore)
        table.arrived.connect(self._mark_new)

    def _keep_quiet(self) -> None:
        self._remember()
        self._quiet = True

    def _remember(self) -> None:
        """Note the fax at the top of the list and how far it is scrolled; nothing where the list is at its start."""
        place = self.list.verticalScrollBar().value()
        index = self.list.indexAt(self.list.viewport().rect().topLeft()) if place else QModelIndex()
        self._top = (self._table.id_at(index.row()), self.list.visualRect(index).top())

    def _restore(self) -> None:
        fax, offset = self._top
        place = self._table.row_of(fax)
        if place >= 0:
            self.list.doItemsLayout()
            bar = self.list.verticalScrollBar()
            bar.setValue(bar.value() + self.list.visualRect(self._table.index(place)).top() - offset)

    def _choose_again(self, *, follow: bool) -> None:
        """Choose the row of the fax, wherever it is by now; `follow` brings it into sight."""
        place = self._table.row_of(self._selected)
        index = self._table.index(place) if place >= 0 else QModelIndex()
        # Where the fax is the same as before, the list would scroll away from where the user is.
        self.list.setAutoScroll(follow)
        self._quiet = True
        self.list.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._quiet = False
        self.list.setAutoScroll(True)

    def _current_changed(self, current: QModelIndex) -> None:
        fax = self._table.id_at(current.row())
        if fax is not None and not self._quiet:
            self.chosen.emit(fax)

    def _mark_new(self, ids: list[int]) -> None:
        if len(ids) <= _NEW_SHOWN:
            self.list.mark_new(ids)
