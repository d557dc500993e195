"""The colours keep the contrast the design promises, and nothing else in the views names a colour."""

import re
from pathlib import Path

import pytest

from ifax_desktop.views.tokens import DARK, LIGHT

VIEWS = Path(__file__).parents[2] / "ifax_desktop" / "views"

# (token, ground): least contrast in light and dark, as measured in the design.
MEASURED = {
    ("text", "surface"): (16.7, 13.8),
    ("text", "soft"): (14.1, 10.4),
    ("text2", "surface"): (7.9, 8.9),
    ("text2", "soft"): (6.6, 6.7),
    ("text2", "canvas"): (6.4, 10.1),
    ("text3", "surface"): (5.5, 6.5),
    ("text3", "window"): (5.0, 7.1),
    ("text3", "hover"): (4.8, 5.7),
    ("text3", "soft"): (4.6, 4.9),
    ("link", "surface"): (6.5, 8.1),
    ("link", "soft"): (5.5, 6.1),
    ("link", "badSoft"): (5.6, 7.2),
    ("link", "warnSoft"): (5.8, 6.8),
    ("softText", "soft"): (6.8, 7.7),
    ("onAccent", "accent"): (6.5, 4.9),
    ("onAccent", "accentHover"): (8.1, 5.7),
    ("ok", "surface"): (6.1, 8.8),
    ("ok", "okSoft"): (5.3, 7.2),
    ("ok", "soft"): (5.2, 6.6),
    ("warn", "surface"): (6.4, 9.5),
    ("warn", "warnSoft"): (5.7, 8.0),
    ("warn", "soft"): (5.4, 7.1),
    ("bad", "surface"): (6.6, 7.9),
    ("bad", "badSoft"): (5.7, 7.0),
    ("bad", "soft"): (5.6, 5.9),
    ("text", "okSoft"): (14.5, 11.4),
    ("text", "warnSoft"): (14.9, 11.7),
    ("text", "badSoft"): (14.4, 12.3),
    ("control", "surface"): (3.4, 4.0),
    ("control", "window"): (3.1, 4.4),
    ("focus", "surface"): (6.5, 8.1),
    ("focus", "soft"): (5.5, 6.1),
    ("accent", "surface"): (6.5, 3.4),
    ("accent", "badSoft"): (5.6, 3.0),
}
EDGES = {"control", "focus", "accent"}


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize(("pair", "measured"), MEASURED.items())
def test_contrast_is_as_the_design_measured_it(pair: tuple[str, str], measured: tuple[float, float]) -> None:
    token, ground = pair
    least = 3.0 if token in EDGES else 4.5
    for table, expected in zip((LIGHT, DARK), measured, strict=True):
        value = contrast(table[token], table[ground])
        assert value == pytest.approx(expected, abs=0.06)
        assert value >= least - 0.05


def test_words_of_disabled_main_buttons_can_be_read() -> None:
    for table in (LIGHT, DARK):
        assert contrast(table["text2"], table["hover"]) >= 4.5


def test_both_themes_have_the_same_tokens() -> None:
    assert LIGHT.keys() == DARK.keys()


def test_only_the_tables_name_colours_and_only_the_theme_sets_a_style_sheet() -> None:
    for path in VIEWS.rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        if path.name != "tokens.py":
            assert not re.search(r"#[0-9A-Fa-f]{6}\b", text), path.name
        if path.name != "theme.py":
            assert "setStyleSheet" not in text, path.name
