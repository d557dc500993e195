"""A proxy in this computer's settings that cannot be used: said in words, and the window stays."""

import asyncio
from pathlib import Path

import pytest

from ifax_desktop.delivery.line import LineState
from ifax_desktop.desk import Next
from ifax_desktop.office import Office
from ifax_desktop.options import Options
from ifax_desktop.sessions import open_session
from tests.conftest import Eventually
from tests.e2e.conftest import DeskFor

UNKNOWN = "The proxy in this computer's settings is of a kind that this program does not know."


async def test_the_window_stays_and_says_why_nothing_goes_out(
    desk_for: DeskFor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, eventually: Eventually
) -> None:
    monkeypatch.setenv("https_proxy", "socks5://127.0.0.1:1080")
    monkeypatch.setenv("no_proxy", "")
    options = Options(profile=tmp_path / "profile", service="https://fax.example/v1", key="live-key")
    office = open_session(desk_for(options), Next("live"))
    assert isinstance(office, Office)
    office.show()
    program = asyncio.create_task(office.run())
    await eventually(lambda: office.backbone.line.report.state is LineState.OFFLINE)
    assert office.backbone.line.report.sentence == UNKNOWN
    notice = office.desk.notices.current
    assert notice is not None
    assert notice.text == UNKNOWN
    assert office.window.isVisible()
    office.window.close()
    await program
