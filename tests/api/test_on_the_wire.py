"""The two failures on real sockets: plainly, over TLS, and over TLS through a proxy; certificates made in the test."""

import asyncio
import gzip
import json
import logging
import ssl
import traceback
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest

from ifax_desktop.api.address import Proxy
from ifax_desktop.api.channel import Channel
from ifax_desktop.api.connection import connect, open_client
from ifax_desktop.api.outbound import Outbound, OutgoingFax
from ifax_desktop.domain.errors import FaxError, NoAnswer, Offline, Refused
from tests.api.calling import KEY, NUMBER, LastPiece
from tests.api.raw_service import Caller, RawService, Talk, raw_service, response, says
from tests.api.tls import Authority, connect_proxy, secure_service

NAME = "fax.example"
SMALL = OutgoingFax(NUMBER, "", "fax-1.pdf", b"%PDF-1.7")
LARGE = OutgoingFax(NUMBER, "", "fax-1.pdf", b"%PDF" + bytes(12 * 1024 * 1024))
"""More than the sockets of all sides hold between them."""
ENVELOPE = b'{"status": 1, "message": "accepted", "data": {"jobId": 7}}'
GOOD = response(ENVELOPE)

SHORT = 1.5
"""Seconds before a service that says nothing is given up."""

Route = Callable[[Talk, float], AbstractAsyncContextManager[tuple[RawService, Channel]]]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """Signs for the test's servers; the system trusts it, and nobody else."""
    authority = Authority()
    monkeypatch.setenv("SSL_CERT_FILE", authority.trusted_in(tmp_path))
    return authority


@asynccontextmanager
async def channel_to(address: str, proxy: Proxy, patience: float = 30.0) -> AsyncIterator[Channel]:
    """A channel that waits so many seconds; only silence is waited out, all else ends a call at once."""
    async with open_client(address, proxy=proxy, timeout=httpx.Timeout(patience)) as http:
        yield Channel(http, lambda: KEY, patience=patience)


@pytest.fixture(params=["plain", "tls", "tls through a proxy"])
def route(request: pytest.FixtureRequest, authority: Authority) -> Route:
    """A way to a service of bare sockets, once of each kind."""

    @asynccontextmanager
    async def plain(talk: Talk, patience: float) -> AsyncIterator[tuple[RawService, Channel]]:
        async with (
            raw_service(talk) as service,
            channel_to(service.address, Proxy("none"), patience) as channel,
        ):
            yield service, channel

    @asynccontextmanager
    async def tls(talk: Talk, patience: float) -> AsyncIterator[tuple[RawService, Channel]]:
        async with secure_service(talk, authority.server("127.0.0.1")) as service:
            address = f"https://127.0.0.1:{service.port}/v1"
            async with channel_to(address, Proxy("none"), patience) as channel:
                yield service, channel

    @asynccontextmanager
    async def through_a_proxy(talk: Talk, patience: float) -> AsyncIterator[tuple[RawService, Channel]]:
        async with (
            secure_service(talk, authority.server(NAME)) as service,
            connect_proxy(service.port) as proxy,
            channel_to(f"https://{NAME}/v1", Proxy(proxy.address), patience) as channel,
        ):
            yield service, channel
            assert all(words.startswith(f"CONNECT {NAME}:443 ".encode()) for words in proxy.asked)
            assert KEY.encode() not in b"".join(proxy.asked)

    routes: dict[str, Route] = {"plain": plain, "tls": tls, "tls through a proxy": through_a_proxy}
    return routes[request.param]


async def failure(route: Route, talk: Talk, fax: OutgoingFax) -> tuple[FaxError, int]:
    last_piece = LastPiece()
    patience = SHORT if talk in SILENT else 30.0
    async with route(talk, patience) as (_, channel):
        with pytest.raises(FaxError) as caught:
            await Outbound(channel).send(fax, last_piece)
    return caught.value, last_piece.times


async def test_a_fax_goes_the_whole_way(route: Route) -> None:
    async with route(says(GOOD), 30.0) as (service, channel):
        assert await Outbound(channel).send(LARGE) == "7"
    head, _, body = service.heard.partition(b"\r\n\r\n")
    assert f"accesstoken: {KEY}".encode() in head.lower()
    assert json.loads(body)["faxNumber"] == NUMBER


