"""A whole folder of hostile files dropped on the New fax window at once, which stays a window all the while."""

import asyncio
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from pathlib import Path
from typing import Final

import pytest
from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ifax_desktop.delivery.drafts import Drafts
from ifax_desktop.documents.office import MISSING, Office
from ifax_desktop.documents.protocol import MAX_PAGES, Reason
from ifax_desktop.views.compose_view import ComposeView
from ifax_desktop.views.icons import Icons
from tests.conftest import Clock, Eventually
from tests.desk import Desk, open_desk
from tests.documents import hostile_files, hostile_places
from tests.documents.hostile import Hostile, sentence
from tests.views.composing import LEFT, drop, shown

TICK_MS: Final = 5
MOST_AT_ONCE: Final = 0.25
"""Seconds of work of the window's thread between two ticks. What it is, and on the wall, is written down with the result."""
PATIENCE: Final = 240
FILES: Final = hostile_files.FILES[::4]
"""What is dropped: each file by itself is tested without a window, and all of them would take half a minute."""


class Ticker(QObject):
    """What lies between two ticks of the window's thread, in seconds: on the wall, and of its own work."""

    def __init__(self) -> None:
        super().__init__()
        self.walls: list[float] = []
        self.works: list[float] = []
        self._last = (time.perf_counter(), time.thread_time())
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._tick)
        self._timer.start(TICK_MS)

    def _tick(self) -> None:
        now = (time.perf_counter(), time.thread_time())
        self.walls.append(now[0] - self._last[0])
        self.works.append(now[1] - self._last[1])
        self._last = now


@pytest.fixture(autouse=True)
def _windows_come_and_go(qapp: QApplication) -> Iterator[None]:
    """As in the program: the last window closed does not end Qt's loop."""
    qapp.setQuitOnLastWindowClosed(False)
    yield
    qapp.setQuitOnLastWindowClosed(True)


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path / "desk", clock) as made:
        # Without LibreOffice, which takes two seconds for each file; its own tests have it.
        made.drafts = Drafts(
            made.outbox, made.files, made.renderer, clock, lambda: made.settings, office=Office([])
        )
        yield made


async def test_every_file_is_taken_or_named_and_the_window_goes_on(
    qtbot: QtBot,
    icons: Icons,
    desk: Desk,
    tmp_path: Path,
    eventually: Eventually,
    request: pytest.FixtureRequest,
) -> None:
    places = hostile_places.lay_out(tmp_path / "places")
    paths = hostile_files.write(tmp_path / "hostile", FILES) + [tmp_path / "places" / name for name in places]
    view = shown(qtbot, icons, desk.form())
    ticker = Ticker()
    drop(view, *paths)
    await _typed_meanwhile(qtbot, view)
    _check_gaps(ticker, request)

    told = view.form.refused.sentences
    for name, words in places.items():
        assert f"“{name}” cannot be added. {words}" in told
    for file in FILES:
        _check(file, told, view)
    _check_that_the_rest_is_one_click_away(qtbot, view)
    await _leave_locked_out(qtbot, view, eventually)


async def _typed_meanwhile(qtbot: QtBot, view: ComposeView) -> None:
    """Type a name, letter by letter, until everything is read."""
    typed = ""
    async with asyncio.timeout(PATIENCE):
        while view._model.state.taking:
            await asyncio.sleep(0.05)
            if len(typed) < 100:
                qtbot.keyClick(view.form.name, "a")
                typed += "a"
            assert view.form.name.text() == typed


def _check_gaps(ticker: Ticker, request: pytest.FixtureRequest) -> None:
    def record(what: str, seconds: float) -> None:
        request.node.user_properties.append((what, f"{seconds * 1000:.1f} ms"))

    works, walls = sorted(ticker.works), sorted(ticker.walls)
    record("longest work of the window's thread at once", works[-1])
    record("work at once, 99 in 100", works[len(works) * 99 // 100])
    record("longest gap between ticks on the wall", walls[-1])
    record("gap on the wall, 99 in 100", walls[len(walls) * 99 // 100])
    assert works[-1] < MOST_AT_ONCE


def _check(file: Hostile, told: Sequence[str], view: ComposeView) -> None:
    """A file is among the documents with its pages, or is named with its sentence, or its password will be asked for."""
    (words,) = [words for words in told if words.startswith(f"“{file.name}” ")] or [""]
    taken = {each.name: each.pages for each in view._model.state.form.attachments}
    if file.name in taken:
        assert taken[file.name] == file.comes
        assert not words
    elif isinstance(file.comes, int) and not _is_office(file):
        assert words.endswith(f"A fax cannot have more than {MAX_PAGES} pages.")
    elif file.comes is Reason.LOCKED:
        assert not words
    else:
        assert words.endswith(MISSING if _is_office(file) else sentence(file.comes))  # type: ignore[arg-type]


def _is_office(file: Hostile) -> bool:
    return file.name.endswith((".docx", ".docm"))


def _check_that_the_rest_is_one_click_away(qtbot: QtBot, view: ComposeView) -> None:
    refused = view.form.refused
    assert refused.text.count("\n") == 2
    assert refused.height() < view.height() / 3
    assert not refused.all.isVisible()
    qtbot.mouseClick(refused.more, LEFT)
    assert refused.all.isVisible()
    assert refused.all.toPlainText().splitlines() == list(refused.sentences)


async def _leave_locked_out(qtbot: QtBot, view: ComposeView, eventually: Eventually) -> None:
    """Each locked file is asked about in its turn."""
    for file in FILES:
        if file.comes is Reason.LOCKED:
            await eventually(lambda name=file.name: view._model.state.locked == name)  # type: ignore[misc]
            qtbot.mouseClick(view.form.locked.leave_out, LEFT)
    assert not view._model.state.locked
