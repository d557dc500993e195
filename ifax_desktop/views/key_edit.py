"""The field for a key or a password: hidden, shown on request, never remembered by an input method."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QLineEdit

from ifax_desktop.views.icons import Icons


def key_edit(icons: Icons, placeholder: str, tip: str = "") -> QLineEdit:
    """A field for a key or a password: hidden dots, and an eye that shows it."""
    editor = QLineEdit()
    editor.setPlaceholderText(placeholder)
    editor.setEchoMode(QLineEdit.EchoMode.Password)
    editor.setInputMethodHints(Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText)
    eye: QAction = editor.addAction(icons.icon("eye", "text3"), QLineEdit.ActionPosition.TrailingPosition)
    eye.setCheckable(True)
    eye.setToolTip(tip or editor.tr("Show or hide the key"))
    eye.toggled.connect(
        lambda shown: editor.setEchoMode(QLineEdit.EchoMode.Normal if shown else QLineEdit.EchoMode.Password)
    )
    return editor
