"""The Inbox over a real archive."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from ifax_desktop.domain.fax import Direction, Fax, State
from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.store.awaited import Awaited
from ifax_desktop.viewmodels.inbox import Read
from ifax_desktop.viewmodels.outbox import Emptiness
from ifax_desktop.viewmodels.received_fax import file_name
from tests.conftest import Eventually
from tests.office_day import PRACTICE, Day, Desk, heard

FAX = Fax(
    1, Direction.RECEIVED, State.RECEIVED, "+12025550143", "Dr. Ames", "", 3,
    datetime(2026, 11, 23, 11, 32).astimezone(UTC),
)  # fmt: skip


def unread(desk: Desk) -> bool | None:
    """Whether the chosen fax is unread."""
    return desk.inbox.state.fax.unread if desk.inbox.state.fax else None


async def test_nothing_is_opened_by_itself_and_what_is_opened_is_read(
    desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    inbox = desk.inbox
    await eventually(lambda: inbox.state.unread == 3)
    assert inbox.state.fax is None
    inbox.select(made["newest"])
    await eventually(lambda: inbox.state.unread == 2)
    assert unread(desk) is False
    await eventually(lambda: desk.previews[1].state.pages == 2)
    inbox.mark_unread()
    await eventually(lambda: inbox.state.unread == 3)
    assert unread(desk) is True


async def test_a_fax_is_saved_byte_for_byte_under_a_telling_name(
    desk: Desk, made: dict[str, int], tmp_path: Path, eventually: Eventually
) -> None:
    desk.inbox.select(made["report"])
    fax = desk.inbox.state.fax
    assert fax is not None
    saved: list[str] = []
    desk.inbox.saved.connect(saved.append)
    desk.inbox.save_as(str(tmp_path / fax.file_name))
    await eventually(lambda: saved == [fax.file_name])
    assert (tmp_path / fax.file_name).read_bytes() == (PRACTICE / "01-ames-report.pdf").read_bytes()
    desk.inbox.save_as("")


async def test_a_place_that_cannot_be_written_is_said(
    desk: Desk, made: dict[str, int], tmp_path: Path, eventually: Eventually
) -> None:
    desk.inbox.select(made["report"])
    desk.inbox.save_as(str(tmp_path / "no such folder" / "fax.pdf"))
    await eventually(lambda: desk.day.reported)
    assert str(desk.day.reported[0]) == "“fax.pdf” could not be saved there."


def test_file_names_hold_nothing_that_a_file_system_refuses() -> None:
    assert file_name(FAX) == "Fax from +1 202 555 0143, 23 Nov 2026 11.32.pdf"
    assert file_name(replace(FAX, number="")) == "Fax from hidden number, 23 Nov 2026 11.32.pdf"
    assert file_name(replace(FAX, number="*67/1:2")) == "Fax from -67-1-2, 23 Nov 2026 11.32.pdf"


async def test_reply_goes_to_the_sender_from_the_number_called(desk: Desk, made: dict[str, int]) -> None:
    desk.inbox.select(made["report"])
    asked = heard(desk.inbox.reply_asked)
    desk.inbox.reply()
    assert asked == [("+12025550143", "+12025550119")]
    desk.inbox.copy_number()
    assert QGuiApplication.clipboard().text() == "+12025550143"


async def test_filters_and_search(desk: Desk, made: dict[str, int], eventually: Eventually) -> None:
    inbox = desk.inbox
    inbox.choose_filter(Read.UNREAD)
    await eventually(lambda: inbox.table.rowCount() == 3)
    inbox.search("County")
    await eventually(lambda: inbox.table.rowCount() == 1)
    inbox.search("nobody")
    await eventually(lambda: inbox.state.empty is Emptiness.NOT_FOUND)


async def test_an_empty_inbox(bare_desk: Desk, eventually: Eventually) -> None:
    inbox = bare_desk.inbox
    assert inbox.state.empty is Emptiness.FIRST
    inbox.choose_filter(Read.UNREAD)
    await eventually(lambda: inbox.state.empty is Emptiness.FILTERED)
    inbox.reply()
    inbox.mark_unread()
    inbox.copy_number()
    inbox.select(None)
    inbox.check()
    await eventually(lambda: bare_desk.day.reported)


async def test_a_fax_that_comes_in_is_counted(day: Day, bare_desk: Desk, eventually: Eventually) -> None:
    await day.receive("", "+12025550143", "01-ames-report.pdf", 3, unread=True)
    await eventually(lambda: bare_desk.inbox.state.unread == 1)
    await eventually(lambda: bare_desk.inbox.state.empty is Emptiness.NOT)


async def test_a_deleted_fax_is_gone_and_the_next_one_is_shown_unread(
    desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    inbox = desk.inbox
    inbox.delete()
    inbox.select(made["stranger"])
    await eventually(lambda: inbox.state.unread == 2)
    place = inbox.table.row_of(made["stranger"])
    after, above = inbox.table.id_at(place + 1), inbox.table.id_at(place - 1)
    inbox.delete()
    await eventually(lambda: inbox.table.row_of(made["stranger"]) < 0)
    await eventually(lambda: inbox.selected == after)
    inbox.select(above)
    await eventually(lambda: inbox.state.unread == 1)
    inbox.mark_unread()
    await eventually(lambda: inbox.state.unread == 2)
    inbox.select(made["newest"])
    inbox.delete()
    await eventually(lambda: inbox.selected == above)
    assert unread(desk) is True, "nobody has opened it"
    await eventually(lambda: inbox.state.unread == 1)
    assert desk.day.reported == []


async def test_the_last_of_the_list_leaves_the_one_before(
    day: Day, bare_desk: Desk, eventually: Eventually
) -> None:
    inbox = bare_desk.inbox
    older = await day.receive("", "+12025550143", "01-ames-report.pdf", 3)
    day.after(minutes=1)
    newer = await day.receive("", "+12025550144", "01-ames-report.pdf", 3)
    await eventually(lambda: inbox.table.rowCount() == 2)
    inbox.select(older)
    inbox.delete()
    await eventually(lambda: inbox.selected == newer)
    inbox.delete()
    await eventually(lambda: inbox.state.empty is Emptiness.FIRST)
    assert inbox.state.fax is None


async def test_what_is_still_at_the_service_is_said(
    day: Day, bare_desk: Desk, eventually: Eventually
) -> None:
    inbox, awaited = bare_desk.inbox, day.backbone.receiver.awaited
    inbox.try_awaited()
    assert day.reported == [], "there is nothing to be tried"
    report = ReceivedReport("7", "t7", "+12025550143", "+12025550119", day.time)
    await awaited.missed(
        report, 1, day.time, "The fax service has no whole document for this fax yet.", day.time
    )
    await eventually(lambda: inbox.state.awaited is not None)
    said = inbox.state.awaited
    assert said is not None
    assert said.title == "1 fax could not be fetched yet"
    inbox.try_awaited()
    await eventually(lambda: day.reported)
    assert str(day.reported[0]) == "The program is still starting. Try again in a moment."
    inbox.give_up_awaited()
    await eventually(lambda: inbox.state.awaited is None)
    assert await day.backbone.archive.unknown([report]) == []


async def test_what_another_process_awaits_is_said_too(
    day: Day, bare_desk: Desk, eventually: Eventually
) -> None:
    other = Awaited(day.backbone.database, day.backbone.account)
    await other.missed(ReceivedReport("7", "t7", "", ""), 1, None, "File not found", day.time)
    day.backbone.changes.announce(())
    await eventually(lambda: bare_desk.inbox.state.awaited is not None)
