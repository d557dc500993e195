"""Deeds at the service: written down before they are asked for, and never asked for twice by guess."""

import asyncio
import json
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import closing
from pathlib import Path
from sqlite3 import connect

import httpx
import pytest

from ifax_desktop.api.records import Item
from ifax_desktop.backbone import Calls
from ifax_desktop.delivery.deeds import Deeds
from ifax_desktop.domain.deeds import Deed, Intent, Outcome
from ifax_desktop.domain.errors import (
    ConsentNeeded,
    FaxError,
    NoAnswer,
    NotCertain,
    Offline,
    Refused,
    SignInNeeded,
    StorageFailed,
)
from ifax_desktop.domain.fax import Direction, State
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.domain.reports import Extract
from tests.conftest import Eventually
from tests.delivery.conftest import Plant
from tests.delivery.test_sender import queue, row

OURS = "+12025550119"
Call = Callable[[], Awaitable[object]]


@pytest.fixture
async def calls(plant: Plant) -> AsyncIterator[Calls]:
    async with plant.backbone.connected(plant.connection) as calls:
        yield calls


@pytest.fixture
def deeds(plant: Plant, calls: Calls) -> Deeds:
    return plant.backbone.deeds


@pytest.fixture
async def for_sale(calls: Calls) -> list[str]:
    """Two numbers that can be bought."""
    return [offer.number for offer in await calls.numbers.on_offer("4411")][:2]


async def written(plant: Plant) -> list[Intent]:
    return await plant.backbone.deeds._ledger.all()


async def owned(calls: Calls) -> set[str]:
    return {own.number for own in await calls.numbers.owned()}


async def test_a_number_is_bought_and_all_of_it_is_written_down(
    plant: Plant, deeds: Deeds, calls: Calls, for_sale: list[str]
) -> None:
    before = await calls.numbers.owned()
    bought = await deeds.buy(for_sale[0])
    assert bought.number in await owned(calls)
    [intent] = await written(plant)
    assert (intent.deed, intent.subject, intent.outcome) == (Deed.BUY, for_sale[0], Outcome.DONE)
    assert intent.known == {"owned": [own.number_id for own in before], "add_license": False}
    assert intent.raw["number_id"] == bought.number_id
    assert intent.begun_at == intent.ended_at == plant.clock()


async def test_what_is_about_to_be_done_is_on_the_disk_before_it_is_asked_for(
    plant: Plant, deeds: Deeds, for_sale: list[str]
) -> None:
    seen: list[tuple[str, str]] = []
    answer = plant.service.__call__

    async def look(request: httpx.Request) -> httpx.Response:
        if plant.asked["buy"] and not seen:
            with closing(connect(plant.backbone.database.path)) as other:
                seen.extend(other.execute("SELECT what, outcome FROM intent"))
        return await answer(request)

    plant.service = look  # type: ignore[assignment]
    await deeds.buy(for_sale[0])
    assert seen == [("buy a number", "")]


@pytest.mark.parametrize("kind", ["reset_after", "server_error_after", "html_after"])
async def test_after_a_lost_answer_no_other_number_is_bought(
    plant: Plant, deeds: Deeds, calls: Calls, for_sale: list[str], kind: str
) -> None:
    plant.fault("number_buy", kind)
    with pytest.raises(NoAnswer):
        await deeds.buy(for_sale[0])
    for number in for_sale:
        with pytest.raises(NotCertain, match="may have been bought"):
            await deeds.buy(number)
    assert plant.asked["buy"] == 1
    [intent] = await deeds.uncertain()
    assert await deeds.settle(intent.id, Outcome.DONE)
    assert not await deeds.settle(intent.id, Outcome.REFUSED)
    await deeds.buy(for_sale[1])
    assert [one.outcome for one in await written(plant)] == [Outcome.DONE, Outcome.DONE]
    assert set(for_sale) <= await owned(calls)


@pytest.mark.parametrize(
    ("kind", "raised", "outcome"),
    [
        ("refuse", Offline, Outcome.NOT_ASKED),
        ("expired_key", SignInNeeded, Outcome.REFUSED),
        ("too_many", Refused, Outcome.REFUSED),
        ("plan_missing", SignInNeeded, Outcome.REFUSED),
        ("server_error", NoAnswer, Outcome.NOT_CERTAIN),
        ("nonsense", NoAnswer, Outcome.NOT_CERTAIN),
    ],
)
async def test_each_end_of_a_call_is_an_honest_outcome(
    plant: Plant, deeds: Deeds, for_sale: list[str], kind: str, raised: type[FaxError], outcome: Outcome
) -> None:
    plant.fault("number_buy", kind)
    with pytest.raises(raised) as caught:
        await deeds.buy(for_sale[0])
    [intent] = await written(plant)
    assert (intent.outcome, intent.message) == (outcome, str(caught.value))
    assert bool(await deeds.uncertain()) is (outcome is Outcome.NOT_CERTAIN)


