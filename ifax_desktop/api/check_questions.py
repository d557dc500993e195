"""What the check asks of the service: sixteen operations that only read, each with what earlier answers told."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from ifax_desktop.api import wire, wire_numbers, wire_records
from ifax_desktop.api.operations import (
    AREA_LIST,
    AREA_NUMBERS,
    CDR_LIST,
    COUNTRY_LIST,
    EXTRACT_RESULT,
    FAX_DETAIL,
    FAX_DOWNLOAD,
    FAX_FIELDS_GET,
    FAX_LIST,
    FAX_STATUS,
    INBOUND_FAX_DOWNLOAD,
    INBOUND_FAX_LIST,
    INBOUND_FAX_LIST_ALL,
    LABEL_LIST,
    NUMBER_CHECK,
    NUMBER_LIST,
    Operation,
)
from ifax_desktop.api.values import first, text
from ifax_desktop.domain.reports import Extract


@dataclass(slots=True, repr=False)
class Known:
    """What earlier answers told that later questions need."""

    sent: Mapping[str, Any] = field(default_factory=dict)
    received: Mapping[str, Any] = field(default_factory=dict)
    number: Mapping[str, Any] = field(default_factory=dict)
    area: Mapping[str, Any] = field(default_factory=dict)
    offered: Mapping[str, Any] = field(default_factory=dict)
    country: str = "US"


Fields = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Question:
    """One operation, what it is asked with (a sentence where it cannot be), and how its answer is understood.

    `understand` raises NoAnswer for a shape that was not expected, and keeps what later questions need.
    """

    operation: Operation
    fields: Callable[[Known], Fields | str]
    understand: Callable[[Any, Known], object] = lambda _data, _known: None


def questions(period: Fields) -> tuple[Question, ...]:
    """All questions in their order; `period` are the dates that lists are asked for."""
    return (
        Question(NUMBER_LIST, lambda _: {}, _own_numbers),
        Question(FAX_LIST, lambda _: period, _sent_list),
        Question(FAX_STATUS, _about_sent, _one_sent),
        Question(FAX_DETAIL, _about_sent, _one_sent),
        Question(FAX_DOWNLOAD, _about_sent),
        Question(INBOUND_FAX_LIST_ALL, lambda _: {**period, "sortBy": "newest"}, _received_list),
        Question(INBOUND_FAX_LIST, lambda known: _of_number(known, period), _received_list),
        Question(INBOUND_FAX_DOWNLOAD, _about_received),
        Question(EXTRACT_RESULT, _text_of_received, _extraction),
        Question(COUNTRY_LIST, lambda _: {}, _countries),
        Question(AREA_LIST, lambda known: {"abbreviation": known.country}, _areas),
        Question(AREA_NUMBERS, _of_area, _offered),
        Question(NUMBER_CHECK, _of_offered, _checked),
        Question(CDR_LIST, lambda _: period, _usage),
        Question(LABEL_LIST, lambda _: {}, _labels),
        Question(FAX_FIELDS_GET, _fields_of_some, _fields),
    )


def _about_sent(known: Known) -> Fields | str:
    job = text(first(known.sent, "jobId", "id"))
    return {"jobId": wire.outbound_id(job)} if job else "there is no sent fax to ask about"


def _about_received(known: Known) -> Fields | str:
    job, transaction = (
        text(first(known.received, "jobId", "id")),
        text(first(known.received, "transactionId")),
    )
    return {"jobId": job, "transactionId": transaction} if job else "there is no received fax to ask about"


def _text_of_received(known: Known) -> Fields | str:
    job = text(first(known.received, "jobId", "id"))
    if not job:
        return "there is no received fax to ask about"
    return {"jobId": job, "direction": "inbound", "type": Extract.TEXT.value}


def _of_number(known: Known, period: Fields) -> Fields | str:
    number = wire_numbers.own_number(known.number) if known.number else None
    if number is None or not number.number_id:
        return "there is no number of the account to ask about"
    return {"numberId": number.number_id, "orderId": number.order_id, **period}


def _of_area(known: Known) -> Fields | str:
    area = text(first(known.area, "id", "areaId"))
    return {"id": area} if area else "there is no area to ask about"


def _of_offered(known: Known) -> Fields | str:
    offered = wire_numbers.offered_number(known.offered) if known.offered else None
    return {"faxNumber": offered.number} if offered else "there is no number on offer to ask about"


def _fields_of_some(known: Known) -> Fields | str:
    for row, kind in ((known.received, "IB"), (known.sent, "OB")):
        if found := text(first(row, "faxId")):
            return {"faxId": wire.outbound_id(found), "faxType": kind}
    return "there is no fax with a faxId to ask about"


def _understood(data: Any, read: Callable[[Any], object]) -> Mapping[str, Any]:
    """The first row of a list of which each row can be read."""
    rows = wire.rows(data)
    for row in rows:
        if not isinstance(row, dict | str) or read(row) is None:
            raise wire.not_understood("rows that can be read", data)
    return rows[0] if rows and isinstance(rows[0], dict) else {"faxNumber": rows[0]} if rows else {}


def _own_numbers(data: Any, known: Known) -> None:
    known.number = _understood(data, wire_numbers.own_number)


def _sent_list(data: Any, known: Known) -> None:
    known.sent = _understood(data, _sent_row) or known.sent


def _received_list(data: Any, known: Known) -> None:
    known.received = _understood(data, _received_row) or known.received


def _sent_row(row: Any) -> object:
    return wire.sent_report(row) if isinstance(row, dict) else None


def _received_row(row: Any) -> object:
    return wire.received_report(row) if isinstance(row, dict) else None


def _one_sent(data: Any, known: Known) -> None:
    row = wire.one_row(data)
    if not text(first(row, "faxStatus", "status")):
        raise wire.not_understood("the state of a fax", data)


def _extraction(data: Any, known: Known) -> None:
    wire_records.extraction(data, text(first(known.received, "jobId", "id")), Extract.TEXT)


def _countries(data: Any, known: Known) -> None:
    row = _understood(data, wire_numbers.country)
    isos = [country.iso for one in wire.rows(data) if (country := wire_numbers.country(one))]
    known.country = "US" if "US" in isos or not row else isos[0]


def _areas(data: Any, known: Known) -> None:
    known.area = _understood(data, wire_numbers.area)


def _offered(data: Any, known: Known) -> None:
    known.offered = _understood(data, wire_numbers.offered_number)


def _checked(data: Any, known: Known) -> None:
    wire_numbers.still_on_offer(data, text(first(known.offered, "faxNumber", "number")))


def _usage(data: Any, known: Known) -> None:
    for row in wire.rows(data):
        wire_records.usage_record(row)


def _labels(data: Any, known: Known) -> None:
    _understood(data, wire_records.label)


def _fields(data: Any, known: Known) -> None:
    _understood(data, wire_records.field_value)
