"""The fax list: any number of rows, keyboard, theme and text size."""

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ifax_desktop.viewmodels.fax_row import FaxRow
from ifax_desktop.views.fax_list import FaxListView
from ifax_desktop.views.icons import Icons


class Many(QAbstractListModel):
    """A million faxes; every seventh row cannot be read. Counts the rows it is asked for."""

    def __init__(self, count: int = 1_000_000) -> None:
        super().__init__()
        self.count = count
        self.asked: set[int] = set()

    def rowCount(self, parent: QModelIndex | QPersistentModelIndex = QModelIndex()) -> int:  # noqa: B008
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


def test_the_list_is_never_too_narrow_for_a_number(qtbot: QtBot, icons: Icons) -> None:
    view = shown(qtbot, icons, Many(1))
    assert view.minimumWidth() > 150
    assert view.horizontalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAlwaysOff
