"""One of a few: segmented buttons in forms, and filter pills above lists."""

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QFont, QFontMetrics, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QMenu, QPushButton, QSizePolicy, QWidget

from ifax_desktop.views.arrange import row
from ifax_desktop.views.labels import literal, restyle

_FORWARD = (Qt.Key.Key_Right, Qt.Key.Key_Down)
_BACK = (Qt.Key.Key_Left, Qt.Key.Key_Up)


class Choices(QWidget):
    """Exclusive buttons in a row; Tab enters at the chosen one, arrow keys walk and choose.

    `options` are (key, words). `chosen` is emitted with the key when the user chooses, not when the program does.
    """

    chosen = Signal(str)
    kind: ClassVar = "segment"
    spacing: ClassVar = 0

    def __init__(self, options: Sequence[tuple[str, str]], key: str = "", *, name: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        for option, words in options:
            button = _Choice(literal(words), self.kind)
            button.clicked.connect(lambda _=False, picked=option: self.chosen.emit(picked))
            button.walked.connect(self._walk)
            self._group.addButton(button)
            self._buttons[option] = button
        self._mark_ends()
        self._row = row(*self._buttons.values(), None, spacing=self.spacing)
        self.setLayout(self._row)
        self.choose(key or next(iter(self._buttons)))

    @property
    def key(self) -> str:
        """The key of the chosen option."""
        return next(key for key, button in self._buttons.items() if button.isChecked())

    def choose(self, key: str) -> None:
        """Choose without telling anybody; raises `KeyError` for an unknown key."""
        self._buttons[key].setChecked(True)
        for button in self._buttons.values():
            button.setFocusPolicy(
                Qt.FocusPolicy.StrongFocus if button.isChecked() else Qt.FocusPolicy.ClickFocus
            )

    def set_words(self, key: str, words: str) -> None:
        """Change the words of one option."""
        self._buttons[key].setText(literal(words))

    def button(self, key: str) -> QPushButton:
        """The button of an option: for a tool tip or to switch it off."""
        return self._buttons[key]

    def _walk(self, step: int) -> None:
        keys = [key for key, button in self._buttons.items() if button.isEnabled()]
        place = keys.index(self.key) + step if self.key in keys else 0
        if 0 <= place < len(keys):
            self._pick(keys[place], Qt.FocusReason.TabFocusReason)

    def _pick(self, key: str, reason: Qt.FocusReason) -> None:
        self.choose(key)
        self._buttons[key].setFocus(reason)
        self.chosen.emit(key)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self._mark_ends()

    def _mark_ends(self) -> None:
        """Tell the style sheet which buttons have round corners at the left and at the right."""
        buttons = list(self._buttons.values())
        if self.layoutDirection() == Qt.LayoutDirection.RightToLeft:
            buttons.reverse()
        for button in buttons:
            restyle(button, seg="inner")
        restyle(buttons[0], seg="first")
        restyle(buttons[-1], seg="only" if len(buttons) == 1 else "last")


class Segments(Choices):
    """A segmented control: two to five short options of a form."""


class FilterPills(Choices):
    """Filters above a list. Where they do not fit they fold into one button with a menu: "Show: All"."""

    kind: ClassVar = "filter"
    spacing: ClassVar = 4

    def __init__(self, options: Sequence[tuple[str, str]], key: str = "", *, name: str = "") -> None:
        self._folded = _Choice("", "filter")
        self._folded.setCheckable(False)
        self._words = dict(options)
        self._menu = QMenu(self._folded)
        self._folded.setMenu(self._menu)
        super().__init__(options, key, name=name)
        self._row.insertWidget(0, self._folded)
        self._folded.hide()

    def set_count(self, key: str, count: int) -> None:
        """Show a number after the words of a filter; zero shows none."""
        words = self._words[key]
        self.set_words(key, f"{words}  {count}" if count else words)
        self._fold()

    def minimumSizeHint(self) -> QSize:
        return QSize(self.fontMetrics().averageCharWidth() * 16, self.sizeHint().height())

    def sizeHint(self) -> QSize:
        height = self._folded.sizeHint().height()
        return QSize(self._needed(), height)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def choose(self, key: str) -> None:
        super().choose(key)
        self._fold()

    def _needed(self) -> int:
        widths = [button.sizeHint().width() + self.spacing for button in self._buttons.values()]
        return sum(widths)

    def _fold(self) -> None:
        folded = self._needed() > self.width()
        for button in self._buttons.values():
            button.setVisible(not folded)
        self._folded.setVisible(folded)
        if folded:
            self._fill_menu()

    def _fill_menu(self) -> None:
        self._folded.setText(self.tr("Show: {0}").format(self._buttons[self.key].text()))
        self._menu.clear()
        group = QActionGroup(self._menu)
        for key, button in self._buttons.items():
            action = QAction(button.text(), self._menu)
            action.setCheckable(True)
            action.setChecked(button.isChecked())
            action.triggered.connect(lambda _=False, picked=key: self._pick_from_menu(picked))
            group.addAction(action)
            self._menu.addAction(action)

    def _pick_from_menu(self, key: str) -> None:
        self.choose(key)
        self.chosen.emit(key)


class _Choice(QPushButton):
    """A checkable button with room for its words in strong type, so that choosing it moves nothing."""

    walked = Signal(int)

    def __init__(self, words: str, kind: str) -> None:
        super().__init__(words)
        self.setCheckable(True)
        self.setAutoDefault(False)
        self.setProperty("kind", kind)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        strong = QFont(self.font())
        strong.setWeight(QFont.Weight.DemiBold)
        more = QFontMetrics(strong).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(
            self.text()
        )
        return super().sizeHint() + QSize(max(0, more), 0)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = (event.key() in _FORWARD) - (event.key() in _BACK)
        if not step or not self.isCheckable():
            super().keyPressEvent(event)
            return
        sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        mirrored = sideways and self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        self.walked.emit(-step if mirrored else step)
