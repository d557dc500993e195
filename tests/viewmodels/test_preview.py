"""The preview with real documents and the real worker."""

import asyncio
from collections.abc import AsyncIterator, Callable

import pytest
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.viewmodels.preview import FAX_WIDTH, PreviewViewModel
from tests.conftest import Eventually
from tests.documents import samples

Shelf = dict[str, bytes]


@pytest.fixture
def shelf() -> Shelf:
    """Documents by their hash, as the store would give them."""
    return {"letter": samples.letter("One", "Two", "Three"), "black": samples.half_black()}


@pytest.fixture
def surprises() -> list[BaseException]:
    """What was reported."""
    return []


@pytest.fixture
async def preview(shelf: Shelf, surprises: list[BaseException]) -> AsyncIterator[PreviewViewModel]:
    """A preview of what is on the shelf."""

    async def read(document: str) -> bytes:
        if document not in shelf:
            raise StorageFailed("This document is missing on this computer.")
        return shelf[document]

    renderer = Renderer()
    model = PreviewViewModel(renderer, read, surprises.append)
    yield model
    await model.close()
    await renderer.close()


def grey(image: QImage | None, across: float, down: float) -> int:
    """How light the picture is at a place, 0 to 255."""
    assert image is not None
    return image.pixelColor(int(image.width() * across), int(image.height() * down)).red()


def ready(preview: PreviewViewModel, page: int) -> Callable[[], bool]:
    """Whether this page can be seen."""
    return lambda: (
        preview.state.page == page and preview.state.picture is not None and not preview.state.loading
    )


async def test_the_first_page_comes_and_then_the_others(
    preview: PreviewViewModel, eventually: Eventually
) -> None:
    preview.show("letter")
    assert preview.state.loading
    await eventually(ready(preview, 1))
    assert preview.state.pages == 3
    assert preview.state.picture is not None
    assert preview.state.picture.width() == FAX_WIDTH
    preview.step(1)
    preview.step(1)
    preview.step(1)
    assert preview.state.page == 3
    await eventually(ready(preview, 3))
    preview.go_to(-5)
    assert preview.state.page == 1
    assert preview.state.picture is not None, "it was kept"


async def test_thumbnails_come_only_for_what_is_in_sight(
    preview: PreviewViewModel, eventually: Eventually
) -> None:
    came: list[int] = []
    preview.thumbnail.connect(lambda page, _image: came.append(page))
    preview.show_content(samples.many_pages(30))
    await eventually(ready(preview, 1))
    preview.want_thumbnails(1, 4)
    await eventually(lambda: len(came) >= 4)
    assert sorted(came) == [1, 2, 3, 4]
    preview.want_thumbnails(20, 21)
    await eventually(lambda: {20, 21} <= set(came))
    assert not {10, 15, 25} & set(came)


async def test_another_document_ends_the_former_and_none_of_its_pages_stays(
    preview: PreviewViewModel, eventually: Eventually
) -> None:
    preview.show("letter")
    await eventually(ready(preview, 1))
    before = preview.state.document
    preview.show("black")
    assert preview.state.picture is None
    assert preview.state.document > before
    await eventually(ready(preview, 1))
    assert preview.state.pages == 1
    assert grey(preview.state.picture, 0.25, 0.5) == 0
    assert grey(preview.state.picture, 0.75, 0.5) == 255


async def test_hurrying_through_documents_ends_at_the_last(
    preview: PreviewViewModel, eventually: Eventually
) -> None:
    for _ in range(5):
        preview.show("letter")
        await asyncio.sleep(0.01)
        preview.show("black")
        await asyncio.sleep(0)
    await eventually(ready(preview, 1))
    assert preview.state.pages == 1
    assert len([child for child in preview._renderer._children if not child.ended]) == 1


async def test_the_same_document_again_changes_nothing(
    preview: PreviewViewModel, eventually: Eventually, qtbot: QtBot
) -> None:
    preview.show("letter")
    await eventually(ready(preview, 1))
    preview.go_to(2)
    await eventually(ready(preview, 2))
    with qtbot.assertNotEmitted(preview.changed):
        preview.show("letter")


async def test_a_newer_version_keeps_the_page_and_its_picture_until_it_is_there(
    preview: PreviewViewModel, eventually: Eventually
) -> None:
    preview.show_content(samples.letter("One", "Two", "Three"))
    await eventually(ready(preview, 1))
    preview.go_to(3)
    await eventually(ready(preview, 3))
    preview.show_content(samples.letter("One", "Two", "Three", "Four"))
    assert preview.state.picture is not None
    await eventually(lambda: preview.state.pages == 4)
    await eventually(ready(preview, 3))
    preview.show_content(samples.letter("One"))
    await eventually(lambda: preview.state.pages == 1)
    await eventually(ready(preview, 1))


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"%PDF-1.7 nothing", "This PDF is damaged and cannot be read."),
        (
            samples.RUBBISH,
            "This program cannot show this kind of file. Save or print it as a PDF and add that.",
        ),
        (
            samples.locked(),
            "This PDF is locked with a password. Save a copy without the password and add that.",
        ),
        (samples.no_pages(), "This document has no pages."),
    ],
)
async def test_an_unreadable_document_says_why(
    preview: PreviewViewModel, eventually: Eventually, content: bytes, sentence: str
) -> None:
    preview.show("letter")
    await eventually(ready(preview, 1))
    preview.show_content(content)
    await eventually(lambda: preview.state.problem)
    assert preview.state.problem == sentence
    assert preview.state.pages == 0
    assert preview.state.picture is None
    preview.show("letter")
    await eventually(ready(preview, 1))
    assert not preview.state.problem


async def test_a_missing_document_says_so_and_is_looked_for_again(
    preview: PreviewViewModel, shelf: Shelf, eventually: Eventually
) -> None:
    preview.show("gone")
    await eventually(lambda: preview.state.problem == "This document is missing on this computer.")
    shelf["gone"] = samples.letter()
    preview.show("gone")
    await eventually(ready(preview, 1))


async def test_a_surprise_is_reported_and_said(
    surprises: list[BaseException], eventually: Eventually
) -> None:
    async def read(document: str) -> bytes:
        raise KeyError(document)

    preview = PreviewViewModel(Renderer(), read, surprises.append)
    preview.show("letter")
    await eventually(lambda: surprises)
    assert preview.state.problem == "This document cannot be shown."
    assert not preview.state.loading
    await preview.close()


async def test_zoom_and_turn_are_for_the_screen_only(
    preview: PreviewViewModel, eventually: Eventually
) -> None:
    preview.show("letter")
    await eventually(ready(preview, 1))
    preview.set_zoom(150)
    for _ in range(3):
        preview.rotate()
    assert (preview.state.zoom, preview.state.rotation) == (150, 270)
    preview.rotate()
    assert preview.state.rotation == 0
    preview.rotate()
    preview.show("black")
    assert (preview.state.zoom, preview.state.rotation) == (150, 0)


async def test_closing_in_the_middle_leaves_nothing_behind(
    preview: PreviewViewModel, eventually: Eventually
) -> None:
    preview.show_content(samples.many_pages(200))
    preview.want_thumbnails(1, 200)
    await eventually(ready(preview, 1))
    await preview.close()
    assert all(child.ended for child in preview._renderer._children)
