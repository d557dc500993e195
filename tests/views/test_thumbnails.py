"""Thumbnails: any number of pages, pictures one by one, picked by mouse and keyboard."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.thumbnails import Thumbnails

UP, LYING = Qt.Orientation.Vertical, Qt.Orientation.Horizontal


def shown(qtbot: QtBot, icons: Icons, orientation: Qt.Orientation = UP, pages: int = 500) -> Thumbnails:
    strip = Thumbnails(icons, orientation)
    qtbot.addWidget(strip)
    strip.resize(120, 500) if orientation == UP else strip.resize(500, 120)
    with qtbot.waitExposed(strip):
        strip.show()
    strip.activateWindow()
    strip.set_pages(pages)
    QApplication.processEvents()
    return strip


@pytest.mark.parametrize(("orientation", "key"), [(UP, Qt.Key.Key_Down), (LYING, Qt.Key.Key_Right)])
def test_arrow_keys_walk_the_pages(
    qtbot: QtBot, icons: Icons, orientation: Qt.Orientation, key: Qt.Key
) -> None:
    strip = shown(qtbot, icons, orientation)
    strip.set_current(1)
    picked: list[int] = []
    strip.picked.connect(picked.append)
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(strip, key)
    qtbot.keyClick(strip, key)
    qtbot.keyClick(strip, Qt.Key.Key_End)
    assert picked == [2, 3, 500]
    assert strip.current_page == 500


def test_the_program_chooses_silently_and_a_click_tells(qtbot: QtBot, icons: Icons) -> None:
    strip = shown(qtbot, icons)
    picked: list[int] = []
    strip.picked.connect(picked.append)
    strip.set_current(3)
    strip.set_pages(400)
    assert picked == []
    spot = strip.visualRect(strip.model().index(1, 0)).center()
    qtbot.mouseClick(strip.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert picked == [2]


def test_only_pages_in_sight_are_asked_for(qtbot: QtBot, icons: Icons) -> None:
    strip = shown(qtbot, icons)
    with qtbot.waitSignal(strip.seen) as told:
        strip.scrollToBottom()
    assert told.args is not None
    first, last = told.args
    assert last == 500
    assert 485 < first < 500


def test_a_picture_takes_the_place_of_blank_paper(qtbot: QtBot, icons: Icons) -> None:
    strip = shown(qtbot, icons)
    blank = strip.viewport().grab().toImage()
    black = QImage(400, 500, QImage.Format.Format_Grayscale8)
    black.fill(0)
    strip.set_picture(1, black)
    assert strip.viewport().grab().toImage() != blank
    strip.set_picture(9999, black)
    strip.set_pages(500)
    QApplication.processEvents()
    assert strip.viewport().grab().toImage() == blank


def test_a_lying_strip_with_few_pages_stands_in_the_middle(qtbot: QtBot, icons: Icons) -> None:
    strip = shown(qtbot, icons, LYING, pages=1)
    cell = strip.visualRect(strip.model().index(0, 0))
    middle = strip.viewport().mapTo(strip, cell.center()).x()
    assert abs(middle - strip.width() / 2) < 8
    assert strip.horizontalScrollBar().maximum() == 0


def test_the_chosen_page_and_the_keyboard_can_be_seen(qtbot: QtBot, icons: Icons) -> None:
    strip = shown(qtbot, icons, pages=3)
    strip.clearFocus()
    plain = strip.viewport().grab().toImage()
    strip.set_current(2)
    chosen = strip.viewport().grab().toImage()
    assert chosen != plain
    strip.setFocus(Qt.FocusReason.TabFocusReason)
    assert strip.viewport().grab().toImage() != chosen
