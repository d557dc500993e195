"""Numbers with its real view-model over a real archive."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.numbers_view import NumbersView
from tests.conftest import Eventually
from tests.office_day import Desk


def words(view: NumbersView) -> list[str]:
    parts: list[QLabel | QPushButton] = [*view.findChildren(QLabel), *view.findChildren(QPushButton)]
    return [part.text() for part in parts if part.isVisible() and part.text()]


@pytest.fixture
async def view(icons: Icons, desk: Desk) -> AsyncIterator[NumbersView]:
    made = NumbersView(icons, desk.numbers)
    made.set_active(True)
    made.resize(1200, 700)
    made.show()
    yield made
    made.hide()
    made.deleteLater()
    await asyncio.sleep(0)


async def test_a_number_is_made_the_default_sender(view: NumbersView, desk: Desk, qtbot: QtBot) -> None:
    view.list.setFocus()
    qtbot.keyClick(view.list, Qt.Key.Key_Down)
    assert desk.numbers.state.selected == "+12025550160"
    assert "Default sender" not in words(view)
    next(
        button for button in view.findChildren(QPushButton) if button.text() == "Use as default sender"
    ).click()
    assert desk.day.backbone.settings().own_number == "+12025550160"
    assert "Default sender" in words(view)
    assert "Use as default sender" not in words(view)
    assert not view.use.isVisible()
    view.set_narrow(True)
    view.set_active(False)
    assert not any(action.isVisible() for action in view.menu_actions)


async def test_asking_the_service_says_so_and_why_it_could_not(
    view: NumbersView, desk: Desk, eventually: Eventually
) -> None:
    view.refresh.trigger()
    assert "Asking the service" in words(view)
    await eventually(lambda: "The program is still starting. Try again in a moment." in words(view))
    assert "Refresh" in words(view)


async def test_without_a_number_it_says_what_one_is_for(
    icons: Icons, bare_desk: Desk, eventually: Eventually
) -> None:
    view = NumbersView(icons, bare_desk.numbers)
    view.show()
    assert "You have no fax number yet" in words(view)
    view.refresh.trigger()
    await eventually(lambda: "Your numbers could not be asked for" in words(view))
    view.hide()
    view.deleteLater()
    await asyncio.sleep(0)
