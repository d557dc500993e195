"""Announcements: after the commit, on the thread of the window, and never of what was undone."""

import threading

import pytest

from ifax_desktop.domain.fax import Happening, State
from ifax_desktop.store.writing import Writer, Writing
from tests.store.conftest import ACCOUNT, FORM, Shop


async def test_listeners_see_what_was_committed_on_their_own_thread(shop: Shop) -> None:
    seen: list[tuple[State, threading.Thread]] = []
    shop.changes.subscribe(
        lambda ids: seen.extend((shop.fax(fax).state, threading.current_thread()) for fax in ids)
    )
    await shop.queue()
    assert seen == [(State.QUEUED, threading.main_thread())]


async def test_what_was_undone_is_not_announced(shop: Shop) -> None:
    fax = await shop.outbox.save_draft(FORM, shop.clock())
    shop.announced.clear()

    def work(writing: Writing) -> None:
        writing.event(fax, Happening.STORED)
        raise LookupError("in the middle")

    with pytest.raises(LookupError):
        await Writer(shop.database, ACCOUNT, shop.changes).write(shop.clock(), work)
    assert shop.announced == []


async def test_work_without_changes_announces_nothing(shop: Shop) -> None:
    assert await shop.outbox.claim(shop.clock()) is None
    await shop.outbox.discard(99)
    await shop.archive.mark([99], unread=True)
    assert shop.announced == []
