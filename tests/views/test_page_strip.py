"""The pages of a new fax by mouse and keyboard, on the real widgets over the real worker."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.domain.page import Treatment
from ifax_desktop.views.compose_view import ComposeView
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.page_strip import PageStrip
from tests.conftest import Clock, Eventually
from tests.desk import Desk, open_desk
from tests.documents import samples
from tests.views.composing import LEFT, drop, shown, words

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
async def desk(tmp_path: Path, clock: Clock) -> AsyncIterator[Desk]:
    async with open_desk(tmp_path, clock) as made:
        yield made


@pytest.fixture
async def view(qtbot: QtBot, icons: Icons, desk: Desk, eventually: Eventually) -> ComposeView:
    """A fax of two documents: a letter of two pages and a report of one."""
    made = shown(qtbot, icons, desk.form())
    drop(
        made,
        desk.file("letter.pdf", samples.letter("One", "Two")),
        desk.file("report.pdf", samples.letter("Three")),
    )
    await eventually(lambda: order(made) == "l1 l2 r1" and not made._model.state.taking)
    await eventually(lambda: all(made._model.preview.made(at) for at in range(3)))
    return made


def order(view: ComposeView) -> str:
    """The pages in the strip: document and page, small for one that is left out, with its turn."""
    found = []
    for spot in view._model.preview.state.spots:
        assert spot.sheet is not None
        name = f"{spot.group[:1] or 'cover '}{spot.sheet.page + 1}"
        turn = f"/{spot.sheet.look.rotation}" if spot.sheet.look.rotation else ""
        found.append(f"({name}{turn})" if spot.left_out else f"{name}{turn}")
    return " ".join(found)


def at(strip: PageStrip, row: int) -> QPoint:
    """The middle of a page's paper."""
    return strip._cells.paper(strip.cell_rect(row)).center() + QPoint(0, 15)


def click(strip: PageStrip, row: int, modifier: Qt.KeyboardModifier = NONE) -> None:
    QTest.mouseClick(strip.viewport(), LEFT, modifier, at(strip, row))


def drag(strip: PageStrip, start: QPoint, end: QPoint, *, let_go: bool = True) -> None:
    QTest.mousePress(strip.viewport(), LEFT, NONE, start)
    move(strip, start + QPoint(12, 0))
    move(strip, end)
    if let_go:
        QTest.mouseRelease(strip.viewport(), LEFT, NONE, end)


def move(strip: PageStrip, to: QPoint, held: Qt.MouseButton = LEFT) -> None:
    """Move the mouse with a button held: QTest lets events through meanwhile, among them the loop's own."""
    everywhere = QPointF(strip.viewport().mapToGlobal(to))
    event = QMouseEvent(QEvent.Type.MouseMove, QPointF(to), everywhere, Qt.MouseButton.NoButton, held, NONE)
    QApplication.sendEvent(strip.viewport(), event)


def names(menu: QMenu) -> list[str]:
    return [action.text() for action in menu.actions() if not action.isSeparator()]


async def test_a_page_that_is_chosen_is_shown(view: ComposeView, eventually: Eventually) -> None:
    strip, preview = view.form.strip, view._model.preview
    click(strip, 2)
    assert preview.state.at == 2
    await eventually(lambda: preview.state.picture is not None and "Page 3 of 3" in words(view.preview))
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert preview.state.at == 1
    QTest.keyClick(strip, Qt.Key.Key_PageDown)
    assert preview.state.at == 2
    assert strip.currentIndex().row() == 2


KEYS = (
    (Qt.Key.Key_R, NONE, "l1 l2/90 r1"),
    (Qt.Key.Key_R, SHIFT, "l1 l2/270 r1"),
    (Qt.Key.Key_Delete, NONE, "l1 (l2) r1"),
    (Qt.Key.Key_Left, CTRL, "l2 l1 r1"),
    (Qt.Key.Key_Up, CTRL, "l2 l1 r1"),
    (Qt.Key.Key_Right, CTRL, "l1 r1 l2"),
    (Qt.Key.Key_Delete, CTRL, "r1"),
)


