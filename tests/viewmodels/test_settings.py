"""Settings: every change at once; keys are tried before they are kept."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace

import pytest

from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.domain.errors import FaxError, SignInNeeded, StorageFailed
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.domain.quality import Quality
from ifax_desktop.store.settings import Settings
from ifax_desktop.viewmodels.settings import SettingsViewModel, regions
from tests.conftest import Eventually


@dataclass
class Cabinet:
    """Where settings and key are kept in these tests."""

    settings: Settings = field(default_factory=Settings)
    key: str = "old"
    problem: FaxError | None = None
    switched: list[str] = field(default_factory=list)
    reported: list[BaseException] = field(default_factory=list)

    def save(self, settings: Settings) -> None:
        if self.problem:
            raise self.problem
        self.settings = settings

    async def test_key(self, key: str) -> str:
        if key != "good":
            raise SignInNeeded("The service did not accept the key.")
        return "The service accepts this key."

    async def keep_key(self, key: str) -> str:
        self.key = key
        return "It is kept in the system keyring."

    async def forget_key(self) -> None:
        self.key = ""


@pytest.fixture
def cabinet() -> Cabinet:
    return Cabinet()


@pytest.fixture
async def model(cabinet: Cabinet) -> AsyncIterator[SettingsViewModel]:
    made = SettingsViewModel(
        lambda: cabinet.settings,
        cabinet.save,
        cabinet.test_key,
        cabinet.keep_key,
        cabinet.forget_key,
        "https://fax.example/v1",
        False,
        cabinet.switched.append,
        cabinet.reported.append,
        own_numbers=lambda: [OwnNumber("+12025550119")],
    )
    yield made
    await made.close()


async def test_every_change_is_kept_at_once(cabinet: Cabinet, model: SettingsViewModel) -> None:
    model.set_own_number("+12025550119")
    model.set_quality("HD")
    model.set_cover("own")
    model.set_hold(0)
    model.set_region("DE")
    model.set_check_every(300)
    model.set_theme("dark")
    wanted = Settings(
        region="DE",
        own_number="+12025550119",
        hold_seconds=0,
        quality=Quality.HD,
        cover=CoverKind.OWN,
        theme="dark",
        check_every=300,
    )
    assert cabinet.settings == wanted
    assert model.state.settings == wanted


async def test_what_others_changed_meanwhile_stays(cabinet: Cabinet, model: SettingsViewModel) -> None:
    cabinet.settings = replace(cabinet.settings, own_number="+18445550104")
    model.set_theme("light")
    assert cabinet.settings.own_number == "+18445550104"


async def test_a_full_disk_changes_nothing(cabinet: Cabinet, model: SettingsViewModel) -> None:
    cabinet.problem = StorageFailed("The disk is full.")
    model.set_theme("dark")
    assert model.state.settings.theme == "system"
    assert cabinet.reported == [cabinet.problem]


async def test_a_good_key_is_kept(cabinet: Cabinet, model: SettingsViewModel, eventually: Eventually) -> None:
    model.use_key(" good ")
    assert model.state.key.trying
    model.use_key("another")
    model.key_edited()
    await eventually(lambda: not model.state.key.trying)
    assert model.state.key.words == "The service accepts this key. It is kept in the system keyring."
    assert cabinet.key == "good"
    model.key_edited()
    assert model.state.key.words == ""


async def test_a_bad_key_is_not(cabinet: Cabinet, model: SettingsViewModel, eventually: Eventually) -> None:
    model.use_key("bad")
    await eventually(lambda: model.state.key.problem)
    assert model.state.key.problem == "The service did not accept the key."
    assert cabinet.key == "old"
    model.use_key("  ")
    assert model.state.key.problem == "Paste the key first."


async def test_forget(cabinet: Cabinet, model: SettingsViewModel, eventually: Eventually) -> None:
    model.forget_key()
    await eventually(lambda: model.state.key.words)
    assert cabinet.key == ""


async def test_what_nobody_expected_is_reported_and_the_form_is_free_again(
    cabinet: Cabinet, model: SettingsViewModel, eventually: Eventually
) -> None:
    async def surprise() -> None:
        raise RuntimeError("surprise")

    model._forget_key = surprise
    model.forget_key()
    await eventually(lambda: cabinet.reported)
    assert not model.state.key.trying


async def test_switching(cabinet: Cabinet, model: SettingsViewModel) -> None:
    model.practise()
    model.go_live()
    assert cabinet.switched == ["practice", "live"]


async def test_the_number_in_use_is_offered_even_if_it_is_no_longer_listed(
    cabinet: Cabinet, model: SettingsViewModel
) -> None:
    assert model.own_numbers() == ("+12025550119",)
    model.set_own_number("+18445550104")
    assert model.own_numbers() == ("+12025550119", "+18445550104")


def test_countries_are_in_order_and_each_is_there_once() -> None:
    found = regions()
    assert ("United States", "US") in found
    assert [name.casefold() for name, _ in found] == sorted(name.casefold() for name, _ in found)
    assert len({code for _, code in found}) == len(found) > 200
