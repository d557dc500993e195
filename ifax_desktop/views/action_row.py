"""A row of quiet buttons for actions; what does not fit folds into More, from the right."""

from collections.abc import Sequence

from PySide6.QtCore import QSize
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from ifax_desktop.views.arrange import row
from ifax_desktop.views.buttons import dressed_for_words, icon_button
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.labels import set_tip

_SPACING = 8


class ActionRow(QWidget):
    """Buttons that do what their `QAction`s do, and look and speak like them."""

    def __init__(self, icons: Icons, first: Sequence[QAction], rest: Sequence[QAction] = ()) -> None:
        """`first` are shown as buttons where there is room, most used first; `rest` are always in More."""
        super().__init__()
        self._first = tuple(first)
        self._rest = tuple(rest)
        self._buttons = [self._button(action) for action in first]
        self._more = icon_button(icons, "more", self.tr("More actions"))
        self._menu = QMenu(self._more)
        self._more.setMenu(self._menu)
        self.setLayout(row(*self._buttons, None, self._more, spacing=_SPACING))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        for action in (*first, *rest):
            action.changed.connect(self._fold)
        self._fold()

    @property
    def folded(self) -> tuple[QAction, ...]:
        """The actions that are in More and not beside it."""
        shown = self._shown_count()
        return tuple(action for action in self._visible()[shown:]) + self._visible_rest()

    def sizeHint(self) -> QSize:
        buttons = [self._button_of(action).sizeHint().width() + _SPACING for action in self._visible()]
        return QSize(sum(buttons) + self._more.sizeHint().width(), self._more.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return self._more.sizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _button(self, action: QAction) -> QPushButton:
        button = dressed_for_words(QPushButton(), "quiet")
        button.clicked.connect(action.trigger)
        return button

    def _button_of(self, action: QAction) -> QPushButton:
        return self._buttons[self._first.index(action)]

    def _visible(self) -> list[QAction]:
        return [action for action in self._first if action.isVisible()]

    def _visible_rest(self) -> tuple[QAction, ...]:
        return tuple(action for action in self._rest if action.isVisible())

    def _shown_count(self) -> int:
        """How many of the visible first actions fit beside More."""
        widths = [self._button_of(action).sizeHint().width() + _SPACING for action in self._visible()]
        more = self._more.sizeHint().width()
        if not self._visible_rest() and sum(widths) - _SPACING <= self.width():
            return len(widths)
        count, used = 0, more
        for width in widths:
            used += width
            if used > self.width():
                break
            count += 1
        return count

    def _fold(self) -> None:
        for action, button in zip(self._first, self._buttons, strict=True):
            _copy(action, button)
        visible, shown = self._visible(), self._shown_count()
        for action, button in zip(self._first, self._buttons, strict=True):
            button.setVisible(action in visible[:shown])
        self._menu.clear()
        self._menu.addActions(list(self.folded))
        self._more.setVisible(bool(self.folded))


def _copy(action: QAction, button: QPushButton) -> None:
    button.setText(action.text())
    button.setIcon(action.icon())
    button.setEnabled(action.isEnabled())
    keys = action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
    tip = action.toolTip()
    set_tip(button, f"{tip} ({keys})" if keys else tip)