async def hears_some_and_resets(caller: Caller) -> None:
    await caller.hear()
    caller.reset()


async def hears_some_and_leaves(caller: Caller) -> None:
    await caller.hear()


async def stops_reading(caller: Caller) -> None:
    await caller.hear()
    await asyncio.Event().wait()


async def resets_at_once(caller: Caller) -> None:
    caller.reset()


async def fails_in_the_middle(caller: Caller) -> None:
    await caller.hear()
    await caller.say(response(b"<h1>Bad gateway</h1>", "502 Bad Gateway"))


@pytest.mark.parametrize(
    "talk", [hears_some_and_resets, hears_some_and_leaves, stops_reading, resets_at_once, fails_in_the_middle]
)
async def test_before_the_last_piece_nothing_can_have_been_done(route: Route, talk: Talk) -> None:
    error, announced = await failure(route, talk, LARGE)
    assert isinstance(error, Offline)
    assert announced == 0


async def hears_all_and_resets(caller: Caller) -> None:
    await caller.hear_request()
    caller.reset()


async def fails_and_hears_on(caller: Caller) -> None:
    await caller.hear(100)
    await caller.say(response(b"<h1>Bad gateway</h1>", "502 Bad Gateway"))
    while await caller.hear():
        pass


async def hears_all_and_leaves(caller: Caller) -> None:
    await caller.hear_request()


async def hears_all_and_is_silent(caller: Caller) -> None:
    await caller.hear_request()
    await asyncio.Event().wait()


async def stops_within_its_answer(caller: Caller) -> None:
    await caller.hear_request()
    await caller.say(GOOD[:-20])
    caller.reset()


async def falls_silent_within_its_answer(caller: Caller) -> None:
    await caller.hear_request()
    await caller.say(GOOD[:-20])
    await asyncio.Event().wait()


SILENT = (stops_reading, hears_all_and_is_silent, falls_silent_within_its_answer)

AFTER_THE_LAST_PIECE: dict[str, Talk] = {
    "reset": hears_all_and_resets,
    "end": hears_all_and_leaves,
    "silence": hears_all_and_is_silent,
    "half an answer": stops_within_its_answer,
    "half an answer, then silence": falls_silent_within_its_answer,
    "half an answer, then the end": says(response(ENVELOPE[:20], length=len(ENVELOPE))),
    "502 too early": fails_and_hears_on,
    "500": says(response(b"<h1>Internal</h1>", "500 Internal Server Error")),
    "502 with an envelope": says(response(ENVELOPE, "502 Bad Gateway")),
    "503 with a refusal": says(
        response(b'{"status": 0, "code": 12009, "message": "no"}', "503 Unavailable", "Retry-After: 9")
    ),
    "html": says(response(b"<html>guest network</html>", "200 OK", "Content-Type: text/html")),
    "empty": says(response(b"")),
    "truncated json": says(response(ENVELOPE[:20])),
    "compressed unasked": says(response(gzip.compress(ENVELOPE), "200 OK", "Content-Encoding: gzip")),
    "no http": says(b"what is this\r\n\r\n"),
}


@pytest.mark.parametrize("fax", [SMALL, LARGE], ids=["small", "large"])
@pytest.mark.parametrize("talk", AFTER_THE_LAST_PIECE.values(), ids=list(AFTER_THE_LAST_PIECE))
async def test_after_the_last_piece_everything_can_have_been_done(
    route: Route, talk: Talk, fax: OutgoingFax
) -> None:
    error, announced = await failure(route, talk, fax)
    assert isinstance(error, NoAnswer)
    assert announced == 1


@pytest.mark.parametrize("status", ["307 Temporary Redirect", "404 Not Found", "429 Too Many Requests"])
async def test_a_no_by_status_is_a_refusal(route: Route, status: str) -> None:
    words = response(b"", status, "Location: https://elsewhere.example/", "Retry-After: 5")
    error, _ = await failure(route, says(words), SMALL)
    assert isinstance(error, Refused)


async def never_asked(caller: Caller) -> None:
    await caller.hear()


