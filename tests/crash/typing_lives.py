"""Lives of the window in which somebody types: what it said is kept or sent must be there after the kill."""

import asyncio
from hashlib import sha256
from pathlib import Path

from ifax_desktop.domain.cover import Cover
from ifax_desktop.domain.fax import Attachment, Fax, State
from ifax_desktop.domain.form import Form
from tests.crash.door import Door
from tests.crash.lives import Life, live_until_killed
from tests.crash.plans import Plan
from tests.crash.program import start_typist
from tests.crash.season import Season
from tests.crash.truth import Asked, Typed
from tests.crash.typing_order import KEPT, SENDING, SENT, TYPED, Order
from tests.crash.user import User

MOST_WORDS = 2
"""Each is kept after two seconds of rest, and then Send is pressed."""


async def typing_life(season: Season, user: User, _plan: Plan) -> Life:
    """The window with somebody who goes on with the last draft, or begins a new one, and sends it at last."""
    order = await _order(season, user)
    plan = _plan_of_its_own(season, order.words)
    program = await start_typist(season.profile, season.address, order.arguments())
    kept = 0

    def is_time(_steps: int, last: frozenset[str]) -> bool:
        nonlocal kept
        kept += bool(last & {"draft kept", "queued"})
        return plan.how == "typed" and kept >= plan.count

    life = await live_until_killed(season, program, plan, strike=is_time)
    await _note(season, order, program.said())
    return life


def _plan_of_its_own(season: Season, words: int) -> Plan:
    if season.dice.random() < 0.6:
        return Plan("typed", season.dice.randint(1, words + 1))
    return Plan("time", after=season.dice.uniform(1.0, 6.0))


async def _order(season: Season, user: User) -> Order:
    drafts = [row for row in await Door(season.profile, season.truth).sent() if row.state is State.DRAFT]
    typed = [row for row in drafts if row.id in season.truth.drafts]
    words = season.dice.randint(0, MOST_WORDS)
    if typed:
        return Order(typed[0].id, _document(season, typed[0].name), typed[0].number, _stem(typed[0]), words)
    name, content = user.new_document()
    stem = name.removesuffix(".pdf")
    file = season.folder / name
    await asyncio.to_thread(file.write_bytes, content)
    season.truth.words.update((name, stem))
    return Order(0, file, user.unknown_number(), stem, words)


def _document(season: Season, name: str) -> Path:
    return season.folder / f"{name.split()[0]}.pdf"


def _stem(row: Fax) -> str:
    return row.name.split()[0]


async def _note(season: Season, order: Order, said: str) -> None:
    """Hold the archive to what the window said, and take over what it kept as the truth about this one fax."""
    told = [line.partition(" ") for line in said.splitlines()]
    kept = [name for what, _, name in told if what == KEPT]
    typed = [name for what, _, name in told if what in (TYPED, SENDING)]
    truth = season.truth
    rows = [row for row in await Door(season.profile, truth).sent() if row.name.split()[:1] == [order.name]]
    if len(rows) > 1:
        truth.complaints.append(f"{season.name}: one form became {len(rows)} faxes")
    fax = rows[0].id if rows else order.draft or -len(truth.drafts) - 1
    before = truth.drafts.pop(fax, None)
    if any(what == SENT for what, _, _ in told) or (rows and rows[0].state is not State.DRAFT):
        truth.faxes[fax] = Asked(fax, order.number, rows[0].document if rows else "")
    elif kept or before:
        last = kept[-1] if kept else before.told.name if before else ""
        if rows and rows[0].name not in (last, *typed[-1:]):
            truth.complaints.append(f"{season.name}: kept was “{last}”, found “{rows[0].name}” ({told})")
        truth.drafts[fax] = Typed(_form(order, rows[0].name if rows else last))
    elif rows:
        truth.drafts[fax] = Typed(_form(order, rows[0].name))


def _form(order: Order, name: str) -> Form:
    """The form as it looks with this name in it; the cover page's "To" follows the name."""
    document = sha256(order.document.read_bytes()).hexdigest()
    attachments = (Attachment(order.document.name, document, 1),)
    return Form(order.number, name, attachments=attachments, cover=Cover(to_name=name))
