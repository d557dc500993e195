"""What is said of a page, and what is offered."""

import pytest

from ifax_desktop.domain.findings import Finding, Trouble
from ifax_desktop.domain.line_time import CodedSize
from ifax_desktop.domain.page import PageLook, Treatment
from ifax_desktop.domain.price import Price
from ifax_desktop.domain.quality import Quality
from ifax_desktop.viewmodels.estimate import estimate_details, estimate_words
from ifax_desktop.viewmodels.page_warnings import PageWarning, Repair, repair_words, warnings

STANDARD, FINE, SUPERFINE = Quality.STANDARD, Quality.HD, Quality.SUPERFINE


def one(
    finding: Finding, quality: Quality = STANDARD, look: PageLook | None = None, *, is_cover: bool = False
) -> PageWarning:
    (warning,) = warnings((finding,), 4, quality, look or PageLook(), is_cover=is_cover)
    return warning


@pytest.mark.parametrize("trouble", Trouble)
def test_each_names_the_page_says_what_it_means_and_offers_something(trouble: Trouble) -> None:
    warning = one(Finding(trouble, value=4.0, text="田中"))
    assert "page 4" in warning.title.lower()
    assert len(warning.title.split()) <= 9
    assert warning.sentence.endswith(".")
    assert warning.repair is not None
    assert repair_words(warning.repair, STANDARD)


@pytest.mark.parametrize(
    ("trouble", "quality", "look", "repair"),
    [
        (Trouble.SMALL_TEXT, STANDARD, PageLook(), Repair.FINER),
        (Trouble.SMALL_TEXT, FINE, PageLook(), Repair.FINER),
        (Trouble.SMALL_TEXT, SUPERFINE, PageLook(), None),
        (Trouble.NOISE, STANDARD, PageLook(), Repair.AS_TEXT),
        (Trouble.NOISE, STANDARD, PageLook(0, Treatment.TEXT), None),
        (Trouble.SLOW, STANDARD, PageLook(), Repair.AS_TEXT),
        (Trouble.DARK, STANDARD, PageLook(), Repair.LIGHTER),
        (Trouble.DARK, STANDARD, PageLook(0, Treatment.LIGHTER), Repair.AS_TEXT),
        (Trouble.COARSE, STANDARD, PageLook(), Repair.DARKER),
        (Trouble.COARSE, STANDARD, PageLook(0, Treatment.DARKER), None),
        (Trouble.EDGE, STANDARD, PageLook(), Repair.SMALLER),
        (Trouble.BLANK, STANDARD, PageLook(), Repair.LEAVE_OUT),
        (Trouble.LETTERS, STANDARD, PageLook(), Repair.OTHER_FILE),
    ],
)
def test_what_was_done_already_is_not_offered_again(
    trouble: Trouble, quality: Quality, look: PageLook, repair: Repair | None
) -> None:
    assert one(Finding(trouble), quality, look).repair is repair


def test_of_our_own_cover_page_only_the_fineness_can_be_changed() -> None:
    assert one(Finding(Trouble.DARK), is_cover=True).repair is None
    assert one(Finding(Trouble.SMALL_TEXT), is_cover=True).repair is Repair.FINER


def test_the_button_for_small_writing_names_the_next_quality() -> None:
    assert repair_words(Repair.FINER, STANDARD) == "Send in fine quality"
    assert repair_words(Repair.FINER, FINE) == "Send in superfine quality"


SHORT, LONG = CodedSize(24_000, 20_000, 12_000), CodedSize(400_000, 300_000, 200_000)


@pytest.mark.parametrize(
    ("sizes", "price", "words"),
    [
        ({}, "", ""),
        ({1: SHORT}, "", "About a minute"),
        ({1: SHORT, 2: LONG}, "", "About 5 minutes, of which page 2 takes about 4 minutes"),
        ({1: LONG}, "", "About 5 minutes"),
        ({1: SHORT, 2: SHORT}, "$0.05", "About a minute, about $0.10"),
    ],
)
def test_the_estimate_says_about(sizes: dict[int, CodedSize], price: str, words: str) -> None:
    assert estimate_words(sizes, Price.read(price)) == words


def test_what_the_estimate_stands_on_is_told() -> None:
    words = estimate_details({1: LONG}, 2_340_000)
    assert "2.3 MB are handed to the service, which takes 15.7 MB." in words
    assert "handed" not in estimate_details({1: LONG}, 0)
    for expected in ("about 2 minutes", "about 5 minutes", "about 6 minutes", "14,400", "MMR"):
        assert expected in words
