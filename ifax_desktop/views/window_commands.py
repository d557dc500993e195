"""The commands of the main window and its menus: every command of the program is in one of them, with its keys."""

from collections.abc import Sequence
from functools import partial
from typing import Protocol

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar

from ifax_desktop.views.commands import command
from ifax_desktop.views.icons import Icons

Group = Sequence[QAction]
_Key = QKeySequence.StandardKey


class Window(Protocol):
    """Whoever does what the commands say."""

    def new_fax(self) -> None: ...
    def ask_files(self) -> None: ...
    def check_for_faxes(self) -> None: ...
    def pause(self, paused: bool) -> None: ...
    def focus_search(self) -> None: ...
    def focus_notice(self) -> None: ...
    def focus_list(self) -> None: ...
    def open_settings(self) -> None: ...
    def open_about(self) -> None: ...
    def show_tab(self, tab: int) -> None: ...
    def step(self, by: int) -> None: ...
    def close(self) -> None: ...


class WindowCommands(QObject):
    """What can be done from anywhere in the window."""

    def __init__(self, window: Window, icons: Icons) -> None:
        super().__init__()
        tr = self.tr
        self.new = command(
            self, tr("New fax"), tr("Write a new fax"), window.new_fax, keys="Ctrl+N", icon=(icons, "fax-new")
        )
        self.open_files = command(
            self,
            tr("New fax from files…"),
            tr("Choose the documents first"),
            window.ask_files,
            keys="Ctrl+O",
            icon=(icons, "attach"),
        )
        self.check = command(
            self,
            tr("Check for faxes"),
            tr("Ask the service for received faxes now"),
            window.check_for_faxes,
            keys="F5",
            icon=(icons, "refresh"),
        )
        self.pause = command(
            self,
            tr("Pause sending"),
            tr("Let nothing more out until you go on"),
            lambda: window.pause(self.pause.isChecked()),
            keys="Ctrl+Shift+P",
            icon=(icons, "stop"),
        )
        self.pause.setCheckable(True)
        self.search = command(
            self,
            tr("Search"),
            tr("Search names, numbers and documents"),
            window.focus_search,
            keys=_Key.Find,
            icon=(icons, "search"),
        )
        self.settings = command(
            self,
            tr("Settings…"),
            tr("Account, sending, receiving, colours"),
            window.open_settings,
            keys="Ctrl+,",
            icon=(icons, "settings"),
        )
        self.leave = command(self, tr("Quit"), tr("End the program"), window.close, keys="Ctrl+Q")
        self.about = command(
            self, tr("About iFax Desktop"), tr("Version and licences"), window.open_about, keys="F1"
        )
        self.settings.setMenuRole(QAction.MenuRole.PreferencesRole)
        self.leave.setMenuRole(QAction.MenuRole.QuitRole)
        self.about.setMenuRole(QAction.MenuRole.AboutRole)
        self.tabs = self._tabs(window)
        self.ways = self._ways(window)

    def fill(self, bar: QMenuBar) -> None:
        """Make the menus; what belongs to a tab comes with `add`."""
        tr = self.tr
        _add(bar, tr("&File"), [self.new, self.open_files], [self.leave])
        _add(bar, tr("&Edit"), [self.search], [self.settings])
        self._fax = _add(bar, tr("F&ax"), [self.check, self.pause])
        _add(bar, tr("&View"), self.tabs, self.ways)
        _add(bar, tr("&Help"), [self.about])

    def add(self, group: Group) -> None:
        """Add what can be done with the fax or number chosen in a tab."""
        self._fax.addSeparator()
        self._fax.addActions(list(group))

    def _tabs(self, window: Window) -> list[QAction]:
        words = (
            (self.tr("Outbox"), self.tr("Faxes you send")),
            (self.tr("Inbox"), self.tr("Faxes you receive")),
            (self.tr("Numbers"), self.tr("Your fax numbers")),
        )
        return [
            command(self, name, tip, partial(window.show_tab, place), keys=f"Ctrl+{place + 1}")
            for place, (name, tip) in enumerate(words)
        ]

    def _ways(self, window: Window) -> list[QAction]:
        tr = self.tr
        on, back = partial(window.step, 1), partial(window.step, -1)
        message = tr("Go to the button of the message above the list")
        return [
            command(self, tr("Next area"), tr("Go to the next part of the window"), on, keys="F6"),
            command(
                self, tr("Area before"), tr("Go to the part of the window before"), back, keys="Shift+F6"
            ),
            command(self, tr("Go to the message"), message, window.focus_notice, keys="F8"),
            command(self, tr("Back to the list"), tr("Go back to the list"), window.focus_list, keys="Esc"),
        ]


def _add(bar: QMenuBar, words: str, *groups: Group) -> QMenu:
    """Add a menu with a line between its groups."""
    menu = bar.addMenu(words)
    menu.setToolTipsVisible(True)
    for place, group in enumerate(groups):
        if place:
            menu.addSeparator()
        menu.addActions(list(group))
    return menu
