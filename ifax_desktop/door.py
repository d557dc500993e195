"""The door of a running window: where a second start on the same profile knocks and hands over its files.

A local socket that only the same user can reach. Its name stands in a file beside it, which only that user can write;
where it cannot lie there, because the path is too long or the disk takes no sockets, its name is one nobody can guess.
"""

import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store import private

MOST_BYTES: Final = 256 * 1024
"""Of one knock: thousands of files."""
MOST_AT_ONCE: Final = 8
PATIENCE_MS: Final = 5000
"""For a knock to come in whole, and for its answer."""
_LOOK_MS: Final = 50
_LONGEST_TOKEN: Final = 512
_LONGEST_PATH: Final = 80
"""Bytes of a socket's path; the shortest limit of a system is 104, and Qt needs some of them for itself."""
_HEARD: Final = b'{"heard": true}\n'


@dataclass(frozen=True, slots=True)
class Knock:
    """What a second start wants of the first."""

    files: tuple[Path, ...] = field(default=(), repr=False)
    """Documents for a new fax."""
    token: str = field(default="", repr=False)
    """With which the desktop lets the first come to the front, where it gives one (Wayland)."""

    def written(self) -> bytes:
        """As it goes over the socket. StorageFailed for more files than can."""
        line = json.dumps({"files": [str(file) for file in self.files], "token": self.token}).encode() + b"\n"
        if len(line) > MOST_BYTES:
            raise StorageFailed("These are too many files at once.")
        return line


def read_knock(line: bytes) -> Knock | None:
    """What stands in a line; None for what is no knock."""
    try:
        said: Any = json.loads(line)
        files, token = said["files"], said["token"]
    except (ValueError, RecursionError, TypeError, KeyError):
        return None
    if not isinstance(files, list) or not isinstance(token, str) or len(token) > _LONGEST_TOKEN:
        return None
    if not all(isinstance(file, str) and "\0" not in file and Path(file).is_absolute() for file in files):
        return None
    return Knock(tuple(Path(file) for file in files), token if token.isprintable() else "")


class Door(QObject):
    """Open from `open` to `close`. Only for the process that holds the window's lock: what another left is cleared away."""

    def __init__(self, folder: Path, knocked: Callable[[Knock], None]) -> None:
        """`knocked` is called with each knock that makes sense; the rest is ignored."""
        super().__init__()
        self._folder = folder
        self._knocked = knocked
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.setMaxPendingConnections(MOST_AT_ONCE)
        self._server.newConnection.connect(self._let_in)
        self._inside: set[QLocalSocket] = set()

    def open(self) -> bool:
        """Listen, and write down where. False where this computer has no local sockets, or the disk is full."""
        for name in _names(self._folder):
            QLocalServer.removeServer(name)
            if self._server.listen(name):
                return self._write_down(self._server.fullServerName())
        return False

    def close(self) -> None:
        """Let nobody in any more."""
        if self._server.isListening():
            _address_file(self._folder).unlink(missing_ok=True)
            self._server.close()
        for socket in tuple(self._inside):
            self._let_out(socket)

    def _write_down(self, address: str) -> bool:
        try:
            private.write_whole(_address_file(self._folder), address.encode())
        except OSError:
            self._server.close()
            return False
        return True

    def _let_in(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            if len(self._inside) >= MOST_AT_ONCE:
                socket.abort()
                socket.deleteLater()
                continue
            self._inside.add(socket)
            socket.setReadBufferSize(MOST_BYTES + 1)
            socket.readyRead.connect(lambda socket=socket: self._hear(socket))
            socket.disconnected.connect(lambda socket=socket: self._let_out(socket))
            limit = QTimer(socket, singleShot=True, interval=PATIENCE_MS)
            limit.timeout.connect(lambda socket=socket: self._let_out(socket))
            limit.start()
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > MOST_BYTES:
                self._let_out(socket)
            return
        knock = read_knock(bytes(socket.readLine(MOST_BYTES + 1).data()))
        if knock is None:
            self._let_out(socket)
            return
        socket.readyRead.disconnect()  # one knock for each who comes
        self._knocked(knock)
        socket.write(_HEARD)
        socket.disconnectFromServer()

    def _let_out(self, socket: QLocalSocket) -> None:
        if socket in self._inside:
            self._inside.remove(socket)
            socket.abort()
            socket.deleteLater()


def knock_once(folder: Path, line: bytes, patience_ms: int = PATIENCE_MS) -> bool | None:
    """Knock at the door of this folder: True if it was heard, False if nobody answers, None if there is no door (yet)."""
    try:
        address = _address_file(folder).read_text("utf-8")
    except (OSError, UnicodeError):
        return None
    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(patience_ms):
        return None
    _give_way()
    socket.write(line)
    until = time.monotonic() + patience_ms / 1000
    while not socket.canReadLine():
        socket.waitForReadyRead(_LOOK_MS)
        if socket.state() != QLocalSocket.LocalSocketState.ConnectedState or time.monotonic() > until:
            break
    return bytes(socket.readLine(len(_HEARD) + 1).data()) == _HEARD


def _names(folder: Path) -> list[str]:
    """Where the door may be, the best place first."""
    nobody_can_guess = f"ifax-desktop-{os.urandom(16).hex()}"
    beside = os.fspath(folder.absolute() / "door")
    if sys.platform == "win32" or len(os.fsencode(beside)) > _LONGEST_PATH:
        return [nobody_can_guess]
    return [beside, nobody_can_guess]


def _address_file(folder: Path) -> Path:
    return folder / "door-address"


def _give_way() -> None:
    """Let the first come to the front; Windows asks that of the one the user started last."""
    if sys.platform == "win32":
        import ctypes

        ctypes.windll.user32.AllowSetForegroundWindow(-1)
