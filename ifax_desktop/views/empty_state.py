"""What an empty list or pane says: icon, one line, one sentence, one button."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ifax_desktop.views.arrange import Item, column, row
from ifax_desktop.views.buttons import normal_button, primary_button
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.paragraph import Paragraph
from ifax_desktop.views.pills import Picture


class EmptyState(QWidget):
    """Centred words for where nothing is; with `drop_area` it looks like a place to drop files on.

    `acted` is the button. The widget itself takes no drops: the screen that owns it does.
    """

    acted = Signal()

    def __init__(
        self,
        icons: Icons,
        icon: str,
        line: str,
        sentence: str,
        button: str = "",
        button_icon: str = "",
        *,
        primary: bool = False,
        drop_area: bool = False,
    ) -> None:
        super().__init__()
        self._theme = icons.theme
        self._drop_area = drop_area
        self._lit = False
        self._line = _centred(line, "heading", "text")
        self._sentence = _centred(sentence, "body", "text2")
        picture = Picture(icons, icon, "text2", 40)
        items: list[Item] = [None, row(None, picture, None), 16, self._line, 4, self._sentence]
        if button:
            self.button = (primary_button if primary else normal_button)(icons, button, button_icon)
            self.button.clicked.connect(self.acted)
            items += [12, row(None, self.button, None)]
        self.setLayout(column(*items, None, spacing=0, margins=(32, 32, 32, 32)))
        icons.theme.changed.connect(self.update)

    def set_words(self, line: str, sentence: str) -> None:
        """Change the words, for instance to name what was searched for."""
        self._line.setText(line)
        self._sentence.setText(sentence)

    def set_lit(self, lit: bool) -> None:
        """Show that what is dragged over the window may be dropped here."""
        self._lit = lit
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._drop_area:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color("link" if self._lit else "control"), 1.5)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        if self._lit:
            painter.setBrush(self._theme.color("soft"))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(16, 16, -16, -16), 12, 12)


def _centred(text: str, role: str, tone: str) -> Paragraph:
    words = Paragraph(text, role, tone)
    words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    return words
