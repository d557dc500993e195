"""Documents out of a download's answer, and everything that is not one yet."""

import base64
from typing import Any

import pytest

from ifax_desktop.api.document import SMALLEST, document
from ifax_desktop.domain.errors import NoAnswer, Refused

PDF = b"%PDF-1.1\n" + bytes(range(256)) + b"\n%%EOF\n"
TEXT = base64.b64encode(PDF).decode()
LINES = base64.encodebytes(PDF).decode()


@pytest.mark.parametrize(
    "data",
    [
        PDF,
        b"junk before\n" + PDF,
        TEXT,
        LINES,
        TEXT.rstrip("="),
        base64.urlsafe_b64encode(PDF).decode(),
        f"data:application/pdf;base64,{TEXT}",
        f" DATA:;base64,{LINES}",
        {"fileData": TEXT},
        {"file": f"data:application/pdf;base64,{TEXT}"},
        {"data": TEXT, "pages": 2},
    ],
)
def test_a_document_in_any_wrapping(data: Any) -> None:
    assert document(data).endswith(PDF)


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        b"",
        [],
        {},
        5,
        PDF[: SMALLEST - 1],
        base64.b64encode(PDF[:50]).decode(),
        PDF.hex(),
        base64.b64encode(b"<html>" + bytes(500)).decode(),
        b"<html>" + bytes(500),
        "not base64 at all: ü",
        TEXT[:-3] + "!",
        {"status": "processing"},
        "data:application/pdf",
    ],
)
def test_what_is_no_document_yet(data: Any) -> None:
    with pytest.raises(NoAnswer) as caught:
        document(data)
    assert str(caught.value).endswith(".")


@pytest.mark.parametrize("data", ["https://files.example/a.pdf", {"url": "http://files.example/a.pdf"}])
def test_a_document_kept_elsewhere_is_not_fetched(data: Any) -> None:
    with pytest.raises(Refused, match="another address"):
        document(data)
