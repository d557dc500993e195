"""Where a page comes to lie: nothing cut, nothing enlarged, lying pages turned."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from ifax_desktop.documents.fitting import EDGE, HEADER, place
from ifax_desktop.domain.page import FINE, STANDARD, SUPERFINE, WIDTH, PageFormat, PageLook, Paper

LETTER, A4 = (612.0, 792.0), (595.3, 841.9)
LETTER_FINE, A4_FINE = PageFormat(), PageFormat(Paper.A4)
FORMS = [PageFormat(paper, fineness) for paper in Paper for fineness in (STANDARD, FINE, SUPERFINE)]
LOOKS = [PageLook(rotation, inset=inset) for rotation in (0, 90, 180, 270) for inset in (False, True)]


@pytest.mark.parametrize("form", FORMS, ids=str)
def test_paper_of_its_own_size_fills_the_page(form: PageFormat) -> None:
    where = place(LETTER if form.paper is Paper.LETTER else A4, form, PageLook())
    assert where.scale == pytest.approx(1, abs=0.001)
    assert where.down == pytest.approx(form.lines, abs=1)
    assert where.across == pytest.approx(WIDTH if form.paper is Paper.LETTER else 1687, abs=2)


def test_a4_on_letter_becomes_94_percent() -> None:
    assert place(A4, LETTER_FINE, PageLook()).scale == pytest.approx(0.941, abs=0.001)


def test_letter_on_a4_keeps_its_size_at_the_top() -> None:
    where = place(LETTER, A4_FINE, PageLook())
    assert (where.top, where.down, where.scale) == (0, 2156, 1.0)


def test_a_lying_page_is_turned_and_a_lying_card_is_not() -> None:
    assert place(LETTER[::-1], LETTER_FINE, PageLook()).turn == 90
    assert place((252, 144), LETTER_FINE, PageLook()).turn == 0


def test_a_turn_of_the_user_comes_on_top() -> None:
    assert [place(LETTER[::-1], LETTER_FINE, PageLook(turn)).turn for turn in (0, 90, 180, 270)] == [
        90,
        180,
        270,
        0,
    ]


def test_below_the_header_and_inset_leave_room() -> None:
    below = place(LETTER, LETTER_FINE, PageLook(), below_header=True)
    assert below.top == round(HEADER * FINE / 72)
    assert below.top + below.down <= LETTER_FINE.lines
    inset = place(LETTER, LETTER_FINE, PageLook(inset=True))
    assert inset.left >= round(EDGE * 204 / 72)
    assert inset.top > below.top


@given(
    size=some.tuples(some.floats(0.01, 1e6), some.floats(0.01, 1e6)),
    form=some.sampled_from(FORMS),
    look=some.sampled_from(LOOKS),
    below=some.booleans(),
)
def test_nothing_is_cut_or_enlarged_whatever_the_size(
    size: tuple[float, float], form: PageFormat, look: PageLook, below: bool
) -> None:
    where = place(size, form, look, below_header=below)
    assert 0 <= where.left <= where.left + where.across <= WIDTH
    assert 0 <= where.top <= where.top + where.down <= form.lines
    assert where.across >= 1
    assert where.down >= 1
    assert 0 < where.scale <= 1
