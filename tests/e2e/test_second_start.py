"""Starting the program once more: the window there is comes to the front with the files, and no second one opens."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.hold import Hold
from ifax_desktop.office import Office
from ifax_desktop.options import Options
from ifax_desktop.second_start import LOCK, Entrance, window_is_open
from ifax_desktop.sessions import first_session, run_sessions
from tests.conftest import Eventually
from tests.e2e.conftest import DeskFor, quit_office


@pytest.fixture
async def running() -> AsyncIterator[list[asyncio.subprocess.Process]]:
    """Programs that are ended with the test."""
    processes: list[asyncio.subprocess.Process] = []
    yield processes
    for process in processes:
        if process.returncode is None:
            process.terminate()
        async with asyncio.timeout(60):
            await process.wait()


async def start(
    profile: Path, *arguments: str, said: int = asyncio.subprocess.DEVNULL
) -> asyncio.subprocess.Process:
    """Start the program in practice mode."""
    return await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "ifax_desktop", "--demo", "--profile", str(profile), *arguments),
        stdout=said,
        stderr=asyncio.subprocess.STDOUT,
    )


async def start_again(profile: Path, *arguments: str) -> tuple[int | None, str]:
    """Start it while it runs; how that ended."""
    process = await start(profile, *arguments, said=asyncio.subprocess.PIPE)
    async with asyncio.timeout(60):
        said, _ = await process.communicate()
    return process.returncode, said.decode()


def door(profile: Path) -> Path:
    return profile / "practice" / "door-address"


async def test_the_window_comes_forward_with_the_files(
    desk_for: DeskFor, tmp_path: Path, referral: Path, eventually: Eventually
) -> None:
    desk = desk_for(Options(profile=tmp_path / "profile", demo=True))
    office = first_session(desk, None)
    assert isinstance(office, Office)
    program = asyncio.create_task(run_sessions(desk, office))
    await eventually(door(desk.profile).exists)
    assert window_is_open(desk.profile / "practice")
    office.window.showMinimized()
    assert await start_again(desk.profile) == (0, "")
    assert office.window.isVisible()
    assert not office.window.isMinimized()
    assert office.rooms.forms.open_forms == []
    assert await start_again(desk.profile, str(referral)) == (0, "")
    [form] = office.rooms.forms.open_forms
    await eventually(lambda: form._model.state.form.attachments)
    assert [part.name for part in form._model.state.form.attachments] == ["referral.pdf"]
    assert await quit_office(office, program) is None
    assert not door(desk.profile).exists()


async def test_the_first_start_opens_new_fax_with_its_files_too(
    desk_for: DeskFor, tmp_path: Path, referral: Path, eventually: Eventually
) -> None:
    desk = desk_for(Options(profile=tmp_path / "profile", demo=True, files=(referral,)))
    office = first_session(desk, None)
    assert isinstance(office, Office)
    program = asyncio.create_task(run_sessions(desk, office))
    await eventually(lambda: office.rooms.forms.open_forms)
    [form] = office.rooms.forms.open_forms
    await eventually(lambda: form._model.state.form.attachments)
    assert await quit_office(office, program) is None


async def test_after_a_kill_the_next_start_is_the_first_again(
    tmp_path: Path, running: list[asyncio.subprocess.Process], eventually: Eventually
) -> None:
    profile = tmp_path / "profile"
    first = await start(profile)
    running.append(first)
    await eventually(door(profile).exists)
    left = door(profile).read_text()
    first.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    await first.wait()
    assert door(profile).exists()
    door(profile).write_text(f"{left} ")  # to see when the next has written it anew
    second = await start(profile)
    running.append(second)
    await eventually(lambda: not door(profile).read_text().endswith(" "))
    assert await start_again(profile) == (0, "")
    assert second.returncode is None


async def test_the_other_mode_is_another_window(
    tmp_path: Path, running: list[asyncio.subprocess.Process], eventually: Eventually
) -> None:
    profile = tmp_path / "profile"
    running.append(await start(profile))
    await eventually(door(profile).exists)
    assert not window_is_open(profile / "account")


def test_a_first_one_that_hangs_is_said(tmp_path: Path) -> None:
    hung = Hold(tmp_path / LOCK)
    assert hung.take()
    with pytest.raises(StorageFailed, match="does not answer"):
        Entrance(tmp_path).enter(patience=0.3)
    hung.give_up()


async def test_one_that_is_just_ending_is_waited_for(tmp_path: Path) -> None:
    ending = Hold(tmp_path / LOCK)
    assert ending.take()
    entrance = Entrance(tmp_path)
    waiting = asyncio.create_task(asyncio.to_thread(entrance.enter))
    await asyncio.sleep(0)
    ending.give_up()
    assert await waiting
    entrance.close()


def test_a_folder_nobody_may_write_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageFailed):
        Entrance(tmp_path / "file").enter()
