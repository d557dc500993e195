"""Two failures never mixed, proved on real sockets; the key stays where it belongs; large faxes in little memory."""

import asyncio
import gc
import json
import logging
import traceback
import tracemalloc
from base64 import b64encode
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from email.utils import formatdate
from pathlib import Path
from typing import Any

import httpx
import pytest

from ifax_desktop.api.body import Attached
from ifax_desktop.api.channel import TOO_LARGE, Channel
from ifax_desktop.api.connection import open_client
from ifax_desktop.api.corrections import corrected
from ifax_desktop.api.operations import (
    FAX_CANCEL,
    FAX_LIST,
    FAX_SEND,
    INBOUND_FAX_DOWNLOAD,
    OPERATIONS,
    Policy,
)
from ifax_desktop.domain.errors import (
    ConsentNeeded,
    FaxError,
    NoAnswer,
    Offline,
    Refused,
    SignInNeeded,
    StorageFailed,
)
from ifax_desktop.domain.limits import MOST_REQUEST
from tests.api.calling import KEY, NUMBER, LastPiece, answering, open_channel, success
from tests.api.raw_service import Caller, Talk, raw_service, response, says

LARGE = Attached("fax-1.pdf", b"%PDF" + bytes(12 * 1024 * 1024))
"""More than the sockets of both sides hold between them."""
SMALL = Attached("fax-1.pdf", b"%PDF-1.7")
FIELDS = {"faxNumber": NUMBER}
TAIL = b'"}]}'


async def failure(talk: Talk, document: Attached = SMALL) -> tuple[FaxError, int]:
    """How a sending to a service of bare sockets fails, and how often its last piece was announced."""
    last_piece = LastPiece()
    async with raw_service(talk) as service, open_channel(service.address) as channel:
        with pytest.raises(FaxError) as caught:
            await channel.call(FAX_SEND, FIELDS, document=document, before_last_piece=last_piece)
    return caught.value, last_piece.times


async def test_the_data_of_a_success_is_returned() -> None:
    asked, answer = answering(success([{"jobId": 1}]))
    async with open_channel(answer) as channel:
        assert await channel.call(FAX_LIST, {"startDate": "01/05/2026"}) == [{"jobId": 1}]
    assert asked == [{"startDate": "01/05/2026"}]


async def test_a_request_carries_key_path_and_exact_length() -> None:
    async with (
        raw_service(says(response(b'{"status": 1, "data": {"jobId": 7}}'))) as service,
        open_channel(service.address) as channel,
    ):
        assert await channel.call(FAX_SEND, FIELDS, document=SMALL) == {"jobId": 7}
    head, _, body = service.heard.partition(b"\r\n\r\n")
    lines = {line.lower() for line in head.decode().split("\r\n")}
    assert {
        "post /v1/customer/fax-send http/1.1",
        f"accesstoken: {KEY}",
        "content-type: application/json",
        "accept: application/json",
        f"content-length: {len(body)}",
    } <= lines
    assert "transfer-encoding" not in head.decode().lower()
    assert json.loads(body) == {
        "faxNumber": NUMBER,
        "faxData": [{"fileName": "fax-1.pdf", "fileData": "JVBERi0xLjc="}],
    }


async def test_nobody_listening_is_offline(unused_tcp_port: int) -> None:
    async with open_channel(f"http://127.0.0.1:{unused_tcp_port}/v1") as channel:
        with pytest.raises(Offline, match="cannot be reached"):
            await channel.call(FAX_LIST, {})


async def test_a_service_that_does_not_speak_tls_is_offline() -> None:
    async def talk(caller: Caller) -> None:
        await caller.hear()
        await caller.say(response(b""))

    async with raw_service(talk) as service:
        async with open_channel(service.address.replace("http:", "https:")) as channel:
            with pytest.raises(Offline, match="could not prove"):
                await channel.call(FAX_LIST, {})
        assert KEY.encode() not in service.heard


