"""Badges, pills and chips: words with every colour, keys, names for a screen reader."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton, QTabBar
from pytestqt.qtbot import QtBot

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.pills import Chip, Picture, StatePill
from ifax_desktop.views.states import STATES, state_words
from ifax_desktop.views.tab_badges import Badge, TabBadges


@pytest.mark.parametrize("state", STATES)
def test_a_state_pill_has_words_and_ground(icons: Icons, qtbot: QtBot, state: str) -> None:
    pill = StatePill(icons, state)
    qtbot.addWidget(pill)
    pill.show()
    assert pill.accessibleName() == state_words(state)
    assert pill.property("pill") == STATES[state].soft
    assert pill.height() >= icons.theme.height("state")


def test_a_word_of_the_service_can_be_shown(icons: Icons, qtbot: QtBot) -> None:
    pill = StatePill(icons, "archived")
    qtbot.addWidget(pill)
    assert pill.accessibleName() == "“archived”"


def test_a_tab_has_room_for_its_number_and_loses_it_at_zero(icons: Icons, qtbot: QtBot) -> None:
    tabs = QTabBar()
    qtbot.addWidget(tabs)
    tabs.addTab("Outbox")
    tabs.show()
    plain = tabs.tabRect(0).width()
    badges = TabBadges(tabs)
    badges.set_count(0, 13, "Outbox, 13 need you")
    assert tabs.tabRect(0).width() > plain
    assert tabs.accessibleTabName(0) == "Outbox, 13 need you"
    badge = tabs.findChild(Badge)
    assert badge is not None
    assert badge.text() == "13"
    assert badge.width() >= badge.sizeHint().width()
    badges.set_count(0, 0)
    assert tabs.tabRect(0).width() == plain
    assert tabs.accessibleTabName(0) == "Outbox"


def test_a_badge_hides_at_zero(icons: Icons, qtbot: QtBot) -> None:
    badge = Badge(3)
    qtbot.addWidget(badge)
    badge.show()
    badge.set_count(0)
    assert badge.isHidden()


def test_a_chip_is_removed_and_edited_by_key(icons: Icons, qtbot: QtBot) -> None:
    chip = Chip(icons, "Dr. Ames", "+1 202 555 0143")
    qtbot.addWidget(chip)
    with qtbot.waitSignal(chip.removed):
        qtbot.keyClick(chip, Qt.Key.Key_Backspace)
    with qtbot.waitSignal(chip.edit_asked):
        qtbot.keyClick(chip, Qt.Key.Key_Return)
    cross = chip.findChild(QPushButton)
    assert cross is not None
    assert cross.accessibleName() == "Remove Dr. Ames"
    with qtbot.waitSignal(chip.removed):
        cross.click()


def test_a_chip_shows_the_whole_number(icons: Icons, qtbot: QtBot) -> None:
    chip = Chip(icons, "Dr. Ames", "+1 202 555 0143", ground="warn")
    qtbot.addWidget(chip)
    chip.show()
    numbers = [made for made in chip.findChildren(QLabel) if "0143" in made.text()]
    assert numbers[0].width() >= numbers[0].sizeHint().width()
    assert chip.property("chip") == "warn"


def test_a_label_pill_that_is_fixed_has_no_cross_and_no_focus(icons: Icons, qtbot: QtBot) -> None:
    chip = Chip(icons, "Referral", icon="label", fixed=True)
    qtbot.addWidget(chip)
    assert chip.findChild(QPushButton) is None
    assert chip.focusPolicy() == Qt.FocusPolicy.NoFocus


def test_a_picture_is_painted_anew_when_the_theme_changes(icons: Icons, qtbot: QtBot) -> None:
    picture = Picture(icons, "check", "link", 20)
    qtbot.addWidget(picture)
    picture.show()
    light = picture.grab().toImage()
    icons.theme.choose("dark")
    assert picture.grab().toImage() != light
