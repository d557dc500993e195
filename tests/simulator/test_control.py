"""The control over HTTP: the ground truth read, faults, clock and arrivals set, and every wrong wish explained."""

import base64
import hashlib
import json
from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from ifax_desktop.simulator.control import TABLE
from ifax_desktop.simulator.faults.kinds import KINDS
from ifax_desktop.simulator.server import serve
from ifax_desktop.simulator.service import FaxService

Fax = Callable[..., dict[str, Any]]
Pdf = Callable[[int], bytes]

SEND = "/v1/customer/fax-send"
STATUS = "/v1/customer/fax-status"
LIST = "/v1/customer/fax-lists"


@pytest.fixture
async def client(service: FaxService) -> AsyncIterator[httpx.AsyncClient]:
    headers = {"accessToken": "test-practice"}
    async with (
        serve(service) as url,
        httpx.AsyncClient(base_url=url, headers=headers, trust_env=False) as client,
    ):
        yield client


async def wish(client: httpx.AsyncClient, method: str, name: str, **fields: Any) -> Any:
    """What the control answers to a wish it understands."""
    response = await client.request(method, f"/_simulator/{name}", json=fields or None)
    assert response.status_code == 200, response.text
    return response.json()


async def problem(client: httpx.AsyncClient, name: str, fields: Any) -> str:
    """The sentence it answers to one it does not."""
    response = await client.post(f"/_simulator/{name}", json=fields)
    assert response.status_code == 400
    return str(response.json()["problem"])


async def sent(client: httpx.AsyncClient, fax: dict[str, Any]) -> int:
    return int((await client.post(SEND, json=fax)).json()["data"]["jobId"])


# The ground truth.


async def test_the_ground_truth_of_a_fax(client: httpx.AsyncClient, fax: Fax, clock: Any, pdf: Pdf) -> None:
    before = clock()
    job_id = await sent(client, fax())
    busy = await sent(client, fax("+14155550101"))
    clock.forward(5)
    rows = await wish(client, "GET", "accepted")
    assert rows[0] == {
        "jobId": job_id,
        "operation": "fax_send",
        "faxNumber": "+14155550143",
        "callerId": "+12025550119",
        "fileName": "fax-1.pdf",
        "acceptedAt": before,
        "endedAt": None,
        "faxStatus": "sending",
        "sha256": hashlib.sha256(pdf(3)).hexdigest(),
        "pages": 3,
        "bytes": len(pdf(3)),
        "requests": 1,
    }
    assert (rows[1]["jobId"], rows[1]["faxStatus"], rows[1]["endedAt"]) == (busy, "failed", before + 5)


async def test_the_truth_is_told_of_resent_forwarded_and_deleted_faxes(
    client: httpx.AsyncClient, fax: Fax, clock: Any
) -> None:
    job_id = await sent(client, fax())
    clock.forward(60)
    for path, fields in (
        ("fax-resend", {"jobId": job_id}),
        ("fax-forward", {"jobId": job_id, "faxNumber": "+14155550177", "callerId": "+12025550160"}),
        ("fax-delete", {"type": "outbound", "jobId": job_id}),
    ):
        answer = (await client.post(f"/v1/customer/{path}", json=fields)).json()
        assert answer["status"] == 1, answer
    rows = await wish(client, "GET", "accepted")
    assert [(row["operation"], row["faxNumber"], row["requests"]) for row in rows] == [
        ("fax_send", "+14155550143", 1),
        ("fax_resend", "+14155550143", 1),
        ("fax_forward", "+14155550177", 1),
    ]
    assert len({row["sha256"] for row in rows}) == 1
    assert rows[0]["faxStatus"] == "delivered"
    assert job_id not in [row["jobId"] for row in (await client.post(LIST, json={})).json()["data"]]


@pytest.mark.parametrize(
    "kind", ["reset_before", "html", "server_error", "too_many", "expired_key", "plan_missing", "redirect"]
)
async def test_requests_that_came_to_nothing_count_for_the_job_in_the_end(
    client: httpx.AsyncClient, fax: Fax, kind: str
) -> None:
    await sent(client, fax())
    await wish(client, "POST", "faults", kind=kind, operation="fax_send", count=3)
    for again in (fax(), fax(), fax(pages=2)):
        try:
            await client.post(SEND, json=again)
        except httpx.ReadError:
            assert kind == "reset_before"
    for last in (fax(), fax(), fax(pages=2), fax("+14155550144")):
        await sent(client, last)
    assert [row["requests"] for row in await wish(client, "GET", "accepted")] == [1, 3, 1, 2, 1]


