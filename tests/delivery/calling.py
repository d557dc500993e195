"""Calls the listener as the service would, and as nobody should: bytes on a socket."""

import asyncio
import base64
import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from ifax_desktop.delivery.call import Limits
from ifax_desktop.delivery.webhooks import Basic, Webhooks
from tests.delivery.conftest import Clock

SECRET = "canary-secret-4Zx9_uWm2b7Q"
BASIC = Basic("front-desk", "canary-password-ä")
NUMBER = "+12025550143"
OUTBOUND: dict[str, Any] = {
    "direction": "outbound",
    "jobId": 7204418,
    "transactionId": 8801337,
    "retryAttempt": 0,
    "faxTransferredPages": 3,
    "faxStatus": "delivered",
    "fromNumber": NUMBER,
    "toNumber": "+14155550119",
    "message": "canary-message",
}
INBOUND = {**OUTBOUND, "direction": "inbound", "faxStatus": "received"}
LATER = 3600.0
"""A pause that no test lives to see the end of."""


@dataclass
class Answer:
    """What came back until the connection ended; status 0 for nothing."""

    raw: bytes

    @property
    def status(self) -> int:
        return int(self.raw.split(b" ", 2)[1]) if self.raw else 0

    def header(self, name: str) -> str:
        lines = self.raw.decode().partition("\r\n\r\n")[0].split("\r\n")[1:]
        return dict(line.lower().split(": ", 1) for line in lines)[name]


@dataclass
class House:
    """A listener, its clock, and how often it rang."""

    webhooks: Webhooks
    clock: Clock
    received: int = 0
    sent: list[str] = field(default_factory=list)

    @property
    def rings(self) -> tuple[int, list[str]]:
        return self.received, self.sent

    async def talk(self) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        where = urlsplit(self.webhooks.url)
        return await asyncio.open_connection(where.hostname, where.port)

    async def say(self, *pieces: bytes, hang_up: bool = False) -> Answer:
        """Send the pieces, each in a packet of its own, and hear what comes until the end."""
        reader, writer = await self.talk()
        try:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                await asyncio.sleep(0)
            if hang_up:
                writer.write_eof()
            return Answer(await reader.read())
        except ConnectionError:
            return Answer(b"")
        finally:
            writer.transport.abort()

    async def tell(self, event: object, **how: Any) -> int:
        """Tell of an event as JSON; the status of the answer."""
        return (await self.say(call(json.dumps(event).encode(), **how))).status


@asynccontextmanager
async def house(
    *, basic: Basic | None = None, pause: float = LATER, outside: str = "", **limits: float
) -> AsyncIterator[House]:
    """Somebody who listens, until the block ends."""
    clock = Clock()

    def received() -> None:
        built.received += 1

    def sent(job_id: str) -> None:
        built.sent.append(job_id)

    limited = Limits(**{"linger": 0.2, **limits})  # type: ignore[arg-type]
    webhooks = Webhooks(
        SECRET, received, sent, clock, basic=basic, outside=outside, limits=limited, pause=pause
    )
    built = House(webhooks, clock)
    await webhooks.open()
    try:
        yield built
    finally:
        await webhooks.close()


def call(
    body: bytes = b"",
    *,
    kind: str = "application/json",
    path: str = f"/ifax/{SECRET}",
    method: str = "POST",
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """One whole call."""
    lines = [f"{method} {path} HTTP/1.1", "Host: localhost", f"Content-Length: {len(body)}"]
    lines += [f"Content-Type: {kind}"] if kind else []
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


def signed(user: str, password: str) -> dict[str, str]:
    """The header that signs in."""
    return {"Authorization": f"Basic {base64.b64encode(f'{user}:{password}'.encode()).decode()}"}


def form(fields: Mapping[str, object], file: bytes | None = None) -> tuple[bytes, str]:
    """A form of several parts and its type."""
    parts = [
        f'--edge\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
        for name, value in fields.items()
    ]
    if file is not None:
        head = 'Content-Disposition: form-data; name="filename"; filename="canary-file.pdf"\r\nContent-Type: application/pdf'
        parts.append(f"--edge\r\n{head}\r\n\r\n".encode() + file + b"\r\n")
    return b"".join(parts) + b"--edge--\r\n", "multipart/form-data; boundary=edge"
