"""The body of a request: exact length, whole base64 out of pieces, and the moment of the last piece."""

import base64
import json

import pytest

from ifax_desktop.api.body import PIECE, Attached, Body


async def read(body: Body) -> list[bytes]:
    return [piece async for piece in body.pieces()]


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
    async for piece in body.pieces():
        assert body.handed_over == piece.endswith(b"}")
        got.append(piece)
    assert noted == [(3, False)]
    assert got[-1] == b'"}]}'


def test_neither_name_nor_content_of_a_document_is_shown() -> None:
    assert "secret" not in repr(Attached("fax-1.pdf", b"secret"))
