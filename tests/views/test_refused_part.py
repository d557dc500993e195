"""The files that were not added: in words while they are few, three and a list of all when they are many."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import column
from ifax_desktop.views.refused_part import RefusedPart

LEFT = Qt.MouseButton.LeftButton


def told(count: int) -> str:
    return "\n".join(f"“{number}.pdf” cannot be added. This file is empty." for number in range(count))


@pytest.fixture
def part(qtbot: QtBot, icons: Icons) -> Iterator[RefusedPart]:
    made = RefusedPart(icons)
    window = QWidget()
    window.setLayout(column(made, None))
    window.resize(480, 600)
    qtbot.addWidget(window)
    window.show()
    yield made
    window.close()


def test_nothing_takes_no_room(part: RefusedPart) -> None:
    assert not part.isVisible()
    part.show_problem(told(1))
    assert part.isVisible()
    part.show_problem("")
    assert not part.isVisible()


@pytest.mark.parametrize("count", [1, 4])
def test_a_few_are_all_in_sight(part: RefusedPart, count: int) -> None:
    part.show_problem(told(count))
    assert part.text == told(count)
    assert not part.more.isVisible()


def test_many_take_no_more_room_than_some(part: RefusedPart) -> None:
    part.show_problem(told(5))
    QApplication.processEvents()
    height = part.height()
    part.show_problem(told(5000))
    QApplication.processEvents()
    assert part.height() == height
    assert part.text == told(3)
    assert part.more.text() == "Show all 5000 that were not added"


def test_all_of_them_are_one_click_away_and_one_click_back(part: RefusedPart, qtbot: QtBot) -> None:
    part.show_problem(told(60))
    qtbot.mouseClick(part.more, LEFT)
    assert part.all.isVisible()
    assert part.all.toPlainText() == told(60)
    assert part.more.text() == "Hide the list"
    part.show_problem(told(61))
    assert part.all.toPlainText() == told(61), "what comes while it is read is added"
    qtbot.mouseClick(part.more, LEFT)
    assert not part.all.isVisible()
    assert part.more.text() == "Show all 61 that were not added"


def test_the_next_files_begin_anew(part: RefusedPart, qtbot: QtBot) -> None:
    part.show_problem(told(60))
    qtbot.mouseClick(part.more, LEFT)
    part.show_problem("")
    part.show_problem(told(2))
    assert not part.all.isVisible()
    assert not part.more.isVisible()
    part.show_problem(told(9))
    assert not part.all.isVisible()
    assert part.sentences == told(9).split("\n")
