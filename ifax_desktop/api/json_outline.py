"""Reads a JSON text of any size in little memory: what is long in it stays on the disk.

A downloaded document is one JSON string of many megabytes. The outline is the same JSON with every long string taken
out; where each of them lies in the file is kept, so that it can be read piece by piece.
"""

import json
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, BinaryIO

LONG = 16 * 1024
"""Bytes from which on a string stays on the disk."""
MOST_OUTLINE = 8 * 1024 * 1024
"""Bytes of everything else: far more than any answer that holds a document."""
PIECE = 128 * 1024
BREATH = 0.0001
"""Seconds a thread that reads rests after each piece. Without a rest it gets Python's lock back before the window's
thread, woken by its release, can take it: measured, the window stood still for up to 100 ms."""

LONGEST_ESCAPE = 6

_MARK = re.compile(rb'["\\]')
_WHOLE = re.compile(rb'(?:[^\\]++|\\["\\/bfnrt]|\\u[0-9a-fA-F]{4})*+')
_ESCAPES = re.compile(rb"\\[^u]|(?:\\u[0-9a-fA-F]{4})+")


@dataclass(frozen=True, slots=True)
class LongText:
    """A JSON string that lies in a file between two places, with its escapes."""

    file: BinaryIO = field(repr=False)
    start: int
    stop: int

    def pieces(self) -> Iterator[bytes]:
        """The text in order, without escapes, in UTF-8. Raises ValueError for what JSON does not allow."""
        self.file.seek(self.start)
        missing, kept = self.stop - self.start, b""
        while missing > 0:
            piece = self.file.read(min(PIECE, missing))
            if not piece:
                raise ValueError("The file ends within a text.")
            time.sleep(BREATH)
            missing -= len(piece)
            piece = kept + piece
            cut = _WHOLE.match(piece).end()  # type: ignore[union-attr]  # it matches nothing, too
            kept = piece[cut:]
            if len(kept) > LONGEST_ESCAPE or (kept and not missing):
                raise ValueError("There is an escape in the text that JSON does not know.")
            yield _without_escapes(piece[:cut])


def outline(file: BinaryIO) -> Any:
    """The JSON value of a file, each long string in it as a `LongText`. Raises ValueError for what is no JSON."""
    name = secrets.token_hex(16)  # no text can hold it by chance
    longs: list[LongText] = []
    written = bytearray()
    for part in _parts(file):
        if isinstance(part, LongText):
            written += f'"{name} {len(longs)}"'.encode()
            longs.append(part)
        else:
            written += part
        if len(written) > MOST_OUTLINE:
            raise ValueError("There is more in this than the text of a document.")
    places = {f"{name} {place}": text for place, text in enumerate(longs)}
    return _filled(json.loads(written, parse_constant=lambda _: None), places)


def _parts(file: BinaryIO) -> Iterator[bytes | LongText]:
    """The file in order: pieces of JSON as they are, and the long strings between them."""
    at, stop_at = 0, file.seek(0, 2)
    while at < stop_at:
        start = _next_quote(file, at, stop_at)
        yield from _read(file, at, start)
        if start >= stop_at:
            return
        stop = _end_of_string(file, start + 1, stop_at)
        if stop - start < LONG:
            yield from _read(file, start, stop + 1)
        else:
            yield LongText(file, start + 1, stop)
        at = stop + 1


def _read(file: BinaryIO, start: int, stop: int) -> Iterator[bytes]:
    file.seek(start)
    while start < stop and (piece := file.read(min(PIECE, stop - start))):
        start += len(piece)
        time.sleep(BREATH)
        yield piece


def _next_quote(file: BinaryIO, at: int, stop: int) -> int:
    """Where the next string begins; `stop` if none does."""
    for piece in _read(file, at, stop):
        if (place := piece.find(b'"')) >= 0:
            return at + place
        at += len(piece)
    return stop


def _end_of_string(file: BinaryIO, at: int, stop: int) -> int:
    """Where the string ends that begins at `at`. Raises ValueError if it does not."""
    skip = False
    for piece in _read(file, at, stop):
        place = 1 if skip else 0
        skip = False
        while (match := _MARK.search(piece, place)) is not None:
            if match[0] == b'"':
                return at + match.start()
            place = match.start() + 2  # a backslash and what it escapes
            skip = place > len(piece)
        at += len(piece)
    raise ValueError("A text has no end.")


def _without_escapes(piece: bytes) -> bytes:
    piece = piece.replace(b"\\/", b"/") if b"\\\\" not in piece else piece  # what PHP makes of every slash
    if b"\\" not in piece:
        return piece
    return _ESCAPES.sub(lambda found: json.loads(b'"' + found[0] + b'"').encode("utf-8", "replace"), piece)


def _filled(value: Any, places: dict[str, LongText]) -> Any:
    if isinstance(value, dict):
        return {name: _filled(inner, places) for name, inner in value.items()}
    if isinstance(value, list):
        return [_filled(inner, places) for inner in value]
    return places.get(value, value) if isinstance(value, str) else value
