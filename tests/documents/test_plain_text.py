"""Text files in any encoding become pages of fixed letters."""

import time

import pytest

from ifax_desktop.documents import plain_text, protocol
from ifax_desktop.documents.plain_text import PlainText, decoded
from ifax_desktop.documents.protocol import Reason, Refusal

GREETING = "Grüße aus Zürich - naïve café, déjà vu, Ωμέγα"
GERMAN = (
    "Sehr geehrte Frau Müller, die Prüfung der Unterlagen für Köln läuft. Schöne Grüße, größere Fläche, Öl. "
    * 5
)
RUSSIAN = (
    "Уважаемый господин доктор, результаты обследования прилагаются к этому письму. Спасибо за помощь. " * 5
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "utf-16-le", "utf-16-be"])
def test_unicode_is_read_with_and_without_its_mark(encoding: str) -> None:
    text = GREETING + " plain words follow here, as they do in most letters."
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    ("text", "encoding"), [(GERMAN, "cp1252"), (GERMAN, "iso-8859-15"), (RUSSIAN, "cp1251")]
)
def test_older_encodings_are_found_out(text: str, encoding: str) -> None:
    assert decoded(text.encode(encoding)) == text


@pytest.mark.parametrize(
    "document", [bytes(range(256)) * 4, b"\x7fELF" + bytes(60), b"\x00\x01\x02\x03" * 50]
)
def test_what_is_no_text_is_refused(document: bytes) -> None:
    with pytest.raises(Refusal) as caught:
        PlainText(document)
    assert caught.value.reason is Reason.UNKNOWN_KIND


def test_blanks_are_no_text() -> None:
    with pytest.raises(Refusal) as caught:
        PlainText(b" \n\t\r\n ")
    assert caught.value.reason is Reason.EMPTY


def test_lines_are_broken_between_words_and_tabs_kept_in_columns() -> None:
    rows = [row for page in plain_text._set("name\tvalue\n" + "word " * 40) for row in page]
    assert rows[0] == "name    value"
    assert all(len(row) <= 80 for row in rows)
    assert " ".join(rows[1:]) == " ".join(["word"] * 40)


def test_a_long_word_is_cut_and_loses_nothing() -> None:
    assert "".join(next(plain_text._set("x" * 1000))) == "x" * 1000


def test_a_form_feed_begins_a_page_and_long_texts_take_several() -> None:
    assert PlainText(b"one\ftwo\f\n").pages == 2
    assert PlainText(b"line\n" * 105).pages == 3


def test_more_pages_than_a_fax_may_have_are_refused() -> None:
    with pytest.raises(Refusal) as caught:
        PlainText(b"x\f" * (protocol.MAX_PAGES + 1))
    assert caught.value.reason is Reason.TOO_MANY_PAGES


def test_a_page_shows_its_letters_and_tells_those_it_cannot() -> None:
    text = PlainText("Dear Dr. Ames\n漢字".encode())
    drawn = text.draw(0, 612, 792, 0)
    assert drawn.histogram()[255] > 0.9 * 612 * 792
    assert sum(drawn.histogram()[:60]) > 20
    assert text.draw(0, 792, 612, 90).size == (792, 612)
    assert text.unknown_letters(0) == "漢字"


def test_colours_of_a_terminal_are_left_out() -> None:
    assert decoded(b"\x1b[1;31mred\x1b[0m and plain words") == "red and plain words"


@pytest.mark.parametrize("word", ["x", "word ", " ", "\t"])
def test_a_line_of_megabytes_is_set_at_once(word: str) -> None:
    text = "begin " + word * (protocol.MEGABYTE // len(word)) + " end"
    began = time.perf_counter()
    pages = PlainText(text.encode())
    assert time.perf_counter() - began < 5
    rows = [row for page in pages._pages for row in page]
    assert "".join("".join(rows).split()) == "".join(text.split())
