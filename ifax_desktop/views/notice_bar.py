"""The notice bar: one line, one link, a cross. It never takes the focus; F8 goes to it."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QSizePolicy

from ifax_desktop.views.arrange import row
from ifax_desktop.views.buttons import icon_button, link_button
from ifax_desktop.views.elided_label import ElidedLabel
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.labels import literal, restyle
from ifax_desktop.views.pills import Picture
from ifax_desktop.views.reveal import reveal

_SIGN_TOKENS = {"info": "link", "warn": "warn"}


class NoticeBar(QFrame):
    """Hidden until `show_notice`. `acted` is the link, `dismissed` the cross."""

    acted = Signal()
    dismissed = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._theme = icons.theme
        self._sign = Picture(icons, "info", "link", 18)
        self._words = ElidedLabel()
        self._link = link_button(icons, "")
        self._link.clicked.connect(self.acted)
        self._cross = icon_button(icons, "close", self.tr("Hide this message"))
        self._cross.clicked.connect(self.dismissed)
        self.setLayout(
            row(self._sign, (self._words, 1), self._link, self._cross, spacing=12, margins=(20, 0, 12, 0))
        )
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setProperty("notice", "info")
        icons.theme.changed.connect(self.updateGeometry)
        self.hide()

    def show_notice(self, text: str, button: str = "", tone: str = "info", icon: str = "info") -> None:
        """Open with these words, or change the words of the open bar (a countdown does not open it anew)."""
        self._words.setText(text)
        self._words.setAccessibleName(text)
        self._link.setText(literal(button))
        self._link.setVisible(bool(button))
        self._sign.set_icon(icon, _SIGN_TOKENS[tone])
        restyle(self, notice=tone)
        if self.isHidden():
            reveal(self)
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))

    def sizeHint(self) -> QSize:
        # Not a minimum height: that would beat the growing height while the bar opens.
        return QSize(super().sizeHint().width(), self._theme.height("notice"))

    def minimumSizeHint(self) -> QSize:
        return QSize(super().minimumSizeHint().width(), self._theme.height("notice"))

    def hide_notice(self) -> None:
        """Close at once."""
        self.hide()

    def focus_button(self) -> bool:
        """Give the keyboard to the link, or to the cross if there is none; False if the bar is hidden."""
        if self.isHidden():
            return False
        target = self._cross if self._link.isHidden() else self._link
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return True
