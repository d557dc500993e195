"""What the service answers: the envelope round every answer, and the refusals it knows.

The envelope is section 1 of the wire contract: business refusals travel inside HTTP 200. Codes and
texts of the refusals are rows of the service's own table of errors; `KEY_REFUSED` alone is not in it
and was seen by a public client.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import httpx


class Fields(dict[str, Any]):
    """What came with a call, by name; `with_test_key` tells the two kinds of keys apart."""

    with_test_key: bool = False


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
DETAILS_UNKNOWN = (12098, "fax details not found.")
NOTHING_FOUND = (12093, "Data not found")
RESEND_FILE_GONE = (12094, "file not found to resend this fax.")
STILL_SENDING = (12107, "Can't resend the fax, it's already in sending mode.")
NOT_ENOUGH_CREDIT = (12012, "Not enough credits")
US_AND_CANADA_ONLY = (120101, "You can send faxes only to US & CA destinations")
CALLER_UNVERIFIED = (120104, "Provided caller ID is not verified")
TRIAL_USED_UP = (120105, "Your free trial limit has been reached")
TEST_KEY_USED_UP = (
    120106,
    "You've reached the limit of the Test Key. To send additional pages please use the LIVE API key",
)
COUNTRY_MISSING = (12121, "country iso not found in request data.")
COUNTRY_UNKNOWN = (12127, "Can not find country.")
AREA_UNKNOWN = (12117, "Can not find area.")
NO_NUMBER_FREE = (12134, "No any fax number available")
NUMBER_MISSING = (12124, "number not found in request data.")
NUMBER_UNKNOWN = (12135, "Can not find Number.")
NUMBER_OWNED = (12129, "Number already exists.")
NUMBER_NOT_BOUGHT = (12113, "Number was not Purchased Successfully.")
NUMBER_COSTS_UPFRONT = (12136, "upfront cost is greater than zero for this number")
ORDER_MISSING = (12137, "order_id not found")
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
