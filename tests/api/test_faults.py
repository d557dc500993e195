"""Everything that can go wrong at the service, with every operation: the failure has the right name, or the sense is kept."""

from collections.abc import Awaitable, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest

from ifax_desktop.api.channel import Channel
from ifax_desktop.api.connection import connect, open_client
from ifax_desktop.api.operations import BY_NAME
from ifax_desktop.api.outbound import Outbound, OutgoingFax
from ifax_desktop.api.records import Item
from ifax_desktop.domain.errors import NoAnswer, Offline, Refused, SignInNeeded
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.reports import Extract, FieldValue
from ifax_desktop.simulator.faults.kinds import KINDS, rule
from ifax_desktop.simulator.faults.variants import VARIANTS
from ifax_desktop.simulator.server import serve
from ifax_desktop.simulator.service import FaxService
from tests.api.calling import KEY, NUMBER, OWN_NUMBER
from tests.api.world import DAY, World, open_world

NAMED: dict[str, type[Exception]] = {
    "refuse": Offline,
    "reset_before": NoAnswer,
    "reset_after": NoAnswer,
    "half_answer": NoAnswer,
    "html": NoAnswer,
    "html_after": NoAnswer,
    "server_error": NoAnswer,
    "server_error_after": NoAnswer,
    "truncated_json": NoAnswer,
    "empty_body": NoAnswer,
    "too_many": Refused,
    "redirect": Refused,
    "expired_key": SignInNeeded,
    "plan_missing": SignInNeeded,
}
"""What a fault is called, whatever was asked."""

SENSE_KEPT = {
    "wrong_types",
    "wrong_content_type",
    "clock_skew",
    "wrong_page_count",
    "lagging_list",
    "delivered_later",
}
"""Faults that a caller does not stumble over: what they change is looked at elsewhere."""

ELSEWHERE = {"slow", "slow_before", "nonsense", "empty_data"}
"""Faults with tests of their own below."""


async def offered(world: World) -> str:
    area = next(area for area in await world.numbers.areas("US") if area.prefix == "202")
    return (await world.numbers.on_offer(area.area_id))[0].number


async def bought(world: World) -> tuple[str, str]:
    number = await world.numbers.buy(await offered(world))
    return number.number_id, number.order_id


Prepared = Callable[[World], Awaitable[Callable[[], Awaitable[Any]]]]


def plain(call: Callable[[World], Awaitable[Any]]) -> Prepared:
    """A call that needs nothing before it."""

    async def prepare(world: World) -> Callable[[], Awaitable[Any]]:
        return lambda: call(world)

    return prepare


async def buying(world: World) -> Callable[[], Awaitable[Any]]:
    number = await offered(world)
    return lambda: world.numbers.buy(number)


async def checking(world: World) -> Callable[[], Awaitable[Any]]:
    number = await offered(world)
    return lambda: world.numbers.check(number)


async def releasing(world: World) -> Callable[[], Awaitable[Any]]:
    ids = await bought(world)
    return lambda: world.numbers.release(*ids)


async def of_area(world: World) -> Callable[[], Awaitable[Any]]:
    area = next(area for area in await world.numbers.areas("US") if area.prefix == "202")
    return lambda: world.numbers.on_offer(area.area_id)


async def of_number(world: World) -> Callable[[], Awaitable[Any]]:
    number = (await world.numbers.owned())[0]
    return lambda: world.inbound.list_received_by(number.number_id, number.order_id, DAY, DAY)


async def canceling(world: World) -> Callable[[], Awaitable[Any]]:
    job = await world.outbound.send(OutgoingFax(NUMBER, OWN_NUMBER, "fax-2.pdf", world.pdf))
    return lambda: world.outbound.cancel(job)


async def text_of(world: World) -> Callable[[], Awaitable[Any]]:
    await world.records.start_extraction(world.received.job_id, Direction.RECEIVED)
    return lambda: world.records.extraction(world.received.job_id, Direction.RECEIVED, Extract.TEXT)


