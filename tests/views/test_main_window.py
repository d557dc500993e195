"""The main window with real view-models over a real archive."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QAction, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QMenu, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.domain.cover import CONFIDENTIAL
from ifax_desktop.viewmodels.compose import ComposeViewModel
from ifax_desktop.viewmodels.notices import Notice
from ifax_desktop.viewmodels.settings import SettingsViewModel
from ifax_desktop.views.drop_veil import DropVeil
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.inbox_view import InboxView
from ifax_desktop.views.rooms import INBOX, NUMBERS, OUTBOX
from ifax_desktop.views.tokens import DARK
from ifax_desktop.views.window_frame import WindowFrame
from tests.conftest import Eventually
from tests.main_window import MainWindow
from tests.office_day import PRACTICE, Desk

Keys = Qt.Key
Ctrl = Qt.KeyboardModifier.ControlModifier
NONE = Qt.KeyboardModifier.NoModifier


class Around:
    """What the window asks the program for."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self.closed = 0

    def close(self) -> None:
        self.closed += 1

    def compose(self) -> ComposeViewModel:
        back, report = self._desk.day.backbone, self._desk.day.reported.append
        return ComposeViewModel(back.drafts, back.numbers.all, back.settings, report)

    def settings(self) -> SettingsViewModel:
        back, report = self._desk.day.backbone, self._desk.day.reported.append

        async def nothing(key: str = "") -> str:
            return key

        async def forget() -> None:
            return None

        return SettingsViewModel(
            back.settings, back.save_settings, nothing, nothing, forget, "https://fax.example/v1", False,
            lambda mode: None, report,
        )  # fmt: skip


async def laid_out() -> None:
    """Let the loop hand the events to the layouts. (Nothing may handle events within a task.)"""
    for _ in range(4):
        await asyncio.sleep(0)


async def be_active(window: MainWindow, eventually: Eventually) -> None:
    """Keys go to the window from now on. What ended with the test before may take that away once more."""

    def is_active() -> bool:
        if not window.isActiveWindow():
            window.activateWindow()
        return window.isActiveWindow()

    for _ in range(2):
        await eventually(is_active)
        await laid_out()


@pytest.fixture
def around(desk: Desk) -> Around:
    return Around(desk)


@pytest.fixture
async def window(
    icons: Icons, desk: Desk, around: Around, eventually: Eventually
) -> AsyncIterator[MainWindow]:
    made = MainWindow(
        icons, desk.outbox, desk.inbox, desk.numbers, desk.notices, desk.window,
        compose=around.compose, settings=around.settings, on_close=around.close,
    )  # fmt: skip
    made.resize(1360, 848)
    made.show()
    await be_active(made, eventually)
    yield made
    await made.models.close()
    made.hide()
    made.deleteLater()
    await laid_out()


