"""The error table: found by code and message, said in words, retried only where that is safe."""

from datetime import timedelta

import pytest

from ifax_desktop.domain.failures import Advice, Catalogue
from ifax_desktop.paths import resources


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return Catalogue.read((resources() / "error-codes.csv").read_text("utf-8"))


def test_the_table_is_whole(catalogue: Catalogue) -> None:
    assert len(catalogue) == 232


def test_a_busy_line_is_said_and_tried_again(catalogue: Catalogue) -> None:
    busy = catalogue.find(263, "USER_BUSY")
    assert busy.title == "The line is busy"
    assert busy.retry_is_safe
    assert (busy.tries, busy.delay) == (5, timedelta(minutes=3))


def test_code_and_message_together_choose_the_row(catalogue: Catalogue) -> None:
    assert catalogue.find(6002, "NO_ROUTE_TRANSIT_NET") != catalogue.find(6002, "NO_ROUTE_DESTINATION")


@pytest.mark.parametrize(
    ("code", "advice"),
    [(-1005, Advice.SUPPORT), (6002, Advice.NUMBER), (6021, Advice.RETRY), (6100, Advice.RETRY)],
)
def test_a_code_that_stands_twice_has_one_meaning_without_its_message(
    catalogue: Catalogue, code: int, advice: Advice
) -> None:
    assert catalogue.find(code, "words nobody knows").advice is advice


def test_a_fax_that_may_print_twice_is_never_retried(catalogue: Catalogue) -> None:
    broke_off = catalogue.find(9009)
    assert not broke_off.retry_is_safe


@pytest.mark.parametrize("code", [None, 424242])
def test_an_unknown_code_shows_the_services_own_words(catalogue: Catalogue, code: int | None) -> None:
    failure = catalogue.find(code, "Something odd")
    assert failure.words == "The service says: Something odd"
    assert failure.advice is Advice.SUPPORT
    assert not failure.retry_is_safe


def test_titles_promise_nothing(catalogue: Catalogue) -> None:
    rows = [row for found in catalogue._rows.values() for row in found]
    assert all(row.title and not row.title.endswith(".") for row in rows)
    assert not [row for row in rows if "try again" in row.meaning.lower() and "We" in row.meaning.split()]
