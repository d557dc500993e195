"""On forty pages of known truth nothing is missed and nothing is told in vain."""

from pathlib import Path

import pytest

from ifax_desktop.domain.findings import Trouble
from tests.documents.known_pages import FINENESSES, PAGES, Known, by_the_program, table

GUIDE = Path(__file__).parents[2] / "CONTRIBUTING.md"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_what_is_told_of_a_page_is_true_of_it(page: Known) -> None:
    told = {name: by_the_program(page, fineness) for fineness, name in FINENESSES.items()}
    assert told == {name: page.truth(fineness) for fineness, name in FINENESSES.items()}


def test_there_are_forty_pages_and_every_trouble_is_among_them() -> None:
    assert len({page.name for page in PAGES}) == 40
    assert set[Trouble]().union(*(page.troubles for page in PAGES)) == set(Trouble)
    assert sum(not page.truth(fineness) for page in PAGES for fineness in FINENESSES) > 30


def test_the_guide_holds_the_table() -> None:
    # The table of a program that tells the truth, which is what ours does on each page above.
    assert table(lambda page, fineness: page.truth(fineness)) in GUIDE.read_text("utf-8")


def test_the_table_names_what_is_missed_and_what_is_told_in_vain() -> None:
    rows = table(lambda page, _: {Trouble.BLANK} if page.name == "letter at 11 pt" else set[Trouble]())
    missed = "2: empty page; scanned back of a page: specks and shadow"
    assert f"| blank | fine | 2 | 0 | {missed} | 1: letter at 11 pt |" in rows
