"""One attempt, one honest result; and never a second one by guess."""

from datetime import timedelta
from pathlib import Path

import pytest

from ifax_desktop.delivery.line import LineState
from ifax_desktop.domain.fax import Fax, Happening, State, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.simulator.faults.rules import On
from tests.conftest import Eventually
from tests.delivery.conftest import Plant


async def queue(plant: Plant, letter: Path, number: str = "+12025550143") -> int:
    drafts = plant.backbone.drafts
    form = Form(number, attachments=(await drafts.take(letter),))
    return (await drafts.queue(form, hold=timedelta())).fax


def row(plant: Plant, fax: int) -> Fax:
    return plant.backbone.archive.rows([fax])[0]


async def test_a_fax_goes_out_and_is_followed_to_its_end(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    fax = await queue(plant, letter)
    async with plant.at_work():
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
        plant.clock.advance(seconds=5)
        await eventually(lambda: row(plant, fax).pages_done == 1)
        plant.clock.advance(minutes=1)
        await eventually(lambda: row(plant, fax).state is State.DELIVERED)
    assert [(job.number, job.pages) for job in plant.service.jobs] == [("+12025550143", 3)]
    detail = plant.backbone.archive.detail(fax)
    assert detail is not None
    happened = [event.what for event in detail.events]
    assert happened[0] is Happening.STORED
    assert happened[-1] is Happening.DELIVERED
    assert plant.reported == []


async def test_how_far_the_handing_over_is_can_be_seen(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    sender = plant.backbone.sender
    seen: list[int | None] = []
    async with plant.at_work():
        sender.handing_over.subscribe(lambda faxes: seen.extend(sender.handed_over(fax) for fax in faxes))
        fax = await queue(plant, letter)
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
    assert len(seen) > 2  # what goes before the document, its pieces, the last piece
    assert seen == sorted(seen, key=lambda percent: percent or 0)
    assert seen[-1] == 100
    assert sender.handed_over(fax) is None


async def test_a_document_damaged_on_the_disk_is_not_sent(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    fax = await queue(plant, letter)
    plant.backbone.files.path(row(plant, fax).document).write_bytes(b"%PDF-1.7 something else")
    async with plant.at_work():
        await eventually(lambda: row(plant, fax).state is State.FAILED)
    assert plant.service.jobs == []
    assert [str(error) for error in plant.reported] == ["A document on this computer's disk is damaged."]


async def test_a_held_fax_is_not_sent_before_its_time(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    drafts = plant.backbone.drafts
    queued = await drafts.queue(Form("+12025550143", attachments=(await drafts.take(letter),)))
    async with plant.at_work():
        await eventually(lambda: plant.backbone.line.report.state is LineState.CONNECTED)
        assert row(plant, queued.fax).state is State.QUEUED
        plant.clock.advance(seconds=10)
        await eventually(lambda: row(plant, queued.fax).state is State.ACCEPTED)


async def test_no_network_keeps_the_fax_and_sends_it_later(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    plant.service.faults.append(On("fax_send", plant.service.unreachable))
    fax = await queue(plant, letter)
    async with plant.at_work():
        await eventually(lambda: row(plant, fax).waiting is Waiting.OFFLINE)
        assert plant.service.jobs == []
        plant.clock.advance(minutes=5)
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
    assert len(plant.service.jobs) == 1


async def test_a_lost_answer_is_not_certain_and_never_sent_again(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    plant.service.faults.append(On("fax_send", plant.service.server_failed))
    fax = await queue(plant, letter)
    async with plant.at_work():
        await eventually(lambda: row(plant, fax).state is State.DOUBTFUL)
        for _ in range(5):
            plant.clock.advance(hours=2)
            assert not await plant.backbone.doubts.look_again(fax)
    assert row(plant, fax).state is State.DOUBTFUL
    assert plant.service.jobs == []


async def test_a_lost_answer_is_found_in_the_list(plant: Plant, letter: Path, eventually: Eventually) -> None:
    plant.service.faults.append(On("fax_send", plant.service.accept_then_hang_up))
    fax = await queue(plant, letter)
    async with plant.at_work():
        await eventually(lambda: row(plant, fax).state is State.DOUBTFUL)
        plant.clock.advance(seconds=11)
        # Found, it is accepted; and in eleven seconds it was delivered, which the next question tells at once.
        await eventually(lambda: row(plant, fax).state is State.DELIVERED)
    assert len(plant.service.jobs) == 1
    detail = plant.backbone.archive.detail(fax)
    assert detail is not None
    happened = [event.what for event in detail.events]
    assert Happening.DOUBTFUL in happened
    assert happened[-1] is Happening.DELIVERED


async def test_a_busy_line_is_tried_again_by_plan(plant: Plant, letter: Path, eventually: Eventually) -> None:
    fax = await queue(plant, letter, "+12025550106")
    async with plant.at_work():
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
        plant.clock.advance(minutes=1)
        await eventually(lambda: row(plant, fax).waiting is Waiting.RETRY)
        assert row(plant, fax).state is State.QUEUED
        plant.clock.advance(minutes=3)
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
        plant.clock.advance(minutes=1)
        await eventually(lambda: row(plant, fax).state is State.DELIVERED)
    assert len(plant.service.jobs) == 2


async def test_a_number_out_of_service_is_final(plant: Plant, letter: Path, eventually: Eventually) -> None:
    fax = await queue(plant, letter, "+12025550103")
    async with plant.at_work():
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
        plant.clock.advance(minutes=1)
        await eventually(lambda: row(plant, fax).state is State.FAILED)
    assert (row(plant, fax).code, len(plant.service.jobs)) == (3912, 1)


async def test_a_wrong_key_stops_sending_and_loses_nothing(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    plant.connection.key = "wrong"
    fax = await queue(plant, letter)
    async with plant.at_work():
        await eventually(lambda: plant.backbone.line.report.state is LineState.SIGN_IN)
        await eventually(lambda: row(plant, fax).state is State.QUEUED)
        plant.connection.key = "live-right"
        plant.backbone.line.key_changed()
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
    assert len(plant.service.jobs) == 1


async def test_a_refused_fax_says_why(plant: Plant, letter: Path, eventually: Eventually) -> None:
    drafts = plant.backbone.drafts
    form = Form("+12025550143", own_number="+12025559999", attachments=(await drafts.take(letter),))
    fax = (await drafts.queue(form, hold=timedelta())).fax
    async with plant.at_work():
        await eventually(lambda: row(plant, fax).state is State.FAILED)
    assert row(plant, fax).code == 120103


@pytest.mark.parametrize("number", ["+12025550143"])
async def test_two_faxes_to_one_number_go_one_after_the_other(
    plant: Plant, letter: Path, eventually: Eventually, number: str
) -> None:
    first, second = [await queue(plant, letter, number) for _ in range(2)]
    async with plant.at_work():
        await eventually(lambda: row(plant, first).state is State.ACCEPTED)
        assert row(plant, second).state is State.QUEUED
        plant.clock.advance(minutes=1)
        await eventually(lambda: row(plant, second).state is State.ACCEPTED)
    assert row(plant, first).state is State.DELIVERED
