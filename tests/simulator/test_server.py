"""The service over a real socket: keep-alive, limits, bad HTTP, an address without a listener, and as a process."""

import asyncio
import email.utils
import json
import signal
import sys
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from ifax_desktop.simulator.children import ChildPageReader
from ifax_desktop.simulator.server import MOST_BODY_BYTES, serve
from ifax_desktop.simulator.service import FaxService

Fax = Callable[..., dict[str, Any]]
Pdf = Callable[[int], bytes]

KEY = {"accessToken": "test-practice"}


@pytest.fixture
async def url(service: FaxService) -> AsyncIterator[str]:
    async with serve(service) as url:
        yield url


@pytest.fixture
async def client(url: str) -> AsyncIterator[httpx.AsyncClient]:
    async with httpx.AsyncClient(base_url=f"{url}/v1", headers=KEY, trust_env=False) as client:
        yield client


async def talk(url: str, words: bytes) -> bytes:
    """Say `words` on a new connection and hear what comes until it closes."""
    reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(url).port)
    writer.write(words)
    await writer.drain()
    async with asyncio.timeout(10):
        heard = await reader.read()
    writer.close()
    await writer.wait_closed()
    return heard


async def test_the_whole_way_over_a_socket(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, clock: Any, pdf: Pdf
) -> None:
    job_id = (await client.post("/customer/fax-send", json=fax(pages=2))).json()["data"]["jobId"]
    clock.forward(60)
    row = (await client.post("/customer/fax-status", json={"jobId": job_id})).json()["data"]
    assert row["faxStatus"] == "delivered"
    assert service.jobs[0].documents == (pdf(2),)


async def test_one_connection_carries_many_calls(url: str) -> None:
    call = b"POST /v1/customer/fax-lists HTTP/1.1\r\nHost: x\r\naccessToken: live-1\r\nContent-Length: 2\r\n\r\n{}"
    last = call.replace(b"Host: x", b"Host: x\r\nConnection: close")
    heard = await talk(url, call * 2 + last)
    assert heard.count(b"HTTP/1.1 200") == 3
    assert heard.count(b'"status": 1') == 3


async def test_a_client_that_waits_for_leave_to_send_gets_it(url: str) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(url).port)
    writer.write(
        b"POST /customer/fax-lists HTTP/1.1\r\nHost: x\r\naccessToken: live-1\r\n"
        b"Expect: 100-continue\r\nContent-Length: 2\r\nConnection: close\r\n\r\n"
    )
    assert (await reader.readline()).startswith(b"HTTP/1.1 100")
    assert await reader.readline() == b"\r\n"
    writer.write(b"{}")
    assert (await reader.readline()).startswith(b"HTTP/1.1 200")
    writer.close()
    await writer.wait_closed()


async def test_a_body_in_chunks_is_taken(client: httpx.AsyncClient, service: FaxService, fax: Fax) -> None:
    whole = json.dumps(fax()).encode()

    async def pieces() -> AsyncIterator[bytes]:
        for place in range(0, len(whole), 100):
            yield whole[place : place + 100]

    response = await client.post("/customer/fax-send", content=pieces())
    assert response.json()["status"] == 1
    assert len(service.jobs) == 1


async def test_a_body_beyond_the_limit_is_not_read(url: str) -> None:
    head = f"POST /customer/fax-send HTTP/1.1\r\nHost: x\r\nContent-Length: {MOST_BODY_BYTES + 1}\r\n\r\n"
    assert (await talk(url, head.encode())).startswith(b"HTTP/1.1 413")


async def test_a_large_request_gets_the_services_own_refusal(
    client: httpx.AsyncClient, service: FaxService
) -> None:
    response = await client.post("/customer/fax-send", content=bytes(21 * 1024 * 1024))
    assert response.json()["code"] == -1063
    assert service.jobs == []


@pytest.mark.parametrize(
    "words",
    [
        b"hello\r\n\r\n",
        b"GET http://elsewhere/ HTTP/1.1\r\nHost: x\r\n\r\n",
        b"POST /customer/fax-lists HTTP/1.1\r\nno host\r\n\r\n",
        b"POST /customer/fax-lists HTTP/1.1\r\nHost: x\r\nContent-Length: many\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 300_000 + b"\r\n\r\n",
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + bytes(200) + b"\r\n\r\n",
    ],
    ids=["words", "proxy", "no host", "bad length", "long header", "tls"],
)
async def test_bad_http_is_refused_and_the_server_goes_on(
    url: str, client: httpx.AsyncClient, words: bytes
) -> None:
    assert (await talk(url, words)).startswith(b"HTTP/1.1 4")
    assert (await client.post("/customer/fax-lists")).json()["status"] == 1


async def test_the_head_alone_can_be_asked_for(client: httpx.AsyncClient) -> None:
    response = await client.head("/customer/fax-fly")
    assert (response.status_code, response.content) == (404, b"")


