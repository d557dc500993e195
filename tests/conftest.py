"""What tests of several rooms share: Qt's loop for async tests of what stands on Qt, and a patient look."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path

import pytest
import qasync
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication

# The tests need no screen; somebody who wants to watch them sets another platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ON_QT = {"viewmodels", "views", "e2e"}

Eventually = Callable[[Callable[[], object]], Awaitable[None]]


def pytest_asyncio_loop_factories(
    config: pytest.Config, item: pytest.Item
) -> Mapping[str, Callable[[], asyncio.AbstractEventLoop]]:
    """The loop of the program itself where Qt takes part, asyncio's own elsewhere."""
    room = item.path.relative_to(Path(__file__).parent).parts[0]
    return {"qt": _qt_loop} if room in ON_QT else {"asyncio": asyncio.new_event_loop}


def _qt_loop() -> asyncio.AbstractEventLoop:
    loop: asyncio.AbstractEventLoop = qasync.QEventLoop(QApplication.instance() or QApplication([]))
    # Between a test and its fixtures pytest-qt handles Qt's events. Steps of tasks must not run then, as no loop
    # runs: their timers are left to fire later.
    loop._timer.installEventFilter(_Pause(loop))  # type: ignore[attr-defined]
    return loop


class _Pause(QObject):
    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        super().__init__(loop._timer)  # type: ignore[attr-defined]
        self._loop = loop

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        return event.type() == QEvent.Type.Timer and not self._loop.is_running()


@pytest.fixture
def eventually() -> Eventually:
    """Wait in an async test until something holds; `qtbot.wait*` would spin a loop within the loop."""

    async def wait(holds: Callable[[], object]) -> None:
        async with asyncio.timeout(10):
            while not holds():  # noqa: ASYNC110 - whatever it is tells nobody
                await asyncio.sleep(0.005)

    return wait
