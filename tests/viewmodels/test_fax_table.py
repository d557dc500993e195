"""The windowed table over a real archive."""

import asyncio
import random
import sqlite3
from array import array
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QIdentityProxyModel, QModelIndex, QPersistentModelIndex, Qt
from pytestqt.modeltest import ModelTester

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import IN_PROGRESS, NEEDS_USER, Direction, Fax, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.number import FaxNumber
from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.store.archive import Query
from ifax_desktop.viewmodels import fax_table
from ifax_desktop.viewmodels.fax_order import FaxOrder, OutOfOrder, difference
from ifax_desktop.viewmodels.fax_row import FaxRow
from ifax_desktop.viewmodels.fax_table import PAGE, FaxTable
from tests.conftest import Eventually
from tests.office_day import Day

SENT = Query(Direction.SENT)
Open = Callable[..., FaxTable]


@pytest.fixture
async def open_table(day: Day) -> AsyncIterator[Open]:
    """Opens tables over the day's archive and closes them again."""
    opened: list[FaxTable] = []

    def make(query: Query = SENT) -> FaxTable:
        table = FaxTable(day.backbone.archive, query, day.backbone.changes, day.now, day.reported.append)
        opened.append(table)
        return table

    yield make
    for table in opened:
        await table.close()


async def loaded(table: FaxTable, eventually: Eventually) -> FaxTable:
    table.refresh()
    await eventually(lambda: table.is_loaded)
    return table


def names(table: FaxTable) -> list[str]:
    return [table.index(row).data() for row in range(table.rowCount())]


def watched(day: Day) -> list[str]:
    """What the archive is asked to find from now on."""
    asked: list[str] = []
    find = day.backbone.archive.find

    async def watching(
        query: Query, first: Callable[["array[int]"], None], is_wanted: Callable[[], bool]
    ) -> "array[int] | None":
        found = await find(query, first, is_wanted)
        asked.append(query.text if is_wanted() else f"{query.text} is not wanted any more")
        return found

    day.backbone.archive.find = watching  # type: ignore[method-assign]
    return asked


async def drafts(day: Day, count: int) -> list[int]:
    return [
        await day.backbone.outbox.save_draft(Form(name=f"Draft {number}"), day.now())
        for number in range(count)
    ]


async def many(day: Day, count: int) -> list[int]:
    """Drafts, written at once."""
    sql = """
        INSERT INTO fax (account, direction, state, number, digits, created_at)
        SELECT (SELECT account FROM fax), 'sent', 'draft', '', '', 0 FROM generate RETURNING id
    """
    await drafts(day, 1)

    def write(connection: sqlite3.Connection) -> list[int]:
        counting = (
            "WITH RECURSIVE generate (n) AS (VALUES (2) UNION ALL SELECT n + 1 FROM generate WHERE n < ?)"
        )
        rows = connection.execute(f"{counting} {sql}", (count,)).fetchall()
        connection.execute("UPDATE fax SET created_at = id")
        return [1, *(row[0] for row in rows)]

    return await day.backbone.database.run(write)


async def test_rows_come_newest_first_in_words(
    open_table: Open, made: dict[str, int], eventually: Eventually, qtmodeltester: ModelTester
) -> None:
    table = await loaded(open_table(), eventually)
    qtmodeltester.check(table, force_py=True)
    assert names(table)[:2] == ["Elm Court Surgery", "County Court, Registry"]
    row = table.index(table.row_of(made["busy"])).data(Qt.ItemDataRole.UserRole)
    assert isinstance(row, FaxRow)
    assert row.id == made["busy"]
    assert table.index(0).data(Qt.ItemDataRole.AccessibleTextRole).startswith("Elm Court Surgery, ")
    assert table.index(0).data(Qt.ItemDataRole.DecorationRole) is None
    assert table.index(0).data(Qt.ItemDataRole.ToolTipRole).startswith("Elm Court Surgery, ")
    assert table.id_at(-1) is table.id_at(999) is None
    assert table.row_of(None) == table.row_of(999) == -1
    assert table.data(QModelIndex()) is None


