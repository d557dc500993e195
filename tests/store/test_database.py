"""The database: durable, private, honest about what the disk says, and safe beside other processes."""

import asyncio
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store.database import Database
from ifax_desktop.store.schema import NEWER
from ifax_desktop.store.sqlite_words import DAMAGED
from ifax_desktop.store.words import FULL

posix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes and limits")

INSERT = "INSERT INTO event (fax, at, what, detail) VALUES ({fax}, 1, 'stored', 'x')"


def add_fax(connection: sqlite3.Connection, name: str = "") -> None:
    connection.execute(
        "INSERT INTO fax (account, direction, state, number, digits, name, created_at)"
        " VALUES ('a', 'sent', 'draft', '', '', ?, 1)",
        (name,),
    )


def count(connection: sqlite3.Connection) -> int:
    return int(connection.execute("SELECT count(*) FROM fax").fetchone()[0])


def pragma(connection: sqlite3.Connection, name: str) -> object:
    return connection.execute(f"PRAGMA {name}").fetchone()[0]


def in_a_process(script: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", script, *arguments], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


@posix
async def test_a_new_archive_belongs_to_the_user_alone(database: Database, path: Path) -> None:
    await database.run(add_fax)
    files = list(path.parent.iterdir())
    assert {file.name for file in files} == {path.name, f"{path.name}-wal", f"{path.name}-shm"}
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert path.parent.parent.stat().st_mode & 0o777 == 0o700


@posix
async def test_an_archive_others_could_read_is_closed_to_them(path: Path) -> None:
    await Database(path).close()
    path.chmod(0o644)
    await Database(path).close()
    assert path.stat().st_mode & 0o777 == 0o600


async def test_commits_are_durable_and_keys_checked(database: Database) -> None:
    settings = await database.ask(
        lambda connection: [
            pragma(connection, name) for name in ("journal_mode", "synchronous", "foreign_keys")
        ]
    )
    assert settings == ["wal", 2, 1]


async def test_what_is_written_is_there_after_opening_again(path: Path) -> None:
    first = Database(path)
    await first.run(add_fax)
    await first.close()
    second = Database(path)
    assert second.read(count) == 1
    await second.close()


async def test_all_of_a_transaction_or_nothing(database: Database) -> None:
    def work(connection: sqlite3.Connection) -> None:
        add_fax(connection)
        raise LookupError("in the middle")

    with pytest.raises(LookupError):
        await database.run(work)
    assert database.read(count) == 0
    await database.run(add_fax)
    assert database.read(count) == 1


async def test_our_own_mistake_is_not_blamed_on_the_disk(database: Database) -> None:
    with pytest.raises(sqlite3.IntegrityError):
        await database.run(lambda connection: connection.execute(INSERT.format(fax=99)))


async def test_the_reading_connection_cannot_write(database: Database) -> None:
    with pytest.raises(StorageFailed):
        database.read(add_fax)


async def test_reading_sees_one_state_of_the_archive(database: Database, path: Path) -> None:
    other = sqlite3.connect(path, isolation_level=None)

    def work(connection: sqlite3.Connection) -> tuple[int, int]:
        before = count(connection)
        add_fax(other)
        return before, count(connection)

    assert database.read(work) == (0, 0)
    assert database.read(count) == 1
    other.close()


async def test_long_reading_apart_sees_one_state_and_hinders_nobody(database: Database) -> None:
    def read_slowly() -> tuple[int, int]:
        with database.apart() as connection:
            before = count(connection)
            begun.set()
            assert go_on.wait(10)
            return before, count(connection)

    begun, go_on = threading.Event(), threading.Event()
    reading = asyncio.create_task(asyncio.to_thread(read_slowly))
    await asyncio.to_thread(begun.wait, 10)
    await database.run(add_fax)
    assert database.read(count) == 1
    go_on.set()
    assert await reading == (0, 0)


async def test_reading_apart_cannot_write(database: Database) -> None:
    with pytest.raises(StorageFailed), database.apart() as connection:
        add_fax(connection)


async def test_an_archive_that_was_not_closed_is_known_by_its_log(path: Path) -> None:
    script = """
import asyncio, os, sys
from pathlib import Path
from ifax_desktop.store.database import Database

async def main():
    database = Database(Path(sys.argv[1]))
    await database.run(lambda connection: connection.execute("CREATE TABLE t (n INTEGER) STRICT"))
    os._exit(0)

asyncio.run(main())
"""
    first = Database(path)
    assert not first.was_cut_off
    await first.close()
    in_a_process(script, str(path))
    for was_cut_off in (True, False):
        database = Database(path)
        assert database.was_cut_off is was_cut_off
        await database.close()


async def test_writing_happens_on_one_thread_of_its_own(database: Database) -> None:
    threads = {await database.run(lambda _: threading.current_thread().name) for _ in range(3)}
    assert threads == {"database_0"}


async def test_another_process_that_wrote_is_noticed_once(database: Database, path: Path) -> None:
    await database.run(add_fax)
    assert not await database.changed_outside()
    script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1]); c.execute('UPDATE fax SET name = 1'); c.commit()"
    in_a_process(script, str(path))
    assert await database.changed_outside()
    assert not await database.changed_outside()


