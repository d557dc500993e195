"""One fax service with two customers, and an archive that either of their keys is given to."""

import asyncio
import json
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path

import httpx

from ifax_desktop.backbone import Backbone, Connection
from ifax_desktop.domain.errors import AccountMoved
from ifax_desktop.domain.fax import Direction, Fax
from ifax_desktop.domain.form import Form
from ifax_desktop.paths import Paths
from ifax_desktop.simulator.faults.rules import Fault, Rule
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.store.archive import Query
from ifax_desktop.store.proofs import Proofs
from ifax_desktop.store.secrets import Secrets
from tests.delivery.conftest import Clock

FIRST, NEW, SECOND = "live-first", "live-first-renewed", "live-second"
"""Two keys of one account, and the key of another one."""
NUMBER = {"number": "+13125550111", "number_id": "501", "order_id": "19", "country": "US", "area": "312"}
OTHER_NUMBER = {**NUMBER, "number": "+12025550119", "number_id": "502"}
ASKING = {"number-list", "fax-status", "fax-list-all"}
"""What may be asked before it is known whose key it is, by the last part of its path."""


def account(
    folder: Path,
    *keys: str,
    number: object,
    after: int,
    now: Callable[[], float] = time.time,
    speed: float = 1,
) -> FaxService:
    """The account of these keys, with a number and ids of its own: the job ids it gives come after `after`."""
    folder.mkdir(parents=True)
    counters = {"job": after, "fax": after, "transaction": after}
    state = {
        "format": 1,
        "counters": counters,
        "arrivals": {},
        "jobs": [],
        "received": [],
        "numbers": [number],
    }
    (folder / "state.json").write_text(json.dumps(state))
    return FaxService(folder=folder, now=now, keys=lambda key: key in keys, speed=speed)


async def refuse(_request: httpx.Request, _answer: object) -> httpx.Response:
    """A fault: the service knows nothing of what is asked for, whatever it is."""
    return httpx.Response(200, json={"status": 0, "code": 12093, "message": "Data not found"})


def always(fault: Fault, *operations: str) -> Rule:
    """This goes wrong with every call of these operations, or of all; until the rule is removed."""
    return Rule("test", fault, operations=frozenset(operations) or None, count=None)


class Customers:
    """Two accounts at one address: the key decides whose call it is."""

    def __init__(
        self, folder: Path, clock: Clock, *, lists_numbers: bool = False, after: int = 9_000_000
    ) -> None:
        """The first account is known by its faxes alone, unless it `lists_numbers`."""
        now = clock.timestamp
        self.first = account(folder / "first", FIRST, NEW, number=NUMBER, after=7_000_000, now=now)
        self.second = account(folder / "second", SECOND, number=OTHER_NUMBER, after=after, now=now)
        if not lists_numbers:
            self.first.faults.append(always(refuse, "number_list"))
        self.called: Counter[tuple[str, str]] = Counter()
        """How often each key made which call, by the last part of its path."""

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        key = request.headers["accessToken"]
        self.called[key, request.url.path.rpartition("/")[2]] += 1
        return await (self.second if key == SECOND else self.first)(request)

    def calls_of(self, key: str) -> set[str]:
        """What was called with a key."""
        return {call for caller, call in self.called if caller == key}


class House:
    """A profile whose program is started with one key after the other."""

    def __init__(self, folder: Path, clock: Clock, service: Customers) -> None:
        self.clock = clock
        self.service = service
        self.folder = folder
        self.reported: list[BaseException] = []

    @asynccontextmanager
    async def open(self, key: str, secrets: Secrets | None = None) -> AsyncIterator["Start"]:
        """One start of the program that sends and receives until the block ends."""
        backbone = Backbone(
            Paths(self.folder), self.reported.append, now=self.clock, pulse=0.01, youngest=0.01
        )
        start = Start(backbone, Connection("https://fax.invalid/v1", key, httpx.MockTransport(self.service)))
        try:
            if secrets is not None:
                backbone.ownership.keep_proofs(Proofs(secrets))
            async with start.at_work():
                yield start
        finally:
            await backbone.close()


class Start:
    """The program at work with one key."""

    def __init__(self, backbone: Backbone, connection: Connection) -> None:
        self.backbone = backbone
        self.ownership = backbone.ownership
        self.connection = connection
        self.moved: AccountMoved | None = None
        """Where the key belongs, if that ended the work."""

    @asynccontextmanager
    async def at_work(self) -> AsyncIterator[None]:
        async with self.backbone.connected(self.connection) as calls:

            async def work() -> None:
                try:
                    await self.backbone.work(calls)
                except AccountMoved as moved:
                    self.moved = moved

            task = asyncio.create_task(work())
            try:
                yield
            finally:
                task.cancel()
                [result] = await asyncio.gather(task, return_exceptions=True)
                assert result is None or isinstance(result, asyncio.CancelledError), result

    async def queue(self, letter: Path, number: str = "+12025550143") -> int:
        """A fax that is due."""
        drafts = self.backbone.drafts
        form = Form(number, attachments=(await drafts.take(letter),))
        return (await drafts.queue(form, hold=timedelta())).fax

    def fax(self, fax: int) -> Fax:
        [found] = self.backbone.archive.rows([fax])
        return found

    async def faxes(self, direction: Direction) -> list[Fax]:
        """All that went this way."""
        archive = self.backbone.archive
        return archive.rows(await archive.ids(Query(direction)))
