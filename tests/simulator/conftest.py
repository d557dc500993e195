"""Fixtures of the simulator's tests: a clock that stands still, the service, a client of it."""

import base64
import re
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx
import pytest

from ifax_desktop.simulator.fax_pdf import CodedPage, fax_pdf
from ifax_desktop.simulator.service import FaxService

# All-white Group 4 lines: one "same as above" bit each, then the end-of-block mark.
WHITE_PAGE = CodedPage(b"\xff" * 10 + b"\x00\x10\x01", 1728, 80)


@dataclass(slots=True)
class Clock:
    """Unix seconds that move only when told."""

    at: float = 1_767_605_400.0  # 5 January 2026, 09:30 UTC

    def __call__(self) -> float:
        return self.at

    def forward(self, seconds: float) -> None:
        self.at += seconds


async def count_pages(document: bytes) -> int:
    """Stands in for the child process where a test is not about it."""
    return len(re.findall(rb"/Type /Page ", document))


@pytest.fixture
def count() -> Callable[[bytes], Awaitable[int]]:
    return count_pages


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def pdf() -> Callable[[int], bytes]:
    """Makes a PDF of so many pages."""
    return lambda pages: fax_pdf([WHITE_PAGE] * pages)


@pytest.fixture
def service(clock: Clock) -> FaxService:
    return FaxService(now=clock, read_pages=count_pages)


Call = Callable[..., Awaitable[dict[str, Any]]]


@pytest.fixture
async def client(service: FaxService) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(
        transport=httpx.MockTransport(service),
        base_url="https://fax.example/v1",
        headers={"accessToken": "live-practice"},
    ) as client:
        yield client


@pytest.fixture
def call(client: httpx.AsyncClient) -> Call:
    """Calls an operation and gives the envelope."""

    async def call(path: str, **fields: Any) -> dict[str, Any]:
        response = await client.post(path, json=fields)
        assert response.status_code == 200
        envelope: dict[str, Any] = response.json()
        return envelope

    return call


@pytest.fixture
def calling() -> Callable[..., Call]:
    """Makes a function that calls an operation of any service, with a key of either kind, and gives the envelope."""

    def of(service: FaxService, key: str = "live-practice") -> Call:
        async def call(path: str, **fields: Any) -> dict[str, Any]:
            url = f"https://fax.example/v1{path}"
            request = httpx.Request("POST", url, json=fields, headers={"accessToken": key})
            envelope: dict[str, Any] = (await service(request)).json()
            return envelope

        return call

    return of


@pytest.fixture
def fax(pdf: Callable[[int], bytes]) -> Callable[..., dict[str, Any]]:
    """Makes the fields of a fax-send."""

    def fields(number: str = "+14155550143", pages: int = 3, **more: Any) -> dict[str, Any]:
        document = base64.b64encode(pdf(pages)).decode()
        return {
            "faxNumber": number,
            "callerId": "+12025550119",
            "faxData": [{"fileName": "fax-1.pdf", "fileData": document}],
            **more,
        }

    return fields
