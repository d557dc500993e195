"""Copies of a profile and older archives: whatever was sent from the one is never sent again by the other."""

import shutil
import sqlite3
from collections.abc import Awaitable, Callable
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from ifax_desktop.domain.errors import ProfileCopied
from ifax_desktop.domain.fax import Fax, Happening, State
from ifax_desktop.simulator.service import FaxService
from tests.conftest import Eventually
from tests.delivery.conftest import Clock, Plant
from tests.delivery.test_doubts import happened
from tests.delivery.test_sender import queue, row

Open = Callable[[Path], Awaitable[Plant]]


@pytest.fixture
async def opened(clock: Clock, service: FaxService) -> "Callable[[Path], Plant]":
    def make(folder: Path) -> Plant:
        return Plant(folder, clock, service)

    return make


def copy_archive(plant: Plant, target: Path) -> Path:
    """What a backup program keeps of an archive while the program runs."""
    with (
        closing(sqlite3.connect(plant.backbone.paths.database)) as source,
        closing(sqlite3.connect(target)) as copy,
    ):
        source.backup(copy)
    return target


async def sent(plant: Plant, fax: int, eventually: Eventually) -> Fax:
    async with plant.at_work():
        await eventually(lambda: row(plant, fax).state is State.ACCEPTED)
    return row(plant, fax)


async def idle(plant: Plant, eventually: Eventually) -> None:
    """Work for as long as it takes to send what would be sent."""
    async with plant.at_work():
        await eventually(lambda: plant.backbone.line.report.checked_at == plant.clock())


async def test_a_copied_folder_sends_nothing_and_the_first_one_goes_on(
    plant: Plant, opened: Callable[[Path], Plant], letter: Path, tmp_path: Path, eventually: Eventually
) -> None:
    await plant.backbone.prepare()
    fax = await queue(plant, letter)
    await plant.backbone.close()
    shutil.copytree(tmp_path / "profile", tmp_path / "copy")
    copy = opened(tmp_path / "copy")
    await idle(copy, eventually)
    assert row(copy, fax).state is State.DRAFT
    [said] = copy.reported
    assert isinstance(said, ProfileCopied)
    assert "those that waited are drafts (1)" in str(said)
    assert plant.service.jobs == []
    first = opened(tmp_path / "profile")
    await sent(first, fax, eventually)
    assert first.reported == []
    assert len(plant.service.jobs) == 1
    await copy.backbone.close()
    await first.backbone.close()


async def test_an_archive_put_back_from_before_a_fax_left_does_not_send_it_again(
    plant: Plant, opened: Callable[[Path], Plant], letter: Path, tmp_path: Path, eventually: Eventually
) -> None:
    await plant.backbone.prepare()
    fax = await queue(plant, letter)
    kept = copy_archive(plant, tmp_path / "kept")
    await sent(plant, fax, eventually)
    await plant.backbone.close()
    kept.replace(tmp_path / "profile" / "account" / "archive.sqlite3")
    again = opened(tmp_path / "profile")
    await idle(again, eventually)
    assert row(again, fax).state is State.DRAFT
    assert happened(again, fax)[-1] is Happening.BROUGHT_BACK
    assert len(plant.service.jobs) == 1
    # The user looks, and sends it all the same.
    form = again.backbone.drafts.form(fax)
    assert form is not None
    await again.backbone.drafts.queue(form, fax, hold=timedelta())
    await sent(again, fax, eventually)
    assert len(plant.service.jobs) == 2
    await again.backbone.close()


async def test_an_archive_put_back_from_the_middle_of_an_attempt_is_not_certain(
    plant: Plant, opened: Callable[[Path], Plant], letter: Path, tmp_path: Path, eventually: Eventually
) -> None:
    await plant.backbone.prepare()
    fax = await queue(plant, letter)
    kept: list[Path] = []
    answer = plant.service.__call__

    async def keep(request: object) -> object:
        if plant.asked["fax-send"] and not kept:
            kept.append(copy_archive(plant, tmp_path / "kept"))
        return await answer(request)  # type: ignore[arg-type]

    service = plant.service
    plant.service = keep  # type: ignore[assignment]
    await sent(plant, fax, eventually)
    await plant.backbone.close()
    kept[0].replace(tmp_path / "profile" / "account" / "archive.sqlite3")
    again = opened(tmp_path / "profile")
    async with again.backbone.connected(again.connection):
        await again.backbone.prepare()
        assert row(again, fax).state is State.DOUBTFUL
    await idle(again, eventually)
    assert len(service.jobs) == 1
    await again.backbone.close()


async def test_a_fax_canceled_since_does_not_come_back_with_an_older_archive(
    plant: Plant, opened: Callable[[Path], Plant], letter: Path, tmp_path: Path, eventually: Eventually
) -> None:
    await plant.backbone.prepare()
    fax = await queue(plant, letter)
    kept = copy_archive(plant, tmp_path / "kept")
    await plant.backbone.sender.stop(fax)
    await plant.backbone.close()
    kept.replace(tmp_path / "profile" / "account" / "archive.sqlite3")
    again = opened(tmp_path / "profile")
    await idle(again, eventually)
    assert row(again, fax).state is State.DRAFT
    assert plant.service.jobs == []
    await again.backbone.close()


async def test_a_busy_line_is_tried_again_by_one_of_two_copies(
    plant: Plant, opened: Callable[[Path], Plant], letter: Path, tmp_path: Path, eventually: Eventually
) -> None:
    await plant.backbone.prepare()
    fax = await queue(plant, letter, "+12025550106")
    await sent(plant, fax, eventually)
    await plant.backbone.close()
    shutil.copytree(tmp_path / "profile", tmp_path / "copy")
    plant.clock.advance(minutes=1)
    copy = opened(tmp_path / "copy")
    async with copy.at_work():
        await eventually(lambda: row(copy, fax).state is State.FAILED)
    plant.clock.advance(minutes=10)
    await idle(copy, eventually)
    assert len(plant.service.jobs) == 1
    first = opened(tmp_path / "profile")
    async with first.at_work():
        await eventually(lambda: Happening.RETRY_PLANNED in happened(first, fax))
        plant.clock.advance(minutes=3)
        await eventually(lambda: len(plant.service.jobs) == 2)
    # In the copy the user may ask for it.
    assert await copy.backbone.sender.try_now(fax)
    await copy.backbone.close()
    await first.backbone.close()


async def test_starting_again_and_again_is_no_copy(
    plant: Plant, opened: Callable[[Path], Plant], letter: Path, tmp_path: Path, eventually: Eventually
) -> None:
    fax = await queue(plant, letter)
    for _ in range(3):
        await plant.backbone.prepare()
        await plant.backbone.close()
        plant.backbone = opened(tmp_path / "profile").backbone
    await sent(plant, fax, eventually)
    assert plant.reported == []
