"""Faults, in process and over a real socket: what was done and what the client hears of it."""

import asyncio
import base64
import email.utils
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from ifax_desktop.simulator.faults.kinds import KINDS, rule
from ifax_desktop.simulator.faults.rules import Fault, On, Rule
from ifax_desktop.simulator.faults.variants import VARIANTS
from ifax_desktop.simulator.server import serve
from ifax_desktop.simulator.service import FaxService

Fax = Callable[..., dict[str, Any]]
Pdf = Callable[[int], bytes]

KEY = {"accessToken": "live-practice"}
SEND = "/customer/fax-send"
STATUS = "/customer/fax-status"
LIST = "/customer/fax-lists"
INBOX = "/customer/inbound/fax-list-all"
NUMBERS = "/customer/inbound/number-list"
ORDER = "1735118820043390417"
CUT = (httpx.ReadError, httpx.WriteError)

TRANSPORTS = ["in process", "socket"]


@pytest.fixture(params=TRANSPORTS)
def transport(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
async def client(transport: str, service: FaxService) -> AsyncIterator[httpx.AsyncClient]:
    if transport == "in process":
        async with httpx.AsyncClient(
            transport=httpx.MockTransport(service), base_url="https://fax.example/v1", headers=KEY
        ) as client:
            yield client
        return
    async with (
        serve(service) as url,
        httpx.AsyncClient(base_url=f"{url}/v1", headers=KEY, trust_env=False) as client,
    ):
        yield client


def strike(service: FaxService, kind: str, **wish: Any) -> None:
    """Let `kind` happen to the next call, or to those the wish says."""
    service.faults.append(rule({"kind": kind, **wish}, service.operations))


def rules(service: FaxService) -> list[Rule]:
    return [fault for fault in service.faults if isinstance(fault, Rule)]


async def envelope(client: httpx.AsyncClient, path: str, **fields: Any) -> Any:
    return (await client.post(path, json=fields)).json()


async def data(client: httpx.AsyncClient, path: str, **fields: Any) -> Any:
    return (await envelope(client, path, **fields))["data"]


# The names other tests use.


async def test_accepted_and_hung_up(client: httpx.AsyncClient, service: FaxService, fax: Fax) -> None:
    service.faults.append(service.accept_then_hang_up)
    with pytest.raises(httpx.TransportError) as caught:
        await client.post(SEND, json=fax())
    assert not isinstance(caught.value, httpx.ConnectError)
    assert len(service.jobs) == 1
    assert (await client.post(SEND, json=fax())).json()["status"] == 1
    assert len(service.jobs) == 2


@pytest.mark.parametrize("fault", [FaxService.hang_up, FaxService.unreachable])
async def test_the_call_never_arrives(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, fault: Fault
) -> None:
    service.faults.append(fault)
    with pytest.raises(httpx.TransportError):
        await client.post(SEND, json=fax())
    assert service.jobs == []


@pytest.mark.parametrize(("fault", "status"), [(FaxService.server_failed, 500), (FaxService.not_json, 200)])
async def test_something_that_is_no_envelope(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, fault: Fault, status: int
) -> None:
    service.faults.append(fault)
    response = await client.post(SEND, json=fax())
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert service.jobs == []


async def test_the_work_is_done_and_a_page_of_html_comes_back(
    client: httpx.AsyncClient, service: FaxService, fax: Fax
) -> None:
    service.faults.append(service.accept_then_not_json)
    response = await client.post(SEND, json=fax())
    assert "guest network" in response.text
    assert len(service.jobs) == 1


async def test_too_slow_for_the_client(client: httpx.AsyncClient, service: FaxService, fax: Fax) -> None:
    service.faults.append(service.slow(60))
    with pytest.raises(httpx.ReadTimeout):
        await client.post(SEND, json=fax(), timeout=httpx.Timeout(10, read=0.2))
    assert len(service.jobs) == 1


async def test_slow_but_in_time(client: httpx.AsyncClient, service: FaxService, fax: Fax) -> None:
    service.faults.append(service.slow(0.01))
    assert (await client.post(SEND, json=fax())).json()["status"] == 1


async def test_a_fault_may_wait_for_its_operation(
    client: httpx.AsyncClient, service: FaxService, fax: Fax
) -> None:
    service.faults.append(On("fax_send", service.server_failed))
    service.faults.append(service.not_json)
    assert (await client.post(LIST, json={})).text.startswith("<html>")
    assert (await client.post(LIST, json={})).json()["status"] == 1
    assert (await client.post(SEND, json=fax())).status_code == 500
    assert not service.faults


# Every kind.


@pytest.mark.parametrize("kind", KINDS)
async def test_what_a_kind_says_of_the_work_is_true(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, pdf: Pdf, kind: str
) -> None:
    """The first words of a kind are about the work, and are kept; and the next call is as ever."""
    await service.receive(pdf(1), "+13125550188", "+12025550160")
    said = KINDS[kind].row()["does"]
    strike(service, kind, **({"seconds": 0.01} if kind.startswith("slow") else {}))
    heard = None
    try:
        heard = await client.post(SEND, json=fax())
    except (*CUT, httpx.ConnectError):
        pass
    if said.startswith("The work is done") or kind == "slow_before":
        assert len(service.jobs) == 1
    else:
        assert said.startswith(("Nothing is done", "The request was handed over whole and lost"))
        assert service.jobs == []
        assert heard is None or heard.text != "" or heard.is_redirect
    service.faults.clear()
    assert (await envelope(client, SEND, **fax()))["status"] == 1
    assert len(await data(client, INBOX)) == 1


@pytest.mark.parametrize("kind", KINDS)
async def test_a_kind_goes_with_every_call_it_is_for(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, pdf: Pdf, clock: Any, kind: str
) -> None:
    sent = await data(client, SEND, **fax())
    got = await service.receive(pdf(1), "+13125550188", "+12025550160")
    ids = {"jobId": got.job_id, "transactionId": got.transaction_id}
    more: dict[str, Any] = {"probability": 1, **({"seconds": 0} if kind.startswith("slow") else {})}
    calls = {
        "fax_status": (STATUS, sent),
        "fax_list": (LIST, {}),
        "inbound_fax_list_all": (INBOX, {}),
        "fax_download": ("/customer/fax-download", sent),
        "inbound_fax_download": ("/customer/inbound/fax-download", ids),
        "number_list": (NUMBERS, {}),
        "fax_detail": ("/customer/fax-detail", sent),
        "inbound_fax_list": ("/customer/inbound/fax-list", {"numberId": "318027", "orderId": ORDER}),
        "cdr_list": ("/customer/cdr-list", {"startDate": "01/01/2026", "endDate": "01/31/2026"}),
        "label_list": ("/customer/label-list", {}),
        "country_list": ("/customer/inbound/country-list", {}),
        "fax_resend": ("/customer/fax-resend", sent),
        "fax_cancel": ("/customer/fax-cancel", sent),
    }
    clock.forward(60)
    for path, fields in list(calls.values())[:-1]:
        assert (await envelope(client, path, **fields))["status"] == 1
    strike(service, kind, **more)
    (set_one,) = rules(service)
    hits = 0
    for operation, (path, fields) in calls.items():
        wanted = KINDS[kind].operations
        hits += wanted is None or operation in wanted
        try:
            assert (await client.post(path, json=fields)).status_code in (200, 302, 429, 500, 502)
        except (*CUT, httpx.ConnectError):
            assert kind in ("refuse", "reset_before", "reset_after", "half_answer")
    assert set_one.hits == hits


# The line.


async def test_a_refused_connection(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, transport: str
) -> None:
    strike(service, "refuse", count=2)
    for _ in range(2):
        with pytest.raises(httpx.ConnectError if transport == "in process" else CUT):
            await client.post(SEND, json=fax())
    assert (await envelope(client, SEND, **fax()))["status"] == 1
    assert service.repeats.requests(service.jobs, 0) == 1  # nobody has read the two before


async def test_nothing_of_a_refused_body_is_read(service: FaxService) -> None:
    service.faults.append(service.unreachable)
    async with serve(service) as url:
        reader, writer = await asyncio.open_connection("127.0.0.1", httpx.URL(url).port)
        writer.write(b"POST /v1/customer/fax-send HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n")
        with pytest.raises(ConnectionResetError):
            await reader.read()  # without a byte of the body
        writer.close()


async def problem_of(client: httpx.AsyncClient) -> type[Exception] | None:
    """What becomes of a call: None if it is answered."""
    try:
        await client.post(LIST, json={})
    except httpx.TransportError as error:
        return type(error)
    return None


async def test_nobody_is_there_for_a_while(client: httpx.AsyncClient, service: FaxService, fax: Fax) -> None:
    strike(service, "refuse", seconds=0.3)
    with pytest.raises(httpx.TransportError):
        await client.post(SEND, json=fax())
    problems = []
    async with asyncio.timeout(10):
        while problem := await problem_of(client):
            problems.append(problem)
    assert problems[-1] is httpx.ConnectError
    assert not service.outage.left
    assert (await envelope(client, SEND, **fax()))["status"] == 1
    assert len(service.jobs) == 1


async def test_an_outage_can_be_ended_early(client: httpx.AsyncClient, service: FaxService) -> None:
    for _ in range(2):
        assert (await envelope(client, LIST))["status"] == 1
        service.outage.begin(600)
        async with asyncio.timeout(10):
            while (problem := await problem_of(client)) is not httpx.ConnectError:
                # the connection that was there is cut, or ended if it was idle
                assert problem in (*CUT, httpx.RemoteProtocolError)
            service.outage.end()
            while problem := await problem_of(client):
                assert problem is httpx.ConnectError


@pytest.mark.parametrize(("kind", "jobs"), [("reset_before", 0), ("reset_after", 1)])
async def test_a_line_that_is_reset(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, kind: str, jobs: int
) -> None:
    strike(service, kind)
    with pytest.raises(httpx.ReadError):
        await client.post(SEND, json=fax())
    assert len(service.jobs) == jobs


async def test_half_an_answer(client: httpx.AsyncClient, service: FaxService, fax: Fax) -> None:
    whole = len((await client.post(SEND, json=fax())).content)
    strike(service, "half_answer")
    pieces = []

    async def hear(response: httpx.Response) -> None:
        async for piece in response.aiter_raw():
            pieces.append(piece)  # noqa: PERF401 - those heard before it breaks off are kept

    async with client.stream("POST", SEND, json=fax()) as response:
        assert response.headers["content-length"] == str(whole)
        with pytest.raises(httpx.ReadError):
            await hear(response)
    assert len(b"".join(pieces)) == whole // 2
    assert len(service.jobs) == 2


async def test_work_that_is_done_when_the_client_has_left(
    client: httpx.AsyncClient, service: FaxService, fax: Fax
) -> None:
    strike(service, "slow_before", seconds=0.3)
    with pytest.raises(httpx.ReadTimeout):
        await client.post(SEND, json=fax(), timeout=httpx.Timeout(10, read=0.05))
    assert await data(client, LIST) == []
    async with asyncio.timeout(10):
        while not await data(client, LIST):
            pass
    assert len(service.jobs) == 1


# Lists and states that are not true yet.


async def test_a_list_that_lags_behind(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, pdf: Pdf, clock: Any
) -> None:
    strike(service, "lagging_list", seconds=60)
    ids = []
    for _ in range(2):
        ids.append((await data(client, SEND, **fax()))["jobId"])
        await service.receive(pdf(1), "+13125550188", "+12025550160")
        clock.forward(40)
    for path, first in ((LIST, ids[0]), (INBOX, service.received[0].job_id)):
        assert [row["jobId"] for row in await data(client, path)] == [first]
    assert (await data(client, STATUS, jobId=ids[1]))["jobId"] == ids[1]
    clock.forward(20)
    for path in (LIST, INBOX):
        assert len(await data(client, path)) == 2


async def test_a_list_asked_for_in_a_form_lags_too(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, clock: Any
) -> None:
    await data(client, SEND, **fax())
    clock.forward(61)
    await data(client, SEND, **fax())
    strike(service, "lagging_list")
    rows = (await client.post(LIST, data={"sortBy": "newest"}, files={"_": b""})).json()["data"]
    assert [row["jobId"] for row in rows] == [service.jobs[0].job_id]


async def test_a_lagging_list_counts_in_the_services_time(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, clock: Any
) -> None:
    service.speed = 10.0
    strike(service, "lagging_list", seconds=60)
    await data(client, SEND, **fax())
    clock.forward(5)
    assert await data(client, LIST) == []
    clock.forward(1)
    assert len(await data(client, LIST)) == 1


async def test_the_pages_of_a_lagging_list_are_full(
    client: httpx.AsyncClient, service: FaxService, pdf: Pdf, clock: Any
) -> None:
    for number in range(45):
        await service.receive(pdf(1), "+13125550188", "+12025550160")
        clock.forward(1 if number < 22 else 0)
    old = [fax.job_id for fax in service.received[:22]][::-1]
    clock.forward(59)
    strike(service, "lagging_list", seconds=60)
    first = await data(client, INBOX)
    rest = await data(client, INBOX, lastFaxId=str(first[-1]["faxId"]))
    assert [row["jobId"] for row in first] == old[:20]
    assert [row["jobId"] for row in rest] == old[20:]


async def test_a_failure_that_turns_into_a_delivery(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, clock: Any
) -> None:
    strike(service, "delivered_later", seconds=60)
    job_id = (await data(client, SEND, **fax()))["jobId"]
    busy = (await data(client, SEND, **fax("+14155550101")))["jobId"]

    async def told() -> list[tuple[str, int, int]]:
        rows = [await data(client, STATUS, jobId=job_id), *await data(client, LIST)]
        return [
            (row["faxStatus"], row["code"], row["faxTransferredPages"])
            for row in rows
            if row["jobId"] == job_id
        ]

    assert await told() == [("sending", -11, 0)] * 2
    clock.forward(9)
    assert await told() == [("failed", 9009, 2)] * 2
    assert (await data(client, STATUS, jobId=busy))["code"] == 263
    clock.forward(60)
    assert await told() == [("delivered", 0, 3)] * 2


async def test_a_clock_that_is_wrong(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, pdf: Pdf, clock: Any
) -> None:
    job_id = (await data(client, SEND, **fax()))["jobId"]
    await service.receive(pdf(1), "+13125550188", "+12025550160")
    strike(service, "clock_skew", seconds=-7200)
    assert (await data(client, STATUS, jobId=job_id))["faxCallEnd"] == 0
    clock.forward(60)
    response = await client.post(STATUS, json={"jobId": job_id})
    shown = email.utils.parsedate_to_datetime(response.headers["date"]).timestamp()
    assert shown == clock() - 7200
    row = response.json()["data"]
    assert (row["faxCallEnd"], row["faxCallLength"]) == (int(clock()) - 60 + 8 - 7200, 6)
    assert (await data(client, INBOX))[0]["receivedTime"] == "2026-01-05 07:30:00"


# What is in the answer.


@pytest.mark.parametrize(
    ("wish", "counts"),
    [({}, (2, 2)), ({"by": 3}, (6, 6)), ({"by": -200}, (0, 0)), ({"field": "gone", "by": 1}, (4, 3))],
)
async def test_page_counts_that_are_wrong(
    client: httpx.AsyncClient,
    service: FaxService,
    fax: Fax,
    pdf: Pdf,
    clock: Any,
    wish: dict[str, Any],
    counts: tuple[int, int],
) -> None:
    sent = await data(client, SEND, **fax())
    await service.receive(pdf(3), "+13125550188", "+12025550160")
    clock.forward(60)
    strike(service, "wrong_page_count", **wish, count=3)
    for row in (await data(client, STATUS, **sent), (await data(client, LIST))[0]):
        assert (row["faxTransferredPages"], row["faxTotalPages"]) == counts
    row = (await data(client, INBOX))[0]
    assert (row["faxReceivedPages"], row["faxTotalPages"]) == counts


@pytest.mark.parametrize(
    ("form", "empty"), [("same", []), ("object", {}), ("list", []), ("text", ""), ("null", None)]
)
async def test_data_that_is_empty(
    client: httpx.AsyncClient, service: FaxService, form: str, empty: Any
) -> None:
    strike(service, "empty_data", form=form)
    assert await envelope(client, NUMBERS) == {"status": 1, "message": "ok", "data": empty}


async def test_a_document_of_no_bytes(client: httpx.AsyncClient, service: FaxService, fax: Fax) -> None:
    sent = await data(client, SEND, **fax())
    strike(service, "empty_data")
    assert await data(client, "/customer/fax-download", **sent) == ""


async def told_in(
    client: httpx.AsyncClient, service: FaxService, variant: str, path: str, **fields: Any
) -> Any:
    strike(service, "wrong_types", variant=variant)
    return await envelope(client, path, **fields)


async def test_other_types_of_numbers(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, clock: Any
) -> None:
    sent = await data(client, SEND, **fax())
    clock.forward(60)
    plain = await data(client, STATUS, **sent)
    numbers = [name for name, value in plain.items() if isinstance(value, int)]
    for variant, kind in (("strings", str), ("floats", float)):
        told = await told_in(client, service, variant, STATUS, **sent)
        assert isinstance(told["status"], kind)
        assert {type(told["data"][name]) for name in numbers} == {kind}
        assert [int(float(told["data"][name])) for name in numbers] == [plain[name] for name in numbers]
    told = await told_in(client, service, "mixed", STATUS, **sent)
    assert (told["status"], told["data"]["jobId"], told["data"]["faxTotalPages"]) == (
        "1",
        str(sent["jobId"]),
        3.0,
    )
    assert type(told["data"]["faxTotalPages"]) is float
    assert (await told_in(client, service, "booleans", STATUS, **sent))["status"] is True
    assert (await told_in(client, service, "booleans", STATUS, jobId=1))["status"] is False
    assert (await told_in(client, service, "strings", STATUS, jobId=1))["code"] == "12091"


async def test_other_places_and_names(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, pdf: Pdf
) -> None:
    told = await told_in(client, service, "other_id", SEND, **fax())
    assert told["data"] == {"id": service.jobs[-1].job_id}
    told = await told_in(client, service, "id_outside", SEND, **fax())
    assert (told["jobId"], told["data"]) == (service.jobs[-1].job_id, {})
    strike(service, "wrong_types", variant="long_numbers")
    assert '"orderId": 1702233445566778899' in (await client.post(NUMBERS, json={})).text
    await client.post("/customer/fax-cancel", json={"jobId": service.jobs[-1].job_id})
    row = (await told_in(client, service, "other_names", LIST))["data"][0]
    assert (row["faxStatus"], row["direction"], row["pages"]) == ("cancelled", "sent", 3)
    assert "faxTotalPages" not in row
    await service.receive(pdf(2), "+13125550188", "+12025550160")
    row = (await told_in(client, service, "other_names", INBOX))["data"][0]
    assert (row["sender"], row["receiver"], row["faxReceivedPages"]) == ("+13125550188", "+12025550160", 2)
    assert not {"fromNumber", "toNumber", "faxTotalPages"} & set(row)


async def test_other_forms_of_a_document(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, pdf: Pdf
) -> None:
    sent = await data(client, SEND, **fax())
    path, text = "/customer/fax-download", base64.b64encode(pdf(3)).decode()
    told = await told_in(client, service, "data_uri", path, **sent)
    assert told["data"] == f"data:application/pdf;base64,{text}"
    assert (await told_in(client, service, "in_object", path, **sent))["data"] == {"file": text}
    strike(service, "wrong_types", variant="raw_pdf")
    response = await client.post(path, json=sent)
    assert (response.headers["content-type"], response.content) == ("application/pdf", pdf(3))


@pytest.mark.parametrize("variant", VARIANTS)
async def test_a_variant_leaves_alone_what_it_is_not_about(
    client: httpx.AsyncClient, service: FaxService, variant: str
) -> None:
    told = await told_in(client, service, variant, STATUS, jobId=1)
    assert (int(told["status"]), int(told["code"])) == (0, 12091)
    assert (await told_in(client, service, variant, LIST))["data"] == []


async def test_nonsense(client: httpx.AsyncClient, service: FaxService, fax: Fax) -> None:
    sent = await data(client, SEND, **fax())
    strike(service, "nonsense", count=4)
    assert await envelope(client, SEND, **fax()) == {
        "status": 1,
        "message": ["ok"],
        "data": {"jobId": [None]},
    }
    row = await data(client, STATUS, **sent)
    assert (row["faxStatus"], row["faxTotalPages"]) == ({"?": []}, [None])
    assert await data(client, INBOX) == 7
    assert (await envelope(client, STATUS, jobId=1))["code"] == 12091


# Something else in the place of the answer.


@pytest.mark.parametrize(
    ("kind", "wish", "status", "jobs"),
    [
        ("html", {}, 200, 0),
        ("html_after", {}, 200, 1),
        ("server_error", {}, 500, 0),
        ("server_error", {"status": 503}, 503, 0),
        ("server_error_after", {}, 502, 1),
        ("server_error_after", {"status": 500}, 500, 1),
        ("too_many", {}, 429, 0),
    ],
)
async def test_a_page_instead_of_an_answer(
    client: httpx.AsyncClient,
    service: FaxService,
    fax: Fax,
    kind: str,
    wish: dict[str, Any],
    status: int,
    jobs: int,
) -> None:
    strike(service, kind, **wish)
    response = await client.post(SEND, json=fax())
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert len(service.jobs) == jobs


async def test_too_many_calls_say_when_to_come_again(
    client: httpx.AsyncClient, service: FaxService, clock: Any
) -> None:
    strike(service, "too_many", retry_after=7)
    assert (await client.post(LIST, json={})).headers["retry-after"] == "7"
    strike(service, "too_many", retry_after=120, form="date")
    response = await client.post(LIST, json={})
    when = email.utils.parsedate_to_datetime(response.headers["retry-after"])
    assert when.timestamp() == clock() + 120
    assert (when - email.utils.parsedate_to_datetime(response.headers["date"])).total_seconds() == 120


@pytest.mark.parametrize(("kind", "code"), [("expired_key", 12001), ("plan_missing", 12004)])
async def test_a_refusal_of_the_account(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, kind: str, code: int
) -> None:
    strike(service, kind, operation="fax_send")
    assert (await envelope(client, LIST))["status"] == 1
    answer = await envelope(client, SEND, **fax())
    assert (answer["status"], answer["code"]) == (0, code)
    assert answer["message"]
    assert service.jobs == []


async def test_json_that_is_none(client: httpx.AsyncClient, service: FaxService, fax: Fax) -> None:
    whole = (await client.post(LIST, json={})).content
    strike(service, "truncated_json")
    response = await client.post(LIST, json={})
    assert response.content == whole[: len(whole) // 2]
    assert response.headers["content-length"] == str(len(whole) // 2)
    with pytest.raises(json.JSONDecodeError):
        response.json()
    strike(service, "empty_body")
    response = await client.post(SEND, json=fax())
    assert (response.status_code, response.content, len(service.jobs)) == (200, b"", 1)
    strike(service, "wrong_content_type")
    response = await client.post(LIST, json={})
    assert response.headers["content-type"] == "text/html"
    assert response.json()["status"] == 1
    strike(service, "wrong_content_type", content_type="application/pdf")
    assert (await client.post(LIST, json={})).headers["content-type"] == "application/pdf"


@pytest.mark.parametrize("status", [302, 307])
async def test_a_client_is_sent_elsewhere(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, status: int
) -> None:
    strike(service, "redirect", status=status, to="http://127.0.0.1:9")
    response = await client.post(SEND, json=fax())
    assert response.status_code == status
    assert response.headers["location"] == "http://127.0.0.1:9/v1/customer/fax-send"
    assert service.jobs == []


# The rules.


async def heard(client: httpx.AsyncClient, calls: int, path: str = LIST) -> list[int]:
    return [(await client.post(path, json={})).status_code for _ in range(calls)]


async def test_a_rule_strikes_so_many_calls(client: httpx.AsyncClient, service: FaxService) -> None:
    strike(service, "server_error", count=2)
    strike(service, "too_many")
    assert await heard(client, 4) == [500, 500, 429, 200]
    assert not service.faults


async def test_luck_is_in_the_seed_alone(client: httpx.AsyncClient, service: FaxService) -> None:
    strike(service, "server_error", probability=0.5, seed=7)
    first = await heard(client, 40)
    assert 10 < first.count(500) < 30
    service.faults.clear()
    strike(service, "too_many", operation="fax_list", count=3)
    strike(service, "server_error", operation="fax_list", probability=0.5, seed=7)
    assert await heard(client, 5, NUMBERS) == [200] * 5
    assert await heard(client, 40) == [429] * 3 + first[3:]
    service.faults.clear()
    strike(service, "server_error", probability=0.5, seed=8)
    assert await heard(client, 40) != first


async def test_what_bends_an_answer_lets_others_strike(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, clock: Any
) -> None:
    sent = await data(client, SEND, **fax())
    clock.forward(9)
    strike(service, "delivered_later")
    strike(service, "clock_skew")
    strike(service, "wrong_types", variant="strings", operation="fax_status")
    row = await data(client, STATUS, **sent)
    assert (row["faxStatus"], row["code"], row["faxCallEnd"]) == ("failed", "9009", str(int(clock()) + 3599))
    assert [set_one.hits for set_one in rules(service)] == [1, 1]
    strike(service, "reset_after", operation="fax_send")
    with pytest.raises(httpx.ReadError):
        await client.post(SEND, json=fax())
    await client.post(SEND, json=fax())
    assert [service.repeats.requests(service.jobs, place) for place in range(3)] == [1, 1, 1]
