"""The focus ring: for the keyboard only, and gone with its window."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.views.arrange import column, pane
from ifax_desktop.views.focus_ring import FocusRing
from ifax_desktop.views.theme import Theme


@pytest.fixture
def ring(qapp: QApplication, theme: Theme) -> Iterator[FocusRing]:
    made = FocusRing(qapp, theme)
    yield made
    qapp.removeEventFilter(made)
    made.deleteLater()
    QCoreApplication.sendPostedEvents(made, QEvent.Type.DeferredDelete.value)


def ringed(ring: FocusRing) -> QWidget | None:
    """The widget with the ring, asked anew each time."""
    return ring.target


def test_the_ring_shows_after_tab_and_not_after_a_click(qtbot: QtBot, ring: FocusRing) -> None:
    first, second, field = QPushButton("first"), QPushButton("second"), QLineEdit()
    for widget in (first, second):
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    window = pane(column(first, second, field, margins=(20, 20, 20, 20)))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    assert ringed(ring) is None
    qtbot.keyClick(first, Qt.Key.Key_Tab)
    assert second.hasFocus()
    assert ringed(ring) is second
    qtbot.keyClick(second, Qt.Key.Key_Tab)
    assert field.hasFocus()
    assert ringed(ring) is None
    qtbot.keyClick(field, Qt.Key.Key_Backtab)
    assert ringed(ring) is second
    qtbot.mouseClick(first, Qt.MouseButton.LeftButton)
    first.setFocus(Qt.FocusReason.MouseFocusReason)
    assert ringed(ring) is None


def test_the_ring_is_painted_outside_the_control(qtbot: QtBot, ring: FocusRing, theme: Theme) -> None:
    button = QPushButton("second")
    window = pane(column(QPushButton("first"), button, margins=(20, 20, 20, 20)))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.activateWindow()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    assert ringed(ring) is button
    image = window.grab().toImage()
    middle = button.geometry().center()
    assert image.pixelColor(button.x() - 3, middle.y()).rgb() == theme.color("focus").rgb()
    assert image.pixelColor(button.x() - 1, middle.y()).rgb() != theme.color("focus").rgb()


def test_the_ring_survives_the_end_of_its_window(qtbot: QtBot, ring: FocusRing) -> None:
    for _ in range(2):
        button = QPushButton("second")
        window = pane(column(QPushButton("first"), button))
        window.show()
        with qtbot.waitExposed(window):
            window.activateWindow()
        button.setFocus(Qt.FocusReason.TabFocusReason)
        assert ringed(ring) is button
        window.deleteLater()
        QCoreApplication.sendPostedEvents(window, QEvent.Type.DeferredDelete.value)
        assert ringed(ring) is None
