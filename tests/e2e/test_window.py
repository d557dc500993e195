"""The whole way through the real window: a fax goes out, a fax comes in."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ifax_desktop.desk import Next
from ifax_desktop.domain.fax import Direction, State, Waiting
from ifax_desktop.office import Office
from ifax_desktop.options import Options
from ifax_desktop.sessions import open_session
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.store.archive import Query
from ifax_desktop.viewmodels.fax_row import FaxRow
from tests.conftest import Eventually
from tests.documents import samples
from tests.e2e.conftest import DeskFor, quit_office
from tests.e2e.test_commands import are_alike

ROW = Qt.ItemDataRole.UserRole


def sentence(row: FaxRow | None) -> str:
    return row.sentence if row else ""


@pytest.fixture
async def office(desk_for: DeskFor, tmp_path: Path, address: str) -> AsyncIterator[Office]:
    desk = desk_for(Options(profile=tmp_path / "profile", service=address, key="live-key-for-tests"))
    office = open_session(desk, Next("live"))
    assert isinstance(office, Office)
    office.backbone.save_settings(replace(office.backbone.settings(), hold_seconds=0, check_every=1))
    office.show()
    at_work: asyncio.Task[object] = asyncio.create_task(office.run())
    yield office
    assert await quit_office(office, at_work) is None


def drop(target: QWidget, *files: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    middle = target.rect().center()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(target, QDragEnterEvent(middle, Qt.DropAction.CopyAction, mime, buttons, keys))
    QApplication.sendEvent(target, QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, mime, buttons, keys))


async def test_a_dropped_pdf_is_sent_and_seen_to_arrive(
    office: Office, service: FaxService, referral: Path, qtbot: QtBot, eventually: Eventually
) -> None:
    drop(office.window, referral)
    await eventually(lambda: len(office.rooms.forms.open_forms) == 1)
    [form] = office.rooms.forms.open_forms
    qtbot.keyClicks(form.form.number, "202 555 0143")
    await eventually(form.send.isEnabled)
    qtbot.mouseClick(form.send, Qt.MouseButton.LeftButton)

    await eventually(lambda: len(service.jobs) == 1)
    await eventually(lambda: office.rooms.forms.open_forms == [])
    [job] = service.jobs
    assert (job.number, job.pages) == ("+12025550143", 3)
    assert await are_alike(job.documents[0], referral.read_bytes())
    archive = office.backbone.archive
    [fax] = await archive.ids(Query(Direction.SENT))
    await eventually(lambda: archive.rows([fax])[0].state is State.DELIVERED)
    rows = office.rooms.outbox.side.list.model()
    await eventually(lambda: rows is not None and "delivered" in sentence(rows.index(0, 0).data(ROW)).lower())


async def test_a_received_fax_is_shown_as_it_came(
    office: Office, service: FaxService, eventually: Eventually
) -> None:
    content = samples.letter("A report", "Its second page")
    await service.receive(content, "+13125550188", "+12025550119")
    office.rooms.show_tab(1)
    rows = office.rooms.inbox.side.list
    await eventually(lambda: rows.model() is not None and rows.model().rowCount() == 1)
    rows.setCurrentIndex(rows.model().index(0, 0))
    preview = office.models.inbox.preview
    await eventually(lambda: preview.state.pages == 2 and preview.state.picture is not None)
    shown = preview.state.picture
    assert shown is not None
    renderer = office.backbone.renderer
    async with await renderer.open(content) as opened:
        original = await opened.render(0, shown.width())
    assert (shown.width(), shown.height()) == (original.width, original.height)
    line = shown.bytesPerLine()
    shown_pixels = bytes(shown.convertToFormat(shown.Format.Format_Grayscale8).constBits())
    cut = b"".join(shown_pixels[row * line : row * line + shown.width()] for row in range(shown.height()))
    assert cut == original.pixels
    await eventually(lambda: office.models.inbox.state.unread == 0)


async def test_the_service_going_away_is_said_and_the_fax_waits(
    office: Office, service: FaxService, referral: Path, qtbot: QtBot, eventually: Eventually
) -> None:
    window = office.window
    service.faults.extend([service.hang_up] * 40)
    drop(window, referral)
    await eventually(lambda: len(office.rooms.forms.open_forms) == 1)
    [form] = office.rooms.forms.open_forms
    qtbot.keyClicks(form.form.number, "202 555 0143")
    await eventually(form.send.isEnabled)
    qtbot.mouseClick(form.send, Qt.MouseButton.LeftButton)
    await eventually(lambda: office.rooms.forms.open_forms == [])
    await eventually(lambda: office.models.window.state.online is False)
    archive = office.backbone.archive
    [fax] = await archive.ids(Query(Direction.SENT))
    await eventually(lambda: archive.rows([fax])[0].waiting is Waiting.OFFLINE)
    assert archive.rows([fax])[0].state is State.QUEUED
    assert service.jobs == []


async def test_the_program_starts_in_practice_mode_and_ends_when_told(tmp_path: Path) -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "ifax_desktop", "--demo", "--profile", str(tmp_path / "profile")),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    state = tmp_path / "profile" / "practice" / "service" / "state.json"
    async with asyncio.timeout(60):
        while not state.exists():  # the first call to the practice service: the window is at work  # noqa: ASYNC110
            await asyncio.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        said, _ = await process.communicate()
    assert process.returncode == 0, said.decode()
    assert b"Traceback" not in said


async def test_no_network_at_start_is_said_and_the_window_works(
    desk_for: DeskFor, tmp_path: Path, eventually: Eventually
) -> None:
    nobody = "http://127.0.0.1:9/v1"
    desk = desk_for(Options(profile=tmp_path / "profile", service=nobody, key="live-key-for-tests"))
    office = open_session(desk, Next("live"))
    assert isinstance(office, Office)
    office.show()
    at_work = asyncio.create_task(office.run())
    await eventually(lambda: desk.notices.current is not None and desk.notices.current.key == "offline")
    assert office.models.window.state.online is False
    office.rooms.new_fax()
    [form] = office.rooms.forms.open_forms
    assert form.isVisible()
    office.window.close()
    assert await at_work is None


async def test_leaving_closes_every_window_and_keeps_what_was_filled_in(office: Office, qtbot: QtBot) -> None:
    office.rooms.new_fax()
    office.rooms.new_fax()
    first, untouched = office.rooms.forms.open_forms
    qtbot.keyClicks(first.form.name, "Dr. Ames")
    archive = office.backbone.archive
    assert await office.models.forms.leave()
    assert office.rooms.forms.open_forms == []
    assert not [form for form in (first, untouched) if isValid(form) and form.isVisible()]
    [draft] = archive.rows(await archive.ids(Query(Direction.SENT)))
    assert (draft.name, draft.state) == ("Dr. Ames", State.DRAFT)


async def test_a_form_that_cannot_be_kept_keeps_the_program_open(
    office: Office, qtbot: QtBot, eventually: Eventually
) -> None:
    office.rooms.new_fax()
    [form] = office.rooms.forms.open_forms
    qtbot.keyClicks(form.form.name, "Dr. Ames")
    archive = office.backbone.archive
    form._model.save()
    await eventually(lambda: form._model.state.is_saved)
    [draft] = await archive.ids(Query(Direction.SENT))
    await office.backbone.drafts.discard(draft)
    qtbot.keyClicks(form.form.name, ", Orthopaedics")
    office.window.close()
    await eventually(lambda: "once more" in form._model.state.problem)
    assert office.window.isVisible()
    assert form.isVisible()
    assert form.form.name.text() == "Dr. Ames, Orthopaedics"
    # The fixture closes the window once more, which leaves without keeping the form.


async def test_undo_takes_the_fax_back_with_everything_that_was_filled_in(
    office: Office, service: FaxService, referral: Path, qtbot: QtBot, eventually: Eventually
) -> None:
    window = office.window
    office.backbone.save_settings(replace(office.backbone.settings(), hold_seconds=10))
    drop(window, referral)
    await eventually(lambda: len(office.rooms.forms.open_forms) == 1)
    [form] = office.rooms.forms.open_forms
    qtbot.keyClicks(form.form.number, "202 555 0143")
    qtbot.keyClicks(form.form.name, "Dr. Ames")
    await eventually(form.send.isEnabled)
    qtbot.mouseClick(form.send, Qt.MouseButton.LeftButton)
    await eventually(lambda: "Sending to Dr. Ames in" in notice_text(office))
    [undo] = [button for button in office.rooms.notice.findChildren(QPushButton) if button.text() == "Undo"]
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)

    await eventually(lambda: office.rooms.forms.open_forms and office.rooms.forms.open_forms[0] is not form)
    [again] = office.rooms.forms.open_forms
    await eventually(lambda: again.form.name.text() == "Dr. Ames")
    assert again.form.number.text() == "202 555 0143"
    [fax] = await office.backbone.archive.ids(Query(Direction.SENT))
    assert office.backbone.archive.rows([fax])[0].state is State.DRAFT
    assert service.jobs == []


def notice_text(office: Office) -> str:
    current = office.desk.notices.current
    return current.text if current else ""
