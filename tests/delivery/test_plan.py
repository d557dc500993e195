"""When a second try is planned, and when not."""

from datetime import timedelta

import pytest

from ifax_desktop.delivery.plan import next_look, next_try, offline_wait, status_pause
from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.paths import resources


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.read((resources() / "error-codes.csv").read_text("utf-8"))


def failed(code: int, message: str = "", pages_done: int | None = 0) -> SentReport:
    return SentReport("7", "failed", pages=3, pages_done=pages_done, code=code, message=message)


def test_a_busy_line_is_tried_every_three_minutes_up_to_five_times_more(catalogue: Catalogue) -> None:
    busy = failed(263, "USER_BUSY")
    assert [next_try(catalogue, busy, tries) for tries in (1, 5)] == [timedelta(minutes=3)] * 2
    assert next_try(catalogue, busy, 6) is None


@pytest.mark.parametrize(
    ("report", "why"),
    [
        (failed(263, "USER_BUSY", pages_done=1), "a page would print twice"),
        (failed(3912, "UNALLOCATED_NUMBER"), "the number is not in service"),
        (failed(-150, "SYSTEM_SHUTDOWN"), "a negative code is not final"),
        (failed(9009), "the catalogue sees a risk of printing twice"),
        (failed(424242), "nobody knows this code"),
        (failed(-2036, "SERVICE_UNAVAILABLE"), "a negative code is not final, though the row says no risk"),
        (
            failed(12096, "FAX status request failed."),
            "the question for its state is worth repeating, not the fax",
        ),
        (failed(12048), "a fax somebody wanted to cancel"),
        (failed(12099), "a list"),
        (failed(12100), "a fax somebody wanted to delete"),
        (failed(12102), "a price"),
        (failed(12133), "a download"),
        (failed(0, "NORMAL_CLEARING"), "it is no success, and no reason either"),
        (failed(-3, "sent"), "a text of progress"),
        (failed(403, "Fax canceled."), "the user canceled it"),
        (failed(12077, "ORIGINATOR_CANCEL"), "the user canceled it"),
        (failed(9023), "the card was declined"),
        (failed(12012), "no credit"),
        (failed(12033, "USER_NOT_REGISTERED"), "the line is offline, and the table plans nothing"),
        (failed(6021), "one of its two meanings can have printed pages"),
        (failed(6100), "one of its two meanings can have printed pages"),
        (failed(6002), "the number cannot be reached"),
    ],
)
def test_no_second_try_by_itself_where_it_is_not_safe(
    catalogue: Catalogue, report: SentReport, why: str
) -> None:
    assert next_try(catalogue, report, 1) is None, why


def test_looks_for_a_doubtful_fax_grow_rare_and_end_after_a_day() -> None:
    pauses = [next_look(looks) for looks in range(30)]
    assert pauses[:5] == [
        timedelta(seconds=10),
        timedelta(seconds=30),
        timedelta(minutes=2),
        timedelta(minutes=10),
        timedelta(minutes=30),
    ]
    assert pauses[5:] == [timedelta(hours=1)] * 24 + [None]


def test_the_wait_for_a_network_grows_to_two_minutes() -> None:
    assert offline_wait(0) == timedelta(seconds=5)
    assert offline_wait(1000) == timedelta(minutes=2)


def test_a_service_that_does_not_answer_is_asked_less_and_less() -> None:
    pauses = [status_pause(timedelta(0), 3.0, misses) for misses in (0, 1, 2, 3, 50)]
    assert pauses == [3.0, 6.0, 12.0, 24.0, 600.0]


def test_old_faxes_are_asked_for_seldom() -> None:
    pauses = [status_pause(timedelta(minutes=age), 3.0) for age in (0, 5, 60)]
    assert pauses == [3.0, 15.0, 60.0]


def test_of_two_meanings_of_a_code_the_message_decides(catalogue: Catalogue) -> None:
    assert next_try(catalogue, failed(6021, "CALL_REJECTED"), 1) == timedelta(minutes=2)
    assert next_try(catalogue, failed(6021, "CALL_REJECTED"), 2) is None
    assert next_try(catalogue, failed(6002, "NO_ROUTE_TRANSIT_NET"), 1) == timedelta(minutes=2)
