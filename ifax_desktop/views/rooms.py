"""What the main window frames: the three tabs, each built when it is first seen, and the wires between them."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QStackedLayout, QWidget

from ifax_desktop.viewmodels.closing import OpenModels
from ifax_desktop.viewmodels.inbox import InboxViewModel
from ifax_desktop.viewmodels.notices import Notice, Notices
from ifax_desktop.viewmodels.numbers import NumbersViewModel
from ifax_desktop.viewmodels.outbox import OutboxViewModel, Show
from ifax_desktop.viewmodels.window import WindowViewModel
from ifax_desktop.views.arrange import column, pane, rule
from ifax_desktop.views.forms import Forms
from ifax_desktop.views.notice_bar import NoticeBar
from ifax_desktop.views.status_bar import StatusBar
from ifax_desktop.views.window_bar import first_focus
from ifax_desktop.views.window_frame import INBOX, NUMBERS, OUTBOX, WindowFrame

if TYPE_CHECKING:
    from ifax_desktop.viewmodels.compose import ComposeViewModel
    from ifax_desktop.viewmodels.settings import SettingsViewModel
    from ifax_desktop.views.inbox_view import InboxView
    from ifax_desktop.views.numbers_view import NumbersView
    from ifax_desktop.views.outbox_view import OutboxView

    Tab = OutboxView | InboxView | NumbersView


class Rooms(QObject):
    """Every tab is built when it is first entered."""

    def __init__(
        self,
        frame: WindowFrame,
        outbox: OutboxViewModel,
        inbox: InboxViewModel,
        numbers: NumbersViewModel,
        notices: Notices,
        window: WindowViewModel,
        models: OpenModels,
        compose: "Callable[[], ComposeViewModel]",
        settings: "Callable[[], SettingsViewModel]",
    ) -> None:
        super().__init__(frame)
        self.model = window
        self.forms = Forms(frame.icons, compose, settings, models)
        self._frame = frame
        self._outbox = outbox
        self._inbox = inbox
        self._numbers = numbers
        self._notices = notices
        self._tabs: dict[int, Tab] = {}
        self.notice = NoticeBar(frame.icons)
        self.status = StatusBar(frame.icons)
        self._stack = QStackedLayout()
        self.whole = pane(
            column(rule(), self.notice, (pane(self._stack), 1), rule(), self.status, spacing=0), "window"
        )
        """Everything between the toolbar and the edge of the window."""
        self._connect()
        self._show()
        self._show_notice()

    @property
    def outbox(self) -> "OutboxView":
        """The Outbox, built if it was not."""
        from ifax_desktop.views.outbox_view import OutboxView

        made = self._tabs.get(OUTBOX)
        if isinstance(made, OutboxView):
            return made
        view = OutboxView(self._frame.icons, self._outbox)
        view.search_cleared.connect(self._frame.bar.search.clear)
        view.file_asked.connect(self.ask_files)
        self._add(OUTBOX, view)
        return view

    @property
    def inbox(self) -> "InboxView":
        """The Inbox, built if it was not."""
        from ifax_desktop.views.inbox_view import InboxView

        made = self._tabs.get(INBOX)
        if isinstance(made, InboxView):
            return made
        view = InboxView(self._frame.icons, self._inbox)
        view.search_cleared.connect(self._frame.bar.search.clear)
        self._add(INBOX, view)
        return view

    @property
    def numbers(self) -> "NumbersView":
        """Numbers, built if it was not."""
        from ifax_desktop.views.numbers_view import NumbersView

        made = self._tabs.get(NUMBERS)
        if isinstance(made, NumbersView):
            return made
        view = NumbersView(self._frame.icons, self._numbers)
        self._add(NUMBERS, view)
        return view

    def enter(self, tab: int) -> None:
        """Show a tab."""
        view = self._room(tab)
        self._stack.setCurrentWidget(view)
        for place, other in self._tabs.items():
            other.set_active(place == tab)
        search = self._frame.bar.search
        search.setEnabled(tab != NUMBERS)
        search.blockSignals(True)
        search.setText({OUTBOX: self._outbox.state.text, INBOX: self._inbox.state.text}.get(tab, ""))
        search.blockSignals(False)

    def set_narrow(self, narrow: bool) -> None:
        """Let every tab know how much room there is."""
        for view in self._tabs.values():
            view.set_narrow(narrow)

    def open_settings(self, page: str) -> None:
        """Open Settings at this page."""
        self.forms.open_settings(page, self._frame, self._numbers.reload)

    def ask_files(self) -> None:
        """Let documents be chosen, then open New fax with them."""
        dialog = QFileDialog(self._frame, self.tr("Choose documents to send"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("PDF documents (*.pdf)"), self.tr("All files (*)")])
        dialog.filesSelected.connect(lambda names: self._frame.new_fax([Path(name) for name in names]))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def focus_list(self) -> None:
        """Give the keyboard to the list of the tab in front."""
        if (target := first_focus(self._room(self._frame.tab).list)) is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step(self, by: int) -> None:
        """Give the keyboard to the next area that takes it, or to the one before (-1)."""
        areas: list[QWidget] = [self._frame.bar, *self._room(self._frame.tab).areas]
        focused = QApplication.focusWidget()
        places = [place for place, area in enumerate(areas) if focused and _holds(area, focused)]
        start = places[0] if places else (-1 if by > 0 else 0)
        for more in range(1, len(areas) + 1):
            target = first_focus(areas[(start + by * more) % len(areas)])
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _room(self, tab: int) -> "Tab":
        return self.outbox if tab == OUTBOX else self.inbox if tab == INBOX else self.numbers

    def _add(self, place: int, view: "Tab") -> None:
        self._tabs[place] = view
        self._stack.addWidget(view)
        view.set_narrow(self._frame.is_narrow)
        view.set_active(place == self._frame.tab)
        self._frame.commands.add(view.menu_actions)

    def _connect(self) -> None:
        frame = self._frame
        frame.bar.search.textChanged.connect(self._search)
        self._outbox.edit_asked.connect(self.forms.send_again)
        self._outbox.draft_asked.connect(self.forms.open_draft)
        self._inbox.reply_asked.connect(lambda number, own: self.forms.new_fax((), number, own))
        self._inbox.saved.connect(self._say_saved)
        self.model.changed.connect(self._show)
        self.model.settings_asked.connect(self.open_settings)
        self._notices.changed.connect(self._show_notice)
        self.notice.acted.connect(self._notices.act)
        self.notice.dismissed.connect(self._notices.dismiss)
        self.status.account_clicked.connect(lambda: self.open_settings("account"))
        self.status.connection_clicked.connect(self.model.check_for_faxes)
        self.status.check_clicked.connect(self.model.check_for_faxes)
        self.status.waiting_clicked.connect(self._show_waiting)

    def _show(self) -> None:
        state, frame = self.model.state, self._frame
        self.status.show_account(state.account, practice=state.practice)
        self.status.show_connection(state.connection, online=state.online)
        self.status.show_check(state.checked)
        self.status.show_waiting(state.waiting)
        frame.bar.show_checking(state.is_checking)
        frame.commands.check.setEnabled(not state.is_checking)
        needs = self.tr("Outbox, {0} need you").format(state.needs_you) if state.needs_you else ""
        unread = self.tr("Inbox, {0} unread").format(state.unread) if state.unread else ""
        frame.bar.show_count(OUTBOX, state.needs_you, needs)
        frame.bar.show_count(INBOX, state.unread, unread)

    def _show_notice(self) -> None:
        notice = self._notices.current
        if notice is None:
            self.notice.hide_notice()
        else:
            self.notice.show_notice(notice.text, notice.button, notice.tone, notice.icon)

    def _show_waiting(self) -> None:
        self._frame.show_tab(OUTBOX)
        self._outbox.choose_filter(Show.IN_PROGRESS)

    def _search(self, text: str) -> None:
        if self._frame.tab == OUTBOX:
            self._outbox.search(text)
        elif self._frame.tab == INBOX:
            self._inbox.search(text)

    def _say_saved(self, name: str) -> None:
        words = self.tr("Saved as “{0}”.").format(name)
        self._notices.post(Notice(words, icon="save", key="saved"))


def _holds(area: QWidget, widget: QWidget) -> bool:
    return area is widget or area.isAncestorOf(widget)
