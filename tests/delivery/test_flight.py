"""One attempt: it begins only where the last one is over, ends in what really happened, and survives a full disk."""

import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import Fax, Happening, State, Waiting
from ifax_desktop.simulator.faults.rules import Answering, On
from ifax_desktop.store.words import FULL
from tests.conftest import Eventually
from tests.delivery.conftest import Plant
from tests.delivery.test_doubts import happened
from tests.delivery.test_sender import queue, row

BUSY = "+12025550101"


async def waits_for_the_next_try(plant: Plant, letter: Path, eventually: Eventually) -> int:
    """A fax whose line was busy, with the second try planned in three minutes."""
    fax = await queue(plant, letter, BUSY)
    await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
    plant.clock.advance(minutes=1)
    await eventually(lambda: row(plant, fax).waiting is Waiting.RETRY)
    return fax


def says(**told: Any) -> On:
    """The service says this of a fax the next time it is asked."""

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        envelope = (await answer(request)).json()
        envelope["data"] |= told
        return httpx.Response(200, json=envelope, request=request)

    return On("fax_status", fault)


async def test_a_fax_that_got_through_after_all_is_not_sent_again(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    async with plant.at_work():
        fax = await waits_for_the_next_try(plant, letter, eventually)
        for _ in range(2):
            plant.service.faults.append(says(faxStatus="delivered", code=0, faxTransferredPages=3))
        plant.clock.advance(minutes=3)
        await eventually(lambda: row(plant, fax).state is State.DELIVERED)
    assert len(plant.service.jobs) == 1
    assert row(plant, fax).job_id == str(plant.service.jobs[0].job_id)


async def test_a_fax_that_is_at_work_again_is_followed_again(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    async with plant.at_work():
        fax = await waits_for_the_next_try(plant, letter, eventually)
        plant.service.faults.append(says(faxStatus="sending"))
        plant.clock.advance(minutes=3)
        await eventually(lambda: Happening.FOUND in happened(plant, fax))
        await eventually(lambda: happened(plant, fax).count(Happening.RETRY_PLANNED) == 2)
    assert (len(plant.service.jobs), row(plant, fax).tries) == (1, 1)


async def test_a_last_try_nobody_can_tell_of_leaves_it_to_the_user(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    async def unknown(request: httpx.Request, _: Answering) -> httpx.Response:
        refusal = {"status": 0, "code": 12091, "message": "Can not find fax."}
        return httpx.Response(200, json=refusal, request=request)

    async with plant.at_work():
        fax = await waits_for_the_next_try(plant, letter, eventually)
        plant.service.faults.append(On("fax_status", unknown))
        plant.clock.advance(minutes=3)
        await eventually(lambda: row(plant, fax).state is State.FAILED)
    ended = row(plant, fax)
    assert ended.own_words
    assert "does not say how the last try ended" in ended.message
    assert len(plant.service.jobs) == 1


@pytest.mark.parametrize("kind", ["refuse", "server_error", "nonsense", "half_answer"])
async def test_without_a_word_about_the_last_try_the_next_one_waits(
    plant: Plant, letter: Path, eventually: Eventually, kind: str
) -> None:
    async with plant.at_work():
        fax = await waits_for_the_next_try(plant, letter, eventually)
        plant.fault("fax_status", kind)
        plant.clock.advance(minutes=3)
        await eventually(lambda: row(plant, fax).waiting is Waiting.OFFLINE)
        assert len(plant.service.jobs) == 1
        plant.clock.advance(minutes=5)
        await eventually(lambda: len(plant.service.jobs) == 2)
    assert row(plant, fax).tries == 2


async def test_what_the_user_canceled_goes_again_when_the_user_says_so(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    await plant.backbone.consents.give("fax_cancel")
    async with plant.at_work():
        fax = await queue(plant, letter, "+12025550109")
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
        await plant.backbone.sender.stop(fax)
        await eventually(lambda: row(plant, fax).state is State.CANCELED)
        assert await plant.backbone.sender.try_now(fax)
        await eventually(lambda: len(plant.service.jobs) == 2)
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)


async def test_the_service_sends_its_own_copy_where_we_have_none(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    async with plant.at_work():
        fax = await queue(plant, letter)
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
        plant.clock.advance(minutes=1)
        await eventually(lambda: row(plant, fax).state is State.DELIVERED)
        again = await plant.backbone.sender.have_resent(fax)
        assert again is not None
        await eventually(lambda: Happening.ACCEPTED in happened(plant, again))
    assert [job.operation for job in plant.service.jobs] == ["fax_send", "fax_resend"]
    assert Happening.HANDED_OVER in happened(plant, again)


async def test_a_resend_whose_answer_is_lost_is_not_certain(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    async with plant.at_work():
        fax = await queue(plant, letter)
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
        plant.clock.advance(minutes=1)
        await eventually(lambda: row(plant, fax).state is State.DELIVERED)
        plant.fault("fax_resend", "reset_after")
        again = await plant.backbone.sender.have_resent(fax)
        assert again is not None
        await eventually(lambda: Happening.DOUBTFUL in happened(plant, again))
        plant.clock.advance(seconds=10)
        await eventually(lambda: Happening.FOUND in happened(plant, again))
    assert len(plant.service.jobs) == 2


def fill_up(connection: sqlite3.Connection) -> None:
    """No more room: neither for pages, nor in those of the history."""
    (pages,) = connection.execute("PRAGMA page_count").fetchone()
    connection.execute(f"PRAGMA max_page_count = {pages}")
    with suppress(sqlite3.OperationalError):
        while True:
            connection.execute(
                "INSERT INTO event (fax, at, what, detail) SELECT max(id), 0, 'page', '-' FROM fax"
            )


def make_room(connection: sqlite3.Connection) -> None:
    connection.execute("PRAGMA max_page_count = 1073741823")


def state(plant: Plant, fax: int) -> tuple[State, str]:
    seen: Fax = row(plant, fax)
    return seen.state, seen.job_id


async def test_an_answer_that_cannot_be_written_down_is_written_as_soon_as_there_is_room(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    async def full(request: httpx.Request, answer: Answering) -> httpx.Response:
        response = await answer(request)
        await plant.backbone.database.run(fill_up)
        return response

    plant.service.faults.append(On("fax_send", full))
    fax = await queue(plant, letter)
    async with plant.at_work():
        await eventually(lambda: plant.reported)
        assert state(plant, fax) == (State.SENDING, "")
        await plant.backbone.database.run(make_room)
        await eventually(lambda: row(plant, fax).job_id)
    assert [str(error) for error in plant.reported] == [FULL]
    assert state(plant, fax) == (State.ACCEPTED, str(plant.service.jobs[0].job_id))
    plant.reported.clear()


async def test_without_room_for_the_mark_the_last_piece_does_not_go(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    async def full(request: httpx.Request, answer: Answering) -> httpx.Response:
        await plant.backbone.database.run(fill_up)
        return await answer(request)

    plant.service.faults.append(On("fax_list", full))
    async with plant.at_work():
        fax = await queue(plant, letter)
        await eventually(lambda: plant.reported)
        assert plant.service.jobs == []
        await plant.backbone.database.run(make_room)
        await eventually(lambda: row(plant, fax).state is State.QUEUED)
        plant.clock.advance(minutes=1)
        await eventually(lambda: row(plant, fax).job_id)
    assert {str(error) for error in plant.reported} == {FULL}
    assert all(isinstance(error, StorageFailed) for error in plant.reported)
    assert len(plant.service.jobs) == 1
