"""Actions: words, keys, tip and icon of a command, the same in menus and buttons."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QAction, QKeySequence

from ifax_desktop.views.icons import Icons


def command(
    parent: QObject,
    text: str,
    tip: str,
    do: Callable[[], object],
    *,
    keys: str | QKeySequence.StandardKey = "",
    icon: tuple[Icons, str] | None = None,
) -> QAction:
    """A command with its words, the tip of its button, its keys and its icon."""
    made = QAction(text, parent)
    made.setToolTip(tip)
    made.setStatusTip(tip)
    made.setAutoRepeat(False)
    if keys:
        made.setShortcut(QKeySequence(keys))
    if icon is not None:
        made.setIcon(icon[0].icon(icon[1]))
    # The signal carries whether the action is checked, which no command asks for.
    made.triggered.connect(lambda _=False: do())
    return made


def copy_command(parent: QObject, do: Callable[[], object], icons: Icons) -> QAction:
    """Puts the fax number that is looked at on the clipboard: the same in all three tabs."""
    tr = QCoreApplication.translate
    return command(
        parent,
        tr("commands", "Copy number"),
        tr("commands", "Put the fax number on the clipboard"),
        do,
        keys="Ctrl+Shift+C",
        icon=(icons, "copy"),
    )