async def test_a_proxy_that_says_no_is_offline_and_never_sees_the_key(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def talk(caller: Caller) -> None:
        await caller.hear()
        await caller.say(response(b"", "403 Forbidden"))

    async with raw_service(talk) as proxy:
        monkeypatch.setenv("https_proxy", f"http://127.0.0.1:{proxy.port}")
        monkeypatch.setenv("no_proxy", "")
        async with open_channel("https://fax.example/v1") as channel:
            with pytest.raises(Offline, match="proxy"):
                await channel.call(FAX_LIST, {})
    assert proxy.heard.startswith(b"CONNECT fax.example:443 ")
    assert KEY.encode() not in proxy.heard


async def hears_and_resets(caller: Caller) -> None:
    await caller.hear_request()
    caller.reset()


GOOD = b'{"status": 1, "message": "accepted", "data": {"jobId": 7}}'


@pytest.mark.parametrize(
    "status", ["301 Moved", "302 Found", "307 Temporary Redirect", "308 Permanent Redirect"]
)
async def test_a_redirect_is_refused_and_the_key_does_not_travel(status: str) -> None:
    async with raw_service(says(response(GOOD))) as elsewhere:
        location = f"Location: {elsewhere.address}/customer/fax-send"
        error, _ = await failure(says(response(b"", status, location)))
    assert isinstance(error, Refused)
    assert error.retry_after == 0
    assert elsewhere.callers == []


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        (["Retry-After: 7"], 7.0),
        ([f"Date: {formatdate(1_767_605_400)}", f"Retry-After: {formatdate(1_767_605_430)}"], 30.0),
        (["Retry-After: 99999999999"], 86_400.0),
        (["Retry-After: soon"], 10.0),
        ([], 10.0),
    ],
)
async def test_too_many_calls_are_refused_with_the_time_to_wait(headers: list[str], seconds: float) -> None:
    error, _ = await failure(says(response(b"slow down", "429 Too Many Requests", *headers)))
    assert isinstance(error, Refused)
    assert (error.code, error.retry_after) == (None, seconds)
    assert "429" in error.detail
    assert "slow down" in error.detail


async def test_a_4xx_whose_body_is_cut_off_is_refused_all_the_same() -> None:
    error, _ = await failure(says(response(b"<html>", "404 Not Found", length=500)))
    assert isinstance(error, Refused)


@pytest.mark.parametrize(
    "words",
    [
        response(b'{"status": 0, "code": 12001, "message": "accessToken invalid"}'),
        response(b'{"status": "0", "code": "12004", "message": "Professional plan is not activated"}'),
        response(b"", "401 Unauthorized"),
        response(b"<html>", "403 Forbidden"),
    ],
)
async def test_a_key_that_is_not_taken_needs_a_sign_in(words: bytes) -> None:
    error, _ = await failure(says(words))
    assert isinstance(error, SignInNeeded)


async def test_the_last_piece_waits_until_its_announcement_is_done() -> None:
    heard_all_but_the_last = asyncio.Event()
    announced = asyncio.Event()

    async def talk(caller: Caller) -> None:
        head = await caller.reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
        await caller.reader.readexactly(length - len(TAIL))
        heard_all_but_the_last.set()
        # The last piece cannot come before somebody said so.
        last = await caller.reader.readexactly(len(TAIL))
        assert announced.is_set()
        assert last == TAIL
        await caller.say(response(GOOD))

    async def before_last_piece() -> None:
        await heard_all_but_the_last.wait()
        announced.set()

    async with raw_service(talk) as service, open_channel(service.address) as channel:
        data = await channel.call(FAX_SEND, FIELDS, document=LARGE, before_last_piece=before_last_piece)
    assert data == {"jobId": 7}


async def test_what_cannot_be_noted_is_not_handed_over() -> None:
    async def full() -> None:
        raise StorageFailed("The disk is full.")

    async def talk(caller: Caller) -> None:
        while await caller.hear():
            pass

    async with raw_service(talk) as service, open_channel(service.address) as channel:
        with pytest.raises(StorageFailed, match="disk is full"):
            await channel.call(FAX_SEND, FIELDS, document=SMALL, before_last_piece=full)
    assert not service.heard.endswith(TAIL)


