"""The fax service: a request in, a response out, as the wire contract has it.

It plugs in at the transport: `httpx.MockTransport(FaxService())` in tests and practice mode, `server.py`
over a socket. A table maps each path to the operation that answers it; the families of calls live in
`outbound`, `inbound` and `numbers`.
"""

import json
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import httpx

from ifax_desktop.simulator import answers, faults
from ifax_desktop.simulator.answers import Fields, Operation, Refusal
from ifax_desktop.simulator.children import ChildPageReader, PageReader
from ifax_desktop.simulator.faults import Fault
from ifax_desktop.simulator.inbound import ReceivedFaxes
from ifax_desktop.simulator.jobs import Job
from ifax_desktop.simulator.letters import Arriving, read_letters
from ifax_desktop.simulator.numbers import OWN_NUMBERS, Numbers
from ifax_desktop.simulator.outbound import SentFaxes
from ifax_desktop.simulator.records import ReceivedFax, open_records

MOST_BYTES = 20 * 1024 * 1024
"""The documented limit of a whole request."""


def any_live_or_test_key(key: str) -> bool:
    """The keys taken unless told otherwise: whatever starts with `live-` or `test-`."""
    return key.startswith(("live-", "test-"))


class FaxService:
    """The whole service in memory, or in `folder` where its state outlives the program.

    `letters` are PDF files that arrive by themselves (see `letters`), `now` gives unix seconds, `speed`
    makes faxes and letters move that much faster, `keys` says which keys are taken. `faults` holds what
    shall go wrong with the next calls (see `faults`). Raises `StateDamaged` if `folder` cannot be read.
    """

    accept_then_hang_up = staticmethod(faults.accept_then_hang_up)
    accept_then_not_json = staticmethod(faults.accept_then_not_json)
    hang_up = staticmethod(faults.hang_up)
    unreachable = staticmethod(faults.unreachable)
    server_failed = staticmethod(faults.server_failed)
    not_json = staticmethod(faults.not_json)
    slow = staticmethod(faults.slow)

    def __init__(
        self,
        *,
        folder: Path | None = None,
        letters: Sequence[Path] = (),
        now: Callable[[], float] = time.time,
        read_pages: PageReader | None = None,
        speed: float = 1.0,
        keys: Callable[[str], bool] = any_live_or_test_key,
    ) -> None:
        self.faults: deque[Fault] = deque()
        self.speed = speed
        self.now = now
        self._keys = keys
        self._read_pages = read_pages or ChildPageReader()
        self._records = open_records(folder)
        owned = tuple(own.number for own in OWN_NUMBERS)
        self._sent = SentFaxes(self._records, owned, now, lambda: self.speed, self._read_pages)
        self._received = ReceivedFaxes(self._records, now)
        self._arriving = Arriving(
            read_letters(letters, owned), self._received, self._read_pages, lambda: self.speed
        )
        self._operations = {
            path: operation
            for family in (self._sent, self._received, Numbers(OWN_NUMBERS))
            for operation in family.operations()
            for path in operation.paths
        }

    @property
    def jobs(self) -> list[Job]:
        """Every fax accepted for sending, in order of acceptance."""
        return self._records.jobs

    @property
    def received(self) -> list[ReceivedFax]:
        """Every fax that has arrived, in order of arrival."""
        return self._records.received

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        """Answer one request, whose body has been read."""
        path = request.url.path.removeprefix("/v1")
        operation = self._operations.get(path)
        if operation is None:
            return answers.not_found(path)

        async def answer(request: httpx.Request) -> httpx.Response:
            return await self._answered(operation, request)

        fault = faults.take(self.faults, operation.name)
        return await (fault(request, answer) if fault else answer(request))

    async def receive(self, pdf: bytes, sender: str, receiver: str) -> ReceivedFax:
        """A fax arrives now; numbers in E.164. Returns it with its ids. Raises ValueError if `receiver`
        is not one of the account's numbers and `ChildFailed` if the PDF cannot be read."""
        if receiver not in {own.number for own in OWN_NUMBERS}:
            raise ValueError("The receiver is not one of the account's numbers.")
        fax = await self._received.arrive(pdf, sender, receiver, await self._read_pages(pdf))
        self._records.save()
        return fax

    def reset(self) -> None:
        """Forget every fax and every fault; ids go on, and the letters begin anew."""
        self.faults.clear()
        self._records.clear()
        self._arriving.begin()

    async def _answered(self, operation: Operation, request: httpx.Request) -> httpx.Response:
        await self._arriving.arrive_due()
        try:
            answer = await operation.handler(self._fields(request))
        except Refusal as refusal:
            return answers.refused(refusal.code, refusal.message)
        return answers.done(answer)

    def _fields(self, request: httpx.Request) -> Fields:
        """Check method, key and size, and read the body: JSON, where nothing and `[]` mean no fields."""
        if request.method != "POST":
            raise Refusal(*answers.METHOD_REFUSED)
        if not self._keys(request.headers.get("accessToken", "")):
            raise Refusal(*answers.KEY_REFUSED)
        if len(request.content) > MOST_BYTES:
            raise Refusal(*answers.TOO_LARGE)
        fields = _json(request.content) or {}
        if not isinstance(fields, dict):
            raise Refusal(*answers.PARAMETER_REFUSED)
        if str(fields.get("_method", "POST")).upper() != "POST":
            raise Refusal(*answers.METHOD_REFUSED)
        return fields


def _json(content: bytes) -> Any:
    if not content.strip():
        return None
    try:
        return json.loads(content)
    except ValueError as error:
        raise Refusal(*answers.PARAMETER_REFUSED) from error
