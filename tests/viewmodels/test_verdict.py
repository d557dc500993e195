"""The card: what happened, what it means, what to do."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.fax import Direction, Event, Fax, FaxDetail, Happening, State, Waiting
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
    assert (card.act, card.details[:24]) == (Act.SEND_AGAIN, "failed NORMAL_CLEARING 0")


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
    assert f"broke at {times.clock(lost.at)}" in card.sentences
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


def test_every_row_of_the_catalogue_makes_a_card(catalogue: Catalogue) -> None:
    for rows in catalogue._rows.values():
        for failure in rows:
            card = say(catalogue, replace(FAX, code=failure.code, message=failure.message))
            assert card.act in (Act.EDIT, Act.TRY_AGAIN, Act.SEND_AGAIN)
            assert card.title
            assert str(failure.code) in card.details
