"""Below the list of received faxes: those that are still at the service, built when there is one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ifax_desktop.viewmodels.awaited_faxes import AwaitedFaxes
from ifax_desktop.views.arrange import set_ground
from ifax_desktop.views.card import Card, CardContent
from ifax_desktop.views.icons import Icons


class AwaitedPane(QWidget):
    """`again` wants the service asked now, `given_up` wants no more of it."""

    again = Signal()
    given_up = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._card: Card | None = None
        self._layout = QVBoxLayout()
        self._layout.setContentsMargins(12, 8, 12, 12)
        self.setLayout(self._layout)
        set_ground(self, "surface")
        self.hide()

    def show_awaited(self, awaited: AwaitedFaxes | None) -> None:
        """Show them, or nothing where there are none."""
        if awaited is not None:
            content = CardContent(
                tone="warn" if awaited.needs_you else "plain",
                icon="warning" if awaited.needs_you else "info",
                title=awaited.title,
                sentences=awaited.sentences,
                button=self.tr("Try again"),
                link=self.tr("Stop trying…"),
            )
            self._built().show_content(content)
        self.setVisible(awaited is not None)

    def _built(self) -> Card:
        if self._card is None:
            self._card = Card(self._icons)
            self._card.acted.connect(self.again)
            self._card.link_clicked.connect(self.given_up)
            self._layout.addWidget(self._card)
        return self._card
