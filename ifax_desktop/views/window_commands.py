"""The commands of the main window and its menus: every command of the program is in one of them, with its keys."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenuBar

from ifax_desktop.views.commands import command
from ifax_desktop.views.inbox_view import InboxView
from ifax_desktop.views.numbers_view import NumbersView
from ifax_desktop.views.outbox_view import OutboxView

if TYPE_CHECKING:
    from ifax_desktop.views.main_window import MainWindow

Group = Sequence[QAction]
_Key = QKeySequence.StandardKey


class WindowCommands(QObject):
    """What can be done from anywhere in the window."""

    def __init__(self, window: "MainWindow") -> None:
        super().__init__(window)
        tr, icons, model = self.tr, window.icons, window.model
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
            model.check_for_faxes,
            keys="F5",
            icon=(icons, "refresh"),
        )
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

    def fill(self, bar: QMenuBar, outbox: OutboxView, inbox: InboxView, numbers: NumbersView) -> None:
        """Put everything into the menus."""
        tr = self.tr
        copies = [outbox.copy, inbox.copy, numbers.copy]
        sent = [*outbox.acts.values()]
        _add(bar, tr("&File"), [self.new, self.open_files], [inbox.save], [self.leave])
        _add(bar, tr("&Edit"), copies, [self.search], [self.settings])
        _add(bar, tr("F&ax"), [self.check], sent, [inbox.reply, inbox.unread], [numbers.use, numbers.refresh])
        _add(bar, tr("&View"), self.tabs, self.ways)
        _add(bar, tr("&Help"), [self.about])

    def _tabs(self, window: "MainWindow") -> list[QAction]:
        words = (
            (self.tr("Outbox"), self.tr("Faxes you send")),
            (self.tr("Inbox"), self.tr("Faxes you receive")),
            (self.tr("Numbers"), self.tr("Your fax numbers")),
        )
        return [
            command(self, name, tip, partial(window.show_tab, place), keys=f"Ctrl+{place + 1}")
            for place, (name, tip) in enumerate(words)
        ]

    def _ways(self, window: "MainWindow") -> list[QAction]:
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


def _add(bar: QMenuBar, words: str, *groups: Group) -> None:
    """Add a menu with a line between its groups."""
    menu = bar.addMenu(words)
    menu.setToolTipsVisible(True)
    for place, group in enumerate(groups):
        if place:
            menu.addSeparator()
        menu.addActions(list(group))
