"""The first start."""

from collections.abc import AsyncIterator

import pytest

from ifax_desktop.domain.errors import SignInNeeded
from ifax_desktop.viewmodels.start import StartViewModel
from tests.conftest import Eventually

KEY = "good"


@pytest.fixture
def chosen() -> list[str]:
    return []


@pytest.fixture
async def model(chosen: list[str]) -> AsyncIterator[StartViewModel]:
    async def connect(key: str) -> None:
        if key != KEY:
            raise SignInNeeded("The service did not accept the key.")
        chosen.append("live")

    made = StartViewModel(connect, lambda: chosen.append("practice"), lambda error: None)
    yield made
    await made.close()


async def test_a_good_key_connects(model: StartViewModel, chosen: list[str], eventually: Eventually) -> None:
    model.connect_account(f" {KEY}\n")
    assert model.state.connecting
    model.connect_account(KEY)
    await eventually(lambda: not model.state.connecting)
    assert (chosen, model.state.problem) == (["live"], "")


async def test_a_bad_key_is_said_beside_the_field(
    model: StartViewModel, chosen: list[str], eventually: Eventually
) -> None:
    model.connect_account("bad")
    await eventually(lambda: model.state.problem == "The service did not accept the key.")
    assert not model.state.connecting
    model.key_edited()
    assert model.state.problem == ""
    model.connect_account(" ")
    assert model.state.problem == "Paste the key first."
    assert chosen == []


async def test_practice_needs_no_key(model: StartViewModel, chosen: list[str]) -> None:
    model.practise()
    assert chosen == ["practice"]