async def test_a_form_that_came_to_nothing_counts_too(client: httpx.AsyncClient, pdf: Pdf) -> None:
    await wish(client, "POST", "faults", kind="server_error")
    for _ in range(2):
        await client.post(
            SEND,
            data={"faxNumber": "+14155550143", "callerId": "+12025550119"},
            files={"file": ("fax-1.pdf", pdf(1), "application/pdf")},
        )
    assert [row["requests"] for row in await wish(client, "GET", "accepted")] == [2]


@pytest.mark.parametrize("kind", ["reset_after", "html_after", "half_answer", "server_error_after"])
async def test_a_lost_answer_is_a_job_of_its_own(client: httpx.AsyncClient, fax: Fax, kind: str) -> None:
    await wish(client, "POST", "faults", kind=kind)
    try:
        await client.post(SEND, json=fax())
    except httpx.ReadError:
        assert kind in ("reset_after", "half_answer")
    await sent(client, fax())
    assert [row["requests"] for row in await wish(client, "GET", "accepted")] == [1, 1]


async def test_what_was_no_fax_anyway_counts_for_none(client: httpx.AsyncClient, fax: Fax) -> None:
    await wish(client, "POST", "faults", kind="server_error", count=3)
    await client.post(SEND, content=b"{")
    await client.post(
        SEND, json={**fax(), "faxData": [{"fileName": "a.pdf", "fileUrl": "http://127.0.0.1:9"}]}
    )
    await client.post(SEND, json=fax(), headers={"accessToken": "wrong"})
    await sent(client, fax())
    assert [row["requests"] for row in await wish(client, "GET", "accepted")] == [1]


# Faults.


async def test_faults_are_set_shown_and_removed(client: httpx.AsyncClient) -> None:
    assert await wish(client, "GET", "faults") == []
    one = await wish(client, "POST", "faults", kind="slow", operation="fax_send", seconds=3, count=2)
    assert one == {"operation": "fax_send", "kind": "slow", "count": 2, "seconds": 3, "hits": 0}
    luck = await wish(client, "POST", "faults", kind="server_error", probability=0.25, seed=9, status=503)
    assert luck == {
        "operation": None,
        "kind": "server_error",
        "probability": 0.25,
        "seed": 9,
        "status": 503,
        "hits": 0,
    }
    bend = await wish(client, "POST", "faults", kind="lagging_list")
    assert (bend["count"], bend["seconds"]) == (None, 60)
    assert await wish(client, "GET", "faults") == [one, luck, bend]
    assert await wish(client, "DELETE", "faults") == {}
    assert await wish(client, "GET", "faults") == []
    assert (await client.post(LIST, json={})).json()["status"] == 1


async def test_a_fault_strikes_the_calls_it_was_set_for(client: httpx.AsyncClient) -> None:
    await wish(client, "POST", "faults", kind="too_many", operation="fax_list", count=2)
    assert (await client.post("/v1/customer/inbound/number-list")).status_code == 200
    assert (await client.post(LIST)).status_code == 429
    (left,) = await wish(client, "GET", "faults")
    assert (left["count"], left["hits"]) == (1, 1)
    assert (await client.post(LIST)).status_code == 429
    assert await wish(client, "GET", "faults") == []


async def test_the_control_answers_while_everything_else_is_refused(client: httpx.AsyncClient) -> None:
    await wish(client, "POST", "faults", kind="refuse", probability=1)
    for _ in range(2):
        with pytest.raises((httpx.ReadError, httpx.WriteError)):
            await client.post(LIST)
        assert len(await wish(client, "GET", "faults")) == 1
    await wish(client, "DELETE", "faults")
    assert (await client.post(LIST)).status_code == 200


async def test_an_outage_begins_at_once(client: httpx.AsyncClient, service: FaxService, fax: Fax) -> None:
    assert (await client.post(LIST)).status_code == 200
    assert (await wish(client, "POST", "faults", kind="refuse", seconds=0.3))["hits"] == 1
    with pytest.raises(httpx.ConnectError):
        await client.post(SEND, json=fax())
    await service.outage.ended()
    assert await wish(client, "GET", "faults") == []
    assert await sent(client, fax())
    assert [row["requests"] for row in await wish(client, "GET", "accepted")] == [1]


async def test_every_kind_can_be_set_and_is_described(client: httpx.AsyncClient) -> None:
    kinds = await wish(client, "GET", "kinds")
    assert list(kinds) == list(KINDS)
    for name, kind in kinds.items():
        assert kind["does"].endswith(".")
        row = await wish(client, "POST", "faults", kind=name, count=1)
        assert set(row) == {"operation", "kind", "count", "hits", *kind["takes"]}
    assert len(await wish(client, "GET", "faults")) == len(KINDS)


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ([], "object"),
        ({}, "server_error_after"),
        ({"kind": "fire"}, "there are: refuse, reset_before"),
        ({"kind": ["slow"]}, "there are"),
        ({"kind": "slow", "operation": "fax_fly"}, "fax_send"),
        ({"kind": "slow", "operation": 1}, "it is for"),
        ({"kind": "lagging_list", "operation": "fax_send"}, "it is for: fax_list, inbound_fax_list"),
        ({"kind": "slow", "second": 3}, "it has: count, probability, seed, seconds"),
        ({"kind": "html", "seconds": 3}, "it has: count, probability, seed."),
        ({"kind": "slow", "seconds": "3"}, "from 0 to 3600"),
        ({"kind": "slow", "seconds": -1}, "from 0 to 3600"),
        ({"kind": "slow", "seconds": True}, "from 0 to 3600"),
        ({"kind": "too_many", "retry_after": 1.5}, "whole number"),
        ({"kind": "too_many", "form": "words"}, "seconds, date"),
        ({"kind": "server_error", "status": 404}, "500, 502, 503"),
        ({"kind": "server_error", "status": [500]}, "500, 502, 503"),
        ({"kind": "redirect", "to": "ftp://elsewhere"}, "http://"),
        ({"kind": "redirect", "to": "http://elsewhere\r\nSet-Cookie: a=b"}, "http://"),
        ({"kind": "slow", "count": 0}, "count"),
        ({"kind": "slow", "count": 1.5}, "count"),
        ({"kind": "slow", "count": True}, "count"),
        ({"kind": "slow", "count": 2, "probability": 0.5}, "not both"),
        ({"kind": "slow", "probability": 0}, "above 0"),
        ({"kind": "slow", "probability": 1.1}, "up to 1"),
        ({"kind": "slow", "probability": "0.5"}, "number"),
        ({"kind": "slow", "seed": 4}, "probability"),
        ({"kind": "slow", "probability": 1, "seed": "x"}, "seed"),
    ],
)
async def test_a_fault_not_understood_says_what_is_possible(
    client: httpx.AsyncClient, fields: Any, said: str
) -> None:
    assert said in await problem(client, "faults", fields)
    assert await wish(client, "GET", "faults") == []


# Clock, arrivals, reset.


async def test_time_can_be_sped_up(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, clock: Any
) -> None:
    job_id = await sent(client, fax())
    assert await wish(client, "POST", "clock", speed=100) == {"speed": 100, "now": clock()}
    assert (await wish(client, "GET", "clock"))["speed"] == service.speed == 100
    clock.forward(0.1)
    row = (await client.post(STATUS, json={"jobId": job_id})).json()["data"]
    assert row["faxStatus"] == "delivered"


@pytest.mark.parametrize(
    "fields", [{}, {"speed": 0}, {"speed": -1}, {"speed": 100_001}, {"speed": "2"}, {"speed": True}]
)
async def test_a_speed_is_a_number_above_nothing(
    client: httpx.AsyncClient, service: FaxService, fields: Any
) -> None:
    assert "speed" in await problem(client, "clock", fields)
    assert service.speed == 1


