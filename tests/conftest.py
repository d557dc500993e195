"""What tests of several rooms share: Qt's loop where Qt takes part, a look for what got lost, a patient look, a clock."""

import asyncio
import gc
import inspect
import os
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import qasync
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication

# The tests need no screen; somebody who wants to watch them sets another platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

ON_QT = {"delivery", "viewmodels", "views", "e2e"}

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


def pytest_collection_finish(session: pytest.Session) -> None:
    """Leave what was imported out of later collections, which then take a tenth of the time."""
    gc.collect()
    gc.freeze()


_ended = 0


def pytest_runtest_logfinish() -> None:
    """Leave out of later collections, now and then, what outlived the tests until here: it takes half of their time."""
    global _ended
    _ended += 1
    if _ended % 20 == 0:
        gc.collect()
        gc.freeze()


@pytest.fixture(autouse=True)
def nothing_lost(request: pytest.FixtureRequest) -> None:
    """Fail a test that leaves a task running or an exception unseen.

    Exceptions that end in `sys.excepthook` are pytest-qt's to report; those nobody could raise, and those of threads,
    are pytest's, whose warnings are failures here.
    """
    if inspect.iscoroutinefunction(getattr(request.node, "obj", None)):
        request.getfixturevalue("no_work_lost")


@pytest.fixture(autouse=True)
def no_window_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a window behind: it would be styled anew with every theme, and perhaps be seen."""
    yield
    if request.path.relative_to(Path(__file__).parent).parts[0] in ON_QT and QApplication.instance():
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        if QApplication.topLevelWidgets():
            gc.collect()
        if left := QApplication.topLevelWidgets():
            names = ", ".join(sorted(str(widget) for widget in left))
            for widget in left:
                widget.deleteLater()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            pytest.fail(f"left behind: {names}", pytrace=False)


@pytest.fixture
async def no_work_lost() -> AsyncIterator[None]:
    """Look at the loop when the test and all its fixtures are over."""
    loop = asyncio.get_running_loop()
    unseen: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _, context: unseen.append(context))
    yield
    await asyncio.sleep(0)
    gc.collect()  # a task tells of its exception when nobody holds it any more
    running = asyncio.all_tasks() - {asyncio.current_task()}
    if running:
        pytest.fail(f"left running: {', '.join(sorted(str(task) for task in running))}", pytrace=False)
    if unseen:
        errors = [
            context["exception"] for context in unseen if isinstance(context.get("exception"), Exception)
        ]
        told = "; ".join(str(context.get("message")) for context in unseen)
        raise ExceptionGroup(f"unseen: {told}", errors) if errors else AssertionError(f"unseen: {told}")


@pytest.fixture
def eventually() -> Eventually:
    """Wait in an async test until something holds; `qtbot.wait*` would spin a loop within the loop."""

    async def wait(holds: Callable[[], object]) -> None:
        async with asyncio.timeout(10):
            while not holds():  # noqa: ASYNC110 - whatever it is tells nobody
                await asyncio.sleep(0.005)

    return wait


class Clock:
    """UTC that stands still until a test moves it."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def timestamp(self) -> float:
        """The same as Unix seconds, as the simulator takes it."""
        return self.time.timestamp()

    def advance(self, **step: float) -> None:
        """Move on: `advance(minutes=3)`."""
        self.time += timedelta(**step)


@pytest.fixture
def clock() -> Clock:
    return Clock()
