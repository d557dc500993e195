"""The theme: choice, palette, sheet, fonts and heights."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPalette
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from ifax_desktop.views.theme import Theme
from ifax_desktop.views.tokens import DARK, HEIGHTS, LIGHT


def test_an_explicit_choice_is_honoured_on_every_platform(theme: Theme, qapp: QApplication) -> None:
    theme.choose("dark")
    assert theme.color("surface").name().upper() == DARK["surface"]
    assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == DARK["surface"]
    theme.choose(Qt.ColorScheme.Light)
    assert theme.is_dark is False
    assert qapp.palette().color(QPalette.ColorRole.Base).name().upper() == LIGHT["surface"]


def test_a_change_is_announced_once_and_after_everything_is_dressed(
    theme: Theme, qapp: QApplication, qtbot: QtBot
) -> None:
    seen: list[str] = []
    theme.changed.connect(lambda: seen.append(qapp.palette().color(QPalette.ColorRole.Window).name().upper()))
    theme.choose("dark")
    assert seen == [DARK["window"]]


def test_an_unknown_choice_or_token_is_a_mistake_of_ours(theme: Theme) -> None:
    with pytest.raises(KeyError):
        theme.choose("pink")
    with pytest.raises(KeyError):
        theme.color("pink")


def test_the_palette_knows_disabled_placeholder_link_and_accent(theme: Theme, qapp: QApplication) -> None:
    palette = qapp.palette()
    disabled = palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.ButtonText)
    assert disabled.name().upper() == LIGHT["disabled"]
    assert palette.color(QPalette.ColorRole.PlaceholderText).name().upper() == LIGHT["text3"]
    assert palette.color(QPalette.ColorRole.Link).name().upper() == LIGHT["link"]
    assert palette.color(QPalette.ColorRole.Accent).name().upper() == LIGHT["accent"]


def test_paper_keeps_its_colours_in_the_dark(theme: Theme) -> None:
    theme.choose("dark")
    assert theme.on_paper("warn").name().upper() == LIGHT["warn"]


def test_fonts_and_heights_follow_the_application_font(theme: Theme, qapp: QApplication) -> None:
    before = qapp.font()
    try:
        small = theme.height("control")
        larger = QFont(before)
        larger.setPointSizeF(before.pointSizeF() * 1.5)
        qapp.setFont(larger)
        assert theme.font("title").pointSizeF() == pytest.approx(larger.pointSizeF() * 1.54, abs=0.05)
        assert theme.height("control") > small
        assert theme.em(10) > 0
    finally:
        qapp.setFont(before)


def test_no_height_is_less_than_the_design_says(theme: Theme) -> None:
    for part, least in HEIGHTS.items():
        assert theme.height(part) >= least


def test_labels_take_new_colours_by_themselves(theme: Theme, qtbot: QtBot) -> None:
    words = QLabel("Dr. Ames")
    words.setProperty("tone", "text2")
    qtbot.addWidget(words)
    words.show()
    theme.choose("dark")
    assert words.palette().color(QPalette.ColorRole.WindowText).name().upper() == DARK["text2"]


def test_high_contrast_leaves_the_colours_to_the_system(
    qapp: QApplication, resources: Path, tmp_path: Path
) -> None:
    theme = Theme(resources, tmp_path, contrast=True)
    theme.apply(qapp)
    try:
        system = qapp.palette()
        assert theme.is_high_contrast
        assert theme.color("text") == system.color(QPalette.ColorRole.WindowText)
        assert theme.color("soft") == system.color(QPalette.ColorRole.Highlight)
        assert theme.color("text", on="soft") == system.color(QPalette.ColorRole.HighlightedText)
        assert not any(value in qapp.styleSheet() for value in LIGHT.values())
        for token in LIGHT:
            assert theme.color(token).isValid()
    finally:
        qapp.setStyleSheet("")
        theme.deleteLater()
