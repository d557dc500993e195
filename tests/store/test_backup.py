"""Before an archive changes its shape there is a copy of it, whole; without the copy nothing changes."""

import asyncio
import shutil
import sqlite3
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing
from pathlib import Path

import pytest

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store import backup
from ifax_desktop.store.database import Database
from ifax_desktop.store.schema import MIGRATIONS, migrate
from ifax_desktop.store.sqlite_words import DAMAGED

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such permissions")

INSERT = "INSERT INTO fax (account, direction, state, number, digits, created_at) VALUES ('a', 'sent', 'draft', ?, '', 7)"


def steps(folder: Path, newest: int, **more: str) -> Path:
    """A folder with the first of our steps, and with steps of a test after them."""
    folder.mkdir()
    for file in MIGRATIONS.glob("*.sql"):
        if int(file.name[:4]) <= newest:
            shutil.copy(file, folder)
    for name, sql in more.items():
        (folder / f"{name.removeprefix('n')}.sql").write_text(sql)
    return folder


def rows(path: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        return connection.execute("SELECT number FROM fax ORDER BY id").fetchall()


def version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def names(path: Path) -> list[str]:
    return sorted(file.name for file in path.parent.iterdir())


@pytest.fixture
def old(path: Path, tmp_path: Path) -> Iterator[Path]:
    """An archive of the first version with two faxes, both in its log only."""
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA wal_autocheckpoint = 0")
        migrate(connection, steps(tmp_path / "first", 1))
        connection.execute(INSERT, ("one",))
        connection.execute(INSERT, ("two",))
        yield path


@pytest.fixture
def closed(path: Path, tmp_path: Path) -> Path:
    """The same, closed by the program that wrote it."""
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        migrate(connection, steps(tmp_path / "first", 1))
        connection.execute(INSERT, ("one",))
    return path


@posix
async def test_the_copy_holds_what_is_in_the_log_and_belongs_to_the_user_alone(old: Path) -> None:
    await Database(old).close()
    [copy] = backup.copies(old)
    assert copy.name == "archive.version-1.sqlite3"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert (rows(copy), version(copy)) == ([("one",), ("two",)], 1)
    assert version(old) > 1


async def test_neither_a_new_archive_nor_one_that_is_up_to_date_is_copied(path: Path) -> None:
    for _ in range(2):
        await Database(path).close()
    assert names(path) == [path.name]


async def test_the_copies_of_the_last_two_versions_are_kept(closed: Path, tmp_path: Path) -> None:
    for newest in (2, 3, 4):
        await Database(closed, steps(tmp_path / str(newest), newest)).close()
    assert [copy.name for copy in backup.copies(closed)] == [
        "archive.version-3.sqlite3",
        "archive.version-2.sqlite3",
    ]
    assert names(closed) == sorted([closed.name, *(copy.name for copy in backup.copies(closed))])


async def test_without_room_for_the_copy_nothing_changes(
    closed: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = closed.read_bytes()
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100, 99, 1))
    with pytest.raises(StorageFailed, match="Make 1 MB of room, then start iFax Desktop again"):
        Database(closed)
    assert closed.read_bytes() == before
    assert backup.copies(closed) == []


async def test_a_disk_that_fills_up_meanwhile_changes_nothing(
    closed: Path, full_disk: Callable[..., AbstractContextManager[None]]
) -> None:
    before = closed.read_bytes()
    assert len(before) > 40_000
    with full_disk(40_000), pytest.raises(StorageFailed, match="The archive was left as it is"):
        Database(closed)
    assert closed.read_bytes() == before
    assert [name for name in names(closed) if "version" in name] == []
    await Database(closed).close()
    assert [copy.name for copy in backup.copies(closed)] == ["archive.version-1.sqlite3"]


@pytest.mark.parametrize(
    "bad", ["DELETE FROM fax;\nNONSENSE;", "DELETE FROM fax;\nINSERT INTO fax (id) VALUES (1);"]
)
async def test_a_step_that_does_not_work_says_where_the_copy_is(
    closed: Path, tmp_path: Path, bad: str
) -> None:
    shape = steps(tmp_path / "bad", 2, n0003_bad=bad)
    with pytest.raises(StorageFailed, match="left as it is") as caught:
        Database(closed, shape)
    [copy] = backup.copies(closed)
    assert f"“{copy}”" in str(caught.value)
    assert (rows(closed), version(closed)) == ([("one",)], 1)
    assert rows(copy) == [("one",)]
    database = Database(closed, tmp_path / "first")
    await database.close()


async def test_many_bring_an_archive_up_to_date_together(old: Path) -> None:
    def open_once() -> None:
        asyncio.run(Database(old).close())

    with ThreadPoolExecutor(8) as pool:
        await asyncio.gather(*(asyncio.get_running_loop().run_in_executor(pool, open_once) for _ in range(8)))
    assert [version(copy) for copy in backup.copies(old)] == [1]


async def test_a_damaged_archive_names_the_copies(closed: Path) -> None:
    await Database(closed).close()
    closed.write_bytes(b"not a database, " * 1000)
    with pytest.raises(StorageFailed, match=DAMAGED) as caught:
        Database(closed)
    assert "“archive.version-1.sqlite3” of " in str(caught.value)
    assert f"Folder: {closed.parent}" in str(caught.value)
    # What the sentence says is what helps.
    [copy] = backup.copies(closed)
    for file in closed.parent.glob(f"{closed.name}*"):
        file.unlink()
    copy.rename(closed)
    restored = Database(closed)
    assert restored.read(lambda connection: connection.execute("SELECT number FROM fax").fetchall()) == [
        ("one",)
    ]
    await restored.close()
