"""The fax service over a real socket, on any asyncio loop: who listens, and when nobody does.

While the service has an outage the address is held by sockets that do not listen: a client is refused at
once, and no other program can take the port meanwhile.
"""

import asyncio
import socket
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, suppress

from ifax_desktop.simulator.background import running
from ifax_desktop.simulator.connections import MOST_BODY_BYTES, Connection
from ifax_desktop.simulator.service import FaxService

__all__ = ["MOST_BODY_BYTES", "serve"]


@asynccontextmanager
async def serve(service: FaxService, host: str = "127.0.0.1", port: int = 0) -> AsyncIterator[str]:
    """Serve until the block ends; gives the base URL. Port 0 takes a free one. Raises OSError if the
    address cannot be had. Webhooks go out meanwhile."""
    async with AsyncExitStack() as stack:
        door = _Door(service)
        await door.open(host, port)
        stack.push_async_callback(door.close)
        await stack.enter_async_context(service.calling_back())
        await stack.enter_async_context(running(door.mind()))
        yield door.url


class _Door:
    """The listening sockets, and everybody who came in."""

    def __init__(self, service: FaxService) -> None:
        self._service = service
        self._servers: list[asyncio.Server] = []
        self._inside: dict[asyncio.Task[None], Connection] = {}

    @property
    def url(self) -> str:
        """The address of the first socket."""
        host, port = self._servers[0].sockets[0].getsockname()[:2]
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    async def open(self, host: str, port: int) -> None:
        """Begin to listen. Raises OSError if the address cannot be had."""
        self._servers = [await asyncio.start_server(self._came_in, host, port)]

    async def mind(self) -> None:
        """Shut the door when an outage begins, and open it when it is over; for as long as this runs."""
        while True:
            await self._service.outage.begun()
            held = await self._shut()
            self._service.outage.feel()
            try:
                await self._service.outage.ended()
                self._servers = [await asyncio.start_server(self._came_in, sock=one) for one in held]
            except BaseException:
                for one in held:
                    one.close()
                raise

    async def close(self) -> None:
        """Let nobody in any more, and cut off who is inside."""
        await self._let_nobody_in()
        for server in self._servers:
            server.close()
        await self._cut(list(self._inside))
        for server in self._servers:
            await server.wait_closed()

    async def _shut(self) -> list[socket.socket]:
        """Stop listening, but keep the address; cut everybody off who is not at the control."""
        await self._let_nobody_in()
        places = [(one.family, one.getsockname()) for server in self._servers for one in server.sockets]
        for server in self._servers:
            server.close()
        for task, connection in self._inside.items():
            if not connection.in_control:
                task.cancel()
        return [_held(family, place) for family, place in places]

    async def _let_nobody_in(self) -> None:
        """A server that closes forgets about a client on the threshold (asyncio, at least until 3.11), so the
        last ones get in first. Where a loop has no readers there is no threshold."""
        loop = asyncio.get_running_loop()
        with suppress(NotImplementedError):
            for server in self._servers:
                for one in server.sockets:
                    loop.remove_reader(one.fileno())
        await asyncio.sleep(0)

    # A plain function, so that the tasks are ours: asyncio's own complain when they are cancelled.
    def _came_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = Connection(self._service, reader, writer)
        task = asyncio.get_running_loop().create_task(connection.run())
        self._inside[task] = connection
        task.add_done_callback(self._left)

    def _left(self, task: asyncio.Task[None]) -> None:
        self._inside.pop(task).leave()
        if not task.cancelled() and (error := task.exception()):
            asyncio.get_running_loop().call_exception_handler(
                {"message": "A connection broke down.", "exception": error, "task": task}
            )

    async def _cut(self, tasks: Sequence[asyncio.Task[None]]) -> None:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _held(family: int, place: tuple[object, ...]) -> socket.socket:
    """A socket that has an address and does not listen."""
    held = socket.socket(family, socket.SOCK_STREAM)
    if sys.platform != "win32":  # there an address can be had again at once, and this means something else
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    held.bind(place)
    return held
