"""The account page of Settings: the key, where it is kept, and going over to practice mode or back."""

from PySide6.QtWidgets import QWidget

from ifax_desktop.viewmodels.settings import SettingsViewModel
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.key_edit import key_edit
from ifax_desktop.views.parts import (
    Field,
    Paragraph,
    Picture,
    column,
    danger_button,
    label,
    normal_button,
    pane,
    primary_button,
    row,
    rule,
)


class AccountPart(QWidget):
    """With an account: its key and the way to practice mode. In practice mode: the way back."""

    def __init__(self, icons: Icons, model: SettingsViewModel) -> None:
        super().__init__()
        self._icons = icons
        self._model = model
        self.switch = normal_button(
            icons, self.tr("Use my account") if model.practice else self.tr("Go to practice mode")
        )
        self.switch.clicked.connect(model.go_live if model.practice else model.practise)
        parts = [self._mode()] if model.practice else [self._key(), rule(), self._mode()]
        self.setLayout(column(*parts, spacing=20))
        model.changed.connect(self._show)
        self._show()

    def _key(self) -> QWidget:
        self.key = key_edit(self._icons, self.tr("Paste a key to change it"))
        self.use = primary_button(self._icons, self.tr("Check and keep"))
        self.forget = danger_button(self._icons, self.tr("Forget the key"))
        hint = self.tr(
            "It is tried first, then kept in the system keyring and nowhere else. Nothing is sent."
        )
        self._field = Field(self._icons, self.tr("API key"), pane(row((self.key, 1), self.use)), hint)
        self._told = Paragraph("", "body", "ok")
        self.key.textEdited.connect(lambda _: self._model.key_edited())
        self.key.returnPressed.connect(self._use)
        self.use.clicked.connect(self._use)
        self.forget.clicked.connect(self._model.forget_key)
        return pane(column(self._field, self._told, row(self.forget, None), spacing=12))

    def _mode(self) -> QWidget:
        if self._model.practice:
            title = self.tr("Practice mode - nothing is really sent")
            words = self.tr(
                "Everything here happens inside this computer. Practice faxes stay here and never mix with those of "
                "your account."
            )
        else:
            title = self.tr("Practice mode")
            words = self.tr(
                "The whole program with a built-in fax service. Your faxes stay where they are and wait until you "
                "come back."
            )
        beside = column(
            label(title, "section"), Paragraph(words, "body", "text2"), 8, row(self.switch, None), spacing=2
        )
        sign = column(Picture(self._icons, "practice", "text2", 20), None)
        return pane(row(sign, (beside, 1), spacing=12))

    def _use(self) -> None:
        self._model.use_key(self.key.text())

    def _show(self) -> None:
        if self._model.practice:
            return
        state = self._model.state.key
        self._field.set_problem(state.problem)
        self._told.setText(state.words)
        self._told.setVisible(bool(state.words))
        self.key.setEnabled(not state.trying)
        self.use.setEnabled(not state.trying)
        self.forget.setEnabled(not state.trying)
        self.use.setText(self.tr("Checking the key") if state.trying else self.tr("Check and keep"))
        if state.words:
            self.key.clear()
