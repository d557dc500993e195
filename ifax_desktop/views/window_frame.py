"""The main window: on the screen first as a mere frame, a moment later with everything in it.

Somebody who starts the program sees its window at once. So nothing is imported here that an empty window does not need:
toolbar, menus and the rooms behind the tabs come with `furnish`.
"""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

    from ifax_desktop.viewmodels.closing import OpenModels
    from ifax_desktop.viewmodels.compose import ComposeViewModel
    from ifax_desktop.viewmodels.inbox import InboxViewModel
    from ifax_desktop.viewmodels.notices import Notices
    from ifax_desktop.viewmodels.numbers import NumbersViewModel
    from ifax_desktop.viewmodels.outbox import OutboxViewModel
    from ifax_desktop.viewmodels.settings import SettingsViewModel
    from ifax_desktop.viewmodels.window import WindowViewModel
    from ifax_desktop.views.icons import Icons
    from ifax_desktop.views.rooms import Rooms
    from ifax_desktop.views.window_bar import WindowBar
    from ifax_desktop.views.window_commands import WindowCommands

OUTBOX, INBOX, NUMBERS = 0, 1, 2
_NARROW_EM: Final = 90.8  # 1180 px at the usual size of text
_USUAL_EM: Final = (104.6, 65.2)  # 1360 by 848
_LEAST: Final = (800, 560)


class WindowFrame(QMainWindow):
    """An empty window until it is furnished. Closing it only asks, and `follow_close` says whom."""

    icons: "Icons"
    commands: "WindowCommands"
    bar: "WindowBar"
    rooms: "Rooms"

    def __init__(self, geometry: str = "", ground: str = "") -> None:
        """`geometry` is where the window was, as `geometry_text` said; `ground` its colour until then."""
        super().__init__()
        self.is_furnished = False
        self._close_asked = False
        self._on_close: Callable[[], None] | None = None
        self.setWindowTitle("iFax Desktop")
        self.setMinimumSize(*_LEAST)
        if ground:
            # Not `QPalette(color)`, which might be a colour of Qt's own: PySide would load Qt's names to see, 20 ms.
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.Window, QColor(ground))
            self.setPalette(palette)
        self._restore(geometry)

    def furnish(
        self,
        icons: "Icons",
        outbox: "OutboxViewModel",
        inbox: "InboxViewModel",
        numbers: "NumbersViewModel",
        notices: "Notices",
        window: "WindowViewModel",
        models: "OpenModels",
        *,
        compose: "Callable[[], ComposeViewModel]",
        settings: "Callable[[], SettingsViewModel]",
    ) -> None:
        """Put menus, toolbar, the tabs and what they show into the frame."""
        from ifax_desktop.views.rooms import Rooms
        from ifax_desktop.views.window_bar import WindowBar
        from ifax_desktop.views.window_commands import WindowCommands

        self.icons = icons
        self.commands = WindowCommands(self)
        self.bar = WindowBar(icons, self.commands.new, self.commands.check, self.commands.tabs)
        self.addToolBar(self.bar)
        self.commands.fill(self.menuBar())
        self.rooms = Rooms(self, outbox, inbox, numbers, notices, window, models, compose, settings)
        self._enter(self.tab)
        self.bar.set_narrow(self.is_narrow)
        self.setPalette(QPalette())
        # Last, so that everything is laid out once.
        self.setCentralWidget(self.rooms.whole)
        self._take_files()
        self.is_furnished = True
        self.bar.tabs.currentChanged.connect(self._enter)

    def follow_close(self, leave: Callable[[], None]) -> None:
        """Call `leave` when somebody closes the window, or at once if that happened already."""
        self._on_close = leave
        if self._close_asked:
            leave()

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
        self.rooms.forms.new_fax(files)

    def edit_fax(self, fax: int) -> None:
        """Go on with a draft in New fax."""
        self.rooms.forms.open_draft(fax)

    def open_settings(self, page: str = "account") -> None:
        """Open Settings at this page."""
        self.rooms.open_settings(page)

    def check_for_faxes(self) -> None:
        """Ask the service for received faxes."""
        self.rooms.model.check_for_faxes()

    def ask_files(self) -> None:
        """Let documents be chosen, then open New fax with them."""
        self.rooms.ask_files()

    def focus_search(self) -> None:
        """Give the keyboard to the search field."""
        self.bar.focus_search()

    def focus_notice(self) -> None:
        """Give the keyboard to the button of the message above the list, if there is one."""
        self.rooms.notice.focus_button()

    def focus_list(self) -> None:
        """Give the keyboard to the list of the tab in front."""
        self.rooms.focus_list()

    def step(self, by: int) -> None:
        """Give the keyboard to the next area, or to the one before (-1)."""
        self.rooms.step(by)

    def open_about(self) -> None:
        """Say what this program is."""
        from ifax_desktop.views.boxes import about_box

        about_box(self.icons, self).open()

    def geometry_text(self) -> str:
        """Where the window is, as text for the settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def closeEvent(self, event: "QCloseEvent") -> None:
        event.ignore()
        self._close_asked = True
        if self._on_close is not None:
            self._on_close()

    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        if self.is_furnished:
            self.bar.set_narrow(self.is_narrow)
            self.rooms.set_narrow(self.is_narrow)

    def _take_files(self) -> None:
        from ifax_desktop.views.drop_veil import DropVeil

        words = (
            self.tr("Drop to start a new fax"),
            self.tr("The files become its documents, in this order."),
        )
        veil = DropVeil(self.icons, self, self.rooms.whole, ("fax-new", *words))
        veil.dropped.connect(self.new_fax)

    def _enter(self, tab: int) -> None:
        self.rooms.enter(tab)

    def _restore(self, geometry: str) -> None:
        """Go back to where the window was; text that is none leaves the usual size."""
        kept = QByteArray.fromBase64(geometry.encode("ascii", "replace"))
        if not geometry or not self.restoreGeometry(kept):
            size = QFontInfo(self.font()).pixelSize()
            self.resize(*(round(em * size) for em in _USUAL_EM))
