"""Painted rows: everything stays within the row at every text size, and every state can be seen."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QImage, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionViewItem

from ifax_desktop.viewmodels.fax_row import FaxRow
from ifax_desktop.views.fax_delegate import FaxDelegate
from ifax_desktop.views.icons import Icons

ROW = FaxRow(
    1,
    "Dr. Ames, Orthopaedics and Sports Medicine",
    "+1 202 555 0143",
    "14:02",
    ("5 pages", "referral.pdf"),
    "Busy, next 14:32",
    "waiting",
    "waiting",
)


def paint(delegate: FaxDelegate, data: object, state: QStyle.StateFlag, rtl: bool = False) -> QImage:
    """The row on white, with 40 px above and below to see what leaves it."""
    model = QStandardItemModel()
    item = QStandardItem()
    item.setData(data, Qt.ItemDataRole.UserRole)
    model.appendRow(item)
    height = delegate.metrics.height
    image = QImage(420, height + 80, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.white)
    option = QStyleOptionViewItem()
    option.rect = QRect(10, 40, 400, height)
    option.state = QStyle.StateFlag.State_Enabled | state
    option.direction = Qt.LayoutDirection.RightToLeft if rtl else Qt.LayoutDirection.LeftToRight
    painter = QPainter(image)
    delegate.paint(painter, option, model.index(0, 0))
    painter.end()
    return image


def is_blank(image: QImage, area: QRect) -> bool:
    part = image.copy(area)
    white = QImage(part.size(), part.format())
    white.fill(Qt.GlobalColor.white)
    return part == white


@pytest.mark.parametrize("points", [9.0, 9.75, 10.0, 12.0, 16.0])
@pytest.mark.parametrize("family", ["Noto Sans", "DejaVu Sans"])
def test_a_row_stays_within_itself(icons: Icons, qapp: QApplication, points: float, family: str) -> None:
    before = qapp.font()
    font = QFont(family)
    font.setPointSizeF(points)
    qapp.setFont(font)
    try:
        row = FaxRow(
            4, "Ågjpq, Ängström", "+1 202 555 0143", "14:02", ("5 pages",), "gjpq", "failed", "failed", True
        )
        delegate = FaxDelegate(icons)
        image = paint(delegate, row, QStyle.StateFlag.State_None)
        height = delegate.metrics.height
        assert height >= 64
        assert height % 4 == 0
        assert is_blank(image, QRect(0, 0, 420, 44))
        assert is_blank(image, QRect(0, 40 + height, 420, 40))
        assert not is_blank(image, QRect(10, 44, 400, height - 8))
    finally:
        qapp.setFont(before)


def test_a_row_without_data_is_blank(icons: Icons) -> None:
    image = paint(FaxDelegate(icons), None, QStyle.StateFlag.State_None)
    assert is_blank(image, image.rect())


def test_selection_hover_focus_and_novelty_can_be_seen(icons: Icons) -> None:
    delegate = FaxDelegate(icons)
    states = (QStyle.StateFlag.State_None, QStyle.StateFlag.State_Selected, QStyle.StateFlag.State_MouseOver)
    plain, chosen, hovered = (paint(delegate, ROW, state) for state in states)
    assert plain != chosen != hovered != plain
    focused_state = QStyle.StateFlag.State_Selected | QStyle.StateFlag.State_HasFocus
    assert paint(delegate, ROW, focused_state) == chosen
    delegate.focus_visible = True
    assert paint(delegate, ROW, focused_state) != chosen
    delegate.new_rows = {1: 0.5}
    assert paint(delegate, ROW, QStyle.StateFlag.State_None) != plain


def test_a_mirrored_row_has_its_icon_at_the_right(icons: Icons) -> None:
    image = paint(FaxDelegate(icons), ROW, QStyle.StateFlag.State_None, rtl=True)
    assert not is_blank(image, QRect(410 - 40, 60, 20, 40))
    assert is_blank(image, QRect(10, 41, 18, 60))


def test_unread_is_a_dot_and_strong_type(icons: Icons) -> None:
    read = FaxRow(5, "North Bay", "+1 202 555 0137", "14:18")
    unread = FaxRow(5, "North Bay", "+1 202 555 0137", "14:18", unread=True)
    delegate = FaxDelegate(icons)
    before = paint(delegate, read, QStyle.StateFlag.State_None)
    after = paint(delegate, unread, QStyle.StateFlag.State_None)
    assert is_blank(before, QRect(10, 44, 42, 50))
    assert not is_blank(after, QRect(10, 44, 42, 50))
    assert before.copy(QRect(60, 44, 200, 28)) != after.copy(QRect(60, 44, 200, 28))
