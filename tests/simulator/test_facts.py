"""Facts in a text: found, named, once each, and word for word."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ifax_desktop.simulator.facts import find_facts

PRACTICE = Path(__file__).parents[2] / "resources" / "practice"
LETTERS: list[dict[str, Any]] = json.loads((PRACTICE / "letters.json").read_text(encoding="utf-8"))["letters"]


@pytest.mark.parametrize(
    ("text", "facts"),
    [
        ("Invoice 118 total 42.00", [("invoice_no", "118"), ("total", "42.00")]),
        ("INVOICE NO. 118", [("invoice_no", "118")]),
        ("Case number: A-118 and case A-118", [("case_no", "A-118")]),
        ("Our file 26-0417", [("file_no", "26-0417")]),
        ("Member  0045 118 902", [("member_no", "0045 118 902")]),
        ("Amount due: $1,250.00", [("amount_due", "$1,250.00"), ("amount", "$1,250.00")]),
        ("The fee of 85.00 dollars", [("amount", "85.00 dollars")]),
        ("It costs € 12", [("amount", "€ 12")]),
        ("on 23 November 2026", [("date", "23 November 2026")]),
        ("on November 23, 2026", [("date", "November 23, 2026")]),
        ("11/23/2026 2026-11-23", [("date", "11/23/2026"), ("date", "2026-11-23")]),
        (
            "Ms. Joan Harper, born 14 March 1961",
            [("person", "Ms. Joan Harper"), ("date_of_birth", "14 March 1961")],
        ),
        ("Patient  Joan Harper", [("patient", "Joan Harper")]),
        ("Call +1 202 555 0142 now", [("phone", "+1 202 555 0142")]),
        ("The invoice is here; bring 3 pens and 2.40 m of string", []),
        ("", []),
    ],
)
def test_facts_have_names_and_values(text: str, facts: list[tuple[str, str]]) -> None:
    assert [(fact["name"], fact["value"]) for fact in find_facts(text)] == facts


@pytest.mark.parametrize(
    ("file", "name", "value"),
    [
        ("01-ames-report.pdf", "patient", "Joan Harper"),
        ("02-north-bay-authorization.pdf", "authorization_no", "A-2026-551094"),
        ("03-county-court-notice.pdf", "case_no", "26-CV-03318"),
        ("05-hill-street-refill.pdf", "date_of_birth", "09/30/1952"),
        ("07-calder-invoice.pdf", "total", "682.51"),
        ("10-town-hall-permit.pdf", "permit_no", "2026-S-0093"),
    ],
)
def test_facts_of_the_practice_letters(file: str, name: str, value: str) -> None:
    (text,) = ["\n\n".join(letter["text"]) for letter in LETTERS if letter["file"] == file]
    assert {"name": name, "value": value} in find_facts(text)


def test_every_practice_letter_has_facts_and_they_stand_in_it() -> None:
    for letter in LETTERS:
        text = " ".join("\n\n".join(letter["text"]).split())
        facts = find_facts("\n\n".join(letter["text"]))
        assert len(facts) >= 3
        assert all(fact["value"] in text for fact in facts)


@given(st.text(max_size=300))
def test_any_text_will_do(text: str) -> None:
    assert all(fact["name"] and fact["value"] for fact in find_facts(text))


def test_a_long_text_does_not_take_forever() -> None:
    text = "1234 5678 +1 202 555 0142 invoice 99 Dr. Ames 1,1,1,1,1 " * 4000
    assert len(find_facts(text)) < 20