async def test_a_refusal_keeps_its_code(plant: Plant, deeds: Deeds, calls: Calls) -> None:
    with pytest.raises(Refused) as caught:
        await deeds.release(OwnNumber("+12025550199", "99", "98"))
    [intent] = await written(plant)
    assert (intent.outcome, intent.code) == (Outcome.REFUSED, caught.value.code)
    assert intent.code is not None


async def test_without_consent_nothing_is_asked(plant: Plant, deeds: Deeds) -> None:
    with pytest.raises(ConsentNeeded):
        await deeds.delete(Item.SENT, "7204418")
    assert [intent.outcome for intent in await written(plant)] == [Outcome.NOT_ASKED]
    assert plant.asked["fax-delete"] == 0


async def test_every_deed_is_done_once_and_refused_while_it_is_not_certain(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    back = plant.backbone
    for operation in (
        "item_delete", "item_files_delete", "inbound_fax_delete", "extract_start", "fax_forward",
    ):  # fmt: skip
        await back.consents.give(operation)
    async with plant.at_work():
        fax = await queue(plant, letter)
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
        plant.clock.advance(minutes=5)
        await eventually(lambda: row(plant, fax).state is State.DELIVERED)
    job = row(plant, fax).job_id
    arrived = await plant.service.receive(letter.read_bytes(), "+13125550188", "+12025550119")
    async with back.connected(plant.connection) as calls:
        [own, *_] = await calls.numbers.owned()
        deeds = back.deeds
        tries: list[tuple[str, Deed, Call]] = [
            ("extract_start", Deed.READ_TEXT, lambda: deeds.read_text(job, Direction.SENT, Extract.TEXT)),
            ("fax_forward", Deed.FORWARD, lambda: deeds.forward(job, "+12025550187", OURS)),
            ("item_files_delete", Deed.DELETE_PAGES, lambda: deeds.delete_pages(Item.SENT, job)),
            ("item_delete", Deed.DELETE, lambda: deeds.delete(Item.SENT, job)),
            (
                "inbound_fax_delete",
                Deed.DELETE_RECEIVED,
                lambda: deeds.delete_received(str(arrived.job_id), str(arrived.transaction_id)),
            ),
            ("number_delete", Deed.RELEASE, lambda: deeds.release(own)),
        ]
        for operation, deed, call in tries:
            plant.fault(operation, "server_error")
            with pytest.raises(NoAnswer):
                await call()
            with pytest.raises(NotCertain):
                await call()
            [intent] = await deeds.uncertain()
            assert intent.deed is deed
            await deeds.settle(intent.id, Outcome.REFUSED)
            await call()
            assert (await written(plant))[-1].outcome is Outcome.DONE
        assert own.number not in await owned(calls)
    assert len(plant.service.jobs) == 2  # the fax, and the one that was forwarded


async def test_forwarding_to_another_number_is_another_deed(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    await plant.backbone.consents.give("fax_forward")
    async with plant.at_work():
        fax = await queue(plant, letter)
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
        plant.clock.advance(minutes=5)
        await eventually(lambda: row(plant, fax).state is State.DELIVERED)
        job = row(plant, fax).job_id
        plant.fault("fax_forward", "server_error_after")
        with pytest.raises(NoAnswer):
            await plant.backbone.deeds.forward(job, "+12025550187", OURS)
        await plant.backbone.deeds.forward(job, "+12025550188", OURS)
        with pytest.raises(NotCertain, match="may arrive twice"):
            await plant.backbone.deeds.forward(job, "+12025550187", OURS)


async def test_two_at_the_same_time_are_one(
    plant: Plant, deeds: Deeds, calls: Calls, for_sale: list[str]
) -> None:
    ended = await asyncio.gather(*(deeds.buy(number) for number in for_sale), return_exceptions=True)
    assert [type(one) for one in ended if isinstance(one, BaseException)] == [NotCertain]
    assert plant.asked["buy"] == 1


async def test_a_caller_who_leaves_is_not_certain(
    plant: Plant, deeds: Deeds, for_sale: list[str], eventually: Eventually
) -> None:
    plant.fault("number_buy", "slow", seconds=3600)
    buying = asyncio.create_task(deeds.buy(for_sale[0]))
    await eventually(lambda: plant.asked["buy"])
    buying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await buying
    assert [one.outcome for one in await written(plant)] == [Outcome.NOT_CERTAIN]


async def disk(plant: Plant, *, writable: bool) -> None:
    """Let the disk take what is written, or not."""
    await plant.backbone.database.ask(
        lambda connection: connection.execute(f"PRAGMA query_only = {int(not writable)}")
    )


async def test_what_cannot_be_written_down_is_not_done(
    plant: Plant, deeds: Deeds, for_sale: list[str]
) -> None:
    await disk(plant, writable=False)
    with pytest.raises(StorageFailed):
        await deeds.buy(for_sale[0])
    assert plant.asked["buy"] == 0


async def test_an_end_that_cannot_be_written_down_is_written_as_soon_as_it_can(
    plant: Plant, deeds: Deeds, for_sale: list[str], eventually: Eventually
) -> None:
    answer = plant.service.__call__

    async def fill_up(request: httpx.Request) -> httpx.Response:
        if request.url.path.endswith("/buy"):
            await disk(plant, writable=False)
        return await answer(request)

    plant.service = fill_up  # type: ignore[assignment]
    buying = asyncio.create_task(deeds.buy(for_sale[0]))
    await eventually(lambda: plant.reported)
    assert [type(error) for error in plant.reported] == [StorageFailed]
    assert not buying.done()
    await disk(plant, writable=True)
    assert (await buying).number == for_sale[0]
    assert [one.outcome for one in await written(plant)] == [Outcome.DONE]


async def test_closed_while_the_disk_is_full_it_is_not_certain_at_the_next_start(
    plant: Plant, deeds: Deeds, for_sale: list[str], eventually: Eventually
) -> None:
    plant.fault("number_buy", "slow", seconds=3600)
    buying = asyncio.create_task(deeds.buy(for_sale[0]))
    await eventually(lambda: plant.asked["buy"])
    await disk(plant, writable=False)
    buying.cancel()
    with pytest.raises(asyncio.CancelledError):
        await buying
    assert [type(error) for error in plant.reported] == [StorageFailed]
    await disk(plant, writable=True)
    await plant.backbone.prepare()
    assert [one.outcome for one in await written(plant)] == [Outcome.NOT_CERTAIN]


KILLED = """
import asyncio, os, signal, sys
from pathlib import Path
import httpx
from ifax_desktop.backbone import Backbone, Connection
from ifax_desktop.paths import Paths
from ifax_desktop.simulator.service import FaxService

profile, records, when = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]
service = FaxService(folder=records)

async def answer(request):
    is_order = request.url.path.endswith("/buy")
    if is_order and when == "before":
        os.kill(os.getpid(), signal.SIGKILL)
    response = await service(request)
    if is_order and when == "after":
        os.kill(os.getpid(), signal.SIGKILL)
    return response

async def main():
    backbone = Backbone(Paths(profile), print)
    await backbone.prepare()
    connection = Connection("https://fax.invalid/v1", "live-key", httpx.MockTransport(answer))
    async with backbone.connected(connection) as calls:
        offers = await calls.numbers.on_offer("4411")
        try:
            await backbone.deeds.buy(offers[0].number)
        except Exception as error:
            print(type(error).__name__)
        print(len(await calls.numbers.owned()), len(await backbone.deeds.uncertain()))
    await backbone.close()

asyncio.run(main())
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.parametrize(("when", "more"), [("before", 0), ("after", 1)])
def test_killed_in_the_middle_it_is_not_certain_and_never_bought_twice(
    tmp_path: Path, when: str, more: int
) -> None:
    def run(when: str) -> tuple[int, list[str]]:
        given = [str(tmp_path / "profile"), str(tmp_path / "service"), when]
        ended = subprocess.run(
            [sys.executable, "-c", KILLED, *given], capture_output=True, text=True, timeout=60, check=False
        )
        assert ended.returncode in (0, -9), ended.stderr
        return ended.returncode, ended.stdout.split()

    killed, _ = run(when)
    assert killed == -9
    records = json.loads(next((tmp_path / "service").glob("*.json")).read_text()) if more else {}
    code, said = run("never")
    assert code == 0
    assert said[0] == "NotCertain"
    assert said[2] == "1"
    numbers = int(said[1])
    if more:
        assert numbers == len(records["numbers"])
    for _ in range(2):
        assert run("never")[1] == said, "nothing is bought as long as nobody knows"
