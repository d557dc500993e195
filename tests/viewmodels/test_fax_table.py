"""The windowed table over a real archive."""

from collections.abc import AsyncIterator, Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt
from pytestqt.modeltest import ModelTester

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import IN_PROGRESS, Direction, Fax, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.number import FaxNumber
from ifax_desktop.store.archive import Query
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


async def drafts(day: Day, count: int) -> list[int]:
    return [
        await day.backbone.outbox.save_draft(Form(name=f"Draft {number}"), day.now())
        for number in range(count)
    ]


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
    rows = day.backbone.archive.rows

    def counted(ids: list[int]) -> list[Fax]:
        read.extend(ids)
        return rows(ids)

    day.backbone.archive.rows = counted  # type: ignore[method-assign, assignment]
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
    asked: list[bool] = []
    table.loaded.connect(lambda: asked.append(True))
    await day.backbone.outbox.stop(made["busy"], day.now())
    await day.receive("", "+12025550143", "10-town-hall-permit.pdf", 1, unread=True)
    await eventually(lambda: asked)
    assert asked == [True]


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

    def broken(ids: object) -> list[Fax]:
        raise StorageFailed("The archive is damaged.")

    day.backbone.archive.rows = broken  # type: ignore[method-assign]
    assert names(table) == [None] * table.rowCount()
    assert [str(error) for error in day.reported] == ["The archive is damaged."]
    day.backbone.changes.announce({made["busy"]})
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
