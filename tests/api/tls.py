"""Servers with certificates made for a test, and a proxy that lets CONNECT through or not."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path

import trustme

from tests.api.raw_service import Caller, RawService, Talk, raw_service


@dataclass(slots=True)
class Authority:
    """Who signs the certificates of a test."""

    ca: trustme.CA = field(default_factory=trustme.CA)

    def trusted_in(self, folder: Path) -> str:
        """A file for the environment's SSL_CERT_FILE, which makes this authority the system's only one."""
        path = folder / "authorities.pem"
        self.ca.cert_pem.write_to_path(str(path))
        return str(path)

    def server(self, *names: str) -> ssl.SSLContext:
        """What a server needs to prove that it is one of these names."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self.ca.issue_cert(*names).configure_cert(context)
        return context


@asynccontextmanager
async def secure_service(talk: Talk, certificate: ssl.SSLContext) -> AsyncIterator[RawService]:
    """A service of bare sockets behind TLS."""
    async with raw_service(talk, certificate) as service:
        yield service


Verdict = Callable[[Caller, bytes], Awaitable[bool]]


@dataclass(slots=True)
class ConnectProxy:
    """Where the proxy listens, and what it was asked for."""

    port: int
    asked: list[bytes] = field(default_factory=list)

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"


@asynccontextmanager
async def connect_proxy(to: int, most_bytes: int | None = None) -> AsyncIterator[ConnectProxy]:
    """A proxy that connects every CONNECT to the port `to`, and breaks after so many bytes of the client's."""
    proxy = ConnectProxy(0)

    async def talk(caller: Caller) -> None:
        proxy.asked.append(await caller.reader.readuntil(b"\r\n\r\n"))
        reader, writer = await asyncio.open_connection("127.0.0.1", to)
        await caller.say(b"HTTP/1.1 200 Connection established\r\n\r\n")
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(_pass(caller.reader, writer, most_bytes))
                group.create_task(_pass(reader, caller.writer, None))
        except* (ConnectionError, EOFError):
            caller.reset()
        finally:
            writer.transport.abort()

    async with raw_service(talk) as service:
        proxy.port = service.port
        yield proxy


async def _pass(reader: asyncio.StreamReader, writer: asyncio.StreamWriter, most_bytes: int | None) -> None:
    passed = 0
    while piece := await reader.read(16384):
        passed += len(piece)
        if most_bytes is not None and passed > most_bytes:
            raise EOFError
        writer.write(piece)
        await writer.drain()
    with suppress(OSError, RuntimeError):
        writer.write_eof()
    raise EOFError
