"""The frame of the main window: menus, toolbar, notice bar, status bar. It is on the screen before what it frames is there.

The three tabs and what is behind them come with `furnish`, and are built after the first paint: somebody who starts the
program sees its window at once.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, QTimer, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QMainWindow, QStackedLayout, QWidget

from ifax_desktop.views.arrange import column, pane, rule, set_ground
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.notice_bar import NoticeBar
from ifax_desktop.views.status_bar import StatusBar
from ifax_desktop.views.window_bar import WindowBar
from ifax_desktop.views.window_commands import WindowCommands

if TYPE_CHECKING:
    from ifax_desktop.viewmodels.compose import ComposeViewModel
    from ifax_desktop.viewmodels.inbox import InboxViewModel
    from ifax_desktop.viewmodels.notices import Notices
    from ifax_desktop.viewmodels.numbers import NumbersViewModel
    from ifax_desktop.viewmodels.outbox import OutboxViewModel
    from ifax_desktop.viewmodels.settings import SettingsViewModel
    from ifax_desktop.viewmodels.window import WindowViewModel
    from ifax_desktop.views.drop_veil import DropVeil
    from ifax_desktop.views.rooms import Rooms

OUTBOX, INBOX, NUMBERS = 0, 1, 2
_NARROW_EM: Final = 90.8  # 1180 px at the usual size of text
_USUAL_EM: Final = (104.6, 65.2)  # 1360 by 848
_LEAST: Final = (800, 560)


class WindowFrame(QMainWindow):
    """A window without rooms until it is furnished. Closing it only asks: `on_close` ends the program."""

    def __init__(self, icons: Icons, on_close: Callable[[], None]) -> None:
        super().__init__()
        self.icons = icons
        self.rooms: Rooms | None = None
        self._on_close = on_close
        self._veil: DropVeil | None = None
        self.commands = WindowCommands(self)
        self.bar = WindowBar(icons, self.commands.new, self.commands.check, self.commands.tabs)
        self.bar.tabs.currentChanged.connect(self._enter)
        self.addToolBar(self.bar)
        self.notice = NoticeBar(icons)
        self.status = StatusBar(icons)
        self.blank = Blank()
        self.stack = QStackedLayout()
        self.stack.addWidget(self.blank)
        middle = column(rule(), self.notice, (pane(self.stack), 1), rule(), self.status, spacing=0)
        self._middle = pane(middle, "window")
        self.setCentralWidget(self._middle)
        self.commands.fill(self.menuBar())
        self.setAcceptDrops(True)
        self.setWindowTitle("iFax Desktop")
        self.resize(*(icons.theme.em(size) for size in _USUAL_EM))
        self.setMinimumSize(*_LEAST)

    def furnish(
        self,
        outbox: "OutboxViewModel",
        inbox: "InboxViewModel",
        numbers: "NumbersViewModel",
        notices: "Notices",
        window: "WindowViewModel",
        *,
        compose: "Callable[[], ComposeViewModel]",
        settings: "Callable[[], SettingsViewModel]",
    ) -> None:
        """Put the tabs and what they show into the frame."""
        from ifax_desktop.views.rooms import Rooms

        self.rooms = Rooms(self, outbox, inbox, numbers, notices, window, compose, settings)

    @property
    def is_narrow(self) -> bool:
        """Whether there is room for less than the usual."""
        return self.width() < self.icons.theme.em(_NARROW_EM)

    @property
    def tab(self) -> int:
        """The tab in front."""
        return self.bar.tabs.currentIndex()

    def show_tab(self, tab: int) -> None:
        """Bring a tab to the front."""
        self.bar.tabs.setCurrentIndex(tab)
        self._enter(tab)

    def new_fax(self, files: Sequence[Path] = ()) -> None:
        """Open New fax, with these documents."""
        if self.rooms is not None:
            self.rooms.forms.new_fax(files)

    def edit_fax(self, fax: int) -> None:
        """Go on with a draft in New fax."""
        if self.rooms is not None:
            self.rooms.forms.open_draft(fax)

    def open_settings(self, page: str = "account") -> None:
        """Open Settings at this page."""
        if self.rooms is not None:
            self.rooms.open_settings(page)

    def check_for_faxes(self) -> None:
        """Ask the service for received faxes."""
        if self.rooms is not None:
            self.rooms.model.check_for_faxes()

    def ask_files(self) -> None:
        """Let documents be chosen, then open New fax with them."""
        if self.rooms is not None:
            self.rooms.ask_files()

    def focus_search(self) -> None:
        """Give the keyboard to the search field."""
        self.bar.focus_search()

    def focus_notice(self) -> None:
        """Give the keyboard to the button of the message above the list, if there is one."""
        self.notice.focus_button()

    def focus_list(self) -> None:
        """Give the keyboard to the list of the tab in front."""
        if self.rooms is not None:
            self.rooms.focus_list()

    def step(self, by: int) -> None:
        """Give the keyboard to the next area, or to the one before (-1)."""
        if self.rooms is not None:
            self.rooms.step(by)

    def open_about(self) -> None:
        """Say what this program is."""
        from ifax_desktop.views.about import about_box

        about_box(self.icons, self).open()

    def geometry_text(self) -> str:
        """Where the window is, as text for the settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def restore(self, geometry: str) -> None:
        """Go back to where the window was; text that is none leaves it where it is."""
        if geometry:
            self.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "replace")))

    async def leave_forms(self) -> bool:
        """Close the other windows; False when one has to stay open, for what is in it could not be kept."""
        return self.rooms is None or await self.rooms.forms.leave()

    async def close_models(self) -> None:
        """End what the other windows left under way."""
        if self.rooms is not None:
            await self.rooms.models.close()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self._on_close()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.bar.set_narrow(self.is_narrow)
        if self.rooms is not None:
            self.rooms.set_narrow(self.is_narrow)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        from ifax_desktop.views.drop_veil import DropVeil, dragged_files

        if dragged_files(event.mimeData()):
            event.acceptProposedAction()
            self._veil = self._veil or DropVeil(self.icons, self)
            self._veil.cover(self._middle)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        if self._veil is not None:
            self._veil.hide()

    def dropEvent(self, event: QDropEvent) -> None:
        from ifax_desktop.views.drop_veil import dragged_files

        if self._veil is not None:
            self._veil.hide()
        if files := dragged_files(event.mimeData()):
            event.acceptProposedAction()
            self.new_fax(files)

    def _enter(self, tab: int) -> None:
        if self.rooms is not None:
            self.rooms.enter(tab)


class Blank(QWidget):
    """Stands where the tabs will be; `painted` is emitted once, after it was on the screen."""

    painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.was_painted = False
        set_ground(self, "surface")

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self.was_painted:
            self.was_painted = True
            QTimer.singleShot(0, self, self.painted.emit)
