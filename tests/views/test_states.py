"""Every state has an icon of its own, words of its own and colours that exist."""

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.states import STATES, state_look, state_words
from ifax_desktop.views.tokens import LIGHT


def test_no_two_states_share_icon_or_words(icons: Icons) -> None:
    assert len({look.icon for look in STATES.values()}) == len(STATES)
    assert len({state_words(state) for state in STATES}) == len(STATES)
    for look in STATES.values():
        assert look.icon in icons.names
        assert {look.token, look.soft} <= LIGHT.keys()


def test_a_word_of_the_service_we_do_not_know_is_quoted_and_neutral() -> None:
    assert state_words("archived") == "“archived”"
    assert state_look("archived") == STATES["unknown"]
