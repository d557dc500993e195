"""The judge finds what is planted: a double send, a loss, a lie, and what else may not be; and nothing where all is well."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from ifax_desktop.domain.cover import Cover
from ifax_desktop.domain.form import Form
from tests.crash.judge import judge
from tests.crash.shown import Row, Shown
from tests.crash.truth import Arrived, Asked, Heard, Sending, TrueJob, Truth, Typed
from tests.crash.verdict import Fault

NOW = 1_000_000.0
LETTER, SECOND, SCAN = "a" * 64, "b" * 64, "c" * 64

Plant = Callable[[Truth, Shown], object]


def fax_row(fax: int, state: str, **more: object) -> Row:
    """A row of the archive as SQLite gives it."""
    row: Row = {
        "id": fax,
        "direction": "sent",
        "state": state,
        "number": "+12125550143",
        "typed": "+12125550143",
        "name": "",
        "own_number": "",
        "document": LETTER,
        "quality": "Standard",
        "attempt": fax,
        "job_id": "",
        "transaction_id": "",
        "due_at": None,
        "waiting": "",
        "send_at": None,
    }
    return {**row, **more}


def attempt_row(fax: int, outcome: str, **more: object) -> Row:
    """An attempt of the fax with the same number, whose last piece went."""
    row: Row = {
        "id": fax,
        "fax": fax,
        "file_name": f"fax-{fax}.pdf",
        "handed_over_at": 1,
        "job_id": "",
        "outcome": outcome,
    }
    return {**row, **more}


def job(
    job_id: str, status: str = "delivered", *, file_name: str = "fax-1.pdf", at: float = NOW - 100
) -> TrueJob:
    """A job that ended ten seconds after it was accepted."""
    return TrueJob(job_id, "+12125550143", LETTER, file_name, at, status, at + 10)


def world() -> tuple[Truth, Shown]:
    """One fax delivered, one not certain for a good reason, one received, one draft: all as it must be."""
    truth = Truth(
        "live-secret",
        faxes={1: Asked(1, "+12125550143", LETTER), 2: Asked(2, "+12125550143", SECOND)},
        drafts={9: Typed(Form("+12125550143", "Dr. Ames"))},
        jobs=[job("71")],
        received=[Arrived("81", "91", SCAN)],
        sendings={
            "fax-1.pdf": Sending("fax-1.pdf", Heard.GOOD),
            "fax-2.pdf": Sending("fax-2.pdf", Heard.LOST),
        },
        words={"referral.pdf"},
    )
    received = fax_row(5, "received", direction="received", document=SCAN, job_id="81", transaction_id="91")
    shown = Shown(
        faxes={
            1: fax_row(1, "delivered", job_id="71"),
            2: fax_row(2, "doubtful", document=SECOND),
            5: received,
            9: fax_row(9, "draft", name="Dr. Ames", document="", attempt=None),
        },
        attempts={1: attempt_row(1, "delivered", job_id="71"), 2: attempt_row(2, "doubtful")},
        covers={9: {"fax": 9, "kind": "none", "notice": Cover().notice}},
        documents={LETTER: True, SECOND: True, SCAN: True},
        logs={"ifax-desktop.log": "2026-11-23 19:05:05,654 WARNING ifax_desktop: all is well"},
    )
    return truth, shown


def faults(truth: Truth, shown: Shown) -> set[Fault]:
    """What the judge finds."""
    return {violation.fault for violation in judge(truth, shown, NOW).violations}


def test_where_all_is_well_nothing_is_found() -> None:
    verdict = judge(*world(), NOW)
    assert verdict.violations == []
    assert verdict.counts["not certain: it came in whole and was not taken"] == 1
    assert verdict.counts["shown delivered"] == 1
    assert verdict.logged == {"WARNING ifax_desktop: all is well": 1}


def sent_twice(truth: Truth, shown: Shown) -> None:
    truth.jobs.append(job("72", at=NOW - 95))


def sent_again_before_the_first_had_ended(truth: Truth, shown: Shown) -> None:
    truth.jobs[0] = job("70", "failed", at=NOW - 102)
    truth.jobs.append(job("71", at=NOW - 100))


def about_to_be_sent_twice(truth: Truth, shown: Shown) -> None:
    shown.faxes[1].update(state="queued", due_at=(NOW + 60) * 1000)


def lost(truth: Truth, shown: Shown) -> None:
    del shown.faxes[1]


def lost_document(truth: Truth, shown: Shown) -> None:
    shown.documents[LETTER] = False


def a_draft_again(truth: Truth, shown: Shown) -> None:
    truth.jobs.clear()
    shown.faxes[1].update(state="draft")


def put_back_by_guess(truth: Truth, shown: Shown) -> None:
    shown.faxes[2].update(state="queued", due_at=(NOW + 60) * 1000)


def sent_again_by_guess(truth: Truth, shown: Shown) -> None:
    shown.attempts[3] = attempt_row(2, "accepted", id=3, file_name="fax-3.pdf", job_id="73")
    shown.faxes[2].update(state="delivered", attempt=3, job_id="73")
    truth.jobs.append(replace(job("73", file_name="fax-3.pdf"), document=SECOND))


def given_up_by_guess(truth: Truth, shown: Shown) -> None:
    shown.faxes[2].update(state="failed")


def sent_after_it_was_taken_back(truth: Truth, shown: Shown) -> None:
    truth.faxes[1].canceled_at = NOW - 200


def sent_before_its_time(truth: Truth, shown: Shown) -> None:
    truth.faxes[1].not_before = NOW


def called_delivered_and_failed(truth: Truth, shown: Shown) -> None:
    truth.jobs[0] = job("71", "failed")


def called_delivered_and_never_taken(truth: Truth, shown: Shown) -> None:
    truth.jobs.clear()


def called_failed_and_delivered(truth: Truth, shown: Shown) -> None:
    shown.faxes[1].update(state="failed")


def called_canceled_and_delivered(truth: Truth, shown: Shown) -> None:
    shown.faxes[1].update(state="canceled")


def called_somebody_elses(truth: Truth, shown: Shown) -> None:
    shown.faxes[6] = fax_row(6, "delivered", elsewhere=1, job_id="71")


def without_an_intent(truth: Truth, shown: Shown) -> None:
    truth.jobs[0] = job("71", file_name="something-else.pdf")


def of_no_fax_here(truth: Truth, shown: Shown) -> None:
    truth.jobs.append(replace(job("74"), document="d" * 64))


def not_certain_though_answered(truth: Truth, shown: Shown) -> None:
    truth.sendings["fax-2.pdf"] = Sending("fax-2.pdf", Heard.GOOD)


def not_certain_though_never_whole(truth: Truth, shown: Shown) -> None:
    shown.attempts[2]["handed_over_at"] = None


def still_on_its_way(truth: Truth, shown: Shown) -> None:
    shown.faxes[1].update(state="accepted")


def still_being_sent(truth: Truth, shown: Shown) -> None:
    shown.faxes[1].update(state="sending")


def due_and_not_sent(truth: Truth, shown: Shown) -> None:
    truth.jobs.clear()
    shown.faxes[1].update(state="queued", due_at=(NOW - 60) * 1000)


def received_and_gone(truth: Truth, shown: Shown) -> None:
    del shown.faxes[5]


def received_and_kept_twice(truth: Truth, shown: Shown) -> None:
    shown.faxes[6] = {**shown.faxes[5], "id": 6}


def received_by_halves(truth: Truth, shown: Shown) -> None:
    shown.faxes[5]["document"] = LETTER


def awaited_and_asked_for_no_more(truth: Truth, shown: Shown) -> None:
    shown.awaited["81", "91"] = {"next_try": None}
    del shown.faxes[5]


def awaited_and_kept(truth: Truth, shown: Shown) -> None:
    shown.awaited["81", "91"] = {"next_try": NOW * 1000}


def never_received(truth: Truth, shown: Shown) -> None:
    truth.received.clear()


def a_half_file(truth: Truth, shown: Shown) -> None:
    truth.half_files.append("fax.pdf")


def draft_gone(truth: Truth, shown: Shown) -> None:
    del shown.faxes[9]


def draft_of_earlier(truth: Truth, shown: Shown) -> None:
    shown.faxes[9]["name"] = "Dr. A"


def damaged(truth: Truth, shown: Shown) -> None:
    shown.damage.append("row 3 missing from index fax_newest")


def left_behind(truth: Truth, shown: Shown) -> None:
    shown.leftovers.append("account/documents/incoming/0123")


def key_in_a_log(truth: Truth, shown: Shown) -> None:
    shown.logs["ifax-desktop.log"] += "\nthe key is live-secret"


def number_in_a_log(truth: Truth, shown: Shown) -> None:
    shown.logs["ifax-desktop.log"] += "\nto (1) 2125550143"


def name_in_a_log(truth: Truth, shown: Shown) -> None:
    shown.logs["ifax-desktop.log"] += "\nreferral.pdf cannot be read"


def ended_by_itself(truth: Truth, shown: Shown) -> None:
    truth.complaints.append("the program ended by itself")


PLANTED: dict[Plant, set[Fault]] = {
    sent_twice: {Fault.TWICE},
    sent_again_before_the_first_had_ended: {Fault.TWICE},
    about_to_be_sent_twice: {Fault.ABOUT_TO_BE_TWICE},
    lost: {Fault.LOST},
    lost_document: {Fault.LOST},
    a_draft_again: {Fault.LOST},
    put_back_by_guess: {Fault.BY_GUESS},
    sent_again_by_guess: {Fault.BY_GUESS},
    given_up_by_guess: {Fault.BY_GUESS},
    sent_after_it_was_taken_back: {Fault.CANCELED_AND_SENT},
    sent_before_its_time: {Fault.TOO_EARLY},
    called_delivered_and_failed: {Fault.UNTRUE},
    called_delivered_and_never_taken: {Fault.UNTRUE},
    called_failed_and_delivered: {Fault.UNTRUE},
    called_canceled_and_delivered: {Fault.UNTRUE},
    called_somebody_elses: {Fault.UNTRUE},
    without_an_intent: {Fault.NEVER_ASKED},
    of_no_fax_here: {Fault.NEVER_ASKED},
    not_certain_though_answered: {Fault.WITHOUT_CAUSE},
    not_certain_though_never_whole: {Fault.WITHOUT_CAUSE},
    still_on_its_way: {Fault.STUCK},
    still_being_sent: {Fault.STUCK},
    due_and_not_sent: {Fault.STUCK},
    received_and_gone: {Fault.RECEIVED_LOST},
    received_and_kept_twice: {Fault.RECEIVED_TWICE},
    received_by_halves: {Fault.RECEIVED_HALF},
    awaited_and_asked_for_no_more: {Fault.RECEIVED_LOST},
    awaited_and_kept: {Fault.INVENTED},
    never_received: {Fault.INVENTED},
    a_half_file: {Fault.RECEIVED_HALF},
    draft_gone: {Fault.DRAFT_LOST},
    draft_of_earlier: {Fault.DRAFT_LOST},
    damaged: {Fault.DAMAGED},
    left_behind: {Fault.LEFT_BEHIND},
    key_in_a_log: {Fault.TOLD_IN_LOG},
    number_in_a_log: {Fault.TOLD_IN_LOG},
    name_in_a_log: {Fault.TOLD_IN_LOG},
    ended_by_itself: {Fault.MISBEHAVED},
}


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_what_is_planted_is_found(plant: Plant) -> None:
    truth, shown = world()
    plant(truth, shown)
    assert faults(truth, shown) == PLANTED[plant]


def test_every_fault_is_planted_somewhere() -> None:
    assert set().union(*PLANTED.values()) == set(Fault)


def test_a_violation_tells_what_shows_it() -> None:
    truth, shown = world()
    sent_twice(truth, shown)
    [violation] = judge(truth, shown, NOW).violations
    told = str(violation)
    assert "job 72 began while 71 was not known as failed" in told
    assert "fax-1.pdf" in told
    assert "TrueJob(job_id='72'" in told


def test_sending_again_a_fax_that_failed_is_right() -> None:
    truth, shown = world()
    truth.jobs.insert(0, job("70", "failed", file_name="fax-0.pdf", at=NOW - 300))
    shown.attempts[0] = attempt_row(1, "failed", id=0, file_name="fax-0.pdf", job_id="70")
    assert faults(truth, shown) == set()
    assert judge(truth, shown, NOW).counts["sends of faxes sent before"] == 1


def test_twice_is_right_if_the_user_wanted_it() -> None:
    truth, shown = world()
    sent_again_by_guess(truth, shown)
    truth.jobs.append(replace(job("75", file_name="fax-2.pdf", at=NOW - 105), document=SECOND))
    truth.faxes[2].agreed = 1
    assert faults(truth, shown) == set()


def test_not_certain_is_right_after_a_kill_though_the_answer_was_good() -> None:
    truth, shown = world()
    not_certain_though_answered(truth, shown)
    truth.cut_off.add(2)
    truth.jobs.append(replace(job("76", file_name="fax-2.pdf"), document=SECOND))
    verdict = judge(truth, shown, NOW)
    assert verdict.violations == []
    assert verdict.counts["not certain: the service has it"] == 1


def test_what_nobody_can_know_of_a_doubtful_fax_is_counted() -> None:
    truth, shown = world()
    del truth.sendings["fax-2.pdf"]
    assert judge(truth, shown, NOW).counts["not certain: its last piece never came in"] == 1


def test_a_received_fax_the_service_does_not_give_yet_is_not_lost() -> None:
    truth, shown = world()
    awaited_and_kept(truth, shown)
    del shown.faxes[5]
    verdict = judge(truth, shown, NOW)
    assert verdict.violations == []
    assert verdict.counts["faxes received: awaited, and shown as such"] == 1


def test_a_draft_may_be_as_it_was_just_being_kept() -> None:
    truth, shown = world()
    draft_of_earlier(truth, shown)
    truth.drafts[9].on_its_way = Form("+12125550143", "Dr. A")
    assert faults(truth, shown) == set()
