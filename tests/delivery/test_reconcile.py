"""What could be a doubtful fax, and what must be it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from ifax_desktop.delivery.reconcile import candidates, highest, may_be_there, named, only_reading, strangers
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
    assert only_reading(DOUBT, [DOUBT], [JOB, ours], {"99"}) is JOB


@pytest.mark.parametrize("pages", [None, 0, 3, 4])
def test_pages_that_are_not_known_yet_or_count_a_service_cover_fit(pages: int | None) -> None:
    job = replace(JOB, pages=pages)
    assert only_reading(DOUBT, [DOUBT], [job], set()) is job


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
    assert only_reading(DOUBT, [DOUBT], [job], set()) is None


def test_absence_proves_nothing() -> None:
    assert only_reading(DOUBT, [DOUBT], [], set()) is None


def test_two_that_fit_need_a_person() -> None:
    assert only_reading(DOUBT, [DOUBT], [JOB, replace(JOB, job_id="102")], set()) is None


def test_a_job_sent_from_elsewhere_leaves_it_to_a_person() -> None:
    stranger = replace(JOB, job_id="102", to_number="+13125550188")
    assert only_reading(DOUBT, [DOUBT], [JOB, stranger], set()) is None


def test_two_doubtful_faxes_to_two_numbers_find_their_own() -> None:
    second = replace(JOB, job_id="102", to_number=OTHER.number)
    doubts = [DOUBT, OTHER]
    assert only_reading(DOUBT, doubts, [JOB, second], set()) is JOB
    assert only_reading(OTHER, doubts, [JOB, second], set()) is second


def test_a_job_that_fits_two_doubtful_faxes_is_given_to_neither() -> None:
    twin = replace(DOUBT, fax=3, attempt=3)
    assert only_reading(DOUBT, [DOUBT, twin], [JOB], set()) is None


def test_without_a_look_at_the_list_before_the_attempt_a_person_decides() -> None:
    assert only_reading(replace(DOUBT, above_job_id=None), [DOUBT], [JOB], set()) is None


def test_the_list_ends_at_its_highest_number() -> None:
    reports = [replace(JOB, job_id=job) for job in ("9", "100", "odd")]
    assert highest(reports) == "100"
    assert highest([]) == ""


def test_the_echoed_name_of_our_file_is_proof_whatever_else_the_list_says() -> None:
    echo = replace(JOB, job_id="7", to_number="", raw={"faxData": [{"fileName": "fax-1.pdf"}]})
    assert named(DOUBT, [JOB, echo]) is echo
    assert named(DOUBT, [JOB]) is None
    assert named(DOUBT, [echo, replace(echo, job_id="8")]) is None, "two that say so are none"


def test_numbers_are_compared_by_their_digits() -> None:
    assert candidates(DOUBT, [replace(JOB, to_number="1 (202) 555-0143", from_number="12025550119")], set())


def test_candidates_are_all_that_could_be_it_and_are_not_known() -> None:
    ours = replace(JOB, job_id="102")
    other = replace(JOB, job_id="103", to_number=OTHER.number)
    later = replace(JOB, job_id="104")
    assert candidates(DOUBT, [later, other, ours, JOB], {"102"}) == [later, JOB]
    assert may_be_there(DOUBT, [JOB], set())
    assert not may_be_there(DOUBT, [other], set())


def test_without_a_look_before_the_attempt_everything_to_the_number_is_a_candidate() -> None:
    assert candidates(replace(DOUBT, above_job_id=None), [replace(JOB, job_id="5")], set())


def test_pages_nobody_knows_fit_everything() -> None:
    assert candidates(replace(DOUBT, pages=0), [JOB], set()) == [JOB]


def test_strangers_are_jobs_that_no_open_attempt_can_explain() -> None:
    elsewhere = replace(JOB, job_id="102", to_number="+13125550188")
    assert strangers([DOUBT], [JOB, elsewhere, replace(elsewhere, job_id="1")], {"1"}) == [elsewhere]
