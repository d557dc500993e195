"""The status bar: account and connection at the left, last check and waiting faxes at the right."""

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ifax_desktop.views.arrange import row, set_ground
from ifax_desktop.views.eliding_button import ElidingButton
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.labels import literal, set_tip, set_tone


class StatusBar(QWidget):
    """Four parts in words; clicking one asks to open what it speaks of."""

    account_clicked = Signal()
    connection_clicked = Signal()
    check_clicked = Signal()
    waiting_clicked = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        set_ground(self, "window")
        self._account = _part(ElidingButton())
        self._connection = _part(ElidingButton())
        self._check = _part(QPushButton())
        self._waiting = _part(QPushButton())
        self._account.clicked.connect(self.account_clicked)
        self._connection.clicked.connect(self.connection_clicked)
        self._check.clicked.connect(self.check_clicked)
        self._waiting.clicked.connect(self.waiting_clicked)
        set_tone(self._check, "text3")
        parts = (self._account, self._connection, None, self._check, self._waiting)
        self.setLayout(row(*parts, spacing=12, margins=(14, 0, 14, 0)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        icons.theme.changed.connect(self._measure)
        self._measure()
        for part in (self._account, self._connection, self._check, self._waiting):
            part.hide()

    def show_account(self, text: str, *, practice: bool = False) -> None:
        """The name of the account, or the words of practice mode."""
        self._show(self._account, text, "practice" if practice else "user")

    def show_connection(self, text: str, *, online: bool = True) -> None:
        """The connection in words."""
        self._show(self._connection, text, "online" if online else "offline")

    def show_check(self, text: str) -> None:
        """When we last asked for faxes, in words."""
        self._show(self._check, text, "")

    def show_waiting(self, text: str) -> None:
        """How many faxes wait, in words; "" when none does."""
        self._show(self._waiting, text, "")

    def _show(self, part: QPushButton, text: str, icon: str) -> None:
        part.setText(literal(text))
        part.setAccessibleName(text)
        set_tip(part, text)
        part.setVisible(bool(text))
        if icon:
            part.setIcon(self._icons.icon(icon, "text3"))
            part.setIconSize(QSize(20, 16))

    def _measure(self) -> None:
        self.setMinimumHeight(self._icons.theme.height("status"))


def _part(part: QPushButton) -> QPushButton:
    part.setProperty("kind", "status")
    part.setAutoDefault(False)
    part.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
    return part