def drag(window: QWidget, *files: Path) -> QDropEvent:
    """Drag files over the window; the answer is the drop that would end it."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(file)) for file in files])
    window._dragged = data  # type: ignore[attr-defined]
    action, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    QApplication.sendEvent(window, QDragEnterEvent(QPoint(50, 300), action, data, button, NONE))
    return QDropEvent(QPointF(50, 300), action, data, button, NONE)


def test_the_frame_is_there_before_anything_is_in_it(qtbot: QtBot) -> None:
    frame = WindowFrame(ground=DARK["window"])
    qtbot.addWidget(frame)
    frame.show()
    assert frame.grab().toImage().pixelColor(400, 300).name() == DARK["window"].lower()
    frame.resize(900, 700)
    frame.close()
    assert frame.isVisible()
    closed: list[bool] = []
    frame.follow_close(lambda: closed.append(True))
    assert closed == [True], "somebody closed it before there was anybody to follow"
    frame.close()
    assert closed == [True, True]
    frame.hide()


async def test_the_window_shows_counts_and_states(
    window: MainWindow, desk: Desk, eventually: Eventually
) -> None:
    await eventually(lambda: desk.window.state.unread == 3)
    assert window.rooms.bar.tabs.accessibleTabName(OUTBOX) == "Outbox, 3 need you"
    assert window.rooms.bar.tabs.accessibleTabName(INBOX) == "Inbox, 3 unread"
    words = [button.text() for button in window.rooms.status.findChildren(QPushButton) if button.isVisible()]
    assert words == ["Your iFax account", "Connecting", "2 faxes waiting"]


async def test_tabs_by_key_are_built_when_they_are_seen(window: MainWindow, qtbot: QtBot) -> None:
    assert window.findChildren(InboxView) == []
    qtbot.keyClick(window, Keys.Key_2, Ctrl)
    assert window.rooms.inbox.isVisible()
    qtbot.keyClick(window, Keys.Key_3, Ctrl)
    assert window.rooms.numbers.isVisible()
    assert not window.rooms.bar.search.isEnabled()
    qtbot.keyClick(window, Keys.Key_1, Ctrl)
    assert window.rooms.outbox.isVisible()
    assert window.rooms.tab == OUTBOX


async def test_each_tab_remembers_what_was_searched_for(
    window: MainWindow, desk: Desk, qtbot: QtBot, eventually: Eventually
) -> None:
    qtbot.keyClick(window, Keys.Key_F, Ctrl)
    assert window.rooms.bar.search.hasFocus()
    qtbot.keyClicks(window.rooms.bar.search, "Ames")
    await eventually(lambda: desk.outbox.table.rowCount() == 2)
    window.rooms.show_tab(INBOX)
    assert window.rooms.bar.search.text() == ""
    qtbot.keyClicks(window.rooms.bar.search, "nobody")
    await eventually(lambda: desk.inbox.table.rowCount() == 0)
    window.rooms.show_tab(OUTBOX)
    assert window.rooms.bar.search.text() == "Ames"
    window.rooms.show_tab(INBOX)
    window.rooms.inbox.search_cleared.emit()
    await eventually(lambda: desk.inbox.table.rowCount() == 8)


async def test_notices_come_and_go(window: MainWindow, desk: Desk, qtbot: QtBot) -> None:
    done: list[bool] = []
    desk.notices.post(Notice("A fax arrived.", "Show it", action=lambda: done.append(True)))
    assert window.rooms.notice.isVisible()
    window.rooms.focus_notice()
    qtbot.keyClick(focus(), Keys.Key_Space)
    assert done == [True]
    assert window.rooms.notice.isHidden()


async def test_saving_is_said(window: MainWindow, desk: Desk) -> None:
    desk.inbox.saved.emit("fax.pdf")
    assert desk.notices.current is not None
    assert desk.notices.current.text == "Saved as “fax.pdf”."


async def test_closing_only_asks(window: MainWindow, around: Around) -> None:
    window.close()
    assert window.isVisible()
    assert around.closed == 1


async def test_keys_of_the_outbox_work_in_its_list(
    window: MainWindow, desk: Desk, made: dict[str, int], qtbot: QtBot
) -> None:
    listed = window.rooms.outbox.list
    for fax, key, modifier, asked in (
        ("failed", Keys.Key_Delete, NONE, "Delete this fax?"),
        ("sending", Keys.Key_Backspace, Ctrl, "Ask the service to stop this fax?"),
        ("doubtful", Keys.Key_E, Ctrl, "Send this fax once more?"),
    ):
        desk.outbox.select(made[fax])
        listed.setFocus()
        qtbot.keyClick(listed, key, modifier)
        box = window.rooms.outbox.findChildren(QMessageBox)[-1]
        assert box.text() == asked
        box.reject()
        window.activateWindow()
        await laid_out()


async def test_sending_is_paused_and_goes_on_by_key_and_by_the_notice(
    window: MainWindow, desk: Desk, qtbot: QtBot, eventually: Eventually
) -> None:
    qtbot.keyClick(window, Keys.Key_P, Ctrl | Qt.KeyboardModifier.ShiftModifier)
    await eventually(lambda: desk.outbox.state.paused)
    assert window.rooms.commands.pause.isChecked()
    assert "Sending is paused. 2 faxes wait here." in words_of(window.rooms.notice)
    assert "2 faxes waiting, paused" in words_of(window.rooms.status)
    window.rooms.notice.focus_button()
    qtbot.keyClick(focus(), Keys.Key_Space)
    await eventually(lambda: not desk.outbox.state.paused)
    assert not window.rooms.commands.pause.isChecked()
    assert window.rooms.notice.isHidden()


def words_of(part: QWidget) -> list[str]:
    """What a bar says."""
    labels = [said.text() for said in part.findChildren(QLabel)]
    return [*labels, *(said.text() for said in part.findChildren(QPushButton))]


async def test_files_dropped_anywhere_start_a_fax_with_them(
    window: MainWindow, eventually: Eventually
) -> None:
    drag(window, PRACTICE / "01-ames-report.pdf")
    [veil] = window.findChildren(DropVeil)
    assert veil.isVisible()
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert veil.isHidden()
    drop = drag(window, PRACTICE / "01-ames-report.pdf")
    QApplication.sendEvent(window, drop)
    [form] = window.rooms.forms.open_forms
    await eventually(lambda: form._model.state.pages == 3)
    form.close()
    await eventually(lambda: window.rooms.forms.open_forms == [])


async def test_what_is_no_file_is_not_taken(window: MainWindow) -> None:
    drag(window)
    assert [veil for veil in window.findChildren(DropVeil) if veil.isVisible()] == []


@pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)
async def test_a_draft_is_opened_once_and_a_failed_fax_as_a_copy(
    window: MainWindow, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.outbox.select(made["draft"])
    desk.outbox.edit()
    desk.outbox.edit()
    window.rooms.edit_fax(made["draft"])
    [draft] = window.rooms.forms.open_forms
    assert draft._model.state.is_saved
    desk.outbox.select(made["failed"])
    desk.outbox.edit()
    copy = window.rooms.forms.open_forms[1]
    assert copy._model.state.form.name == "Hill Street Pharmacy"
    assert not copy._model.state.is_saved
    for form in (draft, copy):
        form.close()
    await eventually(lambda: window.rooms.forms.open_forms == [])


async def test_a_reply_goes_to_the_sender_from_the_number_called(
    window: MainWindow, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.inbox.select(made["report"])
    desk.inbox.reply()
    [form] = window.rooms.forms.open_forms
    assert form._model.state.form.number == "+12025550143"
    assert form._model.state.form.own_number == "+12025550119"
    assert form._model.state.form.cover.notice == CONFIDENTIAL
    form.close()
    await eventually(lambda: window.rooms.forms.open_forms == [])


async def test_settings_open_once_at_the_page_asked_for(
    window: MainWindow, desk: Desk, qtbot: QtBot, eventually: Eventually
) -> None:
    qtbot.keyClick(window, Keys.Key_Comma, Ctrl)
    assert window.rooms.forms.dialog is not None
    window.rooms.open_settings("advanced")
    dialog = window.rooms.forms.dialog
    assert dialog.isVisible()
    assert dialog._nav["advanced"].isChecked()
    dialog._model.set_own_number("+12025550160")
    dialog.accept()
    assert [number.is_default for number in desk.numbers.state.numbers] == [False, True, False]
    desk.outbox.key_asked.emit()
    again = window.rooms.forms.dialog
    assert again is not dialog
    again.reject()


async def test_boxes_are_opened_and_nothing_waits_for_them(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.keyClick(window, Keys.Key_F1)
    [about] = window.findChildren(QMessageBox)
    assert "MIT" in about.informativeText()
    about.close()
    qtbot.keyClick(window, Keys.Key_O, Ctrl)
    [files] = window.findChildren(QFileDialog)
    assert files.isVisible()
    files.reject()
    await laid_out()


def focus() -> QWidget:
    """What has the keyboard."""
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


async def test_f6_walks_the_areas_and_escape_goes_back_to_the_list(window: MainWindow, qtbot: QtBot) -> None:
    window.rooms.focus_list()
    seen = []
    for _ in range(4):
        qtbot.keyClick(focus(), Keys.Key_F6)
        focused = focus()
        seen.append(
            next(
                (place for place, area in enumerate(window.rooms.outbox.areas) if area.isAncestorOf(focused)),
                -1,
            )
        )
    assert seen == [1, 2, 3, -1]
    assert window.rooms.bar.isAncestorOf(focus())
    qtbot.keyClick(focus(), Keys.Key_F6, Qt.KeyboardModifier.ShiftModifier)
    assert window.rooms.outbox.preview.isAncestorOf(focus())
    qtbot.keyClick(focus(), Keys.Key_Escape)
    assert window.rooms.outbox.list.hasFocus()


def menus(window: MainWindow) -> Iterator[QAction]:
    for title in window.menuBar().actions():
        menu = title.menu()
        assert isinstance(menu, QMenu)
        yield from (action for action in menu.actions() if not action.isSeparator())


async def test_every_command_has_keys_a_tip_and_a_place_in_the_menus(window: MainWindow) -> None:
    tabs = (window.rooms.outbox, window.rooms.inbox, window.rooms.numbers)
    listed = list(menus(window))
    assert all(action in listed for tab in tabs for action in tab.menu_actions)
    assert [action.text() for action in listed if action.shortcut().isEmpty()] == []
    assert [action.text() for action in listed if action.toolTip() in ("", action.text())] == []


async def test_no_two_commands_that_are_there_share_their_keys(
    window: MainWindow, desk: Desk, made: dict[str, int]
) -> None:
    for tab in (INBOX, NUMBERS, OUTBOX):
        window.rooms.show_tab(tab)
        for which in made.values():
            (desk.inbox if tab == INBOX else desk.outbox).select(which)
            keys = [action.shortcut().toString() for action in menus(window) if action.isVisible()]
            assert len(keys) == len(set(keys)), sorted(keys)


@pytest.mark.parametrize("points", [9.75, 12.0])
async def test_the_window_does_not_grow_past_1024_by_700(
    window: MainWindow, desk: Desk, made: dict[str, int], qapp: QApplication, points: float
) -> None:
    before = qapp.font()
    font = qapp.font()
    font.setPointSizeF(points)
    qapp.setFont(font)
    try:
        window.resize(1024, 700)
        for tab in (OUTBOX, INBOX, NUMBERS):
            window.rooms.show_tab(tab)
            for which in made.values():
                (desk.inbox if tab == INBOX else desk.outbox).select(which)
                await laid_out()
                assert window.minimumSizeHint().width() <= 1024
                assert window.minimumSizeHint().height() <= 700
        assert window.size() == QSize(1024, 700)
    finally:
        qapp.setFont(before)


async def test_in_a_narrow_window_nothing_is_cut(
    window: MainWindow, desk: Desk, made: dict[str, int]
) -> None:
    window.resize(1024, 700)
    await laid_out()
    assert window.rooms.is_narrow
    assert window.rooms.bar.search.placeholderText() == "Search (Ctrl+F)"
    for which in ("busy", "failed", "doubtful", "delivered"):
        desk.outbox.select(made[which])
        await laid_out()
        for words in window.rooms.outbox.findChildren(QLabel):
            if words.isVisible() and type(words) is QLabel:
                assert words.width() >= words.sizeHint().width() - 1, words.text()
    window.resize(1360, 848)
    await laid_out()
    assert window.rooms.bar.search.placeholderText() != "Search (Ctrl+F)"


async def test_the_place_on_the_screen_is_kept_as_text(window: MainWindow, qtbot: QtBot) -> None:
    window.resize(800, 620)
    await laid_out()
    text = window.geometry_text()
    assert text.isascii()
    other, usual, broken = WindowFrame(text), WindowFrame(), WindowFrame("no geometry")
    for frame in (other, usual, broken):
        qtbot.addWidget(frame)
    assert other.size() == window.size()
    assert broken.size() == usual.size() != other.size()


async def test_what_is_clicked_in_the_status_bar_opens(
    window: MainWindow, desk: Desk, eventually: Eventually
) -> None:
    window.rooms.status.waiting_clicked.emit()
    await eventually(lambda: desk.outbox.table.rowCount() == 3)
    window.rooms.status.account_clicked.emit()
    assert window.rooms.forms.dialog is not None
    window.rooms.forms.dialog.accept()
    window.rooms.status.check_clicked.emit()
    await eventually(lambda: not desk.window.state.is_checking)
    assert desk.notices.current is not None
