"""The real program as a process of its own, and the fax service on a socket."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox

from ifax_desktop.desk import Desk
from ifax_desktop.office import Office
from ifax_desktop.options import Options
from ifax_desktop.simulator.server import serve
from ifax_desktop.simulator.service import FaxService
from tests.documents import samples

# A keyring somebody really uses is never touched: neither from here nor from the programs started here.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


@dataclass(frozen=True)
class Ended:
    """How a call of the program ended."""

    code: int
    said: str
    complained: str


Program = Callable[..., Awaitable[Ended]]
DeskFor = Callable[[Options], Desk]


@pytest.fixture
def service() -> FaxService:
    return FaxService(speed=50)


@pytest.fixture
async def address(service: FaxService) -> AsyncIterator[str]:
    async with serve(service) as url:
        yield f"{url}/v1"


@pytest.fixture
def desk_for(qapp: QApplication) -> Iterator[DeskFor]:
    """Makes the desk of the window's program, as `app.py` does, and clears it away."""
    qapp.setQuitOnLastWindowClosed(False)
    made: list[Desk] = []

    def make(options: Options) -> Desk:
        made.append(Desk(qapp, options))
        return made[-1]

    yield make
    for desk in made:
        desk.close()


async def quit_office(office: Office, at_work: "asyncio.Task[object]") -> object:
    """Close the main window as a user who wants to leave even if faxes wait; what the session ended with."""
    office.window.close()
    async with asyncio.timeout(30):
        while not at_work.done():
            for box in office.window.findChildren(QMessageBox):
                for button in box.buttons():
                    if button.text() == "Quit" and button.isVisible():
                        button.click()
            await asyncio.sleep(0.005)
    return at_work.result()


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """Run `python -m ifax_desktop` with a profile of its own and the key on standard input."""

    async def run(*arguments: str, key: str = "live-key-for-tests") -> Ended:
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "ifax_desktop",
            "--profile",
            str(tmp_path / "profile"),
            *arguments,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            cwd=tmp_path,
        )
        async with asyncio.timeout(60):
            said, complained = await process.communicate(f"{key}\n".encode())
        return Ended(process.returncode or 0, said.decode(), complained.decode())

    return run


@pytest.fixture
def referral(tmp_path: Path) -> Path:
    path = tmp_path / "referral.pdf"
    path.write_bytes(samples.letter("First page", "Second page", "Third page"))
    return path