async def test_each_key_does_its_work_and_it_is_undone_and_done_again(view: ComposeView) -> None:
    strip = view.form.strip
    for key, modifier, expected in KEYS:
        click(strip, 1)
        QTest.keyClick(strip, key, modifier)
        assert order(view) == expected
        QTest.keyClick(strip, Qt.Key.Key_Z, CTRL)
        assert order(view) == "l1 l2 r1"
        QTest.mouseClick(view.form.redo, LEFT)
        assert order(view) == expected
        QTest.mouseClick(view.form.undo, LEFT)


async def test_the_choice_goes_with_the_page(view: ComposeView) -> None:
    strip = view.form.strip
    click(strip, 0)
    for expected in ("l2 l1 r1", "l2 r1 l1"):
        QTest.keyClick(strip, Qt.Key.Key_Right, CTRL)
        assert order(view) == expected
    QTest.keyClick(strip, Qt.Key.Key_Right, CTRL)
    assert order(view) == "l2 r1 l1", "there is no place after the last"
    assert strip.places == [2]
    assert view._model.preview.state.at == 2


async def test_several_pages_are_chosen_and_treated_together(view: ComposeView) -> None:
    strip = view.form.strip
    click(strip, 0)
    click(strip, 2, CTRL)
    assert strip.places == [0, 2]
    QTest.keyClick(strip, Qt.Key.Key_R)
    assert order(view) == "l1/90 l2 r1/90"
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    QTest.keyClick(strip, Qt.Key.Key_Delete)
    assert order(view) == "(l1/90) l2 (r1/90)"
    assert view._model.state.pages == 1


async def test_a_page_is_dragged_to_its_place(view: ComposeView) -> None:
    strip = view.form.strip
    drag(strip, at(strip, 2), at(strip, 0) - QPoint(15, 0))
    assert order(view) == "r1 l1 l2"
    drag(strip, at(strip, 0), at(strip, 2) + QPoint(15, 0))
    assert order(view) == "l1 l2 r1"


async def test_a_document_is_dragged_by_its_name(view: ComposeView) -> None:
    strip = view.form.strip
    name = strip.cell_rect(0).topLeft() + QPoint(20, 8)
    drag(strip, name, at(strip, 2) + QPoint(15, 0))
    assert order(view) == "r1 l1 l2"
    assert [part.name for part in view._model.state.form.attachments] == ["report.pdf", "letter.pdf"]


async def test_escape_lets_a_dragged_page_go_back(view: ComposeView) -> None:
    strip = view.form.strip
    drag(strip, at(strip, 2), at(strip, 0) - QPoint(15, 0), let_go=False)
    QTest.keyClick(strip, Qt.Key.Key_Escape)
    QTest.mouseRelease(strip.viewport(), LEFT, NONE, at(strip, 0))
    assert order(view) == "l1 l2 r1"


async def test_the_buttons_on_the_page_under_the_mouse_turn_it_and_leave_it_out(view: ComposeView) -> None:
    strip = view.form.strip
    turn, leave_out = strip._cells.buttons(strip.cell_rect(1))
    move(strip, at(strip, 1), Qt.MouseButton.NoButton)
    QTest.mouseClick(strip.viewport(), LEFT, NONE, turn.center())
    QTest.mouseClick(strip.viewport(), LEFT, NONE, leave_out.center())
    assert order(view) == "l1 (l2/90) r1"
    QTest.mouseClick(strip.viewport(), LEFT, NONE, leave_out.center())
    assert order(view) == "l1 l2/90 r1"


