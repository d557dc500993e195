"""A disk that is really full: every write says so in words, nothing that was kept is lost, and with room it goes on."""

from pathlib import Path

from ifax_desktop.store.words import FULL
from tests.small_disk import on_a_small_disk

ARCHIVE = """
import asyncio
from contextlib import suppress
from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store.database import Database

INSERT = (
    "INSERT INTO fax (account, direction, state, number, digits, name, created_at)"
    " VALUES ('a', 'sent', 'draft', ?, '', ?, 1)"
)

async def add(database, number, size=2000):
    await database.run(lambda connection: connection.execute(INSERT, (str(number), "x" * size)))

def numbers(database):
    return database.read(lambda c: [int(row[0]) for row in c.execute("SELECT number FROM fax ORDER BY id")])

async def add_until_full(database, first):
    kept = first
    while True:
        try:
            await add(database, kept)
        except StorageFailed as error:
            print(error)
            return kept
        kept += 1
"""


def test_commits_until_it_is_full_and_after_it_was(tmp_path: Path) -> None:
    script = """
async def main():
    path = disk / "profile" / "archive.sqlite3"
    database = Database(path)
    (disk / "filler").write_bytes(bytes(1_000_000))
    kept = await add_until_full(database, 0)
    assert numbers(database) == list(range(kept)) and kept > 60, kept
    await database.close()
    database = Database(path)
    assert numbers(database) == list(range(kept))
    empty()
    await database.run(lambda connection: connection.execute("DELETE FROM fax WHERE id <= 50"))
    await add(database, kept)
    assert numbers(database) == list(range(50, kept + 1))
    await database.close()

asyncio.run(main())
"""
    [sentence] = on_a_small_disk(tmp_path / "disk", ARCHIVE, script, size="8m")
    assert sentence == FULL


def test_the_log_takes_commits_that_the_archive_has_no_room_for(tmp_path: Path) -> None:
    """SQLite copies its log into the archive now and then. Where that cannot be, the log is what counts."""
    script = """
async def main():
    path = disk / "profile" / "archive.sqlite3"
    database = Database(path)
    # The log becomes long, and is copied into the archive; from now on it is written over from its beginning.
    await add(database, 0)
    for turn in range(400):
        await database.run(lambda connection: connection.execute("UPDATE fax SET name = ?", (str(turn) * 4000,)))
    log = path.with_name(path.name + "-wal")
    fill()
    size = path.stat().st_size
    kept = 1
    with suppress(StorageFailed):
        while kept < 5000:
            await add(database, kept, 500)
            kept += 1
    print(kept)
    assert numbers(database) == list(range(kept))
    assert path.stat().st_size <= size + 4096, "the archive had no room"
    await database.close()
    database = Database(path)
    assert numbers(database) == list(range(kept))
    empty()
    await add(database, kept)
    await database.close()
    assert not log.exists(), "with room it was copied"
    database = Database(path)
    assert numbers(database) == list(range(kept + 1))
    await database.close()

asyncio.run(main())
"""
    [kept] = on_a_small_disk(tmp_path / "disk", ARCHIVE, script, size="8m")
    assert int(kept) > 10


def test_documents_settings_and_the_seal(tmp_path: Path) -> None:
    script = """
from dataclasses import replace
from datetime import UTC, datetime
from ifax_desktop.store.files import Files
from ifax_desktop.store.seal import Seal
from ifax_desktop.store.settings import SettingsFile

async def said(work):
    try:
        await work
    except StorageFailed as error:
        print(error)
    else:
        print("nothing")

async def save(file, settings):
    file.save(settings)

async def main():
    home = disk / "profile"
    database = Database(home / "archive.sqlite3")
    files, seal, file = Files(home / "documents"), Seal(database, home / "seal"), SettingsFile(home / "settings.json")
    await seal.open(datetime.now(UTC))
    letter = await files.put(b"letter")
    file.save(replace(file.load(), region="DE"))
    fill()
    names = sorted(str(path) for path in disk.rglob("*") if path.is_file())
    await said(files.put(bytes(100_000)))
    await said(save(file, replace(file.load(), region="FR")))
    await said(seal.renew())
    assert sorted(str(path) for path in disk.rglob("*") if path.is_file()) == names, "nothing half is left"
    assert await files.get(letter) == b"letter"
    assert file.load().region == "DE"
    empty()
    await files.put(bytes(100_000))
    file.save(replace(file.load(), region="FR"))
    await seal.renew()
    assert await seal.open(datetime.now(UTC)) is None
    await database.close()

asyncio.run(main())
"""
    assert on_a_small_disk(tmp_path / "disk", ARCHIVE, script) == [FULL] * 3


def test_a_change_of_shape_has_no_room(tmp_path: Path) -> None:
    script = """
import shutil, sqlite3
from ifax_desktop.store.schema import MIGRATIONS, migrate

home = disk / "profile"
home.mkdir()
first = disk / "first"
first.mkdir()
shutil.copy(MIGRATIONS / "0001_initial.sql", first)
connection = sqlite3.connect(home / "archive.sqlite3", isolation_level=None)
connection.execute("PRAGMA journal_mode = WAL")
migrate(connection, first)
for number in range(200):
    connection.execute(INSERT, (str(number), "x" * 2000))
connection.close()
content = (home / "archive.sqlite3").read_bytes()
for leave in (100_000, len(content) + 200_000):  # no room for the copy; none for the change
    fill(leave)
    try:
        Database(home / "archive.sqlite3")
    except StorageFailed as error:
        print(error)
    empty()
    assert sqlite3.connect(home / "archive.sqlite3").execute("PRAGMA user_version").fetchone() == (1,)
    (home / "archive.version-1.sqlite3").unlink(missing_ok=True)
database = Database(home / "archive.sqlite3")
assert numbers(database) == list(range(200))
asyncio.run(database.close())
"""
    no_room, not_changed = on_a_small_disk(tmp_path / "disk", ARCHIVE, script, size="8m")
    assert no_room.startswith("There is no room on the disk for the copy")
    assert "was left as it is" in not_changed
