"""The first start: a key that is tried before anything else happens, or practice mode."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from ifax_desktop.desk import Desk, Next
from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.first_start import Obstacle, StartSession
from ifax_desktop.options import Options
from ifax_desktop.profile import chosen_mode
from ifax_desktop.sessions import first_session
from ifax_desktop.store.settings import SettingsFile
from tests.conftest import Eventually
from tests.e2e.conftest import DeskFor


@pytest.fixture
def desk(desk_for: DeskFor, tmp_path: Path, address: str) -> Desk:
    return desk_for(Options(profile=tmp_path / "profile", service=address))


@pytest.fixture
async def start(desk: Desk) -> AsyncIterator[tuple[StartSession, "asyncio.Task[object]"]]:
    session = StartSession(desk)
    session.show()
    choice: asyncio.Task[object] = asyncio.create_task(session.run())
    await asyncio.sleep(0)
    yield session, choice
    if not choice.done():
        session.view.close()
    await choice


async def test_a_key_that_is_accepted_opens_the_window(
    start: tuple[StartSession, "asyncio.Task[object]"], desk: Desk, qtbot: QtBot, eventually: Eventually
) -> None:
    session, choice = start
    qtbot.keyClicks(session.view.key, "live-key-for-tests")
    qtbot.keyClick(session.view.key, Qt.Key.Key_Return)
    await eventually(choice.done)
    assert choice.result() == Next("live", "live-key-for-tests"), "no keyring has it"
    assert SettingsFile(desk.profile / "settings.json").load().mode == "live"
    # This computer has no keyring, and the window says where the key is instead.
    assert desk.notices.current is not None
    assert desk.notices.current.key == "keyring"
    assert b"live-key" not in b"".join(
        path.read_bytes() for path in desk.profile.rglob("*") if path.is_file()
    )


async def test_a_key_that_is_refused_is_said_and_stays_in_the_field(
    start: tuple[StartSession, "asyncio.Task[object]"], desk: Desk, qtbot: QtBot, eventually: Eventually
) -> None:
    session, choice = start
    qtbot.keyClicks(session.view.key, "wrong")
    qtbot.mouseClick(session.view.connect_button, Qt.MouseButton.LeftButton)
    await eventually(lambda: session.model.state.problem)
    assert not choice.done()
    assert session.view.key.text() == "wrong"
    assert SettingsFile(desk.profile / "settings.json").load().mode == ""


async def test_practice_mode_needs_one_click_and_is_remembered(
    start: tuple[StartSession, "asyncio.Task[object]"], desk: Desk, qtbot: QtBot, eventually: Eventually
) -> None:
    session, choice = start
    qtbot.mouseClick(session.view.practice_button, Qt.MouseButton.LeftButton)
    await eventually(choice.done)
    assert choice.result() == Next("practice")
    assert chosen_mode(Options(profile=desk.profile)) == "practice"


async def test_closing_the_first_window_chooses_nothing(
    start: tuple[StartSession, "asyncio.Task[object]"], eventually: Eventually
) -> None:
    session, choice = start
    session.view.close()
    await eventually(choice.done)
    assert choice.result() is None


async def test_what_keeps_the_program_from_opening_is_said(desk: Desk) -> None:
    session = first_session(desk, None, StorageFailed("iFax Desktop is open already but does not answer."))
    assert isinstance(session, Obstacle)
    session.show()
    waiting = asyncio.create_task(session.run())
    await asyncio.sleep(0)
    session.come_forward([])
    assert "open already" in session.box.text()
    session.box.accept()
    await waiting


async def test_files_given_before_the_first_choice_wait_for_the_window(
    start: tuple[StartSession, "asyncio.Task[object]"], desk: Desk, tmp_path: Path
) -> None:
    session, _ = start
    session.view.showMinimized()
    session.come_forward([tmp_path / "referral.pdf"])
    assert not session.view.isMinimized()
    assert desk.take_files() == (tmp_path / "referral.pdf",)
    assert desk.take_files() == ()
