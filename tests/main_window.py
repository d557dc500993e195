"""The main window of tests and pictures: the frame, furnished at once."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from ifax_desktop.viewmodels.closing import OpenModels
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.rooms import Rooms
from ifax_desktop.views.window_frame import WindowFrame

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
    from ifax_desktop.views.notice_bar import NoticeBar
    from ifax_desktop.views.numbers_view import NumbersView
    from ifax_desktop.views.outbox_view import OutboxView
    from ifax_desktop.views.status_bar import StatusBar


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
        super().__init__()
        self.follow_close(on_close)
        self.models = OpenModels(notices.report)
        self.furnish(
            icons, outbox, inbox, numbers, notices, window, self.models, compose=compose, settings=settings
        )

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
    def notice(self) -> "NoticeBar":
        """The bar of messages."""
        return self.rooms.notice

    @property
    def status(self) -> "StatusBar":
        """The bar at the foot."""
        return self.rooms.status

    @property
    def forms(self) -> "Forms":
        """The windows beside this one."""
        return self.rooms.forms
