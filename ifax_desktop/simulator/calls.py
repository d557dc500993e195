"""What came with a call: method, key and size are looked at, and the body is read, JSON or a form."""

import json
from collections.abc import Callable, Mapping
from typing import Any

import httpx

from ifax_desktop.simulator import answers
from ifax_desktop.simulator.answers import Fields, Refusal
from ifax_desktop.simulator.forms import is_form, read_form

MOST_BYTES = 20 * 1024 * 1024
"""The documented limit of a whole request."""

TEST_KEYS, LIVE_KEYS = "test-", "live-"


def any_live_or_test_key(key: str) -> bool:
    """The keys taken unless told otherwise: whatever starts with `live-` or `test-`."""
    return key.startswith((LIVE_KEYS, TEST_KEYS))


def read_call(request: httpx.Request, keys: Callable[[str], bool]) -> Fields:
    """The fields of a call; an empty body and `[]` mean none. Only keys that start with `live-` spend credit.
    Raises `Refusal`."""
    if request.method != "POST":
        raise Refusal(*answers.METHOD_REFUSED)
    key = request.headers.get("accessToken", "")
    if not keys(key):
        raise Refusal(*answers.KEY_REFUSED)
    if len(request.content) > MOST_BYTES:
        raise Refusal(*answers.TOO_LARGE)
    fields = Fields(_body(request))
    fields.with_test_key = not key.startswith(LIVE_KEYS)
    if str(fields.get("_method", "POST")).upper() != "POST":
        raise Refusal(*answers.METHOD_REFUSED)
    return fields


def _body(request: httpx.Request) -> Mapping[str, Any]:
    content_type = request.headers.get("Content-Type", "")
    if is_form(content_type):
        return read_form(content_type, request.content)
    if not request.content.strip():
        return {}
    try:
        fields = json.loads(request.content) or {}
    except (ValueError, RecursionError) as error:
        raise Refusal(*answers.PARAMETER_REFUSED) from error
    if not isinstance(fields, dict):
        raise Refusal(*answers.PARAMETER_REFUSED)
    return fields
