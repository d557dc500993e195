"""What is wrong, in words below the place it belongs to: for parts of a form that are no single field."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.paragraph import line_pitch
from ifax_desktop.views.parts import Paragraph, Picture, column, row

_SIGN = 16
_GAP = 6


class ProblemLine(QWidget):
    """A sign and one or more sentences; hidden while there are none."""

    indent = _SIGN + _GAP
    """Where the words begin, in px."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._words = Paragraph("", "small", "bad")
        down = max(0, (line_pitch(icons.theme.font("small")) - _SIGN) // 2)
        sign = column(Picture(icons, "warning", "bad", _SIGN), None, margins=(0, down, 0, 0))
        self.setLayout(row(sign, (self._words, 1), spacing=_GAP))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.hide()

    @property
    def text(self) -> str:
        """The sentences shown."""
        return self._words.text()

    def show_problem(self, text: str) -> None:
        """Say what is wrong; "" says nothing."""
        if text == self._words.text():
            return  # the form shows all of itself with every letter that is typed
        self._words.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))
