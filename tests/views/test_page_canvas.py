"""Paper on the canvas: sizes, keys, hard pixels, white in the dark."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from ifax_desktop.views.page_canvas import PageCanvas
from ifax_desktop.views.theme import Theme


def page(width: int = 1728, height: int = 2236) -> QImage:
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.fill(255)
    painter = QPainter(image)
    painter.fillRect(width // 4, height // 4, width // 2, height // 2, Qt.GlobalColor.black)
    painter.end()
    return image


@pytest.fixture
def canvas(qtbot: QtBot, theme: Theme) -> PageCanvas:
    made = PageCanvas(theme)
    qtbot.addWidget(made)
    made.resize(400, 600)
    with qtbot.waitExposed(made):
        made.show()
    made.show_page(page(), 2, 5)
    return made


def bars(canvas: PageCanvas) -> tuple[int, int]:
    return canvas.horizontalScrollBar().maximum(), canvas.verticalScrollBar().maximum()


def test_a_page_fits_the_pane_and_says_which_it_is(canvas: PageCanvas) -> None:
    assert bars(canvas) == (0, 0)
    assert canvas.accessibleName() == "Page 2 of 5"
    image = canvas.grab().toImage()
    assert image.pixelColor(200, 16 + 2).name() == "#ffffff"
    assert image.pixelColor(200, 250).name() == "#000000"
    assert canvas.zoom_percent == pytest.approx(100 * 368 / (8.47 * 96), abs=1), (
        "a fax page is 8.5 inches wide"
    )


def test_the_width_fits_and_the_rest_scrolls(canvas: PageCanvas) -> None:
    canvas.resize(600, 400)
    canvas.set_zoom("width")
    across, down = bars(canvas)
    assert across == 0
    assert down > 0


def test_percent_steps_and_signals(canvas: PageCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.zoom_changed) as told:
        canvas.set_zoom(100)
    assert told.args == [100]
    assert bars(canvas)[0] > 400
    canvas.zoom_by(1)
    assert canvas.zoom_percent == 150
    canvas.zoom_by(-1)
    canvas.zoom_by(-1)
    assert canvas.zoom_percent == 75
    canvas.set_zoom("page")
    assert bars(canvas) == (0, 0)


def test_larger_than_the_picture_pixels_are_hard(canvas: PageCanvas) -> None:
    image = QImage(200, 200, QImage.Format.Format_Grayscale8)
    image.fill(255)
    image.setPixelColor(5, 5, QColor(0, 0, 0))
    canvas.show_page(image, 1, 1)
    canvas.set_zoom(400)
    grabbed = canvas.viewport().grab().toImage()
    left = 16 if grabbed.width() < 832 else (grabbed.width() - 800) // 2
    shades = {grabbed.pixelColor(left + x, 16 + y).name() for x in range(40) for y in range(40)}
    assert shades == {"#000000", "#ffffff"}


def test_the_shape_of_fax_pixels_is_put_right(canvas: PageCanvas) -> None:
    flat = page(1728, 1118)
    flat.setDotsPerMeterX(8031)
    flat.setDotsPerMeterY(3858)
    canvas.show_page(flat, 1, 1)
    paper = canvas._paper()
    assert paper.height() / paper.width() == pytest.approx(1118 * 8031 / 3858 / 1728, rel=0.01)
    canvas.set_rotation(90)
    turned = canvas._paper()
    assert turned.width() > turned.height()


def test_keys_ask_for_pages_and_sizes(canvas: PageCanvas, qtbot: QtBot) -> None:
    pages: list[int] = []
    sizes: list[int] = []
    canvas.page_stepped.connect(pages.append)
    canvas.zoom_stepped.connect(sizes.append)
    qtbot.keyClick(canvas, Qt.Key.Key_PageDown)
    qtbot.keyClick(canvas, Qt.Key.Key_PageUp)
    qtbot.keyClick(canvas, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(canvas, Qt.Key.Key_Minus, Qt.KeyboardModifier.ControlModifier)
    assert pages == [1, -1]
    assert sizes == [1, -1]
    with qtbot.waitSignal(canvas.zoom_reset):
        qtbot.keyClick(canvas, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)


def test_arrow_keys_and_the_mouse_move_a_large_page(canvas: PageCanvas, qtbot: QtBot) -> None:
    canvas.set_zoom(100)
    qtbot.keyClick(canvas, Qt.Key.Key_Down)
    moved = canvas.verticalScrollBar().value()
    assert moved > 0
    view = canvas.viewport()
    start, end = view.rect().center(), view.rect().center()
    end.setY(end.y() - 30)
    qtbot.mousePress(view, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(view, end)
    qtbot.mouseRelease(view, Qt.MouseButton.LeftButton, pos=end)
    assert canvas.verticalScrollBar().value() >= moved


def test_paper_stays_white_in_the_dark_and_without_a_picture(canvas: PageCanvas, theme: Theme) -> None:
    theme.choose("dark")
    canvas.show_page(None, 3, 5)
    image = canvas.grab().toImage()
    assert image.pixelColor(200, 200).name() == "#ffffff"
    assert image.pixelColor(2, 2).rgb() == theme.color("canvas").rgb()
    canvas.show_page(None, 0, 0)
    assert canvas.grab().toImage().pixelColor(200, 200).rgb() == theme.color("canvas").rgb()


def test_marks_are_drawn_on_the_page_and_go_with_it(canvas: PageCanvas) -> None:
    plain = canvas.grab().toImage()
    canvas.set_marks([QRectF(100, 100, 600, 400)])
    assert canvas.grab().toImage() != plain
    canvas.show_page(page(), 3, 5)
    assert canvas.grab().toImage() == plain


def test_the_focus_is_drawn_after_tab_only(canvas: PageCanvas, theme: Theme) -> None:
    canvas.activateWindow()
    canvas.setFocus(Qt.FocusReason.MouseFocusReason)
    assert canvas.grab().toImage().pixelColor(1, 300).rgb() == theme.color("canvas").rgb()
    canvas.clearFocus()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    assert canvas.grab().toImage().pixelColor(1, 300).rgb() == theme.color("focus").rgb()
