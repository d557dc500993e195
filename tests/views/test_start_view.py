"""The first start: real widgets over the real view-model."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ifax_desktop.domain.errors import SignInNeeded
from ifax_desktop.viewmodels.start import StartViewModel
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.start_view import StartView
from tests.conftest import Eventually


@pytest.fixture
def chosen() -> list[str]:
    return []


@pytest.fixture
async def view(icons: Icons, chosen: list[str]) -> AsyncIterator[StartView]:
    async def connect(key: str) -> None:
        if key != "good":
            raise SignInNeeded("The service did not accept the key.")
        chosen.append("live")

    model = StartViewModel(connect, lambda: chosen.append("practice"), lambda error: None)
    made = StartView(icons, model, on_close=lambda: chosen.append("closed"))
    made.show()
    yield made
    await model.close()
    made.hide()
    made.deleteLater()
    await asyncio.sleep(0)


async def test_a_key_is_tried_and_what_was_found_is_said_below(
    view: StartView, chosen: list[str], qtbot: QtBot, eventually: Eventually
) -> None:
    assert view.key.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(view.key, "bad")
    qtbot.keyClick(view.key, Qt.Key.Key_Return)
    assert view.connect_button.text() == "Checking the key"
    await eventually(lambda: view._field.problem == "The service did not accept the key.")
    view.key.clear()
    qtbot.keyClicks(view.key, "good")
    assert view._field.problem == ""
    view.connect_button.click()
    await eventually(lambda: chosen == ["live"])


async def test_practice_mode_needs_one_click(view: StartView, chosen: list[str]) -> None:
    view.practice_button.click()
    assert chosen == ["practice"]


async def test_closing_only_asks(view: StartView, chosen: list[str]) -> None:
    view.close()
    assert chosen == ["closed"]
    assert view.isVisible()


async def test_it_fits_a_small_screen(view: StartView) -> None:
    view.resize(1024, 700)
    assert view.minimumSizeHint().width() <= 800
    assert view.minimumSizeHint().height() <= 560
    assert view.size() == QSize(1024, 700)
