"""What support sees of a failure."""

import pytest

from ifax_desktop.api import detail


@pytest.mark.parametrize(
    "written",
    ["+14155550143", "14155550143", "4155550143", "(415) 555-0143", "415-555-0143", "+49 30 1234 5678"],
)
def test_full_numbers_are_taken_out(written: str) -> None:
    hidden = detail.hide(f"Cannot dial {written} now")
    assert hidden == f"Cannot dial …{written[-2:]} now"


@pytest.mark.parametrize("written", ["jobId 7204418", "HTTP 200", "code -1063", "2026-01-05"])
def test_what_is_no_number_stays(written: str) -> None:
    expected = "…05" if written.startswith("2026") else written
    assert detail.hide(written) == expected


def test_the_key_is_taken_out_as_it_is_and_as_json_writes_it() -> None:
    assert detail.hide('a"b and a\\"b', 'a"b') == "[key] and [key]"


def test_an_answer_shows_status_and_beginning() -> None:
    shown = detail.of_answer(502, b"<h1>Bad gateway</h1>\xff" + b"x" * 5000)
    assert shown.startswith("HTTP 502\n<h1>Bad gateway</h1>�xxx")
    assert len(shown) <= detail.MOST_CHARACTERS + len("HTTP 502\n")
    assert detail.of_answer(200, b"") == "HTTP 200"


def test_a_key_at_the_edge_is_not_shown_in_part() -> None:
    body = b"x" * (detail.MOST_CHARACTERS - 5) + b"live-secret"
    assert "live" not in detail.of_answer(200, body, "live-secret")


def test_the_shape_of_an_answer_tells_no_values() -> None:
    assert detail.of_shape({"jobId": 5, "data": None}) == "object with data: nothing, jobId: number"
    assert detail.of_shape("secret") == "text of 6"
    assert detail.of_shape(None) == "nothing"
    assert (
        detail.of_shape([{"a": {"b": {"c": "secret"}}}, 5])
        == "list of 2: object with a: object with b: object"
    )
    assert detail.of_shape([]) == "list of 0"
    assert detail.of_shape({}) == "empty object"
    assert "4155550143" not in detail.of_shape({"+14155550143": 1})
