"""The cover page in the New fax form: who makes it, and the words on it."""

from typing import Final, cast

from PySide6.QtWidgets import QComboBox, QLineEdit, QPlainTextEdit, QWidget

from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.viewmodels.compose import ComposeViewModel
from ifax_desktop.viewmodels.compose_state import ComposeState, NoticeKind
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import Field, Segments, column, drop_down, line_edit, pane

_LONGEST_LINE: Final = 200
_MESSAGE_LINES: Final = 4


class CoverFields(QWidget):
    """Fields appear where the chosen kind of cover page prints them."""

    def __init__(self, icons: Icons, model: ComposeViewModel) -> None:
        super().__init__()
        self._model = model
        self.kind = Segments(
            [
                (CoverKind.NONE, self.tr("None")),
                (CoverKind.SERVICE, self.tr("Service template")),
                (CoverKind.OWN, self.tr("Our own")),
            ],
            name=self.tr("Cover page"),
        )
        self.to = _short_line()
        self.sender_name = _short_line()
        self.subject = _short_line()
        self.message = _lines(_MESSAGE_LINES)
        self.notice = self._notices()
        self.notice_text = _lines(_MESSAGE_LINES - 1)
        self._own_text = Field(icons, "", self.notice_text, beside=True)
        self.notice_text.setAccessibleName(self.tr("Text of the notice"))
        self._notice = Field(icons, self.tr("Notice"), self.notice, beside=True)
        self._words = pane(
            column(
                Field(icons, self.tr("To"), self.to, beside=True),
                Field(icons, self.tr("From"), self.sender_name, beside=True),
                Field(icons, self.tr("Subject"), self.subject, beside=True),
                Field(icons, self.tr("Message"), self.message, beside=True),
                self._notice,
                self._own_text,
            )
        )
        self._name_for_readers()
        self.setLayout(column(self.kind, self._words))
        self._connect()

    def _notices(self) -> QComboBox:
        return drop_down(
            [
                (self.tr("Confidential, standard text"), "standard"),
                (self.tr("A text of our own"), "own"),
                (self.tr("None"), "none"),
            ]
        )

    def _name_for_readers(self) -> None:
        self.to.setAccessibleName(self.tr("To, on the cover page"))
        self.sender_name.setAccessibleName(self.tr("From, on the cover page"))
        self.subject.setAccessibleName(self.tr("Subject, on the cover page"))
        self.message.setAccessibleName(self.tr("Message, on the cover page"))
        self.notice.setAccessibleName(self.tr("Confidentiality notice, on the cover page"))

    def _connect(self) -> None:
        model = self._model
        self.kind.chosen.connect(lambda key: model.set_cover_kind(CoverKind(key)))
        self.to.textEdited.connect(model.set_cover_to)
        self.sender_name.textEdited.connect(model.set_cover_from)
        self.subject.textEdited.connect(model.set_subject)
        self.message.textChanged.connect(lambda: model.set_message(self.message.toPlainText()))
        self.notice.activated.connect(lambda _: model.set_notice(cast(NoticeKind, self.notice.currentData())))
        self.notice_text.textChanged.connect(self._notice_written)

    def _notice_written(self) -> None:
        if self._model.state.notice == "own":
            self._model.set_notice_text(self.notice_text.toPlainText())

    def show_state(self, state: ComposeState) -> None:
        """Show the cover of the form."""
        cover = state.form.cover
        self.kind.choose(cover.kind)
        for field, text in (
            (self.to, cover.to_name),
            (self.sender_name, cover.from_name),
            (self.subject, cover.subject),
        ):
            if field.text() != text:  # do not move the cursor
                field.setText(text)
        _set_plain(self.message, cover.message)
        self.notice.setCurrentIndex(self.notice.findData(state.notice))
        if state.notice == "own":
            _set_plain(self.notice_text, cover.notice)
        own = cover.kind is CoverKind.OWN
        self._words.setVisible(cover.kind is not CoverKind.NONE)
        self._notice.setVisible(own)
        self._own_text.setVisible(own and state.notice == "own")


def _short_line() -> QLineEdit:
    made = line_edit()
    made.setMaxLength(_LONGEST_LINE)
    made.setAcceptDrops(False)
    return made


def _lines(count: int) -> QPlainTextEdit:
    """A field for some lines; Tab leaves it. A file dropped on it is a document of the fax, not text."""
    made = QPlainTextEdit()
    made.setTabChangesFocus(True)
    made.setAcceptDrops(False)
    made.ensurePolished()
    made.setFixedHeight(made.fontMetrics().lineSpacing() * count + 18)
    return made


def _set_plain(field: QPlainTextEdit, text: str) -> None:
    if field.toPlainText() != text:
        field.setPlainText(text)
