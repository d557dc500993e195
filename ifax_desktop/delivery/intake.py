"""The body of a call, read piece by piece in bounded memory: JSON, a form, or a form with a file, which is thrown away."""

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from ifax_desktop.api.callbacks import MOST_FIELDS, Callback, from_fields, from_form, from_json
from ifax_desktop.delivery.call import Intake, Limits, TurnedAway

if TYPE_CHECKING:
    from python_multipart.multipart import MultipartCallbacks

NOT_UNDERSTOOD, TOO_LARGE = 400, 413

# It tells of bytes of the body that it does not expect; no log of ours holds any.
logging.getLogger("python_multipart").setLevel(logging.CRITICAL)


def intake(content_type: str, length: int, limits: Limits) -> Intake:
    """What reads a body of this type. Raises TurnedAway if it announces more than we take, or no good boundary."""
    kind, options = parse_options_header(content_type)
    if kind == b"multipart/form-data":
        if length > limits.body_bytes:
            raise TurnedAway(TOO_LARGE)
        return _Parts(options.get(b"boundary", b""), limits)
    if length > limits.text_bytes:
        raise TurnedAway(TOO_LARGE)
    # Whatever else it calls itself may be JSON.
    return _Text(from_form if kind == b"application/x-www-form-urlencoded" else from_json, limits)


class _Text:
    """A small body, kept whole until it is read."""

    def __init__(self, read: Callable[[bytes], Callback | None], limits: Limits) -> None:
        self._read = read
        self._most = limits.text_bytes
        self._content = bytearray()

    def feed(self, piece: bytes) -> None:
        self._content += piece
        if len(self._content) > self._most:
            raise TurnedAway(TOO_LARGE)

    def callback(self) -> Callback:
        return _understood(self._read(bytes(self._content)))


class _Parts:
    """A form of several parts: the texts are kept, a file is not, only that there was one."""

    def __init__(self, boundary: bytes, limits: Limits) -> None:
        self._limits = limits
        self._left, self._text_left = limits.body_bytes, limits.text_bytes
        self._fields: dict[str, str] = {}
        self._parts = 0
        self._header, self._value = bytearray(), bytearray()
        self._disposition = b""
        self._name: str | None = None
        self._text = bytearray()
        self._ended = False
        if not boundary:
            raise TurnedAway(NOT_UNDERSTOOD)
        try:
            self._parser = MultipartParser(boundary, self._callbacks())
        except FormParserError as error:
            raise TurnedAway(NOT_UNDERSTOOD) from error

    def feed(self, piece: bytes) -> None:
        self._left -= len(piece)
        if self._left < 0:
            raise TurnedAway(TOO_LARGE)
        try:
            self._parser.write(piece)
        except FormParserError as error:
            raise TurnedAway(NOT_UNDERSTOOD) from error

    def callback(self) -> Callback:
        return _understood(from_fields(self._fields) if self._ended else None)

    def _callbacks(self) -> "MultipartCallbacks":
        return {
            "on_part_begin": self._part_began,
            "on_header_field": self._header_came,
            "on_header_value": self._value_came,
            "on_header_end": self._header_ended,
            "on_headers_finished": self._headers_ended,
            "on_part_data": self._data_came,
            "on_part_end": self._part_ended,
            "on_end": self._all_ended,
        }

    def _part_began(self) -> None:
        self._parts += 1
        if self._parts > MOST_FIELDS:
            raise TurnedAway(NOT_UNDERSTOOD)
        self._disposition, self._name = b"", None
        self._text.clear()

    def _header_came(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _value_came(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_ended(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = bytes(self._value)
        self._header.clear()
        self._value.clear()

    def _headers_ended(self) -> None:
        _, options = parse_options_header(self._disposition)
        name = options.get(b"name", b"").decode("utf-8", "replace")
        if b"filename" in options or name == "filename":
            self._fields[name] = "a file"  # its name may tell of a patient: it is not kept
        else:
            self._name = name

    def _data_came(self, data: bytes, start: int, end: int) -> None:
        if self._name is None:
            return
        self._text_left -= end - start
        if self._text_left < 0:
            raise TurnedAway(TOO_LARGE)
        self._text += data[start:end]

    def _part_ended(self) -> None:
        if self._name is not None:
            self._fields[self._name] = self._text.decode("utf-8", "replace")

    def _all_ended(self) -> None:
        self._ended = True


def _understood(callback: Callback | None) -> Callback:
    if callback is None:
        raise TurnedAway(NOT_UNDERSTOOD)
    return callback