async def test_a_client_that_leaves_in_the_middle_is_let_go(
    url: str, client: httpx.AsyncClient, service: FaxService
) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(url).port)
    writer.write(b"POST /customer/fax-send HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\nhalf")
    await writer.drain()
    writer.close()
    await writer.wait_closed()
    assert (await client.post("/customer/fax-lists")).json()["status"] == 1
    assert service.jobs == []


async def test_an_answer_says_what_time_it_is(client: httpx.AsyncClient, clock: Any) -> None:
    shown = (await client.post("/customer/fax-lists")).headers["date"]
    assert email.utils.parsedate_to_datetime(shown).timestamp() == clock()


async def test_a_body_nobody_wanted_is_not_taken_for_the_next_request(url: str) -> None:
    body = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    lost = b"POST /unknown HTTP/1.1\r\nHost: x\r\nContent-Length: %d\r\n\r\n%s" % (len(body), body)
    last = b"POST /customer/fax-lists HTTP/1.1\r\nHost: x\r\naccessToken: live-1\r\nConnection: close\r\n\r\n"
    heard = await talk(url, lost * 2 + last)
    assert (heard.count(b"HTTP/1.1 404"), heard.count(b"HTTP/1.1 200")) == (2, 1)


async def test_a_body_that_grows_beyond_the_limit_is_refused(url: str) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(MOST_BODY_BYTES // 2**20 + 2):
            yield bytes(2**20)

    async with httpx.AsyncClient(base_url=url, headers=KEY, trust_env=False) as client:
        assert (await client.post("/customer/fax-send", content=endless())).status_code == 413


async def test_the_address_is_held_while_nobody_listens(url: str, service: FaxService) -> None:
    port = httpx.URL(url).port
    service.outage.begin(600)
    async with asyncio.timeout(10):
        while await listens(port):
            pass
    with pytest.raises(OSError, match="in use"):
        await asyncio.start_server(lambda *_: None, "127.0.0.1", port, reuse_address=False)
    service.outage.end()
    async with asyncio.timeout(10):
        while not await listens(port):
            pass


async def listens(port: int | None) -> bool:
    try:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
    except ConnectionError:  # reset, if the door is shut just now
        return False
    writer.close()
    return True


async def test_who_comes_in_while_the_door_is_shut_is_cut_off(url: str, service: FaxService) -> None:
    port = httpx.URL(url).port
    for steps in range(30):  # one of which falls between the door and the first word
        coming = asyncio.create_task(listens(port))
        for _ in range(steps):
            await asyncio.sleep(0)
        service.outage.begin(600)
        await coming
        service.outage.end()
        while not await listens(port):
            pass


async def test_the_server_may_end_while_nobody_listens(service: FaxService) -> None:
    async with serve(service) as url:
        service.outage.begin(600)
        while await listens(httpx.URL(url).port):
            pass
    assert service.outage.left


async def test_open_connections_do_not_keep_the_server_alive(service: FaxService) -> None:
    async with asyncio.timeout(10):
        async with serve(service) as url:
            _, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(url).port)
            writer.write(b"POST /customer/fax-lists HTTP/1.1\r\nHost: x\r\n")
            await writer.drain()
        writer.close()


@pytest.mark.skipif(sys.platform == "win32", reason="no SIGTERM to catch there")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_as_a_process(tmp_path: Path, fax: Fax, number: signal.Signals) -> None:
    command = [sys.executable, "-m", "ifax_desktop.simulator", "--port", "0", "--speed", "1000"]
    child = await asyncio.create_subprocess_exec(
        *command, "--folder", str(tmp_path / "practice"), stdout=asyncio.subprocess.PIPE
    )
    assert child.stdout is not None
    try:
        async with asyncio.timeout(30):
            line = (await child.stdout.readline()).decode()
            assert line.startswith("listening on http://127.0.0.1:")
            url = line.removeprefix("listening on ").strip()
            async with httpx.AsyncClient(base_url=f"{url}/v1", headers=KEY, trust_env=False) as client:
                job_id = (await client.post("/customer/fax-send", json=fax())).json()["data"]["jobId"]
                status = ""
                while status != "delivered":
                    answer = await client.post("/customer/fax-status", json={"jobId": job_id})
                    status = answer.json()["data"]["faxStatus"]
            child.send_signal(number)
            assert await child.wait() == 0
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    again = FaxService(folder=tmp_path / "practice", read_pages=ChildPageReader())
    assert [job.job_id for job in again.jobs] == [job_id]


async def test_a_port_that_is_taken_is_said(url: str) -> None:
    command = [sys.executable, "-m", "ifax_desktop.simulator", "--port", str(httpx.URL(url).port)]
    child = await asyncio.create_subprocess_exec(*command, stderr=asyncio.subprocess.PIPE)
    _, complaint = await child.communicate()
    assert child.returncode == 1
    assert b"cannot be served" in complaint
