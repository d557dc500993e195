"""`python -m tests.crash.typist`: the real window, and somebody who types into New fax and presses Send.

Takes the arguments of the program, and after `--` the draft to go on with (0 for a new one), the document, the number
and the name to type, and how many words to add. Everything is done with keys, clicks and a drop, as people do it. What
the window says is kept or sent is told on standard output, line by line: the harness holds the archive to it.
"""

import asyncio
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import qasync
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from ifax_desktop.desk import Desk, Next
from ifax_desktop.office import Office
from ifax_desktop.options import read_options
from ifax_desktop.sessions import open_session, run_sessions
from ifax_desktop.views.compose_view import ComposeView
from tests.crash.typing_order import KEPT, SENDING, SENT, TYPED, Order


def main() -> int:
    """Run the window until it is closed, or killed."""
    place = sys.argv.index("--")
    order = Order.read(sys.argv[place + 1 :])
    application = QApplication(sys.argv[:1])
    application.setQuitOnLastWindowClosed(False)
    desk = Desk(application, read_options(sys.argv[1:place]))
    desk.take_over()
    office = open_session(desk, Next("live"))
    assert isinstance(office, Office)
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        runner.run(_both(desk, office, order))
    desk.give_back()
    desk.close()
    return 0


async def _both(desk: Desk, office: Office, order: Order) -> None:
    typing = asyncio.ensure_future(_type(office, order))
    await run_sessions(desk, office)
    typing.cancel()
    with suppress(asyncio.CancelledError):
        await typing


async def _type(office: Office, order: Order) -> None:
    await _until(office.window.isVisible)
    if order.draft:
        office.rooms.edit_fax(order.draft)
    else:
        office.rooms.new_fax()
    [view] = office.rooms.forms.open_forms
    model = view._model
    if not order.draft:
        _drop(view, order.document)
        await _until(lambda: len(model.state.form.attachments) == 1)
        QTest.keyClicks(view.form.number, order.number)
        QTest.keyClicks(view.form.name, order.name)
    for word in range(order.words):
        QTest.keyClicks(view.form.name, f" {word}")
        _tell(TYPED, view)
        await _until(lambda: model.state.is_saved)
        _tell(KEPT, view)
    await _until(view.send.isEnabled)
    _tell(SENDING, view)
    QTest.mouseClick(view.send, Qt.MouseButton.LeftButton)
    await _until(lambda: model.state.has_left)
    print(SENT, flush=True)


def _drop(view: ComposeView, file: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    middle = view.rect().center()
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(view, QDragEnterEvent(middle, Qt.DropAction.CopyAction, mime, buttons, keys))
    QApplication.sendEvent(view, QDropEvent(QPointF(middle), Qt.DropAction.CopyAction, mime, buttons, keys))


def _tell(what: str, view: ComposeView) -> None:
    print(what, view.form.name.text(), flush=True)


async def _until(holds: Callable[[], object]) -> None:
    while not holds():  # noqa: ASYNC110 - whatever it is tells nobody
        await asyncio.sleep(0.01)


if __name__ == "__main__":
    sys.exit(main())
