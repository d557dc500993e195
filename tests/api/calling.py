"""The numbers and the key that tests call with, and a channel that waits only briefly."""

import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import httpx

from ifax_desktop.api.channel import Channel
from ifax_desktop.api.connection import open_bare_client, open_client

KEY = "live-canary-key-4711"
NUMBER = "+14155550143"
OWN_NUMBER = "+12025550119"

PATIENCE = 0.5
"""Seconds before a silent service is given up."""

Answering = Callable[[httpx.Request], httpx.Response]


@asynccontextmanager
async def open_channel(to: str | Answering, key: str = KEY) -> AsyncIterator[Channel]:
    """A channel to an address, or to a function that answers requests in process."""
    transport = None if isinstance(to, str) else httpx.MockTransport(to)
    address = to if isinstance(to, str) else ""

    def elsewhere(document: str) -> httpx.AsyncClient:
        return open_bare_client(document, transport, timeout=httpx.Timeout(PATIENCE))

    async with open_client(address, transport, timeout=httpx.Timeout(PATIENCE)) as http:
        yield Channel(http, lambda: key, patience=PATIENCE, allows=lambda _: True, elsewhere=elsewhere)


def answering(*envelopes: Any) -> tuple[list[dict[str, Any]], Answering]:
    """Answers calls with these envelopes in turn, the last one for ever; the list gathers the fields asked with."""
    asked: list[dict[str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(json.loads(request.content))
        return httpx.Response(200, json=envelopes[min(len(asked), len(envelopes)) - 1])

    return asked, answer


class LastPiece:
    """Notes that the last piece was about to go."""

    def __init__(self) -> None:
        self.times = 0

    async def __call__(self) -> None:
        self.times += 1


def success(data: Any) -> dict[str, Any]:
    """The envelope of success round `data`."""
    return {"status": 1, "message": "ok", "data": data}
