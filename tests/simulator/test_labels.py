"""Labels and custom fields: put on faxes of either side, taken off, shown in the detail."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from ifax_desktop.simulator.jobs import Job
from ifax_desktop.simulator.records import ReceivedFax
from ifax_desktop.simulator.service import FaxService

Call = Callable[..., Awaitable[dict[str, Any]]]
Fax = Callable[..., dict[str, Any]]
Pdf = Callable[[int], bytes]
Named = dict[str, Any]

ADD, REMOVE, REPLACE = (f"/customer/fax-label-{name}" for name in ("add", "delete", "update"))
GET, SET = "/customer/fax-custom-fields", "/customer/fax-custom-fields-update"
OK = {"status": 1, "message": "ok", "data": {}}


@pytest.fixture(params=["OB", "IB"])
async def named(request: pytest.FixtureRequest, call: Call, service: FaxService, fax: Fax, pdf: Pdf) -> Named:
    """A fax of either side as the calls name it."""
    if request.param == "OB":
        await call("/customer/fax-send", **fax())
        return {"faxId": service.jobs[0].fax_id, "faxType": "OB"}
    return {
        "faxId": (await service.receive(pdf(1), "+13125550188", "+12025550160")).fax_id,
        "faxType": "IB",
    }


def only(service: FaxService) -> Job | ReceivedFax:
    return service.jobs[0] if service.jobs else service.received[0]


def labels(service: FaxService) -> list[str]:
    return only(service).labels


async def test_the_labels_of_the_account(call: Call) -> None:
    rows = (await call("/customer/label-list"))["data"]
    assert rows[:2] == [
        {"labelId": "14", "name": "Billing", "color": "#3366cc"},
        {"labelId": "15", "name": "Urgent", "color": "#cc3333"},
    ]
    assert rows == (await call("/customer/labels"))["data"]


async def test_labels_come_and_go(call: Call, service: FaxService, named: Named) -> None:
    assert await call(ADD, **named, labelId="14,15") == OK
    assert await call(ADD, **named, labelId="15, 16") == OK
    assert labels(service) == ["14", "15", "16"]
    assert await call(REMOVE, **named, labelId="15,17") == OK
    assert labels(service) == ["14", "16"]
    assert await call(REPLACE, **named, labelId=17) == OK
    assert labels(service) == ["17"]
    assert await call(REPLACE, **named) == OK
    assert labels(service) == []


@pytest.mark.parametrize(
    ("paths", "left"),
    [
        (("/customer/label-add", "/customer/label-assign"), ["14", "15"]),
        (("/customer/label-remove", "/customer/fax-label-remove"), ["14"]),
        (("/customer/fax-label-replace",), ["15"]),
    ],
)
async def test_the_other_paths_do_the_same(
    call: Call, service: FaxService, named: Named, paths: tuple[str, ...], left: list[str]
) -> None:
    for path in paths:
        await call(REPLACE, **named, labelId="14,15" if "remove" in path else "14")
        await call(path, **named, labelId="15")
        assert labels(service) == left


async def test_the_detail_shows_labels_and_filled_in_fields(
    call: Call, service: FaxService, fax: Fax
) -> None:
    job_id = (await call("/customer/fax-send", **fax()))["data"]["jobId"]
    named = {"faxId": str(service.jobs[0].fax_id), "faxType": "OB"}
    await call(ADD, **named, labelId="15")
    await call(SET, **named, custom_fields=[{"id": "3", "name": "Case number", "value": "A-119"}])
    detail = (await call("/customer/fax-detail", jobId=job_id))["data"]
    assert detail["labels"] == [{"labelId": "15", "name": "Urgent", "color": "#cc3333"}]
    assert detail["custom_fields"] == [{"id": "3", "name": "Case number", "value": "A-119"}]


async def test_fields_are_filled_in_and_read(call: Call, named: Named) -> None:
    empty = (await call(GET, **named))["data"]
    assert empty[0] == {"id": "3", "name": "Case number", "value": ""}
    assert len(empty) == 3
    given = [{"id": "3", "value": "A-119"}, {"name": "Patient", "value": "J. Harper"}]
    assert await call(SET, **named, custom_fields=given) == OK
    assert await call(SET, **named, custom_fields=[{"id": 7, "value": 14}]) == OK
    assert await call("/customer/custom-fields-update", **named, custom_fields=[]) == OK
    assert (
        await call("/customer/fax-custom-field-add", **named, custom_fields=[{"id": "4", "value": None}])
        == OK
    )
    values = [row["value"] for row in (await call("/customer/custom-fields", **named))["data"]]
    assert values == ["A-119", "", "14"]


@pytest.mark.parametrize("path", [ADD, REMOVE, REPLACE, GET, SET])
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"faxId": None}, -1005),
        ({"faxId": True}, -1005),
        ({"faxType": None}, 12009),
        ({"faxType": "outbound"}, 12009),
    ],
)
async def test_a_fax_that_is_not_named_rightly(
    call: Call, named: Named, path: str, change: Named, code: int
) -> None:
    more = {"labelId": "14", "custom_fields": []}
    assert (await call(path, **(named | more | change)))["code"] == code


@pytest.mark.parametrize("path", [ADD, REMOVE, REPLACE, GET, SET])
async def test_a_fax_that_is_not_there(call: Call, service: FaxService, named: Named, path: str) -> None:
    more = {"labelId": "14", "custom_fields": []}
    unknown = {"OB": 12091, "IB": 12130}
    assert (await call(path, **(named | more | {"faxId": 1})))["code"] == unknown[named["faxType"]]
    other = "IB" if named["faxType"] == "OB" else "OB"
    assert (await call(path, **(named | more | {"faxType": other})))["code"] == unknown[other]
    fax = only(service)
    assert (await call(path, **(named | more | {"faxId": fax.job_id})))["code"] == unknown[named["faxType"]]
    fax.deleted_at = 1.0
    assert (await call(path, **named, **more))["code"] == unknown[named["faxType"]]


@pytest.mark.parametrize(
    ("path", "fields", "code"),
    [
        (ADD, {}, 12123),
        (ADD, {"labelId": ","}, 12123),
        (REMOVE, {"labelId": ""}, 12123),
        (ADD, {"labelId": "14,99"}, 12009),
        (REPLACE, {"labelId": "Urgent"}, 12009),
        (SET, {}, 12009),
        (SET, {"custom_fields": {"3": "A"}}, 12009),
        (SET, {"custom_fields": ["A"]}, 12009),
        (SET, {"custom_fields": [{"id": "99", "value": "A"}]}, 12009),
        (SET, {"custom_fields": [{"id": "3", "value": ["A"]}]}, 12009),
        (SET, {"custom_fields": [{"value": "A"}]}, 12009),
    ],
)
async def test_what_is_not_understood_changes_nothing(
    call: Call, service: FaxService, named: Named, path: str, fields: Named, code: int
) -> None:
    assert (await call(path, **named, **fields))["code"] == code
    assert labels(service) == []
    assert all(row["value"] == "" for row in (await call(GET, **named))["data"])
