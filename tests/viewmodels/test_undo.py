"""Undo: offered while the fax waits here, counted down, and honest when it is too late."""

from collections.abc import AsyncIterator

import pytest
from pytestqt.qtbot import QtBot

from ifax_desktop.delivery.drafts import Queued
from ifax_desktop.domain.fax import State
from ifax_desktop.viewmodels.notices import Notices
from ifax_desktop.viewmodels.undo import UndoViewModel
from tests.conftest import Eventually
from tests.office_day import Day


@pytest.fixture
def notices() -> Notices:
    return Notices()


@pytest.fixture
async def undo(day: Day, notices: Notices) -> AsyncIterator[UndoViewModel]:
    model = UndoViewModel(day.backbone.drafts, notices, day.now)
    yield model
    await model.close()


async def queued(day: Day, *, wait: float = 10) -> Queued:
    """A fax that goes out in `wait` seconds."""
    fax = await day.queue("Dr. Ames", "+12025550143", wait=wait)
    [row] = day.backbone.archive.rows([fax])
    assert row.due_at is not None
    return Queued(fax, row.due_at)


def said(notices: Notices) -> str:
    return notices.current.text if notices.current else ""


async def test_the_seconds_are_counted_down_and_then_nothing_is_offered(
    day: Day, notices: Notices, undo: UndoViewModel
) -> None:
    undo.offer(await queued(day), "Dr. Ames")
    assert said(notices) == "Sending to Dr. Ames in 10 seconds."
    day.after(seconds=8.5)
    undo.count()
    assert said(notices) == "Sending to Dr. Ames in 2 seconds."
    day.after(seconds=1)
    undo.count()
    assert said(notices) == "Sending to Dr. Ames in 1 second."
    day.after(seconds=1)
    undo.count()
    assert notices.current is None
    assert not undo._timer.isActive()


async def test_a_fax_that_goes_out_at_once_is_not_offered(
    day: Day, notices: Notices, undo: UndoViewModel
) -> None:
    undo.offer(await queued(day, wait=0), "Dr. Ames")
    assert notices.current is None


async def test_taken_back_it_is_a_draft_again(
    day: Day, notices: Notices, undo: UndoViewModel, qtbot: QtBot, eventually: Eventually
) -> None:
    offer = await queued(day)
    other = await queued(day)
    undo.offer(other, "Elm Court Surgery")
    undo.offer(offer, "Dr. Ames")
    taken: list[int] = []
    undo.taken_back.connect(taken.append)
    assert notices.current is not None
    assert notices.current.action is not None
    notices.act()
    await eventually(lambda: taken == [offer.fax])
    states = {row.id: row.state for row in day.backbone.archive.rows([offer.fax, other.fax])}
    assert states == {offer.fax: State.DRAFT, other.fax: State.QUEUED}
    assert said(notices) == "Sending to Elm Court Surgery in 10 seconds."


async def test_too_late_is_said(
    day: Day, notices: Notices, undo: UndoViewModel, eventually: Eventually
) -> None:
    offer = await queued(day)
    undo.offer(offer, "Dr. Ames")
    day.after(seconds=11)
    await day.claim()
    undo.undo(offer.fax)
    await eventually(lambda: said(notices) == "Too late to undo: this fax is on its way.")
    assert day.backbone.archive.rows([offer.fax])[0].state is State.SENDING
