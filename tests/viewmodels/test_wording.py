"""A fax in words: rows, states, counts."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from ifax_desktop.domain.fax import Direction, Fax, State, Waiting
from ifax_desktop.domain.number import show
from ifax_desktop.viewmodels import times, wording

NUMBER = show("+12025550143")
NOW = datetime(2026, 11, 23, 14, 26).astimezone(UTC)
FAX = Fax(1, Direction.SENT, State.QUEUED, "+12025550143", "Dr. Ames", "+12025550119", 5, NOW)
SOON = NOW + timedelta(minutes=6)


def test_a_row_says_who_how_much_and_how_it_stands() -> None:
    fax = replace(FAX, waiting=Waiting.RETRY, due_at=SOON, message="USER_BUSY")
    row = wording.fax_row(fax, NOW)
    assert (row.name, row.number, row.facts) == ("Dr. Ames", NUMBER, ("5 pages",))
    assert (row.icon_state, row.slot) == ("waiting", f"Busy, next {times.clock(SOON)}")
    assert row.sentence == (
        f"Dr. Ames, {NUMBER}, 5 pages, Waiting to send, Busy, next {times.clock(SOON)}, "
        f"Today, {times.clock(NOW)}"
    )


def test_without_a_name_the_number_is_the_name_and_stands_once() -> None:
    row = wording.fax_row(replace(FAX, name="", pages=1), NOW)
    assert (row.name, row.number, row.facts) == (NUMBER, "", ("1 page",))


def test_an_unknown_sender_is_called_so() -> None:
    fax = replace(FAX, name="", direction=Direction.RECEIVED, state=State.RECEIVED, unread=True)
    row = wording.fax_row(fax, NOW)
    assert row.facts == ("Unknown sender", "5 pages")
    assert (row.unread, row.slot, row.icon_state) == (True, "", "")
    assert row.sentence.startswith("Unread, ")
    assert wording.title(replace(fax, number="")) == "Hidden number"


@pytest.mark.parametrize(
    ("waiting", "due_in", "message", "words"),
    [
        (Waiting.TURN, 0, "", "Waiting to send"),
        (Waiting.UNDO, 10, "", "Waiting to send"),
        (Waiting.OFFLINE, 60, "", "Waiting for network"),
        (Waiting.SIGN_IN, 0, "", "Waiting for the key"),
        (Waiting.RETRY, 360, "NO_ANSWER", "No answer, next {0}"),
        (Waiting.RETRY, 360, "NORMAL_TEMPORARY_FAILURE", "Next try {0}"),
        (Waiting.TURN, 360, "", "Today at {0}"),
    ],
)
def test_why_it_waits(waiting: Waiting, due_in: int, message: str, words: str) -> None:
    due = NOW + timedelta(seconds=due_in)
    fax = replace(FAX, waiting=waiting, due_at=due, message=message)
    assert wording.slot(fax, NOW) == words.format(times.clock(due))


@pytest.mark.parametrize(
    ("pages_done", "pages", "words"),
    [(None, 12, "Sending"), (0, 12, "Sending"), (3, 12, "Sending, page 4"), (12, 12, "Sending, page 12")],
)
def test_the_page_on_the_line_is_said_if_it_is_known(pages_done: int | None, pages: int, words: str) -> None:
    fax = replace(FAX, state=State.ACCEPTED, pages=pages, pages_done=pages_done, service_status="sending")
    assert wording.slot(fax, NOW) == words


def test_pages_that_arrived_are_said_of_a_fax_that_did_not() -> None:
    fax = replace(FAX, state=State.FAILED, pages=12, pages_done=7)
    assert wording.slot(fax, NOW) == "7 of 12 pages arrived"
    assert wording.slot(replace(fax, pages_done=0), NOW) == "Not delivered"
    assert wording.pages_arrived(0, 1) == "0 of 1 page arrived"
    assert wording.pages_arrived(1, None) == "1 page arrived"


def test_a_word_nobody_knows_is_quoted_and_ends_nothing() -> None:
    fax = replace(FAX, state=State.ACCEPTED, service_status="re-routed <b>")
    assert wording.state_key(fax) == "unknown"
    assert wording.state_words(fax) == "“re-routed <b>”"
    for known in ("sending", "Sending", "delivered", ""):
        assert wording.state_key(replace(fax, service_status=known)) == "sending"


@pytest.mark.parametrize("state", State)
def test_every_state_has_words(state: State) -> None:
    fax = replace(FAX, state=state)
    assert wording.state_words(fax)
    assert wording.fax_row(fax, NOW).sentence


def test_counts_have_a_singular() -> None:
    assert (wording.pages(1), wording.pages(2)) == ("1 page", "2 pages")
    assert (wording.faxes(1), wording.faxes(3)) == ("1 fax", "3 faxes")


def test_a_fax_of_another_program_is_told_from_ours_in_the_list_and_in_words() -> None:
    row = wording.fax_row(replace(FAX, elsewhere=True), NOW)
    assert row.facts[-1] == "sent elsewhere"
    assert "sent elsewhere" in row.sentence
