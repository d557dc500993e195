"""States, and what the service's words make of them."""

import pytest

from ifax_desktop.domain.fax import FINAL, IN_PROGRESS, MAY_FOLLOW, NEEDS_USER, State, final_state


@pytest.mark.parametrize(
    ("word", "state"),
    [
        ("delivered", State.DELIVERED),
        ("Delivered ", State.DELIVERED),
        ("failed", State.FAILED),
        ("failed_chargeable", State.FAILED),
        ("canceled", State.CANCELED),
        ("cancelled", State.CANCELED),
        ("sending", None),
        ("scheduled", None),
        ("", None),
        ("a word nobody knows", None),
    ],
)
def test_only_known_final_words_end_a_fax(word: str, state: State | None) -> None:
    assert final_state(word) is state


def test_a_doubtful_fax_never_goes_back_to_sending_by_itself() -> None:
    assert State.SENDING not in MAY_FOLLOW[State.DOUBTFUL]
    assert MAY_FOLLOW[State.DELIVERED] == frozenset()


def test_every_state_has_its_rules() -> None:
    assert set(MAY_FOLLOW) == set(State)
    assert not (IN_PROGRESS & NEEDS_USER)
    assert not (IN_PROGRESS & FINAL)
