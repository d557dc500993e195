"""The files that could not be added to a fax: the first ones in words, the rest one click away."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtWidgets import QSizePolicy, QWidget

from ifax_desktop.views.card import Details
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import column, link_button, row
from ifax_desktop.views.problem_line import ProblemLine

_FIRST: Final = 3
"""Sentences shown of many; one more would take no more room than the words about it."""


class RefusedPart(QWidget):
    """However many files are dropped at once, the form below stays where it is; hidden while nothing was refused."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._sentences: list[str] = []
        self._line = ProblemLine(icons)
        self.more = link_button(icons, "", flush=True)
        self.all = Details()
        self.all.setFont(icons.theme.font("small"))
        self.all.setAccessibleName(self.tr("Files that were not added"))
        self.setLayout(
            column(
                self._line,
                row(self._line.indent, self.more, None, spacing=0),
                row(self._line.indent, (self.all, 1), spacing=0),
                spacing=4,
            )
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        self.more.clicked.connect(self._unfold)
        self.hide()

    @property
    def text(self) -> str:
        """The sentences shown at once."""
        return self._line.text

    @property
    def sentences(self) -> Sequence[str]:
        """A sentence for each file that was not added."""
        return self._sentences

    def show_problem(self, text: str) -> None:
        """Say what is wrong, a file a line; "" says nothing."""
        sentences = text.splitlines()
        if sentences == self._sentences:
            return
        known, self._sentences = self._sentences, sentences
        are_many = len(sentences) > _FIRST + 1
        self._line.show_problem("\n".join(sentences[:_FIRST] if are_many else sentences))
        self.more.setVisible(are_many)
        if not are_many:
            self.all.hide()
        elif self.all.isVisibleTo(self):
            self._show_all(len(known) if sentences[: len(known)] == known else 0)
        self._name_button()
        self.setVisible(bool(sentences))

    def _unfold(self) -> None:
        unfolded = not self.all.isVisibleTo(self)
        if unfolded:
            self._show_all(0)
        self.all.setVisible(unfolded)
        self._name_button()

    def _show_all(self, known: int) -> None:
        """Write all sentences; those after the ones that stand there are added, so that the reader's place stays."""
        if known:
            self.all.appendPlainText("\n".join(self._sentences[known:]))
        else:
            self.all.setPlainText("\n".join(self._sentences))

    def _name_button(self) -> None:
        count = len(self._sentences)
        words = (
            self.tr("Hide the list")
            if self.all.isVisibleTo(self)
            else self.tr("Show all {0} that were not added")
        )
        if self.more.text() != words.format(count):
            self.more.setText(words.format(count))
