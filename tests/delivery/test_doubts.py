"""A fax nobody knows the fate of: found on proof only, shown beside what it could be, and never sent again by guess."""

from pathlib import Path

import pytest

from ifax_desktop.backbone import Backbone
from ifax_desktop.domain.errors import NoAnswer
from ifax_desktop.domain.fax import Happening, State
from ifax_desktop.paths import Paths
from ifax_desktop.store.facts import Fact
from tests.conftest import Eventually
from tests.delivery.conftest import Plant
from tests.delivery.test_sender import queue, row
from tests.documents import samples

NUMBER = "+12025550143"


@pytest.fixture
def other_letter(tmp_path: Path) -> Path:
    path = tmp_path / "other.pdf"
    path.write_bytes(samples.letter("One", "Two", "Three of another program"))
    return path


async def doubtful(plant: Plant, letter: Path, eventually: Eventually) -> int:
    """A fax the service took without being heard, while the program is at work."""
    plant.fault("fax_send", "reset_after")
    fax = await queue(plant, letter)
    await eventually(lambda: row(plant, fax).state is State.DOUBTFUL)
    return fax


def happened(plant: Plant, fax: int) -> list[Happening]:
    detail = plant.backbone.archive.detail(fax)
    assert detail is not None
    return [event.what for event in detail.events]


