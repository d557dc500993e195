"""The preview pane with a real document: arrows, keys, zoom, thumbnails, and what an unreadable one says."""

from collections.abc import AsyncIterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.viewmodels.preview import PreviewViewModel
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.preview_pane import PreviewPane
from tests.conftest import Eventually
from tests.documents import samples
from tests.documents.fake_children import child

# Two pages; the first cannot be drawn.
HALF_DAMAGED = """
request(); frame(17, struct.pack(">Iffff", 2, 612.0, 792.0, 612.0, 792.0))
while True:
    kind, payload = request()
    page, width, rotate, colour = struct.unpack(">IIH?", payload)
    if page == 0:
        frame(31, b"page-damaged\\nwhy")
    else:
        frame(18, struct.pack(">IIB", width, 20, 1) + bytes([255]) * (20 * width))
"""


def fail(error: BaseException) -> None:
    """No surprise belongs in these tests."""
    raise AssertionError from error


async def no_store(document: str) -> bytes:
    """These tests hand over content."""
    raise AssertionError(document)


@pytest.fixture
async def preview() -> AsyncIterator[PreviewViewModel]:
    """A preview with the real worker."""
    model = PreviewViewModel(Renderer(), no_store, fail)
    yield model
    await model.close()


def shown(
    qtbot: QtBot, icons: Icons, model: PreviewViewModel, upright: bool = True, title: str = ""
) -> PreviewPane:
    """The pane on the screen."""
    orientation = Qt.Orientation.Vertical if upright else Qt.Orientation.Horizontal
    pane = PreviewPane(icons, model, orientation, title=title, empty=("No page yet", "Add a document."))
    qtbot.addWidget(pane)
    pane.resize(640, 700)
    pane.show()
    pane.activateWindow()
    return pane


def words(widget: QWidget) -> str:
    """Everything that can be read."""
    return " | ".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


@pytest.mark.parametrize("upright", [True, False])
async def test_arrows_and_keys_turn_pages(
    qtbot: QtBot, icons: Icons, preview: PreviewViewModel, eventually: Eventually, upright: bool
) -> None:
    pane = shown(qtbot, icons, preview, upright)
    preview.show_content(samples.letter("One", "Two", "Three"))
    await eventually(lambda: preview.state.picture)
    assert "Page 1 of 3" in words(pane)
    assert not pane.controls.back.isEnabled()
    qtbot.mouseClick(pane.controls.on, Qt.MouseButton.LeftButton)
    assert "Page 2 of 3" in words(pane)
    pane.canvas.setFocus()
    qtbot.keyClick(pane.canvas, Qt.Key.Key_PageDown)
    assert "Page 3 of 3" in words(pane)
    assert not pane.controls.on.isEnabled()
    assert pane.thumbnails.current_page == 3
    qtbot.keyClick(pane.thumbnails, Qt.Key.Key_Home)
    assert preview.state.page == 1


async def test_thumbnails_fill_as_they_are_seen(
    qtbot: QtBot, icons: Icons, preview: PreviewViewModel, eventually: Eventually
) -> None:
    pane = shown(qtbot, icons, preview)
    came: list[int] = []
    preview.thumbnail.connect(lambda page, _image: came.append(page))
    preview.show_content(samples.many_pages(60))
    await eventually(lambda: len(came) > 4)
    pane.thumbnails.scrollToBottom()
    await eventually(lambda: 60 in came)
    assert 30 not in came


async def test_zoom_by_button_key_and_back_to_the_whole_page(
    qtbot: QtBot, icons: Icons, preview: PreviewViewModel, eventually: Eventually
) -> None:
    pane = shown(qtbot, icons, preview)
    preview.show_content(samples.letter())
    await eventually(lambda: preview.state.picture)
    fitting = pane.canvas.zoom_percent
    qtbot.mouseClick(pane.controls.larger, Qt.MouseButton.LeftButton)
    assert pane.canvas.zoom_percent > fitting
    assert f"{pane.canvas.zoom_percent}\N{NO-BREAK SPACE}%" in words(pane)
    pane.canvas.setFocus()
    qtbot.keyClick(pane.canvas, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(pane.canvas, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert pane.canvas.zoom_percent == fitting
    qtbot.mouseClick(pane.controls.fit, Qt.MouseButton.LeftButton)
    assert preview.state.zoom == "width"
    qtbot.mouseClick(pane.controls.turn, Qt.MouseButton.LeftButton)
    assert preview.state.rotation == 90


async def test_an_empty_pane_says_what_to_do_and_offers_nothing_else(
    qtbot: QtBot, icons: Icons, preview: PreviewViewModel
) -> None:
    pane = shown(qtbot, icons, preview, title="As it goes out")
    assert words(pane) == "As it goes out | No page yet | Add a document."


async def test_what_cannot_be_shown_says_why(
    qtbot: QtBot, icons: Icons, preview: PreviewViewModel, eventually: Eventually
) -> None:
    pane = shown(qtbot, icons, preview)
    preview.show_content(samples.truncated())
    await eventually(lambda: preview.state.problem)
    assert words(pane) == "This fax cannot be shown | This PDF is damaged and cannot be read."


async def test_a_damaged_page_leaves_the_others_readable(
    qtbot: QtBot, icons: Icons, eventually: Eventually
) -> None:
    model = PreviewViewModel(Renderer(child(HALF_DAMAGED)), no_store, fail)
    pane = shown(qtbot, icons, model)
    model.show_content(b"two pages")
    await eventually(lambda: model.state.problem)
    assert "Page 1 cannot be shown | This page is damaged and cannot be shown." in words(pane)
    qtbot.mouseClick(pane.controls.on, Qt.MouseButton.LeftButton)
    await eventually(lambda: model.state.picture)
    assert not model.state.problem
    assert pane.canvas.isVisible()
    await model.close()


async def test_a_narrow_pane_puts_the_buttons_on_two_lines(
    qtbot: QtBot, icons: Icons, preview: PreviewViewModel, eventually: Eventually
) -> None:
    pane = shown(qtbot, icons, preview, upright=False)
    preview.show_content(samples.letter())
    await eventually(lambda: preview.state.picture)
    assert (
        pane.controls.on.mapTo(pane, pane.controls.on.pos()).y()
        == pane.controls.fit.mapTo(pane, pane.controls.fit.pos()).y()
    )
    pane.resize(264, 700)
    await eventually(lambda: pane.width() == 264 and pane.controls.height() > 60)
    for button in (pane.controls.back, pane.controls.turn):
        assert pane.rect().contains(button.mapTo(pane, button.rect().bottomRight()))
