"""What came with a call: the two kinds of keys, and bodies of either form."""

from typing import Any

import httpx
import pytest

from ifax_desktop.simulator.answers import Refusal
from ifax_desktop.simulator.calls import any_live_or_test_key, read_call


def request(key: str, **body: Any) -> httpx.Request:
    headers = {"accessToken": key}
    call = httpx.Request("POST", "https://fax.example/v1/customer/fax-lists", headers=headers, **body)
    call.read()
    return call


@pytest.mark.parametrize(("key", "expected"), [("live-1", False), ("test-1", True), ("open sesame", True)])
def test_only_live_keys_spend(key: str, expected: bool) -> None:
    assert read_call(request(key, json={"a": 1}), lambda _: True).with_test_key is expected


@pytest.mark.parametrize(
    "body", [{"json": {"a": "1"}}, {"files": {"a": (None, "1")}}, {"content": b' {"a": "1"} '}]
)
def test_fields_are_the_same_whatever_they_came_in(body: dict[str, Any]) -> None:
    assert read_call(request("live-1", **body), any_live_or_test_key) == {"a": "1"}


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"a": ' * 50_000])
def test_a_body_without_end_is_refused(body: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        read_call(request("live-1", content=body), any_live_or_test_key)
    assert caught.value.code == 12009


@pytest.mark.parametrize("method", ["put", "GET", ""])
def test_the_wanted_method_may_only_be_post(method: str) -> None:
    with pytest.raises(Refusal) as caught:
        read_call(request("live-1", json={"_method": method}), any_live_or_test_key)
    assert caught.value.code == 12010
