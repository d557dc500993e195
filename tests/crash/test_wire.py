"""The eye-witness at the service agrees with the program about what was heard, and holds a call where it is told to."""

import asyncio
from collections.abc import AsyncIterator
from random import Random

import httpx
import pytest

from ifax_desktop.api.connection import connect
from ifax_desktop.api.outbound import Outbound, OutgoingFax
from ifax_desktop.domain.errors import FaxError, NoAnswer, Refused, SignInNeeded
from ifax_desktop.simulator.faults.kinds import KINDS, rule
from tests.crash.truth import Heard
from tests.crash.user import large_letter
from tests.crash.wire import POINTS, Reached, Witness, count_pages
from tests.documents import samples

HEARD: dict[Heard, tuple[type[FaxError], ...]] = {
    Heard.GOOD: (),
    Heard.REFUSED: (Refused, SignInNeeded),
    Heard.LOST: (NoAnswer,),
}


@pytest.fixture
def service() -> Witness:
    return Witness(speed=50)


@pytest.fixture
async def outbound(service: Witness) -> AsyncIterator[Outbound]:
    transport = httpx.MockTransport(service)
    async with connect("http://127.0.0.1:9/v1", "live-key", transport=transport) as channel:
        yield Outbound(channel)


async def nothing() -> None:
    return


def fax(content: bytes | None = None) -> OutgoingFax:
    return OutgoingFax("+12025550143", "", "fax-1.pdf", content or samples.letter("Page 1"))


KNOWN = sorted(set(KINDS) - {"refuse", "lagging_list", "delivered_later", "wrong_page_count"})


@pytest.mark.parametrize("kind", KNOWN)
async def test_both_sides_agree(service: Witness, outbound: Outbound, kind: str) -> None:
    seconds = {"seconds": 0} if kind.startswith("slow") else {}
    service.faults.append(rule({"kind": kind, "operation": "fax_send", **seconds}, service.operations))
    heard: tuple[type[FaxError], ...] = ()
    try:
        await outbound.send(fax(), nothing)
    except FaxError as error:
        heard = (type(error),)
    sending = service.sendings["fax-1.pdf"]
    assert not heard or heard[0] in HEARD[sending.heard], (heard, sending)
    assert heard or sending.heard is Heard.GOOD


async def test_of_a_refused_connection_nothing_was_heard(service: Witness, outbound: Outbound) -> None:
    service.faults.append(rule({"kind": "refuse", "operation": "fax_send"}, service.operations))
    with pytest.raises(FaxError):
        await outbound.send(fax(), nothing)
    assert {one.heard for one in service.sendings.values()} <= {Heard.LOST}


@pytest.mark.parametrize("point", sorted(name for name in POINTS if "fax" in name))
async def test_a_call_is_held_where_the_program_is_to_be_killed(
    service: Witness, outbound: Outbound, point: str
) -> None:
    reached = Reached(service)
    service.faults.append(POINTS[point](reached))
    document = large_letter("large", Random(1)) if "large" in point else None
    sending = asyncio.ensure_future(outbound.send(fax(document), nothing))
    await asyncio.wait_for(reached.place.wait(), 10)
    reached.dead.set()
    with pytest.raises(FaxError):
        await sending
    assert len(service.jobs) == (point in ("fax accepted, answer awaited", "in the answer to a fax"))
    assert all(one.heard is Heard.LOST for one in service.sendings.values())


async def test_a_small_fax_is_let_through_where_a_large_one_is_waited_for(
    service: Witness, outbound: Outbound
) -> None:
    service.faults.append(POINTS["in the body of a large fax"](Reached(service)))
    assert await outbound.send(fax(), nothing)
    assert len(service.faults) == 1


async def test_pages_are_counted() -> None:
    assert await count_pages(samples.letter("A", "B")) == 2
