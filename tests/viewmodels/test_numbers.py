"""Our own numbers."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.modeltest import ModelTester

from ifax_desktop.domain.errors import Offline
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.viewmodels.fax_row import FaxRow
from ifax_desktop.viewmodels.numbers import country
from tests.conftest import Eventually
from tests.office_day import OURS, Day, Desk


async def test_numbers_are_listed_with_place_and_since_when(desk: Desk, qtmodeltester: ModelTester) -> None:
    numbers = desk.numbers
    qtmodeltester.check(numbers.table, force_py=True)
    assert [shown.number for shown in numbers.state.numbers] == [OURS, "+12025550160", "+18445550104"]
    assert numbers.state.selected == OURS
    row = numbers.table.index(0).data(Qt.ItemDataRole.UserRole)
    assert isinstance(row, FaxRow)
    assert row.facts == ("Washington, United States", "since 4 Mar 2024")
    assert numbers.table.index(0).data(Qt.ItemDataRole.AccessibleTextRole) == row.sentence
    assert numbers.table.data(QModelIndex()) is None


async def test_one_is_the_default_sender(desk: Desk) -> None:
    desk.numbers.select("+12025550160")
    desk.numbers.set_default()
    assert desk.day.backbone.settings().own_number == "+12025550160"
    assert [shown.is_default for shown in desk.numbers.state.numbers] == [False, True, False]
    assert desk.numbers.table.index(1).data(Qt.ItemDataRole.UserRole).slot == "Default sender"
    desk.numbers.copy_number()
    assert QGuiApplication.clipboard().text() == "+12025550160"


async def test_refresh_takes_over_what_the_service_says(day: Day, desk: Desk, eventually: Eventually) -> None:
    class Owned:
        async def owned(self) -> list[OwnNumber]:
            return [OwnNumber("+493090182000", country="DE", area="Berlin")]

    day.backbone.receiver.connect(None, Owned(), None)  # type: ignore[arg-type]
    desk.numbers.refresh()
    assert desk.numbers.state.refreshing
    await eventually(lambda: not desk.numbers.state.refreshing)
    [number] = desk.numbers.state.numbers
    assert (number.number, number.place, number.since) == ("+493090182000", "Berlin, Germany", "")
    assert desk.numbers.state.selected == "+493090182000"


async def test_a_service_that_does_not_answer_is_said_beside_the_numbers(
    desk: Desk, eventually: Eventually
) -> None:
    desk.numbers.refresh()
    await eventually(lambda: desk.numbers.state.problem)
    assert str(Offline("The program is still starting. Try again in a moment.")) == desk.numbers.state.problem
    assert len(desk.numbers.state.numbers) == 3


async def test_without_a_number_there_is_none(bare_desk: Desk) -> None:
    assert bare_desk.numbers.state.is_loaded
    assert bare_desk.numbers.state.number is None
    bare_desk.numbers.set_default()
    bare_desk.numbers.copy_number()
    assert bare_desk.day.backbone.settings().own_number == ""


@pytest.mark.parametrize(
    ("given", "name"), [("US", "United States"), ("de", "Germany"), ("USA", "USA"), ("", ""), ("QQ", "QQ")]
)
def test_countries_by_name(given: str, name: str) -> None:
    assert country(given) == name
