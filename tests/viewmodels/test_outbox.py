"""The Outbox over a real archive."""

from datetime import timedelta

from PySide6.QtGui import QGuiApplication

from ifax_desktop.domain.errors import Offline, StorageFailed
from ifax_desktop.domain.fax import FaxDetail
from ifax_desktop.viewmodels.outbox import Emptiness, Show
from ifax_desktop.viewmodels.sent_fax import SentFax
from ifax_desktop.viewmodels.verdict import Act
from tests.conftest import Eventually
from tests.office_day import Day, Desk, heard


def shown(desk: Desk) -> SentFax:
    assert desk.outbox.state.fax is not None
    return desk.outbox.state.fax


async def test_counts_and_the_newest_fax_are_there_after_the_start(
    desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    await eventually(lambda: desk.outbox.state.needs_you)
    state = desk.outbox.state
    assert (state.in_progress, state.needs_you, state.waiting, state.empty) == (3, 3, 2, Emptiness.NOT)
    assert desk.outbox.selected == made["draft"]


async def test_a_chosen_fax_is_shown_with_its_pages(
    desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.outbox.select(made["busy"])
    fax = shown(desk)
    assert (fax.title, fax.state) == ("Dr. Ames, Orthopaedics", "waiting")
    assert fax.documents == (("Cover page", ""), ("referral.pdf", "2 pages"), ("xray-report.pdf", "2 pages"))
    assert len(fax.plan) == 5
    assert fax.plan_sentence
    await eventually(lambda: desk.previews[0].state.pages == 4)
    desk.outbox.select(None)
    assert desk.outbox.state.fax is None
    assert desk.previews[0].state.pages == 0


async def test_what_happens_to_the_chosen_fax_is_shown_at_once(
    day: Day, desk: Desk, made: dict[str, int]
) -> None:
    desk.outbox.select(made["busy"])
    await day.backbone.outbox.stop(made["busy"], day.now())
    assert shown(desk).state == "canceled"
    assert shown(desk).acts == {Act.TRY_AGAIN, Act.EDIT}


async def test_cancel_and_try_again(desk: Desk, made: dict[str, int], eventually: Eventually) -> None:
    desk.outbox.select(made["later"])
    desk.outbox.cancel()
    await eventually(lambda: shown(desk).state == "canceled")
    desk.outbox.try_again()
    await eventually(lambda: shown(desk).state == "waiting")
    assert desk.day.reported == []


async def test_too_late_is_said(desk: Desk, made: dict[str, int], eventually: Eventually) -> None:
    desk.outbox.select(made["sending"])
    desk.outbox.cancel()
    await eventually(lambda: len(desk.day.reported) == 1)
    desk.outbox.try_now()
    await eventually(lambda: len(desk.day.reported) == 2)
    assert [str(error) for error in desk.day.reported] == [
        "Too late to stop it: this fax is on its way.",
        "This fax is on its way already.",
    ]


async def test_edit_opens_a_copy_and_a_draft_is_opened_itself(desk: Desk, made: dict[str, int]) -> None:
    desk.outbox.select(made["failed"])
    asked = heard(desk.outbox.edit_asked)
    desk.outbox.act(Act.EDIT)
    assert asked == [(made["failed"],)]
    desk.outbox.select(made["draft"])
    asked = heard(desk.outbox.draft_asked)
    desk.outbox.act(Act.OPEN_DRAFT)
    assert asked == [(made["draft"],)]
    asked = heard(desk.outbox.key_asked)
    desk.outbox.act(Act.MEND_KEY)
    assert asked == [()]


async def test_a_discarded_draft_makes_room_for_the_next(
    desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.outbox.select(made["draft"])
    desk.outbox.discard()
    await eventually(lambda: desk.outbox.selected == made["sending"])


async def test_look_again_says_when_it_was_not_found_and_when_nobody_answers(
    desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.outbox.select(made["doubtful"])
    desk.outbox.look_again()
    await eventually(lambda: desk.day.reported)
    assert isinstance(desk.day.reported[0], Offline)
    assert shown(desk).card.aside == ""

    async def not_there(fax: int) -> bool:
        return False

    desk.day.backbone.doubts.look_again = not_there  # type: ignore[method-assign]
    desk.outbox.look_again()
    await eventually(lambda: shown(desk).card.aside.startswith("Not found at "))


async def test_how_far_the_handing_over_is_stands_on_the_card(desk: Desk, made: dict[str, int]) -> None:
    sender = desk.day.backbone.sender
    desk.outbox.select(made["sending"])
    assert shown(desk).card.aside == ""
    sender._moved(made["sending"], 41, 100)
    assert shown(desk).card.aside == "41 %"
    sender._moved(made["busy"], 77, 100)
    assert shown(desk).card.aside == "41 %"


async def test_filters_and_search_narrow_the_list(
    desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    outbox = desk.outbox
    outbox.choose_filter(Show.NEEDS_YOU)
    await eventually(lambda: outbox.table.rowCount() == 3)
    outbox.search("  Hill ")
    await eventually(lambda: outbox.table.rowCount() == 1)
    assert outbox.table.id_at(0) == made["failed"]
    outbox.search("harpr")
    await eventually(lambda: outbox.state.empty is Emptiness.NOT_FOUND)
    outbox.search("")
    outbox.choose_filter(Show.ALL)
    await eventually(lambda: outbox.table.rowCount() == 14)
    assert outbox.state.empty is Emptiness.NOT


async def test_an_empty_archive_asks_for_the_first_fax(bare_desk: Desk, eventually: Eventually) -> None:
    assert bare_desk.outbox.state.empty is Emptiness.FIRST
    bare_desk.outbox.choose_filter(Show.NEEDS_YOU)
    await eventually(lambda: bare_desk.outbox.state.empty is Emptiness.FILTERED)
    for command in (bare_desk.outbox.cancel, bare_desk.outbox.try_now, bare_desk.outbox.edit):
        command()
    bare_desk.outbox.discard()
    bare_desk.outbox.look_again()
    bare_desk.outbox.copy_number()


async def test_the_number_is_copied_as_it_is_dialled(desk: Desk, made: dict[str, int]) -> None:
    desk.outbox.select(made["failed"])
    desk.outbox.copy_number()
    assert QGuiApplication.clipboard().text() == "+12025550178"


async def test_six_minutes_become_five(day: Day, desk: Desk, made: dict[str, int]) -> None:
    desk.outbox.select(made["busy"])
    assert "in 6 minutes" in shown(desk).card.sentences
    day.time += timedelta(minutes=1)
    desk.outbox._tick()
    assert "in 5 minutes" in shown(desk).card.sentences


async def test_an_archive_that_cannot_be_read_is_reported(day: Day, desk: Desk, made: dict[str, int]) -> None:
    def broken(fax: int) -> FaxDetail | None:
        raise StorageFailed("The archive is damaged.")

    day.backbone.archive.detail = broken  # type: ignore[method-assign]
    desk.outbox.select(made["busy"])
    assert desk.outbox.state.fax is None
    assert [str(error) for error in day.reported] == ["The archive is damaged."]
