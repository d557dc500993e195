"""Faults in the types and names of an answer: the variants that clients have met, and plain nonsense.

The variants are those of section 7 of the wire contract, which a tolerant client accepts. All of them do the
work, and bend the `data` of a success; what holds for the envelope itself bends refusals too.
"""

import base64
import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from ifax_desktop.simulator.faults.rows import PAGES, each_row, in_envelope
from ifax_desktop.simulator.faults.rules import Answering, Fault

Envelope = dict[str, Any]

LONG_IDS = ("numberId", "orderId")
DIRECTIONS = {"outbound": "sent", "inbound": "received"}
OTHER_NAMES = ("fromNumber", "toNumber", "faxTotalPages")
"""Fields of a received row that stand there under a second name."""


def wrong_types(variant: str = "mixed") -> Fault:
    """The work is done; the answer says the same with other types or names (see `VARIANTS`)."""

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        return VARIANTS[variant](await answer(request))

    return fault


async def nonsense(request: httpx.Request, answer: Answering) -> httpx.Response:
    """The work is done; the answer claims success, but no field has a type that anybody could read."""
    response = await answer(request)
    envelope = json.loads(response.content)
    if envelope.get("status") != 1:
        return response
    return in_envelope({**envelope, "message": ["ok"], "data": _absurd(envelope["data"])})


def mixed(response: httpx.Response) -> httpx.Response:
    """Status, ids and numbers as text, and page counts with a decimal point."""
    return _everywhere(response, lambda name, value: float(value) if name in PAGES["all"] else str(value))


def strings(response: httpx.Response) -> httpx.Response:
    """Every number as text, status too."""
    return _everywhere(response, lambda _, value: str(value))


def floats(response: httpx.Response) -> httpx.Response:
    """Every number with a decimal point, status too."""
    return _everywhere(response, lambda _, value: float(value))


def booleans(response: httpx.Response) -> httpx.Response:
    """Status as true or false."""
    envelope = json.loads(response.content)
    return in_envelope({**envelope, "status": envelope["status"] == 1})


def long_numbers(response: httpx.Response) -> httpx.Response:
    """Ids that are text of up to 19 digits as JSON numbers, which not every reader keeps whole."""
    return each_row(response, lambda row: row | {name: int(row[name]) for name in LONG_IDS if name in row})


def other_id(response: httpx.Response) -> httpx.Response:
    """A new fax's id as `id` where it was `jobId`, and the other way round."""
    swapped = {"jobId": "id", "id": "jobId"}

    def bend(row: dict[str, Any]) -> dict[str, Any]:
        return {swapped[name]: value for name, value in row.items()} if row.keys() <= swapped.keys() else row

    return each_row(response, bend)


def id_outside(response: httpx.Response) -> httpx.Response:
    """A new fax's id beside `data` and not in it."""
    envelope = json.loads(response.content)
    data = envelope.get("data")
    if isinstance(data, dict) and len(data) == 1 and (found := data.get("jobId", data.get("id"))):
        return in_envelope({**envelope, "data": {}, "jobId": found})
    return response


def other_names(response: httpx.Response) -> httpx.Response:
    """Received faxes with sender, receiver and faxReceivedPages alone; sent ones with `pages`, `cancelled`
    and the directions as sent and received."""
    return each_row(response, _renamed)


def data_uri(response: httpx.Response) -> httpx.Response:
    """A document as a data URI."""
    return _document(response, lambda text: f"data:application/pdf;base64,{text}")


def in_object(response: httpx.Response) -> httpx.Response:
    """A document as the field `file` of an object."""
    return _document(response, lambda text: {"file": text})


def raw_pdf(response: httpx.Response) -> httpx.Response:
    """A document as itself: application/pdf without an envelope."""
    data = json.loads(response.content).get("data")
    if not isinstance(data, str):
        return response
    headers = {"Content-Type": "application/pdf"}
    return httpx.Response(200, headers=headers, content=base64.b64decode(data))


VARIANTS: Mapping[str, Callable[[httpx.Response], httpx.Response]] = {
    made.__name__: made
    for made in (
        mixed,
        strings,
        floats,
        booleans,
        long_numbers,
        other_id,
        id_outside,
        other_names,
        data_uri,
        in_object,
        raw_pdf,
    )
}


def _everywhere(response: httpx.Response, bend: Callable[[str, int | float], Any]) -> httpx.Response:
    """The answer with every number in it bent, wherever it stands; `bend` is told the name of its field."""

    def walk(name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {inner: walk(inner, one) for inner, one in value.items()}
        if isinstance(value, list):
            return [walk(name, one) for one in value]
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return bend(name, value) if is_number else value

    return in_envelope(walk("", json.loads(response.content)))


def _renamed(row: dict[str, Any]) -> dict[str, Any]:
    if "sender" in row:
        return {name: value for name, value in row.items() if name not in OTHER_NAMES}
    renamed = dict(row)
    if "faxTransferredPages" in row and "faxTotalPages" in row:
        renamed["pages"] = renamed.pop("faxTotalPages")
    if row.get("faxStatus") == "canceled":
        renamed["faxStatus"] = "cancelled"
    if row.get("direction") in DIRECTIONS:
        renamed["direction"] = DIRECTIONS[row["direction"]]
    return renamed


def _document(response: httpx.Response, bend: Callable[[str], Any]) -> httpx.Response:
    envelope = json.loads(response.content)
    if not isinstance(envelope.get("data"), str):
        return response
    return in_envelope({**envelope, "data": bend(envelope["data"])})


def _absurd(value: Any) -> Any:
    """Something of a type that cannot stand for `value`, all the way down."""
    if isinstance(value, dict):
        return {name: _absurd(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_absurd(one) for one in value] or 7
    return {"?": []} if isinstance(value, str) else [None]
