"""Takes calls at an address and port of this computer, each in a task of its own, until it is closed."""

import asyncio
import errno
import ipaddress
import socket

from ifax_desktop.delivery.call import Call, Door, Limits
from ifax_desktop.domain.errors import ListeningFailed

LOOPBACK = "127.0.0.1"


class Listener:
    """Takes calls at one address and port until it is closed."""

    def __init__(self, door: Door, limits: Limits) -> None:
        self._door = door
        self._limits = limits
        self._server: asyncio.Server | None = None
        self._is_open = False
        self._calls: set[asyncio.Task[None]] = set()

    async def open(self, host: str, port: int) -> int:
        """Start; the answer is the port, of which 0 means any. Raises ListeningFailed."""
        plug = bound(host, port)
        number: int = plug.getsockname()[1]
        self._is_open = True
        self._server = await asyncio.start_server(self._connected, sock=plug)
        return number

    async def close(self) -> None:
        """Take no more calls and cut those that are under way."""
        self._is_open = False
        if self._server is None:
            return
        server, self._server = self._server, None
        server.close()
        calls = list(self._calls)
        for task in calls:
            task.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        await server.wait_closed()

    # A plain function, so that the tasks are ours: asyncio's own complain when they are cancelled.
    def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        if not self._is_open:
            writer.transport.abort()
            return
        call = Call(self._door, self._limits, reader, writer)
        if len(self._calls) >= self._limits.at_once:
            self._door.turned_away()
            call.answer(429, ((b"Retry-After", b"60"),))
            writer.close()
            return
        task = asyncio.get_running_loop().create_task(call.run(), name="a call of the service")
        self._calls.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._calls.discard(task)
        if not task.cancelled() and (error := task.exception()):
            context = {"message": "A call broke down.", "exception": error}
            task.get_loop().call_exception_handler(context)


def bound(host: str, port: int) -> socket.socket:
    """A socket that listens at this address of this computer. Raises ListeningFailed."""
    host = LOOPBACK if host == "localhost" else host
    try:
        family = {4: socket.AF_INET, 6: socket.AF_INET6}[ipaddress.ip_address(host).version]
    except ValueError as error:
        raise ListeningFailed(f"“{host}” is no address of this computer.", str(error)) from error
    if not 0 <= port <= 65535:
        raise ListeningFailed("A port is a number up to 65535.", str(port))
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        raise ListeningFailed(_why(error, host, port), f"{type(error).__name__}: {error}") from error


def _why(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is used by another program. Choose another port."
    if error.errno == errno.EADDRNOTAVAIL:
        return f"“{host}” is no address of this computer."
    if isinstance(error, PermissionError):
        return f"This computer does not let us use port {port}. Choose one above 1023."
    return f"This computer cannot take calls at {host}, port {port}."
