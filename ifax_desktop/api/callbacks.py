"""What a call of the service to us (a webhook) says: which fax it is about, and no more (wire contract, section 4).

There is no signature, so nothing of it is believed: it is a reason to ask. Numbers and documents are not even read.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl

from ifax_desktop.api import wire
from ifax_desktop.api.values import first, number, text
from ifax_desktop.domain.fax import Direction, final_state

MOST_FIELDS = 200
_LONGEST_ID = 40
_WORD = re.compile(r"[a-z][a-z_ -]{0,39}", re.ASCII)
_DEEPEST = 3


@dataclass(frozen=True, slots=True)
class Callback:
    """One event the service told of. Whoever knows the address can write anything into it, so its texts stay unseen."""

    direction: Direction | None
    """None where it does not say: then it may be about either."""
    job_id: str = field(default="", repr=False)
    transaction_id: str = field(default="", repr=False)
    status: str = field(default="", repr=False)
    """In lower case; empty for what is no word."""
    retry_attempt: int | None = None


def from_json(content: bytes) -> Callback | None:
    """The event in a JSON body; None for what is no JSON, or names no fax."""
    return _from_value(_parsed(content))


def from_form(content: bytes) -> Callback | None:
    """The event in a form as browsers send it; None for what is none, or names no fax."""
    try:
        return from_fields(dict(parse_qsl(content.decode("utf-8", "replace"), max_num_fields=MOST_FIELDS)))
    except ValueError:  # more fields than we take
        return None


def from_fields(fields: Mapping[str, Any]) -> Callback | None:
    """The event in these fields, flat or under `data`; None if they name no fax."""
    row = _flat(fields)
    job, transaction = (_id(first(row, name)) for name in ("jobId", "transactionId"))
    if not job and not transaction:
        return None
    status = text(first(row, "faxStatus", "status")).lower()
    return Callback(
        _direction(row, status),
        job,
        transaction,
        status if _WORD.fullmatch(status) else "",
        number(first(row, "retryAttempt")),
    )


def _from_value(value: object) -> Callback | None:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    return from_fields(value) if isinstance(value, dict) else None


def _flat(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """The fields with those under `data` among them, which count for more: the envelope may have a status of its own."""
    flat = dict(fields)
    inner: object = flat
    for _ in range(_DEEPEST):
        inner = inner.get("data") if isinstance(inner, dict) else None
        if isinstance(inner, str):  # in a form an object can only stand as text
            inner = _parsed(inner.encode("utf-8", "replace"))
        if isinstance(inner, list) and len(inner) == 1:
            inner = inner[0]
        if isinstance(inner, dict):
            flat |= {name: value for name, value in inner.items() if value not in (None, "")}
    return flat


def _direction(row: Mapping[str, Any], status: str) -> Direction | None:
    """The direction's own word decides first, then the fax's state, then which fields there are."""
    if (said := wire.direction(row)) is not None:
        return said
    if status == "received":
        return Direction.RECEIVED
    if status == "sending" or final_state(status) is not None:
        return Direction.SENT
    if first(row, "faxReceivedPages", "receivedTime", "filename") is not None:
        return Direction.RECEIVED
    return Direction.SENT if first(row, "faxTransferredPages") is not None else None


def _id(value: object) -> str:
    """An id with every digit; empty for none, and for what no service would give."""
    found = text(value)
    return found if found.strip("-0") and len(found) <= _LONGEST_ID else ""


def _parsed(content: bytes) -> object:
    try:
        return json.loads(content, parse_constant=lambda _: None)
    except (ValueError, RecursionError):
        return None
