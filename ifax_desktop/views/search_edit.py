"""A search field with a cross that empties it."""

from PySide6.QtWidgets import QLineEdit

from ifax_desktop.views.editors import line_edit
from ifax_desktop.views.icons import Icons


def search_edit(icons: Icons, name: str) -> QLineEdit:
    """The field, called `name` on the screen and for a screen reader. The cross is there while there is text."""
    editor = line_edit(name, icons=icons, lead="search")
    editor.setAccessibleName(name)
    cross = editor.addAction(icons.icon("close", "text3"), QLineEdit.ActionPosition.TrailingPosition)
    cross.setToolTip(editor.tr("Clear the search"))
    cross.setVisible(False)
    cross.triggered.connect(lambda _=False: editor.clear())
    editor.textChanged.connect(lambda text: cross.setVisible(bool(text)))
    return editor
