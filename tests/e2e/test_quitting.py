"""Closing the program while faxes wait, and while one is just being handed over."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from ifax_desktop.desk import Next
from ifax_desktop.domain.fax import State
from ifax_desktop.domain.form import Form
from ifax_desktop.office import Office
from ifax_desktop.options import Options
from ifax_desktop.sessions import open_session
from ifax_desktop.simulator.faults.rules import Answering, On
from ifax_desktop.simulator.service import FaxService
from tests.conftest import Eventually
from tests.e2e.conftest import DeskFor

LEFT = Qt.MouseButton.LeftButton
Running = tuple[Office, "asyncio.Task[object]"]


@pytest.fixture
async def running(desk_for: DeskFor, tmp_path: Path, address: str) -> AsyncIterator[Running]:
    """The window at work; the test ends it."""
    desk = desk_for(Options(profile=tmp_path / "profile", service=address, key="live-key-for-tests"))
    office = open_session(desk, Next("live"))
    assert isinstance(office, Office)
    office.show()
    at_work: asyncio.Task[object] = asyncio.create_task(office.run())
    yield office, at_work
    async with asyncio.timeout(30):
        assert await at_work is None


async def keep(office: Office, letter: Path, hold: timedelta) -> int:
    drafts = office.backbone.drafts
    form = Form("+12025550143", attachments=(await drafts.take(letter),))
    return (await drafts.queue(form, hold=hold)).fax


def box_of(office: Office) -> QMessageBox | None:
    boxes = [box for box in office.window.findChildren(QMessageBox) if box.isVisible()]
    return boxes[0] if boxes else None


def press(office: Office, words: str, qtbot: QtBot) -> None:
    box = box_of(office)
    assert box is not None
    [button] = [button for button in box.findChildren(QPushButton) if button.text() == words]
    qtbot.mouseClick(button, LEFT)


async def test_a_fax_that_waits_is_said_before_the_window_closes(
    running: Running, referral: Path, service: FaxService, qtbot: QtBot, eventually: Eventually
) -> None:
    office, at_work = running
    fax = await keep(office, referral, timedelta(hours=3))
    for answer in ("Stay open", "Quit"):
        office.window.close()
        await eventually(lambda: box_of(office))
        box = box_of(office)
        assert box is not None
        assert box.text() == "Quit with 1 fax waiting?"
        assert "only while iFax Desktop is open" in box.informativeText()
        office.window.close()  # once more: the question is there already
        assert not at_work.done()
        press(office, answer, qtbot)
        await eventually(lambda: box_of(office) is None)
    await at_work
    assert service.jobs == []
    assert fax


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signal")
async def test_the_system_that_ends_is_asked_nothing(running: Running, referral: Path) -> None:
    office, at_work = running
    await keep(office, referral, timedelta(hours=3))
    os.kill(os.getpid(), signal.SIGTERM)
    async with asyncio.timeout(30):
        assert await at_work is None


async def test_a_fax_on_its_way_is_waited_for_and_that_is_said(
    running: Running, referral: Path, service: FaxService, eventually: Eventually
) -> None:
    office, at_work = running
    told = asyncio.Event()

    async def when_told(request: httpx.Request, answer: Answering) -> httpx.Response:
        await told.wait()
        return await answer(request)

    service.faults.append(On("fax_send", when_told))
    said: list[str] = []
    notices = office.desk.notices
    notices.changed.connect(lambda: said.append(notices.current.text if notices.current else ""))
    was_seen: list[bool] = []
    notices.changed.connect(lambda: was_seen.append(office.window.isVisible()))
    fax = await keep(office, referral, timedelta())
    archive = office.backbone.archive
    await eventually(
        lambda: archive.rows([fax])[0].state is State.SENDING and office.backbone.sender.in_the_air
    )
    office.window.close()
    await eventually(lambda: "Finishing one fax…" in said)
    told.set()
    async with asyncio.timeout(30):
        assert await at_work is None
    assert was_seen[said.index("Finishing one fax…")]
    assert len(service.jobs) == 1
