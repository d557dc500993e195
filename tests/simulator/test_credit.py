"""Credit: what live keys spend and when, refunds, and the two looks at the balance."""

from collections.abc import Awaitable, Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from ifax_desktop.simulator.account import Account, Prices
from ifax_desktop.simulator.service import FaxService

Call = Callable[..., Awaitable[dict[str, Any]]]
Calling = Callable[..., Call]
Count = Callable[[bytes], Awaitable[int]]
Fax = Callable[..., dict[str, Any]]
Pdf = Callable[[int], bytes]

SEND, STATUS = "/customer/fax-send", "/customer/fax-status"


@pytest.fixture
def service(clock: Any, count: Count) -> FaxService:
    return FaxService(now=clock, read_pages=count, account=Account(credit=Decimal("1.00")))


async def test_a_call_is_paid_for_when_it_begins(
    call: Call, service: FaxService, fax: Fax, clock: Any
) -> None:
    await call(SEND, **fax(pages=3))
    assert service.credit == Decimal("1.00")
    clock.forward(2)
    assert service.credit == Decimal("0.97")
    clock.forward(100)
    assert (service.credit, service.jobs[0].cost) == (Decimal("0.97"), "0.03")


@pytest.mark.parametrize(
    ("line", "left"),
    [
        ("0101", "1.00"),  # busy
        ("0105", "1.00"),  # broke after two pages: nothing is kept of a fax that failed
        ("0111", "1.00"),  # never dialled
        ("0117", "0.96"),  # failed_chargeable
        ("0118", "1.00"),  # cancelled
        ("0123", "0.98"),  # partially_cancelled: the two pages that went through
        ("0143", "0.96"),  # delivered
    ],
)
async def test_what_failed_is_given_back(
    call: Call, service: FaxService, fax: Fax, clock: Any, line: str, left: str
) -> None:
    await call(SEND, **fax(f"+1415555{line}", pages=4))
    clock.forward(100)
    assert service.credit == Decimal(left)


@pytest.mark.parametrize(("after", "between"), [(1, "1.00"), (3, "0.97")])
async def test_a_canceled_fax_costs_nothing(
    call: Call, service: FaxService, fax: Fax, clock: Any, after: int, between: str
) -> None:
    job_id = (await call(SEND, **fax(pages=3)))["data"]["jobId"]
    clock.forward(after)
    assert service.credit == Decimal(between)
    assert (await call("/customer/fax-cancel", jobId=job_id))["status"] == 1
    assert service.credit == Decimal("1.00")
    clock.forward(100)
    assert service.credit == Decimal("1.00")


async def test_the_balance_is_looked_at_on_arrival(call: Call, service: FaxService, fax: Fax) -> None:
    service.set_credit(Decimal("0.02"))
    answer = await call(SEND, **fax(pages=3))
    assert answer == {"status": 0, "code": 12012, "message": "Not enough credits"}
    assert service.jobs == []
    assert (await call(SEND, **fax(pages=2)))["status"] == 1


async def test_and_again_before_the_call(call: Call, service: FaxService, fax: Fax, clock: Any) -> None:
    service.set_credit(Decimal("0.05"))
    ids = [(await call(SEND, **fax(pages=3)))["data"]["jobId"] for _ in range(2)]
    clock.forward(100)
    rows = [(await call(STATUS, jobId=job))["data"] for job in ids]
    assert [(row["faxStatus"], row["code"]) for row in rows] == [("delivered", 0), ("failed", 9040)]
    assert rows[1]["message"] == "Insufficient funds to send fax and not able to auto recharge."
    assert (rows[1]["faxCallStart"], rows[1]["faxTransferredPages"]) == (0, 0)
    assert service.credit == Decimal("0.02")


async def test_what_was_due_is_booked_in_order_whenever_somebody_looks(
    call: Call, service: FaxService, fax: Fax, clock: Any
) -> None:
    service.set_credit(Decimal("0.04"))
    await call(SEND, **fax("+14155550101", pages=3))  # busy after 5 seconds: given back
    clock.forward(1)
    await call(SEND, **fax(pages=3))  # begins before that
    await call(SEND, **fax(pages=3, send_at="2026-01-05T09:31:00.000Z"))  # begins long after
    clock.forward(3600)
    assert [job.outcome for job in service.jobs] == ["busy", "no credit", "delivered"]
    assert service.credit == Decimal("0.01")


async def test_received_pages_are_paid_for_and_never_kept_out(
    call: Call, service: FaxService, pdf: Pdf
) -> None:
    service.set_credit(Decimal("0.01"))
    fax = await service.receive(pdf(3), "+13125550188", "+12025550119")
    assert (service.credit, fax.cost) == (Decimal("-0.02"), "0.03")
    assert len((await call("/customer/inbound/fax-list-all"))["data"]) == 1


async def test_a_test_key_spends_nothing(service: FaxService, calling: Calling, fax: Fax, clock: Any) -> None:
    call = calling(service, "test-practice")
    service.set_credit(Decimal(0))
    assert (await call(SEND, **fax()))["status"] == 1
    assert (await call("/customer/inbound/buy", faxNumber="+12025550162", addLicense=True))["status"] == 1
    clock.forward(100)
    assert (service.credit, service.jobs[0].cost) == (Decimal(0), "0.00")
    assert (await call(STATUS, jobId=service.jobs[0].job_id))["data"]["faxStatus"] == "delivered"


async def test_numbers_and_licences_cost(call: Call, service: FaxService) -> None:
    service.set_credit(Decimal("6.50"))
    assert (await call("/customer/inbound/buy", faxNumber="+12025550162", addLicense=True))["status"] == 1
    assert service.credit == Decimal("0.50")
    answer = await call("/customer/inbound/buy", faxNumber="+12025550163")
    assert answer["code"] == 12012
    assert len((await call("/customer/inbound/number-list"))["data"]) == 4


async def test_prices_may_be_others(clock: Any, count: Count, calling: Calling, fax: Fax) -> None:
    account = Account(credit=Decimal(1), prices=Prices(page=Decimal("0.075")))
    service = FaxService(now=clock, read_pages=count, account=account)
    await calling(service)(SEND, **fax(pages=3))
    clock.forward(100)
    assert service.credit == Decimal("0.775")
    dates = {"startDate": "01/01/2026", "endDate": "01/31/2026"}
    (row,) = (await calling(service)("/customer/cdr-list", **dates))["data"]
    assert row["cost"] == "0.225"


async def test_practice_never_runs_out(fax: Fax) -> None:
    assert FaxService().credit > 1000


async def test_the_books_outlive_the_program(
    tmp_path: Path, clock: Any, count: Count, calling: Calling, fax: Fax
) -> None:
    def start() -> FaxService:
        return FaxService(folder=tmp_path, now=clock, read_pages=count, account=Account(credit=Decimal(1)))

    service = start()
    await calling(service)(SEND, **fax(pages=3))
    await calling(service)(SEND, **fax("+14155550101", pages=3))
    clock.forward(3)
    assert service.credit == Decimal("0.94")
    assert start().credit == Decimal("0.94")
    clock.forward(3600)
    again = start()
    assert again.credit == Decimal("0.97")
    again.reset()
    assert start().credit == Decimal(1)
