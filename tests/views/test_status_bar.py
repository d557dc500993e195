"""The status bar: four parts in words, each opens what it speaks of."""

from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.status_bar import StatusBar


def test_parts_show_when_they_have_words_and_tell_clicks(qtbot: QtBot, icons: Icons) -> None:
    bar = StatusBar(icons)
    qtbot.addWidget(bar)
    bar.resize(1024, 32)
    bar.show()
    bar.show_account("R & D Clinic")
    bar.show_connection("No network. Faxes wait here.", online=False)
    bar.show_check("Last check 14:25")
    bar.show_waiting("3 faxes waiting")
    parts = bar.findChildren(QPushButton)
    assert [part.accessibleName() for part in parts if part.isVisible()] == [
        "R & D Clinic",
        "No network. Faxes wait here.",
        "Last check 14:25",
        "3 faxes waiting",
    ]
    assert parts[0].text() == "R && D Clinic"
    signals = (bar.account_clicked, bar.connection_clicked, bar.check_clicked, bar.waiting_clicked)
    for part, signal in zip(parts, signals, strict=True):
        with qtbot.waitSignal(signal):
            part.click()
    bar.show_waiting("")
    assert not parts[3].isVisible()


def test_long_words_never_widen_the_window(qtbot: QtBot, icons: Icons) -> None:
    bar = StatusBar(icons)
    qtbot.addWidget(bar)
    bar.show_account("The very long name of a clinic " * 5)
    bar.show_connection("Connected")
    assert bar.minimumSizeHint().width() < 600
