"""The envelope, the key, the method, unknown paths and bad bodies, and the table of operations."""

import base64
import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import httpx
import pytest

from ifax_desktop.simulator.calls import MOST_BYTES
from ifax_desktop.simulator.service import FaxService

Call = Callable[..., Awaitable[dict[str, Any]]]
Fax = Callable[..., dict[str, Any]]

CONTRACT = json.loads((Path(__file__).parent / "contract.json").read_text(encoding="utf-8"))
"""Names, paths and examples of the wire contract, sections 2 and 3."""
OPERATIONS = {name: operation["paths"] for name, operation in CONTRACT.items()}
PATHS = [path for paths in OPERATIONS.values() for path in paths]


async def test_every_operation_is_answered_under_every_path(client: httpx.AsyncClient) -> None:
    assert len(OPERATIONS) == 30
    assert len(set(PATHS)) == len(PATHS)
    for path in PATHS:
        response = await client.post(path, json={})
        assert response.status_code == 200
        assert response.json()["status"] in (0, 1)


def test_the_table_is_that_of_the_contract(service: FaxService) -> None:
    served: dict[str, set[str]] = {}
    for path, operation in service._operations.items():
        served.setdefault(operation.name, set()).add(path)
    assert served == {name: set(paths) for name, paths in OPERATIONS.items()}


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("key", [None, "", "Live-1", "secret"])
async def test_a_wrong_key_is_refused_inside_http_200(
    client: httpx.AsyncClient, path: str, key: str | None
) -> None:
    del client.headers["accessToken"]
    response = await client.post(path, json={}, headers={} if key is None else {"accessToken": key})
    assert response.status_code == 200
    assert response.json() == {"status": 0, "code": 12001, "message": "accessToken invalid"}


@pytest.mark.parametrize("key", ["live-1", "test-anything at all"])
async def test_live_and_test_keys_are_taken(client: httpx.AsyncClient, key: str) -> None:
    response = await client.post("/customer/inbound/number-list", json={}, headers={"accessToken": key})
    assert response.json()["status"] == 1


async def test_an_unknown_path_is_no_envelope(client: httpx.AsyncClient) -> None:
    response = await client.post("/customer/fax-fly", json={})
    assert response.status_code == 404
    assert response.headers["content-type"].startswith("text/html")
    with pytest.raises(json.JSONDecodeError):
        response.json()


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
async def test_only_post_is_understood(client: httpx.AsyncClient, method: str) -> None:
    response = await client.request(method, "/customer/fax-lists")
    assert response.json() == {"status": 0, "code": 12010, "message": "Invalid request method"}


async def test_a_wanted_method_in_the_body_may_only_be_post(call: Call) -> None:
    assert (await call("/customer/fax-lists", _method="POST"))["status"] == 1
    assert (await call("/customer/fax-lists", _method="DELETE"))["code"] == 12010


@pytest.mark.parametrize("body", [b"", b"{}", b"[]", b"  "])
async def test_an_empty_body_means_no_fields(client: httpx.AsyncClient, body: bytes) -> None:
    response = await client.post("/customer/fax-lists", content=body)
    assert response.json() == {"status": 1, "message": "ok", "data": []}


@pytest.mark.parametrize("body", [b"{", b"<xml/>", b"[1]", b'"text"', b"\xff\xfe"])
async def test_a_body_that_is_no_object_is_refused(client: httpx.AsyncClient, body: bytes) -> None:
    response = await client.post("/customer/fax-lists", content=body)
    assert response.json()["code"] == 12009


async def test_a_request_over_20_mb_is_refused(
    client: httpx.AsyncClient, service: FaxService, call: Call, fax: Fax
) -> None:
    large = base64.b64encode(b"%PDF-1.4" + bytes(MOST_BYTES * 3 // 4)).decode()
    answer = await call("/customer/fax-send", **fax(faxData=[{"fileName": "large.pdf", "fileData": large}]))
    assert answer == {"status": 0, "code": -1063, "message": "Total file size is too big"}
    assert service.jobs == []


async def test_the_path_may_stand_without_its_version(service: FaxService) -> None:
    request = httpx.Request(
        "POST", "http://127.0.0.1/customer/inbound/number-list", headers={"accessToken": "test-1"}
    )
    assert (await service(request)).json()["status"] == 1


async def test_own_numbers_have_text_ids_of_full_length(call: Call) -> None:
    rows = (await call("/customer/inbound/number-list"))["data"]
    assert [row["faxNumber"] for row in rows] == ["+12025550119", "+12025550160", "+18445550104"]
    for row in rows:
        assert set(row) == {"numberId", "orderId", "faxNumber", "countryIso", "areaCode"}
        assert all(isinstance(value, str) for value in row.values())
        assert len(row["orderId"]) == 19


async def test_a_caller_can_say_which_keys_are_taken() -> None:
    service = FaxService(keys=lambda key: key == "open sesame")
    async with httpx.AsyncClient(
        transport=httpx.MockTransport(service), base_url="https://fax.example"
    ) as client:
        for key, status in (("open sesame", 1), ("live-1", 0)):
            response = await client.post("/customer/fax-lists", headers={"accessToken": key})
            assert response.json()["status"] == status
