"""Fields of a form: label, editor, hint, and the problem in words."""

from PySide6.QtWidgets import QSizePolicy, QWidget

from ifax_desktop.views.arrange import column, pane, row
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.labels import label, restyle
from ifax_desktop.views.paragraph import Paragraph, line_pitch
from ifax_desktop.views.pills import Picture

_SIGN = 16
BESIDE_EM = 5.54
"""Where editors begin that have their label beside them: 72 px at the usual size."""


class Field(QWidget):
    """An editor with its label above (or `beside` it), a hint below, and a problem in place of the hint."""

    def __init__(
        self, icons: Icons, name: str, editor: QWidget, hint: str = "", *, beside: bool = False
    ) -> None:
        super().__init__()
        self.editor = editor
        self._name = label(name, "body" if beside else "small_strong", "text2")
        self._name.setBuddy(editor)
        self._hint = Paragraph(hint, "small", "text3")
        self._hint.setVisible(bool(hint))
        self._words = Paragraph("", "small", "bad")
        down = max(0, (line_pitch(icons.theme.font("small")) - _SIGN) // 2)
        sign = column(Picture(icons, "warning", "bad", _SIGN), None, margins=(0, down, 0, 0))
        self._problem = pane(row(sign, (self._words, 1), spacing=6))
        self._problem.hide()
        editor.setAccessibleName(editor.accessibleName() or name)
        if hint:
            editor.setAccessibleDescription(hint)
        below = column(editor, self._hint, self._problem, spacing=4)
        if beside:
            self._name.setMinimumWidth(icons.theme.em(BESIDE_EM))
            self._name.setMinimumHeight(icons.theme.height("control"))
            self.setLayout(row(column(self._name, None), (below, 1), spacing=0))
        else:
            self.setLayout(column(self._name, below, spacing=4))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def set_hint(self, text: str) -> None:
        """Change the hint."""
        self._hint.setText(text)
        self.set_problem(self.problem)

    @property
    def problem(self) -> str:
        """The words of the problem shown, or ""."""
        return self._words.text()

    def set_problem(self, text: str) -> None:
        """Show what is wrong in words, or nothing with ""."""
        self._words.setText(text)
        self._problem.setVisible(bool(text))
        self._hint.setVisible(not text and bool(self._hint.text()))
        self.editor.setAccessibleDescription(text or self._hint.text())
        restyle(self.editor, problem=bool(text))
