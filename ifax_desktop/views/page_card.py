"""The card above a page: what may go wrong with it on its way, and the button that mends it."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QSizePolicy

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.paragraph import line_pitch
from ifax_desktop.views.parts import (
    Paragraph,
    Picture,
    column,
    icon_button,
    link_button,
    literal,
    normal_button,
    pane,
    restyle,
    row,
)

_SIGN: Final = 20
_NARROW_EM: Final = 42


class PageCard(QFrame):
    """One line in bold, one below, a button at the right. `acted` is the button, `next_wanted` asks for the next card,
    `accepted` is the cross."""

    acted = Signal()
    next_wanted = Signal()
    accepted = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._theme = icons.theme
        self._sign = Picture(icons, "warning", "warn", _SIGN)
        self._title = Paragraph("", "body_strong")
        self._sentence = Paragraph("", "body")
        self.button = normal_button(icons, "")
        self.next = link_button(icons, "")
        self.cross = icon_button(icons, "close", self.tr("Leave it as it is"))
        words = column(self._title, self._sentence, spacing=2)
        down = max(0, (line_pitch(icons.theme.font("body_strong")) - _SIGN) // 2)
        sign = column(self._sign, None, margins=(0, down, 0, 0))
        self._acts = row(None, self.next, self.button, spacing=10)
        self._row: QBoxLayout = row((words, 1), pane(self._acts), spacing=10)
        self.setLayout(row(sign, (pane(self._row), 1), self.cross, spacing=10, margins=(16, 10, 8, 10)))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.button.clicked.connect(self.acted)
        self.next.clicked.connect(self.next_wanted)
        self.cross.clicked.connect(self.accepted)

    @property
    def text(self) -> str:
        """What the card says."""
        return f"{self._title.text()}\n{self._sentence.text()}"

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a narrow pane the button goes below the words.
        narrow = self.width() < self._theme.em(_NARROW_EM)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != way:
            self._row.setDirection(way)

    def show_words(
        self,
        title: str,
        sentence: str,
        button: str,
        *,
        place: int = 1,
        count: int = 1,
        warns: bool = True,
        may_stay: bool = True,
    ) -> None:
        """Say something of a page: the card is `place` of `count`; a cross only where it warns, and it `may_stay` so."""
        self._sign.set_icon("warning" if warns else "info", "warn" if warns else "link")
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self.button.setText(literal(button))
        self.button.setVisible(bool(button))
        self.next.setText(literal(self.tr("{0} of {1}").format(place, count)))
        self.next.setAccessibleName(self.tr("Next warning, {0} of {1}").format(place, count))
        self.next.setVisible(count > 1)
        self.cross.setVisible(warns and may_stay)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        restyle(self, card="warn" if warns else "info")
