"""The fax list: any number of rows, keyboard, theme and text size."""

from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.viewmodels.fax_row import FaxRow
from ifax_desktop.views.arrange import column, set_ground
from ifax_desktop.views.fax_list import FaxListView
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.theme import Theme


class Many(QAbstractListModel):
    """A million faxes; every seventh row cannot be read. Counts the rows it is asked for."""

    def __init__(self, count: int = 1_000_000) -> None:
        super().__init__()
        self.count = count
        self.asked: set[int] = set()
        self.counted = 0

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
        self.counted += 1
        return 0 if parent.isValid() else self.count

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        row = index.row()
        if role == Qt.ItemDataRole.UserRole:
            self.asked.add(row)
            return (
                None if row % 7 == 6 else FaxRow(row, f"Name {row}", "+1 202 555 0143", "14:02", ("1 page",))
            )
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"Name {row}, +1 202 555 0143"
        return f"Name {row}" if role == Qt.ItemDataRole.DisplayRole else None


def shown(qtbot: QtBot, icons: Icons, model: Many) -> FaxListView:
    view = FaxListView(icons)
    model.setParent(view)
    view.setModel(model)
    qtbot.addWidget(view)
    view.resize(408, 600)
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    return view


def test_a_million_rows_ask_only_for_what_is_seen(qtbot: QtBot, icons: Icons) -> None:
    model = Many()
    view = shown(qtbot, icons, model)
    view.grab()
    assert len(model.asked) < 40
    view.scrollToBottom()
    view.grab()
    assert max(model.asked) == 999_999
    assert len(model.asked) < 80


def test_a_change_among_a_million_rows_asks_for_none_but_those_in_sight(
    qtbot: QtBot, icons: Icons, qapp: QApplication
) -> None:
    """QListView asks for every row then, which takes seconds."""
    model = Many()
    view = shown(qtbot, icons, model)
    root = QModelIndex()

    def insert() -> None:
        model.beginInsertRows(root, 0, 0)
        model.count += 1
        model.endInsertRows()

    def remove() -> None:
        model.beginRemoveRows(root, 500_000, 500_000)
        model.count -= 1
        model.endRemoveRows()

    def repaint() -> None:
        model.dataChanged.emit(model.index(3), model.index(3))

    def reset() -> None:
        model.beginResetModel()
        model.endResetModel()

    for change in (insert, remove, repaint, reset):
        model.counted = 0
        model.asked.clear()
        change()
        view.doItemsLayout()
        view.grab()
        assert model.counted < 300
        assert len(model.asked) < 40
    view.setFocus()
    model.asked.clear()
    qtbot.keyClicks(view, "name 77")
    assert len(model.asked) < 40, "no list of this length is read for what is typed"


def test_home_and_end_lead_to_the_first_and_the_last_fax(qtbot: QtBot, icons: Icons) -> None:
    view = shown(qtbot, icons, Many())
    view.setCurrentIndex(view.model().index(5, 0))
    qtbot.keyClick(view, Qt.Key.Key_End)
    assert view.currentIndex().row() == 999_999
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.currentIndex().row() == 0
    qtbot.keyClick(view, Qt.Key.Key_PageDown)
    assert 3 < view.currentIndex().row() < 20
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Left)
    assert 3 < view.currentIndex().row() < 20


def test_a_letter_leads_to_a_name_in_a_short_list(qtbot: QtBot, icons: Icons) -> None:
    view = shown(qtbot, icons, Many(30))
    view.setFocus()
    qtbot.keyClicks(view, "name 23")
    assert view.currentIndex().row() == 23


def test_arrow_keys_walk_and_tab_leaves(qtbot: QtBot, icons: Icons) -> None:
    view = shown(qtbot, icons, Many(100))
    view.setFocus(Qt.FocusReason.TabFocusReason)
    view.setCurrentIndex(view.model().index(0, 0))
    spy = QSignalSpy(view.selectionModel().currentChanged)
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.currentIndex().row() == 1
    assert spy.count() == 1
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    assert view.currentIndex().row() == 1
    qtbot.keyClick(view, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(view.selectedIndexes()) == 2


def test_the_focus_is_drawn_for_the_keyboard_only(qtbot: QtBot, icons: Icons) -> None:
    view = shown(qtbot, icons, Many(100))
    qtbot.mouseClick(
        view.viewport(), Qt.MouseButton.LeftButton, pos=view.visualRect(view.model().index(0, 0)).center()
    )
    assert not view.by_keyboard
    qtbot.keyClick(view, Qt.Key.Key_Down)
    assert view.by_keyboard


def test_rows_grow_with_the_text_and_repaint_with_the_theme(
    qtbot: QtBot, icons: Icons, qapp: QApplication
) -> None:
    view = shown(qtbot, icons, Many(100))
    before, light = view.sizeHintForRow(0), view.grab().toImage()
    icons.theme.choose("dark")
    assert view.grab().toImage() != light
    font = qapp.font()
    larger = QFont(font)
    larger.setPointSizeF(20)
    qapp.setFont(larger)
    try:
        assert view.sizeHintForRow(0) > before
        qtbot.waitUntil(lambda: view.visualRect(view.model().index(1, 0)).height() == view.sizeHintForRow(0))
    finally:
        qapp.setFont(font)


def test_a_new_row_stands_out_and_fades(qtbot: QtBot, icons: Icons) -> None:
    view = shown(qtbot, icons, Many(100))
    plain = view.grab().toImage()
    view.mark_new([1])
    assert view.grab().toImage() != plain
    qtbot.waitUntil(lambda: view.grab().toImage() == plain, timeout=3000)


@pytest.mark.parametrize("theme_name", ["light", "dark", "high contrast"])
def test_a_row_kept_as_a_picture_looks_as_if_painted_anew(
    qtbot: QtBot, qapp: QApplication, resources: Path, tmp_path: Path, theme_name: str
) -> None:
    contrast = theme_name == "high contrast"
    theme = Theme(resources, tmp_path / "cache", contrast=contrast)
    theme.choose("light" if contrast else theme_name)
    theme.apply(qapp)
    try:
        side = QWidget()
        set_ground(side, "surface")
        view = FaxListView(Icons(theme, resources / "icons"))
        model = Many(100)
        model.setParent(view)
        view.setModel(model)
        side.setLayout(column(view))
        qtbot.addWidget(side)
        side.resize(408, 600)
        with qtbot.waitExposed(side):
            side.show()
        view.setCurrentIndex(model.index(2))
        kept = side.grab().toImage()
        assert side.grab().toImage() == kept
        view._delegate.new_rows = dict.fromkeys(range(model.count), 0.0)
        assert side.grab().toImage() == kept
    finally:
        theme.take_off()


def test_the_list_is_never_too_narrow_for_a_number(qtbot: QtBot, icons: Icons) -> None:
    view = shown(qtbot, icons, Many(1))
    assert view.minimumWidth() > 150
    assert view.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
