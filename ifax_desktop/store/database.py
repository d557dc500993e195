"""The archive's connections: one that writes, on a thread of its own, and one that only reads, for the window."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from functools import partial
from pathlib import Path
from typing import TypeVar

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store import private, schema
from ifax_desktop.store.sqlite_words import DAMAGED, in_words
from ifax_desktop.store.words import FULL, UNWRITABLE

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]

_PATIENCE = 10.0
"""Seconds to wait for another process that writes."""
_RACES = 20
_ROOM_TO_OPEN = 100_000
"""Bytes SQLite needs for what is shared between processes."""
_log = logging.getLogger(__name__)


class Database:
    """An SQLite file that loses no commit: write-ahead log, every commit flushed, foreign keys checked.

    `read` and `close` belong to the thread that made it.
    """

    def __init__(self, path: Path, shape: Path = schema.MIGRATIONS) -> None:
        """Open the file, make it if it is not there (0600, its folder 0700) and bring it up to date.

        `shape` is the folder of the steps that do so. StorageFailed if the file is damaged, from a newer version of the
        program, cannot be brought up to date, or may not be used.
        """
        self.path = path
        with _told_well(path), in_words():
            private.make_folder(path.parent)
            private.make_file(path)
            self.was_cut_off = _has_log(path)
            """The last process that had it open did not close it, or one has it open now."""
            self._writer = _open_writer(path, shape)
            try:
                self._reader = _connect(path, "ro")
                self._version = _data_version(self._writer)
            except BaseException:
                self._writer.close()
                raise
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="database")
        self._closed = False

    async def run(self, work: Work[T]) -> T:
        """Do `work` on the database thread in one transaction that may write; an exception undoes all of it.

        The work is finished even if the caller is cancelled meanwhile. StorageFailed if the disk cannot keep it.
        """
        return await self._on_thread(lambda: _within(self._writer, "BEGIN IMMEDIATE", work))

    async def ask(self, work: Work[T]) -> T:
        """Do `work` that only reads on the database thread: what takes longer than a frame of the window."""
        return await self._on_thread(lambda: _within(self._writer, "BEGIN", work))

    def read(self, work: Work[T]) -> T:
        """Do `work` on the calling thread, all of it seeing one state of the archive. StorageFailed as `run`."""
        return _within(self._reader, "BEGIN", work)

    @contextmanager
    def apart(self) -> Iterator[sqlite3.Connection]:
        """A connection of one's own that only reads, for long work on a thread of its own; it sees one state throughout.

        StorageFailed as `run`, also for what is done with it.
        """
        with in_words(), closing(_connect(self.path, "ro")) as connection:
            connection.execute("BEGIN")
            yield connection

    async def changed_outside(self) -> bool:
        """Whether another process wrote since the last time this was asked."""
        version = await self._on_thread(lambda: _data_version(self._writer))
        changed = version != self._version
        self._version = version
        return changed

    async def close(self) -> None:
        """Finish what was begun and close the file. Closing twice does nothing."""
        if self._closed:
            return
        self._closed = True
        self._reader.close()
        await self._on_thread(self._writer.close)
        self._thread.shutdown()

    async def _on_thread(self, work: Callable[[], T]) -> T:
        import asyncio  # 30 ms, and the file is opened before the loop is needed

        future = asyncio.get_running_loop().run_in_executor(self._thread, work)
        try:
            return await asyncio.shield(future)
        except asyncio.CancelledError:
            # What the service answered must not be lost because its asker was told to stop.
            await asyncio.wait([future])
            if error := future.exception():
                _log.error("Work on the archive ended after its caller had left", exc_info=error)
            raise


@contextmanager
def _told_well(path: Path) -> Iterator[None]:
    """Say more of what keeps the archive from being opened than SQLite does."""
    try:
        yield
    except StorageFailed as error:
        if str(error) == DAMAGED:
            from ifax_desktop.store import backup

            raise StorageFailed(f"{DAMAGED}\n\n{backup.way_back(path)}", error.detail) from error
        if str(error) == UNWRITABLE and _free(path.parent) < _ROOM_TO_OPEN:
            raise StorageFailed(FULL, error.detail) from error
        raise


def _free(folder: Path) -> int:
    import shutil

    return shutil.disk_usage(folder).free


def _has_log(path: Path) -> bool:
    log = path.with_name(f"{path.name}-wal")
    return log.exists() and log.stat().st_size > 0


def _open_writer(path: Path, shape: Path) -> sqlite3.Connection:
    # Opened here, used on the database thread only.
    writer = _connect(path, "rw", check_same_thread=False)
    try:
        _log_ahead(writer)
        writer.execute("PRAGMA synchronous = FULL")
        writer.execute("PRAGMA foreign_keys = ON")
        schema.migrate(writer, shape, partial(_keep_copy, path))
    except BaseException:
        writer.close()
        raise
    return writer


def _keep_copy(path: Path, version: int) -> Path:
    from ifax_desktop.store import backup  # 6 ms, once in many starts

    return backup.make_copy(path, version)


def _log_ahead(writer: sqlite3.Connection) -> None:
    for _ in range(_RACES):
        try:
            writer.execute("PRAGMA journal_mode = WAL")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                raise
        # Another process makes the same change to a new file. SQLite does not wait for that, but it does for a lock.
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("COMMIT")
    writer.execute("PRAGMA journal_mode = WAL")


def _connect(path: Path, mode: str, *, check_same_thread: bool = True) -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=_PATIENCE,
        isolation_level=None,  # transactions begin and end where we say so
        check_same_thread=check_same_thread,
    )


def _within(connection: sqlite3.Connection, begin: str, work: Work[T]) -> T:
    with in_words():
        connection.execute(begin)
        try:
            result = work(connection)
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        return result


def _data_version(connection: sqlite3.Connection) -> int:
    with in_words():
        return int(connection.execute("PRAGMA data_version").fetchone()[0])
