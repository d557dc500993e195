"""Drafts and the outbox as the user works with them: draft, queue, take back, cancel, try again."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import Attachment, Happening, State, Stop, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.number import FaxNumber
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.outbox import Stopped, Withdrawn
from tests.store.conftest import DOCUMENT, FORM, Shop


def happenings(shop: Shop, fax: int) -> list[Happening]:
    detail = shop.archive.detail(fax)
    assert detail is not None
    return [event.what for event in detail.events]


async def test_a_draft_comes_back_as_it_was_typed(shop: Shop) -> None:
    draft = await shop.outbox.save_draft(FORM, shop.clock())
    assert shop.outbox.form(draft) == FORM
    row = shop.fax(draft)
    assert (row.state, row.number, row.name, row.pages, row.document) == (
        State.DRAFT,
        "(415) 555-0100",
        FORM.name,
        3,
        "",
    )
    assert row.created_at == shop.clock()
    assert shop.announced == [{draft}]


async def test_an_empty_form_is_a_draft_too(shop: Shop) -> None:
    draft = await shop.outbox.save_draft(Form(), shop.clock())
    assert shop.outbox.form(draft) == Form()
    assert shop.fax(draft).pages is None


async def test_a_draft_is_saved_again_in_its_place(shop: Shop) -> None:
    draft = await shop.outbox.save_draft(FORM, shop.clock())
    first = shop.clock()
    form = replace(FORM, name="Ben", attachments=(Attachment("new.pdf", "c" * 64, 7),))
    assert await shop.outbox.save_draft(form, shop.clock.forward(60), draft) == draft
    assert shop.outbox.form(draft) == form
    assert shop.fax(draft).pages == 7
    assert shop.fax(draft).created_at == first


async def test_discarding_removes_drafts_only(shop: Shop) -> None:
    draft = await shop.outbox.save_draft(FORM, shop.clock())
    queued = await shop.queue()
    shop.announced.clear()
    await shop.outbox.discard(draft)
    await shop.outbox.discard(queued)
    assert shop.archive.rows([draft, queued]) == [shop.fax(queued)]
    assert shop.archive.detail(draft) is None
    assert shop.outbox.form(draft) is None
    assert shop.announced == [{draft}]
    assert await shop.outbox.save_draft(FORM, shop.clock()) > queued, "an id is never used twice"


async def test_queueing_keeps_everything_that_goes_out(shop: Shop) -> None:
    now = shop.clock()
    fax = await shop.queue(wait=10)
    row = shop.fax(fax)
    assert (row.state, row.number, row.pages, row.document) == (State.QUEUED, "+14155550100", 3, DOCUMENT)
    assert (row.due_at, row.waiting, row.tries) == (now + timedelta(seconds=10), Waiting.UNDO, 0)
    detail = shop.archive.detail(fax)
    assert detail is not None
    assert (detail.cover, detail.attachments, detail.quality) == (FORM.cover, FORM.attachments, "HD")
    assert happenings(shop, fax) == [Happening.STORED]
    assert shop.outbox.form(fax) == FORM, "the number is still as it was typed"


async def test_a_draft_becomes_the_queued_fax_once(shop: Shop) -> None:
    draft = await shop.outbox.save_draft(FORM, shop.clock())
    now = shop.clock.forward(3600)
    arguments = (FORM, FaxNumber("+14155550100"), DOCUMENT, 3, 1, now, now, Waiting.TURN, draft)
    assert await shop.outbox.queue(*arguments) == draft
    assert shop.fax(draft).created_at == now, "it sorts under the time it was sent"
    with pytest.raises(StorageFailed, match="sent or discarded"):
        await shop.outbox.queue(*arguments)
    with pytest.raises(StorageFailed, match="sent or discarded"):
        await shop.outbox.save_draft(FORM, now, draft)
    assert happenings(shop, draft) == [Happening.STORED]
    assert (await shop.archive.counts()).sent == 1


async def test_a_form_that_could_not_be_queued_leaves_nothing(shop: Shop) -> None:
    now = shop.clock()
    with pytest.raises(StorageFailed):
        await shop.outbox.queue(FORM, FaxNumber("+1"), DOCUMENT, 1, 1, now, now, Waiting.TURN, 99)
    assert (await shop.archive.counts()).sent == 0
    assert shop.announced == []


async def test_undo_wins_or_the_sender_does(shop: Shop) -> None:
    fax = await shop.queue()
    assert await shop.outbox.take_back(fax, shop.clock())
    row = shop.fax(fax)
    assert (row.state, row.due_at, row.waiting, row.document) == (State.DRAFT, None, Waiting.TURN, "")
    assert happenings(shop, fax) == [Happening.STORED, Happening.UNDONE]
    assert await shop.outbox.claim(shop.clock()) is None
    assert not await shop.outbox.take_back(fax, shop.clock())

    claim = await shop.claim()
    assert not await shop.outbox.take_back(claim.fax, shop.clock())
    assert shop.fax(claim.fax).state is State.SENDING


async def test_two_windows_press_different_buttons(shop: Shop, another: Callable[..., Shop]) -> None:
    fax = await shop.queue()
    other = another()
    assert await other.outbox.stop(fax, shop.clock()) is Stopped.NOW
    assert not await shop.outbox.take_back(fax, shop.clock())
    assert shop.fax(fax).state is State.CANCELED


async def test_canceling_ends_a_waiting_fax(shop: Shop) -> None:
    fax = await shop.queue(wait=60)
    assert await shop.outbox.stop(fax, shop.clock.forward(5)) is Stopped.NOW
    row = shop.fax(fax)
    assert (row.state, row.ended_at, row.due_at) == (State.CANCELED, shop.clock(), None)
    assert happenings(shop, fax)[-1] is Happening.CANCELED


@pytest.mark.parametrize("state", [State.FAILED, State.CANCELED])
async def test_trying_again_begins_anew_and_keeps_the_history(shop: Shop, state: State) -> None:
    claim = await shop.accept(job_id="8")
    report = SentReport("8", "failed", code=6001, message="Busy", pages_done=1)
    await shop.outbox.ended(claim.fax, state, report, shop.clock())
    before = happenings(shop, claim.fax)
    assert await shop.outbox.try_again(claim.fax, shop.clock.forward(60))
    row = shop.fax(claim.fax)
    assert (row.state, row.due_at, row.waiting) == (State.QUEUED, shop.clock(), Waiting.TURN)
    assert (row.tries, row.code, row.message, row.pages_done, row.ended_at) == (0, None, "", None, None)
    assert happenings(shop, claim.fax) == [*before, Happening.SENT_AGAIN]
    again = await shop.outbox.claim(shop.clock())
    assert again is not None
    assert again.attempt != claim.attempt
    assert again.file_name != claim.file_name
    assert again.last_job_id == "8"


async def test_a_waiting_fax_is_hurried(shop: Shop) -> None:
    fax = await shop.queue(wait=3600)
    assert await shop.outbox.claim(shop.clock()) is None
    assert await shop.outbox.try_again(fax, shop.clock())
    claim = await shop.outbox.claim(shop.clock())
    assert claim is not None
    assert claim.fax == fax
    assert not await shop.outbox.try_again(fax, shop.clock())


async def test_hurrying_keeps_the_count_of_tries(shop: Shop) -> None:
    claim = await shop.accept(job_id="8")
    due_at = shop.clock() + timedelta(minutes=3)
    await shop.outbox.plan_retry(claim.fax, SentReport("8", "failed"), due_at, shop.clock())
    assert await shop.outbox.try_again(claim.fax, shop.clock())
    assert shop.fax(claim.fax).tries == 1


async def test_a_discarded_draft_leaves_its_jobs_behind(shop: Shop) -> None:
    claim = await shop.accept(job_id="8")
    await shop.outbox.plan_retry(claim.fax, SentReport("8", "failed"), shop.clock(), shop.clock())
    assert await shop.outbox.take_back(claim.fax, shop.clock())
    await shop.outbox.discard(claim.fax)
    assert await shop.known_jobs() == {"8"}, "it is ours in the service's list for ever"


async def test_there_is_no_form_of_a_received_fax(shop: Shop) -> None:
    assert shop.outbox.form(await shop.receive("1")) is None


@pytest.mark.parametrize("state", [State.SENDING, State.ACCEPTED, State.DOUBTFUL])
async def test_the_wish_to_stop_what_has_left_is_remembered(shop: Shop, state: State) -> None:
    fax, _ = await shop.in_state(state)
    assert await shop.outbox.stop(fax, shop.clock()) is Stopped.LATER
    assert (shop.fax(fax).state, shop.fax(fax).stop) == (state, Stop.WANTED)
    assert happenings(shop, fax)[-1] is Happening.STOP_ASKED
    assert await shop.outbox.stop(fax, shop.clock()) is Stopped.NOT, "once is enough"


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.DELIVERED, State.FAILED, State.CANCELED, State.RECEIVED]
)
async def test_what_is_over_is_not_stopped(shop: Shop, state: State) -> None:
    fax, _ = await shop.in_state(state)
    assert await shop.outbox.stop(fax, shop.clock()) is Stopped.NOT
    assert shop.fax(fax).stop is Stop.NOT_ASKED


async def test_a_fax_stopped_while_it_is_handed_over_never_has_its_last_piece_sent(shop: Shop) -> None:
    claim = await shop.claim()
    await shop.outbox.stop(claim.fax, shop.clock())
    with pytest.raises(Withdrawn):
        await shop.outbox.handed_over(claim.attempt, shop.clock())
    await shop.outbox.put_back(claim.attempt, shop.clock(), Waiting.OFFLINE, shop.clock(), "no network")
    row = shop.fax(claim.fax)
    assert (row.state, row.due_at, row.waiting, row.tries) == (State.CANCELED, None, Waiting.TURN, 0)
    assert happenings(shop, claim.fax)[-1] is Happening.CANCELED


async def test_the_service_sends_its_own_copy_again_as_a_new_fax(shop: Shop) -> None:
    claim = await shop.accept(job_id="7204")
    assert await shop.outbox.queue_resend(claim.fax, shop.clock()) is None, "it is on its way"
    await shop.outbox.ended(claim.fax, State.DELIVERED, SentReport("7204", "delivered"), shop.clock())
    again = await shop.outbox.queue_resend(claim.fax, shop.clock())
    assert again is not None
    row = shop.fax(again)
    assert (row.state, row.number, row.resend_of, row.document) == (
        State.QUEUED,
        "+14155550100",
        "7204",
        "",
    )
    assert not await shop.outbox.take_back(again, shop.clock()), "there is nothing to edit"
    taken = await shop.outbox.claim(shop.clock())
    assert taken is not None
    assert (taken.fax, taken.resend_of, taken.last_job_id) == (again, "7204", "")
