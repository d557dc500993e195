"""Faxes from before the archive began: brought in the background, once, to the end, whatever comes between."""

import json
from pathlib import Path

import httpx

from ifax_desktop.delivery.earlier import EMPTY_MONTHS, Progress
from ifax_desktop.simulator.faults.rules import Answering, On, Rule
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.store.facts import Fact
from tests.conftest import Eventually
from tests.delivery.conftest import Plant
from tests.delivery.receiving import (
    fresh,
    is_done,
    receive,
    received,
    refused,
    send_elsewhere,
    service,
    strangers,
)

__all__ = ["fresh", "service"]


async def test_a_fresh_install_brings_everything_and_tells_how_far(
    fresh: Plant, letter: Path, eventually: Eventually
) -> None:
    for days in (1, 29, 45, 100, 101, 400):
        await receive(fresh, days=days)
    for days in (2, 50, 200):
        await send_elsewhere(fresh, letter, days=days)
    told: list[Progress] = []
    fresh.backbone.receiver.earlier.subscribe(told.append)
    async with fresh.at_work():
        await eventually(lambda: is_done(fresh))
        await eventually(lambda: not fresh.backbone.receiver.earlier.progress.at_work)
    assert len({fax.job_id for fax in await received(fresh)}) == 6
    assert len({fax.job_id for fax in await strangers(fresh)}) == 3
    assert told[0] == Progress(at_work=True, faxes=0)
    assert [progress.faxes for progress in told] == sorted(progress.faxes for progress in told)
    assert told[-1] == Progress(False, 6, True), "four received, two sent: the others came with the check"
    assert fresh.reported == []


async def test_it_ends_after_a_year_without_a_fax(fresh: Plant, eventually: Eventually) -> None:
    await receive(fresh, days=40)
    await receive(fresh, days=40 + 30 * EMPTY_MONTHS + 60)
    async with fresh.at_work():
        await eventually(lambda: is_done(fresh))
    assert len(await received(fresh)) == 1
    months = fresh.asked["fax-list-all"]
    assert months >= EMPTY_MONTHS + 1
    async with fresh.at_work():
        await eventually(lambda: fresh.asked["fax-list-all"] > months)
        await eventually(lambda: fresh.asked["fax-lists"])
    assert fresh.asked["fax-list-all"] <= months + 2, "it is not read again"


async def test_it_goes_on_where_a_restart_cut_it_off(
    fresh: Plant, service: FaxService, eventually: Eventually
) -> None:
    for days in (35, 65, 95):
        await receive(fresh, days=days)
    calls = 0

    async def cut(request: httpx.Request, answer: Answering) -> httpx.Response:
        nonlocal calls
        calls += 1
        return await (service.unreachable(request, answer) if calls > 4 else answer(request))

    service.faults.append(Rule("cut", cut, "inbound_fax_list_all", count=None))
    async with fresh.at_work():
        await eventually(lambda: calls > 4)
    there = len(await received(fresh))
    assert 0 < there < 3
    service.faults.clear()
    lists = fresh.asked["fax-list-all"]
    async with fresh.at_work():
        await eventually(lambda: is_done(fresh))
    assert len({fax.job_id for fax in await received(fresh)}) == 3
    assert fresh.asked["fax-list-all"] > lists
    assert '"faxes": 3' in fresh.backbone.facts.get(Fact.EARLIER)


async def test_a_line_that_is_down_is_waited_for(fresh: Plant, eventually: Eventually) -> None:
    await receive(fresh, days=45)
    fresh.fault("inbound_fax_list_all", "refuse", count=1)
    async with fresh.at_work():
        await eventually(lambda: fresh.asked["fax-list-all"] == 1)
        await eventually(lambda: fresh.asked["fax-lists"])
        assert not is_done(fresh)
        fresh.backbone.receiver.ring()
        await eventually(lambda: is_done(fresh))
    assert len(await received(fresh)) == 1


