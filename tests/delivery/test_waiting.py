"""What waits in the outbox: held for an Undo, paused, so late that the user is asked first, and kept when the disk is full."""

from datetime import timedelta
from pathlib import Path

from ifax_desktop.backbone import Backbone
from ifax_desktop.delivery.line import LineState
from ifax_desktop.domain.fax import Happening, State, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.paths import Paths
from ifax_desktop.store.outbox import Stopped
from tests.conftest import Eventually
from tests.delivery.conftest import Plant
from tests.delivery.test_doubts import happened
from tests.delivery.test_sender import queue, row


async def hold(plant: Plant, letter: Path, seconds: float = 10) -> int:
    drafts = plant.backbone.drafts
    form = Form("+12025550143", attachments=(await drafts.take(letter),))
    return (await drafts.queue(form, hold=timedelta(seconds=seconds))).fax


async def anew(plant: Plant, tmp_path: Path) -> None:
    """The program ends and begins again."""
    await plant.backbone.close()
    plant.backbone = Backbone(
        Paths(tmp_path / "profile"), plant.reported.append, now=plant.clock, pulse=0.01, youngest=0.01
    )


async def connected(plant: Plant, eventually: Eventually) -> None:
    await eventually(lambda: plant.backbone.line.report.checked_at == plant.clock())


async def test_after_a_restart_the_time_for_an_undo_begins_anew(
    plant: Plant, letter: Path, tmp_path: Path, eventually: Eventually
) -> None:
    fax = await hold(plant, letter)
    plant.clock.advance(hours=1)
    await anew(plant, tmp_path)
    async with plant.at_work():
        await connected(plant, eventually)
        (held,) = await plant.backbone.outbox.held()
        assert (held.fax, held.due_at) == (fax, plant.clock() + timedelta(seconds=10))
        assert plant.service.jobs == []
        plant.clock.advance(seconds=10)
        await eventually(lambda: Happening.ACCEPTED in happened(plant, fax))
    assert await plant.backbone.outbox.held() == []


async def test_a_restart_makes_the_time_for_an_undo_no_shorter(
    plant: Plant, letter: Path, tmp_path: Path
) -> None:
    fax, far = await hold(plant, letter, seconds=30), await hold(plant, letter, seconds=3600)
    plant.clock.advance(seconds=10)
    await anew(plant, tmp_path)
    await plant.backbone.sender.mend()
    after = {held.fax: held.due_at - plant.clock() for held in await plant.backbone.outbox.held()}
    assert after == {fax: timedelta(seconds=20), far: timedelta(minutes=1)}, "a clock that was ahead"


async def test_what_is_more_than_twelve_hours_late_asks_first(
    plant: Plant, letter: Path, tmp_path: Path, eventually: Eventually
) -> None:
    late = await queue(plant, letter, "+12025550187")
    plant.clock.advance(hours=6)
    in_time = await queue(plant, letter)
    plant.clock.advance(hours=7)
    await anew(plant, tmp_path)
    async with plant.at_work():
        await eventually(lambda: Happening.ACCEPTED in happened(plant, in_time))
        assert (row(plant, late).state, row(plant, late).waiting) == (State.QUEUED, Waiting.LATE)
        assert happened(plant, late) == [Happening.STORED, Happening.LATE]
        assert await plant.backbone.sender.try_now(late)
        await eventually(lambda: Happening.ACCEPTED in happened(plant, late))
    assert len(plant.service.jobs) == 2


async def test_a_paused_outbox_keeps_everything_also_after_a_restart(
    plant: Plant, letter: Path, tmp_path: Path, eventually: Eventually
) -> None:
    sender = plant.backbone.sender
    await sender.pause(paused=True)
    fax = await queue(plant, letter)
    async with plant.at_work():
        await connected(plant, eventually)
        assert sender.is_paused()
        assert row(plant, fax).state is State.QUEUED
    await anew(plant, tmp_path)
    async with plant.at_work():
        await connected(plant, eventually)
        assert plant.backbone.sender.is_paused()
        assert plant.service.jobs == []
        await plant.backbone.sender.pause(paused=False)
        await eventually(lambda: Happening.ACCEPTED in happened(plant, fax))
    assert len(plant.service.jobs) == 1


async def test_a_fax_for_later_is_kept_here_until_then(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    drafts = plant.backbone.drafts
    evening = plant.clock() + timedelta(hours=4)
    form = Form("+12025550143", attachments=(await drafts.take(letter),), send_at=evening)
    queued = await drafts.queue(form)
    async with plant.at_work():
        await connected(plant, eventually)
        kept = row(plant, queued.fax)
        assert (kept.state, kept.waiting, kept.due_at) == (State.QUEUED, Waiting.SCHEDULED, evening)
        plant.clock.advance(hours=4)
        await eventually(lambda: Happening.ACCEPTED in happened(plant, queued.fax))
    assert len(plant.service.jobs) == 1


async def test_a_time_that_is_over_is_no_time_to_wait_for(plant: Plant, letter: Path) -> None:
    drafts = plant.backbone.drafts
    form = Form(
        "+12025550143",
        attachments=(await drafts.take(letter),),
        send_at=plant.clock() - timedelta(minutes=1),
    )
    queued = await drafts.queue(form)
    assert row(plant, queued.fax).waiting is Waiting.UNDO


async def test_what_waits_is_stopped_at_once(plant: Plant, letter: Path, eventually: Eventually) -> None:
    fax = await hold(plant, letter)
    async with plant.at_work():
        await eventually(lambda: plant.backbone.line.report.state is LineState.CONNECTED)
        assert await plant.backbone.sender.stop(fax) is Stopped.NOW
        plant.clock.advance(minutes=1)
        assert await plant.backbone.outbox.claim(plant.clock()) is None
    assert row(plant, fax).state is State.CANCELED
    assert plant.service.jobs == []


async def test_a_fax_the_service_keeps_until_its_time_goes_at_once_and_keeps_nobody_waiting(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    drafts = plant.backbone.drafts
    evening = plant.clock() + timedelta(hours=4)
    form = Form("+12025550143", attachments=(await drafts.take(letter),), send_at=evening, at_service=True)
    queued = await drafts.queue(form, hold=timedelta())
    async with plant.at_work():
        await eventually(lambda: Happening.ACCEPTED in happened(plant, queued.fax))
        [job] = plant.service.jobs
        assert job.starts_at == evening.timestamp()
        plant.clock.advance(hours=1)
        assert row(plant, queued.fax).state is State.ACCEPTED
        plant.clock.advance(hours=4)
        await eventually(lambda: row(plant, queued.fax).state is State.DELIVERED)
    assert drafts.form(queued.fax) == form


async def test_a_fax_kept_at_the_service_does_not_hold_up_others_to_its_number(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    plant.service.account.waits_as = "scheduled"
    drafts = plant.backbone.drafts
    tomorrow = plant.clock() + timedelta(days=1)
    form = Form("+12025550143", attachments=(await drafts.take(letter),), send_at=tomorrow, at_service=True)
    later = (await drafts.queue(form, hold=timedelta())).fax
    async with plant.at_work():
        await eventually(lambda: row(plant, later).service_status == "scheduled")
        now = await queue(plant, letter)
        await eventually(lambda: Happening.ACCEPTED in happened(plant, now))
    assert row(plant, later).state is State.ACCEPTED