@pytest.mark.parametrize("speed", [b"NaN", b"Infinity", b"1e999"])
async def test_a_speed_is_finite(client: httpx.AsyncClient, speed: bytes) -> None:
    response = await client.post("/_simulator/clock", content=b'{"speed": %s}' % speed)
    assert response.status_code == 400


async def test_a_fax_can_be_made_to_arrive(client: httpx.AsyncClient, service: FaxService, pdf: Pdf) -> None:
    ends = {"from": "+13125550188", "to": "+12025550160"}
    row = await wish(client, "POST", "inbound", **ends, pdf=base64.b64encode(pdf(2)).decode())
    assert (row["jobId"], row["faxTotalPages"]) == (service.received[0].job_id, 2)
    assert (await wish(client, "POST", "inbound", **ends, pages=3))["faxTotalPages"] == 3
    assert len((await client.post("/v1/customer/inbound/fax-list-all")).json()["data"]) == 2


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({}, "from is missing"),
        ([], "object"),
        ({"from": "+1"}, "to is missing"),
        ({"from": 1, "to": "+12025550119"}, "from is text"),
        ({"from": "+1", "to": "+14155550143"}, "account's numbers"),
        ({"from": "+1", "to": "+12025550119", "pages": 0}, "1 to 200"),
        ({"from": "+1", "to": "+12025550119", "pages": "2"}, "1 to 200"),
        ({"from": "+1", "to": "+12025550119", "pdf": "?"}, "base64"),
        ({"from": "+1", "to": "+12025550119", "pdf": 3}, "pdf is text"),
    ],
)
async def test_an_arrival_not_understood(client: httpx.AsyncClient, fields: Any, said: str) -> None:
    assert said in await problem(client, "inbound", fields)


async def test_a_document_that_cannot_be_read_does_not_arrive() -> None:
    junk = base64.b64encode(b"%PDF-1.4 junk").decode()
    fields = {"from": "+13125550188", "to": "+12025550119", "pdf": junk}
    async with serve(FaxService()) as url, httpx.AsyncClient(base_url=url, trust_env=False) as client:
        assert "cannot be read" in await problem(client, "inbound", fields)


async def test_reset_forgets_everything(client: httpx.AsyncClient, service: FaxService, fax: Fax) -> None:
    await sent(client, fax())
    await wish(client, "POST", "faults", kind="server_error", operation="fax_send", probability=1)
    await client.post(SEND, json=fax())
    await wish(client, "POST", "webhooks", sent="http://127.0.0.1:9/")
    assert await wish(client, "POST", "reset") == {}
    assert await wish(client, "GET", "accepted") == []
    assert await wish(client, "GET", "faults") == []
    assert await wish(client, "GET", "webhooks") == {"settings": None, "log": []}
    await sent(client, fax())
    assert [row["requests"] for row in await wish(client, "GET", "accepted")] == [1]


async def test_an_unknown_wish_says_which_there_are(client: httpx.AsyncClient) -> None:
    for method, name in (("GET", "unknown"), ("PUT", "faults"), ("GET", "")):
        response = await client.request(method, f"/_simulator/{name}")
        assert response.status_code == 404
        for known_method, known_name in TABLE:
            assert f"{known_method} {known_name}" in response.json()["problem"]


@pytest.mark.parametrize(
    "headers", [{"Origin": "https://evil.example"}, {"Host": "evil.example"}, {"Host": "evil.example:80"}]
)
async def test_the_control_is_not_for_pages_in_a_browser(
    client: httpx.AsyncClient, headers: dict[str, str]
) -> None:
    assert (await client.get("/_simulator/accepted", headers=headers)).status_code == 403
    assert (await client.post(LIST, headers=headers)).status_code == 200


@pytest.mark.parametrize("host", ["localhost", "localhost:8080", "127.0.0.1", "[::1]", "[::1]:80"])
async def test_this_machine_has_several_names(client: httpx.AsyncClient, host: str) -> None:
    assert (await client.get("/_simulator/accepted", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize("content", [b"{", b"\xff", b"[" * 100_000, json.dumps("text").encode()])
async def test_a_wish_that_is_no_object(client: httpx.AsyncClient, content: bytes) -> None:
    response = await client.post("/_simulator/clock", content=content)
    assert response.status_code == 400
    assert response.json()["problem"]
