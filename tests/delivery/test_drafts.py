"""From the form to a durable row, and everything that can be wrong with what was given."""

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from ifax_desktop.delivery.drafts import Drafts
from ifax_desktop.documents.office import Office
from ifax_desktop.domain import limits
from ifax_desktop.domain.cover import Cover, CoverKind
from ifax_desktop.domain.errors import DocumentUnreadable, FaxTooLarge, NothingToSend, WrongNumber
from ifax_desktop.domain.fax import Direction, State, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.store.finding import Query
from ifax_desktop.store.settings import Settings
from tests.delivery.conftest import Plant
from tests.documents import samples


async def test_a_taken_document_is_in_the_store_and_counted(plant: Plant, letter: Path) -> None:
    attachment = await plant.backbone.drafts.take(letter)
    letter_content = letter.read_bytes()
    letter.unlink()
    assert (attachment.name, attachment.pages) == ("referral.pdf", 3)
    assert await plant.backbone.files.get(attachment.document) == letter_content


async def test_a_queued_fax_waits_for_undo_and_then_is_due(plant: Plant, letter: Path) -> None:
    drafts = plant.backbone.drafts
    queued = await drafts.queue(Form("202 555 0143", attachments=(await drafts.take(letter),)))
    row = plant.backbone.archive.rows([queued.fax])[0]
    assert (row.state, row.waiting, row.number, row.pages) == (State.QUEUED, Waiting.UNDO, "+12025550143", 3)
    assert row.due_at == queued.due_at == plant.clock() + timedelta(seconds=10)


async def test_undo_gives_the_form_back(plant: Plant, letter: Path) -> None:
    drafts = plant.backbone.drafts
    form = Form("202 555 0143", "Dr. Ames", attachments=(await drafts.take(letter),))
    queued = await drafts.queue(form)
    assert await drafts.take_back(queued.fax)
    assert plant.backbone.archive.rows([queued.fax])[0].state is State.DRAFT
    assert drafts.form(queued.fax) == form
    assert not await drafts.take_back(queued.fax)


async def test_our_own_cover_page_goes_first_and_is_counted(plant: Plant, letter: Path) -> None:
    drafts = plant.backbone.drafts
    cover = Cover(CoverKind.OWN, subject="Referral", message="As agreed by phone.")
    form = Form("202 555 0143", "Dr. Ames", attachments=(await drafts.take(letter),), cover=cover)
    queued = await drafts.queue(form)
    assert plant.backbone.archive.rows([queued.fax])[0].pages == 4


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "notes.bin",
            samples.RUBBISH,
            "“notes.bin” cannot be added. This program cannot show this kind of file. Save or print it as a PDF and add that.",
        ),
        ("empty.pdf", b"", "“empty.pdf” cannot be added. This file is empty."),
    ],
)
async def test_a_file_that_is_no_document_is_named(
    plant: Plant, tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(DocumentUnreadable) as caught:
        await plant.backbone.drafts.take(tmp_path / name)
    assert str(caught.value) == sentence


async def test_locked_pageless_and_missing_files_are_said_in_words(plant: Plant, tmp_path: Path) -> None:
    (tmp_path / "locked.pdf").write_bytes(samples.locked())
    (tmp_path / "none.pdf").write_bytes(samples.no_pages())
    said = []
    for name in ("locked.pdf", "none.pdf", "gone.pdf", "."):
        with pytest.raises(DocumentUnreadable) as caught:
            await plant.backbone.drafts.take(tmp_path / name)
        said.append(str(caught.value))
    assert "locked with a password" in said[0]
    assert "has no pages" in said[1]
    assert said[2] == "“gone.pdf” cannot be added. The file is not there."
    assert "folder" in said[3]


async def test_nothing_is_queued_without_a_document_or_a_number(plant: Plant, letter: Path) -> None:
    drafts = plant.backbone.drafts
    with pytest.raises(NothingToSend):
        await drafts.queue(Form("202 555 0143"))
    with pytest.raises(WrongNumber):
        await drafts.queue(Form("202", attachments=(await drafts.take(letter),)))
    assert (await plant.backbone.archive.counts()).sent == 0


async def test_a_word_file_is_kept_as_what_libreoffice_prints(plant: Plant, tmp_path: Path) -> None:
    printed = tmp_path / "printed.pdf"
    printed.write_bytes(samples.letter("A", "B", "C"))
    prints = (
        "import pathlib, shutil, sys; folder = sys.argv[sys.argv.index('--outdir') + 1]; "
        f"shutil.copy({str(printed)!r}, pathlib.Path(folder) / 'document.pdf')"
    )
    office = Office([sys.executable, "-I", "-c", prints])
    drafts = Drafts(
        plant.backbone.outbox,
        plant.backbone.files,
        plant.backbone.renderer,
        plant.clock,
        Settings,
        office=office,
    )
    letter = tmp_path / "letter.docx"
    letter.write_bytes(b"PK\x03\x04 as far as anybody knows")
    taken = await drafts.take(letter)
    assert (taken.name, taken.pages) == ("letter.docx", 3)
    assert await plant.backbone.files.get(taken.document) == printed.read_bytes()


async def test_without_libreoffice_the_sentence_names_the_file_and_the_way_out(
    plant: Plant, tmp_path: Path
) -> None:
    drafts = Drafts(
        plant.backbone.outbox,
        plant.backbone.files,
        plant.backbone.renderer,
        plant.clock,
        Settings,
        office=Office([]),
    )
    letter = tmp_path / "letter.docx"
    letter.write_bytes(b"PK\x03\x04 as far as anybody knows")
    with pytest.raises(DocumentUnreadable) as caught:
        await drafts.take(letter)
    assert str(caught.value) == (
        "“letter.docx” cannot be added. Word, Excel and similar files need LibreOffice on this computer. "
        "Save it as a PDF and add that."
    )


async def test_what_is_kept_is_exactly_the_pages_of_the_preview(plant: Plant, letter: Path) -> None:
    drafts = plant.backbone.drafts
    form = Form("+12025550143", attachments=(await drafts.take(letter),))
    sheets = [drafts.prints.sheet(form, leaf) for leaf in form.arrangement.leaves]
    shown = [await drafts.prints.page(sheet, drafts.prints.page_format(form)) for sheet in sheets]
    queued = await drafts.queue(form)
    (fax,) = plant.backbone.archive.rows([queued.fax])
    kept = await plant.backbone.files.get(fax.document)
    assert len(shown) == fax.pages == kept.count(b"/CCITTFaxDecode")
    assert all(page.code in kept for page in shown)


async def test_more_than_the_service_takes_is_not_queued_and_not_kept(
    plant: Plant, letter: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    drafts, back = plant.backbone.drafts, plant.backbone
    form = Form("+12025550143", attachments=(await drafts.take(letter),))
    monkeypatch.setattr(limits, "MOST_DOCUMENT", 1000)
    with pytest.raises(FaxTooLarge, match="send it as two faxes"):
        await drafts.queue(form)
    assert not list(await back.archive.ids(Query(Direction.SENT)))
    plant.clock.advance(hours=2)
    loose = await back.archive.loose_documents(plant.clock())
    assert len(loose) == 1
    monkeypatch.undo()
    await drafts.queue(form)
