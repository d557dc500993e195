"""Numbers: our own fax numbers at the left, the chosen one at the right."""

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QAction, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedLayout, QWidget

from ifax_desktop.viewmodels.numbers import NumbersViewModel, ShownNumber
from ifax_desktop.views.commands import command, copy_command
from ifax_desktop.views.fax_list import FaxListView
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import (
    EmptyState,
    Paragraph,
    Pill,
    column,
    icon_button,
    label,
    normal_button,
    pane,
    quiet_button,
    row,
    rule,
    whole_number,
)
from ifax_desktop.views.split import Split


class NumbersView(QWidget):
    """Shows our numbers and sets the one that new faxes are sent from."""

    def __init__(self, icons: Icons, model: NumbersViewModel) -> None:
        super().__init__()
        self._icons = icons
        self._model = model
        self._active = False
        self._make_actions()
        self.list = FaxListView(icons)
        self.list.setAccessibleName(self.tr("Our fax numbers"))
        self.list.setSelectionMode(FaxListView.SelectionMode.SingleSelection)
        self.list.setModel(model.table)
        self.list.selectionModel().currentChanged.connect(self._current_changed)
        self.side = self._make_side()
        self._details = self._make_details()
        self._body = Split(icons, self.side, self._details, right=False, wide_em=31.4, narrow_em=26.5)
        self._empty = self._make_empty()
        self._stack = QStackedLayout()
        self._stack.addWidget(self._body)
        self._stack.addWidget(pane(column(self._empty), "surface"))
        self.setLayout(self._stack)
        model.changed.connect(self._show)
        self._show()

    @property
    def menu_actions(self) -> list[QAction]:
        """What can be done with the chosen number."""
        return [self.use, self.refresh, self.copy]

    @property
    def areas(self) -> list[QWidget]:
        """The areas that F6 goes to."""
        return [self.side, self._details]

    def set_active(self, active: bool) -> None:
        """Whether this tab is in front: only then are its actions there."""
        self._active = active
        self._show_actions()

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the list is narrower."""
        self._body.set_narrow(narrow)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._model.reload()

    def _make_actions(self) -> None:
        tr, model, icons = self.tr, self._model, self._icons
        self.use = command(
            self,
            tr("Use as default sender"),
            tr("Send new faxes from this number"),
            model.set_default,
            keys="Ctrl+E",
            icon=(icons, "check"),
        )
        self.refresh = command(
            self,
            tr("Refresh numbers"),
            tr("Ask the service which numbers are ours"),
            model.refresh,
            keys="Ctrl+T",
            icon=(icons, "refresh"),
        )
        self.copy = copy_command(self, model.copy_number, icons)

    def _make_side(self) -> QWidget:
        self._ask = quiet_button(self._icons, self.tr("Refresh"), "refresh")
        self._ask.setToolTip(self.refresh.toolTip())
        self._ask.clicked.connect(self.refresh.trigger)
        head = row((label(self.tr("Our fax numbers"), "section"), 1), self._ask, margins=(20, 8, 12, 8))
        bar = pane(head)
        bar.setMinimumHeight(self._icons.theme.height("filter_row"))
        return pane(column(bar, rule(), (self.list, 1), spacing=0), "surface")

    def _make_details(self) -> QWidget:
        self._title = label("", "title")
        self._pill = Pill(self._icons, self.tr("Default sender"), "check", "softText", "soft")
        self._use = normal_button(self._icons, self.use.text())
        self._use.setToolTip(self.use.toolTip())
        self._use.clicked.connect(self.use.trigger)
        copy = icon_button(self._icons, "copy", self.copy.text(), self.copy.shortcut().toString())
        copy.clicked.connect(self.copy.trigger)
        self._place, self._since = label("", "body_strong"), label("", "body_strong")
        self._facts = [
            self._fact(self.tr("Where"), self._place),
            self._fact(self.tr("Ours since"), self._since),
            self._fact(self.tr("Receives into"), label(self.tr("Inbox"), "body_strong")),
        ]
        self._problem = Paragraph("", "body", "warn")
        head = row(self._title, copy, None, self._pill, self._use)
        items = column(head, 8, *self._facts, 16, self._problem, None, spacing=0, margins=(24, 14, 24, 16))
        content = pane(items)
        content.setMaximumWidth(self._icons.theme.em(52.3))
        return pane(row((content, 100), None, spacing=0), "surface")

    def _fact(self, name: str, value: QWidget) -> QWidget:
        words = label(name, "body", "text2")
        words.setMinimumWidth(self._icons.theme.em(12.3))
        line: QHBoxLayout = row(words, value, None, margins=(0, 7, 0, 7))
        return pane(column(line, rule(), spacing=0))

    def _make_empty(self) -> EmptyState:
        empty = EmptyState(self._icons, "numbers", "", "", self.tr("Refresh numbers"), "refresh")
        empty.acted.connect(self.refresh.trigger)
        return empty

    def _current_changed(self, current: QModelIndex) -> None:
        numbers = self._model.state.numbers
        if 0 <= current.row() < len(numbers):
            self._model.select(numbers[current.row()].number)

    def _show(self) -> None:
        state = self._model.state
        self._stack.setCurrentIndex(1 if state.is_loaded and not state.numbers else 0)
        if state.problem:
            self._empty.set_words(self.tr("Your numbers could not be asked for"), state.problem)
        else:
            sentence = self.tr("With a number of your own you can receive faxes and be called back.")
            self._empty.set_words(self.tr("You have no fax number yet"), sentence)
        self._empty.button.setEnabled(not state.refreshing)
        self._ask.setEnabled(not state.refreshing)
        self._ask.setText(self.tr("Asking the service") if state.refreshing else self.tr("Refresh"))
        self._problem.setText(state.problem)
        self._details.setVisible(state.number is not None)
        if state.number is not None:
            self._show_number(state.number)
        self._show_actions()

    def _show_number(self, number: ShownNumber) -> None:
        place = self._model.state.numbers.index(number)
        if self.list.currentIndex().row() != place:
            self.list.setCurrentIndex(self._model.table.index(place))
        self._title.setText(whole_number(number.title))
        self._place.setText(number.place)
        self._since.setText(number.since)
        self._facts[0].setVisible(bool(number.place))
        self._facts[1].setVisible(bool(number.since))
        self._pill.setVisible(number.is_default)
        self._use.setVisible(not number.is_default)

    def _show_actions(self) -> None:
        number = self._model.state.number if self._active else None
        self.use.setVisible(number is not None and not number.is_default)
        self.copy.setVisible(number is not None)
        self.refresh.setVisible(self._active)
