"""The archive in Settings: the rule asks before it deletes, files go out and come in, and all of it in words."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.store.finding import Query
from ifax_desktop.viewmodels.archive_doing import Doing
from ifax_desktop.viewmodels.archive_settings import ArchiveViewModel, Asked
from ifax_desktop.viewmodels.notices import Notice
from tests.conftest import Eventually
from tests.office_day import NOON, PRACTICE, Day, fill, heard


class Room:
    """The model over a day of a clinic, and what it said."""

    def __init__(self, day: Day) -> None:
        back = day.backbone
        self.day = day
        self.posted: list[Notice] = []
        self.model = ArchiveViewModel(
            back.upkeep,
            lambda: back.bundles,
            back.settings,
            back.save_settings,
            day.now,
            self.posted.append,
            day.reported.append,
        )
        self.asked = heard(self.model.asked)

    async def faxes(self) -> int:
        archive = self.day.backbone.archive
        return sum([len(await archive.ids(Query(direction))) for direction in Direction])


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    day = Day(tmp_path / "profile")
    room = Room(day)
    yield room
    await room.model.close()
    await day.backbone.close()
    assert day.reported == []


@pytest.fixture
async def full(room: Room) -> Room:
    await fill(room.day)
    return room


async def ended(room: Room, eventually: Eventually) -> None:
    await eventually(lambda: room.model.state.doing is Doing.NOTHING and room.model.state.outcome)


async def exported(room: Room, path: Path, eventually: Eventually) -> Path:
    room.model.export_to(path)
    await ended(room, eventually)
    return path


async def test_an_export_is_told_with_what_is_in_it(
    full: Room, tmp_path: Path, eventually: Eventually
) -> None:
    assert full.model.file_name == "Faxes 2026-11-23.zip"
    told = heard(full.model.changed)
    full.model.export_to(tmp_path / "all.zip")
    assert full.model.state.doing is Doing.EXPORT
    full.model.check()
    assert full.model.state.doing is Doing.EXPORT, "one at a time"
    await ended(full, eventually)
    outcome = full.model.state.outcome
    assert outcome is not None
    assert (outcome.tone, outcome.title) == ("ok", "Exported into “all.zip”")
    assert f"{await full.faxes()} faxes and " in outcome.sentences
    assert len(told) > 3
    [notice] = full.posted
    assert notice.text.startswith("Exported into “all.zip”. ")


async def test_what_is_looked_at_needs_no_notice(room: Room, tmp_path: Path, eventually: Eventually) -> None:
    room.model.is_shown = True
    await exported(room, tmp_path / "all.zip", eventually)
    assert room.posted == []


async def test_an_export_that_does_not_work_says_so(
    full: Room, tmp_path: Path, eventually: Eventually
) -> None:
    full.model.export_to(tmp_path / "no" / "such" / "folder" / "all.zip")
    await ended(full, eventually)
    outcome = full.model.state.outcome
    assert outcome is not None
    assert (outcome.tone, outcome.title) == ("bad", "Nothing was exported")
    assert outcome.sentences
    assert full.posted[0].tone == "warn"


async def test_leaving_ends_what_is_under_way(full: Room, tmp_path: Path, eventually: Eventually) -> None:
    full.model.export_to(tmp_path / "all.zip")
    full.model.cancel()
    assert full.model.state.doing is Doing.NOTHING
    await eventually(lambda: not list(tmp_path.glob(".all.zip*")))
    assert full.model.state.outcome is None
    assert full.posted == []
    await exported(full, tmp_path / "all.zip", eventually)


async def test_a_file_is_looked_at_and_asked_about_before_it_is_imported(
    full: Room, tmp_path: Path, eventually: Eventually
) -> None:
    path = await exported(full, tmp_path / "all.zip", eventually)
    faxes = await full.faxes()
    new = Room(Day(tmp_path / "new"))
    new.model.open_file(path)
    await eventually(lambda: new.asked)
    question = new.model.question
    assert question is not None
    assert question.asked is Asked.IMPORT
    assert question.title == f"Import {faxes} faxes of 23 Nov 2026?"
    assert await new.faxes() == 0
    new.model.answer()
    await ended(new, eventually)
    outcome = new.model.state.outcome
    assert outcome is not None
    assert outcome.title == f"{faxes} faxes imported"
    assert "Waited, and are drafts now: 2." in outcome.sentences
    assert outcome.tone == "ok"
    assert await new.faxes() == faxes
    new.model.open_file(path)
    await eventually(lambda: len(new.asked) == 2)
    new.model.answer()
    await ended(new, eventually)
    assert new.model.state.outcome is not None
    assert new.model.state.outcome.title == "Nothing new in this file"
    assert new.model.state.outcome.sentences == f"Here already: {faxes}."
    await new.model.close()
    await new.day.backbone.close()


async def test_whose_a_file_is_is_asked_where_nothing_tells(
    full: Room, tmp_path: Path, eventually: Eventually
) -> None:
    path = await exported(full, tmp_path / "all.zip", eventually)
    faxes = await full.faxes()
    for ours in (False, True):
        new = Room(Day(tmp_path / f"new {ours}"))
        await new.day.backbone.numbers.replace([OwnNumber("+442079460000", "9", "9")], NOON)
        new.model.open_file(path)
        await eventually(lambda new=new: new.asked)  # type: ignore[misc]
        assert new.model.question is not None
        assert new.model.question.asked is Asked.ACCOUNT
        new.model.answer(ours=ours)
        await ended(new, eventually)
        assert await new.faxes() == (faxes if ours else 0)
        assert new.model.state.outcome is not None
        assert ("Of another account" in new.model.state.outcome.sentences) is not ours
        await new.model.close()
        await new.day.backbone.close()


async def test_no_is_an_answer(full: Room, tmp_path: Path, eventually: Eventually) -> None:
    path = await exported(full, tmp_path / "all.zip", eventually)
    new = Room(Day(tmp_path / "new"))
    new.model.open_file(path)
    await eventually(lambda: new.asked)
    new.model.dismiss()
    new.model.answer()
    assert new.model.state.doing is Doing.NOTHING
    assert await new.faxes() == 0
    await new.model.close()
    await new.day.backbone.close()


async def test_a_file_that_is_none_is_said(room: Room, tmp_path: Path, eventually: Eventually) -> None:
    (tmp_path / "letter.zip").write_bytes(b"Dear Sir or Madam")
    room.model.open_file(tmp_path / "letter.zip")
    await ended(room, eventually)
    outcome = room.model.state.outcome
    assert outcome is not None
    assert outcome.title == "Nothing was imported"
    assert outcome.sentences.startswith("This is no file that iFax Desktop exported")
    assert room.asked == []


async def test_a_sound_archive_is_said_to_be_so(full: Room, eventually: Eventually) -> None:
    full.model.check()
    assert full.model.state.doing is Doing.CHECK
    await ended(full, eventually)
    outcome = full.model.state.outcome
    assert outcome is not None
    assert (outcome.tone, outcome.title) == ("ok", "Everything is in order")
    assert outcome.sentences.startswith(f"{await full.faxes()} faxes and ")


async def test_faxes_without_their_document_are_named(full: Room, eventually: Eventually) -> None:
    sha = hashlib.sha256((PRACTICE / "01-ames-report.pdf").read_bytes()).hexdigest()
    full.day.backbone.files.path(sha).unlink()
    full.model.check()
    await ended(full, eventually)
    outcome = full.model.state.outcome
    assert outcome is not None
    assert (outcome.tone, outcome.title) == ("bad", "1 fax misses its document")
    assert "Import a file that you exported earlier" in outcome.sentences
    details = outcome.details.replace("\N{NO-BREAK SPACE}", " ")
    assert details == "From Dr. Ames, Orthopaedics, +1 202 555 0143, 23 Nov 2026: document gone"


async def test_a_rule_that_deletes_nothing_now_is_kept_at_once(full: Room, eventually: Eventually) -> None:
    full.model.set_keep_years(10)
    await eventually(lambda: full.model.state.keep_years == 10)
    assert full.day.backbone.settings().keep_years == 10
    assert full.asked == []
    full.model.set_keep_years(0)
    await eventually(lambda: full.model.state.keep_years == 0)


async def test_a_rule_that_deletes_asks_how_many(full: Room, eventually: Eventually) -> None:
    before = await full.faxes()
    full.model.set_keep_years(1)
    await eventually(lambda: full.asked)
    question = full.model.question
    assert question is not None
    assert (question.asked, question.title) == (Asked.DELETE, "Delete 2 faxes now?")
    assert full.day.backbone.settings().keep_years == 0
    shown = heard(full.model.changed)
    full.model.dismiss()
    assert shown, "the list shows what holds"
    assert full.day.backbone.settings().keep_years == 0
    full.model.set_keep_years(1)
    await eventually(lambda: len(full.asked) == 2)
    full.model.answer()
    assert full.model.state.keep_years == 1
    async with asyncio.timeout(10):
        while await full.faxes() != before - 2:  # noqa: ASYNC110 - each look gives the others a turn
            await asyncio.sleep(0)


async def test_a_rule_the_disk_does_not_take_is_not_in_force(
    room: Room, eventually: Eventually, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full_disk(_: object) -> None:
        raise StorageFailed("The disk is full.")

    room.model._save = full_disk
    room.model.set_keep_years(2)
    await eventually(lambda: room.day.reported)
    assert room.model.state.keep_years == 0
    assert [str(error) for error in room.day.reported] == ["The disk is full."]
    room.day.reported.clear()


async def test_the_rule_may_become_milder_without_a_question(full: Room, eventually: Eventually) -> None:
    back = full.day.backbone
    back.save_settings(replace(back.settings(), keep_years=1))
    full.day.time += timedelta(days=1)
    new = Room(full.day)
    new.model.set_keep_years(5)
    await eventually(lambda: new.model.state.keep_years == 5)
    assert new.asked == []
    await new.model.close()
