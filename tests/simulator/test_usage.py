"""Usage records: one for each fax that has ended, and what it cost."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from ifax_desktop.simulator.service import FaxService
from ifax_desktop.simulator.webhooks.events import received_event, sent_event

Call = Callable[..., Awaitable[dict[str, Any]]]
Fax = Callable[..., dict[str, Any]]
Pdf = Callable[[int], bytes]

CDR = "/customer/cdr-list"
JANUARY = {"startDate": "01/01/2026", "endDate": "01/31/2026"}


@pytest.fixture
async def used(call: Call, service: FaxService, fax: Fax, pdf: Pdf, clock: Any) -> None:
    """A fax sent, one received a day later, one refused by a busy line, and one that is on its way."""
    await call("/customer/fax-send", **fax(pages=3))
    clock.forward(86400)
    await service.receive(pdf(2), "+13125550188", "+12025550160")
    clock.forward(1)
    await call("/customer/fax-send", **fax("+14155550101"))
    clock.forward(60)
    await call("/customer/fax-send", **fax())


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize("path", [CDR, "/customer/cdr", "/customer/fax-logs", "/customer/usage"])
async def test_a_record_has_the_shape_of_the_contract(call: Call, service: FaxService, path: str) -> None:
    rows = (await call(path, **JANUARY))["data"]
    job, fax = service.jobs[0], service.received[0]
    assert rows[2] == {
        "faxId": job.fax_id,
        "jobId": job.job_id,
        "transactionId": job.transaction_id,
        "direction": "OB",
        "fromNumber": "+12025550119",
        "toNumber": "+14155550143",
        "faxCallStart": 1767605402,
        "faxCallEnd": 1767605408,
        "faxCallLength": 6,
        "faxTotalPages": 3,
        "faxTransferredPages": 3,
        "faxStatus": "delivered",
        "code": 0,
        "message": "NORMAL_CLEARING",
        "cost": "0.03",
    }
    assert set(rows[1]) == set(rows[2])
    assert {name: type(value) for name, value in rows[1].items()} == {
        name: type(value) for name, value in rows[2].items()
    }
    assert (rows[1]["jobId"], rows[1]["direction"], rows[1]["cost"]) == (fax.job_id, "IB", "0.02")
    assert (rows[0]["faxStatus"], rows[0]["cost"]) == ("failed", "0.00")


@pytest.mark.usefixtures("used")
@pytest.mark.parametrize(
    ("wanted", "directions"),
    [
        ({}, ["OB", "IB", "OB"]),
        ({"direction": ""}, ["OB", "IB", "OB"]),
        ({"direction": "OB"}, ["OB", "OB"]),
        ({"direction": "IB"}, ["IB"]),
        ({"endDate": "01/05/2026"}, ["OB"]),
        ({"startDate": "01/06/2026", "direction": "OB"}, ["OB"]),
        ({"startDate": "01/07/2026"}, []),
    ],
)
async def test_records_of_some_days_and_one_direction(
    call: Call, wanted: dict[str, str], directions: list[str]
) -> None:
    rows = (await call(CDR, **(JANUARY | wanted)))["data"]
    assert [row["direction"] for row in rows] == directions


@pytest.mark.usefixtures("used")
async def test_deleted_faxes_stay_on_the_bill(call: Call, service: FaxService) -> None:
    await call("/customer/fax-delete", type="outbound", jobId=service.jobs[0].job_id)
    await call("/customer/fax-delete", type="inbound", jobId=service.received[0].job_id)
    assert len((await call(CDR, **JANUARY))["data"]) == 3


@pytest.mark.usefixtures("used")
async def test_a_record_and_the_webhook_tell_the_same(call: Call, service: FaxService, clock: Any) -> None:
    rows = {row["jobId"]: row for row in (await call(CDR, **JANUARY))["data"]}
    events = [
        sent_event(service.jobs[0], clock(), "outbound").payload,
        received_event(service.received[0], "inbound").payload,
    ]
    for event in events:
        record = rows[event["jobId"]]
        both = event.keys() & record.keys() - {"direction"}
        assert len(both) >= 10
        assert {name: record[name] for name in both} == {name: event[name] for name in both}


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({}, -2040),
        ({"startDate": "01/01/2026"}, -2040),
        ({"endDate": "01/31/2026"}, -2040),
        ({"startDate": "2026-01-01", "endDate": "01/31/2026"}, -2040),
        ({"startDate": "01/31/2026", "endDate": "01/01/2026"}, -2040),
        ({**JANUARY, "direction": "inbound"}, 12009),
    ],
)
async def test_what_is_wrong_with_the_wish(call: Call, fields: dict[str, str], code: int) -> None:
    assert (await call(CDR, **fields))["code"] == code


async def test_a_long_month_comes_whole(call: Call, service: FaxService, fax: Fax, clock: Any) -> None:
    for _ in range(45):
        await call("/customer/fax-send", **fax(pages=1))
    clock.forward(60)
    assert len((await call(CDR, **JANUARY))["data"]) == 45


async def test_no_record_is_no_mistake(call: Call) -> None:
    assert await call(CDR, **JANUARY) == {"status": 1, "message": "ok", "data": []}
