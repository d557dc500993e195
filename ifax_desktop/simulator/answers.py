"""What the service answers: the envelope round every answer, and the refusals it knows.

The envelope is section 1 of the wire contract: business refusals travel inside HTTP 200. Codes and
texts of the refusals are rows of the service's own table of errors; `KEY_REFUSED` alone is not in it
and was seen by a public client.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx

Fields = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Answer:
    """A call that was understood and done: the envelope's `message` and `data`."""

    data: Any
    message: str = "ok"


Handler = Callable[[Fields], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One call of the service: its name in the wire contract, its paths, and what answers it."""

    name: str
    paths: tuple[str, ...]
    handler: Handler


class Refusal(Exception):
    """The service understood the request and says no, with a code and a sentence of its own."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


KEY_REFUSED = (12001, "accessToken invalid")
METHOD_REFUSED = (12010, "Invalid request method")
PARAMETER_REFUSED = (12009, "Invalid parameter")
TOO_LARGE = (-1063, "Total file size is too big")
NO_DOCUMENTS = (-123, "No valid documents attached")
DOCUMENT_UNREADABLE = (-1004, "Fax file not compatible/found.")
NUMBER_REFUSED = (120100, "Invalid faxNumber")
CALLER_REFUSED = (120103, "Invalid caller ID")
NAME_REFUSED = (120107, "Invalid fileName")
ADDRESS_REFUSED = (120108, "Invalid fileUrl")
FORMAT_REFUSED = (120109, "Invalid file format")
ID_MISSING = (-1005, "fax_id not found in this request.")
INBOUND_ID_MISSING = (12123, "id not found in request data.")
FAX_UNKNOWN = (12091, "Can not find fax.")
INBOUND_FAX_UNKNOWN = (12130, "Can not find Fax.")
FILE_GONE = (12092, "File not found")
DATES_REFUSED = (-2040, "Invalid date range")
CANCEL_TOO_LATE = (-162, "Fax can not be cancel now.")
ALREADY_CANCELED = (9030, "Fax is already canceled.")


def done(answer: Answer) -> httpx.Response:
    """The envelope of success."""
    return _json({"status": 1, "message": answer.message, "data": answer.data})


def refused(code: int, message: str) -> httpx.Response:
    """The envelope of failure: HTTP 200 all the same."""
    return _json({"status": 0, "code": code, "message": message})


def not_found(path: str) -> httpx.Response:
    """What a web server says of a path that nobody serves: a page of HTML, not an envelope."""
    page = (
        "<!DOCTYPE html>\n<html><head><title>404 Not Found</title></head>\n"
        f"<body><h1>Not Found</h1><p>Nothing is served under this address ({len(path)} characters).</p></body></html>\n"
    )
    return httpx.Response(404, html=page)


def read_id(value: object, refusal: tuple[int, str]) -> int:
    """An id as the service reads it: a number or digits in a string. Raises `Refusal` for anything else."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) < 20:
        return int(value)
    raise Refusal(*refusal)


def _json(envelope: dict[str, Any]) -> httpx.Response:
    return httpx.Response(
        200,
        headers={"Content-Type": "application/json; charset=utf-8"},
        content=json.dumps(envelope, ensure_ascii=False).encode(),
    )
