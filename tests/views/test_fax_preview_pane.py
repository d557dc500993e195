"""Each page of a new fax as it will be printed, with what may go wrong and what mends it: real widgets, the real worker."""

import io
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import pytest
from PIL import Image
from pypdf import PdfWriter
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ifax_desktop.domain import limits
from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.domain.page import Treatment
from ifax_desktop.domain.quality import Quality
from ifax_desktop.views.compose_view import ComposeView
from ifax_desktop.views.icons import Icons
from tests.conftest import Clock, Eventually
from tests.desk import Desk, open_desk
from tests.documents import samples
from tests.views.composing import LEFT, drop, shown, words


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path, clock) as made:
        yield made


Show = Callable[..., Awaitable[ComposeView]]


@pytest.fixture
def show(qtbot: QtBot, icons: Icons, desk: Desk, eventually: Eventually) -> Show:
    async def opened(content: bytes, name: str = "letter.pdf") -> ComposeView:
        """The window with one document, once its pages are made."""
        view = shown(qtbot, icons, desk.form())
        drop(view, desk.file(name, content))
        preview = view._model.preview
        await eventually(lambda: preview.state.spots and not view._model.state.taking)
        await settled(view, eventually)
        return view

    return opened


async def settled(view: ComposeView, eventually: Eventually) -> None:
    """All pages are made, and the one looked at is on the screen."""
    preview = view._model.preview
    await eventually(lambda: all(preview.made(at) for at in range(len(preview.state.spots))))
    await eventually(lambda: not preview.state.loading)


def small_print() -> bytes:
    """A letter with a paragraph of 7 points, and an empty page."""
    writer = PdfWriter()
    small = "(No part of this letter may be shown to anybody else.) Tj T* "
    samples.add_page(
        writer,
        f"BT /F1 12 Tf 72 700 Td (Dear Dr. Ames,) Tj ET BT /F1 7 Tf 9 TL 72 600 Td {small * 12} ET",
    )
    samples.add_page(writer, "")
    return samples.finish(writer)


def coloured() -> bytes:
    """A picture that is red at the left and white at the right."""
    image = Image.new("RGB", (600, 800), "white")
    image.paste((200, 30, 30), (0, 0, 300, 800))
    out = io.BytesIO()
    image.save(out, "PNG", dpi=(72, 72))
    return out.getvalue()


def half_cut_off() -> bytes:
    """A scan of two pages, the second of which ends in the middle."""
    out = io.BytesIO()
    pages = [Image.linear_gradient("L").resize((400, 500)) for _ in range(2)]
    pages[0].save(out, "TIFF", save_all=True, append_images=pages[1:])
    return out.getvalue()[:-100_000]


def pale() -> bytes:
    """A page of grey writing."""
    writer = PdfWriter()
    line = "(No part of this letter may be shown to anybody else.) Tj T* "
    samples.add_page(writer, f"0.7 g BT /F1 14 Tf 18 TL 72 700 Td {line * 30} ET")
    return samples.finish(writer)


def white(image: QImage | None) -> float:
    """The share of eights of dots that are all white: less where it is darker."""
    assert image is not None
    bits = image.convertToFormat(QImage.Format.Format_Mono).constBits()
    return bytes(bits).count(0) / len(bytes(bits))


async def test_a_warning_names_the_page_and_its_button_mends_it(show: Show, eventually: Eventually) -> None:
    view = await show(small_print())
    pane, model = view.preview, view._model
    assert pane.card.isVisible()
    assert pane.card.text.splitlines()[0] == "The writing on page 1 is small"
    assert pane.card.button.text() == "Send in fine quality"
    assert pane.canvas._marks, "it says where"
    assert model.preview.is_signed(0)
    strip = view.form.strip.model()
    spoken = strip.data(strip.index(0, 0), Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "letter.pdf, page 1 of 2, with a warning"
    QTest.mouseClick(pane.card.button, LEFT)
    assert model.state.form.quality is Quality.HD
    await settled(view, eventually)
    await eventually(lambda: not pane.card.isVisible())
    assert not model.preview.is_signed(0)
    assert pane.canvas._marks == ()


async def test_a_blank_page_is_left_out_and_put_back_with_the_same_button(
    show: Show, eventually: Eventually
) -> None:
    view = await show(small_print())
    pane, model = view.preview, view._model
    QTest.keyClick(pane.canvas, Qt.Key.Key_PageDown)
    assert pane.card.text.splitlines()[0] == "Page 2 is blank"
    QTest.mouseClick(pane.card.button, LEFT)
    assert pane.card.text.splitlines()[0] == "This page is left out"
    assert model.state.pages == 1
    assert "Left out" in words(pane)
    QTest.mouseClick(pane.card.button, LEFT)
    assert model.state.pages == 2


async def test_what_the_user_does_not_mind_is_said_no_more(show: Show) -> None:
    view = await show(small_print())
    pane = view.preview
    QTest.mouseClick(pane.card.cross, LEFT)
    assert not pane.card.isVisible()
    assert not view._model.preview.is_signed(0)
    assert view._model.preview.is_signed(1), "only this warning of this page"


async def test_the_original_is_a_click_away_in_its_colours(show: Show, eventually: Eventually) -> None:
    view = await show(coloured(), "card.png")
    pane, preview = view.preview, view._model.preview
    assert preview.state.picture is not None
    assert preview.state.picture.format() is QImage.Format.Format_Mono
    QTest.mouseClick(pane.sides.button("original"), LEFT)
    await settled(view, eventually)
    colour = preview.state.picture.pixelColor(preview.state.picture.width() // 5, 700)
    assert (colour.red() > 150, colour.green() < 90) == (True, True)
    assert "A fax has no colours and no greys." in pane.caption.text()
    assert not pane.treatment.isEnabled()
    QTest.mouseClick(pane.sides.button("faxed"), LEFT)
    assert preview.state.picture.format() is QImage.Format.Format_Mono


async def test_a_page_is_made_darker_or_lighter_by_its_switch(show: Show, eventually: Eventually) -> None:
    view = await show(pale())
    pane, model = view.preview, view._model
    shares = {}
    for treatment in (Treatment.LIGHTER, Treatment.DARKER):
        pane.treatment.setCurrentIndex(pane.treatment.findData(treatment))
        pane.treatment.activated.emit(pane.treatment.currentIndex())
        assert model.state.form.leaves[0].look.treatment is treatment
        await settled(view, eventually)
        shares[treatment] = white(model.preview.state.picture)
    assert shares[Treatment.DARKER] < shares[Treatment.LIGHTER]


async def test_the_services_cover_is_an_example_and_never_said_to_be_faxed(
    show: Show, eventually: Eventually
) -> None:
    view = await show(samples.letter("One"))
    pane, model = view.preview, view._model
    model.set_cover_kind(CoverKind.SERVICE)
    await eventually(lambda: len(model.preview.state.spots) == 2)
    model.preview.go_to(0)
    assert pane.card.text.startswith("An example of a cover page\n")
    assert pane.canvas._image is not None
    assert not pane.sides.isVisible()
    assert not pane.treatment.isVisible()
    assert not pane.caption.text()
    assert model.preview.state.pages == 1
    assert "Example" in words(pane)


async def test_the_line_below_says_what_the_service_does(show: Show, desk: Desk) -> None:
    view = await show(samples.letter("One"))
    pane, model = view.preview, view._model
    adds = "The service adds a line at the top and may scale the page a little."
    assert pane.caption.text() == f"Standard, black and white. {adds}"
    model.set_quality(Quality.SUPERFINE)
    assert pane.caption.text() == f"Superfine, black and white. {adds}"
    desk.choose(original_pages=True)
    model.set_quality(Quality.HD)
    assert pane.caption.text().startswith("Fine, black and white. The pages go out as they are")


async def test_the_foot_says_how_long_it_takes_and_what_it_costs(
    show: Show, desk: Desk, eventually: Eventually
) -> None:
    desk.choose(page_price="$0.05")
    view = await show(samples.letter("One", "Two"))
    await eventually(lambda: view.estimate.text() == "About a minute, about $0.10")
    assert "14,400 bits a second" in view.estimate.toolTip()


async def test_a_page_that_cannot_be_drawn_says_so_and_the_others_are_there(
    show: Show, eventually: Eventually
) -> None:
    view = await show(half_cut_off(), "scan.tiff")
    pane, preview = view.preview, view._model.preview
    assert preview.is_signed(1)
    QTest.keyClick(pane.canvas, Qt.Key.Key_PageDown)
    assert not pane.canvas.isVisible()
    assert "Page 2 cannot be shown" in words(pane)
    assert not pane.card.cross.isVisible()
    QTest.mouseClick(pane.card.button, LEFT)
    assert view._model.state.pages == 1
    assert pane.card.text.startswith("This page is left out")


async def test_the_dots_can_be_seen(show: Show) -> None:
    view = await show(samples.letter("One"))
    pane = view.preview
    for _ in range(12):
        QTest.keyClick(pane.canvas, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert pane.canvas.zoom_percent == 400
    assert "400" in " ".join(words(pane))
    QTest.keyClick(pane.canvas, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view._model.preview.state.zoom == "page"


async def test_more_than_the_service_takes_is_told_before_send(
    show: Show, eventually: Eventually, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MOST_DOCUMENT", 3000)
    view = await show(samples.letter(*"abcdef"))
    QTest.keyClicks(view.form.number, "202 555 0143")
    await eventually(lambda: view.send.text() == "Too large to send")
    assert not view.send.isEnabled()
    assert "leave pages out" in view.problem.text
    view._model.pages.leave_out(range(1, 6))
    await eventually(view.send.isEnabled)
    assert not view.problem.isVisible()
