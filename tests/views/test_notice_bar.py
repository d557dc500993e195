"""The notice bar: words, link, cross, keyboard."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.views.arrange import column, pane
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.notice_bar import NoticeBar


def shown(qtbot: QtBot, icons: Icons) -> tuple[QWidget, NoticeBar]:
    """The window, which must be kept, and its bar."""
    bar = NoticeBar(icons)
    window = pane(column(bar, QPushButton("below")))
    qtbot.addWidget(window)
    window.resize(700, 120)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    return window, bar


def test_a_notice_opens_and_its_buttons_tell(qtbot: QtBot, icons: Icons) -> None:
    _window, bar = shown(qtbot, icons)
    assert bar.isHidden()
    bar.show_notice("No network. 3 faxes wait here.", "Try again", "warn", "offline")
    assert bar.isVisible()
    assert bar.property("notice") == "warn"
    qtbot.waitUntil(lambda: bar.height() >= icons.theme.height("notice"))
    link, cross = bar.findChildren(QPushButton)
    with qtbot.waitSignal(bar.acted):
        link.click()
    with qtbot.waitSignal(bar.dismissed):
        cross.click()
    bar.hide_notice()
    assert bar.isHidden()


def test_the_bar_grows_while_it_opens(qtbot: QtBot, icons: Icons) -> None:
    _window, bar = shown(qtbot, icons)
    heights: set[int] = set()
    bar.show_notice("The service is slow today.")

    def is_open() -> bool:
        heights.add(bar.height())
        return bar.maximumHeight() > 10_000

    qtbot.waitUntil(is_open)
    assert min(heights) < icons.theme.height("notice")
    qtbot.waitUntil(lambda: bar.height() == icons.theme.height("notice"))


def test_the_keyboard_goes_to_the_link_or_to_the_cross(qtbot: QtBot, icons: Icons) -> None:
    _window, bar = shown(qtbot, icons)
    assert not bar.focus_button()
    bar.show_notice("Sending to Dr. Ames in 8 seconds.", "Undo")
    link, cross = bar.findChildren(QPushButton)
    assert not link.hasFocus()
    assert bar.focus_button()
    assert link.hasFocus()
    with qtbot.waitSignal(bar.acted):
        qtbot.keyClick(link, Qt.Key.Key_Space)
    bar.show_notice("The service is slow today.")
    assert link.isHidden()
    assert bar.focus_button()
    assert cross.hasFocus()


def test_a_countdown_changes_the_words_of_the_open_bar(qtbot: QtBot, icons: Icons) -> None:
    _window, bar = shown(qtbot, icons)
    bar.show_notice("Sending in 8 seconds.", "Undo")
    qtbot.waitUntil(lambda: bar.maximumHeight() > 10_000)
    bar.show_notice("Sending in 7 seconds.", "Undo")
    assert bar.maximumHeight() > 10_000
