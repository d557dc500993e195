"""What is in the main window: menus, toolbar, three tabs, each built when it is first entered, and the wires between."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QObject, Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QApplication, QFileDialog, QStackedLayout, QWidget

from ifax_desktop.viewmodels.closing import OpenModels
from ifax_desktop.viewmodels.inbox import InboxViewModel
from ifax_desktop.viewmodels.notices import Notice, Notices, Rank
from ifax_desktop.viewmodels.numbers import NumbersViewModel
from ifax_desktop.viewmodels.outbox import OutboxViewModel, Show
from ifax_desktop.viewmodels.window import WindowViewModel
from ifax_desktop.views.arrange import column, pane, rule
from ifax_desktop.views.drop_veil import DropVeil
from ifax_desktop.views.forms import Forms
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.notice_bar import NoticeBar
from ifax_desktop.views.status_bar import StatusBar
from ifax_desktop.views.window_bar import WindowBar, first_focus
from ifax_desktop.views.window_commands import WindowCommands
from ifax_desktop.views.window_frame import WindowFrame

if TYPE_CHECKING:
    from ifax_desktop.viewmodels.compose import ComposeViewModel
    from ifax_desktop.viewmodels.settings import SettingsViewModel
    from ifax_desktop.views.forms import Compare
    from ifax_desktop.views.inbox_view import InboxView
    from ifax_desktop.views.numbers_view import NumbersView
    from ifax_desktop.views.outbox_view import OutboxView

    Tab = OutboxView | InboxView | NumbersView

OUTBOX, INBOX, NUMBERS = 0, 1, 2
_NARROW_EM: Final = 90.8  # 1180 px at the usual size of text


class Rooms(QObject):
    """Fills the frame. What can be done from anywhere in the window is a method here; `WindowCommands` has the keys."""

    def __init__(
        self,
        frame: WindowFrame,
        icons: Icons,
        outbox: OutboxViewModel,
        inbox: InboxViewModel,
        numbers: NumbersViewModel,
        notices: Notices,
        window: WindowViewModel,
        models: OpenModels,
        *,
        compose: "Callable[[], ComposeViewModel]",
        settings: "Callable[[], SettingsViewModel]",
        compare: "Compare",
    ) -> None:
        super().__init__(frame)
        self._frame = frame
        self._icons = icons
        self._model = window
        self._outbox = outbox
        self._inbox = inbox
        self._numbers = numbers
        self._notices = notices
        self._tabs: dict[int, Tab] = {}
        self.forms = Forms(icons, compose, settings, models, compare)
        self.commands = WindowCommands(self, icons)
        self.bar = WindowBar(icons, self.commands.new, self.commands.check, self.commands.tabs)
        self.notice = NoticeBar(icons)
        self.status = StatusBar(icons)
        self._stack = QStackedLayout()
        self.commands.fill(frame.menuBar())
        self._connect()
        self._show()
        self._show_notice()
        self._enter(OUTBOX)
        self._fill(frame)

    def _fill(self, frame: WindowFrame) -> None:
        """Put everything into the frame, its middle last, so that it is laid out once."""
        middle = pane(
            column(rule(), self.notice, (pane(self._stack), 1), rule(), self.status, spacing=0), "window"
        )
        words = (
            self.tr("Drop to start a new fax"),
            self.tr("The files become its documents, in this order."),
        )
        veil = DropVeil(self._icons, frame, middle, ("fax-new", *words))
        veil.dropped.connect(self.new_fax)
        frame.addToolBar(self.bar)
        frame.setPalette(QPalette())
        frame.setCentralWidget(middle)
        frame.resized.connect(self._fit)
        self._fit()

    @property
    def outbox(self) -> "OutboxView":
        """The Outbox, built if it was not."""
        from ifax_desktop.views.outbox_view import OutboxView

        made = self._tabs.get(OUTBOX)
        if isinstance(made, OutboxView):
            return made
        view = OutboxView(self._icons, self._outbox)
        view.search_cleared.connect(self.bar.search.clear)
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
        view = InboxView(self._icons, self._inbox)
        view.search_cleared.connect(self.bar.search.clear)
        self._add(INBOX, view)
        return view

    @property
    def numbers(self) -> "NumbersView":
        """Numbers, built if it was not."""
        from ifax_desktop.views.numbers_view import NumbersView

        made = self._tabs.get(NUMBERS)
        if isinstance(made, NumbersView):
            return made
        view = NumbersView(self._icons, self._numbers)
        self._add(NUMBERS, view)
        return view

    @property
    def tab(self) -> int:
        """The tab in front."""
        return self.bar.tabs.currentIndex()

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for less than the usual."""
        return self._frame.width() < self._icons.theme.em(_NARROW_EM)

    def show_tab(self, tab: int) -> None:
        """Bring a tab to the front."""
        self.bar.tabs.setCurrentIndex(tab)
        self._enter(tab)

    def new_fax(self, files: Sequence[Path] = ()) -> None:
        """Open New fax, with these documents."""
        self.forms.new_fax(files)

    def edit_fax(self, fax: int) -> None:
        """Go on with a draft in New fax."""
        self.forms.open_draft(fax)

    def pause(self, paused: bool) -> None:
        """Let nothing more out, or let it out again."""
        self._outbox.pause(paused=paused)

    def check_for_faxes(self) -> None:
        """Ask the service for received faxes."""
        self._model.check_for_faxes()

    def close(self) -> None:
        """Ask for the end of the program."""
        self._frame.close()

    def finish(self, words: str) -> None:
        """The program ends, but not at once: say so, and let nothing more be begun."""
        self._notices.post(Notice(words, icon="send", key="finishing", rank=Rank.OFFLINE))
        for part in (self._frame.menuBar(), self.bar, self._room(self.tab), self.status):
            part.setEnabled(False)

    def open_about(self) -> None:
        """Say what this program is."""
        from ifax_desktop.views.boxes import about_box

        about_box(self._icons, self._frame).open()

    def focus_search(self) -> None:
        """Give the keyboard to the search field."""
        self.bar.focus_search()

    def focus_notice(self) -> None:
        """Give the keyboard to the button of the message above the list, if there is one."""
        self.notice.focus_button()

    def open_settings(self, page: str = "account") -> None:
        """Open Settings at this page."""
        self.forms.open_settings(page, self._frame, self._numbers.reload)

    def ask_files(self) -> None:
        """Let documents be chosen, then open New fax with them."""
        dialog = QFileDialog(self._frame, self.tr("Choose documents to send"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("PDF documents (*.pdf)"), self.tr("All files (*)")])
        dialog.filesSelected.connect(lambda names: self.new_fax([Path(name) for name in names]))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def focus_list(self) -> None:
        """Give the keyboard to the list of the tab in front."""
        if (target := first_focus(self._room(self.tab).list)) is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def step(self, by: int) -> None:
        """Give the keyboard to the next area that takes it, or to the one before (-1)."""
        areas: list[QWidget] = [self.bar, *self._room(self.tab).areas]
        focused = QApplication.focusWidget()
        places = [place for place, area in enumerate(areas) if focused and _holds(area, focused)]
        start = places[0] if places else (-1 if by > 0 else 0)
        for more in range(1, len(areas) + 1):
            target = first_focus(areas[(start + by * more) % len(areas)])
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def _enter(self, tab: int) -> None:
        view = self._room(tab)
        self._stack.setCurrentWidget(view)
        for place, other in self._tabs.items():
            other.set_active(place == tab)
        search = self.bar.search
        search.setEnabled(tab != NUMBERS)
        search.blockSignals(True)
        search.setText({OUTBOX: self._outbox.state.text, INBOX: self._inbox.state.text}.get(tab, ""))
        search.blockSignals(False)

    def _fit(self) -> None:
        """In a narrow window everything makes do with less."""
        self.bar.set_narrow(self.is_narrow)
        for view in self._tabs.values():
            view.set_narrow(self.is_narrow)

    def _room(self, tab: int) -> "Tab":
        return self.outbox if tab == OUTBOX else self.inbox if tab == INBOX else self.numbers

    def _add(self, place: int, view: "Tab") -> None:
        self._tabs[place] = view
        self._stack.addWidget(view)
        view.set_narrow(self.is_narrow)
        view.set_active(place == self.tab)
        self.commands.add(view.menu_actions)

    def _connect(self) -> None:
        self.bar.tabs.currentChanged.connect(self._enter)
        self.bar.search.textChanged.connect(self._search)
        self._outbox.edit_asked.connect(self.forms.send_again)
        self._outbox.draft_asked.connect(self.forms.open_draft)
        self._outbox.acts.candidates_found.connect(
            lambda fax, found: self.forms.open_comparison(fax, found, self._frame)
        )
        self._inbox.reply_asked.connect(lambda number, own: self.forms.new_fax((), number, own))
        self._inbox.saved.connect(self._say_saved)
        self._model.changed.connect(self._show)
        self._model.settings_asked.connect(self.open_settings)
        self._notices.changed.connect(self._show_notice)
        self.notice.acted.connect(self._notices.act)
        self.notice.dismissed.connect(self._notices.dismiss)
        self.status.account_clicked.connect(lambda: self.open_settings("account"))
        self.status.connection_clicked.connect(self._model.check_for_faxes)
        self.status.check_clicked.connect(self._model.check_for_faxes)
        self.status.waiting_clicked.connect(self._show_waiting)

    def _show(self) -> None:
        state = self._model.state
        self.status.show_account(state.account, practice=state.practice)
        self.status.show_connection(state.connection, online=state.online)
        self.status.show_check(state.checked)
        self.status.show_waiting(state.waiting)
        self.bar.show_checking(state.is_checking)
        self.commands.check.setEnabled(not state.is_checking)
        self.commands.pause.setChecked(state.paused)
        needs = self.tr("Outbox, {0} need you").format(state.needs_you) if state.needs_you else ""
        unread = self.tr("Inbox, {0} unread").format(state.unread) if state.unread else ""
        self.bar.show_count(OUTBOX, state.needs_you, needs)
        self.bar.show_count(INBOX, state.unread, unread)

    def _show_notice(self) -> None:
        notice = self._notices.current
        if notice is None:
            self.notice.hide_notice()
        else:
            self.notice.show_notice(notice.text, notice.button, notice.tone, notice.icon)

    def _show_waiting(self) -> None:
        self.show_tab(OUTBOX)
        self._outbox.choose_filter(Show.IN_PROGRESS)

    def _search(self, text: str) -> None:
        if self.tab == OUTBOX:
            self._outbox.search(text)
        elif self.tab == INBOX:
            self._inbox.search(text)

    def _say_saved(self, name: str) -> None:
        words = self.tr("Saved as “{0}”.").format(name)
        self._notices.post(Notice(words, icon="save", key="saved"))


def _holds(area: QWidget, widget: QWidget) -> bool:
    return area is widget or area.isAncestorOf(widget)
