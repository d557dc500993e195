"""Fixtures of the API's tests: the practice service, and a channel to it on either transport."""

import re
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest

from ifax_desktop.api.channel import Channel
from ifax_desktop.api.connection import connect
from ifax_desktop.api.outbound import OutgoingFax
from ifax_desktop.simulator.fax_pdf import CodedPage, fax_pdf
from ifax_desktop.simulator.server import serve
from ifax_desktop.simulator.service import FaxService
from tests.api.calling import KEY, NUMBER, OWN_NUMBER
from tests.api.world import World, open_world

# All-white Group 4 lines: one "same as above" bit each, then the end-of-block mark.
WHITE_PAGE = CodedPage(b"\xff" * 10 + b"\x00\x10\x01", 1728, 80)


class Clock:
    """Unix seconds that move only when told."""

    def __init__(self) -> None:
        self.at = 1_767_605_400.0  # 5 January 2026, 09:30 UTC

    def __call__(self) -> float:
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += seconds


async def _count_pages(document: bytes) -> int:
    return len(re.findall(rb"/Type /Page ", document))


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def service(clock: Clock) -> FaxService:
    return FaxService(now=clock, read_pages=_count_pages)


@pytest.fixture
def pdf() -> bytes:
    """A fax of two pages."""
    return fax_pdf([WHITE_PAGE] * 2)


@pytest.fixture
def fax(pdf: bytes) -> OutgoingFax:
    return OutgoingFax(NUMBER, OWN_NUMBER, "fax-5f0c.pdf", pdf)


@pytest.fixture(params=["in process", "over a socket"])
async def channel(service: FaxService, request: pytest.FixtureRequest) -> AsyncIterator[Channel]:
    """A channel to the practice service, once on each transport."""
    if request.param == "in process":
        transport = httpx.MockTransport(service)
        async with connect("", KEY, transport=transport, allows=lambda _: True) as channel:
            yield channel
    else:
        async with serve(service) as url, connect(f"{url}/v1", KEY, allows=lambda _: True) as channel:
            yield channel


@pytest.fixture
async def world(channel: Channel, service: FaxService, clock: Clock, pdf: bytes, tmp_path: Path) -> World:
    """An account with one fax delivered and one received, once on each transport."""
    return await open_world(channel, service, clock, pdf, tmp_path)
