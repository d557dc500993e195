"""Kills right after a change of a file that is none of the database's: a seal, a document, settings put in their place.

By the kernel's own notices (inotify), which come within microseconds, so on Linux only.
"""

import ctypes
import os
import select
import struct
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

_MADE, _WRITTEN, _MOVED_HERE, _FOLDER = 0x100, 0x8, 0x80, 0x40000000
_WANTED = _MADE | _WRITTEN | _MOVED_HERE
_HEAD = struct.Struct("iIII")
_PATIENCE = 50
"""Milliseconds between two looks whether it is over."""


class FileWatch(threading.Thread):
    """Follows a profile's folders, new ones too, and kills at the `place`-th change in them."""

    def __init__(self, profile: Path, place: int, kill: Callable[[], None]) -> None:
        super().__init__(name="file watch", daemon=True)
        self.over = threading.Event()
        self.changes: list[str] = []
        self._place = place
        self._kill = kill
        self._folders: dict[int, Path] = {}
        self._libc = ctypes.CDLL(None, use_errno=True)
        self._notices = self._libc.inotify_init1(os.O_NONBLOCK)
        self._follow(profile)

    @staticmethod
    def is_possible() -> bool:
        """Whether this system gives such notices."""
        return sys.platform == "linux"

    def run(self) -> None:
        """Count the changes until it is time, or over."""
        try:
            while not self.over.is_set():
                if select.select([self._notices], [], [], _PATIENCE / 1000)[0] and self._is_time():
                    self._kill()
                    return
        finally:
            os.close(self._notices)

    def _is_time(self) -> bool:
        for kind, path in self._events():
            if kind & _FOLDER:
                self._follow(path)
            elif not path.name.startswith("archive.sqlite3"):
                self.changes.append(path.name)
                if len(self.changes) >= self._place:
                    return True
        return False

    def _events(self) -> Iterator[tuple[int, Path]]:
        content = os.read(self._notices, 65536)
        at = 0
        while at < len(content):
            folder, kind, _, length = _HEAD.unpack_from(content, at)
            name = content[at + _HEAD.size : at + _HEAD.size + length].rstrip(b"\0").decode()
            at += _HEAD.size + length
            if name:
                yield kind, self._folders[folder] / name

    def _follow(self, folder: Path) -> None:
        """Take notice of what happens in a folder and in those in it."""
        number = self._libc.inotify_add_watch(self._notices, os.fsencode(folder), _WANTED)
        if number < 0:
            return  # it is gone already
        self._folders[number] = folder
        for inside in folder.iterdir():
            if inside.is_dir():
                self._follow(inside)
