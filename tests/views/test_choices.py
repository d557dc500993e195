"""One of a few: by mouse, by keyboard, in both reading directions, and folded."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.views.arrange import column, pane
from ifax_desktop.views.choices import FilterPills, Segments
from ifax_desktop.views.theme import Theme

QUALITY = [("standard", "Standard"), ("fine", "Fine"), ("superfine", "Superfine")]


def shown(qtbot: QtBot, choices: Segments | FilterPills, width: int = 600) -> QWidget:
    window = pane(column(choices, QPushButton("after")))
    qtbot.addWidget(window)
    window.resize(width, 80)
    with qtbot.waitExposed(window):
        window.show()
    return window


def test_a_click_chooses_and_tells_but_the_program_only_chooses(qtbot: QtBot, theme: Theme) -> None:
    choices = Segments(QUALITY, "fine", name="Quality")
    _window = shown(qtbot, choices)
    told: list[str] = []
    choices.chosen.connect(told.append)
    choices.choose("standard")
    assert (choices.key, told) == ("standard", [])
    qtbot.mouseClick(choices.button("superfine"), Qt.MouseButton.LeftButton)
    assert (choices.key, told) == ("superfine", ["superfine"])


def test_arrow_keys_walk_and_choose_and_stop_at_the_ends(qtbot: QtBot, theme: Theme) -> None:
    choices = Segments(QUALITY, "fine")
    _window = shown(qtbot, choices)
    told: list[str] = []
    choices.chosen.connect(told.append)
    qtbot.keyClick(choices.button("fine"), Qt.Key.Key_Right)
    qtbot.keyClick(choices.button("superfine"), Qt.Key.Key_Right)
    assert choices.key == "superfine"
    qtbot.keyClick(choices.button("superfine"), Qt.Key.Key_Left)
    assert told == ["superfine", "fine"]


def test_in_a_mirrored_layout_left_goes_on(qtbot: QtBot, theme: Theme) -> None:
    choices = Segments(QUALITY, "standard")
    window = shown(qtbot, choices)
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.keyClick(choices.button("standard"), Qt.Key.Key_Left)
    assert choices.key == "fine"
    assert choices.button("standard").property("seg") == "last"


def test_tab_enters_at_the_chosen_one_only(qtbot: QtBot, theme: Theme) -> None:
    choices = Segments(QUALITY, "fine")
    _window = shown(qtbot, choices)
    by_tab = [key for key, _ in QUALITY if choices.button(key).focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert by_tab == ["fine"]


def test_choosing_moves_nothing(qtbot: QtBot, theme: Theme) -> None:
    choices = Segments(QUALITY, "fine")
    _window = shown(qtbot, choices)
    before = [choices.button(key).geometry() for key, _ in QUALITY]
    choices.choose("superfine")
    assert [choices.button(key).geometry() for key, _ in QUALITY] == before


def test_filters_fold_into_a_menu_where_they_do_not_fit(qtbot: QtBot, theme: Theme) -> None:
    pills = FilterPills([("all", "All"), ("busy", "In progress"), ("you", "Needs you")])
    pills.set_count("busy", 3)
    window = shown(qtbot, pills)
    assert pills.button("busy").isVisible()
    assert pills.button("busy").text() == "In progress  3"
    window.resize(140, 80)
    qtbot.waitUntil(lambda: not pills.button("busy").isVisible())
    told: list[str] = []
    pills.chosen.connect(told.append)
    menu = pills.findChild(QMenu)
    assert menu is not None
    menu.actions()[1].trigger()
    assert told == ["busy"]
    assert [action.isChecked() for action in menu.actions()] == [False, True, False]


def test_words_from_outside_keep_their_ampersand(qtbot: QtBot, theme: Theme) -> None:
    choices = Segments([("a", "R & D")])
    _window = shown(qtbot, choices)
    assert choices.button("a").text() == "R && D"
    assert choices.button("a").property("seg") == "only"
