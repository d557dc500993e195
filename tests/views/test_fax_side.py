"""The list beside the details keeps what is chosen and where it is scrolled to, whatever comes, goes or moves."""

import asyncio
from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from ifax_desktop.domain.fax import Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.number import FaxNumber
from ifax_desktop.viewmodels.outbox import Show
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.inbox_view import InboxView
from ifax_desktop.views.outbox_view import OutboxView
from tests.conftest import Eventually
from tests.office_day import Day, Desk


@pytest.fixture
async def view(icons: Icons, desk: Desk, eventually: Eventually) -> AsyncIterator[OutboxView]:
    made = OutboxView(icons, desk.outbox)
    made.resize(1000, 400)
    made.show()
    await eventually(lambda: made.isVisible() and made.list.viewport().width() > 100)
    yield made
    made.hide()
    made.deleteLater()
    await asyncio.sleep(0)


def chosen(view: OutboxView) -> int | None:
    return view._model.table.id_at(view.list.currentIndex().row())


def top(view: OutboxView) -> int | None:
    return view._model.table.id_at(view.list.indexAt(QPoint(5, 5)).row())


async def test_what_leaves_the_list_stays_shown_and_no_other_takes_its_place(
    view: OutboxView, desk: Desk, day: Day, made: dict[str, int], eventually: Eventually
) -> None:
    desk.outbox.choose_filter(Show.IN_PROGRESS)
    await eventually(lambda: desk.outbox.table.is_loaded)
    desk.outbox.select(made["busy"])
    assert chosen(view) == made["busy"]
    await day.backbone.outbox.stop(made["busy"], day.now())
    assert desk.outbox.table.row_of(made["busy"]) == -1
    assert chosen(view) is None
    assert desk.outbox.selected == made["busy"]
    assert desk.outbox.state.fax is not None
    assert desk.outbox.state.fax.state == "canceled"


async def test_nothing_is_read_by_itself_when_the_fax_beside_it_goes(
    icons: Icons, desk: Desk, day: Day, made: dict[str, int], eventually: Eventually, qtbot: QtBot
) -> None:
    inbox = InboxView(icons, desk.inbox)
    inbox.show()
    desk.inbox.select(made["report"])
    await day.backbone.database.run(
        lambda connection: connection.execute("DELETE FROM fax WHERE id = ?", (made["report"],))
    )
    day.backbone.changes.announce({made["report"]})
    assert desk.inbox.table.row_of(made["report"]) == -1
    assert not inbox.list.currentIndex().isValid()
    assert desk.inbox.state.unread == 3
    qtbot.keyClick(inbox.list, Qt.Key.Key_Home)
    assert desk.inbox.selected == made["newest"]
    await eventually(lambda: desk.inbox.state.unread == 2)
    inbox.hide()
    inbox.deleteLater()


async def test_the_choice_moves_with_its_fax(
    view: OutboxView, desk: Desk, day: Day, made: dict[str, int], eventually: Eventually
) -> None:
    first = await day.backbone.outbox.save_draft(Form(name="First"), day.now())
    await day.backbone.outbox.save_draft(Form(name="Second"), day.now())
    desk.outbox.select(first)
    assert chosen(view) == first
    form = await day.form("First", "+12025550177", (("a.pdf", 1),), Form().cover)
    day.after(minutes=1)
    number = FaxNumber("+12025550177")
    await day.backbone.outbox.queue(form, number, "d" * 64, 1, 1, day.now(), day.now(), Waiting.TURN, first)
    assert desk.outbox.table.row_of(first) == 0
    assert chosen(view) == first
    assert desk.outbox.selected == first


async def test_the_place_stays_while_faxes_come_and_go_above(
    view: OutboxView, desk: Desk, day: Day, made: dict[str, int], eventually: Eventually
) -> None:
    bar = view.list.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = top(view)
    drafts = [await day.backbone.outbox.save_draft(Form(name="Above"), day.now()) for _ in range(3)]
    assert top(view) == before
    for draft in drafts:
        await day.backbone.outbox.discard(draft)
    assert desk.outbox.table.row_of(drafts[0]) == -1
    assert top(view) == before
