"""The New fax window: the form at the left, what goes out at the right, Send at the foot."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import (
    QCloseEvent,
    QGuiApplication,
    QKeySequence,
    QShortcut,
)
from PySide6.QtWidgets import QFileDialog, QWidget

from ifax_desktop.viewmodels.compose import ComposeViewModel
from ifax_desktop.viewmodels.compose_state import draft_words, send_words, why_not
from ifax_desktop.viewmodels.given import documents_of
from ifax_desktop.views.compose_form import ComposeForm
from ifax_desktop.views.drop_veil import DropVeil
from ifax_desktop.views.fax_preview_pane import FaxPreviewPane
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import (
    ElidedLabel,
    ScrollPane,
    column,
    label,
    literal,
    pane,
    primary_button,
    row,
    rule,
    set_ground,
    set_tip,
)
from ifax_desktop.views.problem_line import ProblemLine

_KINDS: Final = [
    "pdf",
    "png",
    "jpg",
    "jpeg",
    "tif",
    "tiff",
    "bmp",
    "gif",
    "webp",
    "heic",
    "heif",
    "txt",
    "log",
    "csv",
    "docx",
    "doc",
    "odt",
    "rtf",
    "xlsx",
    "xls",
    "ods",
    "pptx",
    "ppt",
    "odp",
]
_FORM_EM: Final = 41.25
_SIZE: Final = QSize(1280, 896)


class ComposeView(QWidget):
    """One fax being written; there may be several. Closing asks the form to be kept first."""

    closed = Signal()

    def __init__(self, icons: Icons, model: ComposeViewModel) -> None:
        super().__init__()
        self._model = model
        self._dialog: QFileDialog | None = None
        self.form = ComposeForm(icons, model)
        self.preview = FaxPreviewPane(icons, model)
        self.send = primary_button(icons, "", "send", tall=True)
        self._hint = ElidedLabel("", "small", "text3")
        self.estimate = label("", "small", "text2")
        self.problem = ProblemLine(icons)
        words = (self.tr("Drop to add"), self.tr("The pages come after the ones that are there."))
        veil = DropVeil(icons, self, self, ("attach", *words), documents_of)
        veil.dropped.connect(model.add_files)
        self._arrange(icons)
        self.setAcceptDrops(True)
        self.setWindowIcon(icons.application_icon())
        self._connect()
        self._show()
        self.form.number.setFocus()

    def add_files(self) -> None:
        """Ask for files and add them."""
        if self._dialog is not None:
            return
        dialog = QFileDialog(self, self.tr("Add files"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
        dialog.setNameFilters(
            [
                self.tr("Documents and pictures ({0})").format(" ".join(f"*.{kind}" for kind in _KINDS)),
                self.tr("All files (*)"),
            ]
        )
        dialog.filesSelected.connect(lambda names: self._model.add_files([Path(name) for name in names]))
        dialog.finished.connect(self._dialog_over)
        self._dialog = dialog
        dialog.open()

    def paste(self) -> None:
        """Add what is on the clipboard: files, a text or a picture."""
        self._model.add_files(documents_of(QGuiApplication.clipboard().mimeData()))

    def closeEvent(self, event: QCloseEvent) -> None:
        self._model.leave()
        if self._model.state.has_left:
            event.accept()
            self.closed.emit()
        else:
            event.ignore()  # until the form is kept, which takes a moment

    def _arrange(self, icons: Icons) -> None:
        left = ScrollPane(self.form)
        left.setFixedWidth(icons.theme.em(_FORM_EM))
        ground = pane(column(left, spacing=0), "surface")
        body = row(ground, rule("down"), (self.preview, 1), spacing=0)
        words = column(self._hint, self.problem, spacing=0)
        foot = pane(row((words, 1), self.estimate, self.send, spacing=24, margins=(24, 12, 24, 12)), "window")
        self.setLayout(column((body, 1), rule(), foot, spacing=0))
        set_ground(self, "window")
        self.resize(_SIZE)

    def _connect(self) -> None:
        self.form.files_wanted.connect(self.add_files)
        self.preview.files_wanted.connect(self.add_files)
        self.form.paste.clicked.connect(self.paste)
        self.send.clicked.connect(self._model.send)
        for keys, command in (
            ("Ctrl+Return", self._model.send),
            ("Ctrl+Enter", self._model.send),
            ("Ctrl+O", self.add_files),
            ("Ctrl+V", self.paste),
            ("Ctrl+W", self.close),
            ("Ctrl+Z", self._model.pages.undo),
            ("Ctrl+Shift+Z", self._model.pages.redo),
            ("Ctrl+Y", self._model.pages.redo),
            ("PgUp", lambda: self._model.preview.step(-1)),
            ("PgDown", lambda: self._model.preview.step(1)),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(command)
        self._model.changed.connect(self._show)
        self._model.preview.changed.connect(self._show_estimate)
        self._model.stayed.connect(self.raise_)
        self._model.stayed.connect(self.activateWindow)

    def _show(self) -> None:
        state = self._model.state
        self.form.show_state(state)
        words = send_words(state)
        self.send.setText(literal(words))
        self.send.setAccessibleName(words)
        self.send.setEnabled(state.can_send)
        set_tip(self.send, why_not(state) or self.tr("Send ({0})").format("Ctrl+Enter"))
        self._hint.setText(draft_words(state))
        problem = state.problem or state.too_large
        self._hint.setVisible(not problem)
        self.problem.show_problem(problem)
        whom = state.recipient
        self.setWindowTitle(self.tr("Fax to {0}").format(whom) if whom else self.tr("New fax"))
        if state.has_left and self.isVisible():
            self.close()

    def _show_estimate(self) -> None:
        words, details = self._model.estimate
        if words != self.estimate.text():
            self.estimate.setText(words)
            set_tip(self.estimate, details)
            self.estimate.setVisible(bool(words))

    def _dialog_over(self) -> None:
        if self._dialog is not None:
            self._dialog.deleteLater()
            self._dialog = None
