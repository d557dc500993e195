"""What a page costs, as people write it."""

import pytest

from ifax_desktop.domain.price import Price


@pytest.mark.parametrize(
    ("written", "pages", "words"),
    [
        ("$0.05", 7, "$0.35"),
        ("0,05 €", 20, "1,00 €"),
        ("5 ct", 7, "35 ct"),
        ("USD 0.075", 3, "USD 0.22"),
        (" 1.10 ", 2, "2.20"),
        ("0.001", 3, "0.003"),
    ],
)
def test_the_price_of_a_fax_is_written_like_that_of_a_page(written: str, pages: int, words: str) -> None:
    price = Price.read(written)
    assert price is not None
    assert price.times(pages) == words


@pytest.mark.parametrize("written", ["", "free", "$0", "0.00", "1-2 ct", "1.000.000"])
def test_what_is_no_price_is_none(written: str) -> None:
    assert Price.read(written) is None
