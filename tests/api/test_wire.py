"""The service's JSON as reports: every variant the wire contract names, and what is too strange to take."""

import logging
from datetime import UTC, datetime
from typing import Any

import pytest

from ifax_desktop.api import wire
from ifax_desktop.domain.errors import NoAnswer
from ifax_desktop.domain.fax import Direction, State, final_state
from ifax_desktop.domain.reports import ReceivedReport, SentReport

SENT = {
    "jobId": 7204418,
    "fromNumber": "+12025550143",
    "toNumber": "+14155550119",
    "faxCallLength": 74,
    "faxCallStart": 1767605400,
    "faxCallEnd": 1767605474,
    "faxTotalPages": 3,
    "faxTransferredPages": 2,
    "faxStatus": "delivered",
    "message": "NORMAL_CLEARING",
    "code": 0,
    "faxId": 5310022,
    "transactionId": 8801337,
    "direction": "outbound",
}
SENT_REPORT = SentReport(
    "7204418",
    "delivered",
    "+12025550143",
    "+14155550119",
    3,
    2,
    0,
    "NORMAL_CLEARING",
    74,
    "5310022",
    "8801337",
    datetime(2026, 1, 5, 9, 30, tzinfo=UTC),
    datetime(2026, 1, 5, 9, 31, 14, tzinfo=UTC),
)


@pytest.mark.parametrize("write", [lambda value: value, str], ids=["numbers", "strings"])
def test_a_sent_fax_in_numbers_or_strings(write: Any) -> None:
    row = {name: write(value) for name, value in SENT.items()}
    report = wire.sent_report(row)
    assert report == SENT_REPORT
    assert report is not None
    assert report.raw == row


def test_a_sent_fax_of_which_little_is_known() -> None:
    assert wire.sent_report({"job_id": "5"}) == SentReport("5", "")
    assert wire.sent_report({"faxStatus": "sending"}, "7") == SentReport("7", "sending")
    assert wire.sent_report({"jobId": 5, "faxStatus": {"odd": 1}, "code": "x", "pages": -2}) == SentReport(
        "5", ""
    )


@pytest.mark.parametrize("word", ["canceled", "cancelled", "Cancelled"])
def test_both_spellings_of_canceled_end_a_fax(word: str) -> None:
    report = wire.sent_report({"jobId": 5, "faxStatus": word})
    assert report is not None
    assert final_state(report.status) is State.CANCELED


def test_unknown_fields_and_states_are_kept() -> None:
    report = wire.sent_report({"jobId": 5, "faxStatus": "teleporting", "price": "0.02"})
    assert report is not None
    assert (report.status, report.raw["price"]) == ("teleporting", "0.02")
    assert final_state(report.status) is None


@pytest.mark.parametrize(
    "row",
    [
        {
            "faxId": 5310077,
            "jobId": 7204951,
            "transactionId": 8802045,
            "sender": "+13125550188",
            "receiver": "+12025550143",
            "receivedTime": "2026-01-05 09:31:14",
            "faxReceivedPages": 2,
            "faxTotalPages": 9,
        },
        {
            "faxId": "5310077",
            "jobId": "7204951",
            "transactionId": "8802045",
            "fromNumber": "+13125550188",
            "toNumber": "+12025550143",
            "receivedTime": "2026-01-05 09:31:14",
            "pages": "2",
        },
    ],
)
def test_a_received_fax_in_either_wording(row: dict[str, Any]) -> None:
    assert wire.received_report(row) == ReceivedReport(
        "7204951",
        "8802045",
        "+13125550188",
        "+12025550143",
        datetime(2026, 1, 5, 9, 31, 14, tzinfo=UTC),
        "2026-01-05 09:31:14",
        2,
        "5310077",
    )


def test_a_received_fax_may_carry_the_end_of_its_call_instead_of_a_time() -> None:
    report = wire.received_report({"jobId": 5, "faxCallEnd": 1767605474, "fromNumber": "+2025550143"})
    assert report is not None
    assert report.received_at == datetime(2026, 1, 5, 9, 31, 14, tzinfo=UTC)
    assert report.received_text == "1767605474"
    assert report.from_number == "+2025550143"


def test_rows_without_an_id_are_left_out_and_said_without_values(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    assert wire.sent_report({"toNumber": "+14155550119"}) is None
    assert wire.received_report({"sender": "+14155550119"}) is None
    assert len(caplog.records) == 2
    assert "+1415" not in caplog.text


@pytest.mark.parametrize(
    ("word", "direction"),
    [
        ("sent", Direction.SENT),
        ("outbound", Direction.SENT),
        ("OB", Direction.SENT),
        ("received", Direction.RECEIVED),
        ("Inbound", Direction.RECEIVED),
        ("IB", Direction.RECEIVED),
        ("sideways", None),
        ("", None),
    ],
)
def test_three_vocabularies_of_direction(word: str, direction: Direction | None) -> None:
    assert wire.direction({"direction": word}) is direction


ROW = {"jobId": 5}


@pytest.mark.parametrize(
    ("data", "rows"),
    [
        ([], []),
        (None, []),
        ("", []),
        ({}, []),
        ([ROW], [ROW]),
        (ROW, [ROW]),
        ({"data": [ROW]}, [ROW]),
        ({"faxes": [ROW], "total": 1}, [ROW]),
        ({"data": {"list": []}, "total": 0}, []),
        ({"0": ROW, "1": ROW}, [ROW, ROW]),
        ({"total": 0, "next": None}, []),
    ],
)
def test_a_list_wherever_it_is(data: Any, rows: list[Any]) -> None:
    assert wire.rows(data) == rows


@pytest.mark.parametrize(
    "data", ["gone", 5, True, {"total": 7}, {"word": "x"}, {"data": {"data": {"data": {"data": []}}}}]
)
def test_what_is_no_list(data: Any) -> None:
    with pytest.raises(NoAnswer):
        wire.rows(data)


@pytest.mark.parametrize(
    "data",
    [
        {"jobId": 7204418},
        {"jobId": "7204418"},
        {"id": 7204418},
        {"job_id": 7204418},
        [ROW | {"jobId": 7204418}],
        7204418,
        "7204418",
    ],
)
def test_the_id_of_an_accepted_fax(data: Any) -> None:
    assert wire.job_id(data) == "7204418"


@pytest.mark.parametrize(
    "data", [{}, [], None, "accepted", {"jobId": None}, {"jobId": 0}, {"jobId": []}, [ROW, ROW], True, -5.5]
)
def test_a_fax_accepted_without_an_id_may_have_been_taken(data: Any) -> None:
    with pytest.raises(NoAnswer, match="took the fax"):
        wire.job_id(data)


def test_one_row_is_one_row() -> None:
    assert wire.one_row(ROW) == wire.one_row([ROW]) == ROW
    for data in ([], [ROW, ROW], "x", None, [5]):
        with pytest.raises(NoAnswer):
            wire.one_row(data)
