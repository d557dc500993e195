"""Takes the envelope off an answer, or names why there is nothing in it (wire contract, section 1).

Success is status 1 and nothing else. A status of 0 or less is a refusal, which travels inside HTTP 200; so are 3xx and
4xx. A 5xx, and a 2xx that holds no envelope, say nothing about what the service did: that is no answer.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import Any

from ifax_desktop.api import detail
from ifax_desktop.api.values import number, text
from ifax_desktop.domain.errors import FaxError, NoAnswer, Refused, SignInNeeded

KEY_REFUSED = 12001
PLAN_MISSING = 12004
_LONGEST_WAIT = 86_400.0
_SHORT_WAIT = 10.0
"""Seconds to wait where the service asks us to and does not say how long."""
_LONGEST_MESSAGE = 300
_OF_THE_ENVELOPE = frozenset({"status", "code", "message", "data"})
_TEXT = frozenset({"", "text/plain", "text/html", "application/octet-stream"})
_WORDS = {
    404: "The fax service does not know this request.",
    413: "This is too large for the fax service.",
    429: "The fax service asks us to wait a moment.",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: HTTP status, headers in lower case, and the body, or its beginning where it lies in a file."""

    status: int
    headers: Mapping[str, str]
    content: bytes = field(repr=False)


def unwrap(answer: Answer, *, key: str = "", read: Callable[[], Any] | None = None) -> Any:
    """The `data` of an answer, with what stands beside it in the envelope (a job id can).

    `read` reads the JSON of an answer of which only the beginning is in memory, and raises ValueError for anything else.
    Raises SignInNeeded, Refused or NoAnswer; `key` is kept out of what they say.
    """
    raw = detail.of_answer(answer.status, answer.content, key)
    if 300 <= answer.status < 500:
        raise _refused_by_status(answer, raw, key)
    if not 200 <= answer.status < 300:
        raise NoAnswer("The fax service is out of order at the moment.", raw)
    if not _may_be_json(answer):
        raise NoAnswer("The fax service gave an answer that we do not understand.", raw)
    envelope = _envelope(read or (lambda: _json(answer.content)))
    status = number(envelope.get("status"))
    if status == 1:
        return _data(envelope)
    if status is not None and status <= 0:
        raise _refused(envelope, raw, key)
    raise NoAnswer("The fax service gave an answer that we do not understand.", raw)


def is_document(answer: Answer) -> bool:
    """The answer is a PDF as it stands, without an envelope."""
    begins = answer.content.lstrip().startswith(b"%PDF")
    return 200 <= answer.status < 300 and (begins or _kind(answer) == "application/pdf")


def _kind(answer: Answer) -> str:
    return answer.headers.get("content-type", "").partition(";")[0].strip().lower()


def _may_be_json(answer: Answer) -> bool:
    """The type the answer claims. Web servers call JSON text or HTML now and then, but never a picture."""
    kind = _kind(answer)
    return kind in _TEXT or kind.endswith(("/json", "+json", "/javascript"))


def _json(content: bytes) -> Any:
    """Numbers that JSON does not know become nothing. Raises ValueError or RecursionError for what is no JSON."""
    return json.loads(content, parse_constant=lambda _: None)


def _envelope(read: Callable[[], Any]) -> Mapping[str, Any]:
    """The JSON object of a body; an empty one for anything else."""
    try:
        envelope = read()
    except (ValueError, RecursionError):
        return {}
    return envelope if isinstance(envelope, dict) else {}


def _data(envelope: Mapping[str, Any]) -> Any:
    beside = {name: value for name, value in envelope.items() if name not in _OF_THE_ENVELOPE}
    data = envelope.get("data")
    if data is None:
        return beside
    return {**beside, **data} if isinstance(data, dict) else data


def _refused(envelope: Mapping[str, Any], raw: str, key: str, retry_after: float = 0.0) -> FaxError:
    """The refusal inside an envelope; its sentence is the service's own message, by which failures are looked up."""
    inner = envelope.get("data")
    code = number(envelope.get("code"))
    if code is None and isinstance(inner, dict):
        code = number(inner.get("code"))
    if code == KEY_REFUSED:
        return SignInNeeded("The fax service does not take this key.", raw)
    if code == PLAN_MISSING:
        return SignInNeeded("The fax service says that this account has no Professional plan.", raw)
    message = detail.hide(" ".join(text(envelope.get("message")).split()), key)[:_LONGEST_MESSAGE]
    return Refused(
        message or "The fax service says no, without a reason.", raw, code=code, retry_after=retry_after
    )


def _refused_by_status(answer: Answer, raw: str, key: str) -> FaxError:
    if answer.status in (401, 403):
        return SignInNeeded("The fax service does not take this key.", raw)
    wait = retry_after(answer.headers) or (_SHORT_WAIT if answer.status == 429 else 0.0)
    envelope = _envelope(lambda: _json(answer.content))
    if answer.status >= 400 and number(envelope.get("status")) == 0:
        return _refused(envelope, raw, key, wait)
    if answer.status < 400:
        return Refused("The fax service points to another address. Nothing was sent there.", raw)
    words = _WORDS.get(answer.status, "The fax service does not take this request.")
    return Refused(words, raw, retry_after=wait)


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds the service wishes us to wait: a number, or a date seen from the service's own clock."""
    wish = headers.get("retry-after", "").strip()
    if wish.isascii() and wish.isdigit():
        return min(float(wish), _LONGEST_WAIT)
    until = _http_date(wish)
    if until is None:
        return 0.0
    now = _http_date(headers.get("date", ""))
    return min(max(until - (time.time() if now is None else now), 0.0), _LONGEST_WAIT)


def _http_date(written: str) -> float | None:
    try:
        return parsedate_to_datetime(written).timestamp()
    except (ValueError, OverflowError, TypeError):
        return None
