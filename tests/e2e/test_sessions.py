"""From one session to the next, as a user goes: the window of each is on the screen, and the one before is gone."""

import asyncio
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.first_start import Obstacle, StartSession
from ifax_desktop.office import Office
from ifax_desktop.options import Options
from ifax_desktop.sessions import first_session, run_sessions
from ifax_desktop.store.settings import SettingsFile
from ifax_desktop.views.rooms import Rooms
from ifax_desktop.views.start_view import StartView
from ifax_desktop.views.window_frame import WindowFrame
from tests.conftest import Eventually
from tests.e2e.conftest import DeskFor

LEFT = Qt.MouseButton.LeftButton


def on_the_screen() -> list[QWidget]:
    return [widget for widget in QApplication.topLevelWidgets() if widget.isVisible()]


def main_window(account: str) -> WindowFrame | None:
    """The one window there is, if its status bar says this of the account."""
    windows = [widget for widget in on_the_screen() if isinstance(widget, WindowFrame)]
    if len(windows) != 1 or len(on_the_screen()) != 1:
        return None
    said = [button.text() for button in in_it(windows[0]).status.findChildren(QPushButton)]
    return windows[0] if any(account in words for words in said) else None


def in_it(window: WindowFrame) -> Rooms:
    rooms = window.findChild(Rooms)
    assert rooms is not None
    return rooms


def button(window: QWidget, words: str) -> QPushButton:
    [found] = [made for made in window.findChildren(QPushButton) if made.text() == words]
    return found


async def test_from_the_first_start_to_practice_and_back_to_the_account(
    desk_for: DeskFor, tmp_path: Path, address: str, qtbot: QtBot, eventually: Eventually
) -> None:
    desk = desk_for(Options(profile=tmp_path / "profile", service=address))
    settings = SettingsFile(desk.profile / "settings.json")
    program = asyncio.create_task(run_sessions(desk, StartSession(desk)))
    await eventually(on_the_screen)
    [start] = on_the_screen()
    assert isinstance(start, StartView)
    qtbot.mouseClick(start.practice_button, LEFT)

    await eventually(lambda: main_window("Practice mode"))
    practice = main_window("Practice mode")
    assert practice is not None
    assert settings.load().mode == "practice"
    rooms = in_it(practice)
    rooms.new_fax()
    [form] = rooms.forms.open_forms
    qtbot.keyClicks(form.form.name, "Dr. Ames")
    rooms.open_settings("account")
    assert rooms.forms.dialog is not None
    qtbot.mouseClick(button(rooms.forms.dialog, "Use my account"), LEFT)

    await eventually(lambda: main_window("Your iFax account"))
    live = main_window("Your iFax account")
    assert live is not None
    assert settings.load().mode == "live"
    live.close()
    await program
    assert on_the_screen() == []


async def test_what_a_start_of_the_program_opens(desk_for: DeskFor, tmp_path: Path) -> None:
    fresh = desk_for(Options(profile=tmp_path / "fresh"))
    start = first_session(fresh, None)
    assert isinstance(start, StartSession)
    start.view.deleteLater()
    ready = desk_for(Options(profile=tmp_path / "ready", demo=True))
    frame = WindowFrame()
    office = first_session(ready, frame)
    assert isinstance(office, Office)
    assert office.window is frame
    office.window.close()
    assert await office.run() is None


async def test_settings_nobody_can_read_are_said_before_anything_opens(
    desk_for: DeskFor, tmp_path: Path
) -> None:
    (tmp_path / "profile" / "settings.json").mkdir(parents=True)
    session = first_session(desk_for(Options(profile=tmp_path / "profile")), None)
    assert isinstance(session, Obstacle)
    assert session.box.text()
    session.box.deleteLater()


async def test_a_damaged_practice_service_is_said_and_nothing_is_left_open(
    desk_for: DeskFor, tmp_path: Path, qtbot: QtBot, eventually: Eventually
) -> None:
    desk = desk_for(Options(profile=tmp_path / "profile", demo=True))
    state = tmp_path / "profile" / "practice" / "service" / "state.json"
    state.parent.mkdir(parents=True)
    state.write_text("{")
    program = asyncio.create_task(run_sessions(desk, first_session(desk, None)))
    await eventually(lambda: [box for box in on_the_screen() if isinstance(box, QMessageBox)])
    [box] = on_the_screen()
    assert isinstance(box, QMessageBox)
    assert "Practice mode is damaged" in box.text()
    assert str(state.parent.parent) in box.text()
    box.accept()
    await program
    assert on_the_screen() == []
