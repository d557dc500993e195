"""The arrangement of pages in a row of the archive."""

import pytest

from ifax_desktop.domain.fax import Attachment
from ifax_desktop.domain.leaves import Leaf
from ifax_desktop.domain.page import PageLook, Treatment
from ifax_desktop.store.leaf_rows import from_words, to_words

DOCUMENTS = (Attachment("letter.pdf", "a" * 64, 2), Attachment("scan.pdf", "b" * 64, 1))
LEAVES = (
    Leaf(1, 0, PageLook(270, Treatment.LIGHTER, True)),
    Leaf(0, 1, left_out=True),
    Leaf(0, 0, PageLook(90)),
)


def test_what_is_kept_comes_back() -> None:
    assert from_words(to_words(LEAVES), DOCUMENTS) == LEAVES
    assert to_words(()) == ""


@pytest.mark.parametrize(
    "words",
    [
        "",
        "[",
        "{}",
        "7",
        "[[0,0]]",
        '[[0,0,45,"auto",0,0],[0,1,0,"auto",0,0],[1,0,0,"auto",0,0]]',
        '[[0,0,0,"bright",0,0],[0,1,0,"auto",0,0],[1,0,0,"auto",0,0]]',
        '[[0,0,0,[],0,0],[0,1,0,"auto",0,0],[1,0,0,"auto",0,0]]',
        '[[0,0,0,"auto",0,0],[0,0,0,"auto",0,0],[1,0,0,"auto",0,0]]',
        '[["0","x",0,"auto",0,0]]',
        "[" * 100_000,
        to_words(LEAVES[:2]),
    ],
)
def test_what_does_not_fit_the_documents_counts_as_none(words: str) -> None:
    assert from_words(words, DOCUMENTS) == ()
