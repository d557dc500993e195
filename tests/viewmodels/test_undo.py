"""Undo: offered while the fax waits here, counted down, and honest when it is too late."""

from collections.abc import AsyncIterator

import pytest

from ifax_desktop.domain.fax import State, Waiting
from ifax_desktop.domain.number import show
from ifax_desktop.viewmodels.notices import Notices
from ifax_desktop.viewmodels.undo import UndoViewModel
from tests.conftest import Eventually
from tests.office_day import Day


@pytest.fixture
def notices() -> Notices:
    return Notices()


@pytest.fixture
async def undo(day: Day, notices: Notices) -> AsyncIterator[UndoViewModel]:
    model = UndoViewModel(day.backbone.drafts, day.backbone.changes, notices, day.now)
    yield model
    await model.close()


async def held(day: Day, name: str = "Dr. Ames", *, wait: float = 10) -> int:
    """A fax that waits for an Undo for so many seconds."""
    return await day.queue(name, "+12025550143", wait=wait, waiting=Waiting.UNDO)


def said(notices: Notices) -> str:
    return notices.current.text if notices.current else ""


async def test_the_seconds_are_counted_down_and_then_nothing_is_offered(
    day: Day, notices: Notices, undo: UndoViewModel, eventually: Eventually
) -> None:
    await held(day)
    await eventually(lambda: said(notices) == "Sending to Dr. Ames in 10 seconds.")
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


async def test_what_waited_before_the_start_is_offered(
    day: Day, notices: Notices, eventually: Eventually
) -> None:
    await held(day, "")
    model = UndoViewModel(day.backbone.drafts, day.backbone.changes, notices, day.now)
    model.start()
    await eventually(lambda: said(notices) == f"Sending to {show('+12025550143')} in 10 seconds.")
    await model.close()


async def test_a_fax_that_goes_out_at_once_is_not_offered(
    day: Day, notices: Notices, undo: UndoViewModel, eventually: Eventually
) -> None:
    await day.queue("Dr. Ames", "+12025550143", wait=0)
    await held(day, "Elm Court Surgery")
    await eventually(lambda: said(notices))
    assert said(notices) == "Sending to Elm Court Surgery in 10 seconds."


async def test_what_was_canceled_elsewhere_is_offered_no_more(
    day: Day, notices: Notices, undo: UndoViewModel, eventually: Eventually
) -> None:
    fax = await held(day)
    await eventually(lambda: said(notices))
    await day.backbone.outbox.stop(fax, day.time)
    await eventually(lambda: not said(notices))


async def test_taken_back_it_is_a_draft_again(
    day: Day, notices: Notices, undo: UndoViewModel, eventually: Eventually
) -> None:
    other = await held(day, "Elm Court Surgery", wait=20)
    await eventually(lambda: said(notices))
    fax = await held(day)
    await eventually(lambda: "Dr. Ames" in said(notices))
    taken: list[int] = []
    undo.taken_back.connect(taken.append)
    notices.act()
    await eventually(lambda: taken == [fax])
    states = {row.id: row.state for row in day.backbone.archive.rows([fax, other])}
    assert states == {fax: State.DRAFT, other: State.QUEUED}
    await eventually(lambda: said(notices) == "Sending to Elm Court Surgery in 20 seconds.")


async def test_too_late_is_said(
    day: Day, notices: Notices, undo: UndoViewModel, eventually: Eventually
) -> None:
    fax = await held(day)
    await eventually(lambda: said(notices))
    day.after(seconds=11)
    await day.claim()
    undo.undo(fax)
    await eventually(lambda: said(notices) == "Too late to undo: this fax is on its way.")
    assert day.backbone.archive.rows([fax])[0].state is State.SENDING
