"""Faxes of other programs on the account: shown as such when it is certain, and never taken for ours."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ifax_desktop.domain.fax import Direction, Event, Fax, Happening, State
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.archive import Counts, Query
from ifax_desktop.store.facts import Fact, Facts
from tests.store.conftest import ACCOUNT, Shop

NUMBER = "+14155550100"
BEGAN = datetime(2026, 1, 4, 8, 0, tzinfo=UTC)
REPORT = SentReport(
    "7001",
    "sending",
    "+13125550111",
    NUMBER,
    0,
    0,
    -3,
    "Fax processed for sending",
    fax_id="f1",
    transaction_id="t1",
    began_at=BEGAN,
    raw={"jobId": 7001, "unknown": "kept"},
)
DONE = replace(
    REPORT,
    status="delivered",
    pages=3,
    pages_done=3,
    code=0,
    message="NORMAL_CLEARING",
    ended_at=BEGAN + timedelta(minutes=2),
)


async def seen(shop: Shop, *reports: SentReport) -> int:
    return await shop.archive.add_elsewhere(reports, shop.clock())


async def strangers(shop: Shop) -> list[Fax]:
    return [fax for fax in shop.archive.rows(await shop.archive.ids(Query(Direction.SENT))) if fax.elsewhere]


async def test_a_strangers_fax_is_shown_as_the_list_tells_it(shop: Shop) -> None:
    assert await seen(shop, REPORT) == 1
    (fax,) = await strangers(shop)
    assert (fax.state, fax.number, fax.own_number) == (State.ACCEPTED, NUMBER, "+13125550111")
    assert (fax.job_id, fax.transaction_id, fax.service_status) == ("7001", "t1", "sending")
    assert (fax.created_at, fax.pages, fax.ended_at) == (BEGAN, None, None)
    detail = shop.archive.detail(fax.id)
    assert detail is not None
    assert detail.events == (Event(shop.clock(), Happening.ELSEWHERE),)
    assert Facts(shop.database, ACCOUNT).get(Fact.STRANGERS)
    raw = shop.database.read(
        lambda connection: connection.execute("SELECT seen_at, fax_id, raw FROM seen_elsewhere").fetchone()
    )
    assert raw[1:] == ("f1", '{"jobId": 7001, "unknown": "kept"}')


async def test_its_end_is_told_once_and_stays_an_end(shop: Shop) -> None:
    await seen(shop, REPORT)
    (fax,) = await strangers(shop)
    shop.clock.forward(120)
    shop.announced.clear()
    assert await seen(shop, DONE) == 0
    assert await seen(shop, DONE) == 0
    assert await seen(shop, REPORT) == 0, "an older copy of the list"
    assert shop.announced == [{fax.id}]
    (fax,) = await strangers(shop)
    assert (fax.state, fax.pages, fax.pages_done, fax.ended_at) == (State.DELIVERED, 3, 3, DONE.ended_at)
    detail = shop.archive.detail(fax.id)
    assert detail is not None
    assert [event.what for event in detail.events] == [Happening.ELSEWHERE, Happening.DELIVERED]


async def test_a_failed_one_says_why(shop: Shop) -> None:
    await seen(shop, REPORT)
    await seen(shop, replace(REPORT, status="failed", code=263, message="USER_BUSY"))
    (fax,) = await strangers(shop)
    assert (fax.state, fax.code, fax.message, fax.ended_at) == (State.FAILED, 263, "USER_BUSY", shop.clock())
    detail = shop.archive.detail(fax.id)
    assert detail is not None
    assert (detail.events[-1].what, detail.events[-1].code) == (Happening.NOT_DELIVERED, 263)


async def test_one_that_is_over_already_has_its_times(shop: Shop) -> None:
    await seen(shop, replace(DONE, began_at=None))
    (fax,) = await strangers(shop)
    assert (fax.created_at, fax.ended_at) == (DONE.ended_at, DONE.ended_at)
    await seen(shop, SentReport("7002", "canceled", to_number=NUMBER))
    newest, _ = await strangers(shop)
    assert (newest.state, newest.created_at, newest.ended_at) == (
        State.CANCELED,
        shop.clock(),
        shop.clock(),
    )


async def test_jobs_of_ours_are_none_of_a_stranger(shop: Shop) -> None:
    await shop.accept(job_id="7001")
    shop.clock.forward(3 * 86400)
    assert await seen(shop, REPORT) == 0
    assert not Facts(shop.database, ACCOUNT).get(Fact.STRANGERS)


@pytest.mark.parametrize(
    "number",
    [NUMBER, "4155550100", "(415) 555-0100", "", "15"],
    ids=["same", "short", "spelled", "none", "bits"],
)
async def test_what_may_be_ours_waits(shop: Shop, number: str) -> None:
    claim = await shop.claim(NUMBER)
    await shop.outbox.note_above(claim.attempt, "8000")
    report = replace(REPORT, to_number=number)
    assert await seen(shop, report) == 0, "an attempt is under way, whatever the list showed before"
    await shop.outbox.handed_over(claim.attempt, shop.clock())
    await shop.outbox.doubt(claim.attempt, shop.clock())
    assert await seen(shop, replace(report, job_id="8001")) == 0
    assert await seen(shop, report) == 1, "the list had it before we began"


async def test_another_number_is_another_fax(shop: Shop) -> None:
    await shop.claim(NUMBER)
    assert await seen(shop, replace(REPORT, to_number="+14155550101")) == 1


async def test_an_attempt_without_an_answer_is_waited_for_after_the_user_went_on(shop: Shop) -> None:
    claim = await shop.claim(NUMBER)
    await shop.outbox.handed_over(claim.attempt, shop.clock())
    await shop.outbox.refused(claim.attempt, -1062, "Wrong session ID", shop.clock())
    assert await seen(shop, REPORT) == 0
    shop.clock.forward(2 * 86400 + 1)
    assert await seen(shop, REPORT) == 1


async def test_an_attempt_that_never_left_is_not_waited_for(shop: Shop) -> None:
    claim = await shop.claim(NUMBER)
    await shop.outbox.refused(claim.attempt, None, "no", shop.clock())
    assert await seen(shop, REPORT) == 1


async def test_a_stranger_that_turns_out_to_be_ours_goes(shop: Shop) -> None:
    await seen(shop, REPORT)
    claim = await shop.claim("+14155550199")
    await shop.outbox.handed_over(claim.attempt, shop.clock())
    await shop.outbox.accepted(claim.attempt, "7001", shop.clock())
    await seen(shop, REPORT)
    assert await strangers(shop) == []
    assert len(shop.archive.rows([claim.fax])) == 1


async def test_a_deleted_one_does_not_come_back(shop: Shop) -> None:
    await seen(shop, REPORT)
    (fax,) = await strangers(shop)
    await shop.archive.delete([fax.id], shop.clock())
    assert await seen(shop, REPORT, replace(DONE, transaction_id="")) == 0
    assert await strangers(shop) == []


async def test_strangers_need_nobody_and_are_not_in_progress(shop: Shop) -> None:
    await seen(shop, REPORT, replace(REPORT, job_id="7002", status="failed"))
    assert await shop.archive.counts() == Counts(sent=2)


async def test_accounts_have_strangers_of_their_own(shop: Shop, another: Callable[..., Shop]) -> None:
    other = another("account-2")
    await other.claim(NUMBER)
    assert await seen(shop, REPORT) == 1
    assert await seen(other, REPORT) == 0
    assert await strangers(other) == []


async def test_nothing_sends_or_asks_for_a_stranger(shop: Shop) -> None:
    await seen(shop, REPORT, replace(REPORT, job_id="7002", status="failed"))
    assert await shop.outbox.on_their_way() == []
    assert await shop.outbox.claim(shop.clock()) is None
    assert await shop.outbox.recover(shop.clock()) == []
    before = await strangers(shop)
    for fax in before:
        assert not await shop.outbox.try_again(fax.id, shop.clock())
        await shop.outbox.stop(fax.id, shop.clock())
    assert await strangers(shop) == before
    assert await shop.claim(NUMBER), "and it does not keep its number busy"
