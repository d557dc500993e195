"""Everything of an archive into one file and out of one: nothing is lost, doubled, sent by itself, or half taken."""

import asyncio
import hashlib
import io
import json
import random
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from ifax_desktop.delivery.bundles import Bundles
from ifax_desktop.domain.deeds import Deed, Outcome
from ifax_desktop.domain.errors import FaxError, ImportRefused, NotCertain, StorageFailed
from ifax_desktop.domain.fax import Attachment, Direction, Happening, State
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.bundle import ALONE, CONTENTS, DOCUMENTS, PARTS, ROWS, STAY
from ifax_desktop.store.database import Database
from ifax_desktop.store.facts import Fact, Facts
from ifax_desktop.store.files import Files
from ifax_desktop.store.finding import Query
from ifax_desktop.store.importing import Imported
from ifax_desktop.store.ledger import Ledger
from ifax_desktop.store.numbers import Numbers
from tests.store.conftest import FORM, Clock, Shop

posix = pytest.mark.skipif(sys.platform == "win32", reason="modes and limits of Unix")
OFFICE, BRANCH = "a" * 32, "b" * 32
LETTER, SCAN = b"%PDF-1.7 a letter", b"%PDF-1.7 a scan" * 5000


@dataclass
class Place:
    """An archive with its documents, somewhere."""

    folder: Path
    account: str
    clock: Clock
    database: Database = field(init=False)
    progress: list[tuple[int, int]] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.database = Database(self.folder / "archive.sqlite3")
        self.files = Files(self.folder / "documents")
        self.shop = Shop(self.database, self.clock, self.account)
        self.bundles = Bundles(self.database, self.files, self.account, self.shop.changes, self.clock)

    async def export(self, target: Path) -> Path:
        await self.bundles.export(target, self.tell)
        return target

    async def take_in(self, path: Path, *, ours: bool = False) -> Imported:
        return await self.bundles.take_in(path, self.tell, ours=ours)

    def tell(self, done: int, whole: int) -> None:
        self.progress.append((done, whole))

    def rows(self, table: str, what: str = "*") -> list[tuple[Any, ...]]:
        sql = f"SELECT {what} FROM {table} ORDER BY 1"  # noqa: S608 - names of this test
        return self.database.read(lambda connection: connection.execute(sql).fetchall())

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows but those of this copy alone, and all documents."""
        tables = ("fax", *PARTS, "own_number", "deleted_fax", "awaited", "intent", "fact", "tally")
        kept = {table: self.rows(table) for table in tables}
        return {**kept, "documents": [(str(path),) for path in self.documents()]}

    def documents(self) -> list[str]:
        folder = self.folder / "documents"
        return sorted(path.name for path in folder.rglob("*") if path.is_file())

    async def document(self, content: bytes) -> str:
        return await self.files.put(content)


@pytest.fixture
def clock() -> Clock:
    return Clock()


Open = Callable[..., Place]


@pytest.fixture
async def place(tmp_path: Path, clock: Clock) -> AsyncIterator[Open]:
    opened: list[Place] = []

    def make(name: str, account: str = OFFICE) -> Place:
        opened.append(Place(tmp_path / name, account, clock))
        return opened[-1]

    yield make
    for each in opened:
        await each.database.close()


@dataclass(frozen=True)
class Day:
    """The faxes of a place that was used."""

    draft: int
    waiting: int
    sending: int
    accepted: int
    doubtful: int
    delivered: int
    received: int


async def fill(here: Place) -> Day:
    """A fax in every state, with real documents."""
    shop, clock = here.shop, here.clock
    letter, scan = await here.document(LETTER), await here.document(SCAN)
    form = Form(
        "+12025550143",
        "Dr. Ames",
        "+12025550119",
        (Attachment("letter.pdf", letter, 2),),
        FORM.cover,
        FORM.quality,
    )
    await Numbers(here.database, here.account).replace([OwnNumber("+12025550119", "77", "770")], clock())
    states = (
        State.DRAFT, State.DELIVERED, State.DOUBTFUL, State.ACCEPTED, State.SENDING, State.QUEUED, State.RECEIVED,
    )  # fmt: skip
    made: dict[State, int] = {}
    for place, state in enumerate(states):
        clock.forward(60)
        if state is State.RECEIVED:
            made[state] = await shop.receive("500", "+13125550188")
        elif state is State.DRAFT:
            made[state] = await shop.outbox.save_draft(form, clock())
        else:
            made[state] = await send(here, form, state, f"+1202555011{place}", str(900 + place))
    await here.database.run(
        lambda connection: connection.execute("UPDATE fax SET document = ? WHERE document <> ''", (scan,))
    )
    return Day(*(made[state] for state in (
        State.DRAFT, State.QUEUED, State.SENDING, State.ACCEPTED, State.DOUBTFUL, State.DELIVERED, State.RECEIVED,
    )))  # fmt: skip


async def send(here: Place, form: Form, state: State, number: str, job: str) -> int:
    from ifax_desktop.domain.fax import Waiting
    from ifax_desktop.domain.number import FaxNumber

    shop, now = here.shop, here.clock()
    fax = await shop.outbox.queue(form, FaxNumber(number), "d" * 64, 3, 4711, now, now, Waiting.TURN)
    if state is State.QUEUED:
        return fax
    claim = await shop.outbox.claim(now, timedelta(hours=12))
    assert claim is not None
    assert claim.fax == fax
    if state is State.SENDING:
        return fax
    await shop.outbox.handed_over(claim.attempt, now)
    if state is State.DOUBTFUL:
        await shop.outbox.doubt(claim.attempt, now, "lost")
        return fax
    await shop.outbox.accepted(claim.attempt, job, now)
    if state is not State.ACCEPTED:
        await shop.outbox.ended(fax, state, SentReport(job, str(state), raw={"jobId": job}), now)
    return fax


def by_uid(here: Place) -> dict[int, int]:
    return dict(here.rows("fax", "uid, id"))


async def test_a_new_place_has_everything_and_sends_nothing_by_itself(place: Open, tmp_path: Path) -> None:
    old = place("old")
    day = await fill(old)
    exported = await old.bundles.export(tmp_path / "all.zip", old.tell)
    assert (exported.faxes, exported.documents, exported.missing) == (7, 2, 0)
    new = place("new", BRANCH)
    overview = await new.bundles.look(tmp_path / "all.zip")
    assert (overview.faxes, overview.documents, overview.is_ours) == (7, 2, True)
    assert overview.written == old.clock()
    done = await new.take_in(tmp_path / "all.zip")
    assert (done.added, done.known, done.drafts, done.doubtful, done.elsewhere) == (7, 0, 1, 1, 0)
    assert new.documents() == old.documents()
    there = {fax: new.shop.fax(id_) for fax, id_ in paired(old, new)}
    assert there[day.draft].state is State.DRAFT
    assert there[day.waiting].state is State.DRAFT
    assert there[day.waiting].due_at is None
    assert there[day.sending].state is State.DOUBTFUL
    assert there[day.doubtful].state is State.DOUBTFUL
    assert there[day.accepted].state is State.ACCEPTED
    assert there[day.delivered].state is State.DELIVERED
    assert there[day.received].state is State.RECEIVED
    for before, after in paired(old, new):
        told, tells = old.shop.archive.detail(before), new.shop.archive.detail(after)
        assert told is not None
        assert tells is not None
        assert tells.events[:-1] == told.events
        assert tells.events[-1].what is Happening.BROUGHT_BACK
        assert (tells.cover, tells.attachments, tells.quality) == (told.cover, told.attachments, told.quality)
        assert new.shop.outbox.form(after) == old.shop.outbox.form(before)
        assert tells.fax.created_at == told.fax.created_at
    assert await new.shop.outbox.claim(new.clock(), timedelta(hours=12)) is None
    assert await new.shop.outbox.recover(new.clock()) == []
    [followed] = await new.shop.outbox.on_their_way()
    assert (followed.job_id, followed.brought_back) == (there[day.accepted].job_id, True)
    assert Facts(new.database, BRANCH).get(Fact.STRANGERS)
    assert [own.number for own in Numbers(new.database, BRANCH).all()] == ["+12025550119"]
    assert await new.files.get(there[day.received].document) == SCAN


def paired(old: Place, new: Place) -> list[tuple[int, int]]:
    """The faxes of one place and what they are in another."""
    key = "created_at, id"
    return [(one[1], other[1]) for one, other in zip(old.rows("fax", key), new.rows("fax", key), strict=True)]


async def test_twice_changes_nothing(place: Open, tmp_path: Path) -> None:
    old, new = place("old"), place("new", BRANCH)
    await fill(old)
    await old.export(tmp_path / "all.zip")
    await new.take_in(tmp_path / "all.zip")
    before = new.everything()
    done = await new.take_in(tmp_path / "all.zip")
    assert (done.added, done.known, done.documents) == (0, 7, 0)
    assert new.everything() == before


async def test_where_it_came_from_nothing_changes_either(place: Open, tmp_path: Path) -> None:
    here = place("here")
    await fill(here)
    await here.export(tmp_path / "all.zip")
    before = here.everything()
    done = await here.take_in(tmp_path / "all.zip")
    assert (done.added, done.known) == (0, 7)
    assert here.everything() == before


async def test_round_and_round_nothing_is_lost_or_doubled(place: Open, tmp_path: Path) -> None:
    first, second, third = place("1"), place("2", BRANCH), place("3", "c" * 32)
    await fill(first)
    await first.export(tmp_path / "1.zip")
    await second.take_in(tmp_path / "1.zip")
    await second.export(tmp_path / "2.zip")
    await third.take_in(tmp_path / "2.zip")
    await third.export(tmp_path / "3.zip")
    assert (await first.bundles.look(tmp_path / "3.zip")).is_ours
    done = await first.take_in(tmp_path / "3.zip")
    assert (done.added, done.known) == (0, 7)
    assert sorted(by_uid(first)) == sorted(by_uid(third))


async def test_what_goes_on_after_an_export_stays_when_it_comes_back(place: Open, tmp_path: Path) -> None:
    here = place("here")
    day = await fill(here)
    await here.export(tmp_path / "all.zip")
    job = here.shop.fax(day.accepted).job_id
    await here.shop.outbox.ended(
        day.accepted, State.DELIVERED, SentReport(job, "delivered"), here.clock.forward(60)
    )
    await here.shop.outbox.claim(here.clock(), timedelta(hours=12))
    await here.shop.outbox.discard(day.draft)
    done = await here.take_in(tmp_path / "all.zip")
    assert (done.added, done.known) == (1, 6)  # the draft that was discarded comes back
    assert here.shop.fax(day.accepted).state is State.DELIVERED
    assert here.shop.fax(day.waiting).state is State.SENDING


async def test_faxes_of_another_account_keep_it_and_are_followed_by_nobody(
    place: Open, tmp_path: Path
) -> None:
    old, new = place("old"), place("new", BRANCH)
    await fill(old)
    await old.export(tmp_path / "all.zip")
    await new.shop.receive("1")
    assert not (await new.bundles.look(tmp_path / "all.zip")).is_ours
    done = await new.take_in(tmp_path / "all.zip")
    assert (done.added, done.elsewhere, done.doubtful) == (7, 7, 2)
    assert await new.shop.outbox.on_their_way() == []
    assert len(await new.shop.archive.ids(Query(Direction.SENT))) == 0
    theirs = Shop(new.database, new.clock, OFFICE)
    assert len(await theirs.archive.ids(Query(Direction.SENT))) == 6
    assert await theirs.outbox.on_their_way() == []
    # The user thinks again: it is the same account after all.
    again = await new.take_in(tmp_path / "all.zip", ours=True)
    assert (again.added, again.known) == (0, 7)
    assert len(await new.shop.archive.ids(Query(Direction.SENT))) == 6
    assert len(await new.shop.archive.ids(Query(Direction.RECEIVED))) == 2


async def test_a_number_in_both_says_that_it_is_the_same_account(place: Open, tmp_path: Path) -> None:
    old, new = place("old"), place("new", BRANCH)
    await fill(old)
    await old.export(tmp_path / "all.zip")
    await new.shop.receive("1")
    await Numbers(new.database, BRANCH).replace([OwnNumber("+12025550119", "77", "770")], new.clock())
    assert (await new.bundles.look(tmp_path / "all.zip")).is_ours
    assert (await new.take_in(tmp_path / "all.zip")).elsewhere == 0


async def test_what_the_list_showed_as_somebody_elses_becomes_the_fax_itself(
    place: Open, tmp_path: Path
) -> None:
    old, new = place("old"), place("new", BRANCH)
    day = await fill(old)
    await old.export(tmp_path / "all.zip")
    job = old.shop.fax(day.delivered).job_id
    seen = SentReport(job, "delivered", to_number="+12025550111", pages=3)
    assert await new.shop.archive.add_elsewhere([seen], new.clock()) == 1
    done = await new.take_in(tmp_path / "all.zip", ours=True)
    assert done.added == 7
    [fax] = [
        fax
        for fax in new.shop.archive.rows(await new.shop.archive.ids(Query(Direction.SENT)))
        if fax.job_id == job
    ]
    assert (fax.elsewhere, fax.name) == (False, "Dr. Ames")


async def test_a_fax_of_another_program_comes_along_once(place: Open, tmp_path: Path) -> None:
    old, new = place("old"), place("new", BRANCH)
    seen = SentReport("4711", "delivered", to_number="+12025550111", pages=3, raw={"jobId": "4711"})
    await old.shop.archive.add_elsewhere([seen], old.clock())
    await old.export(tmp_path / "all.zip")
    for added in (1, 0):
        assert (await new.take_in(tmp_path / "all.zip")).added == added
    assert len(new.rows("seen_elsewhere")) == 1


async def test_what_was_deleted_stays_deleted(place: Open, tmp_path: Path) -> None:
    old, new = place("old"), place("new", BRANCH)
    day = await fill(old)
    await old.export(tmp_path / "before.zip")
    await old.shop.archive.delete([day.received, day.delivered], old.clock())
    done = await old.take_in(tmp_path / "before.zip")
    assert (done.added, done.known, done.deleted) == (0, 5, 2)
    await old.export(tmp_path / "after.zip")
    await new.take_in(tmp_path / "after.zip")
    assert len(new.rows("deleted_fax")) == 2
    assert (await new.take_in(tmp_path / "before.zip", ours=True)).deleted == 2


async def test_a_deletion_elsewhere_deletes_nothing_here(place: Open, tmp_path: Path) -> None:
    old, new = place("old"), place("new", BRANCH)
    day = await fill(old)
    await old.export(tmp_path / "before.zip")
    await new.take_in(tmp_path / "before.zip")
    await old.shop.archive.delete([day.received], old.clock())
    await old.export(tmp_path / "after.zip")
    assert (await new.take_in(tmp_path / "after.zip", ours=True)).known == 6
    assert len(new.rows("fax")) == 7
    assert new.rows("deleted_fax") == []


async def test_deeds_come_along_and_one_under_way_is_not_certain(place: Open, tmp_path: Path) -> None:
    old, new = place("old"), place("new", BRANCH)
    ledger = Ledger(old.database, OFFICE)
    done = await ledger.begin(Deed.RELEASE, "77", {"number": "+1"}, old.clock())
    await ledger.end(done, Outcome.DONE, old.clock())
    await ledger.begin(Deed.BUY, "+12025550162", {}, old.clock())
    await old.export(tmp_path / "all.zip")
    for _ in range(2):
        await new.take_in(tmp_path / "all.zip")
    brought = Ledger(new.database, BRANCH)
    assert [intent.outcome for intent in await brought.all()] == [Outcome.DONE, Outcome.NOT_CERTAIN]
    with pytest.raises(NotCertain):
        await brought.begin(Deed.BUY, "+12025550163", {}, new.clock())


async def test_the_ledger_of_discarded_faxes_comes_along(place: Open, tmp_path: Path) -> None:
    old, new = place("old"), place("new", BRANCH)
    day = await fill(old)
    await old.shop.archive.delete([day.delivered], old.clock())
    jobs = {row[0] for row in old.rows("attempt", "job_id")}
    await old.export(tmp_path / "all.zip")
    for _ in range(2):
        await new.take_in(tmp_path / "all.zip")
    assert {row[0] for row in new.rows("attempt", "job_id")} == jobs
    assert len(new.rows("attempt")) == len(old.rows("attempt"))
    assert await new.shop.known_jobs() == jobs - {""}


async def test_words_read_in_documents_come_along(place: Open, tmp_path: Path) -> None:
    old, new = place("old"), place("new", BRANCH)
    day = await fill(old)
    await old.database.run(
        lambda connection: connection.execute(
            "UPDATE search_text SET words = 'haemoglobin' WHERE fax = ?", (day.received,)
        )
    )
    await old.export(tmp_path / "all.zip")
    await new.take_in(tmp_path / "all.zip")
    assert ("haemoglobin",) in new.rows("search_text", "words")


async def test_a_document_that_is_gone_is_said_and_healed_by_a_file_that_has_it(
    place: Open, tmp_path: Path
) -> None:
    here = place("here")
    day = await fill(here)
    await here.export(tmp_path / "whole.zip")
    letter, scan = hashlib.sha256(LETTER).hexdigest(), hashlib.sha256(SCAN).hexdigest()
    here.files.path(letter).unlink()
    here.files.path(scan).write_bytes(b"damaged")
    exported = await here.bundles.export(tmp_path / "holes.zip", here.tell)
    assert (exported.documents, exported.missing) == (0, 2)
    new = place("new", BRANCH)
    assert (await new.take_in(tmp_path / "holes.zip")).added == 7
    done = await here.take_in(tmp_path / "whole.zip")
    assert (done.added, done.documents) == (0, 2)
    assert await here.files.get(letter) == LETTER
    assert await here.files.get(here.shop.fax(day.received).document) == SCAN
    assert (await new.take_in(tmp_path / "whole.zip", ours=True)).documents == 2


@posix
async def test_the_file_is_a_plain_zip_for_the_user_alone(place: Open, tmp_path: Path) -> None:
    here = place("here")
    await fill(here)
    path = tmp_path / "all.zip"
    path.write_bytes(b"an older one")
    path.chmod(0o644)
    await here.export(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in tmp_path.iterdir() if file.name.endswith(".part")] == []
    with zipfile.ZipFile(path) as file:
        assert file.testzip() is None
        names = set(file.namelist())
        letter = hashlib.sha256(LETTER).hexdigest()
        assert file.read(f"{DOCUMENTS}{letter}") == LETTER
        assert {info.compress_type for info in file.infolist()} == {zipfile.ZIP_STORED}
    assert {CONTENTS, ROWS} < names
    assert "sealed" not in path.read_bytes().decode("latin-1")


def test_every_table_goes_into_the_file_or_has_a_reason_to_stay(place: Open) -> None:
    found = place("here").rows("sqlite_master", "name, type, sql")
    tables = {
        name
        for name, kind, _ in found
        if kind == "table" and not name.startswith(("sqlite_", "search_index"))
    }
    assert tables == {"fax", *PARTS, *ALONE, *STAY}


async def test_the_way_is_told_and_ends(place: Open, tmp_path: Path) -> None:
    old, new = place("old"), place("new", BRANCH)
    await fill(old)
    await old.export(tmp_path / "all.zip")
    assert old.progress == sorted(old.progress)
    assert old.progress[-1] == (9, 9)
    await new.take_in(tmp_path / "all.zip")
    assert new.progress[-1] == (7, 7)


# Files from nowhere


def told(file: zipfile.ZipFile) -> dict[str, Any]:
    contents: dict[str, Any] = json.loads(file.read(CONTENTS))
    return contents


def rebuilt(
    good: Path,
    *,
    contents: Callable[[dict[str, Any]], None] = lambda _: None,
    lines: Callable[[list[dict[str, Any]]], None] = lambda _: None,
    raw_lines: Callable[[bytes], bytes] = lambda raw: raw,
    member: Callable[[str, bytes], tuple[str, bytes]] = lambda name, content: (name, content),
    more: dict[str, bytes] | None = None,
    compress: int = zipfile.ZIP_STORED,
) -> bytes:
    """The good file with something else in it, and all its sums right again."""
    with zipfile.ZipFile(good) as file:
        rows = [json.loads(line) for line in file.read(ROWS).splitlines()]
        lines(rows)
        raw = raw_lines(b"".join(json.dumps(row).encode() + b"\n" for row in rows))
        list_of_contents = told(file) | {"rows": hashlib.sha256(raw).hexdigest()}
        contents(list_of_contents)
        parts = {name: file.read(name) for name in file.namelist()}
    parts |= {ROWS: raw, CONTENTS: json.dumps(list_of_contents).encode(), **(more or {})}
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", compress) as new:
        for name, content in parts.items():
            new.writestr(*member(name, content))
    return made.getvalue()


def fax_of(rows: list[dict[str, Any]], state: str = "delivered") -> dict[str, Any]:
    return next(row for row in rows if "fax" in row and row["fax"]["state"] == state)


def set_in(place: str, **values: Any) -> Callable[[list[dict[str, Any]]], None]:
    def change(rows: list[dict[str, Any]]) -> None:
        part = fax_of(rows)[place]
        (part if isinstance(part, dict) else part[0]).update(values)

    return change


def renamed(old: str, new: str) -> Callable[[str, bytes], tuple[str, bytes]]:
    """The first of these has another name."""
    names = [new]
    return lambda name, content: (names.pop() if names and name.startswith(old) else name, content)


def other_bytes(name: str, content: bytes) -> tuple[str, bytes]:
    return name, content[::-1] if name.startswith(DOCUMENTS) else content


def encrypted(raw: bytes) -> bytes:
    made = bytearray(raw)
    at = 0
    while (at := raw.find(b"PK\x01\x02", at)) >= 0:
        made[at + 8] |= 1
        at += 4
    return bytes(made)


def overlapping(raw: bytes) -> bytes:
    """Two entries of the list of contents that lead to the same bytes, as a zip bomb has them."""
    made = bytearray(raw)
    entries = [at for at in range(len(raw)) if raw[at : at + 4] == b"PK\x01\x02"]
    documents = [at for at in entries if raw[at + 46 :].startswith(DOCUMENTS.encode())]
    made[documents[1] + 42 : documents[1] + 46] = raw[documents[0] + 42 : documents[0] + 46]
    return bytes(made)


def twice(rows: list[dict[str, Any]]) -> None:
    fax = fax_of(rows)
    rows.append(fax)


HOSTILE: dict[str, Callable[[Path], bytes]] = {
    "nothing": lambda good: b"",
    "no zip": lambda good: b"MZ" + good.read_bytes()[2:] if False else b"This is a letter. " * 100,
    "another zip": lambda good: _plain_zip({"letter.txt": b"hello"}),
    "cut off": lambda good: good.read_bytes()[:-30],
    "half": lambda good: good.read_bytes()[: good.stat().st_size // 2],
    "compressed": lambda good: rebuilt(good, compress=zipfile.ZIP_DEFLATED),
    "bomb": lambda good: rebuilt(
        good, more={f"{DOCUMENTS}{'0' * 64}": bytes(30_000_000)}, compress=zipfile.ZIP_DEFLATED
    ),
    "encrypted": lambda good: encrypted(good.read_bytes()),
    "overlapping": lambda good: overlapping(good.read_bytes()),
    "absolute path": lambda good: rebuilt(good, more={"/etc/cron.d/evil": b"x"}),
    "way up": lambda good: rebuilt(good, more={"documents/../../evil": b"x"}),
    "windows path": lambda good: rebuilt(good, more={"documents\\" + "0" * 64: b"x"}),
    "name in capitals": lambda good: rebuilt(good, more={f"{DOCUMENTS}{'A' * 64}": b"x"}),
    "document of another name": lambda good: rebuilt(good, member=other_bytes),
    "document nobody counted": lambda good: rebuilt(good, more={f"{DOCUMENTS}{'0' * 64}": b"x"}),
    "document missing": lambda good: rebuilt(good, member=renamed(DOCUMENTS, f"{DOCUMENTS}{'0' * 64}")),
    "rows changed": lambda good: rebuilt(good, contents=lambda told: told.update(rows="0" * 64)),
    "faxes miscounted": lambda good: rebuilt(good, contents=lambda told: told.update(faxes=8)),
    "contents no object": lambda good: _with(good, CONTENTS, b"[]"),
    "contents no json": lambda good: _with(good, CONTENTS, b"{"),
    "contents deep": lambda good: _with(good, CONTENTS, b"[" * 100_000),
    "no date": lambda good: rebuilt(good, contents=lambda told: told.update(written="yesterday")),
    "faxes below zero": lambda good: rebuilt(good, contents=lambda told: told.update(faxes=-1)),
    "missing no list": lambda good: rebuilt(good, contents=lambda told: told.update(missing=7)),
    "missing no hash": lambda good: rebuilt(good, contents=lambda told: told.update(missing=["../x"])),
    "accounts no object": lambda good: rebuilt(good, contents=lambda told: told.update(accounts=[])),
    "line no json": lambda good: rebuilt(good, raw_lines=lambda raw: raw + b"{'a'}\n"),
    "line without end": lambda good: rebuilt(good, raw_lines=lambda raw: raw + b"{}"),
    "line deep": lambda good: rebuilt(good, raw_lines=lambda raw: raw + b"[" * 100_000 + b"\n"),
    "line no object": lambda good: rebuilt(good, raw_lines=lambda raw: raw + b"[1]\n"),
    "line not utf-8": lambda good: rebuilt(good, raw_lines=lambda raw: raw + b'{"table":"\xff"}\n'),
    "endless number": lambda good: rebuilt(good, raw_lines=lambda raw: raw + b"9" * 10_000 + b"\n"),
    "unknown table": lambda good: rebuilt(
        good, lines=lambda rows: rows.append({"table": "sqlite_master", "row": {"account": "a"}})
    ),
    "table as code": lambda good: rebuilt(
        good, lines=lambda rows: rows.append({"table": "fax; DROP TABLE fax", "row": {}})
    ),
    "unknown part": lambda good: rebuilt(good, lines=lambda rows: fax_of(rows).update(seal=[{"token": ""}])),
    "part no list": lambda good: rebuilt(good, lines=lambda rows: fax_of(rows).update(event={"at": 1})),
    "a secret fact": lambda good: rebuilt(
        good,
        lines=lambda rows: rows.append(
            {"table": "fact", "row": {"account": OFFICE, "name": "consent fax_cancel", "value": "given"}}
        ),
    ),
    "column as code": lambda good: rebuilt(good, lines=set_in("fax", **{'id") VALUES (1); --': 1})),
    "an id of its own": lambda good: rebuilt(good, lines=set_in("fax", id=1)),
    "text for a number": lambda good: rebuilt(good, lines=set_in("fax", created_at="now")),
    "number for a text": lambda good: rebuilt(good, lines=set_in("fax", number=5)),
    "nothing for a text": lambda good: rebuilt(good, lines=set_in("fax", number=None)),
    "yes for a number": lambda good: rebuilt(good, lines=set_in("fax", unread=True)),
    "no number": lambda good: rebuilt(
        good, lines=set_in("fax", pages=7), raw_lines=lambda raw: raw.replace(b'"pages": 7', b'"pages": NaN')
    ),
    "half a sign": lambda good: rebuilt(good, lines=set_in("fax", name="\ud800")),
    "too large": lambda good: rebuilt(good, lines=set_in("fax", uid=1 << 63)),
    "too late": lambda good: rebuilt(good, lines=set_in("fax", created_at=1 << 60)),
    "before time": lambda good: rebuilt(good, lines=set_in("fax", ended_at=-1)),
    "too long": lambda good: rebuilt(good, lines=set_in("fax", name="x" * 2_000_000)),
    "unknown state": lambda good: rebuilt(good, lines=set_in("fax", state="flying")),
    "unknown quality": lambda good: rebuilt(good, lines=set_in("fax", quality="8K")),
    "unknown event": lambda good: rebuilt(good, lines=set_in("event", what="exploded")),
    "unknown cover": lambda good: rebuilt(good, lines=set_in("cover", kind="hard")),
    "raw no object": lambda good: rebuilt(good, lines=set_in("attempt", raw="[1]")),
    "hash no hash": lambda good: rebuilt(good, lines=set_in("fax", document="../../etc/passwd")),
    "sent and received": lambda good: rebuilt(good, lines=set_in("fax", direction="received")),
    "attempt of nobody": lambda good: rebuilt(good, lines=set_in("fax", attempt=5)),
    "attempt of somebody else": lambda good: rebuilt(good, lines=set_in("attempt", account="x")),
    "no account": lambda good: rebuilt(good, lines=set_in("fax", account="")),
    "cover twice": lambda good: rebuilt(
        good, lines=lambda rows: fax_of(rows)["cover"].append(fax_of(rows)["cover"][0])
    ),
    "same attempt twice": lambda good: rebuilt(
        good, lines=lambda rows: fax_of(rows)["attempt"].append(fax_of(rows)["attempt"][0])
    ),
}
NEWER: dict[str, Callable[[Path], bytes]] = {
    "newer form": lambda good: rebuilt(good, contents=lambda told: told.update(format=2)),
    "newer shape": lambda good: rebuilt(good, contents=lambda told: told.update(schema=9999)),
}


def _plain_zip(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return made.getvalue()


def _with(good: Path, name: str, content: bytes) -> bytes:
    with zipfile.ZipFile(good) as file:
        return _plain_zip({one: file.read(one) for one in file.namelist()} | {name: content})


@asynccontextmanager
async def untouched(here: Place) -> AsyncIterator[None]:
    """Within it nothing of a place may change."""
    before, outside = here.everything(), sorted(here.folder.parent.iterdir())
    yield
    assert here.everything() == before
    assert sorted(here.folder.parent.iterdir()) == outside


@pytest.fixture
async def good(place: Open, tmp_path: Path) -> Path:
    old = place("old")
    await fill(old)
    return await old.export(tmp_path / "good.zip")


async def test_the_good_file_built_anew_is_good(place: Open, good: Path, tmp_path: Path) -> None:
    path = tmp_path / "rebuilt.zip"
    path.write_bytes(rebuilt(good))
    assert (await place("new", BRANCH).take_in(path)).added == 7


@pytest.mark.parametrize("kind", HOSTILE)
async def test_a_bad_file_is_refused_and_nothing_of_it_is_left(
    place: Open, good: Path, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "bad.zip"
    path.write_bytes(HOSTILE[kind](good))
    new = place("new", BRANCH)
    await new.shop.receive("1")
    async with untouched(new):
        with pytest.raises(ImportRefused):
            await new.take_in(path)
        await asyncio.gather(new.bundles.look(path), return_exceptions=True)


@pytest.mark.parametrize("kind", NEWER)
async def test_a_file_from_a_newer_program_is_refused(
    place: Open, good: Path, tmp_path: Path, kind: str
) -> None:
    path = tmp_path / "newer.zip"
    path.write_bytes(NEWER[kind](good))
    new = place("new", BRANCH)
    async with untouched(new):
        for ask in (new.bundles.look, new.take_in):
            with pytest.raises(ImportRefused, match="newer version"):
                await ask(path)


async def test_the_same_fax_twice_in_a_file_is_taken_once(place: Open, good: Path, tmp_path: Path) -> None:
    path = tmp_path / "twice.zip"
    path.write_bytes(rebuilt(good, lines=twice, contents=lambda told: told.update(faxes=8)))
    done = await place("new", BRANCH).take_in(path)
    assert (done.added, done.known) == (7, 1)


async def test_no_wish_to_stop_a_fax_comes_with_a_file(place: Open, good: Path, tmp_path: Path) -> None:
    path = tmp_path / "stop.zip"
    path.write_bytes(rebuilt(good, lines=lambda rows: fax_of(rows, "accepted")["fax"].update(stop="wanted")))
    new = place("new", BRANCH)
    await new.take_in(path)
    [followed] = await new.shop.outbox.on_their_way()
    assert followed.stop == ""


async def test_flipped_bits_are_refused_or_change_nothing_that_counts(
    place: Open, good: Path, tmp_path: Path
) -> None:
    chance = random.Random(20261123)
    content = good.read_bytes()
    path = tmp_path / "flipped.zip"
    refused = 0
    for turn in range(150):
        made = bytearray(content)
        # The ends hold what zip files are made of; in the middle there is much of one kind.
        near = chance.choice((0, len(made) - 2000, chance.randrange(len(made))))
        made[min(len(made) - 1, max(0, near) + chance.randrange(2000))] ^= 1 << chance.randrange(8)
        path.write_bytes(made)
        new = place(f"new{turn}", BRANCH)
        try:
            done = await new.take_in(path)
        except FaxError:
            refused += 1
            assert new.rows("fax") == []
            assert new.documents() == []
        else:
            assert done.added == 7
        await new.database.close()
    assert 50 < refused < 150


# What is cut off


async def leave_after(work: "asyncio.Task[Any]", here: Place, steps: int) -> None:
    """Cancel the work once it has told so often how far it is."""
    while len(here.progress) < steps and not work.done():  # noqa: ASYNC110 - nobody tells
        await asyncio.sleep(0)
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)


@pytest.mark.parametrize("steps", [0, 1, 4, 8])
async def test_an_export_somebody_leaves_leaves_nothing(place: Open, tmp_path: Path, steps: int) -> None:
    here = place("here")
    await fill(here)
    target = tmp_path / "out" / "all.zip"
    target.parent.mkdir()
    target.write_bytes(b"an older one")
    work = asyncio.create_task(here.bundles.export(target, here.tell))
    await leave_after(work, here, steps)
    if target.read_bytes() != b"an older one":  # it was done before it could be left
        assert (await place("new", BRANCH).take_in(target)).added == 7
    assert list(target.parent.iterdir()) == [target]


@pytest.mark.parametrize("steps", range(0, 20, 3))
async def test_an_import_somebody_leaves_is_all_or_nothing(place: Open, good: Path, steps: int) -> None:
    new = place("new", BRANCH)
    work = asyncio.create_task(new.bundles.take_in(good, new.tell, ours=False))
    await leave_after(work, new, steps)
    if len(new.rows("fax")) == 0:
        assert new.documents() == []
        assert new.rows("attempt") == []
    assert len(new.rows("fax")) in (0, 7)
    assert (await new.take_in(good)).added + len(new.rows("fax")) in (14, 7)


@posix
@pytest.mark.parametrize("most", [2_000, 20_000, 60_000])
async def test_an_export_onto_a_full_disk_is_said_and_leaves_nothing(
    place: Open, tmp_path: Path, most: int
) -> None:
    here = place("here")
    await fill(here)
    target = tmp_path / "out" / "all.zip"
    target.parent.mkdir()
    with limited(most), pytest.raises(StorageFailed, match="full"):
        await here.bundles.export(target, here.tell)
    assert list(target.parent.iterdir()) == []
    assert await here.export(target) == target


@posix
@pytest.mark.parametrize("most", [1_000, 50_000])
async def test_an_import_onto_a_full_disk_is_said_and_leaves_nothing(
    place: Open, good: Path, most: int
) -> None:
    new = place("new", BRANCH)
    await new.shop.receive("1")
    async with untouched(new):
        with limited(most), pytest.raises(StorageFailed, match="full"):
            await new.take_in(good)
    assert (await new.take_in(good)).added == 7


class limited:  # noqa: N801 - reads like a function
    """No file of this process grows beyond so many bytes."""

    def __init__(self, most: int) -> None:
        self._most = most

    def __enter__(self) -> None:
        import resource

        self._before = resource.getrlimit(resource.RLIMIT_FSIZE)
        resource.setrlimit(resource.RLIMIT_FSIZE, (self._most, self._before[1]))

    def __exit__(self, *_: object) -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_FSIZE, self._before)


KILLED = """
import asyncio, os, signal, sys
from datetime import UTC, datetime
from pathlib import Path
from ifax_desktop.delivery.bundles import Bundles
from ifax_desktop.domain.changes import Changes
from ifax_desktop.store.database import Database
from ifax_desktop.store.files import Files

