"""Every hostile file through the real worker, as the program does it: pages, or one sentence that anybody understands."""

import asyncio
import gc
import os
import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest

from ifax_desktop.delivery.drafts import Drafts
from ifax_desktop.documents.office import Office, is_office
from ifax_desktop.documents.press import Press
from ifax_desktop.documents.protocol import MEGABYTE
from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.errors import DocumentLocked, DocumentUnreadable, FaxError
from ifax_desktop.domain.fax import Attachment
from ifax_desktop.domain.page import PageFormat
from ifax_desktop.domain.sheet import Sheet
from ifax_desktop.store.database import Database
from ifax_desktop.store.files import Files
from ifax_desktop.store.outbox import Outbox
from ifax_desktop.store.settings import Settings
from tests.documents import hostile_files, hostile_places, samples
from tests.documents.fake_children import running
from tests.documents.hostile import Hostile, sentence

SHORT: Final = 2.0
"""Seconds for those that take as long as they are let."""
LONG: Final = 90.0
"""Seconds after which whatever is done here hangs."""
MOST_MORE_MEMORY: Final = 32 * MEGABYTE
JARGON: Final = re.compile(
    r"xref|stream|exception|error|object|parse|decod|byte|memory error|null|none|traceback|\bIO\b|\d{5}|[{}_/\\]|\.py",
    re.IGNORECASE,
)
FEW_PAGES: Final = 2
REAL_OFFICE: Final = bool(shutil.which("soffice"))


class Room:
    """What takes files in and makes pages of them, over a store of its own."""

    def __init__(self, folder: Path, deadline: float) -> None:
        self.database = Database(folder / "archive.sqlite3")
        self.files = Files(folder / "documents")
        self.renderer = Renderer(deadline=deadline)
        outbox = Outbox(self.database, "account", Changes())
        office = Office(None if REAL_OFFICE else [], deadline=deadline)
        self.drafts = Drafts(outbox, self.files, self.renderer, _now, Settings, office=office)
        self.press = Press(self.renderer, self.files.get)

    async def close(self) -> None:
        """End everything."""
        await self.press.close()
        await self.drafts.close()
        await self.renderer.close()
        await self.database.close()


def _now() -> datetime:
    return datetime(2026, 11, 23, tzinfo=UTC)


@pytest.fixture
async def room(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Room]:
    file = request.node.callspec.params.get("file") if hasattr(request.node, "callspec") else None
    made = Room(tmp_path / "profile", SHORT if file and file.slow else LONG - 30)
    yield made
    await made.close()


