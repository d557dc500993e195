"""One setting: name and hint at the left, its editor at the right, a hairline below."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import Paragraph, column, label, row, rule

_EDITOR_EM = 16.6


class SettingRow(QWidget):
    """Can say whether it is what somebody looks for."""

    def __init__(self, icons: Icons, name: str, hint: str, editor: QWidget) -> None:
        super().__init__()
        self._words = f"{name} {hint}".casefold()
        title = label(name, "body_strong")
        title.setBuddy(editor)
        editor.setAccessibleName(editor.accessibleName() or name)
        editor.setAccessibleDescription(hint)
        editor.setFixedWidth(icons.theme.em(_EDITOR_EM))
        words = column(None, title, Paragraph(hint, "small", "text3"), None, spacing=0)
        line = row((words, 1), editor, spacing=24, margins=(0, 12, 0, 12))
        line.setAlignment(editor, Qt.AlignmentFlag.AlignVCenter)
        self.setLayout(column(line, rule(), spacing=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    def matches(self, text: str) -> bool:
        """Whether this text is in its name or hint."""
        return text.casefold() in self._words


class SettingsPage(QWidget):
    """A titled page of settings."""

    def __init__(self, title: str, *parts: QWidget) -> None:
        super().__init__()
        self._title = title
        self._rows = [part for part in parts if isinstance(part, SettingRow)]
        self._rest = [part for part in parts if not isinstance(part, SettingRow)]
        layout: QVBoxLayout = column(
            label(title, "title"), 8, *parts, None, spacing=0, margins=(32, 20, 20, 24)
        )
        self.setLayout(layout)

    def filter_by(self, text: str) -> bool:
        """Show what fits to `text`, all of it where the title fits; False if nothing does."""
        whole = not text or text.casefold() in self._title.casefold()
        for line in self._rows:
            line.setVisible(whole or line.matches(text))
        found = any(not line.isHidden() for line in self._rows)
        for part in self._rest:
            part.setVisible(whole or not found)
        return whole or found