async def test_nothing_comes_before_the_cover_page(view: ComposeView, eventually: Eventually) -> None:
    strip = view.form.strip
    view._model.set_cover_kind(CoverKind.OWN)
    await eventually(lambda: order(view) == "cover 1 l1 l2 r1")
    drag(strip, at(strip, 3), at(strip, 0) - QPoint(15, 0))
    assert order(view) == "cover 1 r1 l1 l2"
    click(strip, 0)
    for key, modifier in ((Qt.Key.Key_Right, CTRL), (Qt.Key.Key_R, NONE), (Qt.Key.Key_Delete, NONE)):
        QTest.keyClick(strip, key, modifier)
    QTest.keyClick(strip, Qt.Key.Key_Delete, CTRL)
    assert order(view) == "cover 1 r1 l1 l2"


async def test_the_last_place_adds_files_by_mouse_and_keyboard(
    view: ComposeView, eventually: Eventually
) -> None:
    strip = view.form.strip
    for ask in (lambda: click(strip, 3), lambda: QTest.keyClick(strip, Qt.Key.Key_Return)):
        ask()
        (dialog,) = view.findChildren(QFileDialog)
        dialog.reject()
        await eventually(lambda: not view.findChildren(QFileDialog))
        strip.setFocus()
        QTest.keyClick(strip, Qt.Key.Key_End)


async def test_the_menu_has_everything_with_its_keys(qtbot: QtBot, view: ComposeView) -> None:
    strip = view.form.strip
    click(strip, 1)
    spot = strip.cell_rect(1).center()
    asked = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, spot, strip.viewport().mapToGlobal(spot))
    QApplication.sendEvent(strip.viewport(), asked)
    (menu,) = [each for each in strip.findChildren(QMenu) if each.isVisible()]
    assert names(menu) == [
        "Turn right",
        "Turn left",
        "Leave out",
        "Move forward",
        "Move back",
        "Black and white",
        "Remove “letter.pdf”",
        "Undo",
        "Redo",
    ]
    shades = next(action.menu() for action in menu.actions() if action.text() == "Black and white")
    assert isinstance(shades, QMenu)
    assert names(shades) == ["Automatic", "As writing", "As a photograph", "Darker", "Lighter"]
    shades.actions()[3].trigger()
    assert view._model.state.form.leaves[1].look.treatment is Treatment.DARKER
    next(action for action in menu.actions() if action.text() == "Turn right").trigger()
    menu.close()
    assert order(view) == "l1 l2/90 r1"


async def test_who_cannot_see_hears_what_each_page_is(view: ComposeView, eventually: Eventually) -> None:
    strip = view.form.strip
    role = Qt.ItemDataRole.AccessibleTextRole

    def spoken() -> list[object]:
        model = strip.model()
        return [model.data(model.index(row, 0), role) for row in range(model.rowCount())]

    assert spoken() == [
        "letter.pdf, page 1 of 3",
        "letter.pdf, page 2 of 3",
        "report.pdf, page 3 of 3",
        "Add files",
    ]
    view._model.pages.leave_out([1])
    view._model.set_cover_kind(CoverKind.SERVICE)
    await eventually(lambda: len(spoken()) == 5)
    assert spoken()[:3] == [
        "Cover page of the service, an example",
        "letter.pdf, page 1 of 2",
        "letter.pdf, page 2, left out",
    ]


async def test_an_empty_form_has_no_strip_and_a_long_one_scrolls(
    qtbot: QtBot, icons: Icons, desk: Desk, eventually: Eventually
) -> None:
    view = shown(qtbot, icons, desk.form())
    assert not view.form.strip.isVisible()
    drop(view, desk.file("book.pdf", samples.letter(*(str(page) for page in range(40)))))
    await eventually(lambda: view._model.preview.state.pages == 40)
    strip = view.form.strip
    await eventually(lambda: strip.verticalScrollBar().maximum() > 0)
    QTest.keyClick(strip, Qt.Key.Key_End)
    QTest.keyClick(strip, Qt.Key.Key_Left)
    assert view._model.preview.state.at == 39
    await eventually(lambda: view._model.preview.thumbnail(39) is not None)
