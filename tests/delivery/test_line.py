"""What each kind of failure says about the line."""

from datetime import UTC, datetime

import pytest

from ifax_desktop.delivery.line import Line, LineReport, LineState
from ifax_desktop.domain.errors import FaxError, NoAnswer, Offline, Refused, SignInNeeded


@pytest.mark.parametrize(
    ("error", "state"),
    [
        (Offline("No network."), LineState.OFFLINE),
        (NoAnswer("No answer."), LineState.OFFLINE),
        (SignInNeeded("The key was refused."), LineState.SIGN_IN),
        (Refused("No."), LineState.CONNECTED),
    ],
)
def test_a_failure_says_how_the_line_is(error: FaxError, state: LineState) -> None:
    line = Line()
    line.broke(error)
    assert line.report.state is state


def test_listeners_hear_changes_only() -> None:
    line = Line()
    heard: list[LineReport] = []
    leave = line.subscribe(heard.append)
    line.worked()
    line.worked()
    line.checked(datetime(2026, 11, 23, tzinfo=UTC))
    line.broke(Offline("No network."))
    leave()
    line.worked()
    assert [report.state for report in heard] == [LineState.CONNECTED, LineState.CONNECTED, LineState.OFFLINE]
    assert heard[-1].checked_at == datetime(2026, 11, 23, tzinfo=UTC)


def test_a_new_key_makes_the_line_unknown_again() -> None:
    line = Line()
    line.broke(SignInNeeded("The key was refused."))
    line.key_changed()
    assert line.report == LineReport()
