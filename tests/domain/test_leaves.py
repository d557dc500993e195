"""Pages as things: in any order, each once, some left out."""

import random

from ifax_desktop.domain.fax import Attachment
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.leaves import Arrangement, Leaf, is_arrangement, natural
from ifax_desktop.domain.page import PageLook, Treatment

LETTER, SCAN, BILL = (Attachment(name, name[0] * 64, pages) for name, pages in (("l", 2), ("s", 3), ("b", 1)))
ALL = Arrangement.of((LETTER, SCAN, BILL))


def order(arrangement: Arrangement) -> str:
    """Pages by the letter of their document and their number."""
    return " ".join(f"{arrangement.attachments[leaf.part].name}{leaf.page}" for leaf in arrangement.leaves)


def test_documents_come_in_their_order_at_first() -> None:
    assert order(ALL) == "l0 l1 s0 s1 s2 b0"
    assert ALL.pages == 6
    assert ALL.runs() == [range(2), range(2, 5), range(5, 6)]


def test_pages_are_put_before_another_and_keep_their_order() -> None:
    assert order(ALL.moved([4], 0)) == "s2 l0 l1 s0 s1 b0"
    assert order(ALL.moved([3, 0], 6)) == "l1 s0 s2 b0 l0 s1"
    assert order(ALL.moved([0, 1], 5)) == "s0 s1 s2 l0 l1 b0"
    assert order(ALL.moved([2], 2)) == order(ALL) == order(ALL.moved([2], 3))


def test_documents_follow_the_order_of_their_first_pages() -> None:
    moved = ALL.moved([5], 0)
    assert [attachment.name for attachment in moved.attachments] == ["b", "l", "s"]
    assert Form().arranged(moved).leaves == ()


def test_a_document_leaves_with_its_pages_wherever_they_are() -> None:
    mixed = ALL.moved([0], 3)
    assert order(mixed) == "l1 s0 l0 s1 s2 b0"
    assert order(mixed.without_document(0)) == "s0 s1 s2 b0"
    assert order(mixed.with_document(LETTER)) == "l1 s0 l0 s1 s2 b0 l0 l1"


def test_what_is_left_out_stays_in_its_place() -> None:
    leaf = Leaf(1, 0, left_out=True)
    out = ALL.changed(2, leaf)
    assert (out.pages, out.leaves[2]) == (5, leaf)
    assert Form().arranged(out).pages == 5


def test_a_page_is_turned_and_treated() -> None:
    leaf = Leaf(0, 1).turned(90).turned(270).turned(180).treated(Treatment.PHOTO)
    assert leaf == Leaf(0, 1, PageLook(180, Treatment.PHOTO))


def test_an_order_that_is_not_theirs_counts_as_none() -> None:
    leaves = natural((LETTER,))
    assert not is_arrangement(leaves, (SCAN,))
    assert not is_arrangement((*leaves, leaves[0]), (LETTER,))
    assert Arrangement.of((SCAN,), leaves).leaves == natural((SCAN,))


def test_no_move_loses_or_doubles_a_page() -> None:
    chance, arrangement = random.Random(5), ALL
    for _ in range(500):
        places = chance.sample(range(6), chance.randint(1, 5))
        arrangement = arrangement.moved(places, chance.randint(0, 8))
        assert is_arrangement(arrangement.leaves, arrangement.attachments)
        assert {a.name for a in arrangement.attachments} == {"l", "s", "b"}
