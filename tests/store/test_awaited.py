"""Received faxes without their document: remembered with why and when, and forgotten when they come."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.store.awaited import Awaited, AwaitedFax
from tests.store.conftest import ACCOUNT, DOCUMENT, Shop

REPORT = ReceivedReport(
    "7204951",
    "8802045",
    "+13125550142",
    "+13125550111",
    datetime(2026, 1, 5, 8, 0, tzinfo=UTC),
    "2026-01-05 08:00:00",
    2,
    "f1",
    {"jobId": 7204951, "unknown": "kept"},
)
SOON = timedelta(seconds=30)
WHY = "The fax service has no whole document for this fax yet."


async def test_an_awaited_fax_is_remembered_as_the_list_told_it(shop: Shop) -> None:
    awaited, now = Awaited(shop.database, ACCOUNT), shop.clock()
    told: list[frozenset[int]] = []
    awaited.changes.subscribe(told.append)
    await awaited.missed(REPORT, 1, now + SOON, WHY, now)
    assert await awaited.all() == [AwaitedFax(REPORT, now, 1, now + SOON, WHY)]
    assert (await awaited.all())[0].report.raw == REPORT.raw
    assert await awaited.due(now) == []
    assert await awaited.next_try() == now + SOON
    assert await shop.archive.unknown([REPORT]) == [], "the list does not bring it once more"
    later = shop.clock.forward(30)
    assert len(await awaited.due(later)) == 1
    await awaited.missed(REPORT, 2, None, "File not found", later)
    assert await awaited.all() == [AwaitedFax(REPORT, now, 2, None, "File not found")]
    assert await awaited.due(later) == []
    assert await awaited.next_try() is None
    assert told == [frozenset()] * 2
    assert shop.announced == [], "no fax of the archive has changed"


async def test_a_fax_that_came_is_awaited_no_more(shop: Shop) -> None:
    awaited, now = Awaited(shop.database, ACCOUNT), shop.clock()
    await awaited.missed(REPORT, 1, now, WHY, now)
    assert await shop.archive.add_received(REPORT, DOCUMENT, 2, 1, now) is not None
    assert await awaited.all() == []


async def test_the_newest_is_in_front_and_all_can_be_hurried(shop: Shop) -> None:
    awaited, now = Awaited(shop.database, ACCOUNT), shop.clock()
    older = replace(REPORT, job_id="1", received_at=datetime(2026, 1, 1, tzinfo=UTC))
    untimed = replace(REPORT, job_id="2", received_at=None)
    for report in (older, REPORT, untimed):
        await awaited.missed(report, 5, None, WHY, now)
    assert [fax.report.job_id for fax in await awaited.all()] == ["7204951", "1", "2"]
    await awaited.hurry(now)
    assert len(await awaited.due(now)) == 3


async def test_what_the_user_gave_up_does_not_come_back(shop: Shop, another: Callable[..., Shop]) -> None:
    awaited, now = Awaited(shop.database, ACCOUNT), shop.clock()
    await awaited.missed(REPORT, 1, now, WHY, now)
    await Awaited(shop.database, "account-2").give_up(now)
    assert len(await awaited.all()) == 1
    await awaited.give_up(now)
    assert await awaited.all() == []
    assert await shop.archive.unknown([REPORT]) == []
    assert await shop.archive.add_received(REPORT, DOCUMENT, 2, 1, now) is None
    assert await another("account-2").archive.unknown([REPORT]) == [REPORT]
