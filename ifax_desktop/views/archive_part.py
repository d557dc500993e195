"""The Archive page of Settings: how long faxes are kept, one file with everything, and whether everything is sound."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, QStandardPaths, Qt
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QProgressBar, QPushButton, QWidget

from ifax_desktop.viewmodels.archive_doing import Doing
from ifax_desktop.viewmodels.archive_settings import ArchiveViewModel, Asked
from ifax_desktop.viewmodels.archive_words import Outcome
from ifax_desktop.views.boxes import Question, ask_box
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import Card, CardContent, column, drop_down, label, normal_button, pane, row
from ifax_desktop.views.setting_row import SettingRow

_SIGNS: Final = {"ok": "check", "warn": "warning", "bad": "warning"}


class ArchivePart(QObject):
    """The rows, and below them a card: how far something is, then what came of it."""

    def __init__(self, icons: Icons, model: ArchiveViewModel, page: QWidget) -> None:
        super().__init__(page)
        self._model = model
        self._page = page
        tr = self.tr
        years = ((tr("%n years", None, count), count) for count in (2, 5, 10))
        self.keep = drop_down([(tr("For ever"), 0), (tr("1 year"), 1), *years])
        self.export = normal_button(icons, tr("Export…"), "save")
        self.take_in = normal_button(icons, tr("Import…"), "plus")
        self.check = normal_button(icons, tr("Check now"), "refresh")
        self.rows = (
            SettingRow(
                icons,
                tr("Keep faxes"),
                tr(
                    "Counted from the end of a fax. Older ones are deleted here once a day, except unread ones."
                ),
                self.keep,
            ),
            SettingRow(
                icons,
                tr("Export everything"),
                tr("All faxes with their documents in one file, for another computer or as a backup."),
                self.export,
            ),
            SettingRow(
                icons,
                tr("Import a file"),
                tr("Adds what is not here yet, and documents that are gone. Nothing is replaced or sent."),
                self.take_in,
            ),
            SettingRow(
                icons,
                tr("Check the archive"),
                tr("Looks whether every fax and every document is as it was kept."),
                self.check,
            ),
        )
        self.card = Card(icons)
        self._way: tuple[QProgressBar, QLabel] | None = None
        """How far something is, while it is under way."""
        self.below = pane(column(16, self.card, spacing=0))
        self._connect()

    def _connect(self) -> None:
        model = self._model
        self.keep.activated.connect(lambda _: model.set_keep_years(self.keep.currentData()))
        self.export.clicked.connect(self._choose_target)
        self.take_in.clicked.connect(self._choose_source)
        self.check.clicked.connect(model.check)
        self.card.acted.connect(model.cancel)
        model.changed.connect(self.show)
        model.asked.connect(self._ask)
        model.is_shown = True
        self.show()
        if model.question is not None:
            self._ask()

    def leave(self) -> None:
        """The page is gone; the work may go on."""
        self._model.is_shown = False

    def show(self) -> None:
        """Write the state into the widgets."""
        state = self._model.state
        place = self.keep.findData(state.keep_years)
        if place < 0:
            self.keep.addItem(self.tr("%n years", None, state.keep_years), state.keep_years)
            place = self.keep.count() - 1
        self.keep.setCurrentIndex(place)
        is_free = state.doing is Doing.NOTHING
        self._enable(is_free, self.export, self.take_in, self.check)
        if not is_free:
            self._show_way(state.doing, state.percent)
        else:
            self._end_way()
            if state.outcome is not None:
                self._show_outcome(state.outcome)
        self.card.setVisible(not is_free or state.outcome is not None)

    def _enable(self, is_free: bool, *buttons: QPushButton) -> None:
        for button in buttons:
            button.setEnabled(is_free)
            button.setToolTip("" if is_free else self.tr("One at a time: something is under way."))

    def _show_way(self, doing: Doing, percent: int | None) -> None:
        tr = self.tr
        words = {
            Doing.EXPORT: tr("Exporting everything"),
            Doing.IMPORT: tr("Importing"),
            Doing.CHECK: tr("Checking the archive"),
        }
        if self._way is None:
            self.card.show_content(CardContent("plain", "document", words[doing], button=tr("Cancel")))
            bar, told = QProgressBar(), label("", "small", "text2")
            bar.setTextVisible(False)
            bar.setAccessibleName(words[doing])
            told.setMinimumWidth(told.fontMetrics().horizontalAdvance("100 %"))
            self.card.set_extra(pane(row((bar, 1), told, spacing=12)))
            self._way = bar, told
        bar, told = self._way
        bar.setRange(0, 0 if percent is None else 100)
        bar.setValue(percent or 0)
        told.setText("" if percent is None else tr("{0} %").format(percent))

    def _end_way(self) -> None:
        if self._way is not None:
            self._way = None
            self.card.set_extra(None)

    def _show_outcome(self, outcome: Outcome) -> None:
        sign = _SIGNS[outcome.tone]
        self.card.show_content(
            CardContent(outcome.tone, sign, outcome.title, outcome.sentences, details=outcome.details)
        )

    def _choose_target(self) -> None:
        tr = self.tr
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self._page, tr("Export everything"), str(Path(folder) / self._model.file_name))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("zip")
        dialog.setNameFilter(tr("Exported faxes (*.zip)"))
        dialog.fileSelected.connect(lambda name: self._model.export_to(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _choose_source(self) -> None:
        tr = self.tr
        dialog = QFileDialog(self._page, tr("Import a file"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilters([tr("Exported faxes (*.zip)"), tr("All files (*)")])
        dialog.fileSelected.connect(lambda name: self._model.open_file(Path(name)))
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _ask(self) -> None:
        """Ask what the model wants to know; closing the box says no."""
        question = self._model.question
        if question is None:
            return
        tr = self.tr
        yes, no = {
            Asked.DELETE: (tr("Delete them"), tr("Keep them")),
            Asked.IMPORT: (tr("Import"), tr("Leave it")),
            Asked.ACCOUNT: (tr("It is of this account"), tr("Leave it")),
        }[question.asked]
        box = ask_box(self._page, Question(question.title, question.words, yes, no), self._model.answer)
        if question.asked is Asked.ACCOUNT:
            other = box.addButton(tr("Of another account"), QMessageBox.ButtonRole.ActionRole)
            other.clicked.connect(lambda: self._model.answer(ours=False))
        box.finished.connect(lambda _: self._closed(box))
        box.open()

    def _closed(self, box: QMessageBox) -> None:
        button = box.clickedButton()  # told only after this
        if button is None or box.buttonRole(button) == QMessageBox.ButtonRole.RejectRole:
            self._model.dismiss()
