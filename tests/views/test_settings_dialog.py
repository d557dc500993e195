"""Settings: real widgets over the real view-model."""

import asyncio
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.domain.errors import ListeningFailed, SignInNeeded
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.domain.page import Paper
from ifax_desktop.domain.quality import Quality
from ifax_desktop.store.settings import Settings
from ifax_desktop.viewmodels.settings import SettingsViewModel
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.settings_dialog import SettingsDialog
from tests.conftest import Eventually

Open = Callable[..., SettingsDialog]


@pytest.fixture
def kept() -> list[Settings]:
    return [Settings(own_number="+12025550119", check_every=77)]


@pytest.fixture
def switched() -> list[str]:
    return []


@pytest.fixture
async def open_dialog(icons: Icons, kept: list[Settings], switched: list[str]) -> AsyncIterator[Open]:
    opened: list[tuple[SettingsDialog, SettingsViewModel]] = []

    async def test_key(key: str) -> str:
        if key != "good":
            raise SignInNeeded("The service did not accept the key.")
        return "The service accepts this key."

    async def keep_key(key: str) -> str:
        return "It is kept in the system keyring."

    async def forget_key() -> None:
        return None

    async def learn_price() -> Decimal:
        return Decimal("0.030")

    def make(page: str = "", *, practice: bool = False) -> SettingsDialog:
        model = SettingsViewModel(
            lambda: kept[-1], kept.append, test_key, keep_key, forget_key,
            "" if practice else "https://fax.example/v1", practice, switched.append, _raise,
            own_numbers=lambda: [OwnNumber("+12025550160")], profile="/home/somebody/profile",
            learn_price=learn_price,
        )  # fmt: skip
        dialog = SettingsDialog(icons, model, page)
        dialog.open()
        opened.append((dialog, model))
        return dialog

    yield make
    for dialog, model in opened:
        await model.close()
        dialog.hide()
        dialog.deleteLater()
    await asyncio.sleep(0)


def _raise(error: BaseException) -> None:
    raise error


def box(dialog: SettingsDialog, name: str) -> QComboBox:
    return next(box for box in dialog.findChildren(QComboBox) if box.accessibleName() == name)


def choose(box: QComboBox, words: str) -> None:
    place = box.findText(words)
    assert place >= 0, [box.itemText(each) for each in range(box.count())]
    box.setCurrentIndex(place)
    box.activated.emit(place)


def visible_names(dialog: SettingsDialog) -> list[str]:
    names = {widget.accessibleName() for widget in dialog.findChildren(QWidget) if widget.isVisible()}
    return sorted(name for name in names if name)


async def test_changes_apply_at_once(open_dialog: Open, kept: list[Settings]) -> None:
    dialog = open_dialog("sending")
    choose(box(dialog, "Quality"), "Fine")
    choose(box(dialog, "Wait before sending"), "Send at once")
    choose(box(dialog, "Country"), "Germany")
    choose(box(dialog, "Paper"), "Letter")
    assert [settings.fax_paper for settings in kept[-2:]] == [Paper.A4, Paper.LETTER]
    choose(box(dialog, "Pages go out"), "As they are")
    choose(box(dialog, "Send from"), "The service chooses")
    assert kept[-1] == replace(
        kept[0],
        quality=Quality.HD,
        hold_seconds=0,
        region="DE",
        own_number="",
        paper="letter",
        original_pages=True,
    )
    assert "Send from" in visible_names(dialog)


async def test_a_value_of_another_version_is_shown_and_kept(open_dialog: Open, kept: list[Settings]) -> None:
    dialog = open_dialog("receiving")
    assert box(dialog, "Check for faxes").currentData() == 77
    choose(box(dialog, "Check for faxes"), "Every 5 minutes")
    assert kept[-1].check_every == 300
    choose(box(dialog, "Colours"), "Dark")
    assert kept[-1].theme == "dark"


async def test_a_key_is_hidden_until_it_is_asked_for(open_dialog: Open) -> None:
    dialog = open_dialog()
    key = dialog.account.key
    assert key.echoMode() is QLineEdit.EchoMode.Password
    [eye] = key.actions()
    eye.trigger()
    assert key.echoMode() is QLineEdit.EchoMode.Normal
    eye.trigger()
    assert key.echoMode() is QLineEdit.EchoMode.Password


async def test_a_key_is_tried_before_it_is_kept(
    open_dialog: Open, qtbot: QtBot, eventually: Eventually
) -> None:
    dialog = open_dialog("account")
    account = dialog.account
    qtbot.keyClicks(account.key, "bad")
    qtbot.keyClick(account.key, Qt.Key.Key_Return)
    assert account.use.text() == "Checking the key"
    assert not account.use.isEnabled()
    await eventually(lambda: account._field.problem == "The service did not accept the key.")
    assert account.key.text() == "bad"
    account.key.clear()
    qtbot.keyClicks(account.key, "good")
    assert account._field.problem == ""
    account.use.click()
    await eventually(account._told.isVisible)
    assert account._told.text() == "The service accepts this key. It is kept in the system keyring."
    assert account.key.text() == ""
    account.forget.click()
    await eventually(lambda: account._told.text().startswith("The key is forgotten."))
    assert dialog.isVisible()


