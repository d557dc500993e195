"""Webhooks out: what is told and in which form, what is tried again and when, and what is not told."""

import asyncio
import base64
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import h11
import httpx
import pytest
import trustme
from python_multipart.multipart import parse_form

from ifax_desktop.simulator.server import serve
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.simulator.webhooks.settings import CallbackSettings, read_settings

Fax = Callable[..., dict[str, Any]]
Pdf = Callable[[int], bytes]
Call = Callable[..., Awaitable[dict[str, Any]]]
Count = Callable[[bytes], Awaitable[int]]
Eventually = Callable[[Callable[[], object]], Awaitable[None]]

US, STRANGER = "+12025550160", "+13125550188"


@dataclass
class Receiver:
    """Somebody's program that takes webhooks. It answers with `statuses` in turn, the last one for ever."""

    url: str
    statuses: list[int] = field(default_factory=lambda: [200])
    heard: list[httpx.Request] = field(default_factory=list)
    may_answer: asyncio.Event = field(default_factory=asyncio.Event)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER)
        body, head = b"", None
        while not isinstance(event := connection.next_event(), h11.EndOfMessage):
            if event is h11.NEED_DATA:
                connection.receive_data(await reader.read(65536))
            elif isinstance(event, h11.Request):
                head = event
            elif isinstance(event, h11.Data):
                body += event.data
        assert head is not None
        request = httpx.Request(
            head.method.decode(),
            f"{self.url}{head.target.decode()}",
            headers=list(head.headers),
            content=body,
        )
        self.heard.append(request)
        status = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        await self.may_answer.wait()
        response = h11.Response(status_code=status, headers=[("Content-Length", "0"), ("Location", self.url)])
        writer.write((connection.send(response) or b"") + (connection.send(h11.EndOfMessage()) or b""))
        writer.close()

    @property
    def told(self) -> list[Any]:
        """What the JSON ones said."""
        return [httpx.Response(200, content=request.content).json() for request in self.heard]