async def test_a_call_given_up_in_the_middle_sends_no_last_piece_and_leaves_the_channel_usable() -> None:
    waiting = asyncio.Event()

    async def wait() -> None:
        waiting.set()
        await asyncio.Event().wait()

    async def talk(caller: Caller) -> None:
        await caller.hear_request()
        await caller.say(response(GOOD))

    async with raw_service(talk) as service, open_channel(service.address) as channel:
        sending = asyncio.ensure_future(
            channel.call(FAX_SEND, FIELDS, document=SMALL, before_last_piece=wait)
        )
        await waiting.wait()
        sending.cancel()
        with pytest.raises(asyncio.CancelledError):
            await sending
        assert await channel.call(FAX_LIST, {}) == {"jobId": 7}
    assert len(service.callers) == 2
    assert b"fax-1.pdf" not in service.heard


async def test_what_is_beyond_the_limit_is_refused_before_anything_goes_out() -> None:
    document = Attached("fax-1.pdf", bytes(MOST_REQUEST * 3 // 4))
    error, announced = await failure(says(response(GOOD)), document)
    assert isinstance(error, Refused)
    assert error.code == TOO_LARGE
    assert "20 MB" in str(error)
    assert announced == 0


@pytest.mark.parametrize("key", ["", "two words", "line\nbreak", "schlüssel", "tab\t"])
async def test_what_cannot_be_a_key_is_not_tried(key: str) -> None:
    async with raw_service(says(response(GOOD))) as service, open_channel(service.address, key) as channel:
        with pytest.raises(SignInNeeded) as caught:
            await channel.call(FAX_LIST, {})
    assert service.callers == []
    assert not key or key not in "".join(traceback.format_exception(caught.value))


async def test_the_key_is_asked_for_at_each_call() -> None:
    keys = iter(["live-1", "live-2"])
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append(request.headers["accessToken"])
        return httpx.Response(200, json=success({}))

    async with open_client("", httpx.MockTransport(answer)) as http:
        channel = Channel(http, lambda: next(keys))
        await channel.call(FAX_LIST, {})
        await channel.call(FAX_LIST, {})
    assert seen == ["live-1", "live-2"]


async def test_no_more_than_four_calls_at_a_time() -> None:
    at_once = most = 0
    five_asked = asyncio.Event()

    async def answer(request: httpx.Request) -> httpx.Response:
        nonlocal at_once, most
        at_once += 1
        most = max(most, at_once)
        if at_once == 4:
            five_asked.set()
        await five_asked.wait()
        await asyncio.sleep(0)
        at_once -= 1
        return httpx.Response(200, json=success({}))

    async with open_client("", httpx.MockTransport(answer)) as http:
        channel = Channel(http, lambda: KEY)
        await asyncio.gather(*(channel.call(FAX_LIST, {}) for _ in range(12)))
    assert most == 4


@asynccontextmanager
async def unreachable() -> AsyncIterator[str]:
    async with raw_service(says(b"")) as service:
        address = service.address
    yield address


@asynccontextmanager
async def echoing() -> AsyncIterator[str]:
    """A service that sends everything back that it heard: key, numbers and all."""

    async def talk(caller: Caller) -> None:
        heard = await caller.hear_request()
        message = json.dumps({"status": 0, "code": 120100, "message": f"{NUMBER} {KEY} 415-555-0143"})
        headers = [f"X-Echo: {KEY}", f"X-Number: {NUMBER}", f"Set-Cookie: k={KEY}"]
        body = message.encode() if b"fax-send" in heard else heard
        await caller.say(response(body, "200 OK", *headers))

    async with raw_service(talk) as service:
        yield service.address


@asynccontextmanager
async def resetting() -> AsyncIterator[str]:
    async with raw_service(hears_and_resets) as service:
        yield service.address


@pytest.mark.parametrize("service", [unreachable, echoing, resetting])
@pytest.mark.parametrize("operation", [FAX_SEND, FAX_LIST])
async def test_key_and_numbers_are_in_no_log_and_no_exception(
    service: Callable[[], Any], operation: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with service() as address, open_channel(address) as channel:
        with pytest.raises(FaxError) as caught:
            await channel.call(operation, FIELDS, document=SMALL)
        told = [
            *traceback.format_exception(caught.value),
            str(caught.value),
            repr(caught.value),
            caught.value.detail,
            repr(channel),
            caplog.text,
        ]
    everything = "".join(told)
    for canary in (KEY, NUMBER, NUMBER[1:], "415-555-0143"):
        assert canary not in everything
    cause = caught.value.__cause__
    if isinstance(cause, httpx.RequestError):
        assert KEY not in dict(cause.request.headers).values()


async def hears_in_pieces(caller: Caller) -> None:
    head = await caller.reader.readuntil(b"\r\n\r\n")
    missing = int(head.lower().partition(b"content-length: ")[2].split(b"\r\n")[0])
    while missing:
        missing -= len(await caller.reader.read(65536))
    await caller.say(response(GOOD))


async def test_sending_a_large_fax_takes_little_memory() -> None:
    document = Attached("fax-1.pdf", bytes(14 * 1024 * 1024))
    async with raw_service(hears_in_pieces) as service, open_channel(service.address) as channel:
        await channel.call(FAX_SEND, FIELDS, document=SMALL)
        gc.collect()
        tracemalloc.start()
        try:
            await channel.call(FAX_SEND, FIELDS, document=document)
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 3 * 1024 * 1024


async def test_sending_a_large_fax_out_of_a_file_takes_little_memory(tmp_path: Path) -> None:
    path = tmp_path / "fax.pdf"
    path.write_bytes(bytes(14 * 1024 * 1024))
    told: list[int] = []

    async with raw_service(hears_in_pieces) as service, open_channel(service.address) as channel:
        await channel.call(FAX_SEND, FIELDS, document=SMALL)
        gc.collect()
        tracemalloc.start()
        try:
            document = Attached("fax-1.pdf", path)
            await channel.call(
                FAX_SEND, FIELDS, document=document, progress=lambda gone, _: told.append(gone)
            )
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert peak < 3 * 1024 * 1024
    assert told[-1] > 18 * 1024 * 1024


@pytest.mark.parametrize("enveloped", [True, False])
async def test_a_large_download_takes_little_memory(tmp_path: Path, enveloped: bool) -> None:
    size = 30 * 1024 * 1024
    into = tmp_path / "fax.pdf"

    async def talk(caller: Caller) -> None:
        await caller.hear_request()
        head, tail = (b'{"status": 1, "data": "', b'"}') if enveloped else (b"", b"")
        length = len(head) + (size // 3 * 4 if enveloped else size) + len(tail)
        await caller.say(f"HTTP/1.1 200 OK\r\nContent-Length: {length}\r\n\r\n".encode() + head)
        piece = b"%PDF" + bytes(3 * 65536 - 4)
        said = b64encode(piece) if enveloped else piece
        for _ in range(size // len(piece)):
            await caller.say(said)
        await caller.say(tail)

    async with raw_service(talk) as service, open_channel(service.address) as channel:
        await channel.save(INBOUND_FAX_DOWNLOAD, {}, into)
        gc.collect()
        tracemalloc.start()
        try:
            assert await channel.save(INBOUND_FAX_DOWNLOAD, {}, into) == size
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert into.stat().st_size == size
    assert peak < 4 * 1024 * 1024


async def test_a_service_that_wants_to_be_left_alone_is_left_alone() -> None:
    now = 100.0
    asked = 0

    def answer(request: httpx.Request) -> httpx.Response:
        nonlocal asked
        asked += 1
        if asked == 1:
            return httpx.Response(429, headers={"Retry-After": "30"})
        return httpx.Response(200, json=success([]))

    async with open_client("", httpx.MockTransport(answer)) as http:
        channel = Channel(http, lambda: KEY, clock=lambda: now)
        for later, wait in ((0.0, 30.0), (10.0, 20.0), (19.5, 0.5)):
            now += later
            with pytest.raises(Refused, match="wait a moment") as caught:
                await channel.call(FAX_LIST, {})
            assert caught.value.retry_after == wait
        assert asked == 1
        now += 0.5
        assert await channel.call(FAX_LIST, {}) == []


async def test_a_service_out_of_order_may_say_for_how_long() -> None:
    now = 100.0

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(503, headers={"Retry-After": "86400"})

    async with open_client("", httpx.MockTransport(answer)) as http:
        channel = Channel(http, lambda: KEY, clock=lambda: now)
        with pytest.raises(NoAnswer):  # the first may have arrived
            await channel.call(FAX_LIST, {})
        with pytest.raises(Refused) as caught:  # the second was not sent
            await channel.call(FAX_LIST, {})
        assert caught.value.retry_after == 3600.0  # nobody is left alone for a day because of one answer


async def test_what_changes_something_on_a_guessed_path_needs_consent() -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise AssertionError("asked all the same")

    async with open_client("", httpx.MockTransport(answer)) as http:
        channel = Channel(http, lambda: KEY)
        for operation in OPERATIONS:
            if operation.policy is Policy.ASKS_ONCE:
                with pytest.raises(ConsentNeeded, match="consent"):
                    await channel.call(operation, {})
        with pytest.raises(ConsentNeeded):
            await channel.save(FAX_CANCEL, {}, Path("nowhere"))


async def test_the_channels_own_table_says_path_and_method() -> None:
    seen = []

    def answer(request: httpx.Request) -> httpx.Response:
        seen.append((request.method, request.url.path))
        return httpx.Response(200, json=success({}))

    table = corrected('[fax_cancel]\npath = "/customer/stop"\nmethod = "DELETE"\nprovenance = "likely"\n')
    async with open_client("https://fax.example/v1", httpx.MockTransport(answer)) as http:
        await Channel(http, lambda: KEY, operations=table).call(FAX_CANCEL, {"jobId": 5})
    assert seen == [("DELETE", "/v1/customer/stop")]


class EarlyAnswer(httpx.AsyncBaseTransport):
    """Answers before anything of the request was read."""

    def __init__(self, answer: httpx.Response) -> None:
        self._answer = answer

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        return self._answer


@pytest.mark.parametrize(
    "answer",
    [
        httpx.Response(500, text="Bad gateway"),
        httpx.Response(200, html="<h1>Bad gateway</h1>"),
        httpx.Response(200, text="Bad gateway"),
    ],
)
async def test_no_answer_before_the_last_piece_is_offline_with_its_detail(answer: httpx.Response) -> None:
    async with open_client("", EarlyAnswer(answer)) as http:
        with pytest.raises(Offline, match="Nothing was sent") as caught:
            await Channel(http, lambda: KEY).call(FAX_SEND, FIELDS, document=SMALL)
    assert "Bad gateway" in caught.value.detail


async def test_a_refusal_before_the_last_piece_is_a_refusal() -> None:
    early = EarlyAnswer(httpx.Response(200, json={"status": 0, "code": -1063, "message": "Too big"}))
    async with open_client("", early) as http:
        with pytest.raises(Refused, match="Too big"):
            await Channel(http, lambda: KEY).call(FAX_SEND, FIELDS, document=SMALL)


async def test_an_answer_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ifax_desktop.api.exchange.MOST_ANSWER_BYTES", 200_000)
    closed = asyncio.Event()

    async def talk(caller: Caller) -> None:
        await caller.hear_request()
        await caller.say(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        try:
            while True:
                await caller.say(b"ffff\r\n" + bytes(0xFFFF) + b"\r\n")
        finally:
            closed.set()

    error, _ = await failure(talk)
    assert isinstance(error, NoAnswer)
    assert closed.is_set()
