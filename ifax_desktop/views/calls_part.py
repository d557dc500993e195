"""Calls of the service, in Settings: whether it may call, where, and the address to give to it."""

from PySide6.QtWidgets import QLineEdit, QWidget

from ifax_desktop.viewmodels.settings import SettingsViewModel
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import Field, column, drop_down, icon_button, line_edit, pane, row, spin_box
from ifax_desktop.views.setting_row import SettingRow


class CallsPart:
    """The rows, and the field below them; all but the first can be used only while the service may call."""

    def __init__(self, icons: Icons, model: SettingsViewModel, page: QWidget) -> None:
        self._model = model
        tr = page.tr
        self.host = drop_down(
            [
                (tr("Off"), ""),
                (tr("From this computer"), "127.0.0.1"),
                (tr("From the network"), "0.0.0.0"),  # noqa: S104 - the user chooses it
            ]
        )
        self.port = spin_box(1, 65535)
        self.outside = line_edit("https://fax.example.com")
        self.user = line_edit(tr("Name"))
        self.user.setAccessibleName(tr("Name the service signs in with"))
        self._none, self._kept = tr("Password"), tr("Kept. Type to change it")
        self.password = line_edit(self._none)
        self.password.setAccessibleName(tr("Password the service signs in with"))
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.address = line_edit()
        self.address.setReadOnly(True)
        self.copy = icon_button(icons, "copy", tr("Copy the address"))
        self.rows = (
            SettingRow(
                icons,
                tr("Let the service call"),
                tr(
                    "It tells at once when a fax has arrived or ended (a webhook). Otherwise it is asked from time to time."
                ),
                self.host,
            ),
            SettingRow(icons, tr("Port"), tr("Where this computer takes the calls."), self.port),
            SettingRow(
                icons,
                tr("Address from outside"),
                tr("How the service reaches this computer, if a router or a web server passes its calls on."),
                self.outside,
            ),
            SettingRow(
                icons,
                tr("Sign-in of the service"),
                tr(
                    "If you set a name and a password there (Basic authentication). The password is kept like the key."
                ),
                pane(column(self.user, self.password, spacing=8)),
            ),
        )
        self.field = Field(
            icons,
            tr("Address to give to the service"),
            pane(row((self.address, 1), self.copy)),
            " ",
        )
        self._secret = tr(
            "It holds a secret. A call is never believed: it only makes the program ask the service."
        )
        self._short = tr(
            "It holds until the program closes, as this computer has no keyring to keep its secret in."
        )
        self.below = pane(column(16, self.field, spacing=0))
        self._connect()

    def _connect(self) -> None:
        model = self._model
        self.host.activated.connect(lambda _: model.set_webhook_host(self.host.currentData()))
        self.port.editingFinished.connect(lambda: model.set_webhook_port(self.port.value()))
        self.outside.editingFinished.connect(lambda: model.set_webhook_address(self.outside.text()))
        self.user.editingFinished.connect(lambda: model.set_webhook_user(self.user.text()))
        self.password.editingFinished.connect(self._use_password)
        self.copy.clicked.connect(model.copy_call_address)

    def _use_password(self) -> None:
        self._model.set_webhook_password(self.password.text())
        self.password.clear()

    def show(self) -> None:
        """Write the state into the widgets."""
        settings, calls = self._model.state.settings, self._model.state.calls
        is_on = bool(settings.webhook_host)
        place = self.host.findData(settings.webhook_host)
        if place < 0:
            self.host.addItem(settings.webhook_host, settings.webhook_host)
            place = self.host.count() - 1
        self.host.setCurrentIndex(place)
        if not self.port.hasFocus():
            self.port.setValue(settings.webhook_port)
        if not self.outside.hasFocus():
            self.outside.setText(settings.webhook_address)
        if not self.user.hasFocus():
            self.user.setText(settings.webhook_user)
        if self.address.text() != calls.address:
            self.address.setText(calls.address)
            self.address.setCursorPosition(0)
        is_kept = bool(settings.webhook_user and calls.address)
        self.password.setPlaceholderText(self._kept if is_kept else self._none)
        for part in (self.port, self.outside, self.user, self.password, self.address):
            part.setEnabled(is_on)
        self.copy.setEnabled(bool(calls.address))
        self.field.set_hint(self._secret if calls.lasts else self._short)
        self.field.set_problem(calls.problem)
