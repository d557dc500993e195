"""The New fax form over the real store and the real worker, without a window."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from ifax_desktop.delivery.drafts import Queued
from ifax_desktop.domain.cover import CONFIDENTIAL, CoverKind
from ifax_desktop.domain.fax import State, Waiting
from ifax_desktop.domain.leaves import Leaf
from ifax_desktop.domain.page import PageLook, Treatment
from ifax_desktop.domain.quality import Quality
from ifax_desktop.viewmodels.compose import ComposeViewModel
from ifax_desktop.viewmodels.compose_state import draft_words, send_words, why_not
from ifax_desktop.viewmodels.page_warnings import Repair
from tests.conftest import Clock, Eventually
from tests.desk import Desk, open_desk
from tests.documents import samples

SHOWN = "+1\N{NO-BREAK SPACE}202\N{NO-BREAK SPACE}555\N{NO-BREAK SPACE}0143"


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path, clock) as made:
        yield made


@pytest.fixture
def letter(desk: Desk) -> Path:
    return desk.file("referral.pdf", samples.letter("One", "Two"))


@pytest.fixture
def report(desk: Desk) -> Path:
    return desk.file("report.pdf", samples.letter("Three"))


async def taken(model: ComposeViewModel, eventually: Eventually) -> None:
    await eventually(lambda: not model.state.taking)


def names(model: ComposeViewModel) -> list[str]:
    return [attachment.name for attachment in model.state.form.attachments]


async def test_a_complete_form_is_queued_as_it_was_filled_in(
    desk: Desk, letter: Path, report: Path, eventually: Eventually
) -> None:
    model, queued = desk.form(), list[Queued]()
    model.queued.connect(queued.append)
    assert why_not(model.state) == "Add a number and a document"
    model.add_files([letter, report])
    assert send_words(model.state) == "Reading a document"
    await taken(model, eventually)
    assert names(model) == ["referral.pdf", "report.pdf"]
    assert why_not(model.state) == "Type the fax number first"
    model.set_number("(202) 555-014")
    assert why_not(model.state) == "Check the fax number first"
    model.set_number("(202) 555-0143")
    assert send_words(model.state) == f"Send 3 pages to {SHOWN}"
    model.set_name("Dr. Ames")
    assert send_words(model.state) == f"Send 3 pages to Dr. Ames  {SHOWN}"
    model.set_own_number("+12025550120")
    model.set_quality(Quality.HD)
    model.send()
    assert send_words(model.state) == "One moment"
    await eventually(lambda: queued)
    fax = (await desk.faxes())[0]
    assert (fax.id, fax.state, fax.number, fax.pages) == (queued[0].fax, State.QUEUED, "+12025550143", 3)
    kept = desk.kept(fax.id)
    assert (kept.name, kept.own_number, kept.quality) == ("Dr. Ames", "+12025550120", Quality.HD)
    assert model.state.has_left
    assert desk.notices.current is None, "a fax that went out is no draft"


async def test_a_new_form_begins_with_the_settings(desk: Desk) -> None:
    desk.choose(own_number="+12025550119", quality=Quality.HD, cover=CoverKind.OWN, from_name="Front desk")
    form = desk.form().state.form
    assert (form.own_number, form.quality) == ("+12025550119", Quality.HD)
    assert (form.cover.kind, form.cover.from_name) == (CoverKind.OWN, "Front desk")


async def test_a_coarse_quality_of_the_settings_is_not_offered(desk: Desk) -> None:
    desk.choose(quality=Quality.LOW)
    assert desk.form().state.form.quality is Quality.STANDARD


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("202 555 01", "Two digits are missing."),
        ("202 555 014333", "This number has too many digits."),
        ("Dr. Ames", "This is not a fax number."),
    ],
)
async def test_a_number_is_judged_on_leaving_the_field(desk: Desk, typed: str, sentence: str) -> None:
    model = desk.form()
    model.check_number()
    assert model.state.number_problem == "", "an empty field is not scolded"
    model.set_number(typed)
    assert model.state.number_problem == ""
    model.check_number()
    assert model.state.number_problem == sentence
    assert model.state.form.number == typed
    model.set_number("202 555 0143")
    assert model.state.number_problem == ""


async def test_a_number_of_another_region_follows_the_settings(desk: Desk) -> None:
    desk.choose(region="DE")
    model = desk.form()
    model.set_number("030 901820")
    assert model.state.e164 == "+4930901820"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (
            samples.RUBBISH,
            "This program cannot show this kind of file. Save or print it as a PDF and add that.",
        ),
        (b"", "This file is empty."),
        (samples.no_pages(), "This document has no pages."),
        (samples.truncated(), "This PDF is damaged and cannot be read."),
    ],
)
async def test_a_file_that_cannot_be_taken_is_named_and_the_others_stay(
    desk: Desk, letter: Path, report: Path, eventually: Eventually, content: bytes, reason: str
) -> None:
    model = desk.form()
    model.set_number("202 555 0143")
    model.add_files([letter, desk.file("bad.pdf", content), report])
    await taken(model, eventually)
    assert names(model) == ["referral.pdf", "report.pdf"]
    assert model.state.documents_problem == f"“bad.pdf” cannot be added. {reason}"
    assert model.state.form.number == "202 555 0143"
    assert model.state.can_send


async def test_each_refused_file_has_a_sentence_and_they_go_with_the_next_step(
    desk: Desk, letter: Path, eventually: Eventually
) -> None:
    model = desk.form()
    empty = desk.folder / "scans"
    empty.mkdir()
    model.add_files([desk.folder / "gone.pdf", empty])
    await taken(model, eventually)
    assert model.state.documents_problem.splitlines() == [
        "“gone.pdf” cannot be added. The file is not there.",
        "“scans” cannot be added. There are no files in this folder.",
    ]
    model.add_files([letter])
    await taken(model, eventually)
    assert model.state.documents_problem == ""


async def test_files_added_while_others_are_read_come_after_them(
    desk: Desk, letter: Path, report: Path, eventually: Eventually
) -> None:
    model = desk.form()
    model.add_files([letter])
    model.add_files([report, letter])
    await taken(model, eventually)
    assert names(model) == ["referral.pdf", "report.pdf", "referral.pdf"]


async def test_pages_are_moved_turned_left_out_and_it_is_undone_and_done_again(
    desk: Desk, letter: Path, report: Path, eventually: Eventually
) -> None:
    model = desk.form()
    model.add_files([letter, report])
    await taken(model, eventually)
    model.pages.move([2], 0)
    assert names(model) == ["report.pdf", "referral.pdf"]
    assert not model.state.form.leaves, "whole documents in another order are just that"
    model.pages.move([1], 3)
    assert [(leaf.part, leaf.page) for leaf in model.state.form.leaves] == [(0, 0), (1, 1), (1, 0)]
    model.pages.turn([1])
    model.pages.leave_out([0])
    assert model.state.pages == 2
    assert [leaf.look.rotation for leaf in model.state.form.leaves] == [0, 90, 0]
    for _ in range(6):
        model.pages.undo()
    assert names(model) == []
    assert (model.state.can_undo, model.state.can_redo) == (False, True)
    for _ in range(6):
        model.pages.redo()
    assert model.state.pages == 2
    assert (model.state.can_undo, model.state.can_redo) == (True, False)
    model.pages.remove_document(1)
    assert names(model) == ["report.pdf"]
    assert model.state.pages == 0
    model.set_number("202 555 0143")
    assert why_not(model.state) == "Put back a page first"
    model.send()
    assert model.state.documents_problem == "All pages are left out. Put back the ones to send."


async def test_the_arrangement_is_kept_with_the_draft_and_goes_out(
    desk: Desk, letter: Path, report: Path, eventually: Eventually
) -> None:
    model = desk.form()
    model.set_number("202 555 0143")
    model.add_files([letter, report])
    await taken(model, eventually)
    model.pages.move([0], 3)
    model.pages.turn([0])
    model.pages.leave_out([1])
    model.pages.treat([2], Treatment.DARKER)
    form = model.state.form
    assert await model.left()
    (draft,) = await desk.faxes(State.DRAFT)
    assert draft.pages == 2
    again = desk.form()
    again.load(draft.id, draft=True)
    assert again.state.form.leaves == form.leaves
    assert not again.state.can_undo
    await eventually(lambda: again.preview.state.pages == 2)
    again.send()
    await eventually(lambda: again.state.has_left)
    (fax,) = await desk.faxes(State.QUEUED)
    assert fax.pages == 2
    assert desk.kept(fax.id).leaves == form.leaves
    async with await desk.renderer.open(await desk.files.get(fax.document)) as sent:
        assert sent.pages == 2


@pytest.mark.parametrize(
    ("repair", "rotation", "treatment", "inset", "left_out"),
    [
        (Repair.AS_TEXT, 0, Treatment.TEXT, False, False),
        (Repair.LIGHTER, 0, Treatment.LIGHTER, False, False),
        (Repair.DARKER, 0, Treatment.DARKER, False, False),
        (Repair.SMALLER, 0, Treatment.AUTO, True, False),
        (Repair.LEAVE_OUT, 0, Treatment.AUTO, False, True),
    ],
)
async def test_a_repair_changes_its_page_and_can_be_undone(
    desk: Desk,
    letter: Path,
    eventually: Eventually,
    repair: Repair,
    rotation: int,
    treatment: Treatment,
    inset: bool,
    left_out: bool,
) -> None:
    model = desk.form()
    model.add_files([letter])
    await taken(model, eventually)
    model.repair(1, repair)
    assert model.state.form.leaves[1] == Leaf(0, 1, PageLook(rotation, treatment, inset), left_out)
    model.repair(1, Repair.PUT_BACK)
    assert not model.state.form.arrangement.leaves[1].left_out
    model.pages.undo()
    if left_out:
        model.pages.undo()
    assert not model.state.form.leaves


async def test_a_finer_quality_is_the_repair_for_small_writing(desk: Desk) -> None:
    model = desk.form()
    for quality in (Quality.HD, Quality.SUPERFINE, Quality.SUPERFINE):
        model.repair(0, Repair.FINER)
        assert model.state.form.quality is quality


async def test_send_before_the_form_is_complete_says_what_is_missing_beside_the_fields(desk: Desk) -> None:
    model = desk.form()
    model.send()
    assert model.state.number_problem == "Type the fax number."
    assert model.state.documents_problem == "Add a document to send."
    assert await desk.faxes() == []


async def test_the_preview_is_what_will_go_out_and_follows_the_form(
    desk: Desk, letter: Path, report: Path, eventually: Eventually
) -> None:
    model = desk.form()
    model.add_files([letter])
    await eventually(lambda: model.preview.state.pages == 2)
    model.add_files([report])
    await eventually(lambda: model.preview.state.pages == 3)
    model.set_cover_kind(CoverKind.OWN)
    assert model.state.pages == 4
    await eventually(lambda: model.preview.state.pages == 4)
    model.preview.go_to(3)
    model.set_cover_kind(CoverKind.NONE)
    await eventually(lambda: model.preview.state.pages == 3)
    spot = model.preview.state.spot
    assert spot is not None
    assert spot.group == "report.pdf", "the page that is looked at stays so"
    model.pages.remove_document(1)
    model.pages.remove_document(0)
    await eventually(lambda: model.preview.state.pages == 0 and not model.preview.state.problem)


async def test_a_long_cover_message_counts_its_sheets(
    desk: Desk, letter: Path, eventually: Eventually
) -> None:
    model = desk.form()
    model.set_cover_kind(CoverKind.OWN)
    model.set_message("A long story.\n" * 120)
    model.add_files([letter])
    await eventually(lambda: model.preview.state.pages > 3)
    await eventually(lambda: model.state.pages == model.preview.state.pages)
    model.set_message("A short story.")
    await eventually(lambda: model.state.pages == 3)


async def test_a_cover_the_letters_of_which_cannot_be_printed_says_so_and_keeps_the_form(
    desk: Desk, letter: Path, eventually: Eventually
) -> None:
    model = desk.form()
    model.set_number("202 555 0143")
    model.add_files([letter])
    await taken(model, eventually)
    model.set_cover_kind(CoverKind.OWN)
    model.set_message("Dear 田中")
    await eventually(lambda: model.preview.state.problem)
    assert "cannot print some of its characters" in model.preview.state.problem
    model.send()
    await eventually(lambda: model.state.problem)
    assert model.state.problem == model.preview.state.problem
    assert not model.state.is_sending
    assert model.state.form.cover.message == "Dear 田中"
    model.set_message("Dear Mr. Tanaka")
    assert model.state.problem == ""
    await eventually(lambda: model.preview.state.pages == 3)


async def test_a_cover_page_alone_can_be_sent_if_it_says_something(desk: Desk) -> None:
    model = desk.form()
    model.set_number("202 555 0143")
    model.set_cover_kind(CoverKind.OWN)
    assert why_not(model.state) == "Add a document first"
    model.set_message("Call us back.")
    assert send_words(model.state) == f"Send 1 page to {SHOWN}"
    model.set_cover_kind(CoverKind.SERVICE)
    assert why_not(model.state) == "Add a document first"


async def test_the_services_cover_is_named_and_not_counted(
    desk: Desk, letter: Path, eventually: Eventually
) -> None:
    model = desk.form()
    model.set_number("202 555 0143")
    model.set_cover_kind(CoverKind.SERVICE)
    model.add_files([letter])
    await taken(model, eventually)
    assert send_words(model.state) == f"Send a cover and 2 pages to {SHOWN}"


async def test_the_covers_to_follows_the_recipient_until_it_is_edited(desk: Desk) -> None:
    model = desk.form()
    model.set_name("Dr. Ames")
    assert model.state.form.cover.to_name == "Dr. Ames"
    model.set_cover_to("Reception")
    model.set_name("Dr. Ames, Orthopaedics")
    assert model.state.form.cover.to_name == "Reception"


async def test_the_confidentiality_text_is_the_usual_one_ones_own_or_none(desk: Desk) -> None:
    model = desk.form()
    model.set_notice("own")
    model.set_notice_text("For the addressee only.")
    assert model.state.form.cover.notice == "For the addressee only."
    model.set_notice("none")
    assert model.state.form.cover.notice == ""
    model.set_notice("standard")
    assert model.state.form.cover.notice == CONFIDENTIAL
    model.set_notice("own")
    assert model.state.form.cover.notice == "For the addressee only.", "what was written is still there"


async def test_leaving_keeps_a_form_with_content_and_says_so(
    desk: Desk, letter: Path, eventually: Eventually
) -> None:
    model = desk.form()
    model.set_number("202 555 01")
    model.set_name("Dr. Ames")
    model.add_files([letter])
    await taken(model, eventually)
    assert draft_words(model.state) == "Closing keeps it as a draft"
    model.leave()
    await eventually(lambda: model.state.has_left)
    drafts = await desk.faxes(State.DRAFT)
    assert [fax.name for fax in drafts] == ["Dr. Ames"]
    assert desk.kept(drafts[0].id) == model.state.form
    assert desk.notices.current is not None
    assert desk.notices.current.text == "The fax to Dr. Ames is kept as a draft in the Outbox."


async def test_leaving_an_untouched_form_keeps_nothing_and_says_nothing(
    desk: Desk, eventually: Eventually
) -> None:
    desk.choose(cover=CoverKind.OWN, from_name="Front desk")
    model = desk.form()
    model.leave()
    await eventually(lambda: model.state.has_left)
    assert await desk.faxes() == []
    assert desk.notices.current is None


async def test_a_draft_is_gone_on_with_and_its_row_becomes_the_queued_fax(
    desk: Desk, letter: Path, eventually: Eventually
) -> None:
    first = desk.form()
    first.set_name("Dr. Ames")
    first.add_files([letter])
    await taken(first, eventually)
    first.save()
    await eventually(lambda: first.state.is_saved)
    assert draft_words(first.state) == "Saved as a draft"
    await first.close()
    (draft,) = await desk.faxes(State.DRAFT)

    again = desk.form()
    again.load(draft.id, draft=True)
    assert again.state.form == first.state.form
    await eventually(lambda: again.preview.state.pages == 2)
    again.set_number("202 555 0143")
    again.send()
    await eventually(lambda: again.state.has_left)
    (fax,) = await desk.faxes()
    assert (fax.id, fax.state) == (draft.id, State.QUEUED)


async def test_a_fax_taken_back_opens_as_it_was(desk: Desk, letter: Path, eventually: Eventually) -> None:
    model, queued = desk.form(), list[Queued]()
    model.queued.connect(queued.append)
    model.set_number("202 555 0143")
    model.add_files([letter])
    await taken(model, eventually)
    model.send()
    await eventually(lambda: queued)
    assert await desk.drafts.take_back(queued[0].fax)
    again = desk.form()
    again.load(queued[0].fax, draft=True)
    assert again.state.form == model.state.form
    assert again.state.can_send


async def test_a_copy_of_a_sent_fax_is_a_new_fax(desk: Desk, letter: Path, eventually: Eventually) -> None:
    model, queued = desk.form(), list[Queued]()
    model.queued.connect(queued.append)
    model.set_number("202 555 0143")
    model.set_cover_kind(CoverKind.OWN)
    model.set_notice("own")
    model.set_notice_text("For the addressee only.")
    model.add_files([letter])
    await taken(model, eventually)
    model.send()
    await eventually(lambda: queued)
    copy = desk.form()
    copy.load(queued[0].fax, draft=False)
    assert copy.state.notice == "own"
    copy.leave()
    await eventually(lambda: copy.state.has_left)
    assert len(await desk.faxes()) == 1, "an untouched copy leaves nothing behind"
    copy = desk.form()
    copy.load(queued[0].fax, draft=False)
    copy.send()
    await eventually(lambda: copy.state.has_left)
    assert len(await desk.faxes(State.QUEUED)) == 2


async def test_an_emptied_draft_goes(desk: Desk, eventually: Eventually) -> None:
    model = desk.form()
    model.set_name("Dr. Ames")
    model.save()
    await eventually(lambda: model.state.is_saved)
    model.set_name("")
    model.leave()
    await eventually(lambda: model.state.has_left)
    assert await desk.faxes() == []
    assert desk.notices.current is None


async def test_what_is_written_is_kept_without_being_asked(desk: Desk, eventually: Eventually) -> None:
    model = desk.form(save_after=0.001)
    model.set_name("Dr. Ames")
    model.set_name("Dr. Ames, Orthopaedics")
    await eventually(lambda: model.state.is_saved)
    assert [fax.name for fax in await desk.faxes(State.DRAFT)] == ["Dr. Ames, Orthopaedics"]


async def test_a_save_under_way_and_send_make_one_fax(
    desk: Desk, letter: Path, eventually: Eventually
) -> None:
    model = desk.form()
    model.set_number("202 555 0143")
    model.add_files([letter])
    await taken(model, eventually)
    model.save()
    model.send()
    await eventually(lambda: model.state.has_left)
    assert [fax.state for fax in await desk.faxes()] == [State.QUEUED]


async def test_the_end_of_the_program_keeps_the_form(desk: Desk) -> None:
    model = desk.form()
    model.set_name("Dr. Ames")
    await model.close()
    assert [fax.name for fax in await desk.faxes(State.DRAFT)] == ["Dr. Ames"]


async def test_the_end_of_the_program_while_sending_sends_once(
    desk: Desk, letter: Path, eventually: Eventually
) -> None:
    model = desk.form()
    model.set_number("202 555 0143")
    model.add_files([letter])
    await taken(model, eventually)
    model.send()
    await eventually(lambda: model._draft._turn.locked())
    await model.close()
    assert [fax.state for fax in await desk.faxes()] == [State.QUEUED]


async def test_leaving_while_a_file_is_read_keeps_that_file_too(
    desk: Desk, letter: Path, eventually: Eventually
) -> None:
    model = desk.form()
    model.add_files([letter])
    model.leave()
    await eventually(lambda: model.state.has_left)
    (draft,) = await desk.faxes(State.DRAFT)
    assert [attachment.name for attachment in desk.kept(draft.id).attachments] == ["referral.pdf"]


async def test_a_form_that_cannot_be_kept_stays_open_and_may_be_left_unkept(
    desk: Desk, eventually: Eventually
) -> None:
    model = desk.form()
    model.set_name("Dr. Ames")
    model.save()
    await eventually(lambda: model.state.is_saved)
    (draft,) = await desk.faxes(State.DRAFT)
    await desk.drafts.discard(draft.id)
    model.set_name("Dr. Ames, Orthopaedics")
    model.leave()
    await eventually(lambda: model.state.problem)
    assert model.state.problem == (
        "This draft was sent or discarded in another window. "
        "Close the window once more to leave without keeping this form."
    )
    assert not model.state.has_left
    assert model.state.form.name == "Dr. Ames, Orthopaedics"
    model.leave()
    assert model.state.has_left


async def test_a_fax_that_is_gone_says_so(desk: Desk) -> None:
    model = desk.form()
    model.load(4711, draft=True)
    assert model.state.problem == "What was filled in for this fax is no longer here."


async def test_the_undo_time_is_told_with_the_queued_fax(
    desk: Desk, letter: Path, clock: Clock, eventually: Eventually
) -> None:
    model, queued = desk.form(), list[Queued]()
    model.queued.connect(queued.append)
    model.set_number("202 555 0143")
    model.add_files([letter])
    await taken(model, eventually)
    model.send()
    await eventually(lambda: queued)
    assert queued[0].due_at - clock() == timedelta(seconds=10)


async def test_a_fax_for_later_starts_at_the_next_full_hour_and_is_kept_here(
    desk: Desk, letter: Path, clock: Clock, eventually: Eventually
) -> None:
    model = desk.form()
    model.add_files([letter])
    await taken(model, eventually)
    model.set_number("(202) 555-0143")
    model.set_later(True)
    assert model.state.form.send_at == clock() + timedelta(hours=1)
    evening = (clock() + timedelta(hours=4)).astimezone()
    model.set_send_at(evening)
    model.send()
    await eventually(lambda: model.state.has_left)
    [fax] = await desk.faxes(State.QUEUED)
    assert (fax.due_at, fax.waiting) == (evening, Waiting.SCHEDULED)
    assert desk.kept(fax.id).send_at == evening
    again = desk.form()
    again.load(fax.id, draft=False)
    assert again.state.form.send_at == evening
    again.set_later(False)
    assert again.state.form.send_at is None


async def test_a_time_that_is_over_is_said_beside_it(
    desk: Desk, letter: Path, clock: Clock, eventually: Eventually
) -> None:
    model = desk.form()
    model.add_files([letter])
    await taken(model, eventually)
    model.set_number("(202) 555-0143")
    model.set_later(True)
    clock.advance(hours=2)
    model.send()
    assert model.state.time_problem == "This time is over. Choose one to come."
    assert await desk.faxes(State.QUEUED) == []
    model.set_send_at(clock() + timedelta(minutes=5))
    assert model.state.time_problem == ""
    model.set_at_service(True)
    model.send()
    await eventually(lambda: model.state.has_left)
    [fax] = await desk.faxes(State.QUEUED)
    assert fax.waiting is Waiting.UNDO, "it is handed over now, and the service keeps it"
    assert desk.kept(fax.id).at_service
