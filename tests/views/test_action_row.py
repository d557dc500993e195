"""Actions in a row: they fold from the right, and follow their QAction."""

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ifax_desktop.views.action_row import ActionRow
from ifax_desktop.views.icons import Icons

NAMES = ("Forward", "Edit number", "Save evidence", "Delete")


def shown(qtbot: QtBot, icons: Icons, actions: list[QAction], rest: list[QAction] | None = None) -> ActionRow:
    made = ActionRow(icons, actions, rest or [])
    qtbot.addWidget(made)
    made.resize(1000, 40)
    made.show()
    return made


def visible(made: ActionRow) -> list[str]:
    return [button.text() for button in made.findChildren(QPushButton) if button.isVisible()]


def test_what_does_not_fit_goes_to_more_from_the_right(qtbot: QtBot, icons: Icons) -> None:
    actions = [QAction(name, icons.theme) for name in NAMES]
    made = shown(qtbot, icons, actions)
    assert visible(made) == list(NAMES)
    assert not list(made.folded)
    for width in range(made.sizeHint().width(), 40, -10):
        made.resize(width, 40)
        words = visible(made)[:-1] if made.folded else visible(made)
        assert words == list(NAMES[: len(words)])
        folded = [action.text() for action in made.folded]
        assert folded == list(NAMES[len(words) :])
        for button in made.findChildren(QPushButton):
            assert not button.isVisible() or button.width() >= button.sizeHint().width()


def test_some_actions_are_always_in_more(qtbot: QtBot, icons: Icons) -> None:
    rest = [QAction("Print", icons.theme)]
    made = shown(qtbot, icons, [QAction("Forward", icons.theme)], rest)
    assert made.folded == tuple(rest)


def test_a_button_follows_its_action(qtbot: QtBot, icons: Icons) -> None:
    action = QAction("Forward", icons.theme)
    action.setIcon(icons.icon("forward"))
    action.setShortcut(QKeySequence("Ctrl+Shift+F"))
    made = shown(qtbot, icons, [action, QAction("Delete", icons.theme)])
    button = made.findChildren(QPushButton)[0]
    assert button.toolTip() == "Forward (Ctrl+Shift+F)"
    with qtbot.waitSignal(action.triggered):
        button.click()
    action.setEnabled(False)
    assert not button.isEnabled()
    action.setVisible(False)
    assert visible(made) == ["Delete"]
