"""The retry plan: every bar has its time; words go where there is no room."""

from pytestqt.qtbot import QtBot

from ifax_desktop.viewmodels.timeline import RetryMark
from ifax_desktop.views.retry_bars import RetryBars
from ifax_desktop.views.theme import Theme

PLAN = (
    RetryMark("14:05", "busy", "past"),
    RetryMark("14:32", "next", "next"),
    RetryMark("15:25", "", "later"),
)
SENTENCE = "Try 1, 14:05, busy. Try 2 is next, 14:32."


def test_the_plan_is_a_sentence_for_a_screen_reader(qtbot: QtBot, theme: Theme) -> None:
    bars = RetryBars(theme)
    qtbot.addWidget(bars)
    bars.show_plan(PLAN, SENTENCE)
    assert bars.accessibleName() == SENTENCE


def test_narrow_bars_keep_the_times(qtbot: QtBot, theme: Theme) -> None:
    bars = RetryBars(theme)
    qtbot.addWidget(bars)
    bars.show_plan(PLAN, SENTENCE)
    assert bars.minimumSizeHint().width() < bars.sizeHint().width()
    bars.resize(bars.sizeHint())
    wide = bars.grab().toImage()
    bars.show_plan([RetryMark(mark.time, "", mark.kind) for mark in PLAN], SENTENCE)
    bars.resize(wide.size())
    assert bars.grab().toImage() != wide


def test_past_next_and_later_look_different_without_colour(qtbot: QtBot, theme: Theme) -> None:
    bars = RetryBars(theme)
    qtbot.addWidget(bars)
    pictures = []
    for kind in ("past", "next", "later"):
        bars.show_plan([RetryMark("14:05", "", kind)], SENTENCE)
        bars.resize(120, 40)
        grey = bars.grab().toImage()
        grey.convertTo(grey.Format.Format_Grayscale8)
        pictures.append(grey)
    assert pictures[0] != pictures[1]
    assert pictures[1] != pictures[2]
    bars.show_plan([], "")
    assert bars.grab().toImage() != pictures[0]
