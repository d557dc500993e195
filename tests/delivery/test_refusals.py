"""Codes that are not final: the service says no, and is asked whether it has the fax all the same."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest

from ifax_desktop.backbone import Connection
from ifax_desktop.domain.fax import State
from tests.conftest import Eventually
from tests.delivery.conftest import Plant
from tests.delivery.test_sender import queue, row

NUMBER = "+12025550143"


@dataclass
class Refusing:
    """A service that says no to every fax, and lists after that what a test wants."""

    code: int
    message: str = "Wrong session ID"
    listed: list[dict[str, Any]] = field(default_factory=list)
    list_is_lost: bool = False
    sent: int = 0
    fields: dict[str, Any] = field(default_factory=dict)

    def __call__(self, request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("fax-send"):
            self.sent += 1
            return httpx.Response(
                200, json={"status": 0, "code": self.code, "message": self.message, **self.fields}
            )
        if request.url.path.endswith("fax-status"):
            job = json.loads(request.content)["jobId"]
            return httpx.Response(200, json={"status": 1, "data": {"jobId": job, "faxStatus": "sending"}})
        if self.sent and self.list_is_lost:
            return httpx.Response(502)
        return httpx.Response(200, json={"status": 1, "data": self.listed if self.sent else []})


@asynccontextmanager
async def sending(plant: Plant, service: Refusing) -> AsyncIterator[None]:
    connection = Connection("https://fax.invalid/v1", "test-key", httpx.MockTransport(service))
    async with plant.backbone.connected(connection) as calls:
        work = asyncio.create_task(plant.backbone.sender.run(calls.outbound))
        try:
            yield
        finally:
            work.cancel()
            await asyncio.gather(work, return_exceptions=True)


def job(number: str = NUMBER, job_id: int = 7001) -> dict[str, Any]:
    return {"jobId": job_id, "toNumber": number, "faxTotalPages": 3, "faxStatus": "sending"}


@pytest.mark.parametrize("code", [-1062, -1004, -22, -3, -150])
async def test_a_fax_that_was_refused_and_is_in_the_list_is_on_its_way(
    plant: Plant, letter: Path, eventually: Eventually, code: int
) -> None:
    service = Refusing(code, listed=[job()])
    fax = await queue(plant, letter, NUMBER)
    async with sending(plant, service):
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
    assert (row(plant, fax).job_id, service.sent) == ("7001", 1)


@pytest.mark.parametrize(
    ("service", "state"),
    [
        (Refusing(-1062), State.FAILED),
        (Refusing(-1062, listed=[job("+14155550119")]), State.FAILED),
        (Refusing(-1062, listed=[job(), job(job_id=7002)]), State.DOUBTFUL),
        (Refusing(-1062, list_is_lost=True), State.DOUBTFUL),
        (Refusing(-123, "No valid documents attached", listed=[job()]), State.FAILED),
        (Refusing(263, "USER_BUSY", listed=[job()]), State.FAILED),
        (Refusing(-4242, "Nobody knows", listed=[job()]), State.FAILED),
    ],
)
async def test_nothing_is_sent_again_and_what_may_be_there_is_not_certain(
    plant: Plant, letter: Path, eventually: Eventually, service: Refusing, state: State
) -> None:
    fax = await queue(plant, letter, NUMBER)
    async with sending(plant, service):
        await eventually(lambda: row(plant, fax).state is not State.SENDING and service.sent)
        plant.clock.advance(hours=3)
        await eventually(lambda: row(plant, fax).state is state)
    assert service.sent == 1
    assert row(plant, fax).code == (service.code if state is State.FAILED else None)
