"""What a call of the service to us says: which fax, which way, how it stands; and nothing that could be shown by accident."""

import json
from dataclasses import asdict
from typing import Any
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifax_desktop.api.callbacks import MOST_FIELDS, Callback, from_fields, from_form, from_json
from ifax_desktop.domain.fax import Direction

OUTBOUND: dict[str, Any] = {
    "direction": "outbound",
    "jobId": 7204418,
    "transactionId": 8801337,
    "retryAttempt": 0,
    "faxCallLength": 74,
    "faxTotalPages": 3,
    "faxTransferredPages": 3,
    "faxStatus": "delivered",
    "success": True,
    "fromNumber": "+12025550143",
    "toNumber": "+14155550119",
    "code": 0,
    "message": "NORMAL_CLEARING",
}
INBOUND: dict[str, Any] = {
    "direction": "inbound",
    "jobId": 7204951,
    "transactionId": 8802045,
    "faxReceivedPages": 2,
    "faxStatus": "received",
    "fromNumber": "+13125550188",
    "toNumber": "+12025550143",
}
SENT = Callback(Direction.SENT, "7204418", "8801337", "delivered", 0)
RECEIVED = Callback(Direction.RECEIVED, "7204951", "8802045", "received", None)


def read(value: object) -> Callback | None:
    return from_json(json.dumps(value).encode())


def test_the_two_events_of_the_contract() -> None:
    assert read(OUTBOUND) == SENT
    assert read(INBOUND) == RECEIVED


@pytest.mark.parametrize(
    "wrapped",
    [
        {"data": OUTBOUND},
        {"data": [OUTBOUND]},
        [OUTBOUND],
        {"data": {"data": OUTBOUND}},
        {"data": json.dumps(OUTBOUND)},
        {"status": 1, "message": "Webhook", "data": OUTBOUND},
        {"event": "fax.sent", "status": "new", "id": "evt_1", "jobId": "", "data": OUTBOUND},
        {**OUTBOUND, "data": "JVBERi0xLjQK"},
        {**OUTBOUND, "data": None, "fileUrl": "https://elsewhere.example/x.pdf"},
        {**OUTBOUND, "data": {"jobId": None, "faxStatus": ""}},
    ],
)
def test_flat_or_under_data(wrapped: object) -> None:
    assert read(wrapped) == SENT


def test_the_envelope_may_tell_the_direction() -> None:
    event = {"direction": "inbound", "data": {"jobId": 1, "transactionId": 2}}
    assert read(event) == Callback(Direction.RECEIVED, "1", "2")


@pytest.mark.parametrize(
    ("job", "same"),
    [
        (7204418, "7204418"),
        ("7204418", "7204418"),
        (7204418.0, "7204418"),
        (1702233445566778899, "1702233445566778899"),
        ("1702233445566778899", "1702233445566778899"),
    ],
)
def test_ids_as_numbers_or_text_with_every_digit(job: object, same: str) -> None:
    callback = read({**OUTBOUND, "jobId": job, "retryAttempt": "2"})
    assert callback == Callback(Direction.SENT, same, "8801337", "delivered", 2)


@pytest.mark.parametrize("word", ["outbound", "sent", "OB", "Outbound"])
def test_words_for_what_was_sent(word: str) -> None:
    callback = read({"direction": word, "jobId": 1})
    assert callback is not None
    assert callback.direction is Direction.SENT


@pytest.mark.parametrize(
    ("fields", "direction"),
    [
        ({"direction": "inbound", "faxStatus": "delivered", "faxTransferredPages": 1}, Direction.RECEIVED),
        ({"faxType": "IB"}, Direction.RECEIVED),
        ({"direction": "sideways", "faxStatus": "received"}, Direction.RECEIVED),
        ({"faxStatus": "received", "faxTransferredPages": 2}, Direction.RECEIVED),
        ({"faxStatus": "Delivered", "faxReceivedPages": 2}, Direction.SENT),
        ({"faxStatus": "sending"}, Direction.SENT),
        ({"faxStatus": "failed_chargeable"}, Direction.SENT),
        ({"faxStatus": "new word", "faxReceivedPages": 0}, Direction.RECEIVED),
        ({"faxReceivedPages": 1}, Direction.RECEIVED),
        ({"filename": "fax.pdf"}, Direction.RECEIVED),
        ({"faxTransferredPages": 1}, Direction.SENT),
        ({"faxStatus": "new word"}, None),
        ({}, None),
    ],
)
def test_the_way_by_its_word_then_the_state_then_the_fields(
    fields: dict[str, Any], direction: Direction | None
) -> None:
    callback = from_fields({"jobId": 1, **fields})
    assert callback is not None
    assert callback.direction is direction


@pytest.mark.parametrize(
    "value",
    [
        {},
        [],
        [OUTBOUND, INBOUND],
        "delivered",
        7204418,
        None,
        {"jobId": 0, "transactionId": ""},
        {"jobId": True},
        {"jobId": {"id": 7204418}},
        {"jobId": "7" * 41},
        {"data": {}},
        {"status": 1, "message": "Test call"},
    ],
)
def test_what_names_no_fax(value: object) -> None:
    assert read(value) is None


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe\x00", b"[" * 100_000, b"1" * 5000, b"%PDF-1.4"])
def test_what_is_no_json(content: bytes) -> None:
    assert from_json(content) is None


def test_a_form_as_browsers_send_it() -> None:
    assert from_form(urlencode(OUTBOUND).encode()) == SENT
    assert from_form(urlencode({"data": json.dumps(INBOUND)}).encode()) == RECEIVED
    assert from_form(b"jobId=7204418&name=%ff%fe") == Callback(None, "7204418")
    assert from_form(b"hello") is None
    assert from_form(b"a=1&" * MOST_FIELDS + b"jobId=1") is None


def test_its_words_show_nothing_that_came_from_outside() -> None:
    number = "+12025550143"
    callback = read({"jobId": number, "transactionId": number, "faxStatus": number})
    assert callback is not None
    assert "2025550143" not in repr(callback)
    assert callback.status == ""
    assert not [value for value in asdict(read(OUTBOUND) or SENT).values() if "0143" in str(value)]


NAMES = st.sampled_from(
    ["jobId", "transactionId", "direction", "faxStatus", "retryAttempt", "data", "Job_ID"]
)
VALUES = (
    st.none()
    | st.booleans()
    | st.integers(-(10**400), 10**400)
    | st.floats()
    | st.text(max_size=50)
    | st.just(json.dumps(OUTBOUND))
)
JSON = st.recursive(
    VALUES, lambda inner: st.lists(inner, max_size=2) | st.dictionaries(NAMES, inner, max_size=5)
)


@given(JSON.map(lambda value: json.dumps(value).encode()) | st.binary(max_size=200))
def test_nothing_breaks_the_reader(content: bytes) -> None:
    for callback in (from_json(content), from_form(content)):
        assert callback is None or callback.job_id or callback.transaction_id
