"""Is one of these your fax? Facts and pages side by side, nothing chosen at first, and by keyboard too."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLabel, QRadioButton
from pytestqt.qtbot import QtBot

from ifax_desktop.domain.errors import Refused
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.viewmodels.compare import CompareViewModel
from ifax_desktop.viewmodels.preview import PreviewViewModel
from ifax_desktop.views.compare_dialog import CompareDialog
from ifax_desktop.views.icons import Icons
from tests.conftest import Eventually
from tests.office_day import OURS, PRACTICE, Day, heard

Open = Callable[[Callable[[str], Awaitable[bytes]]], CompareDialog]


async def copy_of(job_id: str) -> bytes:
    if job_id == "7204501":
        return (PRACTICE / "09-morgan-hale-request.pdf").read_bytes()
    raise Refused("File not found", code=12092)


@pytest.fixture
async def dialog(icons: Icons, day: Day, made: dict[str, int]) -> AsyncIterator[CompareDialog]:
    detail = day.backbone.archive.detail(made["doubtful"])
    assert detail is not None
    back = day.backbone
    previews = tuple(PreviewViewModel(back.renderer, back.files.get, day.reported.append) for _ in range(2))
    began = day.time - timedelta(minutes=20)
    found = [
        SentReport("7204502", "sending", OURS, "+12025550151", 3),
        SentReport("7204501", "delivered", OURS, "+12025550151", 3, began_at=began),
    ]
    model = CompareViewModel(
        detail, found, copy_of, (previews[0], previews[1]), day.time, day.reported.append
    )
    shown = CompareDialog(icons, model, None)
    shown.open()
    yield shown
    shown.hide()
    shown.deleteLater()
    await model.close()
    await asyncio.sleep(0)


def words(dialog: CompareDialog) -> str:
    return "\n".join(part.text() for part in dialog.findChildren(QLabel) if part.isVisible())


async def test_our_facts_and_pages_are_beside_what_the_service_lists(
    dialog: CompareDialog, eventually: Eventually
) -> None:
    said = words(dialog)
    for fact in (
        "Morgan & Hale, Lawyers",
        "3 pages",
        "Handed over",
        "Your fax",
        "At the service",
        "Called at",
    ):
        assert fact in said
    assert [button.text() for button in dialog.findChildren(QRadioButton)] == [
        "Fax 7204502 of the service",
        "Fax 7204501 of the service",
    ]
    await eventually(lambda: dialog._model.ours.state.pages == 4)
    assert not dialog.take.isEnabled()
    assert dialog.take.text() == "Choose a fax first"


async def test_a_candidate_is_looked_at_and_taken_by_keyboard(
    dialog: CompareDialog, qtbot: QtBot, eventually: Eventually
) -> None:
    adopted = heard(dialog._model.adopted)
    first, second = dialog.findChildren(QRadioButton)
    first.setFocus()
    qtbot.keyClick(first, Qt.Key.Key_Space)
    await eventually(lambda: "only the facts can be compared" in words(dialog))
    qtbot.keyClick(first, Qt.Key.Key_Down)
    assert second.isChecked()
    await eventually(lambda: dialog._model.theirs.state.pages == 4)
    dialog.take.setFocus()
    qtbot.keyClick(dialog.take, Qt.Key.Key_Space)
    assert adopted == [(dialog._model.fax, "7204501")]
    assert dialog.result() == QDialog.DialogCode.Accepted


async def test_escape_and_the_first_button_change_nothing(dialog: CompareDialog, qtbot: QtBot) -> None:
    adopted = heard(dialog._model.adopted)
    qtbot.mouseClick(dialog.none, Qt.MouseButton.LeftButton)
    assert dialog.result() == QDialog.DialogCode.Rejected
    dialog.open()
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert adopted == []
