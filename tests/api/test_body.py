"""The body of a request: exact length, whole base64 out of pieces, and the moment of the last piece."""

import base64
import json
from hashlib import sha256
from pathlib import Path

import pytest

from ifax_desktop.api.body import PIECE, Attached, Body
from ifax_desktop.domain.errors import StorageFailed


async def read(body: Body) -> list[bytes]:
    return [piece async for piece in body.stream]


@pytest.mark.parametrize("size", [0, 1, 2, 3, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 2])
async def test_pieces_join_to_the_json_they_announce(size: int) -> None:
    content = bytes(index % 251 for index in range(size))
    body = Body({"subject": 'Größe "9"', "to_name": "{}"}, Attached("fax-1.pdf", content))
    whole = b"".join(await read(body))
    assert len(whole) == len(body)
    assert json.loads(whole) == {
        "subject": 'Größe "9"',
        "to_name": "{}",
        "faxData": [{"fileName": "fax-1.pdf", "fileData": base64.b64encode(content).decode()}],
    }


async def test_no_piece_is_large() -> None:
    pieces = await read(Body({}, Attached("fax-1.pdf", bytes(10 * PIECE))))
    assert max(map(len, pieces)) == PIECE // 3 * 4


async def test_without_a_document_the_fields_are_one_piece() -> None:
    body = Body({"jobId": 7204418})
    assert await read(body) == [b'{"jobId": 7204418}']
    assert len(body) == 18


async def test_the_last_piece_is_announced_before_and_noted_when_it_goes() -> None:
    noted = []

    async def announce() -> None:
        noted.append((len(got), body.handed_over))

    got: list[bytes] = []
    body = Body({}, Attached("fax-1.pdf", bytes(2 * PIECE)), announce)
    async for piece in body.stream:
        assert body.handed_over == piece.endswith(b"}")
        got.append(piece)
    assert noted == [(3, False)]
    assert got[-1] == b'"}]}'


def test_neither_name_nor_content_of_a_document_is_shown() -> None:
    assert "secret" not in repr(Attached("fax-1.pdf", b"secret"))


@pytest.mark.parametrize("size", [0, 1, PIECE, 2 * PIECE + 5])
async def test_a_document_in_a_file_goes_out_as_one_in_memory(tmp_path: Path, size: int) -> None:
    content = bytes(index % 251 for index in range(size))
    path = tmp_path / "fax.pdf"
    path.write_bytes(content)
    sha = sha256(content).hexdigest()
    body = Body({"subject": "x"}, Attached("fax-1.pdf", path, ("1-2", "4"), sha))
    whole = b"".join(await read(body))
    assert len(whole) == len(body)
    assert json.loads(whole)["faxData"] == [
        {
            "fileName": "fax-1.pdf",
            "pages": ["1-2", "4"],
            "fileData": base64.b64encode(content).decode(),
        }
    ]


@pytest.mark.parametrize("content", [b"other", b"longer than it was", b""])
async def test_a_document_that_changed_is_not_handed_over_whole(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "fax.pdf"
    path.write_bytes(b"first")
    announced = []

    async def announce() -> None:
        announced.append(1)

    body = Body({}, Attached("fax-1.pdf", path, sha256=sha256(b"first").hexdigest()), announce)
    path.write_bytes(content)
    with pytest.raises(StorageFailed, match="damaged"):
        await read(body)
    assert not body.handed_over
    assert not announced


async def test_a_document_that_is_gone_is_said_in_words(tmp_path: Path) -> None:
    path = tmp_path / "fax.pdf"
    with pytest.raises(StorageFailed, match="cannot be read"):
        Body({}, Attached("fax-1.pdf", path))
    path.write_bytes(b"there")
    body = Body({}, Attached("fax-1.pdf", path))
    path.unlink()
    with pytest.raises(StorageFailed, match="cannot be read") as caught:
        await read(body)
    assert "fax.pdf" not in caught.value.detail


async def test_progress_is_told_up_to_the_last_byte() -> None:
    told: list[tuple[int, int]] = []
    body = Body(
        {}, Attached("fax-1.pdf", bytes(3 * PIECE)), progress=lambda gone, all_: told.append((gone, all_))
    )
    gone = 0
    async for piece in body.stream:
        assert gone == (told[-1][0] if told else 0)
        gone += len(piece)
    assert told[-1] == (len(body), len(body))
    assert len(told) == 5
    assert [gone for gone, _ in told] == sorted(gone for gone, _ in told)


async def test_a_body_that_is_let_go_closes_its_file(tmp_path: Path) -> None:
    path = tmp_path / "fax.pdf"
    path.write_bytes(bytes(5 * PIECE))
    body = Body({}, Attached("fax-1.pdf", path))
    await anext(body.stream)
    await anext(body.stream)
    await body.close()  # a file left open would be a warning, and so a failure
    assert not body.handed_over
