"""What an account may send: pages, limits of the test key and of the trial, countries, unverified numbers."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from ifax_desktop.simulator.service import FaxService

Call = Callable[..., Awaitable[dict[str, Any]]]
Calling = Callable[..., Call]
Fax = Callable[..., dict[str, Any]]

SEND = "/customer/fax-send"


async def test_a_fax_has_at_most_so_many_pages(call: Call, service: FaxService, fax: Fax) -> None:
    assert (await call(SEND, **fax(pages=200)))["status"] == 1
    assert (await call(SEND, **fax(pages=201)))["code"] == -1063
    assert (await call(SEND, **fax(pages=200, subject="a cover page more")))["code"] == -1063
    service.account.most_pages = 2
    assert (await call(SEND, **fax(pages=3)))["code"] == -1063
    assert len(service.jobs) == 1


async def test_a_test_key_may_have_a_limit(service: FaxService, calling: Calling, fax: Fax) -> None:
    service.account.test_pages = 5
    test, live = calling(service, "test-practice"), calling(service)
    assert (await live(SEND, **fax(pages=9)))["status"] == 1
    assert (await test(SEND, **fax(pages=3)))["status"] == 1
    assert (await test(SEND, **fax(pages=3)))["code"] == 120106
    assert (await test(SEND, **fax(pages=2)))["status"] == 1
    assert (await live(SEND, **fax(pages=3)))["status"] == 1


@pytest.mark.parametrize("key", ["live-1", "test-1"])
async def test_a_trial_ends(service: FaxService, calling: Calling, fax: Fax, key: str) -> None:
    service.account.trial_pages = 4
    call = calling(service, key)
    assert (await call(SEND, **fax(pages=3)))["status"] == 1
    assert (await call(SEND, **fax(pages=2)))["code"] == 120105
    assert (await call(SEND, **fax(pages=1)))["status"] == 1


async def test_practice_has_no_limits(service: FaxService, calling: Calling, fax: Fax) -> None:
    call = calling(service, "test-practice")
    for _ in range(20):
        assert (await call(SEND, **fax("+442079460123", pages=200)))["status"] == 1


@pytest.mark.parametrize(
    ("number", "status"),
    [
        ("+14155550143", 1),
        ("+14165550143", 1),
        ("+17875550143", 1),
        ("+442079460123", 0),
        ("+18765550143", 0),
        ("+12425550143", 0),
    ],
)
async def test_some_accounts_reach_only_two_countries(
    call: Call, service: FaxService, fax: Fax, number: str, status: int
) -> None:
    assert (await call(SEND, **fax(number)))["status"] == 1
    service.account.us_and_canada_only = True
    answer = await call(SEND, **fax(number))
    assert (answer["status"], answer.get("code")) == (status, None if status else 120101)


async def test_an_unverified_number_is_not_the_senders(call: Call, service: FaxService, fax: Fax) -> None:
    service.account.unverified.add("+12025550160")
    assert (await call(SEND, **fax(callerId="+12025550160")))["code"] == 120104
    assert (await call(SEND, **fax(callerId="+12025550143")))["code"] == 120103
    assert (await call(SEND, **fax()))["status"] == 1


async def test_sending_again_meets_the_same_limits(
    call: Call, service: FaxService, fax: Fax, clock: Any
) -> None:
    job_id = (await call(SEND, **fax(pages=3)))["data"]["jobId"]
    clock.forward(60)
    forward = {"jobId": job_id, "callerId": "+12025550119"}
    service.account.us_and_canada_only = True
    assert (await call("/customer/fax-forward", **forward, faxNumber="+442079460123"))["code"] == 120101
    service.account.trial_pages = 5
    assert (await call("/customer/fax-forward", **forward, faxNumber="+14155550177"))["code"] == 120105
    assert (await call("/customer/fax-resend", jobId=job_id))["code"] == 120105
