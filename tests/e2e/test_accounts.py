"""Another key in the same profile: in the window that runs, and on the command line."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from ifax_desktop.delivery.ownership import Whose
from ifax_desktop.desk import Desk, Next
from ifax_desktop.domain.fax import State
from ifax_desktop.domain.form import Form
from ifax_desktop.office import Office
from ifax_desktop.options import Options
from ifax_desktop.sessions import open_session, run_sessions
from ifax_desktop.simulator.server import serve
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.views.rooms import Rooms
from ifax_desktop.views.window_frame import WindowFrame
from tests.conftest import Eventually
from tests.delivery.customers import FIRST, NEW, NUMBER, OTHER_NUMBER, SECOND, account
from tests.e2e.conftest import DeskFor, Program

LEFT = Qt.MouseButton.LeftButton


class TwoAccounts(FaxService):
    """The service with the first account; the second one is behind its own key at the same address."""

    def __init__(self, folder: Path) -> None:
        self.second = account(folder / "second", SECOND, number=OTHER_NUMBER, after=9_000_000, speed=50)
        account(folder / "first", FIRST, NEW, number=NUMBER, after=7_000_000)
        super().__init__(folder=folder / "first", keys=lambda key: key in (FIRST, NEW), speed=50)

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.headers.get("accessToken") == SECOND:
            return await self.second(request)
        return await super().__call__(request)


@pytest.fixture
def service(tmp_path: Path) -> TwoAccounts:
    return TwoAccounts(tmp_path / "service")


@pytest.fixture
async def address(service: TwoAccounts) -> AsyncIterator[str]:
    async with serve(service) as url:
        yield f"{url}/v1"


def send(address: str, letter: Path, number: str, *more: str) -> tuple[str, ...]:
    return ("--service", address, "--key-from-stdin", "send", str(letter), "--to", number, *more)


async def test_a_command_with_the_key_of_another_account_keeps_the_fax_and_sends_nothing(
    program: Program, address: str, service: TwoAccounts, referral: Path
) -> None:
    assert (await program(*send(address, referral, "+12025550143"), key=FIRST)).code == 0
    ended = await program(*send(address, referral, "+12025550144", "--wait"), key=SECOND)
    assert ended.code == 4, ended
    assert "This key may belong to another account" in ended.complained
    assert "kept for sending" in ended.said
    received = await program("--service", address, "--key-from-stdin", "receive", "--to", "in", key=SECOND)
    assert received.code == 4, received
    assert "another account" in received.complained
    assert service.second.jobs == []

    assert (await program(*send(address, referral, "+12025550145", "--wait"), key=NEW)).code == 0
    assert sorted(job.number for job in service.jobs) == ["+12025550143", "+12025550144", "+12025550145"]
    assert service.second.jobs == []


async def test_a_key_given_beside_an_open_window_of_another_account_keeps_no_fax_there(
    desk_for: DeskFor,
    program: Program,
    address: str,
    service: TwoAccounts,
    referral: Path,
    tmp_path: Path,
    eventually: Eventually,
) -> None:
    desk = desk_for(Options(profile=tmp_path / "profile", service=address, key=FIRST))
    office = open_session(desk, Next("live"))
    assert isinstance(office, Office)
    running = asyncio.create_task(office.run())
    await eventually(lambda: office.backbone.ownership.whose is Whose.OURS)
    other = await program(*send(address, referral, "+12025550144"), key=SECOND)
    assert other.code == 4, other
    assert "was not kept" in other.complained
    same = await program(*send(address, referral, "+12025550145"), key=NEW)
    assert same.code == 0, same
    await eventually(lambda: len(service.jobs) == 1)
    await eventually(lambda: office.models.outbox.state.waiting == 0)
    office.window.close()
    assert await running is None
    assert [job.number for job in service.jobs] == ["+12025550145"]
    assert service.second.jobs == []


class Seen:
    """The sessions of one run of the program, as a user sees them."""

    def __init__(self, desk: Desk, first: Office) -> None:
        self.desk = desk
        self.first = first

    @property
    def rooms(self) -> Rooms | None:
        """What is in the one window there is."""
        windows = [
            one for one in QApplication.topLevelWidgets() if isinstance(one, WindowFrame) and one.isVisible()
        ]
        return windows[0].findChild(Rooms) if len(windows) == 1 else None

    def notice(self) -> str:
        current = self.desk.notices.current
        return current.text if current else ""

    def box(self) -> QMessageBox | None:
        boxes = [
            one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox) and one.isVisible()
        ]
        return boxes[0] if boxes else None

    def press(self, qtbot: QtBot, words: str) -> None:
        box = self.box()
        assert box is not None
        [button] = [one for one in box.findChildren(QPushButton) if one.text() == words]
        qtbot.mouseClick(button, LEFT)


async def keep(office: Office, letter: Path, number: str) -> int:
    drafts = office.backbone.drafts
    form = Form(number, attachments=(await drafts.take(letter),))
    return (await drafts.queue(form, hold=timedelta(hours=1))).fax


@pytest.mark.parametrize("is_same", [True, False])
async def test_a_key_entered_while_the_window_runs(
    desk_for: DeskFor,
    address: str,
    service: TwoAccounts,
    referral: Path,
    tmp_path: Path,
    qtbot: QtBot,
    eventually: Eventually,
    is_same: bool,
) -> None:
    desk = desk_for(Options(profile=tmp_path / "profile", service=address, key=FIRST))
    office = open_session(desk, Next("live"))
    assert isinstance(office, Office)
    seen = Seen(desk, office)
    program = asyncio.create_task(run_sessions(desk, office))
    await eventually(lambda: office.backbone.ownership.whose is Whose.OURS)
    fax = await keep(office, referral, "+12025550143")
    await eventually(lambda: office.models.outbox.state.waiting == 1)
    assert await office.key.keep(NEW)
    await eventually(lambda: office.backbone.ownership.whose is Whose.OURS)

    assert await office.key.keep(SECOND)
    await eventually(lambda: "may belong to another account. One fax waits here." in seen.notice())
    assert office.backbone.archive.rows([fax])[0].state is State.QUEUED
    desk.notices.act()
    await eventually(seen.box)
    seen.press(qtbot, "Not now")
    await eventually(lambda: seen.box() is None)
    assert "may belong to another account" in seen.notice(), "it stays until it is answered"
    desk.notices.act()
    await eventually(seen.box)
    assert service.second.jobs == []
    if is_same:
        seen.press(qtbot, "It is the same account")
        await eventually(lambda: office.backbone.ownership.whose is Whose.OURS)
        await office.backbone.sender.try_now(fax)
        await eventually(lambda: len(service.second.jobs) == 1)
        await eventually(lambda: office.backbone.archive.rows([fax])[0].state is State.DELIVERED)
    else:
        seen.press(qtbot, "It is another account")
        await eventually(lambda: seen.rooms is not None and seen.rooms is not office.rooms)
        assert seen.rooms is not None
        rooms = seen.rooms
        await eventually(lambda: rooms._outbox.table.is_loaded)
        assert rooms._outbox.table.rowCount() == 0
        assert "come back with their own key" in seen.notice()
        assert service.second.jobs == []
    assert service.jobs == []
    rooms_now = seen.rooms
    assert rooms_now is not None
    rooms_now.close()
    await program


async def test_the_faxes_of_the_first_account_come_back_with_its_key(
    desk_for: DeskFor,
    address: str,
    service: TwoAccounts,
    referral: Path,
    tmp_path: Path,
    program: Program,
    eventually: Eventually,
) -> None:
    assert (await program(*send(address, referral, "+12025550143"), key=FIRST)).code == 0
    assert (await program(*send(address, referral, "+12025550144"), key=SECOND)).code == 4
    async with AsyncExitStack() as stack:
        desk = desk_for(Options(profile=tmp_path / "profile", service=address, key=SECOND))
        office = open_session(desk, Next("live"))
        assert isinstance(office, Office)
        running = asyncio.create_task(run_sessions(desk, office))
        await eventually(lambda: office.backbone.ownership.whose is Whose.ASKED)
        await office.backbone.ownership.other()
        seen = Seen(desk, office)
        await eventually(lambda: seen.rooms not in (None, office.rooms))
        await eventually(lambda: seen.rooms is not None and seen.rooms._outbox.table.is_loaded)
        assert seen.rooms is not None
        seen.rooms.close()
        await running
        await stack.aclose()
    # The command finds by itself whose key it has: it works in the account of the key, whichever was shown last.
    assert (await program(*send(address, referral, "+12025550145", "--wait"), key=NEW)).code == 0
    assert sorted(job.number for job in service.jobs) == ["+12025550143", "+12025550144", "+12025550145"]
    assert service.second.jobs == []
