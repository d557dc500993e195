"""The main window: menus, toolbar, notice bar, the three tabs, status bar, and files dropped anywhere on it."""

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import QByteArray, Qt
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QApplication, QFileDialog, QMainWindow, QStackedLayout, QWidget

from ifax_desktop.viewmodels.closing import OpenModels
from ifax_desktop.viewmodels.inbox import InboxViewModel
from ifax_desktop.viewmodels.notices import Notice, Notices
from ifax_desktop.viewmodels.numbers import NumbersViewModel
from ifax_desktop.viewmodels.outbox import OutboxViewModel, Show
from ifax_desktop.viewmodels.window import WindowViewModel
from ifax_desktop.views.drop_veil import DropVeil, dragged_files
from ifax_desktop.views.forms import Forms
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.inbox_view import InboxView
from ifax_desktop.views.notice_bar import NoticeBar
from ifax_desktop.views.numbers_view import NumbersView
from ifax_desktop.views.outbox_view import OutboxView
from ifax_desktop.views.parts import column, pane, rule
from ifax_desktop.views.status_bar import StatusBar
from ifax_desktop.views.window_bar import WindowBar, first_focus
from ifax_desktop.views.window_commands import WindowCommands

if TYPE_CHECKING:
    from ifax_desktop.viewmodels.compose import ComposeViewModel
    from ifax_desktop.viewmodels.settings import SettingsViewModel

OUTBOX, INBOX, NUMBERS = 0, 1, 2
_NARROW_EM: Final = 90.8  # 1180 px at the usual size of text
_USUAL_EM: Final = (104.6, 65.2)  # 1360 by 848
_LEAST: Final = (800, 560)