async def test_only_what_is_looked_at_is_read(day: Day, open_table: Open, eventually: Eventually) -> None:
    await drafts(day, PAGE * 3)
    table = await loaded(open_table(), eventually)
    read: list[int] = []
    page = day.backbone.archive.page

    def counted(ids: Sequence[int]) -> Mapping[int, Fax]:
        read.extend(ids)
        return page(ids)

    day.backbone.archive.page = counted  # type: ignore[method-assign]
    assert table.index(PAGE * 3 - 1).data() == "Draft 0"
    assert table.index(PAGE * 2).data()
    assert len(read) == PAGE


async def test_a_known_fax_that_changes_is_repainted_and_nothing_is_asked_anew(
    day: Day, open_table: Open, made: dict[str, int], eventually: Eventually
) -> None:
    table = await loaded(open_table(), eventually)
    names(table)
    changed: list[int] = []
    asked: list[bool] = []
    table.dataChanged.connect(lambda first, last: changed.append(first.row()))
    table.loaded.connect(lambda: asked.append(True))
    await day.backbone.outbox.stop(made["busy"], day.now())
    assert changed == [table.row_of(made["busy"])]
    assert table.index(changed[0]).data(Qt.ItemDataRole.UserRole).slot == "Canceled"
    assert asked == []


async def test_a_new_fax_is_put_on_top_and_the_rest_stays(
    day: Day, open_table: Open, made: dict[str, int], eventually: Eventually
) -> None:
    table = await loaded(open_table(), eventually)
    arrived: list[int] = []
    resets: list[bool] = []
    table.arrived.connect(arrived.extend)
    table.modelReset.connect(lambda: resets.append(True))
    before = table.rowCount()
    [draft] = await drafts(day, 1)
    await eventually(lambda: table.rowCount() == before + 1)
    assert (table.id_at(0), arrived, resets) == (draft, [draft], [])


async def test_a_discarded_draft_goes_and_a_queued_one_moves_up(
    day: Day, open_table: Open, made: dict[str, int], eventually: Eventually
) -> None:
    table = await loaded(open_table(), eventually)
    names(table)
    await day.backbone.outbox.discard(made["draft"])
    await eventually(lambda: table.row_of(made["draft"]) == -1)
    first, second = await drafts(day, 2)
    await eventually(lambda: table.id_at(0) == second)
    names(table)
    form = await day.form("Moved up", "+12025550177", (("a.pdf", 1),), Form().cover)
    day.after(minutes=1)
    number = FaxNumber("+12025550177")
    await day.backbone.outbox.queue(form, number, "d" * 64, 1, 1, day.now(), day.now(), Waiting.TURN, first)
    await eventually(lambda: table.id_at(0) == first)


async def test_a_fax_that_no_longer_fits_the_filter_leaves(
    day: Day, open_table: Open, made: dict[str, int], eventually: Eventually
) -> None:
    table = await loaded(open_table(Query(Direction.SENT, IN_PROGRESS)), eventually)
    assert table.row_of(made["busy"]) >= 0
    await day.backbone.outbox.stop(made["busy"], day.now())
    await eventually(lambda: table.row_of(made["busy"]) == -1)


async def test_what_happens_in_the_outbox_leaves_the_inbox_alone(
    day: Day, open_table: Open, made: dict[str, int], eventually: Eventually
) -> None:
    table = await loaded(open_table(Query(Direction.RECEIVED)), eventually)
    asked = watched(day)
    before = table.rowCount()
    await day.backbone.outbox.stop(made["busy"], day.now())
    await day.receive("", "+12025550143", "10-town-hall-permit.pdf", 1, unread=True)
    assert table.rowCount() == before + 1
    assert asked == []


async def test_a_read_fax_stays_in_the_list_of_unread_ones_until_it_is_asked_for_anew(
    day: Day, open_table: Open, made: dict[str, int], eventually: Eventually
) -> None:
    table = await loaded(open_table(Query(Direction.RECEIVED, unread=True)), eventually)
    names(table)
    await day.backbone.archive.mark([made["newest"]], unread=False)
    row = table.row_of(made["newest"])
    assert row >= 0
    assert not table.index(row).data(Qt.ItemDataRole.UserRole).unread
    table.refresh()
    await eventually(lambda: table.row_of(made["newest"]) == -1)


async def test_another_query_takes_the_place_of_the_first(
    open_table: Open, made: dict[str, int], eventually: Eventually
) -> None:
    table = await loaded(open_table(), eventually)
    table.show_query(Query(Direction.SENT, text="harp"))
    table.show_query(Query(Direction.SENT, text="Ames"))
    await eventually(lambda: table.is_loaded)
    assert set(names(table)) == {"Dr. Ames, Orthopaedics"}


