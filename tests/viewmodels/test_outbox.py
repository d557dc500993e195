"""The Outbox over a real archive."""

from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QGuiApplication

from ifax_desktop.api.outbound import OutgoingFax
from ifax_desktop.backbone import Connection
from ifax_desktop.domain.errors import Offline, StorageFailed
from ifax_desktop.domain.fax import FaxDetail
from ifax_desktop.simulator.service import FaxService
from ifax_desktop.viewmodels.outbox import Emptiness, Show
from ifax_desktop.viewmodels.sent_fax import SentFax
from ifax_desktop.viewmodels.verdict import Act
from tests.conftest import Eventually
from tests.office_day import OURS, Day, Desk, heard


@pytest.fixture
def handled() -> Iterator[list[str]]:
    """The addresses that would have been opened outside of the program."""
    opened = Opened()
    for scheme in ("https", "mailto"):
        QDesktopServices.setUrlHandler(scheme, opened, "open")  # type: ignore[arg-type]
    yield opened.addresses
    for scheme in ("https", "mailto"):
        QDesktopServices.unsetUrlHandler(scheme)


class Opened(QObject):
    """Stands in for the browser and the mail program."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    @Slot(QUrl)
    def open(self, address: QUrl) -> None:
        self.addresses.append(address.toString())


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
    assert shown(desk).acts == {Act.SEND_AGAIN, Act.TRY_AGAIN, Act.DELETE}


async def test_cancel_and_try_again(desk: Desk, made: dict[str, int], eventually: Eventually) -> None:
    desk.outbox.select(made["later"])
    desk.outbox.cancel()
    await eventually(lambda: shown(desk).state == "canceled")
    desk.outbox.act(Act.TRY_AGAIN)
    await eventually(lambda: shown(desk).state == "waiting")
    assert desk.day.reported == []


async def test_too_late_is_said(day: Day, desk: Desk, made: dict[str, int], eventually: Eventually) -> None:
    desk.outbox.acts.stop(made["delivered"], has_left=False)
    await eventually(lambda: len(day.reported) == 1)
    desk.outbox.acts.try_now(made["sending"])
    await eventually(lambda: len(day.reported) == 2)
    desk.outbox.acts.send_anyway(made["delivered"])
    await eventually(lambda: len(day.reported) == 3)
    desk.outbox.acts.have_resent(made["draft"])
    await eventually(lambda: len(day.reported) == 4)
    desk.outbox.acts.adopt(made["delivered"], "4711")
    await eventually(lambda: len(day.reported) == 5)
    assert [str(error) for error in day.reported] == [
        "Too late to stop it: this fax is over.",
        "This fax is on its way already.",
        "Meanwhile it is known what became of this fax, so it was not sent again.",
        "The service never had this fax, so it cannot send it again.",
        "Meanwhile it is known what became of this fax.",
    ]


async def test_stopping_what_has_left_asks_for_consent_first(
    day: Day, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.outbox.select(made["sending"])
    asked = heard(desk.outbox.acts.consent_asked)
    desk.outbox.act(Act.CANCEL)
    assert asked == [(made["sending"],)]
    assert Act.CANCEL in shown(desk).acts
    desk.outbox.acts.stop_with_consent(made["sending"])
    await eventually(lambda: shown(desk).card.title == "The service is asked to stop this fax")
    assert Act.CANCEL not in shown(desk).acts
    assert day.backbone.consents.known("fax_cancel") == "given"


async def test_a_paused_outbox_is_said_on_every_waiting_fax(
    desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.outbox.select(made["later"])
    desk.outbox.pause(paused=True)
    await eventually(lambda: shown(desk).card.title == "Sending is paused")
    assert desk.outbox.state.paused
    assert shown(desk).acts == {Act.RESUME, Act.CANCEL}
    notice = desk.notices.current
    assert notice is not None
    assert (notice.text, notice.button) == ("Sending is paused. 2 faxes wait here.", "Go on sending")
    assert desk.window.state.waiting == "2 faxes waiting, paused"
    desk.outbox.act(Act.RESUME)
    await eventually(lambda: not desk.outbox.state.paused)
    assert desk.notices.current is None
    assert shown(desk).card.title.startswith("This fax goes out")


async def test_the_details_for_support_hold_no_number_and_no_name(
    desk: Desk, made: dict[str, int], handled: list[str]
) -> None:
    desk.outbox.select(made["broke"])
    desk.outbox.act(Act.SUPPORT)
    copied = QGuiApplication.clipboard().text()
    assert "9009" in copied
    assert "5550155" not in copied
    assert "Quay" not in copied
    assert handled == ["mailto:support@ifaxapp.com?subject=A fax that did not get through"]
    assert desk.notices.current is not None
    assert "support@ifaxapp.com" in desk.notices.current.text
    desk.outbox.act(Act.OPEN_ACCOUNT)
    assert handled[1:] == ["https://www.ifaxapp.com"]


async def test_without_its_document_only_the_service_can_send_it_again(
    day: Day, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    [row] = day.backbone.archive.rows([made["failed"]])
    day.backbone.files.path(row.document).unlink()
    desk.outbox.select(made["failed"])
    assert shown(desk).card.act is Act.HAVE_RESENT
    assert Act.EDIT not in shown(desk).acts
    desk.outbox.act(Act.HAVE_RESENT)
    await eventually(lambda: desk.outbox.state.waiting == 3)


async def test_a_fax_that_is_over_is_deleted(
    desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.outbox.select(made["failed"])
    rows = desk.outbox.table.rowCount()
    desk.outbox.act(Act.DELETE)
    await eventually(lambda: desk.outbox.table.rowCount() == rows - 1)
    assert desk.outbox.selected != made["failed"]


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
    desk.outbox.act(Act.DISCARD)
    await eventually(lambda: desk.outbox.selected == made["sending"])


async def test_look_again_says_when_it_was_not_found_and_when_nobody_answers(
    day: Day, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    desk.outbox.select(made["doubtful"])
    desk.outbox.act(Act.LOOK_AGAIN)
    await eventually(lambda: desk.day.reported)
    assert isinstance(desk.day.reported[0], Offline)
    assert shown(desk).card.aside == ""

    day.reported.clear()
    service = FaxService(now=lambda: day.time.timestamp())
    connection = Connection("https://fax.invalid/v1", "live-key-for-tests", httpx.MockTransport(service))
    found = heard(desk.outbox.acts.candidates_found)
    async with day.backbone.connected(connection) as calls:
        desk.outbox.act(Act.LOOK_AGAIN)
        await eventually(lambda: shown(desk).card.aside.startswith("Not found at "))
        assert found == []
        letter = day.backbone.files.path(await day.letter("01-ames-report.pdf"))
        for number in ("+12025550151", "+14155550100"):  # somebody else sends on this account
            await calls.outbound.send(OutgoingFax(number, OURS, "other.pdf", letter))
        desk.outbox.act(Act.LOOK_AGAIN)
        await eventually(lambda: shown(desk).card.aside.startswith("Not proven at "))
    [(fax, candidates)] = found
    assert fax == made["doubtful"]
    assert [report.to_number for report in candidates] == ["+12025550151"]  # type: ignore[attr-defined]
    assert shown(desk).state == "uncertain"
    desk.outbox.acts.adopt(made["doubtful"], str(service.jobs[0].job_id))
    await eventually(lambda: shown(desk).state == "sending")


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
    for act in Act:
        bare_desk.outbox.act(act)
    bare_desk.outbox.cancel()
    bare_desk.outbox.edit()
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


async def test_a_late_fax_is_among_those_that_need_the_user(
    day: Day, desk: Desk, made: dict[str, int], eventually: Eventually
) -> None:
    day.after(hours=20)  # one waits for its next try, one for its time: both are over long ago
    await day.backbone.outbox.claim(day.time, timedelta(hours=12))
    await eventually(lambda: desk.outbox.state.needs_you == 5)
    desk.outbox.choose_filter(Show.NEEDS_YOU)
    await eventually(lambda: desk.outbox.table.rowCount() == 5)
    desk.outbox.select(made["later"])
    assert shown(desk).card.title == "This fax is more than 12 hours late"
    desk.outbox.act(Act.TRY_NOW)
    await eventually(lambda: desk.outbox.table.rowCount() == desk.outbox.state.needs_you == 4)
