"""Numbers beside the words of tabs."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy, QTabBar

from ifax_desktop.views.arrange import pane, row


class Badge(QLabel):
    """A small number beside a word; hidden when it is zero."""

    def __init__(self, count: int = 0) -> None:
        super().__init__()
        self.setProperty("badge", True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_count(count)

    def set_count(self, count: int) -> None:
        """Show `count`, or nothing when it is zero."""
        self.setText(str(count))
        self.setVisible(count > 0)


class TabBadges:
    """The numbers beside the words of tabs; zero shows none."""

    def __init__(self, tabs: QTabBar) -> None:
        self._tabs = tabs
        self._counts: dict[int, int] = {}

    def set_count(self, index: int, count: int, spoken: str = "") -> None:
        """Show `count` at the end of a tab; `spoken` is the tab with its number in words for a screen reader."""
        self._tabs.setAccessibleTabName(index, spoken or self._tabs.tabText(index))
        if self._counts.get(index, 0) == count:
            return
        self._counts[index] = count
        side = QTabBar.ButtonPosition.RightSide
        before = self._tabs.tabButton(index, side)
        # The tab takes the size of a button only when it gets it, and puts it at its very edge.
        button = pane(row(Badge(count), margins=(0, 0, 12, 0))) if count else None
        self._tabs.setTabButton(index, side, button)
        if before is not None:
            before.deleteLater()
