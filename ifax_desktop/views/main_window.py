"""The main window as the program uses it: the frame, furnished."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.rooms import Rooms
from ifax_desktop.views.window_frame import INBOX, NUMBERS, OUTBOX, WindowFrame

if TYPE_CHECKING:
    from ifax_desktop.viewmodels.compose import ComposeViewModel
    from ifax_desktop.viewmodels.inbox import InboxViewModel
    from ifax_desktop.viewmodels.notices import Notices
    from ifax_desktop.viewmodels.numbers import NumbersViewModel
    from ifax_desktop.viewmodels.outbox import OutboxViewModel
    from ifax_desktop.viewmodels.settings import SettingsViewModel
    from ifax_desktop.viewmodels.window import WindowViewModel
    from ifax_desktop.views.forms import Forms
    from ifax_desktop.views.inbox_view import InboxView
    from ifax_desktop.views.numbers_view import NumbersView
    from ifax_desktop.views.outbox_view import OutboxView

__all__ = ["INBOX", "NUMBERS", "OUTBOX", "MainWindow"]


class MainWindow(WindowFrame):
    """One window, three tabs."""

    rooms: Rooms

    def __init__(
        self,
        icons: Icons,
        outbox: "OutboxViewModel",
        inbox: "InboxViewModel",
        numbers: "NumbersViewModel",
        notices: "Notices",
        window: "WindowViewModel",
        *,
        compose: "Callable[[], ComposeViewModel]",
        settings: "Callable[[], SettingsViewModel]",
        on_close: Callable[[], None],
    ) -> None:
        super().__init__(icons, on_close)
        self.furnish(outbox, inbox, numbers, notices, window, compose=compose, settings=settings)

    @property
    def outbox(self) -> "OutboxView":
        """The Outbox."""
        return self.rooms.outbox

    @property
    def inbox(self) -> "InboxView":
        """The Inbox."""
        return self.rooms.inbox

    @property
    def numbers(self) -> "NumbersView":
        """Numbers."""
        return self.rooms.numbers

    @property
    def forms(self) -> "Forms":
        """The windows beside this one."""
        return self.rooms.forms
