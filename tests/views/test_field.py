"""Fields: label, hint, problem in words."""

from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from ifax_desktop.views.editors import drop_down, line_edit, spin_box
from ifax_desktop.views.field import Field
from ifax_desktop.views.icons import Icons


def visible_words(field: QWidget) -> list[str]:
    return [made.text() for made in field.findChildren(QLabel) if made.isVisible() and made.text()]


def test_a_problem_takes_the_place_of_the_hint(qtbot: QtBot, icons: Icons) -> None:
    editor = line_edit("Paste the key here")
    field = Field(icons, "API key", editor, "We check the key first.")
    qtbot.addWidget(field)
    field.show()
    assert visible_words(field) == ["API key", "We check the key first."]
    field.set_problem("Three digits are missing.")
    assert visible_words(field) == ["API key", "Three digits are missing."]
    assert editor.property("problem") is True
    assert editor.accessibleDescription() == "Three digits are missing."
    field.set_problem("")
    assert visible_words(field) == ["API key", "We check the key first."]
    assert editor.accessibleDescription() == "We check the key first."
    field.set_hint("Nothing is sent.")
    assert visible_words(field) == ["API key", "Nothing is sent."]


def test_a_problem_moves_no_edge_of_the_editor(qtbot: QtBot, icons: Icons) -> None:
    editor = line_edit()
    field = Field(icons, "Number", editor, "hint")
    qtbot.addWidget(field)
    field.show()
    before = editor.geometry()
    field.set_problem("Wrong.")
    assert editor.geometry() == before
    assert before.height() == icons.theme.height("control")


def test_the_label_names_its_editor(qtbot: QtBot, icons: Icons) -> None:
    for beside in (False, True):
        editor = line_edit()
        field = Field(icons, "Subject", editor, beside=beside)
        qtbot.addWidget(field)
        field.resize(400, 60)
        field.show()
        words = field.findChildren(QLabel)[0]
        assert words.buddy() is editor
        assert editor.accessibleName() == "Subject"
        assert (words.x() < editor.x()) is beside


def test_the_other_editors_have_the_height_of_a_field(qtbot: QtBot, icons: Icons) -> None:
    for editor in (
        drop_down([("Fine", 2)]),
        spin_box(1, 9, 5),
        line_edit("Search", icons=icons, lead="search"),
    ):
        qtbot.addWidget(editor)
        editor.show()
        assert editor.height() == icons.theme.height("control")
