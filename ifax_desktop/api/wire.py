"""The service's JSON as reports of faxes: liberal about types, strict about meaning.

Field names and their variants are those of the wire contract, sections 5 and 7. Records and numbers are read in
`wire_records` and `wire_numbers`.
"""

import logging
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from ifax_desktop.api.detail import of_shape
from ifax_desktop.api.values import count, first, moment, number, text
from ifax_desktop.domain.errors import NoAnswer
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.reports import ReceivedReport, SentReport

log = logging.getLogger(__name__)

_LISTS = ("data", "faxes", "numbers", "list", "rows", "items", "records", "result", "results")
_SENT_WORDS = frozenset({"sent", "outbound", "ob", "out"})
_RECEIVED_WORDS = frozenset({"received", "inbound", "ib", "in"})
_NOTHING: tuple[object, ...] = (None, "", 0, "0", [], {})
_DEEPEST = 3

Row = Mapping[str, Any]
Read = TypeVar("Read")


def rows(data: object) -> list[Any]:
    """The rows of a list, wherever the service put them. Raises NoAnswer for what is no list of anything."""
    for _ in range(_DEEPEST):
        if isinstance(data, list):
            return data
        if data in (None, ""):
            return []
        if not isinstance(data, dict):
            raise not_understood("a list", data)
        inner = next((data[name] for name in _LISTS if isinstance(data.get(name), list | dict)), None)
        if inner is None:
            return _rows_of(data)
        data = inner
    raise not_understood("a list", data)


def each(data: object, read: Callable[[Any], Read | None], what: str) -> list[Read]:
    """Every row of a list that can be read. Raises NoAnswer for what is no list, and for rows of which none can be.

    A list that holds something and means nothing is not an empty one: what is missing in it may be there all the same.
    """
    found = rows(data)
    understood = [one for row in found if (one := read(row)) is not None]
    if found and not understood:
        raise not_understood(what, data)
    return understood


def one_row(data: object) -> Row:
    """The single row a call asked for. Raises NoAnswer if there is none or more than one."""
    found = data if isinstance(data, list) else [data]
    if len(found) != 1 or not isinstance(found[0], dict):
        raise not_understood("one fax", data)
    row: Row = found[0]
    return row


def job_id(data: object) -> str:
    """The job id of a fax just accepted. Raises NoAnswer where there is none: the service may have the fax."""
    row = data[0] if isinstance(data, list) and len(data) == 1 else data
    found = text(first(row, "jobId", "id") if isinstance(row, dict) else row)
    if not found.strip("-0") or (isinstance(row, str) and not found.isdigit()):
        raise NoAnswer("The fax service took the fax and did not say under which id.", of_shape(data))
    return found


def outbound_id(job_id: str) -> int | str:
    """An id for the calls that want a number (wire contract, section 7); one that is no number goes as it is."""
    return int(job_id) if job_id.isascii() and job_id.isdigit() else job_id


def direction(row: Row) -> Direction | None:
    """Which way a listed fax went, in any of the service's three vocabularies; None if the row does not say."""
    word = text(first(row, "direction", "faxType")).lower()
    if word in _SENT_WORDS:
        return Direction.SENT
    return Direction.RECEIVED if word in _RECEIVED_WORDS else None


def sent_report(row: Row, job: str = "") -> SentReport | None:
    """A sent fax (rows 5 and 7). `job` is the id that was asked for, where the row has none; None without any id."""
    found = text(first(row, "jobId", "id")) or job
    if not found:
        log.warning("A row of the sent list has no job id: %s.", of_shape(row))
        return None
    return SentReport(
        job_id=found,
        status=text(first(row, "faxStatus", "status")),
        from_number=text(first(row, "fromNumber", "sender", "callerId")),
        to_number=text(first(row, "toNumber", "receiver", "faxNumber")),
        pages=count(first(row, "faxTotalPages", "pages")),
        pages_done=count(first(row, "faxTransferredPages")),
        code=number(first(row, "code")),
        message=text(first(row, "message")),
        seconds=count(first(row, "faxCallLength")),
        fax_id=text(first(row, "faxId")),
        transaction_id=text(first(row, "transactionId")),
        began_at=moment(first(row, "faxCallStart")),
        ended_at=moment(first(row, "faxCallEnd")),
        raw=row,
    )


def subject(row: Row) -> str:
    """The subject of a sent fax (row 6)."""
    return text(first(row, "subject"))


def received_report(row: Row) -> ReceivedReport | None:
    """A received fax (row 12); None without a job id, as its document could not be asked for."""
    found = text(first(row, "jobId", "id"))
    if not found:
        log.warning("A row of the received list has no job id: %s.", of_shape(row))
        return None
    received = first(row, "receivedTime", "receivedAt", "faxCallEnd")
    return ReceivedReport(
        job_id=found,
        transaction_id=text(first(row, "transactionId")),
        from_number=text(first(row, "fromNumber", "sender")),
        to_number=text(first(row, "toNumber", "receiver")),
        received_at=moment(received),
        received_text=text(received),
        pages=count(first(row, "faxReceivedPages", "faxTransferredPages", "faxTotalPages", "pages")),
        fax_id=text(first(row, "faxId")),
        raw=row,
    )


def not_understood(wanted: str, data: object) -> NoAnswer:
    """The failure for an envelope of success that holds something else than it must."""
    return NoAnswer(
        "The fax service gave an answer that we do not understand.", f"Not {wanted}: {of_shape(data)}"
    )


def _rows_of(data: Row) -> list[Any]:
    """An object instead of a list: one row, rows under their numbers, or nothing but words round an empty list."""
    if first(data, "jobId", "id", "faxNumber", "numberId") is not None:
        return [data]
    if all(isinstance(row, dict) for row in data.values()):
        return list(data.values())
    if any(value not in _NOTHING for value in data.values()):
        raise not_understood("a list", data)
    return []
