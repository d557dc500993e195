"""The Outbox: sent faxes at the left; the chosen one with its state, its history and its pages at the right."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QStackedLayout, QWidget

from ifax_desktop.viewmodels.outbox import Emptiness, OutboxViewModel, Show
from ifax_desktop.viewmodels.sent_fax import SentFax
from ifax_desktop.viewmodels.verdict import Act
from ifax_desktop.views.boxes import delete_box, discard_box, resend_box, send_anyway_box, stop_box
from ifax_desktop.views.commands import command, copy_command
from ifax_desktop.views.fax_head import FaxHead
from ifax_desktop.views.fax_list import FaxListView
from ifax_desktop.views.fax_side import FaxSide
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import EmptyState, FilterPills, StatePill, column, pane, rule
from ifax_desktop.views.preview_pane import PreviewPane
from ifax_desktop.views.sent_details import SentDetails
from ifax_desktop.views.split import Split

_ASKED_FIRST = {
    Act.DISCARD: discard_box,
    Act.DELETE: delete_box,
    Act.SEND_ANYWAY: send_anyway_box,
    Act.HAVE_RESENT: resend_box,
}


class OutboxView(QWidget):
    """`file_asked` wants a file to be chosen for the first fax, `search_cleared` the search field emptied."""

    file_asked = Signal()
    search_cleared = Signal()

    def __init__(self, icons: Icons, model: OutboxViewModel) -> None:
        super().__init__()
        self._icons = icons
        self._model = model
        self._active = True
        self.acts = self._make_acts()
        self._words = {act: action.text() for act, action in self.acts.items()}
        self.copy = copy_command(self, model.copy_number, icons)
        self.drop_area = self._first_state()
        self._pill = StatePill(icons)
        self._head = FaxHead(icons, self._pill, self.copy, list(self.acts.values()))
        self._details = SentDetails(icons)
        self._details.acted.connect(self._act)
        self.preview = PreviewPane(
            icons, model.preview, Qt.Orientation.Horizontal, empty=(self.tr("No pages to show"), "")
        )
        self.side = self._make_side()
        self._pages = Split(icons, self._details, self.preview, right=True, wide_em=30.8, narrow_em=20.4)
        self._right = QStackedLayout()
        self._right.addWidget(pane(column(self._head, rule(), (self._pages, 1), spacing=0), "surface"))
        self._right.addWidget(pane(column(None), "surface"))
        self._body = Split(icons, self.side, pane(self._right), right=False, wide_em=31.4, narrow_em=26.5)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._body)
        self._stack.addWidget(pane(column(self.drop_area), "surface"))
        self.setLayout(self._stack)
        model.changed.connect(self._show)
        model.acts.consent_asked.connect(self._ask_consent)
        self._show()

    @property
    def menu_actions(self) -> Sequence[QAction]:
        """What can be done with the chosen fax."""
        return [*self.acts.values(), self.copy]

    @property
    def areas(self) -> Sequence[QWidget]:
        """The areas that F6 goes to."""
        return [self.side, self._head, self._details, self.preview]

    @property
    def list(self) -> FaxListView:
        """The list at the left."""
        return self.side.list

    def set_active(self, active: bool) -> None:
        """Whether this tab is in front: only then are its actions there."""
        self._active = active
        self._show_actions(self._model.state.fax)

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window list and pages are narrower, and the strip of pages goes."""
        self._body.set_narrow(narrow)
        self._pages.set_narrow(narrow)
        self.preview.thumbnails.setMaximumHeight(0 if narrow else self.preview.thumbnails.sizeHint().height())

    def _make_acts(self) -> dict[Act, QAction]:
        tr = self.tr
        rows = {
            Act.OPEN_DRAFT: (tr("Open draft"), tr("Go on with this draft"), "Ctrl+E", "edit"),
            Act.TRY_NOW: (tr("Send now"), tr("Send it without waiting any longer"), "Ctrl+T", "send"),
            Act.LOOK_AGAIN: (
                tr("Look again"),
                tr("Look for this fax at the service now"),
                "Ctrl+T",
                "refresh",
            ),
            Act.TRY_AGAIN: (
                tr("Try again"),
                tr("Send the same fax to the same number"),
                "Ctrl+T",
                "send-again",
            ),
            Act.EDIT: (tr("Edit number and send"), tr("Open it in New fax"), "Ctrl+E", "edit"),
            Act.SEND_AGAIN: (
                tr("Send again"),
                tr("Open it in New fax, to look at it first"),
                "Ctrl+E",
                "send-again",
            ),
            Act.SEND_ANYWAY: (
                tr("Send again…"),
                tr("Send it once more although it may have arrived"),
                "Ctrl+E",
                "send-again",
            ),
            Act.HAVE_RESENT: (
                tr("Have it sent again…"),
                tr("Have the service send its own copy again"),
                "Ctrl+E",
                "send-again",
            ),
            Act.CANCEL: (
                tr("Cancel fax"),
                tr("Stop it: at once while it waits here, else as far as the service can"),
                "Ctrl+Backspace",
                "stop",
            ),
            Act.SUPPORT: (
                tr("Contact support"),
                tr("Copy the details of this fax and write to the support of the service"),
                "Ctrl+Shift+U",
                "copy",
            ),
            Act.DELETE: (tr("Delete…"), tr("Delete this fax on this computer"), "Delete", "trash"),
            Act.DISCARD: (
                tr("Discard draft…"),
                tr("Throw this draft away for good"),
                "Ctrl+Shift+D",
                "trash",
            ),
        }
        return {
            act: command(self, words, tip, partial(self._act, act), keys=keys, icon=(self._icons, icon))
            for act, (words, tip, keys, icon) in rows.items()
        }

    def _first_state(self) -> EmptyState:
        first = EmptyState(
            self._icons,
            "fax-new",
            self.tr("Drop a PDF here to send your first fax"),
            self.tr("Or choose a file on this computer."),
            self.tr("Choose a file"),
            "attach",
            primary=True,
            drop_area=True,
        )
        first.acted.connect(self.file_asked)
        return first

    def _make_side(self) -> FaxSide:
        filters = FilterPills(
            [
                (Show.ALL, self.tr("All")),
                (Show.IN_PROGRESS, self.tr("In progress")),
                (Show.NEEDS_YOU, self.tr("Needs you")),
            ],
            name=self.tr("Which faxes are listed"),
        )
        filters.chosen.connect(self._model.choose_filter)
        self._not_found = EmptyState(self._icons, "search", "", "", self.tr("Clear the search"))
        self._not_found.acted.connect(self.search_cleared)
        self._filtered = EmptyState(self._icons, "state-delivered", "", "", self.tr("Show all faxes"))
        self._filtered.acted.connect(lambda: self._model.choose_filter(Show.ALL))
        empties = {Emptiness.NOT_FOUND: self._not_found, Emptiness.FILTERED: self._filtered}
        side = FaxSide(self._icons, self._model.table, filters, empties, self.tr("Sent faxes"))
        side.chosen.connect(self._model.select)
        side.opened.connect(self._open)
        return side

    def _open(self) -> None:
        fax = self._model.state.fax
        if fax is not None and Act.OPEN_DRAFT in fax.acts:
            self._model.edit()

    def _act(self, act: Act) -> None:
        box = _ASKED_FIRST.get(act)
        if box is not None:
            box(self, partial(self._model.act, act)).open()
        else:
            self._model.act(act)

    def _ask_consent(self, fax: int) -> None:
        stop_box(self, partial(self._model.acts.stop_with_consent, fax)).open()

    def _show(self) -> None:
        state = self._model.state
        self.side.filters.choose(state.show)
        self.side.filters.set_count(Show.IN_PROGRESS, state.in_progress)
        self.side.filters.set_count(Show.NEEDS_YOU, state.needs_you)
        self._show_emptiness()
        fax = state.fax
        self.side.show_selection(fax.id if fax else None, state.empty)
        self._right.setCurrentIndex(0 if fax else 1)
        if fax is not None:
            self._pill.set_state(fax.state, fax.state_words)
            self._head.show_head(fax.title, fax.number, fax.facts, fax.tip, can_copy=fax.can_copy)
            self._details.show_fax(fax)
        self._show_actions(fax)

    def _show_emptiness(self) -> None:
        state = self._model.state
        self._stack.setCurrentIndex(1 if state.empty is Emptiness.FIRST else 0)
        if state.empty is Emptiness.NOT_FOUND:
            self._not_found.set_words(
                self.tr("Nothing found for “{0}”").format(state.text),
                self.tr("Names, numbers, documents and subjects were searched. Check the spelling."),
            )
        elif state.show is Show.NEEDS_YOU:
            self._filtered.set_words(
                self.tr("Nothing needs you"), self.tr("Every fax is delivered or on its way.")
            )
        else:
            self._filtered.set_words(
                self.tr("Nothing is on its way"), self.tr("No fax waits and none is being sent.")
            )

    def _words_of(self, act: Act, fax: SentFax | None) -> str:
        """The card and the actions above it call one thing by one name."""
        card = fax.card if fax is not None else None
        if card is not None and act is card.act:
            return card.button
        return card.link if card is not None and act is card.link_act else self._words[act]

    def _show_actions(self, fax: SentFax | None) -> None:
        for act, action in self.acts.items():
            action.setVisible(self._active and fax is not None and act in fax.acts)
            action.setText(self._words_of(act, fax))
        self.copy.setVisible(self._active and fax is not None and fax.can_copy)
