"""The toolbar of the main window: New fax, the tabs with their counts, Check for faxes, the search field."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton, QSizePolicy, QTabBar, QToolBar, QWidget

# Not through `parts`, which brings every part along: this is on the screen before anything else is loaded.
from ifax_desktop.views.arrange import pane, row
from ifax_desktop.views.buttons import primary_button, quiet_button, set_button_icon
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.labels import restyle, set_tip
from ifax_desktop.views.search_edit import search_edit

if TYPE_CHECKING:
    from ifax_desktop.views.tab_badges import TabBadges


class WindowBar(QToolBar):
    """Cannot be moved or hidden. `narrow` shortens what is at its right."""

    def __init__(self, icons: Icons, new: QAction, check: QAction, tabs: list[QAction]) -> None:
        super().__init__()
        self._icons = icons
        self._narrow = False
        self._checking = False
        self.setMovable(False)
        self.setFloatable(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.PreventContextMenu)
        self.setObjectName("toolbar")
        self.setWindowTitle(self.tr("Main commands"))
        self.new = primary_button(icons, new.text(), "fax-new")
        _like(self.new, new)
        self.tabs = QTabBar()
        self.tabs.setDrawBase(False)
        self.tabs.setExpanding(False)
        self.tabs.setAccessibleName(self.tr("Tabs"))
        for place, tab in enumerate(tabs):
            self.tabs.addTab(tab.text())
            self.tabs.setTabToolTip(place, _with_keys(tab))
        self._badges: TabBadges | None = None
        self._check = quiet_button(icons, check.text(), "refresh")
        self._words = check.text()
        _like(self._check, check)
        self.search = search_edit(icons, self.tr("Search faxes"))
        layout = row(self.new, 8, self.tabs, None, self._check, 4, self.search, margins=(20, 0, 20, 0))
        inside = pane(layout)
        inside.setMinimumHeight(icons.theme.height("toolbar"))
        inside.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.addWidget(inside)
        self.set_narrow(False)

    def set_narrow(self, narrow: bool) -> None:
        """In a narrow window Check for faxes is an icon and the search field is shorter."""
        self._narrow = narrow
        self.search.setFixedWidth(self._icons.theme.em(16.6 if narrow else 24.6))
        keys = QKeySequence(QKeySequence.StandardKey.Find).toString(QKeySequence.SequenceFormat.NativeText)
        wide = self.tr("Search names, numbers and documents")
        self.search.setPlaceholderText(self.tr("Search ({0})").format(keys) if narrow else wide)
        set_tip(self.search, f"{wide} ({keys})")
        self._show_check()

    def show_checking(self, checking: bool) -> None:
        """Say that the service is being asked."""
        self._checking = checking
        self._check.setEnabled(not checking)
        self._show_check()

    def show_count(self, tab: int, count: int, spoken: str) -> None:
        """Show a number beside a tab."""
        if self._badges is None:
            from ifax_desktop.views.tab_badges import TabBadges

            self._badges = TabBadges(self.tabs)
        self._badges.set_count(tab, count, spoken)

    def focus_search(self) -> None:
        """Give the keyboard to the search field."""
        if self.search.isEnabled():
            self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.search.selectAll()

    def _show_check(self) -> None:
        words = self.tr("Checking for faxes") if self._checking else self._words
        self._check.setAccessibleName(words)
        self._check.setText("" if self._narrow else words)
        restyle(self._check, kind="icon" if self._narrow else "quiet")
        set_button_icon(self._icons, self._check, "refresh")
        if self._narrow:
            self._check.setIconSize(QSize(18, 18))


def _like(button: QPushButton, action: QAction) -> None:
    """Let a button do and say what an action does."""
    button.clicked.connect(action.trigger)
    set_tip(button, _with_keys(action))


def _with_keys(action: QAction) -> str:
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    return f"{action.toolTip()} ({keys})" if keys else action.toolTip()


def first_focus(area: QWidget) -> QWidget | None:
    """The first part of an area that takes the keyboard by Tab, or None."""
    widget: QWidget | None = area
    while widget is not None:
        takes = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        if (
            takes
            and widget.isVisible()
            and widget.isEnabled()
            and (widget is area or area.isAncestorOf(widget))
        ):
            return widget
        widget = widget.nextInFocusChain()
        if widget is area:
            break
    return None
