"""What happens in the office in each life of the program: faxes, drafts and second thoughts, drawn by seed."""

import asyncio
from collections.abc import Awaitable, Callable
from random import Random

from pypdf import PdfWriter

from ifax_desktop.domain.cover import Cover, CoverKind
from ifax_desktop.domain.fax import IN_PROGRESS, Fax, State, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.simulator.faults import kinds
from ifax_desktop.simulator.numbers import OWN_NUMBERS
from ifax_desktop.simulator.service import FaxService
from tests.crash.door import Door, more
from tests.crash.plans import Plan
from tests.crash.truth import Truth
from tests.documents import samples

AREAS = ("201", "203", "206", "207", "212", "213", "215", "216", "303", "305", "312", "313", "404", "415")
ODD_LINES = (
    *("5550101", "5550102", "5550103", "5550105", "5550106", "5550106", "5550109", "5550113", "5550115"),
    *("5550118", "5550121", "5550121", "5550124"),
)
"""Lines at which something else happens than that the fax arrives (see the practice service's outcomes)."""
LARGE = 4_000_000
"""Bytes of a large document: more than the buffers of a socket take while nobody reads."""

Act = Callable[[], Awaitable[object]]


class User:
    """One office. Everything it does is drawn from its dice, so that a seed gives the same acts again."""

    def __init__(self, door: Door, service: FaxService, truth: Truth, dice: Random) -> None:
        self._door, self._service, self._truth, self._dice = door, service, truth, dice
        self._made = 0
        self._dialled: set[str] = set()
        self._draft_forms: dict[int, Form] = {}

    async def before_start(self, plan: Plan) -> None:
        """What happens while the program is closed: what the plan needs, or a fax now and then."""
        hint = plan.hint
        if hint.receives:
            await self.receive()
        elif plan.is_chosen or self._dice.random() < 0.6:
            await self.send(hint.line if plan.is_chosen else None, large=plan.wants_large)
        self.bring_about(plan)

    def bring_about(self, plan: Plan) -> None:
        """Have that go wrong which a step needs, and let the service be quick where a chosen end is waited for."""
        if plan.is_chosen:
            self._service.speed = 50
        if plan.hint.fault:
            wish = {"kind": plan.hint.fault, "operation": "fax_send"}
            self._service.faults.appendleft(kinds.rule(wish, self._service.operations))

    async def while_it_runs(self) -> None:
        """What happens in the first seconds after the start."""
        for act in self._drawn():
            await asyncio.sleep(self._dice.random() * 0.5)
            await act()

    def _drawn(self) -> list[Act]:
        chances: tuple[tuple[float, Act], ...] = (
            (0.7, self.send),
            (0.5, self.receive),
            (0.3, self.write_draft),
            (0.2, self.try_again),
            (0.1, self.change_mind),
            (0.03, self.insist),
        )
        drawn = [act for chance, act in chances if self._dice.random() < chance]
        self._dice.shuffle(drawn)
        return drawn

    def new_document(self, *, large: bool = False) -> tuple[str, bytes]:
        """A name, and a document that is like no other."""
        self._made += 1
        name = f"lindqvist-referral-{self._made}.pdf"
        text = f"{name} {self._dice.random()}"
        return name, large_letter(text, self._dice) if large else samples.letter(text)

    def new_number(self, line: str | None = None) -> str:
        """Whom to send to: mostly somebody new whose machine answers, sometimes somebody known.

        With a `line` somebody new at one like that; at an empty one the machine answers.
        """
        if line is not None:
            return f"+1{self._dice.choice(AREAS)}{line or f'777{self._made:04}'}"
        known = sorted({asked.number for asked in self._truth.faxes.values()})
        if known and self._dice.random() < 0.1:
            return self._dice.choice(known)
        return self.unknown_number()

    def unknown_number(self) -> str:
        """A number nobody has sent to: at some something else happens than that the fax arrives."""
        area = self._dice.choice(AREAS)
        odd = f"+1{area}{self._dice.choice(ODD_LINES)}"
        if self._dice.random() < 0.3 and odd not in self._dialled:
            self._dialled.add(odd)
            return odd
        return f"+1{area}777{self._made:04}"

    async def send(self, line: str | None = None, *, large: bool = False) -> None:
        """Hand a fax to the outbox, sometimes with time for an Undo."""
        name, content = self.new_document(large=large)
        chance = self._dice.random()
        hold, later = (1.5 if chance < 0.1 else 0.0), (3.0 if chance > 0.95 else 0.0)
        if line is not None:
            hold = later = 0.0
        await self._door.queue(self.new_number(line), name, content, hold=hold, later=later)

    async def receive(self) -> None:
        """Somebody sends us a fax."""
        _, content = self.new_document()
        await self._service.receive(content, f"+1{self._dice.choice(AREAS)}5559999", OWN_NUMBERS[0].number)

    async def write_draft(self) -> None:
        """Begin a draft, or go on with one."""
        if self._draft_forms and self._dice.random() < 0.6:
            draft = self._dice.choice(sorted(self._draft_forms))
            form = more(self._draft_forms[draft], f"and {self._dice.random()}")
        else:
            draft, form = None, Form(self.new_number(), "Dr. Lindqvist", cover=Cover(CoverKind.OWN))
            self._truth.words.add(form.name)
        draft = await self._door.keep_draft(form, draft)
        self._draft_forms[draft] = form

    async def try_again(self) -> None:
        """Press "Try now" at a fax that did not get through or waits for its next try."""
        await self._with_one(
            lambda row: (
                row.state is State.FAILED
                or (row.state is State.QUEUED and row.waiting in (Waiting.RETRY, Waiting.OFFLINE))
            ),
            self._door.try_now,
        )

    async def change_mind(self) -> None:
        """Undo a fax that waits, or stop one wherever it is."""
        if self._dice.random() < 0.4:
            await self._with_one(lambda row: row.state is State.QUEUED, self._door.take_back)
        else:
            await self._with_one(lambda row: row.state in IN_PROGRESS, self._door.stop)

    async def insist(self) -> None:
        """Send a fax again that is not certain: it may print twice."""
        await self._with_one(lambda row: row.state is State.DOUBTFUL, self._door.send_anyway)

    async def _with_one(self, fits: Callable[[Fax], bool], act: Callable[[int], Awaitable[object]]) -> None:
        ours = [row.id for row in await self._door.sent() if fits(row) and row.id in self._truth.faxes]
        if ours:
            await act(self._dice.choice(ours))


def large_letter(text: str, dice: Random) -> bytes:
    """A letter whose file is large, as a scan is."""
    writer = PdfWriter()
    noise = dice.randbytes(LARGE // 2).hex()
    samples.add_page(writer, f"BT /F1 36 Tf 60 700 Td ({text}) Tj ET\n%{noise}\n")
    return samples.finish(writer)