@pytest.fixture(autouse=True)
def nothing_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No child and no throw-away folder."""
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(scratch))
    children = running() if sys.platform == "linux" else set()
    yield
    assert list(scratch.iterdir()) == []
    if sys.platform == "linux":
        assert running() <= children


@pytest.fixture
def no_memory_kept() -> Iterator[None]:
    """What was read is not kept."""
    before = _memory()
    yield
    gc.collect()
    assert _memory() - before < MOST_MORE_MEMORY


def _memory() -> int:
    """Bytes of this process in memory (Linux)."""
    if sys.platform != "linux":
        return 0
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


def test_the_folder_is_large_and_every_name_is_there_once() -> None:
    names = [file.name for file in hostile_files.FILES]
    assert len(names) == len(set(names)) >= 100


def test_the_same_files_are_written_each_time() -> None:
    for file in hostile_files.FILES:
        salted, long = file.name.startswith("locked-"), file.slow or "-mb" in file.name
        assert salted or long or file.make() == file.make()


@pytest.mark.usefixtures("no_memory_kept")
@pytest.mark.parametrize("file", hostile_files.FILES, ids=lambda file: file.name)
async def test_it_becomes_pages_or_one_plain_sentence(room: Room, tmp_path: Path, file: Hostile) -> None:
    (path,) = hostile_files.write(tmp_path / "given", [file])
    async with asyncio.timeout(LONG):
        try:
            taken = await room.drafts.take(path)
        except DocumentUnreadable as error:
            _check_refusal(file, error)
        else:
            await _check_pages(room, file, taken)
        if file.first or file.slow:  # what read it was ended
            await _check_that_all_goes_on(room, tmp_path)


def _check_refusal(file: Hostile, error: DocumentUnreadable) -> None:
    if is_office(file.name, file.make()) and not REAL_OFFICE:
        said = "need LibreOffice"
    else:
        assert not isinstance(file.comes, int), str(error)
        said = sentence(file.comes)
    assert said in str(error)
    assert str(error).startswith(f"“{file.name}” cannot be added. ")
    assert isinstance(error, DocumentLocked) is (file.comes == "locked")
    _check_words(str(error).partition(" cannot be added. ")[2])


async def _check_pages(room: Room, file: Hostile, taken: Attachment) -> None:
    assert taken == Attachment(file.name, taken.document, taken.pages)
    assert taken.pages == file.comes
    told = [await _page(room, taken, page) for page in range(min(taken.pages, FEW_PAGES))]
    for words in filter(None, told):
        _check_words(words)
    if sys.platform == "linux" or not file.first:  # elsewhere there may be memory enough
        assert told[0] == (sentence(file.first) if file.first else "")


async def _page(room: Room, taken: Attachment, page: int) -> str:
    """Make a page; why not, or ""."""
    try:
        made = await room.press.page(Sheet(taken.document, page), PageFormat())
    except FaxError as error:
        return str(error)
    assert made.code
    return ""


async def _check_that_all_goes_on(room: Room, folder: Path) -> None:
    """A good document is read and made into a page by what read the bad one."""
    good = folder / "good.pdf"
    good.write_bytes(samples.letter())
    taken = await room.drafts.take(good)
    assert await _page(room, taken, 0) == ""


def _check_words(said: str) -> None:
    assert said.endswith(".")
    assert len(said) < 160
    assert not JARGON.search(said.replace("100 MB", "").replace("Adobe Reader", "")), said


async def test_what_is_no_document_at_all_is_told_too(room: Room, tmp_path: Path) -> None:
    folder = tmp_path / "places"
    for name, words in hostile_places.lay_out(folder).items():
        async with asyncio.timeout(LONG):
            with pytest.raises(DocumentUnreadable) as caught:
                await _taken(room, folder / name)
        assert str(caught.value) == f"“{name}” cannot be added. {words}"
        _check_words(words)


async def _taken(room: Room, path: Path) -> None:
    if (await room.drafts.files_in(path)) is None:
        await room.drafts.take(path)


async def test_a_name_that_spoils_a_sentence_is_made_legible(room: Room, tmp_path: Path) -> None:
    called = hostile_places.odd_names(tmp_path / "odd")
    paths = await room.drafts.files_in(tmp_path / "odd")
    taken = [await room.drafts.take(path) for path in paths or ()]
    assert sorted(each.name for each in taken) == sorted(called)
    (tmp_path / "odd" / "two\nlines.bin").write_bytes(samples.RUBBISH)
    with pytest.raises(DocumentUnreadable) as caught:
        await room.drafts.take(tmp_path / "odd" / "two\nlines.bin")
    assert "\n" not in str(caught.value)


async def test_no_file_can_have_such_a_name(room: Room) -> None:
    with pytest.raises(DocumentUnreadable, match=r"The file is not there\.$"):
        await room.drafts.take(Path("/a\0b.pdf"))


async def test_a_file_that_shrinks_and_grows_meanwhile_is_taken_or_told(room: Room, tmp_path: Path) -> None:
    path = tmp_path / "growing.txt"
    path.write_bytes(b"words\n" * 100_000)
    over = threading.Event()

    def change() -> None:
        while not over.is_set():
            os.truncate(path, 0)
            with path.open("ab") as file:
                file.write(b"words\n" * 300_000)

    changing = asyncio.create_task(asyncio.to_thread(change))
    try:
        until = time.monotonic() + 1
        while time.monotonic() < until:
            try:
                assert (await room.drafts.take(path)).pages
            except DocumentUnreadable as error:
                _check_words(str(error).partition(" cannot be added. ")[2])
    finally:
        over.set()
        await changing


async def test_a_folder_without_end_is_not_walked_to_its_end(room: Room, tmp_path: Path) -> None:
    for number in range(300):
        (tmp_path / "large" / f"{number // 10}").mkdir(parents=True, exist_ok=True)
        (tmp_path / "large" / f"{number // 10}" / f"{number}.pdf").touch()
    began = time.perf_counter()
    with pytest.raises(DocumentUnreadable, match="more than 100 files"):
        await room.drafts.files_in(Path("/") if sys.platform == "linux" else tmp_path / "large")
    assert time.perf_counter() - began < LONG