async def test_a_page_that_cannot_be_read_is_blank_and_reported_once(
    day: Day, open_table: Open, made: dict[str, int], eventually: Eventually
) -> None:
    table = await loaded(open_table(), eventually)

    def broken(*asked: object) -> Mapping[int, Fax]:
        raise StorageFailed("The archive is damaged.")

    day.backbone.archive.page = broken  # type: ignore[method-assign, assignment]
    day.backbone.archive.fits = broken  # type: ignore[method-assign, assignment]
    assert names(table) == [None] * table.rowCount()
    assert [str(error) for error in day.reported] == ["The archive is damaged."]
    day.backbone.changes.announce({made["busy"]})
    assert table.row_of(made["busy"]) == -1
    assert len(day.reported) == 1


async def test_any_change_at_all_is_asked_about(
    day: Day, open_table: Open, made: dict[str, int], eventually: Eventually
) -> None:
    table = await loaded(open_table(), eventually)
    asked: list[bool] = []
    table.loaded.connect(lambda: asked.append(True))
    day.backbone.changes.announce(())
    await eventually(lambda: asked)


async def test_a_name_is_never_read_as_markup(day: Day, open_table: Open, eventually: Eventually) -> None:
    await day.backbone.outbox.save_draft(Form(name="<b>Bold</b>"), day.now())
    table = await loaded(open_table(), eventually)
    assert table.index(0).data(Qt.ItemDataRole.ToolTipRole).startswith("<span>&lt;b&gt;Bold")


async def test_after_midnight_today_is_yesterday(
    day: Day, open_table: Open, made: dict[str, int], eventually: Eventually
) -> None:
    table = await loaded(open_table(), eventually)
    row = table.row_of(made["failed"])
    assert table.index(row).data(Qt.ItemDataRole.UserRole).when != "Yesterday"
    day.after(days=1)
    table._look_at_the_day()
    assert table.index(row).data(Qt.ItemDataRole.UserRole).when == "Yesterday"


def ids(table: FaxTable) -> list[int | None]:
    return [table.id_at(row) for row in range(table.rowCount())]


class Office:
    """Does whatever happens to faxes, at random."""

    def __init__(self, day: Day) -> None:
        self._day = day
        self._dice = random.Random(7)
        self._form = Form()
        self._faxes: list[int] = []
        self._count = 0

    async def begin(self) -> None:
        self._form = await self._day.form("Ames", "+12025550177", (("a.pdf", 1),), Form().cover)

    async def do_something(self) -> None:
        dice, day, outbox = self._dice, self._day, self._day.backbone.outbox
        day.time += timedelta(milliseconds=dice.choice([0, 0, 1, 5]))
        fax = dice.choice(self._faxes) if self._faxes else 0
        what = dice.randrange(10)
        if what < 3:
            self._faxes.append(await outbox.save_draft(Form(name=dice.choice(["Ames", "Hale"])), day.now()))
        elif what == 3:
            draft = await outbox.save_draft(self._form, day.now())
            day.after(milliseconds=1)
            await self._queue(draft)
            self._faxes.append(draft)
        elif what == 4:
            await outbox.stop(fax, day.now())
            await outbox.discard(fax)
        elif what == 5:
            await outbox.save_draft(Form(name=dice.choice(["Ames", "Hale"])), day.now())
        elif what == 6:
            await outbox.take_back(fax, day.now()) or await outbox.try_again(fax, day.now())
        elif what == 7:
            await self._receive()
        else:
            await self._rename(fax)

    async def _queue(self, draft: int) -> None:
        now, number = self._day.now(), FaxNumber("+12025550177")
        await self._day.backbone.outbox.queue(
            self._form, number, "d" * 64, 1, 1, now, now, Waiting.TURN, draft
        )

    async def _receive(self) -> None:
        """One of some days ago too, as from another program's time."""
        self._count += 1
        at = self._day.now() - timedelta(hours=self._dice.randrange(50))
        report = ReceivedReport(str(self._count), "1", "+12025550177", "+12025550119", at)
        fax = await self._day.backbone.archive.add_received(report, "d" * 64, 1, 1, self._day.now())
        if self._dice.random() < 0.5 and fax:
            await self._day.backbone.archive.mark([fax], unread=False)

    async def _rename(self, fax: int) -> None:
        name = self._dice.choice(["Ames", "Hale", "Names"])
        await self._day.backbone.database.run(
            lambda connection: connection.execute("UPDATE fax SET name = ? WHERE id = ?", (name, fax))
        )
        self._day.backbone.changes.announce({fax})


