"""Documents at addresses of their own: fetched without the key, over https only, up to a size."""

import asyncio
import json
from pathlib import Path

import httpx
import pytest

from ifax_desktop.api.channel import Channel
from ifax_desktop.api.connection import connect
from ifax_desktop.api.operations import INBOUND_FAX_DOWNLOAD
from ifax_desktop.domain.errors import FaxError, NoAnswer, Refused
from tests.api.calling import KEY, open_channel, success
from tests.api.raw_service import Caller, response
from tests.api.tls import Authority, secure_service

ADDRESS = "https://files.example/a.pdf?signature=canary-77"
PDF = b"%PDF-1.1\n" + bytes(range(256)) * 1000

Elsewhere = dict[str, httpx.Response]


async def saved(into: Path, files: Elsewhere, address: str = ADDRESS) -> list[httpx.Request]:
    """Download a fax whose document is at `address`, where `files` are; gives what was asked of all hosts."""
    asked: list[httpx.Request] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append(request)
        if request.method == "POST":
            return httpx.Response(200, json=success(address))
        return files[str(request.url)]

    async with open_channel(answer) as channel:
        await channel.save(INBOUND_FAX_DOWNLOAD, {}, into)
    return asked


def moved(to: str) -> httpx.Response:
    return httpx.Response(302, headers={"Location": to})


async def test_a_document_is_fetched_without_the_key(tmp_path: Path) -> None:
    into = tmp_path / "fax.pdf"
    asked = await saved(into, {ADDRESS: httpx.Response(200, content=PDF)})
    assert into.read_bytes() == PDF
    assert [path.name for path in tmp_path.iterdir()] == ["fax.pdf"]
    assert (asked[1].method, str(asked[1].url)) == ("GET", ADDRESS)
    assert KEY not in str(asked[1].headers.raw)
    assert "cookie" not in asked[1].headers


async def test_a_document_that_moved_is_followed_over_https(tmp_path: Path) -> None:
    files = {
        ADDRESS: moved("/b.pdf"),
        "https://files.example/b.pdf": moved("https://other.example/c.pdf"),
        "https://other.example/c.pdf": httpx.Response(200, content=PDF),
    }
    asked = await saved(tmp_path / "fax.pdf", files)
    assert (tmp_path / "fax.pdf").read_bytes() == PDF
    assert all(KEY not in str(request.headers.raw) for request in asked[1:])


@pytest.mark.parametrize(
    "address",
    [
        "http://files.example/a.pdf",
        "http://127.0.0.1/a.pdf",
        "https:///a.pdf",
        "https://files.example:many/a.pdf",
    ],
)
async def test_an_address_that_is_not_https_is_not_fetched(address: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="another address"):
        await saved(tmp_path / "fax.pdf", {}, address)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("to", ["http://files.example/a.pdf", "ftp://files.example/a.pdf", ADDRESS])
async def test_a_way_that_leads_off_https_or_nowhere_is_not_followed(to: str, tmp_path: Path) -> None:
    with pytest.raises(Refused, match="another address"):
        await saved(tmp_path / "fax.pdf", {ADDRESS: moved(to)})


@pytest.mark.parametrize(
    "there",
    [
        httpx.Response(404),
        httpx.Response(403, content=PDF),
        httpx.Response(500),
        httpx.Response(206, content=PDF),
        httpx.Response(200, content=b""),
        httpx.Response(200, content=b"%PDF"),
        httpx.Response(200, html="<h1>Sign in</h1>" * 20),
        moved("https://files.example:port/a.pdf"),
    ],
)
async def test_what_is_no_document_there_means_ask_again(there: httpx.Response, tmp_path: Path) -> None:
    with pytest.raises(NoAnswer) as caught:
        await saved(tmp_path / "fax.pdf", {ADDRESS: there})
    assert list(tmp_path.iterdir()) == []
    assert "canary" not in f"{caught.value!r} {caught.value.detail}"


async def test_a_document_without_end_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ifax_desktop.api.elsewhere.MOST_ANSWER_BYTES", 100_000)
    with pytest.raises(NoAnswer, match="larger"):
        await saved(tmp_path / "fax.pdf", {ADDRESS: httpx.Response(200, content=PDF)})


async def test_without_a_client_for_it_nothing_is_fetched(tmp_path: Path) -> None:
    transport = httpx.MockTransport(lambda _: httpx.Response(200, json=success(ADDRESS)))
    async with httpx.AsyncClient(transport=transport, base_url="https://fax.example/v1") as http:
        with pytest.raises(Refused, match="another address"):
            await Channel(http, lambda: KEY).save(INBOUND_FAX_DOWNLOAD, {}, tmp_path / "fax.pdf")


@pytest.mark.parametrize("whole", [True, False])
async def test_over_a_real_socket_with_tls(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    authority = Authority()
    monkeypatch.setenv("SSL_CERT_FILE", authority.trusted_in(tmp_path))
    heard = bytearray()

    async def files(caller: Caller) -> None:
        nonlocal heard
        heard += await caller.reader.readuntil(b"\r\n\r\n")
        await caller.say(response(PDF if whole else PDF[:5000], length=len(PDF)))

    async with secure_service(files, authority.server("127.0.0.1")) as elsewhere:

        async def service_talk(caller: Caller) -> None:
            await caller.hear_request()
            address = f"https://127.0.0.1:{elsewhere.port}/a.pdf"
            await caller.say(response(json.dumps(success(address)).encode()))

        folder = tmp_path / "faxes"
        await asyncio.to_thread(folder.mkdir)
        async with (
            secure_service(service_talk, authority.server("127.0.0.1")) as service,
            connect(f"https://127.0.0.1:{service.port}/v1", KEY) as channel,
        ):
            if whole:
                assert await channel.save(INBOUND_FAX_DOWNLOAD, {}, folder / "fax.pdf") == len(PDF)
            else:
                with pytest.raises(FaxError) as caught:
                    await channel.save(INBOUND_FAX_DOWNLOAD, {}, folder / "fax.pdf")
                assert isinstance(caught.value, NoAnswer)
    assert heard.startswith(b"GET /a.pdf ")
    assert KEY.encode() not in heard
    assert [path.name for path in folder.iterdir()] == (["fax.pdf"] if whole else [])
