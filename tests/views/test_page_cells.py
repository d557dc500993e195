"""The model of the thumbnail strip."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from pytestqt.modeltest import ModelTester

from ifax_desktop.views.page_cells import Pages


def test_the_model_keeps_the_rules_of_models(qtmodeltester: ModelTester) -> None:
    pages = Pages(56)
    pages.reset_to(5)
    qtmodeltester.check(pages)


def test_each_page_says_its_number() -> None:
    pages = Pages(56)
    pages.reset_to(5)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert pages.index(1).data(role) == "Page 2 of 5"
    assert pages.index(3).data(role) == "Page 4 of 5"


def test_pictures_are_kept_small_and_only_for_pages_that_are_there() -> None:
    pages = Pages(56)
    pages.reset_to(2)
    picture = QImage(1728, 2236, QImage.Format.Format_Mono)
    picture.fill(1)
    pages.set_picture(1, picture, 2.0)
    pages.set_picture(7, picture, 2.0)
    small = pages.picture(1)
    assert small is not None
    assert small.width() == 112
    assert pages.picture(7) is None
    pages.reset_to(2)
    assert pages.picture(1) is None
