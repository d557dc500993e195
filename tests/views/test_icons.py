"""Icons: every drawing shows something, in the theme's colour, sharp, and mirrored only where it must be."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QColor, QIcon, QImage
from PySide6.QtWidgets import QApplication

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.theme import Theme

ICONS = Path(__file__).parents[2] / "resources" / "icons"
NAMES = sorted(path.stem for path in ICONS.glob("*.svg") if path.stem != "app")


def painted(image: QImage) -> list[QColor]:
    """The colours of all pixels that are fully painted."""
    colors = [image.pixelColor(x, y) for x in range(image.width()) for y in range(image.height())]
    return [color for color in colors if color.alpha() == 255]


def near(one: QColor, other: QColor) -> bool:
    """Equal but for the rounding of half-covered pixels."""
    differences = (one.red() - other.red(), one.green() - other.green(), one.blue() - other.blue())
    return max(abs(difference) for difference in differences) <= 2


def test_there_are_61_drawings_and_the_application_icon() -> None:
    assert len(NAMES) == 61
    assert (ICONS / "app.svg").exists()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_icon_shows_something_in_the_colour_of_the_theme(icons: Icons, scheme: str) -> None:
    icons.theme.choose(scheme)
    wanted = icons.theme.color("text2")
    for name in NAMES:
        colors = painted(icons.pixmap(name, "text2", 20, 2.0).toImage())
        assert len(colors) > 8, name
        assert all(near(color, wanted) for color in colors), name


@pytest.mark.parametrize("size", [16, 32, 64, 256])
def test_the_application_icon_shows_paper_on_blue_at_every_size(icons: Icons, size: int) -> None:
    image = icons.application_icon().pixmap(QSize(size, size), 1.0).toImage()
    colors = painted(image)
    assert any(color.lightness() > 230 for color in colors)
    assert any(color.blue() > color.red() + 80 for color in colors)


def test_an_icon_is_sharp_at_factor_two(icons: Icons) -> None:
    pixmap = icons.icon("document").pixmap(QSize(18, 18), 2.0)
    assert pixmap.size() == QSize(36, 36)
    assert pixmap.devicePixelRatio() == 2.0
    direct = icons.pixmap("document", "text2", 18, 2.0)
    assert pixmap.toImage() == direct.toImage().convertToFormat(pixmap.toImage().format())


def test_an_icon_follows_the_theme_and_survives_copying(icons: Icons) -> None:
    icon = QIcon(icons.icon("check", "link"))
    light = icon.pixmap(18, 18).toImage()
    icons.theme.choose("dark")
    dark = icon.pixmap(18, 18).toImage()
    assert light != dark
    assert near(painted(dark)[0], icons.theme.color("link"))


def test_disabled_icons_are_faint_but_those_of_a_blocked_main_button_can_be_read(icons: Icons) -> None:
    off = QIcon.Mode.Disabled
    faint = icons.icon("check").pixmap(QSize(18, 18), off).toImage()
    assert near(painted(faint)[0], icons.theme.color("disabled"))
    blocked = icons.icon("check", "onAccent").pixmap(QSize(18, 18), off).toImage()
    assert near(painted(blocked)[0], icons.theme.color("text2"))


def test_only_what_points_along_the_reading_direction_is_mirrored(icons: Icons, qapp: QApplication) -> None:
    before = {name: icons.pixmap(name, "text", 24, 1.0).toImage() for name in ("forward", "rotate")}
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        after = {name: icons.pixmap(name, "text", 24, 1.0).toImage() for name in before}
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert after["forward"] != before["forward"]
    assert after["rotate"] == before["rotate"]


def test_one_colour_and_size_is_rendered_once(icons: Icons) -> None:
    first = icons.pixmap("send", "text", 18, 1.0)
    assert icons.pixmap("send", "text", 18, 1.0).cacheKey() == first.cacheKey()


def test_a_name_we_do_not_have_is_told_when_the_icon_is_made(icons: Icons) -> None:
    with pytest.raises(KeyError, match="no icon 'rocket'"):
        icons.icon("rocket")


def test_a_wider_place_leaves_the_gap_before_the_words(icons: Icons, theme: Theme) -> None:
    image = icons.icon("stop").pixmap(QSize(22, 18), 1.0).toImage()
    assert image.width() == 22
    assert all(image.pixelColor(x, y).alpha() == 0 for x in range(18, 22) for y in range(18))