async def test_practice_mode_and_back(open_dialog: Open, switched: list[str]) -> None:
    open_dialog().account.switch.click()
    practising = open_dialog(practice=True)
    assert practising.account.switch.text() == "Use my account"
    assert practising.findChildren(QLineEdit, options=Qt.FindChildOption.FindChildrenRecursively)
    practising.account.switch.click()
    assert switched == ["practice", "live"]


async def test_the_search_finds_settings_on_every_page(open_dialog: Open, qtbot: QtBot) -> None:
    dialog = open_dialog()
    qtbot.keyClicks(dialog.search, "country")
    assert [key for key, button in dialog._nav.items() if button.isVisible()] == ["sending"]
    assert "Country" in visible_names(dialog)
    assert "Quality" not in visible_names(dialog)
    dialog.search.clear()
    assert all(button.isVisible() for button in dialog._nav.values())
    qtbot.keyClicks(dialog.search, "receiving")
    assert "Check for faxes" in visible_names(dialog)
    dialog.search.setText("xyzzy")
    assert dialog._stack.currentWidget() is dialog._none
    cross = dialog.search.actions()[-1]
    assert cross.isVisible()
    cross.trigger()
    assert dialog.search.text() == ""
    assert not cross.isVisible()


async def test_where_things_are_can_be_read_and_copied(open_dialog: Open) -> None:
    dialog = open_dialog("advanced")
    fields = {field.accessibleName(): field for field in dialog.findChildren(QLineEdit) if field.isReadOnly()}
    assert fields["Service address"].text() == "https://fax.example/v1"
    assert fields["Profile"].text() == "/home/somebody/profile"
    dialog.close_button.click()
    assert not dialog.isVisible()


async def test_whether_the_service_may_call_is_chosen_and_its_address_shown(
    icons: Icons, kept: list[Settings], qtbot: QtBot, eventually: Eventually
) -> None:
    class Listening:
        def __init__(self, settings: Settings) -> None:
            at = settings.webhook_address or f"http://{settings.webhook_host}:{settings.webhook_port}"
            self.address = f"{at}/ifax/secret" if settings.webhook_host else ""
            self.lasts = not settings.webhook_host.startswith("0.")

    async def listen(settings: Settings) -> Listening:
        if settings.webhook_port == 80:
            raise ListeningFailed("Port 80 is used by another program.")
        return Listening(settings)

    passwords: list[str] = []

    async def keep(password: str) -> None:
        passwords.append(password)

    async def key(text: str) -> str:
        return text

    async def forget() -> None:
        return None

    model = SettingsViewModel(
        lambda: kept[-1], kept.append, key, key, forget, "https://fax.example/v1", False, print, _raise,
        listen=listen, keep_call_password=keep,
    )  # fmt: skip
    dialog = SettingsDialog(icons, model, "receiving")
    dialog.open()
    calls = dialog.calls
    assert calls is not None
    assert not calls.port.isEnabled()
    choose(calls.host, "From this computer")
    await eventually(lambda: calls.address.text() == "http://127.0.0.1:8741/ifax/secret")
    assert "secret" in calls.field.editor.accessibleDescription()
    calls.outside.setText(" https://fax.example.com ")
    calls.outside.editingFinished.emit()
    await eventually(lambda: calls.address.text() == "https://fax.example.com/ifax/secret")
    calls.port.setValue(80)
    calls.port.editingFinished.emit()
    await eventually(lambda: calls.field.problem == "Port 80 is used by another program.")
    assert not calls.copy.isEnabled()
    calls.port.setValue(8742)
    calls.port.editingFinished.emit()
    choose(calls.host, "From the network")
    await eventually(lambda: "no keyring" in calls.field.editor.accessibleDescription())
    calls.user.setFocus()
    qtbot.keyClicks(calls.user, "ifax")
    qtbot.keyClick(calls.user, Qt.Key.Key_Tab)
    qtbot.keyClicks(calls.password, "word")
    assert calls.password.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClick(calls.password, Qt.Key.Key_Return)
    await eventually(lambda: passwords == ["word"])
    assert (kept[-1].webhook_user, calls.password.text()) == ("ifax", "")
    await eventually(lambda: calls.password.placeholderText().startswith("Kept"))
    choose(calls.host, "Off")
    await eventually(lambda: calls.address.text() == "")
    assert (kept[-1].webhook_host, kept[-1].webhook_port) == ("", 8742)
    await model.close()
    dialog.hide()
    dialog.deleteLater()


def test_in_practice_mode_there_is_nobody_to_call(open_dialog: Open) -> None:
    assert open_dialog("receiving", practice=True).calls is None


async def test_the_price_of_a_page_is_written_or_taken_from_the_records(
    qtbot: QtBot, open_dialog: Open, kept: list[Settings], eventually: Eventually
) -> None:
    dialog = open_dialog("sending")
    qtbot.keyClicks(dialog.page_price, " $0.05")
    dialog.page_price.editingFinished.emit()
    assert kept[-1].page_price == "$0.05"
    qtbot.mouseClick(dialog.learn_price, Qt.MouseButton.LeftButton)
    await eventually(lambda: kept[-1].page_price == "0.03")
    assert dialog.page_price.text() == "0.03"
    assert dialog.price_words.isVisible()
    assert "by the service's records" in dialog.price_words.text()
