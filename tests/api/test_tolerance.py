"""Whatever the service answers to any of the thirty operations, only named failures come out of the API."""

import copy
import json
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ifax_desktop.api.operations import BY_NAME
from ifax_desktop.domain.errors import NoAnswer, Refused, SignInNeeded
from tests.api.calling import open_channel, success
from tests.api.examples import CALLS, DATA, REQUESTS

STATUSES = st.sampled_from([200, 200, 200, 200, 201, 302, 401, 404, 429, 500])
KINDS = st.sampled_from(["application/json", "text/html; charset=utf-8", "", "application/pdf", "image/png"])
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(
        [
            "7204418",
            "delivered",
            "2026-01-05 09:31:14",
            "JVBERi0xLjQK",
            "data:,",
            "https://x/",
            [],
            {},
            [[]],
            "[key]",
        ]
    ),
)
JSON = st.recursive(
    JUNK,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=8,
)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value, the value itself first."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for key, one in inner for place in places(one, (*path, key)))]


@st.composite
def mutated(draw: st.DrawFn, envelope: Any) -> Any:
    """An answer as it should be with up to three things wrong with it."""
    answer = {"answer": copy.deepcopy(envelope)}
    for _ in range(draw(st.integers(1, 3))):
        path = draw(st.sampled_from(places(answer)[1:]))
        holder: Any = answer
        for key in path[:-1]:
            holder = holder[key]
        key, value = path[-1], holder[path[-1]]
        match draw(st.sampled_from(["replace", "drop", "text", "wrap", "list", "twice", "rename"])):
            case "replace":
                # A copy: what is sampled is always the same object, and the next mutation may change it.
                holder[key] = copy.deepcopy(draw(JSON))
            case "drop" if len(path) > 1:
                del holder[key]
            case "text":
                holder[key] = json.dumps(value) if isinstance(value, dict | list) else str(value)
            case "wrap":
                holder[key] = {"data": value}
            case "list":
                holder[key] = [value]
            case "twice":
                holder[key] = [value, value]
            case "rename" if isinstance(holder, dict) and len(path) > 1:
                holder[draw(st.text(max_size=6))] = holder.pop(key)
    return answer["answer"]


@st.composite
def answers(draw: st.DrawFn, data: Any) -> bytes:
    """Mutated envelopes of success and of refusal, some cut off, and anything at all."""
    refused = {"status": 0, "code": 12009, "message": "Invalid parameter", "data": {"code": 12}}
    kind = draw(st.integers(0, 9))
    if kind == 0:
        return draw(st.binary(max_size=200))
    if kind == 1:
        return json.dumps(draw(JSON)).encode()
    whole = json.dumps(draw(mutated(refused if kind == 2 else success(data)))).encode()
    return whole[: draw(st.integers(0, len(whole)))] if kind == 3 else whole


def test_every_operation_has_its_call_and_its_example() -> None:
    assert list(CALLS) == list(DATA) == list(BY_NAME)
    assert set(REQUESTS) == set(BY_NAME)


@pytest.mark.parametrize("name", CALLS)
async def test_the_contracts_own_example_is_understood_and_asked_for_as_it_says(
    name: str, tmp_path: Path
) -> None:
    asked: list[tuple[str, Any]] = []

    def answer(request: httpx.Request) -> httpx.Response:
        asked.append((request.url.path, json.loads(request.content)))
        return httpx.Response(200, json=success(DATA[name]))

    async with open_channel(answer) as channel:
        await CALLS[name](channel, tmp_path / "fax.pdf")
    assert asked[0] == (f"/v1{BY_NAME[name].path}", REQUESTS[name])


@pytest.mark.parametrize("name", CALLS)
@settings(max_examples=80, deadline=None)
@given(data=st.data())
async def test_only_named_failures_come_out(name: str, data: st.DataObject) -> None:
    status, kind = data.draw(STATUSES), data.draw(KINDS)
    content = data.draw(answers(DATA[name]))

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=content, headers={"Content-Type": kind})

    with tempfile.TemporaryDirectory() as folder:
        into = Path(folder, "fax.pdf")
        async with open_channel(answer) as channel:
            # Offline is none of them: an answer came, so the service had the request.
            with suppress(NoAnswer, Refused, SignInNeeded):
                await CALLS[name](channel, into)
        assert [path.name for path in Path(folder).iterdir()] in ([], ["fax.pdf"])