@asynccontextmanager
async def receiving(context: ssl.SSLContext | None = None) -> AsyncIterator[Receiver]:
    receiver = Receiver("")
    receiver.may_answer.set()
    talks: set[asyncio.Task[None]] = set()

    def came(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        talks.add(task := asyncio.get_running_loop().create_task(receiver.serve(reader, writer)))
        task.add_done_callback(talks.discard)

    server = await asyncio.start_server(came, "127.0.0.1", 0, ssl=context)
    host, port = server.sockets[0].getsockname()
    receiver.url = f"{'https' if context else 'http'}://{host}:{port}"
    try:
        yield receiver
    finally:
        server.close()
        for task in list(talks):
            task.cancel()
        await asyncio.gather(*talks, return_exceptions=True)
        await server.wait_closed()


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with receiving() as receiver:
        yield receiver


@pytest.fixture
async def following(service: FaxService) -> AsyncIterator[None]:
    async with service.calling_back():
        yield


def register(service: FaxService, receiver: Receiver, **more: Any) -> None:
    wish = {"sent": f"{receiver.url}/sent", "received": f"{receiver.url}/received", **more}
    service.callbacks.register(read_settings(wish))


def log(service: FaxService) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = service.callbacks.row()["log"]
    return rows


@pytest.fixture
def until(service: FaxService, eventually: Eventually) -> Callable[[int], Awaitable[None]]:
    """Waits until so many calls were made and noted."""

    async def wait(calls: int) -> None:
        await eventually(lambda: len(log(service)) >= calls)

    return wait


Until = Callable[[int], Awaitable[None]]


@pytest.mark.usefixtures("following")
async def test_a_fax_that_was_delivered(
    service: FaxService, receiver: Receiver, until: Until, call: Call, fax: Fax, clock: Any
) -> None:
    register(service, receiver)
    job_id = (await call("/customer/fax-send", **fax()))["data"]["jobId"]
    clock.forward(60)
    row = (await call("/customer/fax-status", jobId=job_id))["data"]
    await until(1)
    (request,) = receiver.heard
    assert (request.method, request.url.path) == ("POST", "/sent")
    assert request.headers["content-type"] == "application/json"
    assert "authorization" not in request.headers
    assert receiver.told == [
        {
            "direction": "outbound",
            "jobId": job_id,
            "transactionId": service.jobs[0].transaction_id,
            "retryAttempt": 0,
            "faxCallLength": 6,
            "faxCallStart": row["faxCallStart"],
            "faxCallEnd": row["faxCallEnd"],
            "faxTotalPages": 3,
            "faxTransferredPages": 3,
            "faxStatus": "delivered",
            "success": True,
            "fromNumber": "+12025550119",
            "toNumber": "+14155550143",
            "code": 0,
            "message": "NORMAL_CLEARING",
        }
    ]
    assert log(service) == [
        {
            "time": clock(),
            "path": "/sent",
            "jobId": job_id,
            "faxStatus": "delivered",
            "attempt": 1,
            "status": 200,
            "problem": None,
        }
    ]


@pytest.mark.usefixtures("following")
async def test_faxes_that_failed_and_were_canceled(
    service: FaxService, receiver: Receiver, until: Until, call: Call, fax: Fax, clock: Any
) -> None:
    register(service, receiver)
    job_id = (await call("/customer/fax-send", **fax()))["data"]["jobId"]
    await call("/customer/fax-cancel", jobId=job_id)
    await until(1)
    await call("/customer/fax-send", **fax("+14155550101"))
    clock.forward(60)
    service.callbacks.look()
    await until(2)
    assert [(told["faxStatus"], told["code"], told["success"]) for told in receiver.told] == [
        ("canceled", 403, False),
        ("failed", 263, False),
    ]


@pytest.mark.usefixtures("following")
async def test_a_fax_that_arrived(
    service: FaxService, receiver: Receiver, until: Until, pdf: Pdf, clock: Any
) -> None:
    register(service, receiver)
    fax = await service.receive(pdf(2), STRANGER, US)
    await until(1)
    assert receiver.heard[0].url.path == "/received"
    assert receiver.told == [
        {
            "direction": "inbound",
            "jobId": fax.job_id,
            "transactionId": fax.transaction_id,
            "faxCallLength": 61,
            "faxCallStart": int(clock()) - 61,
            "faxCallEnd": int(clock()),
            "faxTotalPages": 2,
            "faxReceivedPages": 2,
            "faxStatus": "received",
            "success": True,
            "fromNumber": STRANGER,
            "toNumber": US,
            "code": 0,
            "message": "NORMAL_CLEARING",
        }
    ]


@pytest.mark.usefixtures("following")
async def test_a_received_fax_as_a_form_with_its_document(
    service: FaxService, receiver: Receiver, until: Until, pdf: Pdf, call: Call, fax: Fax
) -> None:
    register(service, receiver, form=True, wrapped=True)
    got = await service.receive(pdf(2), STRANGER, US)
    await until(1)
    (request,) = receiver.heard
    fields: dict[str, str] = {}
    files: dict[str, tuple[str, bytes]] = {}
    parse_form(
        {"Content-Type": request.headers["content-type"].encode()},
        BytesIO(request.content),
        lambda part: fields.update({part.field_name.decode(): part.value.decode()}),  # type: ignore[union-attr]
        lambda part: files.update(
            {part.field_name.decode(): (part.file_name.decode(), part.file_object.read())}  # type: ignore[union-attr]
            if part.file_object.seek(0) == 0
            else {}
        ),
    )
    assert b"Content-Type: application/pdf" in request.content
    assert files == {"filename": (f"fax-{got.job_id}.pdf", pdf(2))}
    assert (fields["jobId"], fields["faxReceivedPages"], fields["success"]) == (str(got.job_id), "2", "true")
    job_id = (await call("/customer/fax-send", **fax()))["data"]["jobId"]
    await call("/customer/fax-cancel", jobId=job_id)
    await until(2)  # a sent fax has no document to bring: JSON all the same, and wrapped
    assert receiver.heard[1].headers["content-type"] == "application/json"


@pytest.mark.usefixtures("following")
@pytest.mark.parametrize(
    ("direction", "other"), [("outbound", "inbound"), ("sent", "received"), ("OB", "IB")]
)
async def test_other_forms_of_the_same(
    service: FaxService,
    receiver: Receiver,
    until: Until,
    call: Call,
    fax: Fax,
    pdf: Pdf,
    direction: str,
    other: str,
) -> None:
    wish = {"twice": True, "wrapped": True, "interim": True, "user": "ifax", "password": "öffne dich"}
    register(service, receiver, direction=direction, **wish)
    job_id = (await call("/customer/fax-send", **fax()))["data"]["jobId"]
    await until(2)
    await call("/customer/fax-cancel", jobId=job_id)
    await until(4)
    await service.receive(pdf(1), STRANGER, US)
    await until(6)
    told = [(one["data"]["direction"], one["data"]["faxStatus"]) for one in receiver.told]
    assert told == [(direction, "sending")] * 2 + [(direction, "canceled")] * 2 + [(other, "received")] * 2
    login = base64.b64encode("ifax:öffne dich".encode()).decode()
    assert {request.headers["authorization"] for request in receiver.heard} == {f"Basic {login}"}
    assert "öffne" not in str(service.callbacks.row())
    assert service.callbacks.row()["settings"]["user"] == "ifax"


@pytest.mark.usefixtures("following")
async def test_only_what_has_an_address_is_told(
    service: FaxService, receiver: Receiver, until: Until, call: Call, fax: Fax, pdf: Pdf, clock: Any
) -> None:
    await call("/customer/fax-send", **fax())
    await service.receive(pdf(1), STRANGER, US)
    clock.forward(60)
    service.callbacks.register(read_settings({"received": f"{receiver.url}/received"}))
    await call("/customer/fax-send", **fax())
    clock.forward(60)
    last = await service.receive(pdf(1), STRANGER, US)
    await until(1)
    assert [told["jobId"] for told in receiver.told] == [last.job_id]


async def test_nothing_is_told_of_what_happened_before_a_restart(
    tmp_path: Path, receiver: Receiver, eventually: Eventually, fax: Fax, pdf: Pdf, count: Count, clock: Any
) -> None:
    def start() -> FaxService:
        return FaxService(folder=tmp_path / "practice", now=clock, read_pages=count)

    async def send(service: FaxService) -> int:
        url, key = "https://fax.example/v1/customer/fax-send", {"accessToken": "live-1"}
        response = await service(httpx.Request("POST", url, json=fax(), headers=key))
        return int(response.json()["data"]["jobId"])

    before = start()
    await send(before)
    await before.receive(pdf(1), STRANGER, US)
    clock.forward(60)
    under_way = await send(before)
    again = start()
    register(again, receiver)
    async with again.calling_back():
        clock.forward(60)
        again.callbacks.look()
        await eventually(lambda: log(again))
    assert [told["jobId"] for told in receiver.told] == [under_way]


@pytest.mark.usefixtures("following")
@pytest.mark.parametrize("status", [300, 302, 404, 500])
async def test_a_call_that_is_not_heard_is_made_again(
    service: FaxService, receiver: Receiver, until: Until, pdf: Pdf, clock: Any, status: int
) -> None:
    receiver.statuses = [status, status, 204]
    register(service, receiver)
    start = clock()
    await service.receive(pdf(1), STRANGER, US)
    await until(1)
    clock.forward(5 * 60)
    service.callbacks.look()
    await until(2)
    clock.forward(10 * 60)
    service.callbacks.look()
    await until(3)
    clock.forward(86400)
    await service.receive(pdf(1), STRANGER, US)
    await until(4)
    assert [(row["time"] - start, row["attempt"], row["status"]) for row in log(service)[:3]] == [
        (0, 1, status),
        (300, 2, status),
        (900, 3, 204),
    ]
    assert [told["jobId"] for told in receiver.told] == [service.received[0].job_id] * 3 + [
        service.received[1].job_id
    ]


@pytest.mark.usefixtures("following")
async def test_no_call_is_made_again_too_early(
    service: FaxService, receiver: Receiver, until: Until, pdf: Pdf, clock: Any
) -> None:
    receiver.statuses = [500, 200]
    register(service, receiver)
    await service.receive(pdf(1), STRANGER, US)
    await until(1)
    clock.forward(5 * 60 - 1)
    await service.receive(pdf(1), STRANGER, US)
    await until(2)
    assert [row["attempt"] for row in log(service)] == [1, 1]
    service.speed = 2.0
    clock.forward(0.5)
    service.callbacks.look()
    await until(3)
    assert [row["attempt"] for row in log(service)] == [1, 1, 2]


@pytest.mark.parametrize(
    ("retries", "waits"), [(5, [5, 10, 20, 30, 60]), (16, [5, 10, 20, 30, 60] + [360] * 11)]
)
async def test_the_service_gives_up_in_the_end(
    receiver: Receiver, eventually: Eventually, count: Count, pdf: Pdf, retries: int, waits: list[int]
) -> None:
    """With a real clock, so fast that hours pass in a moment."""
    speed = 1_000_000.0
    service = FaxService(read_pages=count, speed=speed)
    receiver.statuses = [503]
    register(service, receiver, retries=retries)
    async with service.calling_back():
        await service.receive(pdf(1), STRANGER, US)
        await eventually(lambda: len(log(service)) == retries + 1)
        receiver.statuses = [200]
        await service.receive(pdf(1), STRANGER, US)
        await eventually(lambda: len(log(service)) == retries + 2)
    rows = log(service)[: retries + 1]
    assert [row["attempt"] for row in rows] == list(range(1, retries + 2))
    passed = [(after["time"] - before["time"]) * speed / 60 for before, after in pairwise(rows)]
    assert all(took >= wait - 0.1 for took, wait in zip(passed, waits, strict=True))


@pytest.mark.usefixtures("following")
async def test_an_answer_that_takes_too_long_is_none(
    service: FaxService, receiver: Receiver, until: Until, pdf: Pdf, clock: Any
) -> None:
    service.callbacks.patience = 0.1
    receiver.may_answer.clear()
    register(service, receiver)
    await service.receive(pdf(1), STRANGER, US)
    await until(1)
    assert (log(service)[0]["status"], log(service)[0]["problem"]) == (None, "The answer took too long.")
    receiver.may_answer.set()
    clock.forward(300)
    service.callbacks.look()
    await until(2)
    assert (log(service)[1]["status"], log(service)[1]["attempt"]) == (200, 2)


@pytest.mark.usefixtures("following")
async def test_nobody_is_there_to_be_told(service: FaxService, until: Until, pdf: Pdf, clock: Any) -> None:
    async with receiving() as gone:
        register(service, gone)
    await service.receive(pdf(1), STRANGER, US)
    await until(1)
    assert (log(service)[0]["status"], log(service)[0]["problem"]) == (None, "ConnectError")
    service.callbacks.register(None)
    clock.forward(300)
    await service.receive(pdf(1), STRANGER, US)
    service.callbacks.look()
    async with receiving() as there:
        register(service, there)
        await service.receive(pdf(1), STRANGER, US)
        await until(2)
        assert [told["jobId"] for told in there.told] == [service.received[2].job_id]


@pytest.mark.parametrize("is_believed", [True, False])
async def test_an_address_with_https(
    service: FaxService, eventually: Eventually, pdf: Pdf, is_believed: bool
) -> None:
    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    certificate = authority.cert_pem.bytes().decode() if is_believed else None
    async with receiving(context) as receiver, service.calling_back():
        register(service, receiver, certificate=certificate)
        await service.receive(pdf(1), STRANGER, US)
        await eventually(lambda: log(service))
        assert log(service)[0]["status"] == (200 if is_believed else None)
    assert "BEGIN" not in str(service.callbacks.row())


async def test_everything_happens_by_itself_on_the_server(
    tmp_path: Path, receiver: Receiver, eventually: Eventually, count: Count, fax: Fax, pdf: Pdf
) -> None:
    """Set over HTTP, with a real clock: a fax ends and a letter arrives, and nobody asks the service."""
    letter = tmp_path / "letter.pdf"
    letter.write_bytes(pdf(1))
    service = FaxService(letters=[letter], read_pages=count, speed=20.0)
    async with serve(service) as url, httpx.AsyncClient(base_url=url, trust_env=False) as client:
        wish = {
            "sent": f"{receiver.url}/a/secret",
            "received": receiver.url,
            "user": "u",
            "password": "hidden",
        }
        shown = (await client.post("/_simulator/webhooks", json=wish)).json()
        assert (shown["settings"]["sent"], shown["settings"]["user"]) == (wish["sent"], "u")
        await client.post("/v1/customer/fax-send", json=fax(), headers={"accessToken": "live-1"})
        await eventually(lambda: len(receiver.heard) == 2)
        response = await client.get("/_simulator/webhooks")
        assert "hidden" not in response.text
        assert {row["path"] for row in response.json()["log"]} == {"/a/secret", "/"}
        assert (await client.delete("/_simulator/webhooks")).json() == {}
        assert (await client.get("/_simulator/webhooks")).json()["settings"] is None
    assert {told["faxStatus"] for told in receiver.told} == {"delivered", "received"}


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ({}, "no address"),
        ({"sent": None}, "no address"),
        ({"sent": "https://example.com/hook"}, "this machine"),
        ({"sent": "http://10.0.0.1/"}, "this machine"),
        ({"sent": "ftp://127.0.0.1/"}, "this machine"),
        ({"sent": "http://a:b@127.0.0.1/"}, "this machine"),
        ({"sent": "http://localhost.example.com/"}, "this machine"),
        ({"sent": 7}, "this machine"),
        ({"received": "nonsense"}, "this machine"),
        ({"sent": "http://127.0.0.1/", "hook": 1}, "there are: sent, received"),
        ({"sent": "http://127.0.0.1/", "form": 1}, "true or false"),
        ({"sent": "http://127.0.0.1/", "user": "a"}, "together"),
        ({"sent": "http://127.0.0.1/", "user": 1, "password": "b"}, "user is text"),
        ({"sent": "http://127.0.0.1/", "direction": "up"}, "outbound, sent, OB"),
        ({"sent": "http://127.0.0.1/", "direction": ["sent"]}, "outbound, sent, OB"),
        ({"sent": "http://127.0.0.1/", "retries": 6}, "5 or 16"),
        ({"sent": "http://127.0.0.1/", "retries": "5"}, "5 or 16"),
        ({"sent": "http://127.0.0.1/", "certificate": "trust me"}, "PEM"),
    ],
)
async def test_settings_not_understood(service: FaxService, wish: Any, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_settings(wish)
    async with serve(service) as url, httpx.AsyncClient(base_url=url, trust_env=False) as client:
        response = await client.post("/_simulator/webhooks", json=wish)
        assert response.status_code == 400
        assert said in response.json()["problem"]


@pytest.mark.parametrize(
    "address", ["http://localhost:1/a", "http://[::1]/", "https://127.0.0.1/", "http://127.1.2.3/"]
)
def test_an_address_of_this_machine(address: str) -> None:
    assert read_settings({"sent": address}) == CallbackSettings(sent=address)
