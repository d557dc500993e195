"""The Inbox with its real view-model over a real archive."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QFileDialog, QLabel, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.viewmodels.inbox import Read
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.inbox_view import InboxView
from tests.conftest import Eventually
from tests.office_day import PRACTICE, Day, Desk, heard


@pytest.fixture
async def view(icons: Icons, desk: Desk, eventually: Eventually) -> AsyncIterator[InboxView]:
    made = InboxView(icons, desk.inbox)
    made.set_active(True)
    made.resize(1200, 700)
    made.show()
    await eventually(lambda: desk.inbox.state.unread == 3)
    yield made
    made.hide()
    made.deleteLater()
    await asyncio.sleep(0)


def words(view: InboxView) -> list[str]:
    parts: list[QLabel | QPushButton] = [*view.findChildren(QLabel), *view.findChildren(QPushButton)]
    return [part.text() for part in parts if part.isVisible() and part.text()]


async def test_nothing_is_opened_before_somebody_chooses(view: InboxView) -> None:
    assert "Choose a fax to read it" in words(view)
    assert not any(action.isVisible() for action in view.menu_actions)


async def test_a_fax_that_is_opened_is_shown_and_read(
    view: InboxView, desk: Desk, made: dict[str, int], qtbot: QtBot, eventually: Eventually
) -> None:
    view.list.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_Home)
    assert desk.inbox.selected == made["newest"]
    assert "North Bay Insurance" in words(view)
    await eventually(lambda: desk.previews[1].state.picture is not None)
    await eventually(lambda: desk.inbox.state.unread == 2)
    assert view.side.filters.button(Read.UNREAD).text() == "Unread  2"
    await eventually(view.unread.isVisible)
    view.unread.trigger()
    await eventually(lambda: desk.inbox.state.unread == 3)
    assert not view.unread.isVisible()
    qtbot.keyClick(view.list, Qt.Key.Key_Return)
    view.set_active(False)
    assert not any(action.isVisible() for action in view.menu_actions)


async def test_a_copy_is_saved_where_the_user_says(
    view: InboxView, desk: Desk, made: dict[str, int], tmp_path: Path, eventually: Eventually
) -> None:
    view.save.trigger()
    assert view.findChildren(QFileDialog) == []
    desk.inbox.select(made["report"])
    view.save.trigger()
    [dialog] = view.findChildren(QFileDialog)
    assert dialog.isVisible()
    assert Path(dialog.selectedFiles()[0]).name.startswith("Fax from +1 202 555 0143, ")
    saved = heard(desk.inbox.saved)
    dialog.fileSelected.emit(str(tmp_path / "copy.pdf"))
    dialog.reject()
    await eventually(lambda: saved == [("copy.pdf",)])
    assert (tmp_path / "copy.pdf").read_bytes() == (PRACTICE / "01-ames-report.pdf").read_bytes()


async def test_reply_and_copy(view: InboxView, desk: Desk, made: dict[str, int]) -> None:
    desk.inbox.select(made["stranger"])
    asked = heard(desk.inbox.reply_asked)
    view.reply.trigger()
    assert asked == [("+16285550170", "+12025550119")]


async def test_what_an_empty_list_says(
    view: InboxView, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.inbox.search("nobody")
    await eventually(lambda: "Nothing found for “nobody”" in words(view))
    desk.inbox.search("Riverside")
    desk.inbox.choose_filter(Read.UNREAD)
    desk.inbox.search("")
    for fax in ("newest", "stranger"):
        await desk.day.backbone.archive.mark([made[fax]], unread=False)
    await desk.day.backbone.archive.mark([made["newest"] - 1], unread=False)
    desk.inbox.table.refresh()
    await eventually(lambda: "Everything is read" in words(view))
    view.set_narrow(True)
    view.set_narrow(False)


async def test_an_empty_inbox_asks_the_service(icons: Icons, bare_desk: Desk, eventually: Eventually) -> None:
    view = InboxView(icons, bare_desk.inbox)
    view.show()
    assert "No faxes received yet" in words(view)
    next(button for button in view.findChildren(QPushButton) if button.text() == "Check for faxes").click()
    await eventually(lambda: bare_desk.day.reported)
    view.hide()
    view.deleteLater()
    await asyncio.sleep(0)


async def awaits(day: Day, *, given_up: bool = False) -> ReceivedReport:
    """A received fax that the service does not give."""
    report = ReceivedReport("7", "t7", "+13125550188", "+12025550119", day.time)
    again = None if given_up else day.time
    await day.backbone.receiver.awaited.missed(
        report, 1, again, "The fax service says: “File not found”.", day.time
    )
    return report


def button(parent: QWidget, text: str) -> QPushButton:
    return next(one for one in parent.findChildren(QPushButton) if one.text() == text and one.isVisible())


async def test_a_fax_is_deleted_only_when_the_user_says_so(
    view: InboxView, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    view.delete.trigger()
    assert view.findChildren(QMessageBox) == [], "nothing is chosen"
    desk.inbox.select(made["stranger"])
    assert view.delete.shortcut() == QKeySequence("Del")
    assert view.delete in view.menu_actions
    view.delete.trigger()
    [box] = view.findChildren(QMessageBox)
    assert box.text() == "Delete this fax?"
    assert "+1 628 555 0170".replace(" ", "\u00a0") in box.informativeText()
    assert "stays at the fax service" in box.informativeText()
    assert box.defaultButton() is button(box, "Keep it")
    button(box, "Keep it").click()
    assert desk.inbox.table.row_of(made["stranger"]) >= 0
    view.delete.trigger()
    button(view.findChildren(QMessageBox)[-1], "Delete fax").click()
    await eventually(lambda: desk.inbox.table.row_of(made["stranger"]) < 0)
    await eventually(lambda: view.list.currentIndex().isValid())  # the keyboard goes on from there


async def test_what_is_at_the_service_is_shown_below_the_list(
    view: InboxView, desk: Desk, day: Day, eventually: Eventually
) -> None:
    assert not view.again.isVisible()
    report = await awaits(day)
    await eventually(lambda: "1 fax could not be fetched yet" in words(view))
    assert any("File not found" in text for text in words(view))
    assert view.again.isVisible()
    assert view.give_up.isVisible()
    again = button(view, "Try again")
    assert again.focusPolicy() & Qt.FocusPolicy.TabFocus
    again.click()
    await eventually(lambda: day.reported)
    button(view, "Stop trying…").click()
    [box] = view.findChildren(QMessageBox)
    button(box, "Keep trying").click()
    assert await day.backbone.receiver.awaited.all()
    view.give_up.trigger()
    button(view.findChildren(QMessageBox)[-1], "Stop fetching").click()
    await eventually(lambda: "1 fax could not be fetched yet" not in words(view))
    assert not view.again.isVisible()
    assert await day.backbone.archive.unknown([report]) == []
    view.give_up.trigger()


async def test_the_very_first_fax_is_not_overlooked(
    icons: Icons, bare_desk: Desk, eventually: Eventually
) -> None:
    view = InboxView(icons, bare_desk.inbox)
    view.resize(1000, 700)
    view.show()
    await awaits(bare_desk.day, given_up=True)
    await eventually(lambda: "1 fax could not be fetched yet" in words(view))
    assert "No faxes received yet" in words(view)
    assert any("Nothing more is tried" in text for text in words(view))
    view.hide()
    view.deleteLater()
    await asyncio.sleep(0)
