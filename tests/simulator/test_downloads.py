"""Documents named by their address: fetched from this machine, whole and in time, and from nowhere else."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import pytest

from ifax_desktop.simulator.answers import Refusal
from ifax_desktop.simulator.downloads import fetch_document
from ifax_desktop.simulator.service import FaxService

Call = Callable[..., Awaitable[dict[str, Any]]]
Pdf = Callable[[int], bytes]


@pytest.fixture
async def shelf(pdf: Pdf) -> AsyncIterator[tuple[str, list[bytes]]]:
    """A small web server: its address, and the heads of the requests it got."""
    heads: list[bytes] = []
    ended = asyncio.Event()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        heads.append(head)
        match head.split()[1]:
            case b"/fax.pdf":
                writer.write(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + pdf(2))
            case b"/moved":
                writer.write(b"HTTP/1.1 302 Found\r\nLocation: /fax.pdf\r\nContent-Length: 0\r\n\r\n")
            case b"/silent":
                await ended.wait()
            case b"/half":
                writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n%PDF")
            case _:
                writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        writer.close()
        await writer.wait_closed()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    yield f"127.0.0.1:{server.sockets[0].getsockname()[1]}", heads
    ended.set()
    server.close()
    await server.wait_closed()


def fields(address: str) -> dict[str, Any]:
    return {
        "faxNumber": "+14155550143",
        "callerId": "+12025550119",
        "faxData": [{"fileName": "note.pdf", "fileUrl": address}],
    }


async def test_a_document_is_fetched(
    call: Call, service: FaxService, pdf: Pdf, shelf: tuple[str, list[bytes]]
) -> None:
    host, heads = shelf
    for address in (f"http://{host}/fax.pdf", f"http://{host.replace('127.0.0.1', 'localhost')}/fax.pdf"):
        assert (await call("/customer/fax-send", **fields(address)))["status"] == 1
    assert [job.documents for job in service.jobs] == [(pdf(2),), (pdf(2),)]
    assert all(head.startswith(b"GET /fax.pdf ") for head in heads)


async def test_an_address_may_hold_a_name_and_a_password(shelf: tuple[str, list[bytes]]) -> None:
    host, heads = shelf
    await fetch_document(f"http://clinic:secret@{host}/fax.pdf")
    assert b"uthorization: Basic Y2xpbmljOnNlY3JldA==" in heads[0]


@pytest.mark.parametrize("path", ["missing", "moved", "half"])
async def test_what_is_not_there_is_refused(
    call: Call, service: FaxService, shelf: tuple[str, list[bytes]], path: str
) -> None:
    answer = await call("/customer/fax-send", **fields(f"http://{shelf[0]}/{path}"))
    assert answer == {"status": 0, "code": 120108, "message": "Invalid fileUrl"}
    assert service.jobs == []


@pytest.mark.parametrize(
    "address",
    [
        "https://files.example.net/note.pdf",
        "http://files.example.net/note.pdf",
        "http://192.0.2.7/note.pdf",
        "http://127.0.0.1.example.net/note.pdf",
        "http://localhost@192.0.2.7/note.pdf",
        "https://127.0.0.1/note.pdf",
        "ftp://127.0.0.1/note.pdf",
        "file:///etc/hostname",
        "http://127.0.0.1:0/note.pdf",
        "http://[::1/note.pdf",
        "note.pdf",
        "http://",
    ],
)
async def test_no_other_address_is_asked(call: Call, address: str) -> None:
    assert (await call("/customer/fax-send", **fields(address)))["code"] == 120108


async def test_limits_of_size_and_time(shelf: tuple[str, list[bytes]]) -> None:
    with pytest.raises(Refusal) as caught:
        await fetch_document(f"http://{shelf[0]}/fax.pdf", most=100)
    assert caught.value.code == -1063
    with pytest.raises(Refusal) as caught:
        await fetch_document(f"http://{shelf[0]}/silent", seconds=0.2)
    assert caught.value.code == 120108
