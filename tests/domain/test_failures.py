"""The error table: found by code and message, said in words, retried only where that is safe."""

import csv
import re
from collections import Counter
from datetime import timedelta

import pytest

from ifax_desktop.domain.failures import Advice, Catalogue, Failure, is_not_final
from ifax_desktop.paths import resources

TEXT = (resources() / "error-codes.csv").read_text("utf-8")
ROWS = list(csv.DictReader(TEXT.splitlines()))


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.read(TEXT)


def rows(catalogue: Catalogue) -> list[Failure]:
    return [catalogue.find(int(row["code"]), row["message"]) for row in ROWS]


def test_the_table_is_whole(catalogue: Catalogue) -> None:
    assert len(catalogue) == len(ROWS) == 232
    assert len({row["code"] for row in ROWS}) == 222
    groups = Counter(row.advice for row in rows(catalogue))
    assert groups == {
        Advice.SUPPORT: 63,
        Advice.ACCOUNT: 51,
        Advice.RETRY: 49,
        Advice.NOTHING: 34,
        Advice.NUMBER: 22,
        Advice.DOCUMENT: 13,
    }


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row['code']} {row['message'][:20]}")
def test_every_row_is_found_by_its_code_and_message(catalogue: Catalogue, row: dict[str, str]) -> None:
    for message in (row["message"], f" {row['message'].swapcase()} ", row["message"].replace(" ", "  ")):
        found = catalogue.find(int(row["code"]), message)
        assert (found.code, found.message) == (int(row["code"]), row["message"])
        assert (found.advice, found.words) == (row["group"], row["advice"])
        assert found.tries == int(row["max_auto_retries"])


def test_a_busy_line_is_said_and_tried_again(catalogue: Catalogue) -> None:
    busy = catalogue.find(263, "USER_BUSY")
    assert busy.title == "The line is busy"
    assert busy.retry_is_safe
    assert (busy.tries, busy.delay) == (5, timedelta(minutes=3))


def test_code_and_message_together_choose_the_row(catalogue: Catalogue) -> None:
    assert catalogue.find(6002, "NO_ROUTE_TRANSIT_NET") != catalogue.find(6002, "NO_ROUTE_DESTINATION")


@pytest.mark.parametrize(
    ("code", "advice"),
    [(-1005, Advice.SUPPORT), (6002, Advice.NUMBER), (6021, Advice.RETRY), (6100, Advice.RETRY)],
)
def test_a_code_that_stands_twice_has_one_meaning_without_its_message(
    catalogue: Catalogue, code: int, advice: Advice
) -> None:
    alone = catalogue.find(code, "words nobody knows")
    assert alone.advice is advice
    assert alone.tries == (1 if advice is Advice.RETRY else 0)
    # It may be the other row: what is at risk with either is at risk.
    assert alone.may_be_there or code == 6002
    assert not alone.retry_is_safe


def test_a_fax_that_may_print_twice_is_never_retried(catalogue: Catalogue) -> None:
    broke_off = catalogue.find(9009)
    assert not broke_off.retry_is_safe


@pytest.mark.parametrize("code", [None, 424242])
def test_an_unknown_code_shows_the_services_own_words(catalogue: Catalogue, code: int | None) -> None:
    failure = catalogue.find(code, "Something odd")
    assert failure.words == "The service says: Something odd"
    assert failure.advice is Advice.SUPPORT
    assert not failure.retry_is_safe


def test_what_may_be_sent_again_by_itself_and_what_never(catalogue: Catalogue) -> None:
    for failure, row in zip(rows(catalogue), ROWS, strict=True):
        if failure.retry_is_safe:
            assert row["retryable"] == "true"
            assert row["duplicate_risk_if_resent"] == "no"
            assert failure.tries
            assert failure.delay >= timedelta(minutes=1)
            assert failure.code is not None
            assert failure.code > 0
            assert row["origin_family"] not in {"payment", "number", "account"}
            assert failure.advice is not Advice.NOTHING
    assert sum(failure.retry_is_safe for failure in rows(catalogue)) == 31


@pytest.mark.parametrize("code", [12048, 12096, 12099, 12100, 12101, 12102, 12133])
def test_a_call_worth_repeating_is_no_fax_worth_repeating(catalogue: Catalogue, code: int) -> None:
    assert catalogue.find(code).tries
    assert not catalogue.find(code).retry_is_safe
    assert not catalogue.reason(code, status="failed").retry_is_safe


