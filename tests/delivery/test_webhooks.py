"""Calls over real sockets: who is heard, who is turned away with what, and that nobody can break it or learn from it."""

import asyncio
import gc
import hmac
import json
import logging
import socket
import tracemalloc
from contextlib import suppress
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ifax_desktop.delivery.call import Head, Limits, TurnedAway
from ifax_desktop.delivery.intake import intake
from ifax_desktop.delivery.webhooks import Basic, Webhooks, new_secret
from ifax_desktop.domain.errors import ListeningFailed
from ifax_desktop.domain.fax import Direction
from ifax_desktop.store.archive import Query
from tests.conftest import Eventually
from tests.delivery.calling import BASIC, INBOUND, NUMBER, OUTBOUND, SECRET, House, call, form, house, signed
from tests.delivery.conftest import Clock, Plant
from tests.documents import samples

JSON = json.dumps(OUTBOUND).encode()


async def test_a_sent_fax_rings_for_its_job_and_a_received_one_for_all() -> None:
    async with house() as there:
        assert await there.tell(OUTBOUND) == 200
        assert there.rings == (0, ["7204418"])
    async with house() as there:
        assert await there.tell({"data": INBOUND}) == 200
        assert there.rings == (1, [])
    async with house() as there:
        assert await there.tell({"jobId": "1702233445566778899"}) == 200
        assert there.rings == (1, ["1702233445566778899"])


@pytest.mark.parametrize("kind", ["application/json; charset=utf-8", "text/plain", "", "nonsense"])
async def test_json_is_understood_whatever_it_calls_itself(kind: str) -> None:
    async with house() as there:
        assert await there.tell(OUTBOUND, kind=kind) == 200


async def test_a_form_and_a_form_with_the_file() -> None:
    async with house(pause=0) as there:
        content = urlencode(OUTBOUND).encode()
        answer = await there.say(call(content, kind="application/x-www-form-urlencoded"))
        assert answer.status == 200
        assert there.rings == (0, ["7204418"])
        file = b"%PDF-1.7 \r\n--edg\r\n--edge+\r\n" + bytes(range(256)) * 4000
        body, kind = form({"jobId": 7204951, "transactionId": "8802045"}, file)
        assert (await there.say(call(body, kind=kind))).status == 200
        assert there.received == 1
        body, kind = form({"data": json.dumps(INBOUND)})
        assert (await there.say(call(body, kind=kind))).status == 200
        assert there.webhooks.tally.heard == 3


async def test_a_large_file_is_thrown_away_as_it_comes() -> None:
    body, kind = form(INBOUND, b"%PDF-1.7" + b"\r\n--" * 500_000)
    pieces = [body[start : start + 32768] for start in range(0, len(body), 32768)]
    reader = intake(kind, len(body), Limits())
    tracemalloc.start()
    try:
        for piece in pieces:
            reader.feed(piece)
        assert tracemalloc.get_traced_memory()[1] < 300_000
    finally:
        tracemalloc.stop()
    assert reader.callback().direction is Direction.RECEIVED


async def test_one_byte_after_another_and_in_chunks() -> None:
    async with house() as there:
        whole = call(JSON)
        answer = await there.say(*(whole[place : place + 1] for place in range(len(whole))))
        assert answer.status == 200
        head = f"POST /a/b/{SECRET}?x=/1 HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n".encode()
        chunks = [b"%x\r\n%s\r\n" % (len(piece), piece) for piece in (JSON[:9], JSON[9:])]
        assert (await there.say(head, *chunks, b"0\r\n\r\n")).status == 200


async def test_a_caller_that_waits_to_be_asked_is_asked() -> None:
    async with house() as there:
        whole = call(JSON, headers={"Expect": "100-continue"})
        head, _, body = whole.partition(b"\r\n\r\n")
        reader, writer = await there.talk()
        writer.write(head + b"\r\n\r\n")
        assert (await reader.readuntil(b"\r\n\r\n")).startswith(b"HTTP/1.1 100 ")
        writer.write(body)
        assert (await reader.read()).startswith(b"HTTP/1.1 200 ")
        writer.transport.abort()