@pytest.mark.parametrize(
    "query",
    [
        SENT,
        Query(Direction.SENT, IN_PROGRESS),
        Query(Direction.SENT, NEEDS_USER),
        Query(Direction.SENT, text="ame"),
        Query(Direction.SENT, text="h"),
        Query(Direction.RECEIVED),
        Query(Direction.RECEIVED, text="177"),
    ],
)
async def test_a_table_that_follows_the_changes_is_as_one_that_asks(
    day: Day, open_table: Open, eventually: Eventually, query: Query
) -> None:
    """Whatever happens, the list is what the archive would answer, and the archive is not asked for it."""
    table = await loaded(open_table(query), eventually)
    # Somebody who knows only what the views are told.
    watching = QIdentityProxyModel()
    watching.setSourceModel(table)
    kept: list[tuple[QPersistentModelIndex, int]] = []
    asked = watched(day)
    office = Office(day)
    await office.begin()
    for turn in range(80):
        await office.do_something()
        table.index(turn % (table.rowCount() or 1)).data()
        assert ids(table) == list(await day.backbone.archive.ids(query))
        asked.remove(query.text)  # that was the test itself
        assert watching.rowCount() == table.rowCount()
        for row, fax in enumerate(ids(table)):
            assert table.row_of(fax) == row
            assert fax is not None
            kept.append((QPersistentModelIndex(table.index(row)), fax))
        assert all(not index.isValid() or table.id_at(index.row()) == fax for index, fax in kept)
    assert asked == []


async def test_a_list_of_unread_ones_takes_new_ones_in_and_lets_none_go(
    day: Day, open_table: Open, made: dict[str, int], eventually: Eventually
) -> None:
    table = await loaded(open_table(Query(Direction.RECEIVED, unread=True)), eventually)
    before = ids(table)
    new = await day.receive("", "+12025550143", "10-town-hall-permit.pdf", 1, unread=True)
    assert ids(table) == [new, *before]
    await day.backbone.archive.mark([made["newest"]], unread=False)
    await day.backbone.archive.mark([made["report"]], unread=False)
    assert ids(table) == [new, *before]
    await day.backbone.archive.mark([made["report"]], unread=True)
    assert made["report"] in ids(table)


async def test_the_selection_moves_with_its_fax(
    day: Day, open_table: Open, eventually: Eventually, qtmodeltester: ModelTester
) -> None:
    table = await loaded(open_table(), eventually)
    first, second, third = await drafts(day, 3)
    chosen = QPersistentModelIndex(table.index(table.row_of(first)))
    form = await day.form("Moved up", "+12025550177", (("a.pdf", 1),), Form().cover)
    day.after(minutes=1)
    number = FaxNumber("+12025550177")
    await day.backbone.outbox.queue(form, number, "d" * 64, 1, 1, day.now(), day.now(), Waiting.TURN, first)
    assert ids(table) == [first, third, second]
    assert chosen.row() == 0
    qtmodeltester.check(table, force_py=True)


async def test_many_changes_at_once_are_asked_about_and_only_what_differs_is_touched(
    day: Day, open_table: Open, eventually: Eventually
) -> None:
    await drafts(day, 10)
    table = await loaded(open_table(), eventually)
    below = QPersistentModelIndex(table.index(9))
    resets: list[bool] = []
    arrived: list[int] = []
    table.modelReset.connect(lambda: resets.append(True))
    table.arrived.connect(arrived.extend)
    made = [await day.backbone.outbox.save_draft(Form(name="More"), day.now()) for _ in range(2)]
    table.refresh()
    day.backbone.changes.announce(())
    await eventually(lambda: table.rowCount() == 12)
    assert below.row() == 11
    assert arrived == made
    everything = [fax for fax in ids(table) if fax]

    def remove(connection: sqlite3.Connection) -> None:
        connection.executemany("DELETE FROM fax WHERE id = ?", [(fax,) for fax in everything[3:6]])

    await day.backbone.database.run(remove)
    day.backbone.changes.announce(range(100))
    await eventually(lambda: table.rowCount() == 9)
    assert ids(table) == everything[:3] + everything[6:]
    assert below.row() == 8
    assert resets == []