@pytest.mark.parametrize(
    ("code", "message"),
    [
        (0, "NORMAL_CLEARING"),
        (0, "delivered"),
        (0, ""),
        (-3, "sent"),
        (-11, "Pre-processing"),
        (12103, "Fax status response"),
        (12115, "Number deleted Successfully."),
        (12049, "CALL_AWARDED_DELIVERED"),
    ],
)
def test_a_text_of_success_is_no_reason(catalogue: Catalogue, code: int, message: str) -> None:
    reason = catalogue.reason(code, message, "failed")
    assert (reason.title, reason.meaning) == (
        "This fax did not get through",
        "The service does not say why.",
    )
    assert (reason.code, reason.message, reason.advice) == (code, message, Advice.SUPPORT)
    assert not reason.retry_is_safe


@pytest.mark.parametrize("code", [403, 9030, 12077])
def test_a_fax_that_was_canceled_says_so_and_is_not_sent_again(catalogue: Catalogue, code: int) -> None:
    reason = catalogue.reason(code, status="failed")
    assert "cancelled" in reason.words
    assert not reason.retry_is_safe


def test_one_code_speaks_of_the_account_or_of_the_line(catalogue: Catalogue) -> None:
    line = catalogue.reason(12033, "USER_NOT_REGISTERED", "failed")
    assert (line.title, line.meaning) == ("The receiving line is offline", "Send again later.")
    account = catalogue.reason(12033, "USER_NOT_REGISTERED")
    assert (account.title, account.meaning) == ("This user is not registered", "Check the API key.")
    assert (line.advice, account.advice) == (Advice.RETRY, Advice.ACCOUNT)
    assert not line.retry_is_safe


def test_every_other_reason_is_the_row_itself(catalogue: Catalogue) -> None:
    changed = {
        row.code for row in rows(catalogue) if catalogue.reason(row.code, row.message, "failed") != row
    }
    nothing = {row.code for row in rows(catalogue) if row.advice is Advice.NOTHING}
    assert changed == nothing - {403, 9030, 12077} | {12033}


def test_codes_after_which_the_service_may_have_the_fax(catalogue: Catalogue) -> None:
    negative = [row for row in rows(catalogue) if row.code is not None and row.code < 0]
    assert {row.code for row in negative if is_not_final(row.code)} == {
        row.code for row in negative if row.may_be_there or row.message in ("processed", "Pre-processing")
    }
    assert not any(row.retry_is_safe for row in negative)
    assert not is_not_final(None)
    assert not any(is_not_final(row.code) for row in rows(catalogue) if (row.code or 0) >= 0)


def test_what_deserves_a_card(catalogue: Catalogue) -> None:
    by_group = {Advice.RETRY, Advice.NUMBER, Advice.DOCUMENT}
    others = {row.code for row in rows(catalogue) if row.is_prominent and row.advice not in by_group}
    assert others == {-22, -2037, 9023, 9040, 12012, 205000, 120103, 120104, 120105, 120106}
    assert all(row.is_prominent for row in rows(catalogue) if row.advice in by_group)
    assert not catalogue.find(424242, "Something odd").is_prominent


def test_titles_promise_nothing(catalogue: Catalogue) -> None:
    everything = rows(catalogue)
    assert all(row.title and not row.title.endswith(".") for row in everything)
    assert not [
        row for row in everything if "try again" in row.meaning.lower() and "We" in row.meaning.split()
    ]


OF_THE_TABLE = {3072, 6100, 7200, 9036, 9040, 12007}
"""Rows whose advice has one of the words; the table is not ours to rewrite."""


def test_what_users_read_is_in_the_words_of_the_house(catalogue: Catalogue) -> None:
    words = (
        r"\b(please|errors?|failed|invalid|jobs?|queued?|retry|payload|spooling|DCS|TCF|SIP|HTTP|Q\.850)\b|!"
    )
    unwanted = re.compile(words, re.IGNORECASE)
    reasons = [
        catalogue.reason(row.code, row.message, status)
        for row in rows(catalogue)
        for status in ("", "failed")
    ]
    shown = [(row.code, f"{row.title}. {row.meaning}") for row in reasons]
    assert {code for code, text in shown if unwanted.search(text)} == OF_THE_TABLE
    # Names of the phone network and of the service's fields stay in the details.
    assert not [text for _, text in shown if re.search(r"\b[A-Z]{2,}_[A-Z_]+|\b[a-z]+_[a-z]+\b", text)]
