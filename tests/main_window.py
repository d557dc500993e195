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
    from ifax_desktop.views.forms import Compare


class MainWindow(WindowFrame):
    """One window, three tabs."""

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
        compare: "Compare" = lambda _, __: None,
    ) -> None:
        super().__init__()
        self.follow_close(on_close)
        self.models = OpenModels(notices.report)
        self.rooms = Rooms(
            self,
            icons,
            outbox,
            inbox,
            numbers,
            notices,
            window,
            self.models,
            compose=compose,
            settings=settings,
            compare=compare,
        )
