"""The state behind Numbers: our own fax numbers, and which of them faxes are sent from."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import (
    QAbstractListModel,
    QLocale,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QGuiApplication

from ifax_desktop.domain.errors import FaxError
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.domain.number import show
from ifax_desktop.viewmodels import times
from ifax_desktop.viewmodels.fax_row import FaxRow
from ifax_desktop.viewmodels.tasks import Report, Tasks

if TYPE_CHECKING:
    from ifax_desktop.store.numbers import Numbers
    from ifax_desktop.store.settings import Settings

_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_Role = Qt.ItemDataRole


@dataclass(frozen=True, slots=True)
class ShownNumber:
    """One of our numbers in words."""

    number: str
    """E.164."""
    title: str
    place: str
    """Area and country."""
    since: str
    is_default: bool


@dataclass(frozen=True, slots=True)
class NumbersState:
    """Our numbers, and which one is looked at."""

    numbers: tuple[ShownNumber, ...] = ()
    selected: str = ""
    refreshing: bool = False
    is_loaded: bool = False
    problem: str = ""
    """Why the service could not be asked."""

    @property
    def number(self) -> ShownNumber | None:
        """The number that is looked at."""
        return next((shown for shown in self.numbers if shown.number == self.selected), None)


class NumberTable(QAbstractListModel):
    """The rows of the list, as `FaxRow`s."""

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[FaxRow, ...] = ()

    def show_rows(self, rows: Sequence[FaxRow]) -> None:
        """Show these rows."""
        if tuple(rows) != self._rows:
            self.beginResetModel()
            self._rows = tuple(rows)
            self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> FaxRow | str | None:
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        words = {_Role.DisplayRole: row.name, _Role.AccessibleTextRole: row.sentence}
        return row if role == _Role.UserRole else words.get(_Role(role))


class NumbersViewModel(QObject):
    """Lists our numbers as this computer knows them, asks the service for them, and sets the default sender."""

    changed = Signal()

    def __init__(
        self,
        numbers: "Numbers",
        refresh: Callable[[], Awaitable[None]],
        settings: Callable[[], "Settings"],
        save: Callable[["Settings"], None],
        report: Report,
    ) -> None:
        """`refresh` asks the service and keeps what it says. Nothing is read before `start`."""
        super().__init__()
        self.state = NumbersState()
        self.table = NumberTable()
        self._numbers = numbers
        self._ask = refresh
        self._settings = settings
        self._save = save
        self._report = report
        self._tasks = Tasks(report)

    def start(self) -> None:
        """Read the numbers as this computer knows them."""
        self.reload()

    def reload(self) -> None:
        """Read the numbers again: they are asked of the service in the background too."""
        try:
            default = self._settings().own_number
            shown = tuple(_shown(number, default) for number in self._numbers.all())
        except FaxError as error:
            self._report(error)
            return
        known = {number.number for number in shown}
        first = shown[0].number if shown else ""
        self.table.show_rows([self._row(place, number) for place, number in enumerate(shown)])
        selected = self.state.selected if self.state.selected in known else first
        self._update(numbers=shown, selected=selected, is_loaded=True)

    def select(self, number: str) -> None:
        """Look at this number (E.164)."""
        self._update(selected=number)

    def set_default(self) -> None:
        """Send new faxes from the number looked at."""
        if self.state.number is None:
            return
        try:
            self._save(replace(self._settings(), own_number=self.state.selected))
        except FaxError as error:
            self._report(error)
        self.reload()

    def copy_number(self) -> None:
        """Put the number looked at on the clipboard."""
        if self.state.selected:
            QGuiApplication.clipboard().setText(self.state.selected)

    def refresh(self) -> None:
        """Ask the service which numbers are ours."""
        if not self.state.refreshing:
            self._update(refreshing=True, problem="")
            self._tasks.start("refresh", self._refresh())

    async def close(self) -> None:
        """End what is under way."""
        await self._tasks.close()

    async def _refresh(self) -> None:
        try:
            await self._ask()
        except FaxError as error:
            self._update(problem=str(error))
        finally:
            self._update(refreshing=False)
        self.reload()

    def _row(self, place: int, number: ShownNumber) -> FaxRow:
        slot = self.tr("Default sender") if number.is_default else ""
        since = self.tr("since {0}").format(number.since) if number.since else ""
        facts = tuple(part for part in (number.place, since) if part)
        sentence = ", ".join(part for part in (number.title, *facts, slot) if part)
        return FaxRow(place, number.title, "", "", facts, slot, "", "numbers", sentence=sentence)

    def _update(self, **changes: Any) -> None:
        new = replace(self.state, **changes)
        if new != self.state:
            self.state = new
            self.changed.emit()


def _shown(number: OwnNumber, default: str) -> ShownNumber:
    since = times.short_date(number.since.astimezone().date()) if number.since else ""
    place = ", ".join(part for part in (number.area, country(number.country)) if part)
    return ShownNumber(number.number, show(number.number), place, since, number.number == default)


def country(given: str) -> str:
    """The name of a country given as its two letters; anything else stays as the service wrote it."""
    if len(given) != 2:
        return given
    territory = QLocale.codeToTerritory(given.upper())
    return given if territory == QLocale.Country.AnyCountry else QLocale.territoryToString(territory)
