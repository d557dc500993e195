"""Labels, fields, text in pages and usage out of the service's JSON."""

import logging
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from ifax_desktop.api import wire_records
from ifax_desktop.domain.errors import NoAnswer
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.reports import Extract, Extraction, FieldValue, Label, UsageRecord


@pytest.mark.parametrize(
    ("row", "label"),
    [
        ({"labelId": "14", "name": "Billing", "color": "#3366cc"}, Label("14", "Billing", "#3366cc")),
        ({"labelId": 14, "title": "Billing"}, Label("14", "Billing")),
        ({"id": "14"}, Label("14")),
        ("14", Label("14")),
    ],
)
def test_a_label(row: Any, label: Label) -> None:
    assert wire_records.label(row) == label


@pytest.mark.parametrize(
    ("row", "field"),
    [
        ({"id": "3", "name": "Case number", "value": " A-118\n"}, FieldValue("3", "Case number", " A-118\n")),
        ({"fieldId": 3, "value": 118}, FieldValue("3", "", "118")),
        ({"name": "Paid", "value": True}, FieldValue("", "Paid", "true")),
        ({"name": "Empty", "value": None}, FieldValue("", "Empty", "")),
    ],
)
def test_a_custom_field(row: Any, field: FieldValue) -> None:
    assert wire_records.field_value(row) == field


def test_what_names_nothing_is_left_out_and_said_without_values(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.WARNING)
    assert wire_records.label({"name": "Mrs. Vale"}) is None
    assert wire_records.field_value({"value": "Mrs. Vale"}) is None
    assert wire_records.field_value("Mrs. Vale") is None
    assert len(caplog.records) == 3
    assert "Vale" not in caplog.text


@pytest.mark.parametrize(
    "row",
    [
        {"labels": [{"labelId": "14"}, None, 15], "custom_fields": [{"id": "3", "value": "x"}, 7]},
        {"labels": ["14", "15"], "customFields": {"3": {"id": "3", "value": "x"}}},
    ],
)
def test_labels_and_fields_of_a_detail(row: dict[str, Any]) -> None:
    assert wire_records.labels_and_fields(row) == (
        (Label("14"), Label("15")),
        (FieldValue("3", "", "x"),),
    )


@pytest.mark.parametrize(
    "row", [{}, {"labels": "x", "custom_fields": 5}, {"labels": {}, "custom_fields": []}]
)
def test_a_detail_that_says_nothing_of_labels(row: dict[str, Any]) -> None:
    assert wire_records.labels_and_fields(row) == ((), ())


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ({"jobId": 5, "type": "OCR", "text": "Dear Sir\n"}, "Dear Sir\n"),
        ("Dear Sir", "Dear Sir"),
        ({"text": ["one", "two"]}, "one\n\f\ntwo"),
        ({"text": {"1": "one", "2": ["two"]}}, "one\n\f\ntwo"),
        ([{"jobId": "5", "content": "one"}], "one"),
    ],
)
def test_text_in_any_wrapping(data: Any, text: str) -> None:
    read = wire_records.extraction(data, "5", Extract.TEXT)
    assert (read.job_id, read.kind, read.text, read.is_there) == ("5", Extract.TEXT, text, True)


@pytest.mark.parametrize("facts", [[{"name": "total", "value": 42.5}], {"total": 42.5}])
def test_facts_as_rows_or_as_names(facts: Any) -> None:
    read = wire_records.extraction({"fields": facts, "state": "done"}, "5", Extract.FACTS)
    assert [(fact.name, fact.value) for fact in read.facts] == [("total", "42.5")]
    assert read.state == "done"


@pytest.mark.parametrize("data", [None, [], {}, {"state": "processing"}, {"text": ""}])
def test_nothing_read_yet(data: Any) -> None:
    assert not wire_records.extraction(data, "5", Extract.TEXT).is_there


@pytest.mark.parametrize(
    "data", [{"jobId": 6, "text": "x"}, {"text": 5}, {"text": True}, 5, [{"text": "a"}, {"text": "b"}]]
)
def test_the_text_of_another_fax_is_not_taken_for_this_one(data: Any) -> None:
    with pytest.raises(NoAnswer):
        wire_records.extraction(data, "5", Extract.TEXT)


def test_a_usage_record() -> None:
    row = {
        "faxId": 5310022,
        "jobId": "7204418",
        "transactionId": 8801337,
        "direction": "OB",
        "fromNumber": "+12025550143",
        "toNumber": "+14155550119",
        "faxCallStart": 1767605400,
        "faxCallEnd": "1767605474",
        "faxCallLength": 74,
        "faxTotalPages": 3,
        "faxTransferredPages": 3.0,
        "faxStatus": "delivered",
        "code": 0,
        "message": "NORMAL_CLEARING",
        "cost": "0.03",
        "unheard": 1,
    }
    record = wire_records.usage_record(row)
    assert record == UsageRecord(
        Direction.SENT,
        "7204418",
        "5310022",
        "8801337",
        "+12025550143",
        "+14155550119",
        datetime(2026, 1, 5, 9, 30, tzinfo=UTC),
        datetime(2026, 1, 5, 9, 31, 14, tzinfo=UTC),
        74,
        3,
        3,
        "delivered",
        0,
        "NORMAL_CLEARING",
        Decimal("0.03"),
    )
    assert record.raw["unheard"] == 1
    assert "5550" not in repr(record)


@pytest.mark.parametrize(
    ("cost", "read"),
    [
        (0.03, Decimal("0.03")),
        ("$0.03", Decimal("0.03")),
        ("USD 1", Decimal(1)),
        (2, Decimal(2)),
        ("free", None),
        (float("nan"), None),
        (True, None),
        (None, None),
        ("1,5", None),
        ("-0.03", Decimal("-0.03")),
    ],
)
def test_money_without_rounding(cost: Any, read: Decimal | None) -> None:
    assert wire_records.usage_record({"jobId": 7, "cost": cost}).cost == read


def test_a_record_that_is_none() -> None:
    for row in ("total: 5", {}, {"total": 5}, {"direction": "OB", "jobId": None}):
        with pytest.raises(NoAnswer):
            wire_records.usage_record(row)


def test_text_and_names_are_in_no_representation() -> None:
    shown = [
        Label("14", "Vale"),
        FieldValue("3", "Vale", "Vale"),
        Extraction("5", Extract.TEXT, text="Vale", facts=(FieldValue("3", "Vale"),), raw={"x": "Vale"}),
    ]
    assert "Vale" not in repr(shown)
