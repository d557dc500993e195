"""The service calls the program: switched on in Settings, rung by a fax that arrives, believed in nothing."""

import asyncio
from dataclasses import replace
from pathlib import Path

import httpx
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.desk import Next
from ifax_desktop.office import Office
from ifax_desktop.options import Options
from ifax_desktop.sessions import open_session
from ifax_desktop.store.settings import Settings, SettingsFile
from ifax_desktop.views.settings_dialog import SettingsDialog
from tests.conftest import Eventually
from tests.e2e.conftest import DeskFor

LEFT = Qt.MouseButton.LeftButton


def office_of(desk_for: DeskFor, tmp_path: Path, address: str) -> Office:
    """The main window on an account, which asks for received faxes every quarter of an hour only."""
    options = Options(profile=tmp_path / "profile", service=address, key="live-key-for-tests")
    (tmp_path / "profile").mkdir()
    SettingsFile(tmp_path / "profile" / "settings.json").save(
        replace(Settings(), mode="live", check_every=900, webhook_port=0)
    )
    office = open_session(desk_for(options), Next("live"))
    assert isinstance(office, Office)
    return office


async def test_a_call_brings_a_fax_at_once(
    desk_for: DeskFor, tmp_path: Path, address: str, qtbot: QtBot, eventually: Eventually
) -> None:
    office = office_of(desk_for, tmp_path, address)
    office.show()
    program = asyncio.create_task(office.run())
    await eventually(lambda: office.backbone.line.report.checked_at)
    checked = office.backbone.line.report.checked_at
    office.rooms.open_settings("receiving")
    dialog = office.rooms.forms.dialog
    assert isinstance(dialog, SettingsDialog)
    assert dialog.calls is not None
    calls = dialog.calls
    assert not calls.address.isEnabled()
    calls.host.setFocus()
    qtbot.keyClick(calls.host, Qt.Key.Key_Down)
    await eventually(lambda: calls.address.text().startswith("http://127.0.0.1:"))
    qtbot.mouseClick(calls.copy, LEFT)
    copied = QGuiApplication.clipboard().text()
    assert copied == calls.address.text()

    service = address.removesuffix("/v1")
    async with httpx.AsyncClient(trust_env=False) as http:
        await http.post(f"{service}/_simulator/webhooks", json={"sent": copied, "received": copied})
        wish = {"from": "+13125550188", "to": "+12025550119", "pages": 2}
        assert (await http.post(f"{service}/_simulator/inbound", json=wish)).status_code == 200
    await eventually(lambda: office.models.inbox.table.rowCount() == 1)
    await eventually(lambda: office.backbone.line.report.checked_at != checked)

    qtbot.keyClick(calls.host, Qt.Key.Key_Up)
    await eventually(lambda: not calls.address.text())
    assert isinstance(calls.field, QWidget)
    assert calls.field.problem == ""
    dialog.accept()
    office.window.close()
    await program


async def test_a_port_that_is_taken_is_said_at_the_start_and_in_settings(
    desk_for: DeskFor, tmp_path: Path, address: str, eventually: Eventually
) -> None:
    taken = httpx.URL(address).port
    office = office_of(desk_for, tmp_path, address)
    office.backbone.save_settings(
        replace(office.backbone.settings(), webhook_host="127.0.0.1", webhook_port=taken or 0)
    )
    office.show()
    program = asyncio.create_task(office.run())
    await eventually(lambda: office.desk.notices.current)
    notice = office.desk.notices.current
    assert notice is not None
    assert f"Port {taken} is used" in notice.text
    office.rooms.open_settings("receiving")
    dialog = office.rooms.forms.dialog
    assert isinstance(dialog, SettingsDialog)
    assert dialog.calls is not None
    calls = dialog.calls
    await eventually(lambda: calls.field.problem)
    assert f"Port {taken} is used" in calls.field.problem
    dialog.accept()
    office.window.close()
    await program
