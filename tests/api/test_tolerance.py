"""Whatever the service answers, only named failures come out of the API."""

import json
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import date

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ifax_desktop.api.channel import Channel
from ifax_desktop.api.inbound import Inbound
from ifax_desktop.api.numbers import OwnNumbers
from ifax_desktop.api.outbound import Outbound, OutgoingFax
from ifax_desktop.domain.errors import NoAnswer, Refused, SignInNeeded
from tests.api.calling import NUMBER, open_channel

FAX = OutgoingFax(NUMBER, "", "fax-1.pdf", b"%PDF-1.7")
DAY = date(2026, 1, 5)

Call = Callable[[Channel], Awaitable[object]]

CALLS: dict[str, Call] = {
    "send": lambda channel: Outbound(channel).send(FAX),
    "status": lambda channel: Outbound(channel).status("7204418"),
    "list sent": lambda channel: Outbound(channel).list_sent(),
    "cancel": lambda channel: Outbound(channel).cancel("7204418"),
    "list received": lambda channel: Inbound(channel).list_received(DAY, DAY),
    "download": lambda channel: Inbound(channel).download("7204951", "8802045"),
    "numbers": lambda channel: OwnNumbers(channel).owned(),
}

NAMES = st.sampled_from(
    [
        "jobId",
        "id",
        "faxId",
        "transactionId",
        "orderId",
        "faxStatus",
        "status",
        "code",
        "message",
        "data",
        "faxes",
        "fileData",
        "url",
        "direction",
        "receivedTime",
        "createdAt",
        "faxCallEnd",
        "faxCallLength",
        "faxTotalPages",
        "fromNumber",
        "faxNumber",
    ]
)
VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**20), 10**20),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(["7204418", "delivered", "2026-01-05 09:31:14", "JVBERi0xLjQK", "data:,", "https://x/"]),
)
JSON = st.recursive(
    VALUES,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMES, inner, max_size=6),
    max_leaves=12,
)
ENVELOPES = st.fixed_dictionaries(
    {"status": st.sampled_from([1, "1", 0, "0", None, 2, "x"]) | VALUES},
    optional={"data": JSON, "code": VALUES, "message": VALUES, "jobId": VALUES},
)
BODIES = st.one_of(
    ENVELOPES.map(lambda envelope: json.dumps(envelope).encode()),
    JSON.map(lambda value: json.dumps(value).encode()),
    st.binary(max_size=200),
)


@pytest.mark.parametrize("name", CALLS)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(status=st.sampled_from([200, 200, 200, 201, 302, 401, 404, 429, 500]), body=BODIES)
async def test_only_named_failures_come_out(name: str, status: int, body: bytes) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(status, content=body)

    async with open_channel(answer) as channel:
        # Offline is none of them: an answer came, so the service had the request.
        with suppress(NoAnswer, Refused, SignInNeeded):
            await CALLS[name](channel)
