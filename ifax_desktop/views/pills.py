"""Small round things with words: state pills, label pills, chips of recipients."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QPushButton, QSizePolicy, QWidget

from ifax_desktop.views.arrange import row
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.labels import label, restyle, set_tip, set_tone, whole_number
from ifax_desktop.views.states import state_look, state_words


class Picture(QWidget):
    """An icon by itself, beside words that say the same; it follows theme and screen."""

    def __init__(self, icons: Icons, name: str, tint: str = "text2", size: int = 16) -> None:
        super().__init__()
        self._icons = icons
        self._size = size
        self.set_icon(name, tint)
        self.setFixedSize(size, size)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        icons.theme.changed.connect(self.update)

    def set_icon(self, name: str, tint: str = "text2") -> None:
        """Show another icon or colour."""
        self._name = name
        self._token = tint
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        pixmap = self._icons.pixmap(self._name, self._token, self._size, self.devicePixelRatioF())
        QPainter(self).drawPixmap(0, 0, pixmap)


class Pill(QFrame):
    """An icon and words on a soft ground."""

    def __init__(
        self, icons: Icons, text: str, icon: str = "", tint: str = "text2", ground: str = "hover"
    ) -> None:
        super().__init__()
        self._picture = Picture(icons, icon or "info", tint)
        self._words = label(text, "small_strong", tint)
        self._row = row(self._picture, self._words, spacing=6)
        self.setLayout(self._row)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_look(text, icon, tint, ground)

    def set_look(self, text: str, icon: str = "", tint: str = "text2", ground: str = "hover") -> None:
        """Show other words, icon and colours."""
        self._words.setText(text)
        set_tone(self._words, tint)
        self._picture.setVisible(bool(icon))
        if icon:
            self._picture.set_icon(icon, tint)
        margin = 8 if icon else 12
        self._row.setContentsMargins(margin, 0, 12, 0)
        self.setAccessibleName(text)
        restyle(self, pill=ground)


class StatePill(Pill):
    """The state of a fax: always icon, full words and colour."""

    def __init__(self, icons: Icons, state: str = "waiting", words: str = "") -> None:
        super().__init__(icons, "")
        self.set_state(state, words)

    def set_state(self, state: str, words: str = "") -> None:
        """Show a state; `words` only for what the service says in words of its own."""
        look = state_look(state)
        self.set_look(words or state_words(state), look.icon, look.token, look.soft)


class Chip(QFrame):
    """A recipient or label: icon, name, number, and a cross. Keys: Backspace or Delete removes, Enter edits.

    Ground "warn" for a number in doubt. A chip takes the focus by click; the field around it walks with arrow keys.
    """

    removed = Signal()
    edit_asked = Signal()

    def __init__(
        self,
        icons: Icons,
        name: str,
        number: str = "",
        *,
        icon: str = "user",
        ground: str = "plain",
        fixed: bool = False,
    ) -> None:
        super().__init__()
        in_doubt = ground == "warn"
        tint = "warn" if in_doubt else "text"
        first = label(name or whole_number(number), "body_strong", tint)
        items: list[QWidget | int] = [Picture(icons, "warning" if in_doubt else icon, tint), first]
        if name and number:
            items.append(label(whole_number(number), "body", "warn" if in_doubt else "text2"))
        if not fixed:
            items.append(self._cross(icons, name or number, tint))
        self.setLayout(row(*items, spacing=8, margins=(10, 0, 12 if fixed else 6, 0)))
        self.setProperty("chip", ground)
        self.setAccessibleName(f"{name} {number}".strip())
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if fixed else Qt.FocusPolicy.ClickFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Backspace, Qt.Key.Key_Delete):
            self.removed.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.edit_asked.emit()
        else:
            super().keyPressEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.edit_asked.emit()

    def _cross(self, icons: Icons, whom: str, tint: str) -> QPushButton:
        cross = QPushButton()
        cross.setProperty("kind", "cross")
        cross.setIcon(icons.icon("close", tint))
        cross.setIconSize(QSize(14, 14))
        cross.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        cross.setAccessibleName(self.tr("Remove {0}").format(whom))
        set_tip(cross, self.tr("Remove {0}").format(whom))
        cross.clicked.connect(self.removed)
        return cross
