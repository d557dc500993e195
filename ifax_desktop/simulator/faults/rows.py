"""Faults in what an answer says: rows that are missing yet, ends that are not true, pages and times wrong.

Each makes a fault; its first line says what was done and what the client hears. All of them do the work and
bend the `data` of a success; a refusal is left as it is.
"""

import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import httpx

from ifax_desktop.simulator.calls import read_call
from ifax_desktop.simulator.faults.replies import http_date
from ifax_desktop.simulator.faults.rules import Answering, Fault
from ifax_desktop.simulator.jobs import progress
from ifax_desktop.simulator.lists import PAGE_SIZE

Row = dict[str, Any]
Bend = Callable[[Row], Row]

LISTS = frozenset({"fax_list", "inbound_fax_list", "inbound_fax_list_all"})
STATES = frozenset({"fax_status", "fax_detail", "fax_list", "cdr_list"})

BROKEN_OFF = (9009, "There was an error communicating with the far side.")
"""A row of the service's table of errors, of the kind that is worth another try."""

PAGES_GONE = ("faxTransferredPages", "faxReceivedPages")
PAGES = {
    "all": (*PAGES_GONE, "faxTotalPages", "pages"),
    "gone": PAGES_GONE,
    "total": ("faxTotalPages",),
}
TIMES = frozenset({"faxCallStart", "faxCallEnd"})
WRITTEN_TIMES = frozenset({"receivedTime"})
WRITTEN = "%Y-%m-%d %H:%M:%S"


def lagging_list(seconds: float = 60.0) -> Fault:
    """The work is done; faxes younger than `seconds` of the service's time are missing from every list.

    Pages are filled up with older rows, as where the lists are read from a copy that lags behind.
    """

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        response = await answer(request)
        page = _rows(response)
        seen = _older(page, answer, seconds)
        if len(seen) == len(page):
            return response
        while page and len(seen) < PAGE_SIZE:
            before, page = page, _rows(await answer(_page_after(request, page[-1])))
            if page[-1:] == before[-1:]:
                break  # a list that does not know how to go on
            seen += _older(page, answer, seconds)
        return bent(response, lambda _: seen[:PAGE_SIZE])

    return fault


def delivered_later(seconds: float = 120.0) -> Fault:
    """The work is done; a fax that was delivered is said to have failed, until `seconds` of the service's
    time after its end."""

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        now, pace = answer.truth.now(), answer.truth.pace
        ends = {job.job_id: progress(job, now).ended_at for job in answer.truth.jobs}

        def bend(row: Row) -> Row:
            ended = ends.get(row.get("jobId", 0))
            if row.get("faxStatus") != "delivered" or ended is None or pace.passed(ended, now) >= seconds:
                return row
            code, message = BROKEN_OFF
            gone = max(0, row.get("faxTransferredPages", 1) - 1)
            told = {"faxStatus": "failed", "code": code, "message": message, "faxTransferredPages": gone}
            return row | told

        return each_row(await answer(request), bend)

    return fault


def wrong_page_count(by: int = -1, field: str = "all") -> Fault:
    """The work is done; page counts are `by` more than is true, all of them or one field."""

    def bend(row: Row) -> Row:
        return row | {name: max(0, row[name] + by) for name in PAGES[field] if name in row}

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        return each_row(await answer(request), bend)

    return fault


def clock_skew(seconds: float = 3600.0) -> Fault:
    """The work is done; the Date header and all times in the answer are `seconds` late, or early if less
    than 0. A time that is not known yet stays 0."""

    def bend(row: Row) -> Row:
        times = {name: int(row[name] + seconds) for name in TIMES & row.keys() if row[name]}
        return row | times | {name: _shifted(row[name], seconds) for name in WRITTEN_TIMES & row.keys()}

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        response = each_row(await answer(request), bend)
        response.headers["Date"] = http_date(answer.truth.now() + seconds)
        return response

    return fault


def empty_data(form: str = "same") -> Fault:
    """The work is done; `data` is empty: {}, [] or "" as it was before, or the form asked for."""
    forms: dict[str, Any] = {"object": {}, "list": [], "text": "", "null": None}

    async def fault(request: httpx.Request, answer: Answering) -> httpx.Response:
        return bent(await answer(request), lambda data: type(data)() if form == "same" else forms[form])

    return fault


def bent(response: httpx.Response, bend: Callable[[Any], Any]) -> httpx.Response:
    """The answer with its `data` bent, if it is a success."""
    envelope = json.loads(response.content)
    if envelope.get("status") != 1:
        return response
    return in_envelope({**envelope, "data": bend(envelope["data"])})


def each_row(response: httpx.Response, bend: Bend) -> httpx.Response:
    """The answer with every object in its `data` bent."""

    def rows(data: Any) -> Any:
        if isinstance(data, list):
            return [rows(row) for row in data]
        return bend(data) if isinstance(data, dict) else data

    return bent(response, rows)


def in_envelope(envelope: Any) -> httpx.Response:
    """A JSON answer as the service writes it."""
    return httpx.Response(
        200,
        headers={"Content-Type": "application/json; charset=utf-8"},
        content=json.dumps(envelope, ensure_ascii=False).encode(),
    )


def _older(rows: list[Row], answer: Answering, seconds: float) -> list[Row]:
    """The rows of faxes that have been there for `seconds` of the service's time."""
    truth = answer.truth
    since = {job.job_id: job.accepted_at for job in truth.jobs}
    since |= {fax.job_id: fax.received_at for fax in truth.received}
    now, pace = truth.now(), truth.pace
    return [row for row in rows if pace.passed(since.get(row["jobId"], 0.0), now) >= seconds]


def _rows(response: httpx.Response) -> list[Row]:
    rows = json.loads(response.content).get("data")
    return rows if isinstance(rows, list) else []


def _page_after(request: httpx.Request, row: Row) -> httpx.Request:
    """The same wish for the page that begins after `row`."""
    asked = read_call(request, lambda _: True).items()
    fields = {name: value for name, value in asked if isinstance(value, str)}
    fields["lastFaxId"] = str(row["faxId"])
    named = ("content-length", "content-type")
    headers = {name: value for name, value in request.headers.items() if name.lower() not in named}
    return httpx.Request(request.method, request.url, headers=headers, json=fields)


def _shifted(written: str, seconds: float) -> str:
    moment = dt.datetime.strptime(written, WRITTEN).replace(tzinfo=dt.UTC)
    return f"{moment + dt.timedelta(seconds=seconds):{WRITTEN}}"