async def test_a_refused_list_keeps_the_other_from_nothing(
    fresh: Plant, letter: Path, eventually: Eventually
) -> None:
    await send_elsewhere(fresh, letter, days=50)
    fresh.service.faults.extend(
        Rule("refused", refused, name, count=None) for name in ("inbound_fax_list_all", "inbound_fax_list")
    )
    facts = fresh.backbone.facts
    async with fresh.at_work():
        fresh.backbone.receiver.earlier.go_on()
        await eventually(lambda: '"done": true' in facts.get(Fact.SENT_EARLIER))
    assert len(await strangers(fresh)) == 1
    assert not facts.get(Fact.EARLIER) or '"done": true' not in facts.get(Fact.EARLIER)


async def test_a_service_that_knows_no_days_comes_to_an_end(fresh: Plant, eventually: Eventually) -> None:
    """One that lists everything whatever is asked for."""
    await receive(fresh, days=10)
    await receive(fresh, days=70)

    async def everything(request: httpx.Request, answer: Answering) -> httpx.Response:
        fields = json.loads(request.content)
        asked = {name: value for name, value in fields.items() if not name.endswith("Date")}
        kept = {name: request.headers[name] for name in ("accesstoken", "content-type")}
        return await answer(httpx.Request("POST", request.url, headers=kept, json=asked))

    fresh.service.faults.append(Rule("all", everything, "inbound_fax_list_all", count=None))
    async with fresh.at_work():
        await eventually(lambda: is_done(fresh))
    assert len({fax.job_id for fax in await received(fresh)}) == 2


async def test_the_user_can_stop_it_and_let_it_go_on(fresh: Plant, eventually: Eventually) -> None:
    for days in (45, 46, 47):
        await receive(fresh, days=days)
    earlier = fresh.backbone.receiver.earlier
    fresh.fault("inbound_fax_download", "slow", seconds=30, count=3)
    async with fresh.at_work():
        await eventually(lambda: fresh.asked["fax-download"])
        earlier.stop()
        await eventually(lambda: not earlier.progress.at_work)
        checked = fresh.asked["number-list"]
        fresh.backbone.receiver.ring()
        await eventually(lambda: fresh.asked["number-list"] > checked)
        assert not earlier.progress.at_work
        fresh.service.faults.clear()
        earlier.resume()
        await eventually(lambda: is_done(fresh))
    assert len(await received(fresh)) == 3


async def test_new_faxes_do_not_wait_for_old_ones(fresh: Plant, eventually: Eventually) -> None:
    for days in range(40, 46):
        await receive(fresh, days=days)
    fresh.fault("inbound_fax_download", "slow", seconds=600, count=2)
    async with fresh.at_work():
        await eventually(lambda: fresh.asked["fax-download"] == 2)
        new = await receive(fresh)
        fresh.backbone.receiver.ring()
        await eventually(lambda: fresh.backbone.archive.rows(range(1, 20)))
        assert [fax.job_id for fax in await received(fresh)] == [str(new.job_id)]


async def test_a_document_that_is_not_there_any_more_keeps_no_other_out(
    fresh: Plant, eventually: Eventually
) -> None:
    await receive(fresh, days=45)
    await receive(fresh, days=46)
    fresh.service.faults.append(On("inbound_fax_download", refused))
    async with fresh.at_work():
        await eventually(lambda: is_done(fresh))
    assert len(await received(fresh)) == 1
    assert len(await fresh.backbone.receiver.awaited.all()) == 1


async def test_what_was_deleted_is_not_brought_back(fresh: Plant, eventually: Eventually) -> None:
    await receive(fresh, days=45)
    async with fresh.at_work():
        await eventually(lambda: is_done(fresh))
    [fax] = await received(fresh)
    await fresh.backbone.archive.delete([fax.id], fresh.clock())
    await fresh.backbone.facts.keep(Fact.EARLIER, "")
    async with fresh.at_work():
        await eventually(lambda: is_done(fresh))
    assert await received(fresh) == []
