"""A document out of a download's answer: base64, data URI, the file itself, an address, or an object that holds one.

The variants are those public clients guard against (wire contract, section 7). Hexadecimal is none of them. Documents go
from file to file in pieces; everything here may block, so it runs in a thread.
"""

import base64
import binascii
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import BinaryIO

from ifax_desktop.api.detail import of_shape
from ifax_desktop.api.json_outline import LongText
from ifax_desktop.api.values import first
from ifax_desktop.domain.errors import NoAnswer

SMALLEST = 100
"""Bytes; the service has been seen to give out empty files (wire contract, section 8)."""

_FIELDS = ("fileData", "file", "data", "pdf", "content", "base64", "fileUrl", "url")
_ADDRESS = (b"http://", b"https://")
_LONGEST_ADDRESS = 8 * 1024
_SPACE = b" \t\r\n"
_URL_SAFE = bytes.maketrans(b"-_", b"+/")


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """The document is kept at an address of its own, where the key must not go."""

    address: str = field(repr=False)


def unwrap_document(data: object, write: Callable[[bytes], object]) -> Elsewhere | None:
    """Write the document of an answer's `data` piece by piece, or tell at which address it is.

    Raises NoAnswer for what holds no document: ask again later.
    """
    held = first(data, *_FIELDS) if isinstance(data, dict) else data
    try:
        return _taken_out(_pieces(held), write)
    except ValueError as error:
        raise NoAnswer("The fax service has no whole document for this fax yet.", of_shape(data)) from error


def check_document(file: BinaryIO) -> int:
    """The size of a PDF in bytes. Raises NoAnswer for an empty, tiny or other file: ask again later."""
    size = file.seek(0, 2)
    file.seek(0)
    if size < SMALLEST:
        raise NoAnswer("The fax service has no whole document for this fax yet.", f"{size} bytes")
    if b"%PDF" not in file.read(1024):
        raise NoAnswer("What the fax service gave for this fax is no PDF document.", f"{size} bytes")
    return size


def _taken_out(pieces: Iterator[bytes], write: Callable[[bytes], object]) -> Elsewhere | None:
    head = next(pieces, b"").lstrip(_SPACE)
    if head.lower().startswith(_ADDRESS) and len(head) <= _LONGEST_ADDRESS:
        return Elsewhere(head.decode("utf-8", "replace").strip())
    for piece in _decoded(chain([_without_prefix(head)], pieces)):
        write(piece)
    return None


def _pieces(held: object) -> Iterator[bytes]:
    if isinstance(held, LongText):
        return held.pieces()
    return iter([held.encode("utf-8", "replace")] if isinstance(held, str) else [])


def _without_prefix(head: bytes) -> bytes:
    """The base64 of a data URI; its prefix is short, so it lies in the first piece."""
    return head.partition(b",")[2] if head[:5].lower() == b"data:" else head


def _decoded(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Base64 in any spelling, piece by piece. Raises ValueError for anything else."""
    kept, padded = b"", False
    for piece in pieces:
        plain = b"".join(piece.split()).translate(_URL_SAFE)
        if padded and plain.strip(b"="):
            raise ValueError("There is more after the end.")
        plain = kept + plain
        padded = plain.endswith(b"=")
        plain = plain.rstrip(b"=")
        whole = len(plain) - len(plain) % 4
        kept = plain[whole:]
        yield _four_by_four(plain[:whole])
    if kept:
        yield _four_by_four(kept + b"=" * (-len(kept) % 4))


def _four_by_four(plain: bytes) -> bytes:
    try:
        return base64.b64decode(plain, validate=True)
    except binascii.Error as error:
        raise ValueError(str(error)) from error