async def test_strangers_always_hear_the_same() -> None:
    async with house(basic=BASIC, a_minute=1, text_bytes=10) as there:
        strangers = [
            call(JSON, path="/"),
            call(JSON, path=f"/ifax/{SECRET}/"),
            call(JSON, path=f"/ifax/{SECRET}x"),
            call(JSON, path=f"/{SECRET}/ifax"),
            call(JSON, path=f"/ifax/{SECRET.upper()}"),
            call(JSON, path="/ifax/" + SECRET[:-1]),
            call(JSON, path=f"/?{SECRET}", headers=signed(BASIC.user, BASIC.password)),
            call(path="/ifax/guess", method="GET"),
            call(b"x" * 1000, path="/ifax/guess", kind="multipart/form-data"),
        ]
        answers = {(await there.say(stranger)).raw for stranger in strangers}
        assert len(answers) == 1
        assert answers.pop().startswith(b"HTTP/1.1 404 ")
        assert there.webhooks.tally.turned_away == len(strangers)
        # None of them has used up what those who know the secret may ask.
        assert (await there.say(call(method="GET"))).status == 405
        assert there.rings == (0, [])


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Authorization": ""},
        {"Authorization": "Basic"},
        {"Authorization": "Basic !!!"},
        {"Authorization": "Bearer Zm9vOmJhcg=="},
        signed("", ""),
        signed(BASIC.user, "wrong"),
        signed("wrong", BASIC.password),
        signed(BASIC.password, BASIC.user),
    ],
)
async def test_who_does_not_sign_in_is_not_heard(headers: dict[str, str]) -> None:
    async with house(basic=BASIC) as there:
        answer = await there.say(call(JSON, headers=headers))
        assert (answer.status, answer.header("www-authenticate")[:6]) == (401, "basic ")
        assert there.rings == (0, [])


async def test_who_signs_in_is_heard() -> None:
    async with house(basic=BASIC) as there:
        assert await there.tell(OUTBOUND, headers=signed(BASIC.user, BASIC.password)) == 200
    async with house(basic=Basic("user", "pass:word")) as there:
        assert await there.tell(OUTBOUND, headers=signed("user", "pass:word")) == 200


@pytest.mark.parametrize("method", ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "CONNECT", "ODD"])
async def test_only_post_is_heard(method: str) -> None:
    async with house() as there:
        answer = await there.say(call(method=method))
        assert (answer.status, answer.header("allow")) == (405, "post")


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", "application/json"),
        (b"{", "application/json"),
        (b"[" * 60_000, "application/json"),
        (b"{}", "application/json"),
        (b'{"message": "a test call"}', "application/json"),
        (b"\x1f\x8b\x08\x00", "application/json"),
        (b"hello", "application/x-www-form-urlencoded"),
        (form(OUTBOUND)[0], "multipart/form-data"),
        (form(OUTBOUND)[0], "multipart/form-data; boundary=other"),
        (form(OUTBOUND)[0], f"multipart/form-data; boundary={'x' * 300}"),
        (form(OUTBOUND)[0][:-12], "multipart/form-data; boundary=edge"),
        (form({})[0], "multipart/form-data; boundary=edge"),
        (form({str(name): "" for name in range(201)} | OUTBOUND)[0], "multipart/form-data; boundary=edge"),
        (b"--edge\r\n\x00: x\r\n\r\n", "multipart/form-data; boundary=edge"),
    ],
)
async def test_what_is_not_understood(content: bytes, kind: str) -> None:
    async with house() as there:
        assert (await there.say(call(content, kind=kind))).status == 400
        assert there.rings == (0, [])
        assert there.webhooks.last_call_at is None


@pytest.mark.parametrize(
    "words",
    [
        b"hello\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
        b"POST / HTTP/1.1\r\n\r\n",
        b"POST / HTTP/one\r\nHost: h\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: many\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: gzip\r\n\r\n",
        b"POST / HTTP/1.1\r\nX: " + b"x" * 20_000,
        b"POST /" + b"x" * 20_000,
        call(JSON)[:-1],
        call(JSON)[:40],
    ],
)
async def test_what_is_no_http_or_only_half_of_it(words: bytes) -> None:
    async with house() as there:
        assert (await there.say(words, hang_up=True)).status == 400
        assert there.rings == (0, [])
        assert await there.tell(OUTBOUND) == 200


