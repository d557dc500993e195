"""Two installations on one account: each has everything, and neither takes anything from the other."""

from pathlib import Path

from ifax_desktop.domain.fax import State
from ifax_desktop.simulator.service import FaxService
from tests.conftest import Eventually
from tests.delivery.conftest import Clock, Plant
from tests.delivery.receiving import receive, received, service, strangers
from tests.delivery.test_sender import queue, row

__all__ = ["service"]


async def test_two_installations_do_not_disturb_each_other(
    tmp_path: Path, clock: Clock, service: FaxService, letter: Path, eventually: Eventually
) -> None:
    first, second = Plant(tmp_path / "first", clock, service), Plant(tmp_path / "second", clock, service)
    await receive(first)
    await receive(first, "Another one", days=40)
    try:
        async with first.at_work(), second.at_work():
            ours = await queue(first, letter, "+12025550143")
            theirs = await queue(second, letter, "+12025550177")
            await eventually(lambda: row(first, ours).job_id and row(second, theirs).job_id)
            clock.advance(minutes=11)
            first.backbone.receiver.ring()
            second.backbone.receiver.ring()
            for plant in (first, second):
                await eventually(lambda plant=plant: plant.backbone.line.report.checked_at == clock())  # type: ignore[misc]
            await eventually(lambda: row(first, ours).state is State.DELIVERED)
            await eventually(lambda: row(second, theirs).state is State.DELIVERED)
            [fax] = [fax for fax in await received(first) if fax.pages and fax.document][:1]
            await first.backbone.archive.delete([fax.id], clock())
            clock.advance(minutes=11)
            for plant in (first, second):
                plant.backbone.receiver.ring()
                await eventually(lambda plant=plant: plant.backbone.line.report.checked_at == clock())  # type: ignore[misc]
            await eventually(lambda: len(service.jobs) == 2)
        assert len(await received(first)) == 1
        assert len(await received(second)) == 2, "what one deletes the other keeps"
        assert [fax.job_id for fax in await strangers(first)] == [row(second, theirs).job_id]
        assert [fax.job_id for fax in await strangers(second)] == [row(first, ours).job_id]
    finally:
        await first.backbone.close()
        await second.backbone.close()
    assert len(service.jobs) == 2, "nothing was sent twice"
    assert all(fax.deleted_at is None and fax.files_deleted_at is None for fax in service.received)
    assert all(job.deleted_at is None and job.canceled_at is None for job in service.jobs)
    assert first.reported == second.reported == []