async def test_alone_on_the_account_the_only_reading_is_the_fax(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    plant.fault("fax_download", "server_error", count=50)
    async with plant.at_work():
        fax = await doubtful(plant, letter, eventually)
        plant.clock.advance(seconds=11)
        await eventually(lambda: Happening.FOUND in happened(plant, fax))
    assert len(plant.service.jobs) == 1
    assert not plant.backbone.facts.get(Fact.STRANGERS)


async def test_with_others_on_the_account_our_own_document_is_the_proof(
    plant: Plant, letter: Path, other_letter: Path, eventually: Eventually
) -> None:
    await plant.send_elsewhere(other_letter, "+14155550100")
    async with plant.at_work():
        fax = await doubtful(plant, letter, eventually)
        await plant.send_elsewhere(other_letter)  # the same number, the same pages, another document
        plant.clock.advance(seconds=11)
        await eventually(lambda: Happening.FOUND in happened(plant, fax))
    assert plant.backbone.facts.get(Fact.STRANGERS)
    assert row(plant, fax).job_id == str(plant.service.jobs[1].job_id)


async def test_without_proof_a_person_decides(
    plant: Plant, letter: Path, other_letter: Path, eventually: Eventually
) -> None:
    await plant.send_elsewhere(other_letter, "+14155550100")
    plant.fault("fax_download", "server_error", count=50)
    doubts = plant.backbone.doubts
    async with plant.at_work():
        fax = await doubtful(plant, letter, eventually)
        await plant.send_elsewhere(other_letter)
        assert not await doubts.look_again(fax)
        ours, theirs = plant.service.jobs[1], plant.service.jobs[2]
        found = await doubts.candidates(fax)
        assert {report.job_id for report in found} == {str(ours.job_id), str(theirs.job_id)}
        assert row(plant, fax).state is State.DOUBTFUL
        assert await doubts.adopt(fax, str(ours.job_id))
        assert not await doubts.adopt(fax, str(theirs.job_id)), "it is decided"
        plant.clock.advance(minutes=1)
        await eventually(lambda: row(plant, fax).state is State.DELIVERED)
    assert len(plant.service.jobs) == 3
    assert await doubts.candidates(fax) == ()


async def test_a_job_that_is_another_fax_of_ours_cannot_be_adopted(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    plant.fault("fax_download", "server_error", count=50)
    async with plant.at_work():
        first = await queue(plant, letter, "+14155550100")
        await eventually(lambda: row(plant, first).job_id)
        fax = await doubtful(plant, letter, eventually)
        assert not await plant.backbone.doubts.adopt(fax, row(plant, first).job_id)
    assert row(plant, fax).state is State.DOUBTFUL


async def test_looks_go_on_after_a_restart_where_they_were(
    plant: Plant, letter: Path, eventually: Eventually, tmp_path: Path
) -> None:
    plant.fault("fax_send", "server_error")  # it never got there, which nobody can know
    fax = await queue(plant, letter)

    def looks() -> int:
        detail = plant.backbone.archive.detail(fax)
        assert detail is not None
        return detail.standing.looks

    async with plant.at_work():
        await eventually(lambda: row(plant, fax).state is State.DOUBTFUL)
        for number, seconds in enumerate((10, 30, 120, 600, 1800), 1):
            plant.clock.advance(seconds=seconds)
            await eventually(lambda number=number: looks() == number)  # type: ignore[misc]
    await plant.backbone.close()
    plant.backbone = Backbone(
        Paths(tmp_path / "profile"), plant.reported.append, now=plant.clock, pulse=0.01, youngest=0.01
    )
    asked = plant.asked["fax-lists"]
    async with plant.at_work():
        for number in range(6, 30):
            plant.clock.advance(hours=1)
            await eventually(lambda number=number: looks() == number)  # type: ignore[misc]
        assert plant.asked["fax-lists"] >= asked + 24
        plant.clock.advance(days=3)
        await plant.backbone.doubts.look_for_due()
        assert looks() == 29, "after a day of hourly looks it ends"
        assert not await plant.backbone.doubts.look_again(fax)
        assert looks() == 30, "the user may look"
    assert row(plant, fax).state is State.DOUBTFUL
    assert plant.service.jobs == []


@pytest.mark.parametrize("kind", ["server_error", "html", "truncated_json", "nonsense", "refuse"])
async def test_an_unusable_list_is_no_absent_fax_and_no_look(
    plant: Plant, letter: Path, eventually: Eventually, kind: str
) -> None:
    async with plant.at_work():
        fax = await doubtful(plant, letter, eventually)
        plant.fault("fax_list", kind, count=3)
        plant.clock.advance(seconds=10)
        before = plant.asked["fax-lists"]
        await eventually(lambda: plant.asked["fax-lists"] > before or kind == "refuse")
        detail = plant.backbone.archive.detail(fax)
        assert detail is not None
        assert detail.standing.looks == 0
        for _ in range(5):
            plant.clock.advance(minutes=2)
        plant.service.faults.clear()
        plant.backbone.changes.announce(())
        await eventually(lambda: Happening.FOUND in happened(plant, fax))
    assert len(plant.service.jobs) == 1


async def test_one_list_serves_all_doubtful_faxes(plant: Plant, letter: Path, eventually: Eventually) -> None:
    def looks() -> list[int]:
        details = [plant.backbone.archive.detail(fax) for fax in faxes]
        return [detail.standing.looks for detail in details if detail]

    plant.fault("fax_send", "server_error", count=4)
    faxes = [await queue(plant, letter, f"+1202555018{digit}") for digit in range(4)]
    async with plant.at_work():
        await eventually(lambda: all(row(plant, fax).state is State.DOUBTFUL for fax in faxes))
        before = plant.asked["fax-lists"]
        plant.clock.advance(seconds=10)
        await eventually(lambda: looks() == [1, 1, 1, 1])
        assert plant.asked["fax-lists"] - before == 1


async def test_sent_again_by_the_users_own_word_it_is_a_new_attempt(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    plant.fault("fax_send", "server_error")
    fax = await queue(plant, letter)
    async with plant.at_work():
        await eventually(lambda: row(plant, fax).state is State.DOUBTFUL)
        assert await plant.backbone.sender.send_anyway(fax)
        assert not await plant.backbone.sender.send_anyway(fax)
        plant.clock.advance(minutes=1)
        await eventually(lambda: Happening.ACCEPTED in happened(plant, fax))
    assert len(plant.service.jobs) == 1


async def test_a_look_by_hand_says_that_there_was_no_list(
    plant: Plant, letter: Path, eventually: Eventually
) -> None:
    async with plant.at_work():
        fax = await doubtful(plant, letter, eventually)
        plant.fault("fax_list", "server_error", count=5)
        with pytest.raises(NoAnswer):
            await plant.backbone.doubts.look_again(fax)
        plant.service.faults.clear()
        assert await plant.backbone.doubts.look_again(fax)