async def test_too_much_is_turned_away_before_it_comes_and_while_it_comes() -> None:
    async with house(text_bytes=600, body_bytes=5000) as there:
        announced = call(b"", headers={}).replace(b"Content-Length: 0", b"Content-Length: 601")
        assert (await there.say(announced)).status == 413
        big, kind = form(OUTBOUND, b"x" * 5000)
        assert (await there.say(call(big, kind=kind)[:400])).status == 413
        chunked = f"POST /{SECRET} HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nContent-Type: "
        for head, piece in ((f"{chunked}x", b" " * 601), (f"{chunked}{kind}", big)):
            sent = f"{head}\r\n\r\n".encode() + b"%x\r\n%s\r\n" % (len(piece), piece)
            assert (await there.say(sent)).status == 413
        texts, kind = form({"message": "x" * 601})
        assert (await there.say(call(texts, kind=kind))).status == 413
        small, kind = form(OUTBOUND, b"x" * 3000)
        assert (await there.say(call(small, kind=kind))).status == 200


async def test_a_huge_body_is_not_heard_to_its_end() -> None:
    async with house() as there:
        head = call().replace(b"Content-Length: 0", b"Content-Length: 99999999999")
        answer = await there.say(head, *[b"x" * 65536] * 64)
        assert answer.status in (413, 0)  # whoever goes on talking may miss the answer
        assert await there.tell(OUTBOUND) == 200


async def test_too_many_calls_in_a_minute() -> None:
    async with house(a_minute=2, pause=0) as there:
        events = [{**OUTBOUND, "jobId": job} for job in range(1, 5)]
        assert [await there.tell(event) for event in events[:2]] == [200, 200]
        answer = await there.say(call(JSON))
        assert (answer.status, answer.header("retry-after")) == (429, "30")
        there.clock.advance(seconds=29)
        assert await there.tell(events[2]) == 429
        there.clock.advance(seconds=1)
        assert await there.tell(events[2]) == 200
        there.clock.advance(hours=-5)
        assert await there.tell(events[3]) == 429


async def test_too_many_connections() -> None:
    async with house(at_once=2) as there:
        waiting = [await there.talk() for _ in range(2)]
        for _, writer in waiting:
            writer.write(b"POST ")
        answer = await there.say()
        assert (answer.status, answer.header("retry-after")) == (429, "60")
        for _, writer in waiting:
            writer.transport.abort()
        while (status := await there.tell(OUTBOUND)) != 200:
            assert status == 429


@pytest.mark.parametrize("begun", [b"", b"P", call(JSON)[:60], call(JSON)[:-5]])
async def test_a_caller_that_stalls_is_cut_off(begun: bytes) -> None:
    async with house(seconds=0.05) as there:
        assert (await there.say(begun)).raw == b""
        assert there.rings == (0, [])
        assert there.webhooks.tally.turned_away == 1


async def test_a_caller_that_drips_is_cut_off_too() -> None:
    async with house(seconds=0.1) as there:
        reader, writer = await there.talk()

        async def drip() -> None:
            writer.write(call(b" " * 60_000)[:200])
            while True:
                writer.write(b" ")
                await asyncio.sleep(0.002)

        dripping = asyncio.create_task(drip())
        with suppress(ConnectionError):
            assert await reader.read() == b""
        dripping.cancel()
        await asyncio.gather(dripping, return_exceptions=True)
        writer.transport.abort()
        assert there.webhooks.tally.turned_away == 1


async def test_a_caller_that_goes_on_talking_is_cut_off() -> None:
    async with house(linger=0.05) as there:
        reader, writer = await there.talk()
        writer.write(call(JSON))
        assert (await reader.read()).startswith(b"HTTP/1.1 200 ")
        async with asyncio.timeout(10):
            with suppress(ConnectionError):
                while True:
                    writer.write(call(JSON))
                    await writer.drain()
                    await asyncio.sleep(0.005)
        writer.transport.abort()
        assert there.webhooks.tally.heard == 1
        assert there.webhooks.tally.turned_away == 0


async def test_the_same_event_rings_once() -> None:
    async with house(pause=0) as there:
        assert [await there.tell(OUTBOUND) for _ in range(3)] == [200, 200, 200]
        assert await there.tell({"data": {**OUTBOUND, "jobId": "7204418", "faxTotalPages": 9}}) == 200
        assert there.rings == (0, ["7204418"])
        assert (there.webhooks.tally.heard, there.webhooks.tally.repeated) == (4, 3)
        for other in ({"retryAttempt": 1}, {"faxStatus": "failed"}, {"transactionId": 1}):
            assert await there.tell({**OUTBOUND, **other}) == 200
        assert there.webhooks.tally.repeated == 3


