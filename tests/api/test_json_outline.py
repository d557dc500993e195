"""The outline of a JSON text: the same value, with what is long left in the file."""

import io
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ifax_desktop.api import json_outline
from ifax_desktop.api.json_outline import LongText, outline

PLAIN = st.text(st.characters(max_codepoint=0xFFFF, exclude_categories=["Cs"]), max_size=60)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | PLAIN,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(PLAIN.map(lambda name: name[:5]), inner, max_size=4)
    ),
    max_leaves=12,
)


def filled(value: Any) -> Any:
    """The value with its long texts read back in."""
    if isinstance(value, LongText):
        return b"".join(value.pieces()).decode()
    if isinstance(value, dict):
        return {name: filled(inner) for name, inner in value.items()}
    return [filled(inner) for inner in value] if isinstance(value, list) else value


@settings(max_examples=300, deadline=None)
@given(
    value=VALUES,
    ascii_only=st.booleans(),
    slashes=st.booleans(),
    long=st.sampled_from([40, 80]),
    piece=st.sampled_from([7, 13, 64]),
)
def test_the_outline_and_its_long_texts_are_the_whole(
    value: Any, ascii_only: bool, slashes: bool, long: int, piece: int
) -> None:
    written = json.dumps(value, ensure_ascii=ascii_only)
    if slashes:
        written = written.replace("/", "\\/")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_outline, "LONG", long)
        patch.setattr(json_outline, "PIECE", piece)
        assert filled(outline(io.BytesIO(written.encode()))) == value


def test_what_is_long_is_not_read() -> None:
    text = "A" * (5 * json_outline.LONG)
    file = io.BytesIO(json.dumps({"status": 1, "data": text, "message": "ok"}).encode())
    value = outline(file)
    assert (value["status"], value["message"]) == (1, "ok")
    assert isinstance(value["data"], LongText)
    assert value["data"].stop - value["data"].start == len(text)


@pytest.mark.parametrize(
    "text", [b"", b"{", b'"', b'{"a": "b}', b"<html>", b'{"a": "\\', b'{"a" "b"}', b"\xff\xfe{"]
)
def test_what_is_no_json(text: bytes) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - each in json's own words
        outline(io.BytesIO(text))


def test_an_escape_json_does_not_know_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_outline, "LONG", 10)
    for wrong in (b"\\x41" * 20, b"A" * 20 + b"\\u12", b"\\uzzzz" + b"A" * 20):
        value = outline(io.BytesIO(b'{"data": "' + wrong + b'"}'))
        with pytest.raises(ValueError, match="escape"):
            b"".join(value["data"].pieces())


def test_more_than_a_document_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_outline, "MOST_OUTLINE", 1000)
    with pytest.raises(ValueError, match="more in this"):
        outline(io.BytesIO(json.dumps(list(range(1000))).encode()))
