"""The Inbox: received faxes at the left, the pages of the chosen one at the right."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFileDialog, QStackedLayout, QWidget

from ifax_desktop.viewmodels.inbox import InboxViewModel, Read
from ifax_desktop.viewmodels.outbox import Emptiness
from ifax_desktop.views.awaited_pane import AwaitedPane
from ifax_desktop.views.boxes import Question, ask_box
from ifax_desktop.views.commands import command, copy_command
from ifax_desktop.views.fax_head import FaxHead
from ifax_desktop.views.fax_list import FaxListView
from ifax_desktop.views.fax_side import FaxSide
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import EmptyState, FilterPills, column, label, pane, rule, set_tip
from ifax_desktop.views.preview_pane import PreviewPane
from ifax_desktop.views.split import Split


class InboxView(QWidget):
    """`search_cleared` wants the search field emptied."""

    search_cleared = Signal()

    def __init__(self, icons: Icons, model: InboxViewModel) -> None:
        super().__init__()
        self._icons = icons
        self._model = model
        self._active = False
        self._make_actions()
        self._when = label("", "body", "text2")
        first = [self.reply, self.save, self.unread, self.delete]
        self._head = FaxHead(icons, self._when, self.copy, first)
        self.preview = PreviewPane(icons, model.preview, keeps_file=True)
        self.side = self._make_side()
        self._right = QStackedLayout()
        self._right.addWidget(pane(column(self._head, rule(), (self.preview, 1), spacing=0), "surface"))
        self._right.addWidget(self._nothing_chosen())
        self._awaited = AwaitedPane(icons)
        self._awaited.again.connect(model.try_awaited)
        self._awaited.given_up.connect(self._ask_whether_to_give_up)
        self._left = pane(column((self.side, 1), self._awaited, spacing=0), "surface")
        self._body = Split(icons, self._left, pane(self._right), right=False, wide_em=31.4, narrow_em=26.5)
        self._stack = QStackedLayout()
        self._stack.addWidget(self._body)
        self._stack.addWidget(pane(column(self._first_state()), "surface"))
        self.setLayout(self._stack)
        model.changed.connect(self._show)
        self._show()

    @property
    def menu_actions(self) -> Sequence[QAction]:
        """What can be done with the chosen fax, and with those that are still at the service."""
        return [self.reply, self.save, self.unread, self.copy, self.delete, self.again, self.give_up]

    @property
    def areas(self) -> Sequence[QWidget]:
        """The areas that F6 goes to."""
        return [self._left, self._head, self.preview]

    @property
    def list(self) -> FaxListView:
        """The list at the left."""
        return self.side.list

    def set_active(self, active: bool) -> None:
        """Whether this tab is in front: only then are its actions there."""
        self._active = active
        self._show_actions()

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window the list is narrower, and the strip of pages goes."""
        self._body.set_narrow(narrow)
        self.preview.thumbnails.setMaximumWidth(0 if narrow else self.preview.thumbnails.sizeHint().width())

    def _make_actions(self) -> None:
        tr, model, icons = self.tr, self._model, self._icons
        self.reply = command(
            self,
            tr("Reply by fax"),
            tr("Open New fax to this number"),
            model.reply,
            keys="Ctrl+R",
            icon=(icons, "reply"),
        )
        self.save = command(
            self,
            tr("Save as PDF…"),
            tr("Keep a copy of this fax in a file"),
            self._ask_where,
            keys="Ctrl+S",
            icon=(icons, "save"),
        )
        self.unread = command(
            self,
            tr("Mark as unread"),
            tr("Let it stand out again, as if nobody had read it"),
            model.mark_unread,
            keys="Ctrl+U",
            icon=(icons, "eye"),
        )
        self.copy = copy_command(self, model.copy_number, icons)
        self.delete = command(
            self,
            tr("Delete…"),
            tr("Delete this fax on this computer for good"),
            self._ask_whether_to_delete,
            keys="Del",
            icon=(icons, "trash"),
        )
        self.again = command(
            self,
            tr("Fetch waiting faxes now"),
            tr("Ask the service for the faxes that could not be fetched yet"),
            model.try_awaited,
            keys="Shift+F5",
            icon=(icons, "refresh"),
        )
        self.give_up = command(
            self,
            tr("Stop fetching…"),
            tr("Leave the faxes that could not be fetched yet at the service"),
            self._ask_whether_to_give_up,
            keys="Ctrl+Shift+F5",
            icon=(icons, "stop"),
        )

    def _make_side(self) -> FaxSide:
        filters = FilterPills(
            [(Read.ALL, self.tr("All")), (Read.UNREAD, self.tr("Unread"))],
            name=self.tr("Which faxes are listed"),
        )
        filters.chosen.connect(self._model.choose_filter)
        self._not_found = EmptyState(self._icons, "search", "", "", self.tr("Clear the search"))
        self._not_found.acted.connect(self.search_cleared)
        all_read = EmptyState(
            self._icons,
            "state-delivered",
            self.tr("Everything is read"),
            self.tr("New faxes appear here by themselves."),
            self.tr("Show all faxes"),
        )
        all_read.acted.connect(lambda: self._model.choose_filter(Read.ALL))
        none_yet = EmptyState(self._icons, "inbox", self.tr("No faxes received yet"), "")
        empties = {
            Emptiness.NOT_FOUND: self._not_found,
            Emptiness.FILTERED: all_read,
            Emptiness.FIRST: none_yet,
        }
        side = FaxSide(self._icons, self._model.table, filters, empties, self.tr("Received faxes"))
        side.chosen.connect(self._model.select)
        side.opened.connect(lambda: self.preview.canvas.setFocus(Qt.FocusReason.ShortcutFocusReason))
        return side

    def _first_state(self) -> EmptyState:
        first = EmptyState(
            self._icons,
            "inbox",
            self.tr("No faxes received yet"),
            self.tr("Faxes to your numbers appear here by themselves."),
            self.tr("Check for faxes"),
            "refresh",
        )
        first.acted.connect(self._model.check)
        return first

    def _nothing_chosen(self) -> QWidget:
        words = EmptyState(
            self._icons,
            "inbox",
            self.tr("Choose a fax to read it"),
            self.tr("The newest one is on top of the list."),
        )
        return pane(column(words), "surface")

    def _ask_where(self) -> None:
        fax = self._model.state.fax
        if fax is None:
            return
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, self.tr("Save as PDF"), str(Path(folder) / fax.file_name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(self.tr("PDF documents (*.pdf)"))
        dialog.setDefaultSuffix("pdf")
        dialog.selectFile(str(Path(folder) / fax.file_name))
        dialog.fileSelected.connect(self._model.save_as)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _ask_whether_to_delete(self) -> None:
        fax = self._model.state.fax
        if fax is not None:
            who = ", ".join((fax.title, *fax.facts[:1], fax.when))
            stays = self.tr("It is deleted on this computer, and stays at the fax service.")
            question = Question(
                self.tr("Delete this fax?"), f"{who}\n\n{stays}", self.tr("Delete fax"), self.tr("Keep it")
            )
            ask_box(self, question, self._model.delete).open()

    def _ask_whether_to_give_up(self) -> None:
        awaited = self._model.state.awaited
        if awaited is not None:
            question = Question(
                self.tr("Stop fetching these faxes?"),
                self.tr("They stay at the fax service, and do not come to this computer any more."),
                self.tr("Stop fetching"),
                self.tr("Keep trying"),
            )
            ask_box(self, question, self._model.give_up_awaited).open()

    def _show(self) -> None:
        state = self._model.state
        self.side.filters.choose(state.show)
        self.side.filters.set_count(Read.UNREAD, state.unread)
        # What is at the service is listed beside the rest, so that it is not overlooked when it is the first.
        nothing = state.empty is Emptiness.FIRST and state.awaited is None
        self._stack.setCurrentIndex(1 if nothing else 0)
        self._awaited.show_awaited(state.awaited)
        if state.empty is Emptiness.NOT_FOUND:
            self._not_found.set_words(
                self.tr("Nothing found for “{0}”").format(state.text),
                self.tr("Names and numbers were searched. Check the spelling."),
            )
        fax = state.fax
        self.side.show_selection(fax.id if fax else None, state.empty)
        self._right.setCurrentIndex(0 if fax else 1)
        if fax is not None:
            self._when.setText(fax.when)
            set_tip(self._when, fax.tip)
            self._head.show_head(fax.title, fax.number, fax.facts, fax.tip, can_copy=fax.can_reply)
        self._show_actions()

    def _show_actions(self) -> None:
        fax = self._model.state.fax if self._active else None
        self.reply.setVisible(fax is not None and fax.can_reply)
        self.copy.setVisible(fax is not None and fax.can_reply)
        self.save.setVisible(fax is not None and bool(fax.document))
        self.unread.setVisible(fax is not None and not fax.unread)
        self.delete.setVisible(fax is not None)
        for action in (self.again, self.give_up):
            action.setVisible(self._active and self._model.state.awaited is not None)