folder, file, left = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])

def tell(done, whole):
    global left
    left -= 1
    if not left:
        os.kill(os.getpid(), signal.SIGKILL)

async def main():
    database = Database(folder / "archive.sqlite3")
    bundles = Bundles(database, Files(folder / "documents"), "b" * 32, Changes(), lambda: datetime.now(UTC))
    await bundles.take_in(file, tell, ours=True)
    await database.close()

asyncio.run(main())
"""


@posix
@pytest.mark.parametrize("told", [3, 9, 11, 13, 16])
async def test_an_import_that_is_killed_is_all_or_nothing(
    place: Open, good: Path, tmp_path: Path, told: int
) -> None:
    given = [sys.executable, "-c", KILLED, str(tmp_path / "new"), str(good), str(told)]
    ended = await asyncio.to_thread(subprocess.run, given, capture_output=True, check=False, timeout=60)
    assert ended.returncode == -9, ended.stderr
    new = place("new", BRANCH)
    assert (len(new.rows("fax")), len(new.rows("attempt"))) in ((0, 0), (7, 4))
    held = {row[0] for row in new.rows("loose_document", "document")}
    # A part that was still being written lies in `incoming`, which is swept: it is no document yet.
    assert new.files.names() <= held, "what came without its faxes is known, and removed later"
    await new.take_in(good)
    assert len(new.rows("fax")) == 7


async def test_without_room_nothing_is_begun(
    place: Open, good: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import shutil

    new = place("new", BRANCH)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100, 99, 1))
    async with untouched(new):
        with pytest.raises(StorageFailed, match="MB of room"):
            await new.take_in(good)


async def test_a_document_already_noted_as_loose_is_held_again(place: Open, good: Path) -> None:
    new = place("new", BRANCH)
    await new.take_in(good)
    with closing(sqlite3.connect(new.folder / "archive.sqlite3")) as connection:
        assert connection.execute("SELECT count(*) FROM loose_document").fetchone() == (2,)
    assert await new.shop.archive.loose_documents(datetime(2030, 1, 1, tzinfo=UTC)) == []