async def test_two_processes_write_at_the_same_time(database: Database, path: Path) -> None:
    script = (
        "import sqlite3, sys\n"
        "c = sqlite3.connect(sys.argv[1], timeout=30, isolation_level=None)\n"
        "for n in range(50):\n"
        "    c.execute('BEGIN IMMEDIATE')\n"
        '    c.execute("INSERT INTO fax (account, direction, state, number, digits, created_at)'
        " VALUES ('b', 'sent', 'draft', '', '', 1)\")\n"
        "    c.execute('COMMIT')\n"
    )
    child = await asyncio.create_subprocess_exec(sys.executable, "-c", script, str(path))
    for _ in range(50):
        await database.run(add_fax)
    assert await child.wait() == 0
    assert database.read(count) == 100
    assert await database.changed_outside()


async def test_work_is_finished_although_its_caller_was_cancelled(database: Database) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(connection: sqlite3.Connection) -> None:
        begun.set()
        assert go_on.wait(10)
        add_fax(connection)

    first = asyncio.create_task(database.run(work))
    waiting = asyncio.create_task(database.run(add_fax))
    await asyncio.to_thread(begun.wait, 10)
    first.cancel()
    waiting.cancel()
    await asyncio.sleep(0)
    go_on.set()
    for task in (first, waiting):
        with pytest.raises(asyncio.CancelledError):
            await task
    assert database.read(count) == 2


async def test_what_fails_after_its_caller_left_is_logged(
    database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(_: sqlite3.Connection) -> None:
        begun.set()
        assert go_on.wait(10)
        raise LookupError("nobody listens")

    task = asyncio.create_task(database.run(work))
    await asyncio.to_thread(begun.wait, 10)
    task.cancel()
    await asyncio.sleep(0)
    go_on.set()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert "nobody listens" in caplog.text


async def test_closing_finishes_what_was_begun_and_leaves_no_thread(path: Path) -> None:
    database = Database(path)
    writes = [asyncio.create_task(database.run(add_fax)) for _ in range(5)]
    await asyncio.sleep(0)
    await database.close()
    await database.close()
    await asyncio.gather(*writes)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("database")]
    assert not path.with_name(f"{path.name}-wal").exists()
    with sqlite3.connect(path) as connection:
        assert count(connection) == 5
    connection.close()


async def test_a_full_disk_is_said_in_words_and_loses_nothing(database: Database) -> None:
    await database.run(add_fax)
    pages = await database.run(lambda connection: pragma(connection, "page_count"))
    await database.run(lambda connection: pragma(connection, f"max_page_count = {pages}"))
    with pytest.raises(StorageFailed) as caught:
        await database.run(lambda connection: add_fax(connection, "x" * 100_000))
    assert str(caught.value) == FULL
    assert "SQLITE_FULL" in caught.value.detail
    assert database.read(count) == 1
    await database.run(lambda connection: pragma(connection, "max_page_count = 100000"))
    await database.run(lambda connection: add_fax(connection, "x" * 100_000))
    assert database.read(count) == 2


