"""The cover page: all words, inside the margins, in the right proportions."""

from dataclasses import replace
from itertools import pairwise

import pytest
from PIL import Image, ImageDraw

from ifax_desktop.documents import cover_page, lettering
from ifax_desktop.documents.cover_page import LEFT, RIGHT, Run, Sheet
from ifax_desktop.domain.cover import Cover, CoverKind, CoverPage
from ifax_desktop.domain.page import ACROSS, FINE, WIDTH, Paper

PARAGRAPH = "The cardiology department asks for an appointment within fourteen days; mornings suit best. "
SHORT = CoverPage(
    Cover(
        CoverKind.OWN, "Dr. Amelia Ames", "Northside Clinic", "Referral", "Dear colleague,\n\nsee the letter."
    ),
    "+1 202 555 0143",
    "+1 312 555 0188",
    "26 November 2025",
    4,
)
BARE = CoverPage(Cover(CoverKind.OWN, notice=""), "+1 202 555 0143", "", "", 1)
LONG = replace(SHORT, cover=replace(SHORT.cover, message="\n\n".join([PARAGRAPH * 4] * 20)))
HUGE = CoverPage(
    Cover(CoverKind.OWN, "Name " * 300, "W" * 400, "Subject " * 200, PARAGRAPH * 60, "Notice " * 900),
    "+1 202 555 0143 " * 20,
    "5" * 200,
    "Date " * 40,
    3,
)
ALL = {"short": SHORT, "bare": BARE, "long": LONG, "huge": HUGE}


def runs(sheets: list[Sheet]) -> list[Run]:
    return [run for sheet in sheets for _, strip in sheet for run in strip.runs]


def said(page: CoverPage) -> list[str]:
    return [run.text for run in runs(cover_page.lay_out(page))]


@pytest.mark.parametrize("page", ALL.values(), ids=ALL)
def test_every_word_is_on_the_paper(page: CoverPage) -> None:
    on_paper = "".join("".join(said(page)).split())
    cover = page.cover
    for text in (cover.subject, cover.message, cover.notice):
        for word in text.split():
            assert word in on_paper
    # Names stand side by side, so their lines are counted: as many letters as were written.
    for letter in "NW5D":
        assert on_paper.count(letter) >= cover_page.words(page).count(letter)


@pytest.mark.parametrize("page", ALL.values(), ids=ALL)
def test_no_line_runs_over_the_edge_or_off_the_paper(page: CoverPage) -> None:
    sheets = cover_page.lay_out(page)
    for run in runs(sheets):
        assert run.x >= LEFT - 5
        assert run.x + lettering.length(run.text, run.face, run.size) <= RIGHT + 0.01
    for sheet in sheets:
        strips = sorted((top, top + strip.height) for top, strip in sheet)
        assert all(end <= top + 0.01 for (_, end), (top, _) in pairwise(strips))
        assert strips[-1][1] <= cover_page.BOTTOM + 0.01


@pytest.mark.parametrize("page", ALL.values(), ids=ALL)
def test_the_margins_are_white_and_the_page_is_not(page: CoverPage) -> None:
    for sheet in cover_page.draw(page):
        assert sheet.size == (WIDTH, Paper.LETTER.lines(FINE))
        left, top, right, bottom = ink(sheet)
        assert left > 20 / 25.4 * ACROSS - 15
        assert right < WIDTH - 15 / 25.4 * ACROSS
        assert top > 5 / 25.4 * FINE, "the service prints its line here"
        assert bottom < Paper.LETTER.lines(FINE) - 10 / 25.4 * FINE


def test_a_short_message_takes_one_sheet_and_a_long_one_more() -> None:
    assert len(cover_page.lay_out(SHORT)) == 1
    assert len(cover_page.lay_out(LONG)) > 1


def test_a_message_a_little_too_long_is_set_smaller_instead() -> None:
    sizes = set()
    for lines in range(10, 40):
        page = replace(SHORT, cover=replace(SHORT.cover, message="A line.\n" * lines))
        sheets = cover_page.lay_out(page)
        if len(sheets) == 1:
            sizes |= {run.size for run in runs(sheets) if run.text == "A line."}
    assert sizes == {12, 11, 10}


def test_further_sheets_are_counted() -> None:
    assert "4, including this one" in said(SHORT)
    more = len(cover_page.lay_out(LONG)) - 1
    assert f"{4 + more}, including this one" in said(LONG)


def test_further_sheets_say_whose_they_are() -> None:
    for sheet in cover_page.lay_out(LONG)[1:]:
        assert sheet[0][1].runs[0].text == "Fax to Dr. Amelia Ames"


def test_what_is_empty_vanishes() -> None:
    assert {"To", "From", "Date", "Pages", "Subject"} <= set(said(SHORT))
    assert said(BARE) == ["Fax", "To", "Pages", "Fax +1 202 555 0143", "Only this one"]


def test_letters_have_their_shape_on_dots_that_are_not_square() -> None:
    page = cover_page.draw(BARE)[0].crop((0, 0, WIDTH, round(114 * FINE / 72)))
    left, top, right, bottom = ink(page)
    square = Image.new("L", (1000, 1000), 255)
    letters = lettering.font(lettering.Face.BOLD, 64)
    ImageDraw.Draw(square).text((100, 100), "Fax", fill=0, font=letters)
    x, y, end, low = (edge / lettering.SCALE for edge in ink(square))
    assert (right - left) * 72 / ACROSS == pytest.approx(end - x, abs=0.5)
    assert (bottom - top) * 72 / FINE == pytest.approx(low - y, abs=0.5)


def test_rules_are_two_lines_thick_at_least() -> None:
    rules = [strip.rule for _, strip in cover_page.lay_out(SHORT)[0] if strip.rule]
    assert len(rules) >= 4
    assert min(rules) >= 2


def ink(page: Image.Image) -> tuple[int, int, int, int]:
    box = page.point(lambda grey: 255 if grey < 160 else 0).getbbox()
    assert box is not None
    return box
