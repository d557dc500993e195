"""Fixtures of the store's tests: an archive in a temporary folder, a clock that moves when told, faxes in any state."""

import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.cover import Cover, CoverKind
from ifax_desktop.domain.fax import Attachment, Fax, State, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.number import FaxNumber
from ifax_desktop.domain.quality import Quality
from ifax_desktop.domain.reports import ReceivedReport, SentReport
from ifax_desktop.store.archive import Archive
from ifax_desktop.store.database import Database
from ifax_desktop.store.outbox import Claim, Outbox

ACCOUNT = "account-1"
DOCUMENT = "d" * 64

FORM = Form(
    number="(415) 555-0100",
    name="Dr. Ana Lindqvist",
    own_number="+13125550111",
    attachments=(Attachment("referral.pdf", "a" * 64, 2), Attachment("x-ray.png", "b" * 64, 1)),
    cover=Cover(CoverKind.OWN, "Ana", "Ben", "Referral 100%", "See the pages below.", "", "t-1"),
    quality=Quality.HD,
)


@dataclass(slots=True)
class Clock:
    """A time that moves only when told."""

    at: datetime = datetime(2026, 1, 5, 9, 30, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at

    def forward(self, seconds: float) -> datetime:
        self.at += timedelta(seconds=seconds)
        return self.at


@dataclass(slots=True)
class Shop:
    """An outbox and the archive beside it, with short ways to bring a fax into a state."""

    database: Database
    clock: Clock
    account: str = ACCOUNT
    changes: Changes = field(default_factory=Changes)
    announced: list[frozenset[int]] = field(default_factory=list)
    outbox: Outbox = field(init=False)
    archive: Archive = field(init=False)

    def __post_init__(self) -> None:
        self.outbox = Outbox(self.database, self.account, self.changes)
        self.archive = Archive(self.database, self.account, self.changes)
        self.changes.subscribe(self.announced.append)

    def fax(self, fax: int) -> Fax:
        (found,) = self.archive.rows([fax])
        return found

    async def known_jobs(self) -> frozenset[str]:
        """Which of all jobs that are named anywhere in the archive are known as sent from here."""
        sql = "SELECT job_id FROM fax UNION SELECT job_id FROM attempt"
        named = self.database.read(lambda connection: [row[0] for row in connection.execute(sql)])
        return await self.outbox.known_among(named)

    async def queue(self, number: str = "+14155550100", *, form: Form = FORM, wait: float = 0) -> int:
        now = self.clock()
        due_at = now + timedelta(seconds=wait)
        waiting = Waiting.UNDO if wait else Waiting.TURN
        return await self.outbox.queue(form, FaxNumber(number), DOCUMENT, 3, 4711, now, due_at, waiting)

    async def claim(self, number: str = "+14155550100") -> Claim:
        """Queue a fax and take it out to be sent."""
        await self.queue(number)
        claim = await self.outbox.claim(self.clock())
        assert claim is not None
        return claim

    async def accept(self, number: str = "+14155550100", job_id: str = "7204418") -> Claim:
        claim = await self.claim(number)
        await self.outbox.handed_over(claim.attempt, self.clock())
        await self.outbox.accepted(claim.attempt, job_id, self.clock())
        return claim

    async def receive(self, job_id: str, number: str = "+442079460000") -> int:
        report = ReceivedReport(job_id, f"t{job_id}", number, "+13125550111", self.clock())
        fax = await self.archive.add_received(report, DOCUMENT, 1, 100, self.clock())
        assert fax is not None
        return fax

    async def in_state(self, state: State) -> tuple[int, int]:
        """A fax that came into this state step by step, and its latest attempt (0 if there was none)."""
        now = self.clock()
        if state is State.RECEIVED:
            return await self.receive("1"), 0
        if state is State.DRAFT:
            return await self.outbox.save_draft(FORM, now), 0
        if state is State.QUEUED:
            return await self.queue(), 0
        if state is State.SENDING:
            claim = await self.claim()
        elif state is State.DOUBTFUL:
            claim = await self.claim()
            await self.outbox.doubt(claim.attempt, now)
        else:
            claim = await self.accept(job_id="8")
            if state is not State.ACCEPTED:
                await self.outbox.ended(claim.fax, state, SentReport("8", str(state)), now)
        assert self.fax(claim.fax).state is state
        return claim.fax, claim.attempt


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the archive of a test is."""
    return tmp_path / "profile" / "account" / "archive.sqlite3"


@pytest.fixture
async def database(path: Path) -> AsyncIterator[Database]:
    database = Database(path)
    yield database
    await database.close()


@pytest.fixture
def shop(database: Database, clock: Clock) -> Shop:
    return Shop(database, clock)


@pytest.fixture
async def another(path: Path, clock: Clock) -> AsyncIterator[Callable[..., Shop]]:
    """Opens more shops on the same file, each with connections of its own, as another process has."""
    opened: list[Database] = []

    def open_shop(account: str = ACCOUNT) -> Shop:
        opened.append(Database(path))
        return Shop(opened[-1], clock, account)

    yield open_shop
    for database in opened:
        await database.close()


@pytest.fixture
def full_disk() -> Callable[..., AbstractContextManager[None]]:
    """Within it no file of this process grows beyond 1000 bytes, or as many as it is told."""
    if sys.platform == "win32":
        pytest.skip("Windows has no such limit")
    import resource

    @contextmanager
    def limited(most: int = 1000) -> Iterator[None]:
        soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
        try:
            yield
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))

    return limited
