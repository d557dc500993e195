"""A doubtful fax is adopted only where no other reading is possible."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ifax_desktop.delivery.reconcile import certain_match, highest
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.outbox import Doubt

DOUBT = Doubt(
    fax=1,
    attempt=1,
    number="+12025550143",
    own_number="+12025550119",
    pages=3,
    above_job_id="100",
    started_at=datetime(2026, 11, 23, tzinfo=UTC),
    file_name="fax-1.pdf",
)
JOB = SentReport("101", "sending", from_number="+12025550119", to_number="+12025550143", pages=3)
OTHER = replace(DOUBT, fax=2, attempt=2, number="+12025550187")


def test_the_only_stranger_that_fits_is_the_fax() -> None:
    ours = replace(JOB, job_id="99")
    assert certain_match(DOUBT, [DOUBT], [JOB, ours], {"99"}) is JOB


@pytest.mark.parametrize("pages", [None, 0, 3, 4])
def test_pages_that_are_not_known_yet_or_count_a_service_cover_fit(pages: int | None) -> None:
    job = replace(JOB, pages=pages)
    assert certain_match(DOUBT, [DOUBT], [job], set()) is job


@pytest.mark.parametrize(
    "job",
    [
        replace(JOB, to_number="+12025550144"),
        replace(JOB, from_number="+12025550160"),
        replace(JOB, job_id="100"),
        replace(JOB, job_id="odd"),
        replace(JOB, pages=7),
    ],
)
def test_what_does_not_fit_is_not_taken(job: SentReport) -> None:
    assert certain_match(DOUBT, [DOUBT], [job], set()) is None


def test_absence_proves_nothing() -> None:
    assert certain_match(DOUBT, [DOUBT], [], set()) is None


def test_two_that_fit_need_a_person() -> None:
    assert certain_match(DOUBT, [DOUBT], [JOB, replace(JOB, job_id="102")], set()) is None


def test_a_job_sent_from_elsewhere_leaves_it_to_a_person() -> None:
    stranger = replace(JOB, job_id="102", to_number="+13125550188")
    assert certain_match(DOUBT, [DOUBT], [JOB, stranger], set()) is None


def test_two_doubtful_faxes_to_two_numbers_find_their_own() -> None:
    second = replace(JOB, job_id="102", to_number=OTHER.number)
    doubts = [DOUBT, OTHER]
    assert certain_match(DOUBT, doubts, [JOB, second], set()) is JOB
    assert certain_match(OTHER, doubts, [JOB, second], set()) is second


def test_a_job_that_fits_two_doubtful_faxes_is_given_to_neither() -> None:
    twin = replace(DOUBT, fax=3, attempt=3)
    assert certain_match(DOUBT, [DOUBT, twin], [JOB], set()) is None


def test_without_a_look_at_the_list_before_the_attempt_a_person_decides() -> None:
    assert certain_match(replace(DOUBT, above_job_id=None), [DOUBT], [JOB], set()) is None


def test_the_list_ends_at_its_highest_number() -> None:
    reports = [replace(JOB, job_id=job) for job in ("9", "100", "odd")]
    assert highest(reports) == "100"
    assert highest([]) == ""
