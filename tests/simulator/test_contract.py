"""All thirty operations as a stranger's client meets them: real answers against the examples of the wire contract."""

import json
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import pytest

from ifax_desktop.simulator.service import FaxService

Call = Callable[..., Awaitable[dict[str, Any]]]
Fax = Callable[..., dict[str, Any]]
Pdf = Callable[[int], bytes]

CONTRACT: dict[str, dict[str, Any]] = json.loads(
    (Path(__file__).parent / "contract.json").read_text(encoding="utf-8")
)


def shape(value: Any) -> Any:
    """Names and types of a value; of a list those of its first element."""
    if isinstance(value, dict):
        return {name: shape(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [shape(inner) for inner in value[:1]]
    return type(value).__name__


@pytest.fixture
async def fields(
    call: Call, service: FaxService, fax: Fax, pdf: Pdf, clock: Any
) -> dict[str, dict[str, Any]]:
    """What to ask of each operation so that it succeeds, with ids in the types of the contract's examples."""
    job_id = (await call("/customer/fax-send", **fax(subject="Quarterly statement")))["data"]["jobId"]
    clock.forward(60)
    scheduled = fax(send_at="2026-01-06T09:30:00.000Z")
    waiting = (await call("/customer/fax-send", **scheduled))["data"]["jobId"]
    arrived = [await service.receive(pdf(2), "+13125550188", "+12025550119") for _ in range(2)]
    own = (await call("/customer/inbound/number-list"))["data"]
    ids = {name: own[0][name] for name in ("numberId", "orderId")}
    both = [{"jobId": str(one.job_id), "transactionId": str(one.transaction_id)} for one in arrived]
    read = {"jobId": both[0]["jobId"], "direction": "inbound", "type": "NLP"}
    for kind in ("OCR", "NLP"):
        await call("/customer/fax-ocr", **(read | {"type": kind}))
    clock.forward(1)
    row = {"faxId": arrived[0].fax_id, "faxType": "IB"}
    days = {"startDate": "01/01/2026", "endDate": "01/31/2026"}
    return {
        "fax_send": fax(),
        "fax_resend": {"jobId": job_id},
        "fax_forward": {"jobId": job_id, "faxNumber": "+14155550177", "callerId": "+12025550119"},
        "fax_cancel": {"jobId": waiting},
        "fax_status": {"jobId": job_id},
        "fax_detail": {"jobId": job_id},
        "fax_download": {"jobId": job_id},
        "item_delete": {"type": "outbound", "jobId": job_id},
        "item_files_delete": {"type": "outbound", "jobId": job_id},
        "inbound_fax_list": {**ids, **days},
        "inbound_fax_list_all": {**days, "sortBy": "newest", "lastFaxId": both[1]["jobId"]},
        "inbound_fax_download": both[0],
        "inbound_fax_delete": both[1],
        "extract_start": read,
        "extract_result": read,
        "area_list": {"abbreviation": "US"},
        "area_numbers": {"id": "4411"},
        "number_check": {"faxNumber": "+12025550162"},
        "number_buy": {"faxNumber": "+12025550162", "addLicense": False},
        "number_delete": ids,
        "cdr_list": {**days, "direction": "OB"},
        "fax_label_add": {**row, "labelId": "14,15"},
        "fax_label_remove": {**row, "labelId": "15"},
        "fax_fields_get": row,
        "fax_fields_set": {**row, "custom_fields": [{"id": "3", "name": "Case number", "value": "A-119"}]},
        "fax_label_replace": {**row, "labelId": "14"},
    }


@pytest.mark.parametrize("name", CONTRACT)
async def test_an_answer_has_the_shape_of_the_contracts_example(
    call: Call, fields: dict[str, dict[str, Any]], clock: Any, name: str
) -> None:
    if name == "extract_result":
        clock.forward(4)
    answer = await call(CONTRACT[name]["paths"][0], **fields.get(name, {}))
    example = CONTRACT[name]["answer"]
    assert answer["status"] == 1
    assert answer["message"] == example["message"]
    if name == "extract_result":  # a blank page has no facts
        example["data"]["fields"] = []
    assert shape(answer) == shape(example)


@pytest.mark.parametrize("kind", [str, int])
@pytest.mark.parametrize("name", CONTRACT)
async def test_ids_may_be_text_or_numbers(
    call: Call, fields: dict[str, dict[str, Any]], name: str, kind: type
) -> None:
    ids = ("jobId", "transactionId", "faxId", "numberId", "orderId", "lastFaxId", "id", "labelId")
    asked = {
        key: kind(value) if key in ids and str(value).isdigit() else value
        for key, value in fields.get(name, {}).items()
    }
    assert (await call(CONTRACT[name]["paths"][0], **asked))["status"] == 1


async def test_the_contracts_own_requests_are_understood(call: Call) -> None:
    """Its examples hold ids we never gave out and a document that is none: the answers say so, and nothing else."""
    refused = {}
    for name, operation in CONTRACT.items():
        answer = await call(operation["paths"][0], **operation["request"])
        if answer["status"] == 0:
            refused[name] = answer["code"]
    assert refused == {
        "fax_send": 120103,  # not our number
        "fax_resend": 12091,
        "fax_forward": 12091,
        "fax_cancel": 12091,
        "fax_status": 12091,
        "fax_detail": 12098,
        "fax_download": 12091,
        "item_delete": 12091,
        "item_files_delete": 12091,
        "inbound_fax_download": 12130,
        "inbound_fax_delete": 12130,
        "extract_start": 12130,
        "extract_result": 12130,
        "number_delete": 12135,
        "fax_label_add": 12130,
        "fax_label_remove": 12130,
        "fax_fields_get": 12130,
        "fax_fields_set": 12130,
        "fax_label_replace": 12130,
    }
