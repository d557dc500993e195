"""The windowed table behind a list of faxes: every id in order, and only the rows in sight with their content.

The ids come from the database thread, the newest ones of a long list before the others; a page of rows comes from this
thread's own connection by primary key, which takes less than a millisecond, so that no row ever needs a placeholder.

A fax that changes is repainted, put in, moved or taken out by itself, wherever it belongs: a million ids take half a second
to be asked for anew, and every change of every fax comes by here.
"""

import html
from array import array
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt, QTimer, Signal

from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.errors import FaxError
from ifax_desktop.domain.fax import Fax
from ifax_desktop.viewmodels.fax_order import Difference, FaxOrder, OutOfOrder, difference
from ifax_desktop.viewmodels.fax_row import FaxRow
from ifax_desktop.viewmodels.latest import Latest
from ifax_desktop.viewmodels.tasks import Report, Tasks
from ifax_desktop.viewmodels.wording import fax_row

if TYPE_CHECKING:
    from ifax_desktop.store.archive import Archive, Fit, Query

PAGE: Final = 128
_PAGES_KEPT: Final = 8
_MINUTE_MS: Final = 60_000
_LOOKED_AT: Final = 20  # more changes at once than this, and the ids are asked for without looking
_SEARCHED: Final = 100_000  # ids that are looked through one by one, within 3 ms
_REPLACED: Final = 1000  # rows that go and come in one place; beyond that it is another list
_Index = QModelIndex | QPersistentModelIndex
_ROOT: Final = QModelIndex()
_Role = Qt.ItemDataRole


