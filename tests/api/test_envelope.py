"""The envelope: what is success, what is a refusal, what is no answer at all."""

import json
from typing import Any

import pytest

from ifax_desktop.api.envelope import Answer, is_document, unwrap
from ifax_desktop.domain.errors import NoAnswer, Refused, SignInNeeded


def of(body: Any, status: int = 200, **headers: str) -> Answer:
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    return Answer(status, {name.replace("_", "-"): value for name, value in headers.items()}, content)


@pytest.mark.parametrize("status", [1, "1", " 1 ", 1.0, "1.0", True])
def test_status_one_is_success_in_any_type(status: Any) -> None:
    assert unwrap(of({"status": status, "message": "ok", "data": [5]})) == [5]


@pytest.mark.parametrize(
    ("envelope", "data"),
    [
        ({"data": {"jobId": 5}}, {"jobId": 5}),
        ({"jobId": 5}, {"jobId": 5}),
        ({"jobId": 5, "data": {}}, {"jobId": 5}),
        ({"jobId": 5, "data": {"jobId": 6}}, {"jobId": 6}),
        ({"jobId": 5, "data": None}, {"jobId": 5}),
        ({"data": "JVBERi0"}, "JVBERi0"),
        ({"data": []}, []),
        ({}, {}),
    ],
)
def test_what_stands_beside_the_data_belongs_to_it(envelope: dict[str, Any], data: Any) -> None:
    assert unwrap(of({"status": 1, "message": "ok", "code": 0, **envelope})) == data


def test_ids_of_nineteen_digits_stay_exact() -> None:
    assert unwrap(of(b'{"status": 1, "data": {"orderId": 1702233445566778899}}')) == {
        "orderId": 1702233445566778899
    }


def test_a_mark_of_byte_order_and_other_codings_are_read() -> None:
    assert unwrap(of(b'\xef\xbb\xbf{"status": 1, "data": 5}')) == 5
    assert unwrap(of('{"status": 1, "data": 5}'.encode("utf-16"))) == 5


@pytest.mark.parametrize(
    ("envelope", "code", "sentence"),
    [
        ({"status": 0, "code": 120100, "message": "Invalid faxNumber"}, 120100, "Invalid faxNumber"),
        ({"status": "0", "code": "-1063", "message": "Total file size is too big"}, -1063, None),
        ({"status": 0, "data": {"code": 12091}, "message": "Can not find fax."}, 12091, None),
        ({"status": False, "message": " two\n lines "}, None, "two lines"),
        ({"status": -3, "message": "no"}, None, "no"),
        ({"status": 0}, None, "The fax service says no, without a reason."),
        ({"status": 0, "code": {}, "message": []}, None, "The fax service says no, without a reason."),
        ({"status": 0, "data": {"jobId": 5}, "message": "no"}, None, "no"),
    ],
)
def test_status_zero_is_a_refusal_with_the_services_own_words(
    envelope: dict[str, Any], code: int | None, sentence: str | None
) -> None:
    with pytest.raises(Refused) as caught:
        unwrap(of(envelope))
    assert caught.value.code == code
    assert str(caught.value) == (sentence or envelope["message"])
    assert "HTTP 200" in caught.value.detail


def test_a_long_message_is_cut_and_holds_no_number_and_no_key() -> None:
    message = "live-secret cannot dial +14155550143. " + "x" * 1000
    with pytest.raises(Refused) as caught:
        unwrap(of({"status": 0, "message": message}), key="live-secret")
    assert str(caught.value).startswith("[key] cannot dial …43. xxx")
    assert len(str(caught.value)) == 300
    assert "live-secret" not in caught.value.detail


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (of({"status": 0, "code": 12001, "message": "accessToken invalid"}), "key"),
        (of({"status": 0, "code": "12004", "message": "Professional plan isn't activated"}), "plan"),
        (of({"status": 0, "code": 12001}, 400), "key"),
        (of(b"<html>", 401), "key"),
        (of({"status": 0, "code": 5}, 403), "key"),
    ],
)
def test_a_key_that_is_not_taken(answer: Answer, words: str) -> None:
    with pytest.raises(SignInNeeded, match=words):
        unwrap(answer)


@pytest.mark.parametrize("status", [301, 302, 304, 307, 400, 404, 405, 409, 413, 418, 422, 429])
@pytest.mark.parametrize("body", [b"", b"<html>", b'{"status": 1, "data": 5}'])
def test_3xx_and_4xx_refuse_whatever_they_hold(status: int, body: bytes) -> None:
    with pytest.raises(Refused) as caught:
        unwrap(of(body, status))
    assert caught.value.code is None
    assert f"HTTP {status}" in caught.value.detail


def test_a_refusal_within_a_4xx_keeps_its_code_and_its_wait() -> None:
    with pytest.raises(Refused, match=r"^Slowly$") as caught:
        unwrap(of({"status": 0, "code": 9001, "message": "Slowly"}, 429, retry_after="12"))
    assert (caught.value.code, caught.value.retry_after) == (9001, 12.0)


@pytest.mark.parametrize("status", [200, 201, 204, 500, 502, 503, 599, 101])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"5",
        b'"ok"',
        b"[]",
        b"{}",
        b"<!DOCTYPE html>",
        b'{"status": 1, "data"',
        b'{"status": null, "data": {"jobId": 5}}',
        b'{"status": "", "data": {"jobId": 5}}',
        b'{"status": "ok", "data": {"jobId": 5}}',
        b'{"status": 2, "data": {"jobId": 5}}',
        b'{"status": [1], "data": {"jobId": 5}}',
        b'{"status": NaN}',
        b'{"status": 1.5}',
        b'{"data": {"jobId": 5}}',
        b"[" * 100_000,
        b'{"status": ' + b"1" * 5000 + b"}",
        b"\xff\xfe\x00",
    ],
)
def test_no_envelope_is_no_answer(status: int, body: bytes) -> None:
    with pytest.raises(NoAnswer) as caught:
        unwrap(of(body, status))
    assert caught.value.detail.startswith(f"HTTP {status}")


def test_a_document_may_come_as_it_is() -> None:
    assert is_document(of(b"%PDF-1.1 ..."))
    assert is_document(of(b"", content_type="application/pdf; x=1"))
    assert not is_document(of(b"%PDF-1.1 ...", 404))
    with pytest.raises(NoAnswer):
        unwrap(of(b"%PDF-1.1 ..."))


def test_an_envelope_that_speaks_of_pdf_is_no_document() -> None:
    answer = of({"status": 0, "message": "no %PDF here"})
    assert not is_document(answer)
    with pytest.raises(Refused):
        unwrap(answer)


@pytest.mark.parametrize(
    "kind", ["application/json", "text/json; charset=utf-8", "application/problem+json", ""]
)
def test_json_by_its_name(kind: str) -> None:
    assert unwrap(of({"status": 1, "data": 5}, content_type=kind)) == 5


@pytest.mark.parametrize("kind", ["text/html", "Text/Plain; charset=iso-8859-1", "application/octet-stream"])
def test_json_that_a_web_server_calls_text(kind: str) -> None:
    assert unwrap(of({"status": 1, "data": 5}, content_type=kind)) == 5


@pytest.mark.parametrize(
    "kind", ["image/png", "application/pdf", "application/xml", "multipart/mixed", "video/mp4"]
)
def test_what_says_that_it_is_something_else_is_no_answer(kind: str) -> None:
    with pytest.raises(NoAnswer) as caught:
        unwrap(of({"status": 1, "data": {"jobId": 7}}, content_type=kind))
    assert "jobId" in caught.value.detail