async def test_the_first_rows_of_a_long_list_are_there_before_the_others(
    day: Day, open_table: Open, eventually: Eventually
) -> None:
    made = await many(day, 3000)
    table = open_table()
    sizes: list[int] = []
    told: list[list[int]] = []
    table.loaded.connect(lambda: sizes.append(table.rowCount()))
    table.arrived.connect(told.append)
    await loaded(table, eventually)
    assert len(sizes) == 2
    assert 50 < sizes[0] < 3000
    assert ids(table) == made[::-1]
    assert told == [], "nothing has come: it was there"
    table.refresh()
    await eventually(lambda: len(sizes) == 3)
    assert sizes[2] == 3000, "what is asked for again is not shown in parts"


async def test_a_change_while_the_list_is_asked_for_is_not_lost(
    day: Day, open_table: Open, eventually: Eventually
) -> None:
    table = await loaded(open_table(), eventually)
    table.refresh()
    [first] = await drafts(day, 1)
    table.refresh()
    [second] = await drafts(day, 1)
    await eventually(lambda: ids(table) == [second, first])


async def test_a_search_that_is_overtaken_is_broken_off(
    day: Day, open_table: Open, eventually: Eventually
) -> None:
    await drafts(day, 300)
    table = await loaded(open_table(), eventually)
    asked = watched(day)
    for text in ("d", "dr", "dra", "draft 7"):
        table.show_query(Query(Direction.SENT, text=text))
    await eventually(lambda: table.is_loaded)
    assert asked == ["draft 7"]
    assert table.rowCount() == 11
    table.show_query(Query(Direction.SENT, text="x"))
    await asyncio.sleep(0)
    table.show_query(Query(Direction.SENT, text="draft 8"))
    await eventually(lambda: table.is_loaded)
    assert asked[1:] == ["x is not wanted any more", "draft 8"]


async def test_a_fax_that_cannot_be_placed_has_the_ids_asked_for(
    day: Day, open_table: Open, eventually: Eventually, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In a long list nobody looks for a fax that is not where its time says, row by row."""
    monkeypatch.setattr(fax_table, "_SEARCHED", 10)
    made = await drafts(day, 20)
    table = await loaded(open_table(), eventually)
    form = await day.form("Moved up", "+12025550177", (("a.pdf", 1),), Form().cover)
    day.after(minutes=1)
    number = FaxNumber("+12025550177")
    await day.backbone.outbox.queue(form, number, "d" * 64, 1, 1, day.now(), day.now(), Waiting.TURN, made[4])
    await eventually(lambda: table.id_at(0) == made[4])
    await day.backbone.outbox.discard(made[7])
    await eventually(lambda: table.rowCount() == 19)
    assert table.row_of(made[7]) == -1


@given(
    before=st.lists(st.integers(-3, 3), max_size=12),
    after=st.lists(st.integers(-3, 3), max_size=12),
)
def test_the_difference_of_two_lists_makes_one_of_the_other(before: list[int], after: list[int]) -> None:
    change = difference(array("q", before), array("q", after))
    changed = before[:]
    changed[change.place : change.place + change.out] = after[change.place : change.place + change.into]
    assert changed == after
    assert (change.out, change.into) == (0, 0) or before != after
    assert change.place + max(change.out, change.into) <= max(len(before), len(after))


def test_a_place_is_found_by_looking_at_few() -> None:
    asked: list[int] = []
    start = datetime(2026, 1, 1)

    def created(fax: int) -> datetime | None:
        asked.append(fax)
        return start + timedelta(seconds=fax) if fax % 1000 else None

    order = FaxOrder(created)
    order.ids = array("q", (fax for fax in range(1_000_000, 0, -1) if fax % 1000))
    assert order.place(1_000_001, start + timedelta(seconds=1_000_001)) == 0
    assert len(asked) == 1, "what is new is newest"
    assert order.is_at(order.place(777, start + timedelta(seconds=777)), 777)
    assert len(asked) < 25
    order.ids = array("q", [2000, 1000])
    with pytest.raises(OutOfOrder):
        order.place(5, start)