async def test_a_certificate_of_somebody_unknown_is_offline_and_hears_no_key(authority: Authority) -> None:
    stranger = Authority()
    async with secure_service(never_asked, stranger.server("127.0.0.1")) as service:
        async with channel_to(f"https://127.0.0.1:{service.port}/v1", Proxy("none")) as channel:
            with pytest.raises(Offline, match="could not prove"):
                await Outbound(channel).send(SMALL)
        assert KEY.encode() not in service.heard


async def test_a_certificate_for_another_name_is_offline(authority: Authority) -> None:
    async with secure_service(never_asked, authority.server("other.example")) as service:
        async with channel_to(f"https://127.0.0.1:{service.port}/v1", Proxy("none")) as channel:
            with pytest.raises(Offline, match="could not prove"):
                await Outbound(channel).send(SMALL)
        assert KEY.encode() not in service.heard


async def test_a_certificate_that_ran_out_is_offline(authority: Authority) -> None:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    then = datetime(2020, 1, 2, tzinfo=UTC)
    authority.ca.issue_cert(
        "127.0.0.1", not_before=datetime(2020, 1, 1, tzinfo=UTC), not_after=then
    ).configure_cert(context)
    async with (
        secure_service(never_asked, context) as service,
        channel_to(f"https://127.0.0.1:{service.port}/v1", Proxy("none")) as channel,
    ):
        with pytest.raises(Offline, match="could not prove"):
            await Outbound(channel).send(SMALL)


@pytest.mark.parametrize(
    ("talk", "words"),
    [
        ("403 Forbidden", "does not let us through"),
        ("407 Proxy Authentication Required", "asks for a name and a password"),
        ("502 Bad Gateway", "does not let us through"),
        ("", "broke before everything"),
    ],
)
async def test_a_proxy_that_does_not_connect_is_offline(
    authority: Authority, talk: str, words: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)

    async def proxy_talk(caller: Caller) -> None:
        caller.heard += await caller.reader.readuntil(b"\r\n\r\n")
        if not talk:
            caller.reset()
        else:
            await caller.say(response(b"", talk))

    async with raw_service(proxy_talk) as proxy:
        secret = Proxy(f"http://127.0.0.1:{proxy.port}", "alder", "proxy-canary-815")
        async with channel_to(f"https://{NAME}/v1", secret) as channel:
            with pytest.raises(Offline) as caught:
                await Outbound(channel).send(SMALL)
    told = "".join(traceback.format_exception(caught.value)) + caught.value.detail + caplog.text
    for canary in (KEY, NUMBER, "proxy-canary-815"):
        assert canary not in told
    assert KEY.encode() not in proxy.heard
    assert b"proxy-authorization: basic " in proxy.heard.lower()


async def test_a_proxy_that_is_not_there_is_offline(unused_tcp_port: int) -> None:
    async with channel_to(f"https://{NAME}/v1", Proxy(f"http://127.0.0.1:{unused_tcp_port}")) as channel:
        with pytest.raises(Offline):
            await Outbound(channel).send(SMALL)


async def test_a_proxy_that_breaks_in_the_middle_is_offline(authority: Authority) -> None:
    async with (
        secure_service(says(GOOD), authority.server(NAME)) as service,
        connect_proxy(service.port, most_bytes=200_000) as proxy,
        channel_to(f"https://{NAME}/v1", Proxy(proxy.address)) as channel,
    ):
        with pytest.raises(Offline, match="before everything"):
            await Outbound(channel).send(LARGE)


async def test_the_key_of_a_proxied_call_is_not_the_proxys(authority: Authority) -> None:
    async with (
        secure_service(says(GOOD), authority.server(NAME)) as service,
        connect_proxy(service.port) as proxy,
        connect(f"https://{NAME}/v1", KEY, proxy=Proxy(proxy.address, "alder", "word")) as channel,
    ):
        assert await Outbound(channel).send(SMALL) == "7"
    assert b"alder" not in service.heard
    assert b"proxy-authorization" not in service.heard.lower()
    assert KEY.encode() not in b"".join(proxy.asked)
    assert b"proxy-authorization" in b"".join(proxy.asked).lower()
