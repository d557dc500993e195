"""The outbox as a whole: no step leads where the domain says that none may."""

import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import MAY_FOLLOW, State, Waiting
from ifax_desktop.domain.number import FaxNumber
from ifax_desktop.domain.reports import ReceivedReport, SentReport
from ifax_desktop.store.database import Database
from tests.store.conftest import DOCUMENT, FORM, Shop

TABLES = {"fax", "other", "attempt", "event", "attachment", "cover", "arrival"}

Step = Callable[[Shop, int, int], Awaitable[object]]


async def queue(shop: Shop, fax: int, _: int) -> None:
    now = shop.clock()
    await shop.outbox.queue(FORM, FaxNumber("+14155550100"), DOCUMENT, 3, 1, now, now, Waiting.TURN, fax)


def report() -> SentReport:
    return SentReport("8", "word", pages_done=1)


STEPS: dict[str, tuple[Step, dict[State, State]]] = {
    "save": (lambda s, f, _: s.outbox.save_draft(FORM, s.clock(), f), {}),
    "queue": (queue, {State.DRAFT: State.QUEUED}),
    "send anyway": (lambda s, f, _: s.outbox.send_anyway(f, s.clock()), {State.DOUBTFUL: State.QUEUED}),
    "hold anew": (lambda s, f, _: s.outbox.hold_anew(s.clock(), timedelta()), {}),
    "looked": (lambda s, f, a: s.outbox.looked([a], s.clock()), {}),
    "resume": (lambda s, f, a: s.outbox.resume(a, "8", s.clock()), {}),
    "silent": (lambda s, f, _: s.outbox.silent(f, "out of order", s.clock()), {}),
    "stop taken": (lambda s, f, _: s.outbox.stop_taken(f, "8", s.clock()), {}),
    "stop refused": (lambda s, f, _: s.outbox.stop_refused(f, "8", -162, "too late", s.clock()), {}),
    "take back": (lambda s, f, _: s.outbox.take_back(f, s.clock()), {State.QUEUED: State.DRAFT}),
    "stop": (lambda s, f, _: s.outbox.stop(f, s.clock()), {State.QUEUED: State.CANCELED}),
    "try again": (
        lambda s, f, _: s.outbox.try_again(f, s.clock()),
        {State.FAILED: State.QUEUED, State.CANCELED: State.QUEUED},
    ),
    "claim": (lambda s, f, _: s.outbox.claim(s.clock()), {State.QUEUED: State.SENDING}),
    "hand over": (lambda s, f, a: s.outbox.handed_over(a, s.clock()), {}),
    "accepted": (
        lambda s, f, a: s.outbox.accepted(a, "8", s.clock()),
        {State.SENDING: State.ACCEPTED, State.DOUBTFUL: State.ACCEPTED},
    ),
    "refused": (lambda s, f, a: s.outbox.refused(a, 1, "no", s.clock()), {State.SENDING: State.FAILED}),
    "put back": (
        lambda s, f, a: s.outbox.put_back(a, s.clock(), Waiting.OFFLINE, s.clock()),
        {State.SENDING: State.QUEUED},
    ),
    "doubt": (lambda s, f, a: s.outbox.doubt(a, s.clock()), {State.SENDING: State.DOUBTFUL}),
    "recover": (lambda s, f, a: s.outbox.recover(s.clock()), {State.SENDING: State.QUEUED}),
    "progressed": (lambda s, f, a: s.outbox.progressed(f, report(), s.clock()), {}),
    "delivered": (
        lambda s, f, a: s.outbox.ended(f, State.DELIVERED, report(), s.clock()),
        {State.ACCEPTED: State.DELIVERED},
    ),
    "failed": (
        lambda s, f, a: s.outbox.ended(f, State.FAILED, report(), s.clock()),
        {State.ACCEPTED: State.FAILED},
    ),
    "canceled": (
        lambda s, f, a: s.outbox.ended(f, State.CANCELED, report(), s.clock()),
        {State.ACCEPTED: State.CANCELED},
    ),
    "retry": (
        lambda s, f, a: s.outbox.plan_retry(f, report(), s.clock(), s.clock()),
        {State.ACCEPTED: State.QUEUED},
    ),
}


async def take(step: Step, shop: Shop, fax: int, attempt: int) -> None:
    """A step that does not fit may say so; what it must not do is move the fax."""
    with suppress(StorageFailed):
        await step(shop, fax, attempt)


@pytest.mark.parametrize("name", STEPS)
@pytest.mark.parametrize("state", State)
async def test_every_step_from_every_state(shop: Shop, state: State, name: str) -> None:
    step, leads = STEPS[name]
    fax, attempt = await shop.in_state(state)
    before = shop.archive.detail(fax)
    shop.announced.clear()
    await take(step, shop, fax, attempt)
    after = shop.archive.detail(fax)
    assert before is not None
    assert after is not None
    assert after.fax.state is leads.get(state, state)
    if after.fax.state is not state:
        assert after.fax.state in MAY_FOLLOW[state]
        assert shop.announced == [{fax}]
        assert name == "claim" or len(after.events) == len(before.events) + 1, "the history tells it"
    elif after == before:
        assert shop.announced in ([], [{fax}])
    else:
        assert shop.announced == [{fax}]


async def test_no_step_walks_through_all_faxes(shop: Shop, database: Database) -> None:
    asked: set[str] = set()
    await database.run(lambda connection: connection.set_trace_callback(asked.add))
    database.read(lambda connection: connection.set_trace_callback(asked.add))
    for state in State:
        fax, attempt = await shop.in_state(state)
        for step, _ in STEPS.values():
            await take(step, shop, fax, attempt)
    await shop.outbox.next_due()
    await shop.outbox.doubtful()
    await shop.outbox.on_their_way()
    await shop.outbox.discard(fax)
    await shop.archive.mark([fax], unread=True)
    await shop.archive.unknown([ReceivedReport("1", "1", "", "")])
    shop.archive.detail(fax)
    shop.outbox.form(fax)
    database.read(lambda connection: connection.set_trace_callback(None))

    def plans(connection: sqlite3.Connection) -> list[tuple[str, str]]:
        connection.set_trace_callback(None)
        statements = [sql for sql in asked if sql.split()[0] in ("SELECT", "UPDATE", "DELETE", "INSERT")]
        assert len(statements) > 30
        return [
            (step[3], sql) for sql in statements for step in connection.execute(f"EXPLAIN QUERY PLAN {sql}")
        ]

    for plan, sql in await database.run(plans):
        table = plan.split()[1]
        assert plan.startswith("SEARCH") or table not in TABLES, (plan, sql)
        assert "fax_due" in plan or not plan.endswith("(account=?)"), (plan, sql)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(names=st.lists(st.sampled_from(sorted(STEPS)), min_size=5, max_size=25))
async def test_any_order_of_steps_follows_the_domain(shop: Shop, names: list[str]) -> None:
    fax = await shop.outbox.save_draft(FORM, shop.clock())
    state, attempt = State.DRAFT, 0
    for name in names:
        if name == "claim":
            claim = await shop.outbox.claim(shop.clock())
            attempt = claim.attempt if claim and claim.fax == fax else attempt
        else:
            await take(STEPS[name][0], shop, fax, attempt)
        new = shop.fax(fax).state
        assert new is state or new in MAY_FOLLOW[state]
        assert (shop.fax(fax).due_at is not None) == (new is State.QUEUED)
        assert shop.fax(fax).tries >= 0
        state = new
    await shop.database.run(lambda connection: connection.execute("DELETE FROM fax"))
