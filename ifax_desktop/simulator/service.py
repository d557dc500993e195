"""The fax service: a request in, a response out, as the wire contract has it.

It plugs in at the transport: `httpx.MockTransport(FaxService())` in tests and practice mode, `server.py`
over a socket. A table maps each path to the operation that answers it; the families of calls live in
`outbound`, `resending`, `deletions`, `inbound`, `extraction`, `number_desk`, `labels` and `usage`.
"""

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractAsyncContextManager
from decimal import Decimal
from functools import partial
from pathlib import Path

import httpx

from ifax_desktop.simulator import answers
from ifax_desktop.simulator.acceptance import Acceptance
from ifax_desktop.simulator.account import Account
from ifax_desktop.simulator.answers import Operation, Refusal
from ifax_desktop.simulator.calls import any_live_or_test_key, read_call
from ifax_desktop.simulator.children import ChildPageReader, PageReader
from ifax_desktop.simulator.credit import Credit
from ifax_desktop.simulator.deletions import Deletions
from ifax_desktop.simulator.downloads import fetch_document
from ifax_desktop.simulator.extraction import Extraction
from ifax_desktop.simulator.faults import network, rules
from ifax_desktop.simulator.faults.kinds import KINDS
from ifax_desktop.simulator.faults.outages import LateWork, Outage
from ifax_desktop.simulator.faults.repeats import Repeats
from ifax_desktop.simulator.faults.rules import Answering, Fault
from ifax_desktop.simulator.inbound import ReceivedFaxes
from ifax_desktop.simulator.jobs import Job
from ifax_desktop.simulator.labels import Labels
from ifax_desktop.simulator.letters import Arriving, KnownTexts, read_letters
from ifax_desktop.simulator.number_desk import NumberDesk
from ifax_desktop.simulator.numbers import OWN_NUMBERS
from ifax_desktop.simulator.outbound import SentFaxes
from ifax_desktop.simulator.pace import Pace
from ifax_desktop.simulator.records import ReceivedFax, open_records
from ifax_desktop.simulator.resending import Resending
from ifax_desktop.simulator.usage import Usage
from ifax_desktop.simulator.webhooks.callbacks import Callbacks


