"""The service's JSON about labels, custom fields, text in pages and usage (wire contract, rows 6, 15, 16, 24 to 30)."""

import logging
import math
from typing import Any

from ifax_desktop.api.detail import of_shape
from ifax_desktop.api.values import amount, count, first, moment, number, text
from ifax_desktop.api.wire import Row, direction, not_understood
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.reports import Extract, Extraction, FieldValue, Label, UsageRecord

log = logging.getLogger(__name__)

_SHORT = {Direction.SENT: "OB", Direction.RECEIVED: "IB"}
_LONG = {Direction.SENT: "outbound", Direction.RECEIVED: "inbound"}
"""Two of the service's three vocabularies for one idea (wire contract, section 5)."""


def fax_type(direction: Direction) -> str:
    """The direction as label, field and usage calls want it."""
    return _SHORT[direction]


def long_direction(direction: Direction) -> str:
    """The direction as text extraction and deletion want it."""
    return _LONG[direction]


def label(row: Any) -> Label | None:
    """A label (row 25). None for a row without an id."""
    if not isinstance(row, dict):
        row = {"labelId": row}
    found = text(first(row, "labelId", "id"))
    if not found:
        log.warning("A row of the label list has no id: %s.", of_shape(row))
        return None
    return Label(found, text(first(row, "name", "label", "title")), text(first(row, "color", "colour")), row)


def field_value(row: Any) -> FieldValue | None:
    """A custom field and what is in it (row 28). None for a row with neither id nor name."""
    if not isinstance(row, dict):
        log.warning("A custom field is no object: %s.", of_shape(row))
        return None
    found, name = text(first(row, "id", "fieldId")), text(first(row, "name", "label", "key"))
    if not found and not name:
        log.warning("A custom field has neither id nor name: %s.", of_shape(row))
        return None
    value = first(row, "value", "text")
    return FieldValue(found, name, str(value).lower() if isinstance(value, bool) else _written(value), row)


def labels_and_fields(row: Row) -> tuple[tuple[Label, ...], tuple[FieldValue, ...]]:
    """What a detail says beside the fax itself (row 6); what is no list says nothing."""
    labels = [label(inner) for inner in _several(first(row, "labels"))]
    fields = [field_value(inner) for inner in _several(first(row, "custom_fields"))]
    return tuple(filter(None, labels)), tuple(filter(None, fields))


def extraction(data: object, job_id: str, kind: Extract) -> Extraction:
    """What was read from a fax (row 16). Raises NoAnswer if the answer is about another fax, or nothing of the kind."""
    if isinstance(data, list) and len(data) == 1:
        data = data[0]
    if isinstance(data, str):
        data = {"text": data}
    if data in (None, []):
        data = {}
    if not isinstance(data, dict):
        raise not_understood("the text of a fax", data)
    about = text(first(data, "jobId"))
    if about and about != job_id:
        raise not_understood("about the fax asked for", data)
    words = first(data, "text", "ocrText", "content", "data", "result")
    facts = first(data, "fields", "entities", "nlp")
    if isinstance(words, bool | int | float):
        raise not_understood("the text of a fax", data)
    return Extraction(
        job_id=job_id,
        kind=kind,
        state=text(first(data, "state", "status")),
        text=_pages(words),
        facts=tuple(read for inner in _several(facts) if (read := field_value(inner))),
        raw=data,
    )


def usage_record(row: Any) -> UsageRecord:
    """One usage record (row 24): a call is booked even where the record says no id. Raises NoAnswer for no record."""
    if not isinstance(row, dict):
        raise not_understood("a usage record", row)
    record = UsageRecord(
        direction=direction(row),
        job_id=text(first(row, "jobId", "id")),
        fax_id=text(first(row, "faxId")),
        transaction_id=text(first(row, "transactionId")),
        from_number=text(first(row, "fromNumber", "sender", "callerId")),
        to_number=text(first(row, "toNumber", "receiver", "faxNumber")),
        started_at=moment(first(row, "faxCallStart", "startDate", "createdAt")),
        ended_at=moment(first(row, "faxCallEnd", "endDate", "receivedTime")),
        seconds=count(first(row, "faxCallLength", "duration")),
        pages=count(first(row, "faxTotalPages", "faxReceivedPages", "pages")),
        pages_done=count(first(row, "faxTransferredPages", "faxReceivedPages")),
        status=text(first(row, "faxStatus", "status")),
        code=number(first(row, "code")),
        message=text(first(row, "message")),
        cost=amount(first(row, "cost", "price", "amount", "charge")),
        raw=row,
    )
    if record == UsageRecord(record.direction):
        raise not_understood("a usage record", row)
    return record


def _several(value: Any) -> list[Any]:
    """A list, or an object of names and values as the rows it stands for."""
    if isinstance(value, dict):
        return [
            inner if isinstance(inner, dict) else {"name": name, "value": inner}
            for name, inner in value.items()
        ]
    return value if isinstance(value, list) else []


def _pages(words: Any) -> str:
    """Text, whole or page by page."""
    if isinstance(words, dict):
        words = list(words.values())
    if isinstance(words, list):
        return "\n\f\n".join(page for item in words if (page := _pages(item)))
    return _written(words)


def _written(value: Any) -> str:
    """Text with its own spaces and lines, or a number with all its digits."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode()  # half a surrogate pair cannot be stored
    return text(value) or (repr(value) if isinstance(value, float) and math.isfinite(value) else "")
