"""Rows, columns, panes that scroll, and the layout that wraps."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.views.arrange import ScrollPane, column, pane, row, rule
from ifax_desktop.views.flow_layout import FlowLayout
from ifax_desktop.views.theme import Theme


def box(width: int, height: int) -> QWidget:
    made = QWidget()
    made.setFixedSize(width, height)
    return made


def test_gaps_stretches_and_layouts_find_their_place(qtbot: QtBot, theme: Theme) -> None:
    first, last = box(10, 10), box(10, 10)
    made = pane(row(first, 30, None, column(last), spacing=0))
    qtbot.addWidget(made)
    made.resize(200, 20)
    made.show()
    assert first.x() == 0
    assert last.x() == 190


def test_a_hairline_is_one_pixel(qtbot: QtBot, theme: Theme) -> None:
    made = pane(column(rule(), row(rule("down"))))
    qtbot.addWidget(made)
    made.show()
    assert rule().sizeHint().height() <= 3
    assert made.findChildren(QWidget)[0].height() == 1


def test_items_wrap_where_the_room_ends(qtbot: QtBot) -> None:
    flow = FlowLayout(spacing=8)
    boxes = [box(50, 20) for _ in range(4)]
    for item in boxes:
        flow.addWidget(item)
    made = pane(flow)
    qtbot.addWidget(made)
    assert flow.heightForWidth(1000) == 20
    assert flow.heightForWidth(120) == 20 + 8 + 20
    made.resize(120, 100)
    made.show()
    assert [item.y() for item in boxes] == [0, 0, 28, 28]
    boxes[0].hide()
    assert flow.heightForWidth(180) == 20


def test_wrapping_follows_the_reading_direction(qtbot: QtBot) -> None:
    flow = FlowLayout()
    item = box(50, 20)
    flow.addWidget(item)
    made = pane(flow)
    made.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    qtbot.addWidget(made)
    made.resize(200, 40)
    made.show()
    assert item.x() == 150


def test_a_pane_keeps_the_room_of_its_scroll_bar(qtbot: QtBot, theme: Theme) -> None:
    content = QLabel("one line")
    made = ScrollPane(content)
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.show()
    short = content.width()
    content.setMinimumHeight(1000)
    qtbot.waitUntil(lambda: made.verticalScrollBar().maximum() > 0)
    assert abs(content.width() - short) <= 1