@posix
def test_a_disk_that_takes_no_more_bytes_is_said_in_words(path: Path) -> None:
    script = """
import asyncio, resource, sys
from pathlib import Path
from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store.database import Database

INSERT = "INSERT INTO fax (account, direction, state, number, digits, created_at) VALUES ('a', 'sent', 'draft', ?, '', 1)"

async def main():
    database = Database(Path(sys.argv[1]))
    await database.run(lambda connection: connection.execute(INSERT, ("kept",)))
    size = Path(sys.argv[1] + "-wal").stat().st_size
    resource.setrlimit(resource.RLIMIT_FSIZE, (size + 9000, resource.RLIM_INFINITY))
    try:
        await database.run(lambda connection: connection.execute(INSERT, ("x" * 100_000,)))
    except StorageFailed as failure:
        print(failure)
    resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    await database.run(lambda connection: connection.execute(INSERT, ("kept too",)))
    print(database.read(lambda connection: connection.execute("SELECT group_concat(number) FROM fax").fetchone()[0]))
    await database.close()

asyncio.run(main())
"""
    sentence, kept = in_a_process(script, str(path)).splitlines()
    assert sentence == "The disk could not be written. It may be full or faulty."
    assert kept == "kept,kept too"


async def test_a_file_that_is_no_archive_is_refused_and_left_alone(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"not a database, " * 1000)
    with pytest.raises(StorageFailed, match=DAMAGED) as caught:
        Database(path)
    assert f"whose name begins with “{path.name}”" in str(caught.value)
    assert f"Folder: {path.parent}" in str(caught.value)
    assert path.read_bytes() == b"not a database, " * 1000


async def test_damage_in_the_middle_is_said_in_words(path: Path) -> None:
    database = Database(path)
    for _ in range(50):
        await database.run(lambda connection: add_fax(connection, "x" * 3000))
    await database.close()
    content = bytearray(path.read_bytes())
    half = len(content) // 2  # the shape of the tables comes first in the file, the rows after it
    content[half:] = b"\xa5" * (len(content) - half)
    path.write_bytes(content)
    damaged = Database(path)
    with pytest.raises(StorageFailed) as caught:
        damaged.read(lambda connection: connection.execute("SELECT * FROM fax").fetchall())
    assert str(caught.value) == DAMAGED
    with pytest.raises(StorageFailed):
        await damaged.run(lambda connection: connection.execute("UPDATE fax SET name = ''"))
    await damaged.close()


async def test_an_archive_from_a_newer_program_is_refused_and_left_alone(path: Path) -> None:
    await Database(path).close()
    connection = sqlite3.connect(path, isolation_level=None)
    connection.execute("PRAGMA user_version = 9999")
    connection.close()
    before = path.read_bytes()
    with pytest.raises(StorageFailed) as caught:
        Database(path)
    assert str(caught.value) == NEWER
    assert path.read_bytes() == before


async def test_a_folder_that_cannot_be_made_is_said_in_words(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StorageFailed):
        Database(tmp_path / "file" / "archive.sqlite3")


async def test_an_archive_somebody_holds_is_said_in_words(database: Database, path: Path) -> None:
    await database.ask(lambda connection: pragma(connection, "busy_timeout = 20"))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageFailed, match="Another program holds the fax archive"):
        await database.run(add_fax)
    assert await database.ask(count) == 0, "reading goes on"
    other.execute("ROLLBACK")
    other.close()
    await database.run(add_fax)


def test_opening_needs_nothing_slow() -> None:
    script = """
import sys
import ifax_desktop.store.archive, ifax_desktop.store.files, ifax_desktop.store.numbers
import ifax_desktop.store.outbox, ifax_desktop.store.secrets, ifax_desktop.store.settings
print(*sorted({"asyncio", "keyring", "phonenumbers", "PySide6", "httpx"} & set(sys.modules)))
"""
    assert in_a_process(script) == ""
