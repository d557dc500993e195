"""Deleting: what is gone for the client, and what stays in the ground truth."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from ifax_desktop.simulator.service import FaxService

Call = Callable[..., Awaitable[dict[str, Any]]]
Fax = Callable[..., dict[str, Any]]
Pdf = Callable[[int], bytes]

DELETE = ("/customer/fax-delete", "/customer/delete", "/customer/fax-trash")
DELETE_FILES = ("/customer/fax-delete-files", "/customer/fax-permanent-delete", "/customer/fax-delete-file")
DELETE_RECEIVED = ("/customer/inbound/fax-delete", "/customer/inbound/fax-remove")
DONE = {"status": 1, "message": "done", "data": {}}


@pytest.fixture
async def sent(call: Call, fax: Fax, clock: Any) -> int:
    job_id: int = (await call("/customer/fax-send", **fax()))["data"]["jobId"]
    clock.forward(60)
    return job_id


@pytest.fixture
async def received(service: FaxService, pdf: Pdf) -> dict[str, str]:
    """Both ids of a received fax, as the client gives them."""
    fax = await service.receive(pdf(2), "+13125550188", "+12025550160")
    return {"jobId": str(fax.job_id), "transactionId": str(fax.transaction_id)}


@pytest.mark.parametrize("path", DELETE)
@pytest.mark.parametrize("kind", ["outbound", "document"])
async def test_a_deleted_fax_is_gone_for_the_client_only(
    call: Call, service: FaxService, sent: int, path: str, kind: str
) -> None:
    assert await call(path, type=kind, jobId=str(sent)) == DONE
    assert (await call("/customer/fax-lists"))["data"] == []
    for asked in ("fax-status", "fax-download", "fax-cancel", "fax-resend", "fax-delete-files"):
        assert (await call(f"/customer/{asked}", type=kind, jobId=sent))["code"] == 12091
    assert (await call("/customer/fax-detail", jobId=sent))["code"] == 12098
    assert (await call(path, type=kind, jobId=sent))["code"] == 12091
    assert [job.job_id for job in service.jobs] == [sent]
    assert service.jobs[0].documents


@pytest.mark.parametrize("kind", ["inbound", "document"])
async def test_a_received_fax_is_deleted_by_its_job(
    call: Call, service: FaxService, received: dict[str, str], kind: str
) -> None:
    assert await call("/customer/fax-delete", type=kind, jobId=int(received["jobId"])) == DONE
    assert (await call("/customer/inbound/fax-list-all"))["data"] == []
    assert (await call("/customer/inbound/fax-download", **received))["code"] == 12130
    assert len(service.received) == 1


@pytest.mark.parametrize("path", DELETE_RECEIVED)
async def test_a_received_fax_is_deleted_by_both_ids(
    call: Call, service: FaxService, received: dict[str, str], path: str
) -> None:
    assert (await call(path, jobId=received["jobId"]))["code"] == 12123
    assert (await call(path, jobId=received["jobId"], transactionId="1"))["code"] == 12130
    assert await call(path, **received) == DONE
    assert (await call("/customer/inbound/fax-list-all"))["data"] == []
    assert (await call(path, **received))["code"] == 12130
    assert len(service.received) == 1


@pytest.mark.parametrize("path", DELETE_FILES)
async def test_without_its_files_a_fax_is_still_listed(call: Call, sent: int, path: str) -> None:
    assert await call(path, type="outbound", jobId=sent) == DONE
    assert [row["jobId"] for row in (await call("/customer/fax-lists"))["data"]] == [sent]
    assert (await call("/customer/fax-status", jobId=sent))["data"]["faxStatus"] == "delivered"
    assert (await call("/customer/fax-download", jobId=sent))["code"] == 12092
    assert (await call("/customer/fax-resend", jobId=sent))["code"] == 12094
    assert (await call(path, type="outbound", jobId=sent))["code"] == 12092


async def test_without_its_files_a_received_fax_is_still_listed(call: Call, received: dict[str, str]) -> None:
    fields = {"type": "inbound", "jobId": received["jobId"]}
    assert await call("/customer/fax-delete-files", **fields) == DONE
    assert len((await call("/customer/inbound/fax-list-all"))["data"]) == 1
    assert (await call("/customer/inbound/fax-download", **received))["code"] == 12092


async def test_equal_documents_of_another_fax_stay(call: Call, service: FaxService, fax: Fax) -> None:
    ids = [(await call("/customer/fax-send", **fax()))["data"]["jobId"] for _ in range(2)]
    await call("/customer/fax-delete-files", type="outbound", jobId=ids[0])
    assert (await call("/customer/fax-download", jobId=ids[1]))["status"] == 1


@pytest.mark.parametrize("path", [DELETE[0], DELETE_FILES[0]])
@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"type": "outbound"}, -1005),
        ({"type": "outbound", "jobId": "abc"}, -1005),
        ({"type": "outbound", "jobId": 1}, 12091),
        ({"type": "document", "jobId": 1}, 12091),
        ({"type": "inbound", "jobId": 1}, 12130),
        ({"jobId": 1}, 12009),
        ({"type": "OB", "jobId": 1}, 12009),
        ({"type": ["outbound"], "jobId": 1}, 12009),
    ],
)
async def test_what_is_not_named_rightly_is_not_deleted(
    call: Call, service: FaxService, sent: int, path: str, fields: dict[str, Any], code: int
) -> None:
    assert (await call(path, **fields))["code"] == code
    assert service.jobs[0].deleted_at is service.jobs[0].files_deleted_at is None


async def test_the_wrong_side_deletes_nothing(
    call: Call, service: FaxService, sent: int, received: dict[str, str]
) -> None:
    assert (await call(DELETE[0], type="inbound", jobId=sent))["code"] == 12130
    assert (await call(DELETE[0], type="outbound", jobId=received["jobId"]))["code"] == 12091
