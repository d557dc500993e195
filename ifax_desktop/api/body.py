"""The body of one request, piece by piece: a document becomes base64 while it goes out, never as a whole.

The body knows whether its last piece was handed over. That, and not the kind of exception, tells whether the service
can have the request: without its last piece the JSON cannot be read.
"""

import json
import secrets
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

PIECE = 48 * 1024
"""Bytes of a document per piece: a multiple of three, so that the pieces' base64 joins without padding."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A document that goes along with a request; the name is what the service shall call it."""

    file_name: str
    content: bytes = field(repr=False)


class Body:
    """JSON of `fields`, and of a document as the field `faxData` (wire contract, row 1).

    `before_last_piece` is awaited when everything but the last piece has gone out; what it raises ends the request.
    """

    def __init__(
        self,
        fields: Mapping[str, Any],
        document: Attached | None = None,
        before_last_piece: Callable[[], Awaitable[None]] | None = None,
    ) -> None:
        self.handed_over = False
        """The last piece was given away: from here on the service may have the whole request."""
        self.has_document = document is not None
        self._before_last_piece = before_last_piece
        self._content = memoryview(document.content if document else b"")
        self._head, self._tail = _around(fields, document)

    def __len__(self) -> int:
        """Bytes of the whole body."""
        return len(self._head) + 4 * -(-len(self._content) // 3) + len(self._tail)

    async def pieces(self) -> AsyncIterator[bytes]:
        """The body in order. With a document the last piece is the few bytes after it."""
        if self._head:
            yield self._head
        for start in range(0, len(self._content), PIECE):
            yield b64encode(self._content[start : start + PIECE])
        if self._before_last_piece:
            await self._before_last_piece()
        self.handed_over = True
        yield self._tail


def _around(fields: Mapping[str, Any], document: Attached | None) -> tuple[bytes, bytes]:
    """What goes before the document and what after it; everything is 'after' where there is none."""
    if document is None:
        return b"", json.dumps(fields).encode()
    place = secrets.token_hex(16)  # stands where the base64 goes; nobody can have typed it into a field
    whole = {**fields, "faxData": [{"fileName": document.file_name, "fileData": place}]}
    head, _, tail = json.dumps(whole).partition(place)
    return head.encode(), tail.encode()
