"""The timeline: words a screen reader can walk, rebuilt for theme and events."""

from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.viewmodels.timeline import TimelineRow
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.timeline import Timeline

ROWS = (
    TimelineRow("14:32", "Second try", "Planned", planned=True),
    TimelineRow("14:05", "First try: the line was busy", "0 of 5 pages", "state-failed", "bad"),
    TimelineRow("14:02", "Stored here"),
)


def events(timeline: Timeline) -> list[QWidget]:
    QApplication.processEvents()
    return [made for made in timeline.children() if isinstance(made, QWidget) and made.isVisible()]


def shown(qtbot: QtBot, icons: Icons) -> Timeline:
    timeline = Timeline(icons)
    qtbot.addWidget(timeline)
    timeline.show_rows(ROWS)
    timeline.resize(400, 300)
    timeline.show()
    return timeline


def test_every_event_is_words_from_newest_to_oldest(qtbot: QtBot, icons: Icons) -> None:
    timeline = shown(qtbot, icons)
    assert [made.accessibleName() for made in events(timeline)] == [
        "14:32. Second try. Planned",
        "14:05. First try: the line was busy. 0 of 5 pages",
        "14:02. Stored here",
    ]
    words = [made.text() for made in timeline.findChildren(QLabel)]
    assert words[:3] == ["14:32", "Second try", "Planned"]


def test_the_same_events_are_not_built_again_and_others_are(qtbot: QtBot, icons: Icons) -> None:
    timeline = shown(qtbot, icons)
    before = events(timeline)
    timeline.show_rows(list(ROWS))
    assert events(timeline) == before
    timeline.show_rows(ROWS[1:])
    assert len(events(timeline)) == 2


def test_a_new_theme_paints_new_colours(qtbot: QtBot, icons: Icons) -> None:
    timeline = shown(qtbot, icons)
    light = timeline.grab().toImage()
    icons.theme.choose("dark")
    assert len(events(timeline)) == 3
    assert timeline.grab().toImage() != light


def test_events_grow_where_words_wrap(qtbot: QtBot, icons: Icons) -> None:
    timeline = shown(qtbot, icons)
    assert timeline.heightForWidth(200) > timeline.heightForWidth(600)
