"""Deleted faxes: gone here, not back from the service, and their documents only when nobody else has them."""

import os
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import Attachment, Direction, State
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.reports import ReceivedReport, SentReport
from ifax_desktop.store.archive import Query
from ifax_desktop.store.files import Files
from tests.store.conftest import DOCUMENT, FORM, Shop

BUSY = (State.QUEUED, State.SENDING, State.ACCEPTED, State.DOUBTFUL)


def later(shop: Shop) -> datetime:
    return shop.clock() + timedelta(hours=1)


async def test_a_received_fax_that_was_deleted_does_not_come_back(
    shop: Shop, another: Callable[..., Shop]
) -> None:
    fax = await shop.receive("7")
    report = ReceivedReport("7", "t7", "+442079460000", "+13125550111")
    shop.announced.clear()
    await shop.archive.delete([fax], shop.clock())
    assert shop.announced == [{fax}]
    assert list(await shop.archive.ids(Query(Direction.RECEIVED))) == []
    for told in (report, replace(report, transaction_id="")):
        assert await shop.archive.unknown([told]) == []
        assert await shop.archive.add_received(told, "e" * 64, 1, 1, shop.clock()) is None
    other = replace(report, transaction_id="t8")
    assert await shop.archive.unknown([report, other]) == [other], "another fax under the same job"
    assert await another("account-2").archive.unknown([report]) == [report]
    assert "e" * 64 in await shop.archive.loose_documents(later(shop)), "nobody keeps what was not wanted"


@pytest.mark.parametrize("state", [state for state in State if state not in BUSY])
async def test_what_is_not_under_way_can_be_deleted(shop: Shop, state: State) -> None:
    fax, _ = await shop.in_state(state)
    await shop.archive.delete([fax, 999], shop.clock())
    assert shop.archive.rows([fax]) == []
    left = shop.database.read(
        lambda connection: connection.execute(
            "SELECT fax FROM event UNION SELECT fax FROM cover UNION SELECT fax FROM attachment UNION SELECT fax FROM arrival"
        ).fetchall()
    )
    assert left == []


@pytest.mark.parametrize("state", BUSY)
async def test_what_is_under_way_is_kept_and_said(shop: Shop, state: State) -> None:
    fax, _ = await shop.in_state(state)
    received = await shop.receive("7")
    with pytest.raises(StorageFailed, match="still on its way"):
        await shop.archive.delete([fax], shop.clock())
    with pytest.raises(StorageFailed, match="1 of these faxes"):
        await shop.archive.delete([received, fax], shop.clock())
    assert len(shop.archive.rows([fax, received])) == 2, "all or nothing"


async def test_the_jobs_of_a_deleted_fax_stay_ours(shop: Shop) -> None:
    fax, _ = await shop.in_state(State.DELIVERED)
    await shop.archive.delete([fax], shop.clock())
    assert await shop.archive.add_elsewhere([SentReport("8", "delivered")], shop.clock()) == 0
    assert list(await shop.archive.ids(Query(Direction.SENT))) == []


async def test_accounts_delete_only_what_is_theirs(shop: Shop, another: Callable[..., Shop]) -> None:
    fax = await shop.receive("7")
    await another("account-2").archive.delete([fax], shop.clock())
    assert shop.archive.rows([fax])


async def test_a_document_is_loose_when_its_last_fax_is_gone(
    shop: Shop, another: Callable[..., Shop]
) -> None:
    first, second = await shop.receive("1"), await shop.receive("2")
    await shop.archive.delete([first], shop.clock())
    assert await shop.archive.loose_documents(later(shop)) == []
    await shop.archive.delete([second], shop.clock())
    assert await shop.archive.loose_documents(shop.clock()) == [], "an hour has to pass"
    assert await shop.archive.loose_documents(later(shop)) == [DOCUMENT]
    await another("account-2").receive("9")
    assert await shop.archive.loose_documents(later(shop)) == []
    shop.clock.forward(7200)
    assert await shop.archive.loose_documents(later(shop)) == [], "noted no more"


async def test_the_documents_of_a_draft_are_let_go_and_those_of_others_are_not(shop: Shop) -> None:
    draft = await shop.outbox.save_draft(FORM, shop.clock())
    form = Form(attachments=(Attachment("referral.pdf", "a" * 64, 2),))
    await shop.outbox.save_draft(form, shop.clock())
    await shop.archive.delete([draft], shop.clock())
    assert await shop.archive.loose_documents(later(shop)) == ["b" * 64]
    await shop.archive.forget_documents(["b" * 64])
    assert await shop.archive.loose_documents(later(shop)) == []


async def test_the_search_for_documents_goes_through_the_index(shop: Shop) -> None:
    plan = shop.database.read(
        lambda connection: connection.execute(
            """
            EXPLAIN QUERY PLAN SELECT 1 FROM fax
            WHERE substr(document, 1, 12) = substr(?, 1, 12) AND document <> '' AND document = ?
            """,
            (DOCUMENT, DOCUMENT),
        ).fetchall()
    )
    assert "fax_document" in plan[0][3]


async def test_a_file_goes_when_it_was_kept_long_ago(tmp_path: Path) -> None:
    files = Files(tmp_path)
    sha = await files.put(b"a document")
    assert not await files.discard(sha)
    assert await files.get(sha) == b"a document"
    os.utime(files.path(sha), (0, 0))
    assert await files.discard(sha)
    assert not files.path(sha).exists()
    assert await files.discard(sha), "and again"


async def test_a_file_that_is_kept_again_stays(tmp_path: Path) -> None:
    files = Files(tmp_path)
    sha = await files.put(b"a document")
    os.utime(files.path(sha), (0, 0))
    await files.put(b"a document")
    assert not await files.discard(sha)


async def test_what_an_end_in_the_middle_left_is_removed(tmp_path: Path) -> None:
    files = Files(tmp_path)
    sha = await files.put(b"a document")
    files.path(sha).replace(files.path(sha).with_name(f".{sha}.gone"))
    assert await files.discard(sha)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []
