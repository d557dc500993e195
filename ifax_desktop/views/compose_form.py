"""The left half of the New fax window: to whom, from where, which documents, which cover page, how fine."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ifax_desktop.domain.number import show
from ifax_desktop.domain.quality import Quality
from ifax_desktop.viewmodels.compose import ComposeViewModel
from ifax_desktop.viewmodels.compose_state import ComposeState
from ifax_desktop.views.cover_fields import CoverFields
from ifax_desktop.views.drop_place import DropPlace
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.page_strip import PageStrip
from ifax_desktop.views.parts import (
    ElidedLabel,
    Field,
    Segments,
    column,
    drop_down,
    icon_button,
    label,
    line_edit,
    link_button,
    pane,
    row,
    rule,
    set_tip,
    whole_number,
)
from ifax_desktop.views.password_part import PasswordPart
from ifax_desktop.views.refused_part import RefusedPart
from ifax_desktop.views.when_part import WhenPart

_LONGEST_NUMBER: Final = 64
_LONGEST_NAME: Final = 200


class ComposeForm(QWidget):
    """Shows the state of the form and calls its commands. `files_wanted` asks for the file dialog."""

    files_wanted = Signal()

    def __init__(self, icons: Icons, model: ComposeViewModel) -> None:
        super().__init__()
        self._model = model
        self._offered: tuple[tuple[str, str], ...] = ()
        self.number = line_edit()
        self.number.setMaxLength(_LONGEST_NUMBER)
        self.name = line_edit()
        self.name.setMaxLength(_LONGEST_NAME)
        self.own_number = drop_down()
        self.add = link_button(icons, self.tr("Add files"), "attach", flush=True)
        set_tip(self.add, self.tr("Add files ({0})").format("Ctrl+O"))
        self.paste = link_button(icons, self.tr("Paste"), "clipboard", flush=True)
        set_tip(self.paste, self.tr("Add what is on the clipboard ({0})").format("Ctrl+V"))
        self.undo = icon_button(icons, "undo", self.tr("Undo"), "Ctrl+Z")
        self.redo = icon_button(icons, "redo", self.tr("Redo"), "Ctrl+Shift+Z")
        self.strip = PageStrip(icons, model)
        self.cover = CoverFields(icons, model)
        self.quality = Segments(
            [
                (Quality.STANDARD, self.tr("Standard")),
                (Quality.HD, self.tr("Fine")),
                (Quality.SUPERFINE, self.tr("Superfine")),
            ],
            name=self.tr("Quality"),
        )
        self.when = WhenPart(icons, model)
        self.number_field = Field(icons, self.tr("Number"), self.number, beside=True)
        self.reading = ElidedLabel("", "small", "text3")
        self.stop = link_button(icons, self.tr("Stop reading"), flush=True)
        self._at_work = pane(row((self.reading, 1), self.stop, spacing=16))
        self.refused = RefusedPart(icons)
        self._place = DropPlace(icons)
        self.locked = PasswordPart(icons, model)
        self.setLayout(self._laid_out(icons))
        self.number.setAccessibleName(self.tr("Fax number of the recipient"))
        self.name.setAccessibleName(self.tr("Name of the recipient"))
        self.own_number.setAccessibleName(self.tr("Our number the fax comes from"))
        for field in (self.number, self.name):
            field.setAcceptDrops(False)  # a file dropped on a field is a document, not text
        self._connect()

    def _laid_out(self, icons: Icons) -> QVBoxLayout:
        return column(
            label(self.tr("To"), "section"),
            self.number_field,
            Field(icons, self.tr("Name"), self.name, beside=True),
            Field(icons, self.tr("From"), self.own_number, beside=True),
            4,
            rule(),
            row(
                (label(self.tr("Documents"), "section"), 1),
                row(self.undo, self.redo, spacing=0),
                self.add,
                self.paste,
                spacing=16,
            ),
            self.strip,
            self._place,
            self.locked,
            self._at_work,
            self.refused,
            4,
            rule(),
            4,
            label(self.tr("Cover page"), "section"),
            self.cover,
            4,
            rule(),
            4,
            row(
                column(label(self.tr("Quality"), "section"), self.quality),
                column(label(self.tr("When"), "section"), self.when.choice),
                None,
                spacing=24,
            ),
            self.when,
            None,
            margins=(24, 16, 12, 24),
        )

    def _connect(self) -> None:
        model = self._model
        self.number.textEdited.connect(model.set_number)
        self.number.editingFinished.connect(model.check_number)
        self.name.textEdited.connect(model.set_name)
        self.own_number.activated.connect(lambda _: model.set_own_number(self.own_number.currentData()))
        self.add.clicked.connect(self.files_wanted)
        self.strip.files_wanted.connect(self.files_wanted)
        self.stop.clicked.connect(model.stop_reading)
        self.undo.clicked.connect(model.pages.undo)
        self.redo.clicked.connect(model.pages.redo)
        self.quality.chosen.connect(lambda key: model.set_quality(Quality(key)))

    def show_state(self, state: ComposeState) -> None:
        """Write the whole state into the fields."""
        form = state.form
        for field, text in ((self.number, form.number), (self.name, form.name)):
            if field.text() != text:  # do not move the cursor
                field.setText(text)
        self.number_field.set_problem(state.number_problem)
        self._offer_numbers(state)
        self.strip.setVisible(bool(form.attachments))
        for button, can in ((self.undo, state.can_undo), (self.redo, state.can_redo)):
            button.setEnabled(can)
            button.setVisible(state.can_undo or state.can_redo)
        self._place.setVisible(not form.attachments and not state.taking and not state.locked)
        self.reading.setText(self.tr("Reading “{0}”").format(state.taking))
        self._at_work.setVisible(bool(state.taking))
        self.locked.show_state(state)
        self.refused.show_problem(state.documents_problem)
        self.cover.show_state(state)
        self.quality.choose(form.quality)
        self.when.show_state(state)
        self.setEnabled(not state.is_sending)

    def _offer_numbers(self, state: ComposeState) -> None:
        chosen = state.form.own_number
        offered = [
            (own.number, ", ".join(filter(None, (whole_number(show(own.number)), own.area))))
            for own in state.own_numbers
        ]
        if chosen and chosen not in dict(offered):
            offered.append((chosen, whole_number(show(chosen))))
        offered.append(("", self.tr("Let the service choose")))
        if tuple(offered) != self._offered:
            self._offered = tuple(offered)
            self.own_number.clear()
            for number, words in offered:
                self.own_number.addItem(words, number)
        self.own_number.setCurrentIndex(self.own_number.findData(chosen))
