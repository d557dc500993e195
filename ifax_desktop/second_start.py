"""Whether this is the first window on a mode of a profile; a later one hands over to it, and ends.

A lock of the operating system decides, so that two can never both be first and a killed one is not. Nothing of Qt's
network is imported before somebody knocks or the first window is painted.
"""

import logging
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.hold import Hold

if TYPE_CHECKING:
    from ifax_desktop.door import Door, Knock

PATIENCE = 30.0
"""Seconds for the first to open its door, or to end: it may be starting, or waiting for an answer about its last fax."""
LOCK = "window.lock"
_HUNG = (
    "iFax Desktop is open already but does not answer. Wait a moment and start it again. "
    "If that does not help, end it in the system's list of programs first."
)


def window_is_open(folder: Path) -> bool:
    """Whether a window is at work on this folder. StorageFailed where no lock works."""
    hold = Hold(folder / LOCK)
    is_free = hold.take()
    hold.give_up()
    return not is_free


class Entrance:
    """The way into one folder of a profile, for windows. One of them holds it; `close` gives it up."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._hold = Hold(folder / LOCK)
        self._door: Door | None = None

    def enter(self, files: Sequence[Path] = (), token: str = "", *, patience: float = PATIENCE) -> bool:
        """Be the first here; False if there is one, who came to the front and has the files now.

        Waits while the first one is starting or ending. StorageFailed if it does not answer, and where no lock works.
        """
        if self._hold.take():
            return True
        from ifax_desktop.door import Knock, knock_once

        line = Knock(tuple(file.absolute() for file in files), token).written()
        until = time.monotonic() + patience
        while (heard := knock_once(self.folder, line)) is None and time.monotonic() < until:
            time.sleep(0.1)
            if self._hold.take():
                return True
        if not heard:
            raise StorageFailed(_HUNG)
        return False

    def open_door(self, knocked: "Callable[[Knock], None]") -> None:
        """Hear those who come later, from now on."""
        from ifax_desktop.door import Door

        self.shut_door()
        self._door = Door(self.folder, knocked)
        if not self._door.open():
            logging.getLogger(__name__).warning("No door: a second start cannot reach this one.")

    def shut_door(self) -> None:
        """Hear nobody: those who come wait until this one has ended, or opens the door anew."""
        door, self._door = self._door, None
        if door is not None:
            door.close()
            door.deleteLater()

    def close(self) -> None:
        """Leave it to the next."""
        self.shut_door()
        self._hold.give_up()
