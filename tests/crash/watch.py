"""Follows the archive of a running program from outside, and kills the program right after a step of its choice.

It has a thread and a read-only connection of its own. Nothing in the program knows of it.
"""

import sqlite3
import threading
import time
from collections.abc import Callable
from pathlib import Path

from tests.crash.shown import open_read_only
from tests.crash.steps import BY_THE_USER, Look, look, look_once, names

_BREATH = 0.0003
"""Seconds between two looks at the version of the data, which costs some microseconds."""

Strike = Callable[[int, frozenset[str]], bool]
"""Told how many steps the program has made and what the last one was; whether the program is to be killed now."""


class Watch:
    """Watches from `start` to `stop`. `steps` are the names of what was committed meanwhile, commit by commit."""

    def __init__(self, archive: Path, strike: Strike, kill: Callable[[], None]) -> None:
        self.steps: list[frozenset[str]] = []
        self.has_struck = threading.Event()
        self.awake_at: float | None = None
        """When the program made its first step (of `time.monotonic`)."""
        self._archive = archive
        self._strike = strike
        self._kill = kill
        self._over = threading.Event()
        self._seen: Look | None = look_once(archive)
        self._thread = threading.Thread(target=self._run, name="watch", daemon=True)

    def start(self) -> None:
        """Begin; the archive need not be there yet."""
        self._thread.start()

    def stop(self) -> Look | None:
        """End, after the program has; what it committed at last is among the steps. None if there is no archive yet."""
        self._over.set()
        self._thread.join()
        last = look_once(self._archive, self._seen)
        if last is not None:
            before = self._seen or Look()
            if last != Look(before.version, before.tables, before.last_event):
                self.steps.append(names(before, last))
        return last

    def _run(self) -> None:
        while not self._over.is_set() and not self.has_struck.is_set():
            try:
                connection = open_read_only(self._archive)
            except sqlite3.Error:
                time.sleep(_BREATH)
                continue
            try:
                self._follow(connection)
            except sqlite3.Error:
                time.sleep(_BREATH)  # it is just being made
            finally:
                connection.close()

    def _follow(self, connection: sqlite3.Connection) -> None:
        version = -1
        while not self._over.is_set():
            now = connection.execute("PRAGMA data_version").fetchone()[0]
            if now != version:
                version = now
                if self._looked(connection):
                    return
            time.sleep(_BREATH)

    def _looked(self, connection: sqlite3.Connection) -> bool:
        """Take note of what is new; True if that was the step to kill at."""
        before = self._seen or Look()
        seen = look(connection, before)
        self._seen = seen
        if (seen.version, seen.tables, seen.last_event) == (before.version, before.tables, before.last_event):
            return False
        self.steps.append(names(before, seen))
        if self.awake_at is None and not self.steps[-1] <= BY_THE_USER:
            self.awake_at = time.monotonic()
        if self._strike(sum(not step <= BY_THE_USER for step in self.steps), self.steps[-1]):
            self._kill()
            self.has_struck.set()
            return True
        return False


class TornWatch(threading.Thread):
    """Kills while a commit is being written: at a change of the write-ahead log, before its readers hear of it."""

    def __init__(self, archive: Path, place: int, kill: Callable[[], None]) -> None:
        super().__init__(name="torn watch", daemon=True)
        self._log = archive.with_name(f"{archive.name}-wal")
        self._place = place
        self._kill = kill
        self.over = threading.Event()

    def run(self) -> None:
        """Count the changes until it is time."""
        seen, last = 0, self._state()
        while not self.over.is_set():
            if (now := self._state()) != last:
                seen, last = seen + 1, now
                if seen >= self._place:
                    self._kill()
                    return
            time.sleep(_BREATH / 3)

    def _state(self) -> tuple[int, int]:
        try:
            found = self._log.stat()
        except OSError:
            return (0, 0)
        return (found.st_size, found.st_mtime_ns)