CALLS: dict[str, Prepared] = {
    "fax_send": plain(lambda w: w.outbound.send(OutgoingFax(NUMBER, OWN_NUMBER, "fax-2.pdf", w.pdf))),
    "fax_resend": plain(lambda w: w.outbound.resend(w.sent.job_id)),
    "fax_forward": plain(lambda w: w.outbound.forward(w.sent.job_id, "+14155550199", OWN_NUMBER)),
    "fax_cancel": canceling,
    "fax_status": plain(lambda w: w.outbound.status(w.sent.job_id)),
    "fax_detail": plain(lambda w: w.outbound.detail(w.sent.job_id)),
    "fax_list": plain(lambda w: w.outbound.list_sent(DAY, DAY)),
    "fax_download": plain(lambda w: w.outbound.download(w.sent.job_id, w.into)),
    "item_delete": plain(lambda w: w.records.delete(Item.SENT, w.sent.job_id)),
    "item_files_delete": plain(lambda w: w.records.delete_files(Item.SENT, w.sent.job_id)),
    "inbound_fax_list": of_number,
    "inbound_fax_list_all": plain(lambda w: w.inbound.list_received(DAY, DAY)),
    "inbound_fax_download": plain(
        lambda w: w.inbound.download(w.received.job_id, w.received.transaction_id, w.into)
    ),
    "inbound_fax_delete": plain(lambda w: w.inbound.delete(w.received.job_id, w.received.transaction_id)),
    "extract_start": plain(lambda w: w.records.start_extraction(w.received.job_id, Direction.RECEIVED)),
    "extract_result": text_of,
    "number_list": plain(lambda w: w.numbers.owned()),
    "country_list": plain(lambda w: w.numbers.countries()),
    "area_list": plain(lambda w: w.numbers.areas("US")),
    "area_numbers": of_area,
    "number_check": checking,
    "number_buy": buying,
    "number_delete": releasing,
    "cdr_list": plain(lambda w: w.records.usage(DAY, DAY)),
    "label_list": plain(lambda w: w.records.labels()),
    "fax_label_add": plain(lambda w: w.records.add_labels(w.sent.fax_id, Direction.SENT, ["14"])),
    "fax_label_remove": plain(lambda w: w.records.remove_labels(w.sent.fax_id, Direction.SENT, ["14"])),
    "fax_fields_get": plain(lambda w: w.records.fields(w.sent.fax_id, Direction.SENT)),
    "fax_fields_set": plain(
        lambda w: w.records.set_fields(w.sent.fax_id, Direction.SENT, [FieldValue("3", "Case number", "A")])
    ),
    "fax_label_replace": plain(lambda w: w.records.replace_labels(w.sent.fax_id, Direction.SENT, ["14"])),
}

READS = [name for name, operation in BY_NAME.items() if not operation.changes]
NOTHING_TOLD = {
    "item_delete",
    "item_files_delete",
    "inbound_fax_delete",
    "number_delete",
    "fax_label_add",
    "fax_label_remove",
    "fax_fields_set",
    "fax_label_replace",
}
"""Operations of which only the success is heard: whatever else the answer holds says nothing."""

STATE_TOLD = {"fax_cancel", "extract_start", "extract_result"}
"""Operations that also tell a state, of which nothing is believed without a look: what cannot be read is empty."""


def test_every_kind_and_every_operation_has_its_place() -> None:
    assert set(NAMED) | SENSE_KEPT | ELSEWHERE == set(KINDS)
    assert list(CALLS) == list(BY_NAME)


def go_wrong(service: FaxService, operation: str, kind: str, **parameters: Any) -> None:
    """Let the next call of an operation go wrong."""
    wish = {"operation": operation, "kind": kind, "count": 1, **parameters}
    service.faults.append(rule(wish, list(BY_NAME)))


@pytest.fixture
async def near(service: FaxService, clock: Any, pdf: bytes, tmp_path: Path) -> Any:
    """The world on the in-process transport alone, where all combinations are tried."""
    transport = httpx.MockTransport(service)
    async with connect("", KEY, transport=transport, allows=lambda _: True) as channel:
        yield await open_world(channel, service, clock, pdf, tmp_path)


@pytest.mark.parametrize("kind", NAMED)
@pytest.mark.parametrize("name", CALLS)
async def test_a_fault_has_its_name_with_every_operation(name: str, kind: str, near: World) -> None:
    call = await CALLS[name](near)
    go_wrong(near.service, name, kind)
    with pytest.raises(NAMED[kind]):
        await call()
    assert not near.into.exists()


