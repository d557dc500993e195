"""Buttons: kinds, names, and words that are never cut without a sign."""

from pathlib import Path

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ifax_desktop.views.buttons import (
    danger_button,
    icon_button,
    link_button,
    nav_button,
    normal_button,
    primary_button,
    quiet_button,
    set_button_icon,
)
from ifax_desktop.views.eliding_button import ElidingButton
from ifax_desktop.views.icons import Icons


def test_each_kind_is_known_to_the_style_sheet(icons: Icons, qtbot: QtBot, resources: Path) -> None:
    sheet = (resources / "style" / "ifax.qss").read_text(encoding="utf-8")
    made = [build(icons, "Save") for build in (primary_button, quiet_button, link_button, danger_button)]
    made += [icon_button(icons, "more", "More"), nav_button(icons, "Account", "user")]
    for button in made:
        qtbot.addWidget(button)
        assert f'[kind="{button.property("kind")}"]' in sheet


def test_a_button_without_words_says_what_it_does(icons: Icons, qtbot: QtBot) -> None:
    button = icon_button(icons, "zoom-in", "Zoom in", "Ctrl++")
    qtbot.addWidget(button)
    assert button.accessibleName() == "Zoom in"
    assert button.toolTip() == "Zoom in (Ctrl++)"
    assert not button.icon().isNull()


def test_buttons_are_as_high_as_the_design_says(icons: Icons, qtbot: QtBot) -> None:
    normal, tall = normal_button(icons, "Save"), primary_button(icons, "Send", "send", tall=True)
    for button in (normal, tall):
        qtbot.addWidget(button)
        button.show()
    assert normal.sizeHint().height() == icons.theme.height("control")
    assert tall.sizeHint().height() == icons.theme.height("action")


def test_an_icon_can_be_changed_and_taken_away(icons: Icons, qtbot: QtBot) -> None:
    button = normal_button(icons, "Save", "save")
    qtbot.addWidget(button)
    set_button_icon(icons, button, "")
    assert button.icon().isNull()
    set_button_icon(icons, button, "print")
    assert not button.icon().isNull()


def test_a_button_that_may_shrink_shrinks_its_words(icons: Icons, qtbot: QtBot) -> None:
    words = "Practice mode - nothing is really sent"
    button, usual = ElidingButton(words), QPushButton(words)
    for made in (button, usual):
        qtbot.addWidget(made)
        made.resize(90, 32)
    assert button.minimumSizeHint().width() < usual.minimumSizeHint().width()
    assert button.grab().toImage() != usual.grab().toImage()
    for made in (button, usual):
        made.resize(600, 32)
    assert button.grab().toImage() == usual.grab().toImage()
