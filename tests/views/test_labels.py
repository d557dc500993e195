"""Labels: plain text only, open lines, shortened names, whole numbers."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ifax_desktop.views.elided_label import ElidedLabel
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.labels import label, literal, set_tip, whole_number
from ifax_desktop.views.paragraph import Paragraph, spans
from ifax_desktop.views.theme import Theme

SENTENCE = "Their fax machine was in use. Next try by itself at 14:32, in 6 minutes."


def test_markup_from_outside_stays_text(qtbot: QtBot, theme: Theme) -> None:
    for made in (label("<b>bold</b>"), ElidedLabel("<b>bold</b>"), Paragraph("<b>bold</b>")):
        qtbot.addWidget(made)
        assert made.textFormat() == Qt.TextFormat.PlainText
        assert made.text() == "<b>bold</b>"
    widget = QLabel()
    qtbot.addWidget(widget)
    set_tip(widget, "<img src=x>")
    assert "<img" not in widget.toolTip()
    assert literal("Morgan & Hale") == "Morgan && Hale"


def test_a_paragraph_grows_with_its_lines_and_has_open_lines(qtbot: QtBot, theme: Theme) -> None:
    words = Paragraph(SENTENCE)
    qtbot.addWidget(words)
    words.show()
    one = words.heightForWidth(2000)
    assert words.heightForWidth(QFontMetrics(words.font()).horizontalAdvance(SENTENCE) // 2) >= 2 * one
    assert one > QFontMetrics(words.font()).height()
    assert words.hasHeightForWidth()


def test_a_paragraph_is_never_wider_than_72_characters(qtbot: QtBot, theme: Theme) -> None:
    words = Paragraph(SENTENCE * 3)
    qtbot.addWidget(words)
    words.show()
    assert words.sizeHint().width() <= words.fontMetrics().averageCharWidth() * 72 + 1
    assert words.heightForWidth(5000) == words.heightForWidth(words.fontMetrics().averageCharWidth() * 72)


def test_strong_stretches_of_a_paragraph_show(qtbot: QtBot, theme: Theme) -> None:
    words = Paragraph(SENTENCE)
    qtbot.addWidget(words)
    words.resize(600, 60)
    plain = words.grab().toImage()
    words.set_strong(spans(SENTENCE, "14:32"))
    assert words.grab().toImage() != plain
    assert spans(SENTENCE, "14:32", "not there") == ((SENTENCE.index("14:32"), 5),)


def test_a_shortened_name_tells_itself_in_the_tool_tip(qtbot: QtBot, theme: Theme) -> None:
    name = ElidedLabel("The Very Long Name of a Firm of Lawyers & Partners")
    qtbot.addWidget(name)
    name.resize(80, 20)
    name.show()
    assert name.toolTip() == name.text()
    assert name.minimumSizeHint().width() < name.sizeHint().width()
    name.resize(name.sizeHint().width() + 20, 20)
    assert name.toolTip() == ""


def test_a_number_breaks_nowhere_and_does_not_turn_round() -> None:
    number = whole_number("+1 202 555 0143")
    assert " " not in number
    assert number.startswith("\u2066")
    assert number.endswith("\u2069")


def test_words_take_the_size_of_their_role(qtbot: QtBot, icons: Icons) -> None:
    title, small = label("Dr. Ames", "title"), label("14:32", "small")
    for made in (title, small):
        qtbot.addWidget(made)
        made.show()
    assert title.font().pointSizeF() > small.font().pointSizeF()
    assert title.font().bold()
