"""The window's state: counts, status bar, what is said when the line is down."""

from ifax_desktop.domain.errors import Offline, Refused, SignInNeeded
from tests.conftest import Eventually
from tests.office_day import Day, Desk, heard


def said(desk: Desk) -> str:
    return desk.notices.current.text if desk.notices.current else ""


async def test_counts_are_those_of_the_lists(desk: Desk, eventually: Eventually) -> None:
    await eventually(lambda: desk.window.state.unread == 3 and desk.window.state.needs_you == 3)
    assert desk.window.state.waiting == "2 faxes waiting"


async def test_practice_mode_is_said_on_every_screen(day: Day) -> None:
    async with Desk(day, practice=True) as desk:
        assert desk.window.state.practice
        assert desk.window.state.account == "Practice mode - nothing is really sent"


async def test_the_line_in_words(day: Day, desk: Desk) -> None:
    line, state = day.backbone.line, lambda: desk.window.state
    assert (state().connection, state().online, state().checked) == ("Connecting", True, "")
    line.checked(day.now())
    assert (state().connection, state().online) == ("Connected", True)
    assert state().checked.startswith("Last check ")
    line.broke(Offline("The fax service cannot be reached."))
    assert (state().connection, state().online) == ("Not connected", False)
    assert said(desk) == "The fax service cannot be reached. 2 faxes wait here and go out later."
    line.worked()
    assert said(desk) == ""
    day.after(days=1)
    desk.window._minute_passed()
    assert "Yesterday" in state().checked


async def test_a_refused_key_offers_the_settings(day: Day, desk: Desk) -> None:
    day.backbone.line.broke(SignInNeeded("The service did not accept the key."))
    assert desk.window.state.connection == "The key is not accepted"
    assert said(desk) == "The service did not accept the key."
    asked = heard(desk.window.settings_asked)
    desk.notices.act()
    assert asked == [("account",)]
    day.backbone.line.broke(SignInNeeded("The service did not accept the key."))
    day.backbone.line.worked()
    assert said(desk) == ""


async def test_check_says_what_came(day: Day, desk: Desk, eventually: Eventually) -> None:
    answers: list[int | Exception] = [
        0,
        1,
        4,
        Refused("Not now."),
        Offline("The fax service cannot be reached."),
    ]

    async def check() -> int:
        answer = answers.pop(0)
        if isinstance(answer, Offline):
            day.backbone.line.broke(answer)
        if isinstance(answer, Exception):
            raise answer
        return answer

    day.backbone.receiver.check = check  # type: ignore[method-assign]
    told = []
    while answers:
        desk.window.check_for_faxes()
        assert desk.window.state.is_checking
        desk.window.check_for_faxes()
        await eventually(lambda: not desk.window.state.is_checking)
        told.append(said(desk))
    assert told == [
        "No new faxes.",
        "A new fax has arrived.",
        "4 new faxes have arrived.",
        "Not now.",
        "The fax service cannot be reached. 2 faxes wait here and go out later.",
    ]


async def test_a_program_that_is_still_starting_says_so(desk: Desk, eventually: Eventually) -> None:
    desk.window.check_for_faxes()
    await eventually(lambda: said(desk) == "The program is still starting. Try again in a moment.")
