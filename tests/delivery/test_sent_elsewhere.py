"""Faxes of other programs on the account are seen, followed, and never touched."""

import asyncio
from pathlib import Path

from ifax_desktop.domain.fax import Direction, State
from ifax_desktop.store.archive import Query
from ifax_desktop.store.facts import Fact
from tests.conftest import Eventually
from tests.delivery.conftest import Plant
from tests.delivery.receiving import connected, fresh, receive, received, send_elsewhere, service, strangers
from tests.delivery.test_sender import queue, row

__all__ = ["fresh", "service"]


async def look(plant: Plant) -> None:
    await plant.backbone.receiver._elsewhere.look()


async def test_a_fax_of_another_program_appears_and_is_followed_to_its_end(
    plant: Plant, letter: Path
) -> None:
    job = await send_elsewhere(plant, letter)
    async with connected(plant):
        plant.clock.advance(minutes=10)
        plant.service.speed = 0.001
        await look(plant)
        [fax] = await strangers(plant)
        assert (fax.job_id, fax.number, fax.direction) == (job, "+12025550143", Direction.SENT)
        plant.service.speed = 1.0
        plant.clock.advance(minutes=30)
        await look(plant)
        [fax] = await strangers(plant)
    assert (fax.state, fax.pages_done) == (State.DELIVERED, 1)
    assert plant.backbone.facts.get(Fact.STRANGERS)


async def test_the_list_is_not_asked_for_all_the_time(plant: Plant, letter: Path) -> None:
    async with connected(plant):
        await look(plant)
        assert plant.asked["fax-lists"] == 0, "an earlier run of the program did"
        plant.clock.advance(minutes=10)
        await look(plant)
        await look(plant)
        assert plant.asked["fax-lists"] == 1
        plant.clock.advance(minutes=10)
        await look(plant)
        assert plant.asked["fax-lists"] == 2


async def test_it_is_seen_by_itself(fresh: Plant, letter: Path, eventually: Eventually) -> None:
    await send_elsewhere(fresh, letter, days=20)
    async with fresh.at_work():
        await eventually(lambda: fresh.backbone.facts.get(Fact.SENT_SEEN))
    assert len(await strangers(fresh)) == 1


async def test_our_own_faxes_are_never_strangers(plant: Plant, letter: Path, eventually: Eventually) -> None:
    ours = await queue(plant, letter, "+12025550143")
    async with plant.at_work():
        await eventually(lambda: row(plant, ours).state is not State.QUEUED)
        await eventually(lambda: row(plant, ours).job_id)
        plant.clock.advance(minutes=11)
        await look(plant)
    assert await strangers(plant) == []
    assert not plant.backbone.facts.get(Fact.STRANGERS)


async def test_a_fax_whose_answer_was_lost_is_no_stranger(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    ours = await queue(plant, letter, "+12025550143")
    plant.fault("fax_send", "reset_after")
    async with plant.backbone.connected(plant.connection) as calls:
        work = asyncio.create_task(plant.backbone.sender.run(calls.outbound))
        await eventually(lambda: row(plant, ours).state is State.DOUBTFUL)
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        plant.clock.advance(minutes=11)
        await look(plant)
    assert len(plant.service.jobs) == 1
    assert await strangers(plant) == []


async def test_a_list_that_cannot_be_had_keeps_no_received_fax_out(
    fresh: Plant, eventually: Eventually
) -> None:
    await receive(fresh)
    fresh.fault("fax_list", "server_error", count=50)
    async with fresh.at_work():
        await eventually(lambda: fresh.asked["fax-lists"])
        await eventually(lambda: fresh.backbone.line.report.checked_at is not None)
    assert len(await received(fresh)) == 1
    assert not fresh.backbone.facts.get(Fact.SENT_SEEN)


async def test_nothing_is_ever_done_with_them(plant: Plant, letter: Path) -> None:
    await send_elsewhere(plant, letter)
    async with connected(plant):
        plant.clock.advance(minutes=11)
        await look(plant)
        [fax] = await strangers(plant)
        assert not await plant.backbone.outbox.try_again(fax.id, plant.clock())
        assert await plant.backbone.outbox.claim(plant.clock()) is None
    counts = await plant.backbone.archive.counts()
    assert (counts.in_progress, counts.needs_user, counts.sent) == (0, 0, 1)
    assert list(await plant.backbone.archive.ids(Query(Direction.SENT))) == [fax.id]
