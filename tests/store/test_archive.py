"""The archive: which faxes a list shows, in which order, and received ones that are there once."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ifax_desktop.domain.cover import Cover, CoverKind
from ifax_desktop.domain.fax import (
    IN_PROGRESS,
    NEEDS_USER,
    Attachment,
    Direction,
    Event,
    Happening,
    State,
)
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.reports import ReceivedReport, SentReport
from ifax_desktop.store.archive import Counts, Query
from tests.store.conftest import DOCUMENT, FORM, Shop

SENT, RECEIVED = Direction.SENT, Direction.RECEIVED
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


async def test_newest_first(shop: Shop) -> None:
    first = await shop.queue()
    second = await shop.queue()
    shop.clock.forward(-60)
    older = await shop.queue()
    assert list(await shop.archive.ids(Query(SENT))) == [second, first, older]
    assert (await shop.archive.ids(Query(SENT))).typecode == "q"
    assert list(await shop.archive.ids(Query(RECEIVED))) == []


async def test_lists_hold_the_states_they_are_asked_for(shop: Shop) -> None:
    fax = {
        state: (await shop.in_state(state))[0]
        for state in (
            State.FAILED,
            State.CANCELED,
            State.DELIVERED,
            State.DOUBTFUL,
            State.ACCEPTED,
            State.QUEUED,
            State.DRAFT,
        )
    }
    received = await shop.receive("1")
    assert set(await shop.archive.ids(Query(SENT))) == set(fax.values())
    assert list(await shop.archive.ids(Query(SENT, NEEDS_USER))) == [fax[State.DOUBTFUL], fax[State.FAILED]]
    assert list(await shop.archive.ids(Query(SENT, IN_PROGRESS))) == [fax[State.QUEUED], fax[State.ACCEPTED]]
    assert list(await shop.archive.ids(Query(SENT, frozenset()))) == []
    assert await shop.archive.counts() == Counts(
        in_progress=2, needs_user=2, unread=1, waiting=1, sent=7, received=1
    )
    await shop.archive.mark([received], unread=False)
    assert (await shop.archive.counts()).unread == 0


async def test_an_empty_archive_counts_nothing(shop: Shop) -> None:
    assert await shop.archive.counts() == Counts()


async def test_rows_come_in_the_order_asked_for(shop: Shop) -> None:
    ids = [await shop.queue() for _ in range(5)]
    asked = [ids[3], 999, ids[0], ids[4], ids[0]]
    assert [row.id for row in shop.archive.rows(asked)] == [ids[3], ids[0], ids[4], ids[0]]
    assert [row.id for row in shop.archive.rows(await shop.archive.ids(Query(SENT)))] == ids[::-1]
    assert shop.archive.rows([]) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("lindqvist", True),
        ("  ANA ", True),
        ("415 555", True),
        ("(415) 555-01", True),
        ("+1415", True),
        ("5550100", True),
        ("referral.pdf", True),
        ("x-ray", True),
        ("100%", True),
        ("Referral 100", True),
        ("referral_pdf", False),
        ("%", True),
        ("1%0", False),
        ("_", False),
        ("\\", False),
        ("555 0199", False),
        ("room 415", False),
        ("-", True),
        ("nobody", False),
    ],
)
async def test_search_finds_names_numbers_documents_and_subjects(shop: Shop, text: str, found: bool) -> None:
    fax = await shop.queue()
    await shop.outbox.save_draft(Form(name="Ben"), shop.clock())
    assert list(await shop.archive.ids(Query(SENT, text=text))) == ([fax] if found else [])


async def test_search_and_filters_go_together(shop: Shop) -> None:
    await shop.receive("1", "+14155550101")
    read = await shop.receive("2", "+14155550102")
    unread = await shop.receive("3", "+14155550102")
    await shop.archive.mark([read], unread=False)
    assert list(await shop.archive.ids(Query(RECEIVED, unread=True, text="0102"))) == [unread]
    assert list(await shop.archive.ids(Query(RECEIVED, text="0102"))) == [unread, read]


async def test_details_hold_all_that_is_known(shop: Shop) -> None:
    claim = await shop.accept(job_id="8")
    detail = shop.archive.detail(claim.fax)
    assert detail is not None
    assert detail.fax == shop.fax(claim.fax)
    assert detail.cover == FORM.cover
    assert detail.attachments == FORM.attachments
    assert detail.quality == "HD"
    assert [event.what for event in detail.events] == [
        Happening.STORED,
        Happening.HANDED_OVER,
        Happening.ACCEPTED,
    ]
    assert shop.archive.detail(999) is None


async def test_a_cover_keeps_every_word(shop: Shop) -> None:
    cover = Cover(CoverKind.SERVICE, "Ä", "B\n", "😀", "'; DROP TABLE fax; --", "notice", "t")
    form = replace(FORM, cover=cover, attachments=(Attachment("ü.pdf", "a" * 64, 1),) * 2)
    draft = await shop.outbox.save_draft(form, shop.clock())
    assert shop.outbox.form(draft) == form


async def test_a_received_fax_is_there_once(shop: Shop) -> None:
    fax = await shop.archive.add_received(REPORT, DOCUMENT, 2, 5000, shop.clock())
    assert fax is not None
    assert shop.announced == [{fax}]
    row = shop.fax(fax)
    assert (row.direction, row.state, row.unread) == (RECEIVED, State.RECEIVED, True)
    assert (row.number, row.own_number, row.pages, row.document) == (
        REPORT.from_number,
        REPORT.to_number,
        2,
        DOCUMENT,
    )
    assert (row.job_id, row.transaction_id, row.created_at) == ("7204951", "8802045", REPORT.received_at)
    detail = shop.archive.detail(fax)
    assert detail is not None
    assert detail.events == (Event(shop.clock(), Happening.RECEIVED, pages=2),)

    shop.announced.clear()
    assert await shop.archive.add_received(REPORT, "e" * 64, 9, 1, shop.clock()) is None
    assert shop.fax(fax) == row
    assert shop.announced == []
    assert await shop.archive.add_received(replace(REPORT, transaction_id="2"), DOCUMENT, 2, 1, shop.clock())


async def test_the_services_own_words_are_kept(shop: Shop) -> None:
    fax = await shop.archive.add_received(REPORT, DOCUMENT, 2, 5000, shop.clock(), test=True)
    row = shop.database.read(
        lambda c: c.execute(
            "SELECT received_text, fax_id, raw, size, test FROM arrival JOIN fax ON fax.id = fax WHERE fax = ?",
            (fax,),
        ).fetchone()
    )
    raw = '{"jobId": 7204951, "unknown": "kept"}'
    assert row == ("2026-01-05 08:00:00", "f1", raw, 5000, 1)


async def test_without_a_time_it_arrived_now(shop: Shop) -> None:
    fax = await shop.archive.add_received(replace(REPORT, received_at=None), DOCUMENT, 2, 1, shop.clock())
    assert fax is not None
    assert shop.fax(fax).created_at == shop.clock()


async def test_two_processes_take_in_the_same_fax_and_one_wins(
    shop: Shop, another: Callable[..., Shop]
) -> None:
    other = another()
    for number in range(20):
        report = replace(REPORT, job_id=str(number))
        added = await asyncio.gather(
            *(s.archive.add_received(report, DOCUMENT, 2, 1, shop.clock()) for s in (shop, other))
        )
        assert sorted(fax is None for fax in added) == [False, True]


async def test_unknown_ones_come_once_and_in_order(shop: Shop, another: Callable[..., Shop]) -> None:
    reports = [replace(REPORT, job_id=str(number)) for number in (3, 1, 2, 1)]
    await shop.archive.add_received(reports[0], DOCUMENT, 2, 1, shop.clock())
    assert [report.job_id for report in await shop.archive.unknown(reports)] == ["1", "2"]
    assert await shop.archive.unknown([]) == []
    assert len(await another("account-2").archive.unknown(reports)) == 3


async def test_a_sent_fax_with_the_same_job_is_another_fax(shop: Shop) -> None:
    await shop.accept(job_id=REPORT.job_id)
    assert await shop.archive.unknown([REPORT]) == [REPORT]
    assert await shop.archive.add_received(REPORT, DOCUMENT, 2, 1, shop.clock())
    assert await shop.known_jobs() == {REPORT.job_id}, "received ones are no jobs of ours"


async def test_marking_announces_what_it_changed(shop: Shop) -> None:
    first, second = await shop.receive("1"), await shop.receive("2")
    await shop.archive.mark([first], unread=False)
    shop.announced.clear()
    await shop.archive.mark([first, second], unread=False)
    await shop.archive.mark([first, second], unread=False)
    assert shop.announced == [{second}]
    assert not shop.fax(first).unread
    await shop.archive.mark(iter([first]), unread=True)
    assert shop.fax(first).unread


async def test_accounts_do_not_see_each_other(shop: Shop, another: Callable[..., Shop]) -> None:
    received, sent = await shop.receive("1"), await shop.accept(job_id="8")
    stranger = another("account-2")
    assert list(await stranger.archive.ids(Query(RECEIVED))) == []
    assert stranger.archive.rows([received, sent.fax]) == []
    assert stranger.archive.detail(received) is None
    assert await stranger.archive.counts() == Counts()
    assert await stranger.known_jobs() == frozenset()
    await stranger.archive.mark([received], unread=False)
    assert shop.fax(received).unread


async def test_what_another_process_wrote_is_seen(shop: Shop, another: Callable[..., Shop]) -> None:
    other = another()
    fax = await other.queue()
    assert await shop.database.changed_outside()
    assert list(await shop.archive.ids(Query(SENT))) == [fax]
    assert shop.fax(fax).state is State.QUEUED
    report = SentReport("8", "delivered")
    claim = await shop.outbox.claim(shop.clock())
    assert claim is not None
    await shop.outbox.accepted(claim.attempt, "8", shop.clock())
    await shop.outbox.ended(fax, State.DELIVERED, report, shop.clock() + timedelta(minutes=1))
    assert other.fax(fax).state is State.DELIVERED
