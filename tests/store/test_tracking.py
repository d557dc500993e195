"""Accepted faxes until they end."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from ifax_desktop.domain.fax import Event, Happening, State, Waiting
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.database import Database
from tests.store.conftest import Shop

JOB = "7204418"


def last_event(shop: Shop, fax: int) -> Event:
    detail = shop.archive.detail(fax)
    assert detail is not None
    return detail.events[-1]


def raw(database: Database, attempt: int) -> object:
    (text,) = database.read(
        lambda c: c.execute("SELECT raw FROM attempt WHERE id = ?", (attempt,)).fetchone()
    )
    return json.loads(text)


async def test_faxes_on_their_way_are_listed_by_age(shop: Shop) -> None:
    first = await shop.accept("+14155550101", "1")
    began = shop.clock()
    shop.clock.forward(60)
    second = await shop.accept("+14155550102", "2")
    await shop.claim("+14155550103")
    old, young = await shop.outbox.on_their_way()
    assert (old.fax, old.attempt, old.job_id, old.tries) == (first.fax, first.attempt, "1", 1)
    assert (old.accepted_at, young.accepted_at) == (began, shop.clock())
    assert young.fax == second.fax


async def test_progress_is_told_page_by_page_and_only_when_it_is_news(shop: Shop, database: Database) -> None:
    claim = await shop.accept(job_id=JOB)
    shop.announced.clear()
    reports = [
        SentReport(JOB, "sending", raw={"n": 1}),
        SentReport(JOB, "sending", raw={"n": 2}),
        SentReport(JOB, "sending", pages_done=0, raw={"n": 2}),
        SentReport(JOB, "sending", pages_done=1, raw={"n": 3}),
        SentReport(JOB, "sending", pages_done=1, raw={"n": 3}),
        SentReport(JOB, "sending", pages_done=None, raw={"n": 4}),
        SentReport(JOB, "sending", pages_done=3, raw={"n": 5}),
    ]
    heard = []
    for report in reports:
        await shop.outbox.progressed(claim.fax, report, shop.clock.forward(3))
        heard.append(len(shop.announced))
    assert heard == [1, 1, 2, 3, 3, 3, 4]
    row = shop.fax(claim.fax)
    assert (row.state, row.service_status, row.pages_done, row.pages) == (State.ACCEPTED, "sending", 3, 3)
    assert raw(database, claim.attempt) == {"n": 5}
    detail = shop.archive.detail(claim.fax)
    assert detail is not None
    assert [event.pages for event in detail.events if event.what is Happening.PAGE] == [1, 3]


@pytest.mark.parametrize(
    ("state", "event"),
    [
        (State.DELIVERED, Event(None, Happening.DELIVERED, "", 3)),  # type: ignore[arg-type]
        (State.FAILED, Event(None, Happening.NOT_DELIVERED, "Busy", 3, 6001)),  # type: ignore[arg-type]
        (State.CANCELED, Event(None, Happening.CANCELED, "", 3)),  # type: ignore[arg-type]
    ],
)
async def test_the_end_is_kept_with_its_reason(
    shop: Shop, database: Database, state: State, event: Event
) -> None:
    claim = await shop.accept(job_id=JOB)
    report = SentReport(
        JOB, "some word", pages_done=3, code=6001, message="Busy", raw={"new": [1], "jobId": 7204418}
    )
    await shop.outbox.ended(claim.fax, state, report, shop.clock.forward(90))
    row = shop.fax(claim.fax)
    assert (row.state, row.ended_at, row.pages_done) == (state, shop.clock(), 3)
    assert (row.service_status, row.code, row.message) == ("some word", 6001, "Busy")
    assert last_event(shop, claim.fax) == replace(event, at=shop.clock())
    assert raw(database, claim.attempt) == report.raw
    assert await shop.outbox.on_their_way() == []
    shop.announced.clear()
    await shop.outbox.ended(claim.fax, State.FAILED, report, shop.clock())
    assert shop.fax(claim.fax).state is state, "the end is the end"
    assert shop.announced == []


async def test_an_end_without_a_page_count_keeps_the_last_one(shop: Shop) -> None:
    claim = await shop.accept(job_id=JOB)
    await shop.outbox.progressed(claim.fax, SentReport(JOB, "sending", pages_done=2), shop.clock())
    await shop.outbox.ended(claim.fax, State.FAILED, SentReport(JOB, "failed"), shop.clock())
    assert shop.fax(claim.fax).pages_done == 2


@pytest.mark.parametrize("state", [State.QUEUED, State.DOUBTFUL, State.RECEIVED])
async def test_what_is_no_end_is_refused(shop: Shop, state: State) -> None:
    claim = await shop.accept(job_id=JOB)
    with pytest.raises(ValueError, match="does not end"):
        await shop.outbox.ended(claim.fax, state, SentReport(JOB, "x"), shop.clock())
    assert shop.fax(claim.fax).state is State.ACCEPTED


async def test_a_planned_try_is_visible_and_counted(shop: Shop) -> None:
    claim = await shop.accept(job_id=JOB)
    report = SentReport(JOB, "failed", code=6001, message="Busy", pages_done=0)
    due_at = shop.clock() + timedelta(minutes=3)
    await shop.outbox.plan_retry(claim.fax, report, due_at, shop.clock())
    row = shop.fax(claim.fax)
    assert (row.state, row.waiting, row.due_at, row.tries) == (State.QUEUED, Waiting.RETRY, due_at, 1)
    assert (row.code, row.message, row.job_id) == (6001, "Busy", JOB)
    assert last_event(shop, claim.fax) == Event(shop.clock(), Happening.RETRY_PLANNED, "Busy", 0, 6001)

    shop.clock.forward(180)
    again = await shop.outbox.claim(shop.clock())
    assert again is not None
    assert again.last_job_id == JOB
    row = shop.fax(claim.fax)
    assert (row.tries, row.code, row.message, row.job_id, row.pages_done) == (2, None, "", "", None)
    await shop.outbox.accepted(again.attempt, "7204500", shop.clock())
    (under_way,) = await shop.outbox.on_their_way()
    assert (under_way.tries, under_way.job_id) == (2, "7204500")
    assert await shop.known_jobs() == {JOB, "7204500"}


async def test_a_report_of_an_earlier_job_changes_nothing(shop: Shop) -> None:
    claim = await shop.accept(job_id=JOB)
    await shop.outbox.plan_retry(claim.fax, SentReport(JOB, "failed"), shop.clock(), shop.clock())
    again = await shop.outbox.claim(shop.clock())
    assert again is not None
    await shop.outbox.accepted(again.attempt, "7204500", shop.clock())
    shop.announced.clear()
    late = SentReport(JOB, "failed", code=6001, pages_done=2)
    await shop.outbox.progressed(claim.fax, late, shop.clock())
    await shop.outbox.ended(claim.fax, State.FAILED, late, shop.clock())
    await shop.outbox.plan_retry(claim.fax, late, shop.clock(), shop.clock())
    assert shop.fax(claim.fax).state is State.ACCEPTED
    assert shop.announced == []
