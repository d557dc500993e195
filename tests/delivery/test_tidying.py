"""Documents of deleted faxes go, and no other."""

import os

from tests.delivery.conftest import Plant
from tests.delivery.receiving import connected, receive, received, service

__all__ = ["service"]


async def test_the_document_of_a_deleted_fax_goes_after_an_hour(plant: Plant) -> None:
    await receive(plant, "one of a kind")
    await receive(plant, "twice", seconds=1)
    await receive(plant, "twice", seconds=2)
    tidy = plant.backbone.receiver._tidying.tidy
    async with connected(plant):
        await plant.backbone.receiver.check()
    faxes = await received(plant)
    files = {fax.id: plant.backbone.files.path(fax.document) for fax in faxes}
    for path in files.values():
        os.utime(path, (0, 0))
    single, first, second = (fax.id for fax in faxes)
    await plant.backbone.archive.delete([single, first], plant.clock())
    await tidy()
    assert files[single].exists(), "a form that was open may still want it"
    plant.clock.advance(hours=1, seconds=1)
    await tidy()
    assert not files[single].exists()
    assert files[first].exists(), "another fax has it"
    await plant.backbone.archive.delete([second], plant.clock())
    plant.clock.advance(hours=2)
    await tidy()
    assert not files[second].exists()


async def test_a_document_that_was_kept_again_stays(plant: Plant) -> None:
    await receive(plant)
    async with connected(plant):
        await plant.backbone.receiver.check()
    [fax] = await received(plant)
    content = await plant.backbone.files.get(fax.document)
    os.utime(plant.backbone.files.path(fax.document), (0, 0))
    await plant.backbone.archive.delete([fax.id], plant.clock())
    plant.clock.advance(hours=2)
    await plant.backbone.files.put(content)
    await plant.backbone.receiver._tidying.tidy()
    assert await plant.backbone.files.get(fax.document) == content