async def test_when_it_was_called_last_and_how_often() -> None:
    async with house() as there:
        there.clock.advance(minutes=3)
        assert there.webhooks.last_call_at is None
        await there.tell(OUTBOUND)
        assert there.webhooks.last_call_at == there.clock()
        heard = there.clock()
        there.clock.advance(minutes=3)
        await there.tell({})
        assert there.webhooks.last_call_at == heard
        assert (there.webhooks.tally.heard, there.webhooks.tally.turned_away) == (1, 1)


async def test_secrets_are_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []
    honest = hmac.compare_digest

    def watched(told: bytes, known: bytes) -> bool:
        compared.append((told, known))
        return honest(told, known)

    monkeypatch.setattr(hmac, "compare_digest", watched)
    async with house(basic=BASIC) as there:
        await there.say(call(path="/ifax/guess"))
        await there.say(call(JSON, headers=signed("a", "b")))
    known = [BASIC.user.encode(), BASIC.password.encode()]
    assert compared == [
        (b"guess", SECRET.encode()),
        (SECRET.encode(), SECRET.encode()),
        (b"a", known[0]),
        (b"b", known[1]),
    ]


async def test_nothing_of_a_call_is_shown_or_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    canaries = (SECRET, BASIC.password, "2025550143", "canary", "7204418")
    async with house(basic=BASIC) as there:
        headers = signed(BASIC.user, BASIC.password)
        sign = headers["Authorization"].partition(" ")[2]
        body, kind = form({**OUTBOUND, "jobId": NUMBER}, b"canary")
        for said in (
            call(JSON, headers=headers),
            call(body, kind=kind, headers=headers),
            call(body[5:], kind=kind, headers=headers),
            call(body[:-9] + b"canary", kind=kind, headers=headers),
            call(b"canary", headers=headers),
            call(b"canary", headers=signed("canary", "canary")),
            call(b"canary", path="/canary"),
            b"canary\r\n\r\n",
        ):
            await there.say(said, hang_up=True)
        shown = [repr(there.webhooks), repr(there.webhooks.url), repr([there.webhooks.url]), repr(BASIC)]
        shown += [repr(there.webhooks.tally), repr(Head("POST", f"/{SECRET}", headers))]
        assert str(there.webhooks.url).endswith(f"/ifax/{SECRET}")
        logged = [record.getMessage() for record in caplog.records]
        assert there.webhooks.tally.heard == 2
    found = [text for text in shown + logged for canary in (*canaries, sign) if canary in text]
    assert found == []


async def test_the_address_to_copy() -> None:
    async with house() as there:
        host, _, path = there.webhooks.url.removeprefix("http://").partition("/")
        assert host.startswith("127.0.0.1:")
        assert path == f"ifax/{SECRET}"
    assert there.webhooks.url == ""
    webhooks = Webhooks(SECRET, print, print, Clock(), outside="https://fax.example/office/")
    await webhooks.open("::1" if socket.has_dualstack_ipv6() else "localhost")
    assert webhooks.url == f"https://fax.example/office/ifax/{SECRET}"
    await webhooks.close()


def test_secrets_are_long_and_no_two_the_same() -> None:
    made = {new_secret() for _ in range(10)}
    assert len(made) == 10
    assert all(len(secret) >= 43 for secret in made)
    for bad in ("", "short", "spaces and more of them, really", "a/" * 20):
        with pytest.raises(ValueError, match="new_secret"):
            Webhooks(bad, print, print, Clock())


async def test_an_address_that_cannot_be_had_is_said_in_words() -> None:
    async with house() as there:
        port = int(there.webhooks.url.split(":")[2].split("/")[0])
        cases = [
            ("127.0.0.1", port, f"Port {port} is used by another program. Choose another port."),
            ("192.0.2.1", 0, "“192.0.2.1” is no address of this computer."),
            ("fax.example", 0, "“fax.example” is no address of this computer."),
            ("", 0, "“” is no address of this computer."),
            ("127.0.0.1", 70000, "A port is a number up to 65535."),
            ("127.0.0.1", -1, "A port is a number up to 65535."),
        ]
        for host, wanted, sentence in cases:
            webhooks = Webhooks(SECRET, print, print, Clock())
            with pytest.raises(ListeningFailed) as caught:
                await webhooks.open(host, wanted)
            assert str(caught.value) == sentence
            assert webhooks.url == ""
            await webhooks.close()


