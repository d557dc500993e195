"""Migrations: in order, each whole or not at all, and only once however many open the archive together."""

import asyncio
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from importlib.resources import files
from pathlib import Path

import pytest

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store.database import Database
from ifax_desktop.store.schema import MIGRATIONS, migrate


@pytest.fixture
def connection() -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    yield connection
    connection.close()


def write(folder: Path, **steps: str) -> Path:
    for name, sql in steps.items():
        (folder / f"{name.removeprefix('n')}.sql").write_text(sql)
    return folder


def version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def test_files_run_in_order_and_once(connection: sqlite3.Connection, tmp_path: Path) -> None:
    write(tmp_path, n0002_more="INSERT INTO t VALUES (2);", n0001_initial="CREATE TABLE t (n);")
    migrate(connection, tmp_path)
    migrate(connection, tmp_path)
    assert connection.execute("SELECT n FROM t").fetchall() == [(2,)]
    assert version(connection) == 2


def test_later_files_run_on_an_older_archive(connection: sqlite3.Connection, tmp_path: Path) -> None:
    migrate(connection, write(tmp_path, n0001_initial="CREATE TABLE t (n);"))
    trigger = "CREATE TRIGGER r AFTER INSERT ON t BEGIN\n DELETE FROM t;\n SELECT 1;\nEND;\n-- done\n"
    migrate(connection, write(tmp_path, n0002_trigger=trigger))
    connection.execute("INSERT INTO t VALUES (1)")
    assert connection.execute("SELECT count(*) FROM t").fetchone() == (0,)


def test_a_step_that_breaks_leaves_the_archive_as_it_was(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    write(tmp_path, n0001_initial="CREATE TABLE t (n);", n0002_bad="CREATE TABLE u (n);\nNONSENSE;")
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, tmp_path)
    assert version(connection) == 0
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == []
    assert not connection.in_transaction


def test_a_later_step_that_breaks_undoes_those_before_it(
    connection: sqlite3.Connection, tmp_path: Path
) -> None:
    migrate(connection, write(tmp_path, n0001_initial="CREATE TABLE t (n);"))
    write(tmp_path, n0002_good="CREATE TABLE u (n);", n0003_bad="INSERT INTO u VALUES (1);\nNONSENSE;")
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, tmp_path)
    assert version(connection) == 1
    assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("t",)]


def test_a_newer_archive_is_refused(connection: sqlite3.Connection, tmp_path: Path) -> None:
    write(tmp_path, n0001_initial="CREATE TABLE t (n);")
    connection.execute("PRAGMA user_version = 2")
    with pytest.raises(StorageFailed, match="newer version of iFax Desktop") as caught:
        migrate(connection, tmp_path)
    assert caught.value.detail == "version 2, this program knows 1"


def test_the_files_are_numbered_without_gaps_and_travel_with_the_package() -> None:
    names = sorted(file.name for file in MIGRATIONS.glob("*.sql"))
    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    inside = files("ifax_desktop.store") / "migrations"
    assert sorted(file.name for file in inside.iterdir()) == names


def test_every_table_is_strict(connection: sqlite3.Connection) -> None:
    migrate(connection)
    tables = connection.execute(
        "SELECT name, type, strict FROM pragma_table_list WHERE schema = 'main' AND type <> 'view'"
    ).fetchall()
    lax = {name: kind for name, kind, strict in tables if not strict and not name.startswith("sqlite_")}
    # The index for searching is FTS5's: it and its own tables cannot be declared STRICT, and hold no truth of ours, as
    # they can be made anew from `search_text`, which is.
    assert lax.pop("search_index") == "virtual"
    assert all(name.startswith("search_index_") and kind == "shadow" for name, kind in lax.items())


async def test_many_open_a_new_archive_together(path: Path) -> None:
    def open_once() -> int:
        database = Database(path)
        try:
            return database.read(version)
        finally:
            asyncio.run(database.close())

    with ThreadPoolExecutor(8) as pool:
        versions = await asyncio.gather(
            *(asyncio.get_running_loop().run_in_executor(pool, open_once) for _ in range(8))
        )
    assert set(versions) == {len(list(MIGRATIONS.glob("*.sql")))}
