"""Faults, in process and over a real socket: what was done and what the client hears of it."""

from collections.abc import AsyncIterator, Callable
from typing import Any

import httpx
import pytest

from ifax_desktop.simulator.faults import Fault, On
from ifax_desktop.simulator.server import serve
from ifax_desktop.simulator.service import FaxService

Fax = Callable[..., dict[str, Any]]

KEY = {"accessToken": "live-practice"}


@pytest.fixture(params=["in process", "socket"])
async def client(request: pytest.FixtureRequest, service: FaxService) -> AsyncIterator[httpx.AsyncClient]:
    if request.param == "in process":
        transport = httpx.MockTransport(service)
        async with httpx.AsyncClient(
            transport=transport, base_url="https://fax.example/v1", headers=KEY
        ) as client:
            yield client
        return
    async with (
        serve(service) as url,
        httpx.AsyncClient(base_url=f"{url}/v1", headers=KEY, trust_env=False) as client,
    ):
        yield client


async def test_accepted_and_hung_up(client: httpx.AsyncClient, service: FaxService, fax: Fax) -> None:
    service.faults.append(service.accept_then_hang_up)
    with pytest.raises(httpx.TransportError) as caught:
        await client.post("/customer/fax-send", json=fax())
    assert not isinstance(caught.value, httpx.ConnectError)
    assert len(service.jobs) == 1
    assert (await client.post("/customer/fax-send", json=fax())).json()["status"] == 1
    assert len(service.jobs) == 2


@pytest.mark.parametrize("fault", [FaxService.hang_up, FaxService.unreachable])
async def test_the_call_never_arrives(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, fault: Fault
) -> None:
    service.faults.append(fault)
    with pytest.raises(httpx.TransportError):
        await client.post("/customer/fax-send", json=fax())
    assert service.jobs == []


@pytest.mark.parametrize(("fault", "status"), [(FaxService.server_failed, 500), (FaxService.not_json, 200)])
async def test_something_that_is_no_envelope(
    client: httpx.AsyncClient, service: FaxService, fax: Fax, fault: Fault, status: int
) -> None:
    service.faults.append(fault)
    response = await client.post("/customer/fax-send", json=fax())
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/html")
    assert service.jobs == []


async def test_the_work_is_done_and_a_page_of_html_comes_back(
    client: httpx.AsyncClient, service: FaxService, fax: Fax
) -> None:
    service.faults.append(service.accept_then_not_json)
    response = await client.post("/customer/fax-send", json=fax())
    assert "guest network" in response.text
    assert len(service.jobs) == 1


async def test_too_slow_for_the_client(client: httpx.AsyncClient, service: FaxService, fax: Fax) -> None:
    service.faults.append(service.slow(60))
    with pytest.raises(httpx.ReadTimeout):
        await client.post("/customer/fax-send", json=fax(), timeout=httpx.Timeout(10, read=0.2))
    assert len(service.jobs) == 1


async def test_slow_but_in_time(client: httpx.AsyncClient, service: FaxService, fax: Fax) -> None:
    service.faults.append(service.slow(0.01))
    assert (await client.post("/customer/fax-send", json=fax())).json()["status"] == 1


async def test_a_fault_may_wait_for_its_operation(
    client: httpx.AsyncClient, service: FaxService, fax: Fax
) -> None:
    service.faults.append(On("fax_send", service.server_failed))
    service.faults.append(service.not_json)
    assert (await client.post("/customer/fax-lists", json={})).text.startswith("<html>")
    assert (await client.post("/customer/fax-lists", json={})).json()["status"] == 1
    assert (await client.post("/customer/fax-send", json=fax())).status_code == 500
    assert not service.faults
