"""The practice service calls our listener as the real one would, in each of the forms that were seen."""

from pathlib import Path
from typing import Any

import pytest

from ifax_desktop.delivery.webhooks import Webhooks
from ifax_desktop.domain.fax import Direction, State
from ifax_desktop.simulator.webhooks.settings import read_settings
from ifax_desktop.store.archive import Query
from tests.conftest import Eventually
from tests.delivery.calling import BASIC, SECRET
from tests.delivery.conftest import Plant
from tests.delivery.test_sender import queue, row
from tests.documents import samples


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"wrapped": True, "direction": "OB"},
        {"form": True, "direction": "sent"},
        {"twice": True, "interim": True},
        {"user": BASIC.user, "password": BASIC.password},
    ],
    ids=lambda form: " ".join(form) or "plain",
)
async def test_a_call_brings_what_arrived_and_how_a_fax_ended(
    plant: Plant, letter: Path, eventually: Eventually, form: dict[str, Any]
) -> None:
    backbone, service = plant.backbone, plant.service
    basic = BASIC if "user" in form else None
    webhooks = Webhooks(
        SECRET, backbone.receiver.ring, backbone.tracker.ring, plant.clock, basic=basic, pause=0
    )
    await webhooks.open()
    service.callbacks.register(read_settings({"sent": webhooks.url, "received": webhooks.url, **form}))
    async with service.calling_back(), plant.at_work():
        await eventually(lambda: backbone.line.report.checked_at is not None)
        arrived: list[frozenset[int]] = []
        backbone.changes.subscribe(arrived.append)
        await service.receive(samples.letter("A report"), "+13125550188", "+12025550119")
        await eventually(lambda: arrived)
        assert len(await backbone.archive.ids(Query(Direction.RECEIVED))) == 1

        fax = await queue(plant, letter)
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
        plant.clock.advance(minutes=2)
        await eventually(lambda: row(plant, fax).state is State.DELIVERED)
        service.callbacks.look()
        wanted = (2 if "twice" in form else 1) * (3 if "interim" in form else 2)
        await eventually(lambda: len(service.callbacks.log) == wanted)
    await webhooks.close()
    assert {call["status"] for call in service.callbacks.log} == {200}
    assert webhooks.tally.heard == wanted
    assert webhooks.tally.repeated == (wanted // 2 if "twice" in form else 0)
    assert webhooks.tally.turned_away == 0


async def test_a_call_that_does_not_sign_in_brings_nothing_and_the_plan_brings_it(
    plant: Plant, eventually: Eventually
) -> None:
    backbone, service = plant.backbone, plant.service
    webhooks = Webhooks(SECRET, backbone.receiver.ring, backbone.tracker.ring, plant.clock, basic=BASIC)
    await webhooks.open()
    service.callbacks.register(read_settings({"received": webhooks.url}))
    async with service.calling_back(), backbone.connected(plant.connection):
        await service.receive(samples.letter("A report"), "+13125550188", "+12025550119")
        await eventually(lambda: service.callbacks.log)
        assert [call["status"] for call in service.callbacks.log] == [401]
        assert webhooks.last_call_at is None
        plant.clock.advance(minutes=1)
        assert await backbone.receiver.check() == 1
    await webhooks.close()
