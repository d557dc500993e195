"""Documents out of a download's answer, and everything that is not one yet."""

import base64
import io
import json
from pathlib import Path
from typing import Any

import httpx
import pytest

from ifax_desktop.api import json_outline
from ifax_desktop.api.document import SMALLEST, Elsewhere, unwrap_document
from ifax_desktop.api.operations import INBOUND_FAX_DOWNLOAD
from ifax_desktop.domain.errors import FaxError, NoAnswer, SignInNeeded
from tests.api.calling import open_channel, success

PDF = b"%PDF-1.1\n" + bytes(range(256)) + b"\n%%EOF\n"
TEXT = base64.b64encode(PDF).decode()
LINES = base64.encodebytes(PDF).decode()


async def saved(envelope: Any, into: Path, **headers: str) -> bytes:
    """What a download writes when the service answers this: an envelope, or bytes as they are."""
    content = envelope if isinstance(envelope, bytes) else json.dumps(envelope).encode()

    def answer(request: httpx.Request) -> httpx.Response:
        return httpx.Response(200, content=content, headers=headers)

    async with open_channel(answer) as channel:
        size = await channel.save(INBOUND_FAX_DOWNLOAD, {}, into)
    assert into.stat().st_size == size
    return into.read_bytes()


WRAPPINGS = [
    TEXT,
    LINES,
    TEXT.rstrip("="),
    base64.urlsafe_b64encode(PDF).decode(),
    f"data:application/pdf;base64,{TEXT}",
    f" DATA:;base64,{LINES}",
    {"fileData": TEXT},
    {"file": f"data:application/pdf;base64,{TEXT}"},
    {"data": TEXT, "pages": 2},
]


@pytest.mark.parametrize(
    "length", [12, 40, json_outline.LONG], ids=["all on disk", "most on disk", "in memory"]
)
@pytest.mark.parametrize("data", WRAPPINGS)
async def test_a_document_in_any_wrapping(
    data: Any, length: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_outline, "LONG", length)
    monkeypatch.setattr(json_outline, "PIECE", 37)
    assert await saved(success(data), tmp_path / "fax.pdf") == PDF
    assert [path.name for path in tmp_path.iterdir()] == ["fax.pdf"]


@pytest.mark.parametrize("content", [PDF, b"\n" + PDF])
@pytest.mark.parametrize("kind", ["application/pdf", "application/octet-stream"])
async def test_a_document_as_it_is(content: bytes, kind: str, tmp_path: Path) -> None:
    assert await saved(content, tmp_path / "fax.pdf", **{"Content-Type": kind}) == content


async def test_a_document_beside_the_data(tmp_path: Path) -> None:
    assert await saved({"status": 1, "fileData": TEXT}, tmp_path / "fax.pdf") == PDF


async def test_slashes_as_php_writes_them(tmp_path: Path) -> None:
    pdf = b"%PDF-1.1\n" + b"\xff\xff\xff" * 20_000
    envelope = json.dumps(success(base64.b64encode(pdf).decode())).replace("/", "\\/").encode()
    assert envelope.count(b"\\/") > 70_000
    assert await saved(envelope, tmp_path / "fax.pdf") == pdf


async def test_an_older_file_is_replaced_by_a_whole_one_only(tmp_path: Path) -> None:
    into = tmp_path / "fax.pdf"
    into.write_bytes(b"older")
    with pytest.raises(NoAnswer):
        await saved(success(TEXT[:-3] + "!"), into)
    assert into.read_bytes() == b"older"
    assert await saved(success(TEXT), into) == PDF
    assert [path.name for path in tmp_path.iterdir()] == ["fax.pdf"]


@pytest.mark.parametrize(
    "data",
    [
        None,
        "",
        [],
        {},
        5,
        base64.b64encode(PDF[: SMALLEST - 1]).decode(),
        PDF.hex(),
        base64.b64encode(b"<html>" + bytes(500)).decode(),
        "not base64 at all: ü",
        TEXT[:-3] + "!",
        TEXT + TEXT,
        {"status": "processing"},
        "data:application/pdf",
        "https://" + "x" * 20_000,
    ],
)
async def test_what_is_no_document_yet(data: Any, tmp_path: Path) -> None:
    with pytest.raises(NoAnswer) as caught:
        await saved(success(data), tmp_path / "fax.pdf")
    assert str(caught.value).endswith(".")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html>" + bytes(500),
        PDF[: SMALLEST - 1],
        json.dumps(success(TEXT)).encode()[:-40],
        json.dumps({"status": 1, "data": "A" * 100_000}).encode()[:-3],
        b'{"status": 1, "data": "' + b"\\u00zz" * 10_000 + b'"}',
        b"[" * 100_000,
    ],
)
async def test_what_is_no_answer_to_a_download(content: bytes, tmp_path: Path) -> None:
    with pytest.raises(NoAnswer):
        await saved(content, tmp_path / "fax.pdf")
    assert list(tmp_path.iterdir()) == []


async def test_a_refusal_of_a_download_is_a_refusal(tmp_path: Path) -> None:
    with pytest.raises(SignInNeeded):
        await saved({"status": 0, "code": 12001, "message": "accessToken invalid"}, tmp_path / "fax.pdf")


async def test_a_folder_that_is_not_there_is_said_before_anything_is_asked(tmp_path: Path) -> None:
    def answer(request: httpx.Request) -> httpx.Response:
        raise AssertionError("asked all the same")

    async with open_channel(answer) as channel:
        with pytest.raises(FaxError, match="disk did not take"):
            await channel.save(INBOUND_FAX_DOWNLOAD, {}, tmp_path / "gone" / "fax.pdf")


@pytest.mark.parametrize("data", ["https://files.example/a.pdf", {"url": " HTTPS://files.example/a.pdf "}])
def test_an_address_instead_of_a_document(data: Any) -> None:
    file = io.BytesIO()
    found = unwrap_document(data, file.write)
    assert isinstance(found, Elsewhere)
    assert found.address.lower() == "https://files.example/a.pdf"
    assert "files.example" not in repr(found)
    assert file.getvalue() == b""
