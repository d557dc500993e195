"""The first start: paste the key, or try practice mode."""

from collections.abc import Callable

from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QFrame, QMainWindow, QWidget

from ifax_desktop.viewmodels.start import StartViewModel
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.key_edit import key_edit
from ifax_desktop.views.parts import (
    Field,
    Paragraph,
    Picture,
    ScrollPane,
    column,
    label,
    normal_button,
    pane,
    primary_button,
    row,
    rule,
)

_PANEL_EM = 47.5


class StartView(QMainWindow):
    """A window with one panel: the key at the top, practice mode below."""

    def __init__(self, icons: Icons, model: StartViewModel, on_close: Callable[[], None]) -> None:
        super().__init__()
        self._icons = icons
        self._model = model
        self._on_close = on_close
        self.setWindowTitle("iFax Desktop")
        self.key = key_edit(icons, self.tr("Paste the key here"))
        self.connect_button = primary_button(icons, self.tr("Connect"))
        self.practice_button = normal_button(icons, self.tr("Start practice mode"))
        self._field = Field(
            icons,
            self.tr("API key"),
            pane(row((self.key, 1), self.connect_button)),
            self.tr("We check the key before anything else happens. Nothing is sent."),
        )
        self.setCentralWidget(self._placed(self._panel()))
        self.resize(icons.theme.em(78.8), icons.theme.em(53.8))
        self.connect_button.clicked.connect(self._connect)
        self.key.returnPressed.connect(self._connect)
        self.key.textEdited.connect(lambda _: model.key_edited())
        self.practice_button.clicked.connect(model.practise)
        model.changed.connect(self._show)
        self._show()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self._on_close()

    def _panel(self) -> QWidget:
        name = row(Picture(self._icons, "send", "link", 28), label("iFax Desktop", "title"), None, spacing=12)
        where = self.tr(
            "The key is in your iFax account under Developer, API keys. It is kept in the system keyring of this "
            "computer and nowhere else."
        )
        panel = QFrame()
        panel.setProperty("panel", True)
        panel.setLayout(
            column(
                name,
                28,
                label(self.tr("Connect your account"), "display"),
                4,
                Paragraph(where, "body", "text2"),
                16,
                self._field,
                24,
                rule(),
                24,
                self._practice(),
                spacing=0,
                margins=(48, 40, 48, 40),
            )
        )
        panel.setFixedWidth(self._icons.theme.em(_PANEL_EM))
        return panel

    def _practice(self) -> QWidget:
        words = self.tr(
            "The whole program with a built-in fax service. Nothing is really sent, nothing costs money, and you can "
            "connect an account later."
        )
        beside = column(
            label(self.tr("No account yet? Try practice mode"), "section"),
            Paragraph(words, "body", "text2"),
            8,
            row(self.practice_button, None),
            spacing=2,
        )
        sign = column(Picture(self._icons, "practice", "text2", 24), None)
        return pane(row(sign, (beside, 1), spacing=12))

    def _placed(self, panel: QWidget) -> QWidget:
        middle = pane(column(None, row(None, panel, None), None, margins=(16, 16, 16, 16)))
        return pane(column((ScrollPane(middle), 1)), "window")

    def _connect(self) -> None:
        self._model.connect_account(self.key.text())

    def _show(self) -> None:
        state = self._model.state
        self._field.set_problem(state.problem)
        self.key.setEnabled(not state.connecting)
        self.connect_button.setEnabled(not state.connecting)
        self.connect_button.setText(self.tr("Checking the key") if state.connecting else self.tr("Connect"))
        self.practice_button.setEnabled(not state.connecting)
