"""The body of one request, piece by piece: a document becomes base64 while it goes out, never as a whole.

The body knows whether its last piece was handed over. That, and not the kind of exception, tells whether the service
can have the request: without its last piece the JSON cannot be read.
"""

import asyncio
import json
import secrets
from base64 import b64encode
from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from ifax_desktop.domain.errors import StorageFailed

PIECE = 192 * 1024
"""Bytes of a document per piece: a multiple of three, so that the pieces' base64 joins without padding."""

Progress = Callable[[int, int], None]
"""Told the bytes of the body handed over so far, and all of them."""


@dataclass(frozen=True, slots=True)
class Attached:
    """A document that goes along with a request; the name is what the service shall call it.

    `content` is the document, or the file it lies in, which is then read piece by piece.
    """

    file_name: str
    content: bytes | Path = field(repr=False)
    pages: tuple[str, ...] = ()
    """Pages and ranges such as "1-3" (wire contract, section 6); empty for all."""
    sha256: str = ""
    """What the document must be: anything else is not handed over whole. Empty for no check."""


class Body:
    """JSON of `fields`, and of a document as the field `faxData` (wire contract, row 1).

    `before_last_piece` is awaited when everything but the last piece has gone out; what it raises ends the request.
    Raises StorageFailed where the document's file cannot be read.
    """

    def __init__(
        self,
        fields: Mapping[str, Any],
        document: Attached | None = None,
        before_last_piece: Callable[[], Awaitable[None]] | None = None,
        progress: Progress | None = None,
    ) -> None:
        self.handed_over = False
        """The last piece was given away: from here on the service may have the whole request."""
        self.has_document = document is not None
        self._document = document
        self._size = _size(document)
        self._before_last_piece = before_last_piece
        self._progress = progress
        self._head, self._tail = _around(fields, document)
        self.stream = self._pieces()
        """The body in order. With a document the last piece is the few bytes after it.

        Raises StorageFailed before the last piece for a document that is not what it must be.
        """

    def __len__(self) -> int:
        """Bytes of the whole body."""
        return len(self._head) + 4 * -(-self._size // 3) + len(self._tail)

    async def close(self) -> None:
        """Let go of the document's file, wherever the body stopped."""
        await self.stream.aclose()

    async def _pieces(self) -> AsyncGenerator[bytes, None]:
        gone = 0
        if self._document is not None:
            yield self._head
            gone = self._told(len(self._head))
            async with aclosing(_checked(self._document, self._size)) as document:
                async for piece in document:
                    coded = b64encode(piece)
                    yield coded
                    gone = self._told(gone + len(coded))
        if self._before_last_piece:
            await self._before_last_piece()
        self.handed_over = True
        yield self._tail
        self._told(len(self))

    def _told(self, gone: int) -> int:
        if self._progress:
            self._progress(gone, len(self))
        return gone


async def _checked(document: Attached, size: int) -> AsyncGenerator[bytes, None]:
    """The pieces of a document; what turns out to be another one than announced ends in StorageFailed."""
    seen, gone = sha256(), 0
    async with aclosing(_pieces(document.content)) as pieces:
        async for piece in pieces:
            gone += len(piece)
            if gone > size:
                break
            seen.update(piece)
            yield piece
    if gone != size or (document.sha256 and seen.hexdigest() != document.sha256):
        raise StorageFailed("A document on this computer's disk is damaged.", document.sha256)


async def _pieces(content: bytes | Path) -> AsyncGenerator[bytes, None]:
    if isinstance(content, bytes):
        whole = memoryview(content)
        for start in range(0, len(whole), PIECE):
            yield bytes(whole[start : start + PIECE])
        return
    try:
        with await asyncio.to_thread(content.open, "rb") as file:
            while piece := await asyncio.to_thread(file.read, PIECE):
                yield piece
    except OSError as error:
        raise _unreadable(error) from error


def _size(document: Attached | None) -> int:
    if document is None:
        return 0
    if isinstance(document.content, bytes):
        return len(document.content)
    try:
        return document.content.stat().st_size
    except OSError as error:
        raise _unreadable(error) from error


def _unreadable(error: OSError) -> StorageFailed:
    return StorageFailed("A document cannot be read from this computer's disk.", type(error).__name__)


def _around(fields: Mapping[str, Any], document: Attached | None) -> tuple[bytes, bytes]:
    """What goes before the document and what after it; everything is 'after' where there is none."""
    if document is None:
        return b"", json.dumps(fields).encode()
    place = secrets.token_hex(16)  # stands where the base64 goes; nobody can have typed it into a field
    item = {"fileName": document.file_name, "pages": list(document.pages), "fileData": place}
    if not document.pages:
        del item["pages"]
    head, _, tail = json.dumps({**fields, "faxData": [item]}).partition(place)
    return head.encode(), tail.encode()
