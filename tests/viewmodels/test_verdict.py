"""The card: what happened, what it means, what to do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ifax_desktop.domain.failures import Advice, Catalogue
from ifax_desktop.domain.fax import (
    Direction,
    Event,
    Fax,
    FaxDetail,
    Happening,
    Standing,
    State,
    Stop,
    Usual,
    Waiting,
)
from ifax_desktop.domain.number import show
from ifax_desktop.paths import resources
from ifax_desktop.viewmodels import times
from ifax_desktop.viewmodels.verdict import Act, Verdict, verdict

NOW = datetime(2026, 11, 23, 14, 26).astimezone(UTC)
FAX = Fax(
    1, Direction.SENT, State.FAILED, "+12025550178", "Hill Street", "", 12, NOW, job_id="7204408", tries=1
)
BANNED = ("error", "failed", "invalid", "job", "queue", "payload", "retry", "submit", "please", "sorry", "!")


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.read((resources() / "error-codes.csv").read_text("utf-8"))


def say(catalogue: Catalogue, fax: Fax, *events: Event) -> Verdict:
    return verdict(FaxDetail(fax, events=events), catalogue, NOW)


def test_a_number_out_of_service_is_edited(catalogue: Catalogue) -> None:
    card = say(catalogue, replace(FAX, code=3912, message="UNALLOCATED_NUMBER", service_status="failed"))
    assert (card.tone, card.title) == ("bad", "This number is not in service")
    assert (card.act, card.button) == (Act.EDIT, "Edit number and send")
    assert show("+12025550178") in card.sentences
    assert card.details == "failed UNALLOCATED_NUMBER 3912\nFax 7204408 of the service"


def test_the_same_fax_is_tried_again_only_where_no_page_can_print_twice(catalogue: Catalogue) -> None:
    busy = replace(FAX, code=263, message="USER_BUSY", tries=6)
    card = say(catalogue, busy)
    assert (card.act, card.button) == (Act.TRY_AGAIN, "Try again")
    assert "6 tries" in card.sentences
    halfway = say(catalogue, replace(busy, pages_done=7))
    assert (halfway.act, halfway.button) == (Act.SEND_AGAIN, "Send again")
    assert "7 of 12 pages arrived. Sent again, they would print twice." in halfway.sentences


def test_a_text_of_success_is_not_shown_as_the_reason(catalogue: Catalogue) -> None:
    fax = replace(FAX, code=0, message="NORMAL_CLEARING", service_status="failed")
    card = say(catalogue, fax)
    assert (card.tone, card.title) == ("bad", "This fax did not get through")
    assert card.sentences.startswith("The service does not say why.")
    assert (card.act, card.details[:24]) == (Act.SUPPORT, "failed NORMAL_CLEARING 0")


def test_a_line_that_is_offline_is_not_taken_for_the_account(catalogue: Catalogue) -> None:
    fax = replace(FAX, code=12033, message="USER_NOT_REGISTERED")
    assert say(catalogue, replace(fax, service_status="failed")).title == "The receiving line is offline"
    assert say(catalogue, fax).title == "This user is not registered"


def test_a_busy_line_has_a_plan_and_nobody_has_to_act(catalogue: Catalogue) -> None:
    due = NOW + timedelta(minutes=6)
    fax = replace(FAX, state=State.QUEUED, waiting=Waiting.RETRY, due_at=due, code=263, message="USER_BUSY")
    card = say(catalogue, fax)
    assert card.tone == "plain"
    assert card.sentences == f"Next try by itself at {times.clock(due)}, in 6 minutes."
    assert card.strong == (times.clock(due),)
    assert (card.act, card.link_act, card.aside) == (Act.TRY_NOW, Act.CANCEL, "Try 2 of 6")
    late = say(catalogue, replace(fax, due_at=NOW - timedelta(seconds=1)))
    assert late.sentences == "The next try starts by itself now."


def test_a_doubtful_fax_is_never_sent_again_by_guess(catalogue: Catalogue) -> None:
    lost = Event(NOW - timedelta(minutes=3), Happening.DOUBTFUL, "timeout")
    card = say(catalogue, replace(FAX, state=State.DOUBTFUL), lost)
    assert (card.tone, card.act) == ("warn", Act.LOOK_AGAIN)
    assert f"was lost at {times.clock(lost.at)}" in card.sentences
    assert "will not be sent again by guess" in card.sentences


def test_a_refused_key_leads_to_the_key(catalogue: Catalogue) -> None:
    card = say(catalogue, replace(FAX, state=State.QUEUED, waiting=Waiting.SIGN_IN))
    assert (card.tone, card.act) == ("warn", Act.MEND_KEY)


def test_delivered_says_date_time_and_zone_and_what_it_does_not_mean(catalogue: Catalogue) -> None:
    card = say(catalogue, replace(FAX, state=State.DELIVERED, ended_at=NOW, pages=8))
    assert (card.tone, card.title, card.act) == ("ok", "Their fax machine took all 8 pages", None)
    assert card.sentences.startswith(f"{times.whole(NOW)}, at the first try. ")
    assert "does not mean that a person has read it" in card.sentences
    again = say(catalogue, replace(FAX, state=State.DELIVERED, ended_at=NOW, pages=1, tries=3))
    assert again.title == "Their fax machine took the page"
    assert "after 3 tries" in again.sentences


def test_the_page_on_the_line_and_a_word_nobody_knows(catalogue: Catalogue) -> None:
    sending = replace(FAX, state=State.ACCEPTED, pages_done=3, service_status="sending")
    assert say(catalogue, sending).title == "Page 4 of 12 is on the line"
    assert say(catalogue, replace(sending, pages=None)).title == "Page 4 is on the line"
    assert say(catalogue, replace(sending, pages_done=None)).title == "The service has the fax and sends it"
    strange = say(catalogue, replace(sending, service_status="re-routed"))
    assert strange.title == "The service says “re-routed”"
    assert "re-routed" in strange.details


@pytest.mark.parametrize("waiting", Waiting)
@pytest.mark.parametrize("due_in", [-60, 0, 30, 7200, 86400])
def test_every_kind_of_waiting_says_what_will_be(catalogue: Catalogue, waiting: Waiting, due_in: int) -> None:
    fax = replace(FAX, state=State.QUEUED, waiting=waiting, due_at=NOW + timedelta(seconds=due_in))
    card = say(catalogue, fax)
    assert card.title
    assert card.sentences
    assert card.link_act is Act.CANCEL


@pytest.mark.parametrize("state", [state for state in State if state is not State.RECEIVED])
def test_every_state_has_a_card_in_plain_words(catalogue: Catalogue, state: State) -> None:
    card = say(catalogue, replace(FAX, state=state, code=None))
    words = f"{card.title} {card.sentences} {card.button} {card.link}".lower()
    assert card.title
    assert not [word for word in BANNED if word in words]
    assert not (card.link and card.details)


BY_ADVICE = {
    Advice.NUMBER: {Act.EDIT},
    Advice.DOCUMENT: {Act.SEND_AGAIN},
    Advice.SUPPORT: {Act.SUPPORT},
    Advice.ACCOUNT: {Act.OPEN_ACCOUNT, Act.EDIT},
    Advice.RETRY: {Act.TRY_AGAIN, Act.SEND_AGAIN},
    Advice.NOTHING: {Act.SEND_AGAIN},
}


def test_every_row_of_the_catalogue_makes_a_card_with_the_button_that_fits(catalogue: Catalogue) -> None:
    for rows in catalogue._rows.values():
        for failure in rows:
            card = say(catalogue, replace(FAX, code=failure.code, message=failure.message))
            known = catalogue.reason(failure.code, failure.message)
            assert card.act in BY_ADVICE[known.advice], failure
            assert card.title
            assert card.button
            assert str(failure.code) in card.details


@pytest.mark.parametrize(
    ("code", "act", "button"),
    [
        (3912, Act.EDIT, "Edit number and send"),
        (9042, Act.SEND_AGAIN, "Attach again"),
        (9040, Act.OPEN_ACCOUNT, "Add credit"),
        (-3007, Act.OPEN_ACCOUNT, "Open your account"),
        (120103, Act.EDIT, "Choose another sender"),
        (256, Act.SUPPORT, "Contact support"),
        (263, Act.TRY_AGAIN, "Try again"),
        (9009, Act.SEND_AGAIN, "Send again"),
        (424242, Act.SUPPORT, "Contact support"),
    ],
)
def test_each_cause_has_its_button(catalogue: Catalogue, code: int, act: Act, button: str) -> None:
    card = say(catalogue, replace(FAX, code=code, service_status="failed"))
    assert (card.act, card.button) == (act, button)


def test_a_reason_of_our_own_is_not_put_into_the_mouth_of_the_service(catalogue: Catalogue) -> None:
    words = "A document on this computer's disk is damaged. Attach it again."
    card = say(catalogue, replace(FAX, message=words, own_words=True))
    assert card.title == "A document on this computer's disk is damaged"
    assert card.sentences == "Attach it again. Nothing more is sent by itself."
    assert "damaged" not in card.details


def test_a_late_fax_asks_first(catalogue: Catalogue) -> None:
    due = NOW - timedelta(hours=13)
    card = say(catalogue, replace(FAX, state=State.QUEUED, waiting=Waiting.LATE, due_at=due))
    assert (card.tone, card.act, card.button) == ("warn", Act.TRY_NOW, "Send it now")
    assert times.in_sentence(due, NOW) in card.sentences


def test_a_fax_for_later_says_that_the_program_must_be_open(catalogue: Catalogue) -> None:
    due = NOW + timedelta(hours=4)
    card = say(catalogue, replace(FAX, state=State.QUEUED, waiting=Waiting.SCHEDULED, due_at=due))
    assert card.title == f"This fax goes out {times.in_sentence(due, NOW)}"
    assert "must be open" in card.sentences


def standing(catalogue: Catalogue, fax: Fax, known: Standing, *events: Event) -> Verdict:
    return verdict(FaxDetail(fax, events=events, standing=known), catalogue, NOW)


def test_longer_than_usual_is_said_from_what_is_known(catalogue: Catalogue) -> None:
    fax = replace(FAX, state=State.ACCEPTED, service_status="sending")
    usual = Usual(7, timedelta(minutes=4))
    young = Standing(NOW - timedelta(minutes=3), usual=usual)
    assert "longer" not in standing(catalogue, fax, young).sentences
    old = replace(young, accepted_at=NOW - timedelta(minutes=9))
    said = standing(catalogue, fax, old).sentences
    assert "longer than usual: the last 7 faxes to this number took 4 minutes at most" in said
    nobody = standing(catalogue, fax, replace(old, usual=None, accepted_at=NOW - timedelta(hours=1)))
    assert "is not known yet" in nobody.sentences


def test_a_service_that_does_not_say_how_it_stands_is_said(catalogue: Catalogue) -> None:
    fax = replace(FAX, state=State.ACCEPTED)
    since = NOW - timedelta(minutes=20)
    card = standing(catalogue, fax, Standing(since, silent_since=since, silence="FAX status request failed."))
    assert (card.tone, card.title) == ("warn", "The service does not say how this fax stands")
    assert times.in_text(since, NOW) in card.sentences
    assert "FAX status request failed." in card.details


@pytest.mark.parametrize("stop", [Stop.WANTED, Stop.ASKED])
@pytest.mark.parametrize("state", [State.SENDING, State.ACCEPTED])
def test_a_wish_to_stop_is_not_called_canceled(catalogue: Catalogue, state: State, stop: Stop) -> None:
    card = say(catalogue, replace(FAX, state=state, stop=stop))
    assert card.title == "The service is asked to stop this fax"
    assert "was canceled" not in card.sentences


@pytest.mark.parametrize(
    ("code", "said", "title"),
    [
        (-162, "Fax can not be cancel now.", "Too late to cancel: the fax is already being sent"),
        (12048, "FAX cancel request failed.", "Cancelling did not work"),
        (None, "The service does not know the request.", "The service does not stop this fax"),
    ],
)
def test_why_it_was_not_stopped_is_said_in_words(
    catalogue: Catalogue, code: int | None, said: str, title: str
) -> None:
    refusal = Event(NOW, Happening.STOP_REFUSED, said, code=code)
    card = say(catalogue, replace(FAX, state=State.ACCEPTED, stop=Stop.REFUSED), refusal)
    assert card.title == title
    assert "we show how it ends" in card.sentences
    assert said in f"{card.details} {card.sentences}"


@pytest.mark.parametrize(
    ("known", "words"),
    [
        (Standing(), "We look for it at the service by ourselves."),
        (Standing(looks=3, looked_at=NOW - timedelta(minutes=1)), "and look again at"),
        (Standing(looks=3, looked_at=NOW - timedelta(hours=1)), "and look again now"),
        (Standing(looks=29, looked_at=NOW - timedelta(hours=1)), "do not look by ourselves any more"),
    ],
)
def test_the_looks_for_a_doubtful_fax_are_told(catalogue: Catalogue, known: Standing, words: str) -> None:
    fax = replace(FAX, state=State.DOUBTFUL)
    assert words in standing(catalogue, fax, known).sentences
    wanted = standing(catalogue, replace(fax, stop=Stop.WANTED), known)
    assert "As you want it stopped" in wanted.sentences


def test_a_fax_sent_elsewhere_needs_nobody_here(catalogue: Catalogue) -> None:
    fax = replace(FAX, elsewhere=True, code=263, message="USER_BUSY", service_status="failed")
    card = say(catalogue, fax)
    assert (card.tone, card.act) == ("plain", None)
    assert card.title == "Another program of your account sent this fax"
    assert card.sentences.startswith("The line is busy.")


def test_a_paused_outbox_goes_on_by_one_button(catalogue: Catalogue) -> None:
    fax = replace(FAX, state=State.QUEUED, waiting=Waiting.RETRY, due_at=NOW, code=263)
    card = verdict(FaxDetail(fax), catalogue, NOW, paused=True)
    assert (card.act, card.button) == (Act.RESUME, "Go on sending")
