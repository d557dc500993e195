"""Receiving through the real window: earlier faxes, a document that is not there yet, and a fax that is deleted."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QLabel, QMessageBox, QPushButton, QWidget

from ifax_desktop.desk import Next
from ifax_desktop.domain.fax import Direction
from ifax_desktop.office import Office
from ifax_desktop.options import Options
from ifax_desktop.sessions import open_session
from ifax_desktop.simulator.faults.rules import On
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.store.archive import Query
from ifax_desktop.store.facts import Fact
from ifax_desktop.views.rooms import INBOX
from tests.conftest import Eventually
from tests.documents import samples
from tests.e2e.conftest import DeskFor, quit_office

SENDER, OURS = "+13125550188", "+12025550119"
DAY = 86400


@pytest.fixture
async def service() -> FaxService:
    """A service that has had a fax 50 days ago and one 200 days ago, and has a new one whose document is not there yet."""
    ago = 300 * DAY
    service = FaxService(now=lambda: time.time() - ago)
    for days in (200, 50, 0):
        ago = days * DAY
        await service.receive(samples.letter(f"{days} days ago"), SENDER, OURS)
    service.faults.append(On("inbound_fax_download", service.not_json))
    return service


@pytest.fixture
async def office(desk_for: DeskFor, tmp_path: Path, address: str) -> AsyncIterator[Office]:
    desk = desk_for(Options(profile=tmp_path / "profile", service=address, key="live-key-for-tests"))
    office = open_session(desk, Next("live"))
    assert isinstance(office, Office)
    office.backbone.save_settings(replace(office.backbone.settings(), check_every=1))
    office.show()
    at_work: asyncio.Task[object] = asyncio.create_task(office.run())
    yield office
    assert await quit_office(office, at_work) is None


def words(widget: QWidget) -> str:
    parts: list[QLabel | QPushButton] = [*widget.findChildren(QLabel), *widget.findChildren(QPushButton)]
    return "\n".join(part.text() for part in parts if part.isVisible())


def press(widget: QWidget, text: str) -> None:
    next(one for one in widget.findChildren(QPushButton) if one.text() == text and one.isVisible()).click()


async def test_everything_arrives_and_what_is_deleted_does_not_return(
    office: Office, service: FaxService, eventually: Eventually
) -> None:
    office.rooms.show_tab(INBOX)
    archive, facts = office.backbone.archive, office.backbone.facts
    await eventually(lambda: "1 fax could not be fetched yet" in words(office.window))
    await eventually(lambda: '"done": true' in facts.get(Fact.EARLIER))
    assert len(await archive.ids(Query(Direction.RECEIVED))) == 2
    press(office.window, "Try again")
    await eventually(lambda: office.models.inbox.table.rowCount() == 3)
    await eventually(lambda: "could not be fetched" not in words(office.window))

    newest = office.models.inbox.table.id_at(0)
    office.models.inbox.select(newest)
    office.rooms.inbox.delete.trigger()
    [box] = office.window.findChildren(QMessageBox)
    press(box, "Delete fax")
    await eventually(lambda: office.models.inbox.table.rowCount() == 2)
    checked = office.backbone.line.report.checked_at
    await eventually(lambda: office.backbone.line.report.checked_at != checked)
    await facts.keep(Fact.SWEPT, "")
    checked = office.backbone.line.report.checked_at
    await eventually(lambda: office.backbone.line.report.checked_at != checked)
    assert len(await archive.ids(Query(Direction.RECEIVED))) == 2
    assert [fax.deleted_at for fax in service.received] == [None] * 3
