"""Before the program is closed: asked only where that keeps something from going out."""

from collections.abc import AsyncIterator

import pytest

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import Waiting
from ifax_desktop.store.left_behind import LeftBehind, left_behind
from ifax_desktop.viewmodels import times
from ifax_desktop.viewmodels.leaving import LeavingViewModel
from tests.conftest import Eventually
from tests.office_day import Day, heard


async def behind(day: Day) -> LeftBehind:
    back = day.backbone
    return await back.database.ask(lambda connection: left_behind(connection, back.account))


@pytest.fixture
async def leaving(day: Day) -> AsyncIterator[LeavingViewModel]:
    back = day.backbone
    model = LeavingViewModel(lambda: behind(day), back.sender.is_paused, day.now, day.reported.append)
    yield model
    await model.close()


async def test_with_nothing_that_waits_nothing_is_asked(
    day: Day, leaving: LeavingViewModel, eventually: Eventually
) -> None:
    await day.deliver("Dr. Ames", "+12025550143")
    left, asked = heard(leaving.left), heard(leaving.asked)
    leaving.ask()
    await eventually(lambda: left)
    assert asked == []


async def test_how_many_wait_and_when_the_first_is_due_is_said(
    day: Day, leaving: LeavingViewModel, eventually: Eventually
) -> None:
    left, asked = heard(leaving.left), heard(leaving.asked)
    await day.queue("Dr. Ames", "+12025550143", wait=3600, waiting=Waiting.SCHEDULED)
    leaving.ask()
    leaving.ask()
    await eventually(lambda: asked)
    due = times.in_sentence((await day.backbone.outbox.next_due()) or day.time, day.time)
    assert asked == [
        ("Quit with 1 fax waiting?", f"It goes out only while iFax Desktop is open. It is due {due}.")
    ]
    leaving.ask()  # the question is on the screen already
    leaving.stay()
    await day.queue("County Court", "+12025550166", wait=7200, waiting=Waiting.RETRY)
    leaving.ask()
    await eventually(lambda: len(asked) == 2)
    assert asked[1] == (
        "Quit with 2 faxes waiting?",
        f"They go out only while iFax Desktop is open. The first one is due {due}.",
    )
    assert left == []
    leaving.leave()
    assert left == [()]


async def test_one_that_only_waits_for_the_network_has_no_time(
    day: Day, leaving: LeavingViewModel, eventually: Eventually
) -> None:
    asked = heard(leaving.asked)
    await day.queue("Dr. Ames", "+12025550143", waiting=Waiting.OFFLINE)
    leaving.ask()
    await eventually(lambda: asked)
    assert asked == [("Quit with 1 fax waiting?", "It goes out only while iFax Desktop is open.")]


async def test_what_does_not_go_out_anyway_is_no_reason_to_stay(
    day: Day, leaving: LeavingViewModel, eventually: Eventually
) -> None:
    left, asked = heard(leaving.left), heard(leaving.asked)
    await day.queue("Dr. Ames", "+12025550143", waiting=Waiting.LATE)
    assert await behind(day) == LeftBehind()
    leaving.ask()
    await eventually(lambda: left)
    await day.queue("County Court", "+12025550166")
    await day.backbone.sender.pause(paused=True)
    leaving.ask()
    await eventually(lambda: len(left) == 2)
    assert asked == []


async def test_an_archive_that_cannot_be_read_keeps_nobody_in(day: Day, eventually: Eventually) -> None:
    async def broken() -> LeftBehind:
        raise StorageFailed("The disk is gone.")

    model = LeavingViewModel(broken, lambda: False, day.now, day.reported.append)
    left = heard(model.left)
    model.ask()
    await eventually(lambda: left)
    assert [str(error) for error in day.reported] == ["The disk is gone."]
    await model.close()