@pytest.mark.parametrize("kind", NAMED)
@pytest.mark.parametrize("name", ["fax_send", "fax_list", "inbound_fax_download"])
async def test_a_fault_has_its_name_on_both_transports(
    name: str, kind: str, world: World, request: pytest.FixtureRequest
) -> None:
    call = await CALLS[name](world)
    go_wrong(world.service, name, kind)
    # A connection cut before the request was read is not told from one cut after it: so it counts as the worse.
    over_a_socket = "socket" in request.node.callspec.id
    expected = (Offline, NoAnswer) if kind == "refuse" and over_a_socket else NAMED[kind]
    with pytest.raises(expected):
        await call()
    assert not world.into.exists()


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", READS)
async def test_every_variant_of_types_has_the_same_sense(name: str, variant: str, near: World) -> None:
    call = await CALLS[name](near)
    expected = await call()
    go_wrong(near.service, name, "wrong_types", variant=variant)
    assert await call() == expected
    if near.into.exists():
        assert near.into.read_bytes() == near.pdf


@pytest.mark.parametrize("variant", VARIANTS)
@pytest.mark.parametrize("name", [name for name in CALLS if name not in READS])
async def test_no_variant_of_types_hides_that_something_was_done(
    name: str, variant: str, near: World
) -> None:
    call = await CALLS[name](near)
    go_wrong(near.service, name, "wrong_types", variant=variant)
    await call()


@pytest.mark.parametrize("kind", sorted(SENSE_KEPT - {"wrong_types"}))
@pytest.mark.parametrize("name", CALLS)
async def test_what_only_bends_an_answer_is_no_failure(name: str, kind: str, near: World) -> None:
    call = await CALLS[name](near)
    fitting = KINDS[kind].operations
    if fitting and name not in fitting:
        return
    go_wrong(near.service, name, kind)
    await call()


@pytest.mark.parametrize("name", [name for name in CALLS if name not in STATE_TOLD | NOTHING_TOLD])
async def test_nonsense_is_not_taken_for_an_answer(name: str, near: World) -> None:
    call = await CALLS[name](near)
    go_wrong(near.service, name, "nonsense")
    with pytest.raises(NoAnswer):
        await call()


MAY_BE_EMPTY = {
    "fax_list",
    "inbound_fax_list",
    "inbound_fax_list_all",
    "number_list",
    "country_list",
    "area_list",
    "area_numbers",
    "cdr_list",
    "label_list",
    "fax_fields_get",
}
"""Lists, which may be empty in truth."""
MAY_SAY_NOTHING = NOTHING_TOLD | {
    "fax_cancel",
    "extract_start",
    "extract_result",
    "number_check",
    "number_buy",
}
"""Operations whose success alone tells enough, or whose result is asked for again."""


@pytest.mark.parametrize("form", ["list", "object", "text", "null"])
@pytest.mark.parametrize("name", CALLS)
async def test_nothing_in_the_envelope_is_nothing_or_no_answer(name: str, form: str, near: World) -> None:
    call = await CALLS[name](near)
    go_wrong(near.service, name, "empty_data", form=form)
    if name in MAY_BE_EMPTY:
        assert await call() == []
    elif name in MAY_SAY_NOTHING:
        await call()
    else:
        with pytest.raises(NoAnswer):
            await call()


@pytest.mark.parametrize("kind", ["slow", "slow_before"])
@pytest.mark.parametrize("over", ["in process", "over a socket"])
async def test_an_answer_that_comes_too_late_is_no_answer(
    kind: str, over: str, service: FaxService, fax: OutgoingFax
) -> None:
    go_wrong(service, "fax_send", kind, seconds=30)
    timeout = httpx.Timeout(0.3)
    if over == "in process":
        async with open_client("", httpx.MockTransport(service), timeout=timeout) as http:
            with pytest.raises(NoAnswer, match="in time"):
                await Outbound(Channel(http, lambda: KEY, patience=0.3)).send(fax)
        return
    async with serve(service) as url, open_client(f"{url}/v1", timeout=timeout) as http:
        with pytest.raises(NoAnswer, match="in time"):
            await Outbound(Channel(http, lambda: KEY, patience=0.3)).send(fax)


async def test_a_service_that_listens_no_more_is_offline(world: World) -> None:
    world.service.faults.append(rule({"kind": "refuse", "seconds": 60, "count": 1}, list(BY_NAME)))
    with pytest.raises((Offline, NoAnswer)):
        await world.outbound.list_sent(DAY, DAY)
    with pytest.raises(Offline):
        await world.outbound.list_sent(DAY, DAY)


async def test_pages_that_do_not_add_up_are_reported_as_they_are(near: World) -> None:
    go_wrong(near.service, "fax_status", "wrong_page_count", by=-1, field="gone")
    assert await near.outbound.status(near.sent.job_id) == replace(
        near.sent, pages_done=1, fax_id="", transaction_id=""
    )