async def test_closing_leaves_nothing_and_frees_the_port(eventually: Eventually) -> None:
    async with house() as there:
        port = int(there.webhooks.url.split(":")[2].split("/")[0])
        for job in (1, 2):
            await there.tell({**OUTBOUND, "jobId": job})
        reader, writer = await there.talk()
        writer.write(call(JSON)[:-1])
        await eventually(lambda: there.webhooks._listener._calls)
        await there.webhooks.close()
        await there.webhooks.close()
        with suppress(ConnectionError):
            assert await reader.read() == b""
        writer.transport.abort()
        assert asyncio.all_tasks() == {asyncio.current_task()}
        assert there.rings == (0, ["1"])
        with socket.create_server(("127.0.0.1", port)):
            pass
        await there.webhooks.open("127.0.0.1", port)
        assert await there.tell({**OUTBOUND, "jobId": 3}) == 200
    gc.collect()


BITS = st.sampled_from(
    [
        call(JSON),
        call(JSON)[: len(call(JSON)) // 2],
        call(),
        b"POST ",
        f"/ifax/{SECRET}".encode(),
        b" HTTP/1.1\r\n",
        b"Host: h\r\n",
        b"Content-Length: 20\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Content-Type: multipart/form-data; boundary=edge\r\n",
        b"Expect: 100-continue\r\n",
        b"\r\n",
        b"--edge\r\n",
        b'Content-Disposition: form-data; name="jobId"\r\n\r\n7204418\r\n',
        b"--edge--\r\n",
        b"14\r\n",
        b"\x00",
    ]
)


@settings(max_examples=150, deadline=None)
@given(st.lists(BITS | st.binary(max_size=40), max_size=8), st.booleans())
async def test_nothing_that_comes_in_breaks_the_listener(pieces: list[bytes], hang_up: bool) -> None:
    async with house(seconds=0.2 if hang_up else 0.01, linger=0.01) as there:
        answer = await there.say(*pieces, hang_up=hang_up)
        assert answer.status in (0, 100, 200, 400, 404, 405, 413, 429)
        assert await there.tell({**OUTBOUND, "jobId": 5}) == 200


@given(st.lists(BITS | st.binary(max_size=60), max_size=12))
def test_nothing_in_a_form_breaks_its_reader(pieces: list[bytes]) -> None:
    reader = intake("multipart/form-data; boundary=edge", 0, Limits())
    with suppress(TurnedAway):
        for piece in pieces:
            reader.feed(piece)
        assert reader.callback().job_id == "7204418"


async def test_a_call_makes_us_ask_and_sets_nothing_itself(plant: Plant, eventually: Eventually) -> None:
    backbone = plant.backbone
    webhooks = Webhooks(SECRET, backbone.receiver.ring, backbone.tracker.ring, plant.clock, pause=0)
    there = House(webhooks, plant.clock)
    await webhooks.open()
    async with plant.at_work():
        await eventually(lambda: backbone.line.report.checked_at == plant.clock())
        plant.clock.advance(minutes=1)
        assert await there.tell({**INBOUND, "jobId": 4711}) == 200
        assert await there.tell({**OUTBOUND, "jobId": 4712}) == 200
        await eventually(lambda: backbone.line.report.checked_at == plant.clock())
        assert not await backbone.archive.ids(Query(Direction.RECEIVED))
        assert not await backbone.archive.ids(Query(Direction.SENT))
        await plant.service.receive(samples.letter("A report"), "+13125550188", "+12025550119")
        arrived: list[frozenset[int]] = []
        backbone.changes.subscribe(arrived.append)
        assert await there.tell(INBOUND) == 200  # ids that are no fax's: the list tells which there are
        await eventually(lambda: arrived)
        assert len(await backbone.archive.ids(Query(Direction.RECEIVED))) == 1
    await webhooks.close()
