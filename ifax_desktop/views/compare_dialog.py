"""Which of these is my fax? Our pages at the left, the candidates of the service and the copy of one at the right."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QDialog, QLayout, QRadioButton, QWidget

from ifax_desktop.viewmodels.compare import CandidateRow, CompareViewModel
from ifax_desktop.views.arrange import ScrollPane, column, pane, row, rule
from ifax_desktop.views.buttons import normal_button, primary_button
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.labels import label, literal
from ifax_desktop.views.paragraph import Paragraph
from ifax_desktop.views.preview_pane import PreviewPane

_STRIP = Qt.Orientation.Horizontal
_FACTS_EM = 10
"""The height of the facts above the pages, so that both papers begin on one line."""


class CompareDialog(QDialog):
    """Nothing is chosen at first, and closing it changes nothing."""

    def __init__(self, icons: Icons, model: CompareViewModel, parent: QWidget | None) -> None:
        super().__init__(parent)
        self._icons = icons
        self._model = model
        self.setWindowTitle(self.tr("Is one of these your fax?"))
        self.choices = QButtonGroup(self)
        self.none = normal_button(icons, self.tr("None of these, or not sure"))
        self.none.setDefault(True)
        self.none.clicked.connect(self.reject)
        self.take = primary_button(icons, self.tr("This is my fax"), "check")
        self.take.clicked.connect(self._adopt)
        self.setLayout(self._arranged())
        self.resize(icons.theme.em(84), icons.theme.em(60))
        model.changed.connect(self._show)
        self._show()
        if buttons := self.choices.buttons():
            buttons[0].setFocus(Qt.FocusReason.OtherFocusReason)

    def _arranged(self) -> QLayout:
        words = Paragraph(
            self.tr(
                "The answer of the service was lost, so nobody knows whether it has your fax. What stands at the "
                "right could be it. If you recognize your pages there, say so, and the fax is followed to its end."
            )
        )
        ours = self._half(
            self.tr("Your fax"), self._facts(), PreviewPane(self._icons, self._model.ours, _STRIP)
        )
        empty = (self.tr("Choose one above"), self.tr("Then the copy of the service is shown here."))
        theirs = self._half(
            self.tr("At the service"),
            self._candidates(),
            PreviewPane(self._icons, self._model.theirs, _STRIP, empty=empty),
        )
        middle = row((ours, 1), rule("down"), (theirs, 1), spacing=0)
        foot = row(self.none, None, self.take, margins=(24, 12, 24, 16))
        head = pane(column(words, margins=(24, 16, 24, 12)))
        return column(head, rule(), (pane(middle), 1), rule(), foot, spacing=0)

    def _half(self, title: str, facts: QWidget, pages: PreviewPane) -> QWidget:
        facts.setFixedHeight(self._icons.theme.em(_FACTS_EM))
        words = label(title, "section")
        return pane(
            column(pane(column(words, facts, margins=(24, 12, 24, 8)), "surface"), (pages, 1), spacing=0)
        )

    def _facts(self) -> QWidget:
        return ScrollPane(
            pane(column(*(Paragraph(fact) for fact in self._model.state.ours), None, spacing=4))
        )

    def _candidates(self) -> QWidget:
        lines = []
        for candidate in self._model.state.candidates:
            button = QRadioButton(literal(candidate.title))
            button.setAccessibleDescription(", ".join(candidate.facts))
            button.toggled.connect(partial(self._choose, candidate.job_id))
            self.choices.addButton(button)
            facts = label(_in_line(candidate), "small", "text2")
            facts.setWordWrap(True)
            facts.setIndent(self._icons.theme.em(2))
            lines.append(column(button, facts, spacing=2))
        return ScrollPane(pane(column(*lines, None, spacing=8)))

    def _choose(self, job_id: str, on: bool) -> None:
        if on:
            self._model.choose(job_id)

    def _adopt(self) -> None:
        self._model.adopt()
        self.accept()

    def _show(self) -> None:
        chosen = bool(self._model.state.chosen)
        self.take.setEnabled(chosen)
        self.take.setText(self.tr("This is my fax") if chosen else self.tr("Choose a fax first"))


def _in_line(candidate: CandidateRow) -> str:
    return "  \N{MIDDLE DOT}  ".join(candidate.facts)