class MainWindow(QMainWindow):
    """One window, three tabs. Closing it only asks: `on_close` ends the program."""

    def __init__(
        self,
        icons: Icons,
        outbox: OutboxViewModel,
        inbox: InboxViewModel,
        numbers: NumbersViewModel,
        notices: Notices,
        window: WindowViewModel,
        *,
        compose: "Callable[[], ComposeViewModel]",
        settings: "Callable[[], SettingsViewModel]",
        on_close: Callable[[], None],
    ) -> None:
        super().__init__()
        self.icons = icons
        self.model = window
        self._notices = notices
        self._numbers_model = numbers
        self._on_close = on_close
        self._models = OpenModels(notices.report)
        self.forms = Forms(icons, compose, settings, self._models)
        self.outbox = OutboxView(icons, outbox)
        self.inbox = InboxView(icons, inbox)
        self.numbers = NumbersView(icons, numbers)
        self._tabs: tuple[OutboxView | InboxView | NumbersView, ...] = (self.outbox, self.inbox, self.numbers)
        self.commands = WindowCommands(self)
        self._arrange()
        self.commands.fill(self.menuBar(), self.outbox, self.inbox, self.numbers)
        self._connect(outbox, inbox)
        self.setAcceptDrops(True)
        self.setWindowTitle("iFax Desktop")
        self.resize(*(icons.theme.em(size) for size in _USUAL_EM))
        self.setMinimumSize(*_LEAST)
        self._show()
        self._show_notice()
        self.show_tab(OUTBOX)

    @property
    def tab(self) -> int:
        """The tab in front."""
        return self.bar.tabs.currentIndex()

    def show_tab(self, tab: int) -> None:
        """Bring a tab to the front."""
        self.bar.tabs.setCurrentIndex(tab)
        self._show_tab(tab)

    def new_fax(self, files: Sequence[Path] = ()) -> None:
        """Open New fax, with these documents."""
        self.forms.new_fax(files)

    def edit_fax(self, fax: int) -> None:
        """Go on with a draft in New fax."""
        self.forms.open_draft(fax)

    def open_settings(self, page: str = "account") -> None:
        """Open Settings at this page."""
        self.forms.open_settings(page, self, self._numbers_model.reload)

    def geometry_text(self) -> str:
        """Where the window is and how it is divided, as text for the settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def restore(self, geometry: str) -> None:
        """Go back to where the window was; text that is none leaves it where it is."""
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "replace")))

    def close_models(self) -> Coroutine[Any, Any, None]:
        """End what the other windows left under way."""
        return self._models.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self._on_close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < self.icons.theme.em(_NARROW_EM)
        self.bar.set_narrow(narrow)
        for tab in self._tabs:
            tab.set_narrow(narrow)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if dragged_files(event.mimeData()):
            event.acceptProposedAction()
            self._veil.cover(self._middle)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        self._veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        self._veil.hide()
        if files := dragged_files(event.mimeData()):
            event.acceptProposedAction()
            self.new_fax(files)

    def _arrange(self) -> None:
        self.bar = WindowBar(self.icons, self.commands.new, self.commands.check, self.commands.tabs)
        self.addToolBar(self.bar)
        self.notice = NoticeBar(self.icons)
        self.status = StatusBar(self.icons)
        self._stack = QStackedLayout()
        for tab in self._tabs:
            self._stack.addWidget(tab)
        middle = column(rule(), self.notice, (pane(self._stack), 1), rule(), self.status, spacing=0)
        self._middle = pane(middle, "window")
        self.setCentralWidget(self._middle)
        self._veil = DropVeil(self.icons, self)

    def _connect(self, outbox: OutboxViewModel, inbox: InboxViewModel) -> None:
        self.bar.tabs.currentChanged.connect(self._show_tab)
        self.bar.search.textChanged.connect(self._search)
        for view in (self.outbox, self.inbox):
            view.search_cleared.connect(self.bar.search.clear)
        self.outbox.file_asked.connect(self.ask_files)
        outbox.edit_asked.connect(self.forms.send_again)
        outbox.draft_asked.connect(self.forms.open_draft)
        inbox.reply_asked.connect(lambda number, own: self.forms.new_fax((), number, own))
        inbox.saved.connect(self._say_saved)
        self.model.changed.connect(self._show)
        self.model.settings_asked.connect(self.open_settings)
        self._notices.changed.connect(self._show_notice)
        self.notice.acted.connect(self._notices.act)
        self.notice.dismissed.connect(self._notices.dismiss)
        self.status.account_clicked.connect(lambda: self.open_settings("account"))
        self.status.connection_clicked.connect(self.model.check_for_faxes)
        self.status.check_clicked.connect(self.model.check_for_faxes)
        self.status.waiting_clicked.connect(lambda: self._show_waiting(outbox))

    def _show(self) -> None:
        state = self.model.state
        self.status.show_account(state.account, practice=state.practice)
        self.status.show_connection(state.connection, online=state.online)
        self.status.show_check(state.checked)
        self.status.show_waiting(state.waiting)
        self.bar.show_checking(state.is_checking)
        self.commands.check.setEnabled(not state.is_checking)
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

    def _show_tab(self, tab: int) -> None:
        self._stack.setCurrentIndex(tab)
        for place, view in enumerate(self._tabs):
            view.set_active(place == tab)
        view = self._tabs[tab]
        self.bar.set_searchable(not isinstance(view, NumbersView))
        self.bar.search.blockSignals(True)
        self.bar.search.setText("" if isinstance(view, NumbersView) else view.searched)
        self.bar.search.blockSignals(False)

    def _show_waiting(self, outbox: OutboxViewModel) -> None:
        self.show_tab(OUTBOX)
        outbox.choose_filter(Show.IN_PROGRESS)

    def _search(self, text: str) -> None:
        view = self._tabs[self.tab]
        if not isinstance(view, NumbersView):
            view.search(text)

    def focus_search(self) -> None:
        """Give the keyboard to the search field."""
        if self.bar.search.isEnabled():
            self.bar.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.bar.search.selectAll()

    def focus_list(self) -> None:
        """Give the keyboard to the list of the tab in front."""
        side = self._tabs[self.tab].side
        if (target := first_focus(getattr(side, "list", side))) is not None:
            target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def focus_notice(self) -> None:
        """Give the keyboard to the button of the message above the list, if there is one."""
        self.notice.focus_button()

    def step(self, by: int) -> None:
        """Give the keyboard to the next area that takes it."""
        areas: list[QWidget] = [self.bar, *self._tabs[self.tab].areas]
        focused = QApplication.focusWidget()
        places = [
            place
            for place, area in enumerate(areas)
            if focused and (area is focused or area.isAncestorOf(focused))
        ]
        start = places[0] if places else (-1 if by > 0 else 0)
        for more in range(1, len(areas) + 1):
            target = first_focus(areas[(start + by * more) % len(areas)])
            if target is not None:
                target.setFocus(Qt.FocusReason.ShortcutFocusReason)
                return

    def ask_files(self) -> None:
        """Let documents be chosen, then open New fax with them."""
        dialog = QFileDialog(self, self.tr("Choose documents to send"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters([self.tr("PDF documents (*.pdf)"), self.tr("All files (*)")])
        dialog.filesSelected.connect(lambda names: self.new_fax([Path(name) for name in names]))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _say_saved(self, name: str) -> None:
        words = self.tr("Saved as “{0}”.").format(name)
        self._notices.post(Notice(words, icon="save", key="saved"))

    def open_about(self) -> None:
        """Say what this program is."""
        from ifax_desktop.views.about import about_box

        about_box(self.icons, self).open()
