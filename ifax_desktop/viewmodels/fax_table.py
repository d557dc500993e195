"""The windowed table behind a list of faxes: every id in order, and only the rows in sight with their content.

The ids come from the database thread; a page of rows comes from this thread's own connection by primary key, which
takes less than a millisecond, so that no row ever needs a placeholder.
"""

import html
from array import array
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.errors import FaxError
from ifax_desktop.domain.fax import Fax
from ifax_desktop.viewmodels.fax_row import FaxRow
from ifax_desktop.viewmodels.latest import Latest
from ifax_desktop.viewmodels.tasks import Report, Tasks
from ifax_desktop.viewmodels.wording import fax_row

if TYPE_CHECKING:
    from ifax_desktop.store.archive import Archive, Query

PAGE: Final = 128
_PAGES_KEPT: Final = 32
_MINUTE_MS: Final = 60_000
_LOOKED_AT: Final = 20  # more changes at once than this, and the ids are asked for without looking
_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_Role = Qt.ItemDataRole


@dataclass(slots=True)
class _Page:
    """Faxes of one stretch of rows, and the rows already put in words."""

    faxes: dict[int, Fax]
    rows: dict[int, FaxRow] = field(default_factory=dict)


class FaxTable(QAbstractListModel):
    """Faxes of one query, newest first. `UserRole` is a `FaxRow`, or None for a row that could not be read."""

    loaded = Signal()
    """The ids of the query are in place."""
    arrived = Signal(object)
    """Ids (list of int) that came on top of those already there."""

    def __init__(
        self,
        archive: "Archive",
        query: "Query",
        changes: Changes,
        now: Callable[[], datetime],
        report: Report,
    ) -> None:
        """Nothing is asked of the archive before `refresh`."""
        super().__init__()
        self._archive = archive
        self._now = now
        self._report = report
        self.query = query
        self.is_loaded = False
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, _Page] = OrderedDict()
        self._told = False
        self._tasks = Tasks(report)
        self._asked = Latest(self._tasks, "ids", self._ask)
        self._unsubscribe = changes.subscribe(self._changed)
        self._day = now().astimezone().date()
        self._midnight = QTimer(self)
        self._midnight.timeout.connect(self._look_at_the_day)
        self._midnight.start(_MINUTE_MS)

    def refresh(self) -> None:
        """Ask for the ids anew; several wishes become one question."""
        self._asked.ask()

    def show_query(self, query: "Query") -> None:
        """Show the faxes of another query."""
        if query != self.query:
            self.query = query
            self.is_loaded = False
            self.refresh()

    def id_at(self, row: int) -> int | None:
        """The id of the fax in a row, None for a row that is not there."""
        return self._ids[row] if 0 <= row < len(self._ids) else None

    def row_of(self, fax: int | None) -> int:
        """The row of a fax, -1 if it is not in the list."""
        try:
            return self._ids.index(fax) if fax is not None else -1
        except ValueError:
            return -1

    async def close(self) -> None:
        """Stop listening and asking."""
        self._midnight.stop()
        self._unsubscribe()
        await self._tasks.close()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> FaxRow | str | None:
        # An exception that leaves this method ends the whole program: it is reported, and the row stays blank.
        try:
            row = self._row(index.row()) if index.isValid() else None
        except Exception as error:  # noqa: BLE001
            self._tell_once(error)
            return None
        if row is None:
            return None
        if role == _Role.UserRole:
            return row
        if role == _Role.DisplayRole:
            return row.name
        if role == _Role.ToolTipRole:
            # Qt reads a tip that looks like markup as markup, and names come from outside.
            return f"<span>{html.escape(row.sentence)}</span>" if "<" in row.sentence else row.sentence
        return row.sentence if role == _Role.AccessibleTextRole else None

    def _row(self, place: int) -> FaxRow | None:
        fax = self.id_at(place)
        if fax is None:
            return None
        page = self._page(place // PAGE)
        if fax not in page.rows and fax in page.faxes:
            page.rows[fax] = fax_row(page.faxes[fax], self._now())
        return page.rows.get(fax)

    def _page(self, number: int) -> _Page:
        page = self._pages.get(number)
        if page is None:
            ids = self._ids[number * PAGE : (number + 1) * PAGE]
            page = _Page({fax.id: fax for fax in self._archive.rows(ids)})
            self._pages[number] = page
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return page

    def _tell_once(self, error: Exception) -> None:
        if not self._told:
            self._told = True
            self._report(error)

    async def _ask(self) -> None:
        query = self.query
        ids = await self._archive.ids(query)
        if query == self.query:
            self._put(ids)

    def _put(self, ids: "array[int]") -> None:
        """Take the ids over with as little upset as can be: nothing new, some on top, or everything anew."""
        more = len(ids) - len(self._ids)
        first = not self.is_loaded
        self.is_loaded = True
        self._told = False
        if ids == self._ids:
            self._drop_pages()
        elif not first and more > 0 and ids[more:] == self._ids:
            self.beginInsertRows(_ROOT, 0, more - 1)
            self._ids = ids
            self._pages.clear()
            self.endInsertRows()
            self.arrived.emit(ids[:more].tolist())
        else:
            self.beginResetModel()
            self._ids = ids
            self._pages.clear()
            self.endResetModel()
        self.loaded.emit()

    def _changed(self, changed: frozenset[int]) -> None:
        """Show new words for rows that are known; ask for the ids where the set of rows may be another."""
        before: dict[int, Fax] = {}
        for number, page in list(self._pages.items()):
            if not changed.isdisjoint(page.faxes):
                before |= page.faxes
                del self._pages[number]
                self._tell_changed(number, changed)
        if not 0 < len(changed) <= _LOOKED_AT or self._moves(changed, before):
            self.refresh()

    def _moves(self, changed: frozenset[int], before: dict[int, Fax]) -> bool:
        """Whether these changes may bring rows in, take them out, or put them elsewhere.

        Reading a fax takes it out of the unread ones only when they are asked for anew: a row must not vanish under
        the cursor.
        """
        try:
            faxes = {fax.id: fax for fax in self._archive.rows(sorted(changed))}
        except FaxError as error:
            self._tell_once(error)
            return False
        if any(fax in self._ids for fax in changed - faxes.keys()):
            return True
        filtered = self.query.states is not None or bool(self.query.text)
        return any(
            filtered or fax.id not in before or fax.created_at != before[fax.id].created_at
            for fax in faxes.values()
            if fax.direction is self.query.direction
        )

    def _tell_changed(self, number: int, ids: frozenset[int]) -> None:
        start = number * PAGE
        for place, fax in enumerate(self._ids[start : start + PAGE], start):
            if fax in ids:
                self.dataChanged.emit(self.index(place), self.index(place))

    def _drop_pages(self) -> None:
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def _look_at_the_day(self) -> None:
        """After midnight "14:32" becomes "Yesterday"."""
        today = self._now().astimezone().date()
        if today != self._day:
            self._day = today
            self._drop_pages()
