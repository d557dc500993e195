"""A locked document of a new fax: its password is asked for where it will stand."""

from PySide6.QtWidgets import QWidget

from ifax_desktop.viewmodels.compose import ComposeViewModel
from ifax_desktop.viewmodels.compose_state import ComposeState
from ifax_desktop.views.arrange import column, row
from ifax_desktop.views.buttons import link_button, normal_button
from ifax_desktop.views.field import BESIDE_EM, Field
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.key_edit import key_edit
from ifax_desktop.views.paragraph import Paragraph


class PasswordPart(QWidget):
    """Shown while a locked file waits; the password is kept nowhere."""

    def __init__(self, icons: Icons, model: ComposeViewModel) -> None:
        super().__init__()
        self._model = model
        self._asked_for = ""
        self._words = Paragraph("", "small_strong", "text")
        self.password = key_edit(icons, "", self.tr("Show or hide the password"))
        self.unlock = normal_button(icons, self.tr("Unlock"), "lock")
        self.leave_out = link_button(icons, self.tr("Leave it out"))
        self._field = Field(
            icons, self.tr("Password"), self.password, self.tr("The fax itself is not locked."), beside=True
        )
        buttons = row(icons.theme.em(BESIDE_EM), self.unlock, self.leave_out, None, spacing=8)
        self.setLayout(column(self._words, self._field, buttons, spacing=8))
        self.unlock.clicked.connect(self._unlock)
        self.password.returnPressed.connect(self._unlock)
        self.leave_out.clicked.connect(model.leave_locked_out)
        self.password.setAcceptDrops(False)
        self.hide()

    def show_state(self, state: ComposeState) -> None:
        """Ask for the password of the file that is locked, if one is."""
        if state.locked != self._asked_for:
            self._asked_for = state.locked
            self.password.clear()
        self._words.setText(self.tr("“{0}” is locked with a password").format(state.locked))
        self._field.set_problem(state.lock_problem)
        for button in (self.unlock, self.leave_out):
            button.setEnabled(not state.taking)
        self.setVisible(bool(state.locked))

    def _unlock(self) -> None:
        self._model.unlock(self.password.text())
