"""A service of bare sockets: reads and says exactly what a test wants, cut off wherever it wants."""

import asyncio
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Caller:
    """One connection to the bare service."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    heard: bytearray = field(default_factory=bytearray)

    async def hear(self, most: int = 65536) -> bytes:
        """Whatever comes next; empty when the caller has left."""
        piece = await self.reader.read(most)
        self.heard += piece
        return piece

    async def hear_request(self) -> bytes:
        """One whole request: its head, and as much body as it announces."""
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = next(
            int(line.partition(b":")[2])
            for line in head.split(b"\r\n")
            if line.lower().startswith(b"content-length")
        )
        request = head + await self.reader.readexactly(length)
        self.heard += request
        return request

    async def say(self, words: bytes) -> None:
        self.writer.write(words)
        await self.writer.drain()

    def reset(self) -> None:
        """Cut the connection with a reset instead of an orderly end."""
        plug = self.writer.get_extra_info("socket")
        plug.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.writer.transport.abort()


Talk = Callable[[Caller], Awaitable[None]]


@dataclass(slots=True)
class RawService:
    """Where it listens, and who called."""

    port: int
    callers: list[Caller] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    @property
    def heard(self) -> bytes:
        return b"".join(bytes(caller.heard) for caller in self.callers)


@asynccontextmanager
async def raw_service(talk: Talk, certificate: ssl.SSLContext | None = None) -> AsyncIterator[RawService]:
    """Serve every connection with `talk` until the block ends; a connection closes when `talk` does."""
    loop = asyncio.get_running_loop()
    tasks: list[asyncio.Task[None]] = []
    service = RawService(0)

    async def serve(caller: Caller) -> None:
        try:
            await talk(caller)
        except (ConnectionError, asyncio.IncompleteReadError):
            caller.writer.transport.abort()  # the caller left in the middle
        finally:
            caller.writer.close()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        caller = Caller(reader, writer)
        service.callers.append(caller)
        tasks.append(loop.create_task(serve(caller)))

    server = await asyncio.start_server(connected, "127.0.0.1", 0, ssl=certificate)
    service.port = server.sockets[0].getsockname()[1]
    try:
        yield service
    finally:
        server.close()
        for task in tasks:
            task.cancel()
        results = await asyncio.gather(*tasks, return_exceptions=True)
        await server.wait_closed()
        for result in results:
            if isinstance(result, Exception):
                raise result


def response(body: bytes, status: str = "200 OK", *headers: str, length: int | None = None) -> bytes:
    """The bytes of an HTTP answer; `length` is what it claims of its body."""
    lines = [
        f"HTTP/1.1 {status}",
        *headers,
        f"Content-Length: {len(body) if length is None else length}",
        "Connection: close",
    ]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def says(words: bytes) -> Talk:
    """A talk that hears one whole request and answers it with `words`."""

    async def talk(caller: Caller) -> None:
        await caller.hear_request()
        await caller.say(words)

    return talk
