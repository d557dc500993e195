"""One process at a time works on a profile; whoever comes later goes on the moment the other one has ended."""

import asyncio
import signal
import sqlite3
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

from ifax_desktop.desk import Next
from ifax_desktop.domain.fax import Direction, State
from ifax_desktop.domain.form import Form
from ifax_desktop.hold import Hold
from ifax_desktop.office import Office
from ifax_desktop.options import Options
from ifax_desktop.paths import Paths
from ifax_desktop.sessions import open_session
from ifax_desktop.simulator.faults.rules import Rule
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.store.archive import Query
from tests.conftest import Eventually
from tests.e2e.conftest import DeskFor, Program, quit_office

KEY = "live-key-for-tests"


def send(address: str, letter: Path, number: str = "+12025550143", *more: str) -> tuple[str, ...]:
    return ("--service", address, "--key-from-stdin", "send", str(letter), "--to", number, *more)


def turn(tmp_path: Path) -> Hold:
    return Hold(Paths(tmp_path / "profile").lock)


def is_kept(tmp_path: Path) -> bool:
    """Whether a fax waits in the archive, seen from outside."""
    path = Paths(tmp_path / "profile").database
    if not path.exists():
        return False
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as archive:
        try:
            return bool(archive.execute("SELECT 1 FROM fax WHERE state = 'queued'").fetchone())
        except sqlite3.OperationalError:  # it is just being made
            return False


async def test_a_command_that_waits_sends_itself_when_the_other_has_ended(
    program: Program,
    address: str,
    service: FaxService,
    referral: Path,
    tmp_path: Path,
    eventually: Eventually,
) -> None:
    other = turn(tmp_path)
    assert other.take()
    waiting = asyncio.ensure_future(program(*send(address, referral, "+12025550143", "--wait")))
    try:
        await eventually(lambda: is_kept(tmp_path))
        assert service.jobs == []
    finally:
        other.give_up()
    ended = await waiting
    assert (ended.code, len(service.jobs)) == (0, 1), ended


async def test_two_commands_at_once_send_each_fax_once(
    program: Program, address: str, service: FaxService, referral: Path
) -> None:
    numbers = [f"+1202555014{last}" for last in range(3)]
    ended = await asyncio.gather(
        program(*send(address, referral, numbers[0], "--wait")),
        program(*send(address, referral, numbers[1])),
        program(*send(address, referral, numbers[2])),
    )
    assert [one.code for one in ended] == [0, 0, 0], ended
    assert sorted(job.number for job in service.jobs) == numbers


async def test_a_window_that_is_killed_leaves_its_work_to_the_command_that_waits(
    program: Program,
    address: str,
    service: FaxService,
    referral: Path,
    tmp_path: Path,
    eventually: Eventually,
) -> None:
    profile = tmp_path / "profile"
    window = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "ifax_desktop", "--profile", str(profile)),
        *("--service", address, "--key-from-stdin"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    assert window.stdin is not None
    window.stdin.write(f"{KEY}\n".encode())
    window.stdin.close()
    await eventually((profile / "account" / "door-address").exists)
    broken = Rule("test", FaxService.hang_up, operations=frozenset({"fax_send"}), count=None)
    service.faults.append(broken)
    waiting = asyncio.ensure_future(program(*send(address, referral, "+12025550143", "--wait")))
    await eventually(lambda: broken.hits)
    window.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    await window.wait()
    service.faults.remove(broken)
    ended = await waiting
    assert (ended.code, len(service.jobs)) == (0, 1), ended


async def test_an_open_window_sends_what_a_command_keeps(
    desk_for: DeskFor,
    program: Program,
    address: str,
    service: FaxService,
    referral: Path,
    tmp_path: Path,
    eventually: Eventually,
) -> None:
    office = open_session(
        desk_for(Options(profile=tmp_path / "profile", service=address, key=KEY)), Next("live")
    )
    assert isinstance(office, Office)
    at_work: asyncio.Task[object] = asyncio.create_task(office.run())
    await eventually(lambda: office.backbone.line.report.checked_at)
    ended = await program(*send(address, referral))
    assert (ended.code, "The open iFax Desktop sends it." in ended.said) == (0, True), ended
    await eventually(lambda: len(service.jobs) == 1)
    assert await quit_office(office, at_work) is None
    assert len(service.jobs) == 1


async def test_a_window_opens_while_a_command_works_and_takes_over_from_it(
    desk_for: DeskFor,
    address: str,
    service: FaxService,
    referral: Path,
    tmp_path: Path,
    eventually: Eventually,
) -> None:
    command = turn(tmp_path)
    assert command.take()
    office = open_session(
        desk_for(Options(profile=tmp_path / "profile", service=address, key=KEY)), Next("live")
    )
    assert isinstance(office, Office)
    office.show()
    at_work: asyncio.Task[object] = asyncio.create_task(office.run())
    drafts, archive = office.backbone.drafts, office.backbone.archive
    queued = await drafts.queue(
        Form("+12025550143", attachments=(await drafts.take(referral),)), hold=timedelta()
    )
    await eventually(lambda: office.models.outbox.state.waiting == 1)
    assert service.jobs == []
    assert office.window.isVisible()
    command.give_up()
    await eventually(lambda: archive.rows([queued.fax])[0].state is State.DELIVERED)
    assert len(await archive.ids(Query(Direction.SENT))) == 1
    assert await quit_office(office, at_work) is None
    assert len(service.jobs) == 1