class FaxTable(QAbstractListModel):
    """Faxes of one query, newest first. `UserRole` is a `FaxRow`, or None for a row that could not be read."""

    loaded = Signal()
    """The rows of the query are in place, all that were asked for or some more or less after a change."""
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
        self._order = FaxOrder(self._created)
        self._newest = 0
        """No id of the list is higher."""
        self._pages: OrderedDict[int, Mapping[int, Fax]] = OrderedDict()
        """Faxes of stretches of rows, by number."""
        self._worded: dict[int, tuple[Fax, FaxRow]] = {}
        """Faxes already put in words: most are the same when their page is read anew."""
        self._told = False
        self._closed = False
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
        ids = self._order.ids
        return ids[row] if 0 <= row < len(ids) else None

    def row_of(self, fax: int | None) -> int:
        """The row of a fax, -1 if it is not in the list."""
        try:
            return -1 if fax is None else self._row_of(fax)
        except OutOfOrder:
            return -1
        except FaxError as error:
            self._tell_once(error)
            return -1

    def _row_of(self, fax: int) -> int:
        created_at = self._created(fax)
        place = 0 if created_at is None else self._order.place(fax, created_at)
        return place if self._order.is_at(place, fax) else self._looked_up(fax)

    async def close(self) -> None:
        """Stop listening and asking."""
        self._closed = True
        self._midnight.stop()
        self._unsubscribe()
        await self._tasks.close()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._order.ids)

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
        found = self._page(place // PAGE).get(fax)
        return None if found is None else self._in_words(found)

    def _in_words(self, fax: Fax) -> FaxRow:
        worded = self._worded.get(fax.id)
        # The words for the time that a fax waits for change while it waits.
        if worded is None or worded[0] != fax or fax.due_at is not None:
            if len(self._worded) >= _PAGES_KEPT * PAGE:
                self._worded.clear()
            worded = self._worded[fax.id] = (fax, fax_row(fax, self._now()))
        return worded[1]

    def _page(self, number: int) -> Mapping[int, Fax]:
        page = self._pages.get(number)
        if page is None:
            ids = self._order.ids[number * PAGE : (number + 1) * PAGE]
            page = self._archive.page(ids)
            self._pages[number] = page
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        self._pages.move_to_end(number)
        return page

    def _tell_once(self, error: Exception) -> None:
        if not self._told:
            self._told = True
            self._report(error)

    def _created(self, fax: int) -> datetime | None:
        for page in self._pages.values():
            if fax in page:
                return page[fax].created_at
        found = self._archive.page([fax])
        return found[fax].created_at if fax in found else None

    async def _ask(self) -> None:
        query = self.query

        def is_wanted() -> bool:
            return query is self.query and not self._closed

        def put_first(ids: "array[int]") -> None:
            if is_wanted() and not self.is_loaded:
                self._put(ids)

        ids = await self._archive.find(query, put_first, is_wanted)
        if ids is not None and is_wanted():
            was_loaded = self.is_loaded
            self.is_loaded = True
            self._put(ids, tell=was_loaded)

    def _put(self, ids: "array[int]", *, tell: bool = False) -> None:
        """Take the ids over with as little upset as can be; `tell` of those that came on top."""
        self._told = False
        self._newest = max(ids, default=0)
        change = difference(self._order.ids, ids)
        if not change.out and not change.into:
            self._drop_pages()
        elif max(change.out, change.into if change.out else 0) > _REPLACED:
            self.beginResetModel()
            self._order.ids = ids
            self._pages.clear()
            self.endResetModel()
        else:
            self._replace(change, ids)
            if tell and change.place == 0 and change.into:
                self.arrived.emit(ids[: change.into].tolist())
        self.loaded.emit()

    def _replace(self, change: Difference, ids: "array[int]") -> None:
        """Let some rows go and others come in where they were. What is known of the others is read anew too."""
        self._drop_pages()
        start = change.place
        if change.out:
            self.beginRemoveRows(_ROOT, start, start + change.out - 1)
            self._order.ids = ids[:start] + ids[start + change.into :]
            self.endRemoveRows()
        if change.into:
            self.beginInsertRows(_ROOT, start, start + change.into - 1)
            self._order.ids = ids
            self.endInsertRows()

    def _changed(self, changed: frozenset[int]) -> None:
        """Show new words for rows that are known; put others in, move them or take them out."""
        for number, page in list(self._pages.items()):
            if not changed.isdisjoint(page):
                del self._pages[number]
                self._tell_changed(number, changed)
        # What is under way may have been asked before this change, or after it.
        if not 0 < len(changed) <= _LOOKED_AT or not self.is_loaded or self._asked.is_asking:
            self.refresh()
            return
        try:
            self._sort_in(changed)
        except OutOfOrder:
            self.refresh()
        except FaxError as error:
            self._tell_once(error)

    def _sort_in(self, changed: frozenset[int]) -> None:
        """Raises OutOfOrder where all ids have to be asked for."""
        fits, there = self._archive.fits(self.query, changed)
        rows = [row for fax in changed - there if (row := self._looked_up(fax)) >= 0]
        for row in sorted(rows, reverse=True):
            self._take_out(row)
        differs = [self._sort_in_one(fax, fit) for fax, fit in sorted(fits.items())]
        if rows or any(differs):
            self.loaded.emit()

    def _sort_in_one(self, fax: int, fit: "Fit") -> bool:
        """Whether the rows are others now."""
        place = self._order.place(fax, fit.created_at)
        row = place
        if not self._order.is_at(place, fax):
            row = self._looked_up(fax) if fit.may_have_moved else -1
        # Reading a fax takes it out of the unread ones only when they are asked for anew: a row must not vanish under
        # the cursor.
        belongs = fit.fits and (row >= 0 or fit.unread or not self.query.unread)
        if row < 0 and belongs:
            self._put_in(place, fax)
        elif row >= 0 and not belongs:
            self._take_out(row)
        elif row >= 0 and place not in (row, row + 1):
            self._move(row, place)
        else:
            return False
        return True

    def _looked_up(self, fax: int) -> int:
        """The row of a fax that is not where its time says, -1 for none."""
        if fax > self._newest:
            return -1
        for number in self._pages:
            start = number * PAGE
            if fax in self._order.ids[start : start + PAGE]:
                return self._order.ids.index(fax, start)
        if len(self._order.ids) > _SEARCHED:
            raise OutOfOrder
        return self._order.ids.index(fax) if fax in self._order.ids else -1

    def _put_in(self, row: int, fax: int) -> None:
        self._forget_from(row)
        self.beginInsertRows(_ROOT, row, row)
        self._order.ids.insert(row, fax)
        self._newest = max(self._newest, fax)
        self.endInsertRows()
        if row == 0:
            self.arrived.emit([fax])

    def _take_out(self, row: int) -> None:
        self._forget_from(row)
        self.beginRemoveRows(_ROOT, row, row)
        del self._order.ids[row]
        self.endRemoveRows()

    def _move(self, row: int, place: int) -> None:
        """`place` is counted as if the fax were still in its row."""
        self._forget_from(min(row, place))
        self.beginMoveRows(_ROOT, row, row, _ROOT, place)
        fax = self._order.ids.pop(row)
        self._order.ids.insert(place - (place > row), fax)
        self.endMoveRows()

    def _forget_from(self, row: int) -> None:
        """The pages after this row hold other rows from now on."""
        for number in [number for number in self._pages if number >= row // PAGE]:
            del self._pages[number]

    def _tell_changed(self, number: int, ids: frozenset[int]) -> None:
        start = number * PAGE
        for place, fax in enumerate(self._order.ids[start : start + PAGE], start):
            if fax in ids:
                self.dataChanged.emit(self.index(place), self.index(place))

    def _drop_pages(self) -> None:
        self._pages.clear()
        if self._order.ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._order.ids) - 1))

    def _look_at_the_day(self) -> None:
        """After midnight "14:32" becomes "Yesterday"."""
        today = self._now().astimezone().date()
        if today != self._day:
            self._day = today
            self._worded.clear()
            self._drop_pages()
