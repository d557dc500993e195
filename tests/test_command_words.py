"""What the commands say of a fax in each state: honest, and with what comes next."""

from datetime import UTC, datetime
from typing import Any

import pytest

from ifax_desktop.command_words import CODES, words
from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.fax import Direction, Fax, State, Stop, Waiting
from ifax_desktop.paths import resources

DUE = datetime(2026, 11, 23, 14, 32).astimezone(UTC)
CATALOGUE = Catalogue.read((resources() / "error-codes.csv").read_text("utf-8"))


def fax(state: State, **more: Any) -> Fax:
    return Fax(1, Direction.SENT, state, "+12025550143", "", "", 3, DUE, **more)


@pytest.mark.parametrize(
    ("of", "said"),
    [
        (fax(State.QUEUED), "Waiting to send."),
        (fax(State.QUEUED, waiting=Waiting.OFFLINE, due_at=DUE), "Waiting to send."),
        (fax(State.QUEUED, waiting=Waiting.SCHEDULED, due_at=DUE), "Waiting until 2026-11-23 14:32."),
        (
            fax(State.QUEUED, waiting=Waiting.RETRY, due_at=DUE, code=263, service_status="failed"),
            "Waiting to send. The line is busy. Next try at 14:32.",
        ),
        (
            fax(State.QUEUED, waiting=Waiting.LATE, due_at=DUE),
            "Waiting, and long after its time. Open iFax Desktop to say whether it shall still go out.",
        ),
        (fax(State.SENDING), "Sending."),
        (fax(State.SENDING, stop=Stop.WANTED), "Sending. The service is asked to stop it."),
        (fax(State.ACCEPTED, stop=Stop.REFUSED), "Sending. It is too late to stop it."),
        (fax(State.ACCEPTED, pages_done=1), "Sending, 1 of 3 pages arrived."),
        (fax(State.DRAFT), "Taken back. It is a draft in iFax Desktop."),
        (fax(State.FAILED, message="We could not.", own_words=True), "Not delivered. We could not."),
    ],
)
def test_each_state_in_words(of: Fax, said: str) -> None:
    assert words(of, CATALOGUE) == said


@pytest.mark.parametrize("state", [state for state in State if state is not State.RECEIVED])
def test_every_state_of_a_sent_fax_has_words(state: State) -> None:
    assert words(fax(state), CATALOGUE).endswith((".", ")"))


def test_what_goes_on_by_itself_ends_no_command() -> None:
    assert set(CODES) & {State.QUEUED, State.SENDING, State.ACCEPTED} == set()