class FaxService:
    """The whole service in memory, or in `folder` where its state outlives the program.

    `letters` are PDF files that arrive by themselves (see `letters`), `now` gives unix seconds, `speed`
    makes the service's time run that much faster (None: as fast as before), `keys` says which keys are taken,
    `account` holds limits and prices and may be changed at any time. `faults` holds what shall go wrong with
    the next calls (see `faults.rules`). Raises `StateDamaged` if `folder` cannot be read.
    """

    accept_then_hang_up = staticmethod(KINDS["reset_after"].fault())
    accept_then_not_json = staticmethod(KINDS["html_after"].fault())
    hang_up = staticmethod(KINDS["reset_before"].fault())
    unreachable = staticmethod(KINDS["refuse"].fault())
    server_failed = staticmethod(KINDS["server_error"].fault())
    not_json = staticmethod(KINDS["html"].fault())
    slow = staticmethod(network.slow)

    def __init__(
        self,
        *,
        folder: Path | None = None,
        letters: Sequence[Path] = (),
        now: Callable[[], float] = time.time,
        read_pages: PageReader | None = None,
        speed: float | None = None,
        keys: Callable[[str], bool] = any_live_or_test_key,
        account: Account | None = None,
    ) -> None:
        self.faults: deque[Fault] = deque()
        self.outage = Outage()
        self.late = LateWork()
        self.repeats = Repeats(keys)
        self.now = now
        self.account = account or Account()
        self._keys = keys
        self._read_pages = read_pages or ChildPageReader()
        self._records = open_records(folder)
        if speed is not None and speed != self.speed:
            self._records.pace.turn(speed, now())
            self._records.save()
        self._credit = Credit(self._records, self.account, now)
        self._credit.begin()
        self._received = ReceivedFaxes(self._records, self._credit, now)
        ready_made = read_letters(letters, tuple(own.number for own in OWN_NUMBERS))
        self._known_texts = KnownTexts(ready_made)
        self._arriving = Arriving(ready_made, self._received, self._read_pages)
        self.callbacks = Callbacks(self)
        self._operations = {path: one for one in self._all_operations() for path in one.paths}

    @property
    def speed(self) -> float:
        """How much faster than the clock the service's time runs; it may be changed at any moment."""
        return self._records.pace.speed

    @speed.setter
    def speed(self, speed: float) -> None:
        self._records.pace.turn(speed, self.now())
        self._records.save()
        self.callbacks.look()

    @property
    def credit(self) -> Decimal:
        """What is left for live keys to spend."""
        return self._credit.balance

    def set_credit(self, amount: Decimal) -> None:
        """Let there be so much credit from now on."""
        self._credit.set_to(amount)

    @property
    def jobs(self) -> list[Job]:
        """Every fax accepted for sending, in order of acceptance, also those deleted since."""
        self._credit.settle()
        return self._records.jobs

    @property
    def received(self) -> list[ReceivedFax]:
        """Every fax that has arrived, in order of arrival, also those deleted since."""
        return self._records.received

    @property
    def operations(self) -> frozenset[str]:
        """The names of its calls, as in the wire contract."""
        return frozenset(operation.name for operation in self._operations.values())

    @property
    def pace(self) -> Pace:
        """How the service's time runs."""
        return self._records.pace

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request, whose body is read when it is wanted. A fault may raise `httpx.TransportError`."""
        if self.outage.left:
            raise httpx.ConnectError("The connection was refused.", request=request)
        await self.late.do_due()
        path = request.url.path.removeprefix("/v1")
        operation = self._operations.get(path)
        if operation is None:
            return answers.not_found(path)
        answer = Answering(operation.name, self, partial(self._answered, operation))
        fault = rules.take(self.faults, operation.name)
        try:
            return await (self.repeats.struck(fault, request, answer) if fault else answer(request))
        finally:
            self.callbacks.look()

    def calling_back(self) -> AbstractAsyncContextManager[None]:
        """Calls the account's webhooks for as long as the block lasts."""
        return self.callbacks.following()

    async def catch_up(self) -> None:
        """Let everything arrive that is due by now."""
        await self._arriving.arrive_due()

    async def document_of(self, fax: ReceivedFax) -> bytes:
        """The PDF of a received fax. Raises FileNotFoundError if it is not kept any more."""
        return await asyncio.to_thread(self._records.shelf.get, fax.document_id)

    async def receive(self, pdf: bytes, sender: str, receiver: str) -> ReceivedFax:
        """A fax arrives now; numbers in E.164. Returns it with its ids. Raises ValueError if `receiver`
        is not one of the account's numbers and `ChildFailed` if the PDF cannot be read."""
        if receiver not in self._records.own_numbers:
            raise ValueError("The receiver is not one of the account's numbers.")
        fax = await self._received.arrive(pdf, sender, receiver, await self._read_pages(pdf))
        self._records.save()
        self.callbacks.look()
        return fax

    def reset(self) -> None:
        """Forget every fax, fault, webhook and bought number; ids go on, letters and credit begin anew."""
        self.faults.clear()
        self.outage.end()
        self.late.clear()
        self.repeats.clear()
        self.callbacks.clear()
        self._records.clear()
        self._credit.begin()
        self._arriving.begin()

    async def _answered(self, operation: Operation, request: httpx.Request) -> httpx.Response:
        await request.aread()
        await self._arriving.arrive_due()
        self._credit.settle()
        try:
            answer = await operation.handler(read_call(request, self._keys))
        except Refusal as refusal:
            return answers.refused(refusal.code, refusal.message)
        return answers.done(answer)

    def _all_operations(self) -> Iterator[Operation]:
        records, now = self._records, self.now
        acceptance = Acceptance(records, self.account, self._credit, now)
        reader = self._read_pages if isinstance(self._read_pages, ChildPageReader) else ChildPageReader()
        for family in (
            SentFaxes(records, acceptance, self._read_pages, fetch_document),
            Resending(records, acceptance, now),
            Deletions(records, now),
            self._received,
            Extraction(records, self._credit, now, reader.text, self._known_texts),
            NumberDesk(records, self._credit),
            Labels(records),
            Usage(records, now),
        ):
            yield from family.operations()
