"""The head of a fax in Outbox and Inbox: who, the state or time, number with copy, facts, and the actions."""

from collections.abc import Sequence

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QPushButton, QWidget

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import (
    ActionRow,
    ElidedLabel,
    column,
    icon_button,
    label,
    pane,
    row,
    set_tip,
    whole_number,
)

_BETWEEN = "  \N{MIDDLE DOT}  "


class FaxHead(QWidget):
    """Name at the left, `aside` at the right of it, number and facts below, then the row of actions."""

    def __init__(
        self,
        icons: Icons,
        aside: QWidget,
        copy: QAction,
        first: Sequence[QAction],
        rest: Sequence[QAction] = (),
    ) -> None:
        super().__init__()
        self._title = ElidedLabel("", "title")
        self._number = label("", "body", "text2")
        self._facts = ElidedLabel("", "body", "text2")
        self._copy_title = _copy_button(icons, copy)
        self._copy_number = _copy_button(icons, copy)
        self.actions_row = ActionRow(icons, first, rest)
        above = row(self._title, self._copy_title, None, aside, spacing=4)
        below = row(self._number, self._copy_number, (self._facts, 1), spacing=4)
        top = pane(column(above, below, spacing=0, margins=(24, 14, 24, 0)))
        self.setLayout(column(top, row(self.actions_row, margins=(16, 2, 20, 10)), spacing=0))

    def show_head(self, title: str, number: str, facts: Sequence[str], tip: str, *, can_copy: bool) -> None:
        """Show a fax; with `number` "" the title is the number."""
        self._title.setText(title if number or not can_copy else whole_number(title))
        self._number.setText(whole_number(number) if number else "")
        self._number.setVisible(bool(number))
        self._copy_title.setVisible(can_copy and not number)
        self._copy_number.setVisible(can_copy and bool(number))
        words = _BETWEEN.join(facts)
        self._facts.setText(f"{_BETWEEN.lstrip()}{words}" if number and facts else words)
        set_tip(self._facts, tip)
        self._facts.setAccessibleDescription(tip)


def _copy_button(icons: Icons, copy: QAction) -> QPushButton:
    """Beside the number, wherever it is."""
    button = icon_button(icons, "copy", copy.text(), copy.shortcut().toString())
    button.clicked.connect(copy.trigger)
    return button
