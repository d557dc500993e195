"""Everything the program writes into its profile is for the user alone, even where the system would let others read it."""

import asyncio
import os
import shutil
import sqlite3
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from ifax_desktop.domain.fax import Direction
from ifax_desktop.office import Office
from ifax_desktop.options import Options
from ifax_desktop.sessions import first_session
from ifax_desktop.store.finding import Query
from ifax_desktop.store.schema import MIGRATIONS, migrate
from ifax_desktop.views.window_frame import WindowFrame
from tests.conftest import Eventually
from tests.e2e.conftest import DeskFor, Program, quit_office

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="modes of Unix")


@pytest.fixture(autouse=True, params=[0o000, 0o022], ids=["open to all", "usual"])
def _mask(request: pytest.FixtureRequest) -> Iterator[None]:
    before = os.umask(request.param)
    yield
    os.umask(before)


def open_to_others(folder: Path) -> dict[str, str]:
    """What anybody but the user could do something with, and its mode."""
    found = [folder, *folder.rglob("*")]
    return {
        str(path.relative_to(folder)): oct(path.stat().st_mode & 0o777)
        for path in found
        if path.stat().st_mode & 0o077
    }


def old_archive(path: Path, folder: Path) -> None:
    """An archive of the first version, so that the program makes a copy of it."""
    path.parent.mkdir(parents=True, mode=0o700)
    folder.mkdir()
    shutil.copy(MIGRATIONS / "0001_initial.sql", folder)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, folder)


async def test_a_used_profile(
    desk_for: DeskFor, tmp_path: Path, eventually: Eventually, referral: Path
) -> None:
    profile = tmp_path / "profile"
    profile.mkdir(mode=0o700)
    old_archive(profile / "practice" / "archive.sqlite3", tmp_path / "first")
    desk = desk_for(Options(profile=profile, demo=True))
    desk.take_over()
    office = first_session(desk, WindowFrame())
    assert isinstance(office, Office)
    at_work = asyncio.create_task(office.run())
    back = office.backbone
    back.save_settings(replace(back.settings(), hold_seconds=0))
    office.rooms.new_fax([referral])
    [form] = office.rooms.forms.open_forms
    await eventually(lambda: form._model.state.form.attachments)
    form._model.set_number("+1 202 555 0143")
    form._model.send()

    def numbers() -> tuple[int, int]:
        ids = back.database.read(
            lambda connection: connection.execute("SELECT direction, job_id FROM fax").fetchall()
        )
        return sum(way == "sent" and bool(job) for way, job in ids), sum(way == "received" for way, _ in ids)

    await eventually(lambda: numbers()[0])
    await eventually(lambda: numbers()[1])  # the first practice fax takes eight seconds
    office.models.archive.export_to(tmp_path / "all.zip")
    await eventually(lambda: (tmp_path / "all.zip").exists())
    desk.notices.report(RuntimeError("for the log"))
    assert await back.archive.ids(Query(Direction.SENT))
    while_it_runs = open_to_others(profile)
    names = {str(path.relative_to(profile)) for path in profile.rglob("*")}
    await quit_office(office, at_work)
    desk.give_back()
    assert while_it_runs == {}
    assert open_to_others(profile) == {}
    assert (tmp_path / "all.zip").stat().st_mode & 0o777 == 0o600
    for name in (
        "settings.json", "log/ifax-desktop.log", "cache", "practice/archive.sqlite3", "practice/archive.sqlite3-wal",
        "practice/archive.sqlite3-shm", "practice/archive.version-1.sqlite3", "practice/seal", "practice/account-id",
        "practice/in-use.lock", "practice/documents", "practice/service/state.json",
    ):  # fmt: skip
        assert name in names


async def test_the_profile_of_commands(
    program: Program, tmp_path: Path, referral: Path, address: str
) -> None:
    sent = await program(
        "--service", address, "--key-from-stdin", "send", str(referral), "--to", "+12025550143"
    )
    assert sent.code == 0, sent
    assert open_to_others(tmp_path / "profile") == {}
    assert (tmp_path / "profile" / "account" / "seal").exists()
