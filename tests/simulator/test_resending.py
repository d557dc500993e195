"""Sending again what the service has kept: to the same number, and to another."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from ifax_desktop.simulator.service import FaxService

Call = Callable[..., Awaitable[dict[str, Any]]]
Fax = Callable[..., dict[str, Any]]

RESEND, FORWARD = "/customer/fax-resend", "/customer/fax-forward"
TO, FROM = "+14155550177", "+12025550160"


@pytest.fixture
async def sent(call: Call, fax: Fax, clock: Any) -> int:
    """The job id of a fax that was delivered."""
    job_id: int = (await call("/customer/fax-send", **fax(subject="Statement", faxQuality="HD")))["data"][
        "jobId"
    ]
    clock.forward(60)
    return job_id


@pytest.mark.parametrize("kind", [int, str])
async def test_a_fax_is_sent_again_as_it_was(call: Call, service: FaxService, sent: int, kind: type) -> None:
    answer = await call(RESEND, jobId=kind(sent))
    first, second = service.jobs
    assert answer == {"status": 1, "message": "accepted", "data": {"id": second.job_id}}
    assert (second.operation, second.number, second.caller_id) == (
        "fax_resend",
        first.number,
        first.caller_id,
    )
    assert (second.documents, second.sha256, second.pages) == (first.documents, first.sha256, first.pages)
    assert (second.subject, second.quality) == ("Statement", "HD")
    assert len({first.job_id, second.job_id} | {first.fax_id, second.fax_id}) == 4
    row = (await call("/customer/fax-status", jobId=second.job_id))["data"]
    assert row["faxStatus"] == "sending"


@pytest.mark.parametrize("path", [FORWARD, "/customer/fax-resend-modified", "/customer/fax-modify-resend"])
async def test_a_fax_is_sent_on_to_another_number(
    call: Call, service: FaxService, sent: int, path: str
) -> None:
    answer = await call(path, jobId=sent, faxNumber=TO, callerId=FROM)
    first, second = service.jobs
    assert answer == {"status": 1, "message": "accepted", "data": {"jobId": second.job_id}}
    assert (second.operation, second.number, second.caller_id) == ("fax_forward", TO, FROM)
    assert second.documents == first.documents


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, 120103),
        ({"faxNumber": TO}, 120103),
        ({"callerId": FROM}, 120100),
        ({"faxNumber": "4155550177", "callerId": FROM}, 120100),
        ({"faxNumber": TO, "callerId": "+12025550143"}, 120103),
        ({"faxNumber": TO, "callerId": ["+12025550160"]}, 120103),
    ],
)
async def test_both_numbers_have_to_be_given_and_right(
    call: Call, service: FaxService, sent: int, fields: dict[str, Any], code: int
) -> None:
    assert (await call(FORWARD, jobId=sent, **fields))["code"] == code
    assert len(service.jobs) == 1


async def test_a_fax_under_way_is_not_sent_twice(
    call: Call, service: FaxService, fax: Fax, clock: Any
) -> None:
    job_id = (await call("/customer/fax-send", **fax("+14155550101")))["data"]["jobId"]
    assert (await call(RESEND, jobId=job_id))["code"] == 12107
    assert (await call(FORWARD, jobId=job_id, faxNumber=TO, callerId=FROM))["status"] == 1
    clock.forward(60)
    assert (await call(RESEND, jobId=job_id))["status"] == 1
    assert [job.operation for job in service.jobs] == ["fax_send", "fax_forward", "fax_resend"]


@pytest.mark.parametrize("path", [RESEND, FORWARD])
async def test_what_is_not_there_is_not_sent(call: Call, service: FaxService, sent: int, path: str) -> None:
    more = {"faxNumber": TO, "callerId": FROM}
    assert (await call(path, jobId=1, **more))["code"] == 12091
    assert (await call(path, **more))["code"] == -1005
    await call("/customer/fax-delete-files", type="outbound", jobId=sent)
    assert (await call(path, jobId=sent, **more))["code"] == 12094
    assert len(service.jobs) == 1


async def test_a_number_given_up_sends_nothing_again(call: Call, service: FaxService, sent: int) -> None:
    first = (await call("/customer/inbound/number-list"))["data"][0]
    ids = {"numberId": first["numberId"], "orderId": first["orderId"]}
    assert (await call("/customer/inbound/number-delete", **ids))["status"] == 1
    assert (await call(RESEND, jobId=sent))["code"] == 120103


async def test_a_document_that_cannot_be_read_fails_again(
    call: Call, service: FaxService, clock: Any
) -> None:
    async def nothing(_document: bytes) -> int:
        from ifax_desktop.simulator.children import ChildFailed

        raise ChildFailed("no pages")

    broken = FaxService(now=clock, read_pages=nothing)
    import httpx

    async def ask(path: str, **fields: Any) -> Any:
        request = httpx.Request(
            "POST", f"https://fax.example/v1{path}", json=fields, headers={"accessToken": "test-1"}
        )
        return (await broken(request)).json()["data"]

    file = {"fileName": "a.pdf", "fileData": "JVBERi0xLjQ="}
    job_id = (await ask("/customer/fax-send", faxNumber=TO, callerId=FROM, faxData=[file]))["jobId"]
    clock.forward(10)
    again = (await ask(RESEND, jobId=job_id))["id"]
    clock.forward(10)
    assert (await ask("/customer/fax-status", jobId=again))["code"] == 9042
