"""Reads the body of a form (multipart/form-data) into the same fields as a JSON body has.

Names say where a value belongs: `faxData[0][fileName]` is the `fileName` of the first element of `faxData`, and
`pages[]` one more element of a list. A part with a file name of its own is an `Upload`, any other is text.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from python_multipart import MultipartParser
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import parse_options_header

from ifax_desktop.simulator.answers import PARAMETER_REFUSED, Refusal
from ifax_desktop.simulator.attachments import Upload

DEEPEST = 4
MOST_PARTS = 1000


def is_form(content_type: str) -> bool:
    """Whether a body of that type is a form."""
    return content_type.lower().startswith("multipart/form-data")


def read_form(content_type: str, body: bytes) -> dict[str, Any]:
    """The fields of a form. Raises `Refusal` for a body that is none."""
    _, options = parse_options_header(content_type)
    parts = _Parts()
    try:
        parser = MultipartParser(options[b"boundary"], parts.callbacks())
        parser.write(body)
        parser.finalize()
        if not parts.is_whole:
            raise ValueError("cut off")
        fields: dict[str, Any] = {}
        for part in parts.ended:
            _put(fields, _path(part.name), part.value())
    except (FormParserError, KeyError, ValueError) as error:
        raise Refusal(*PARAMETER_REFUSED) from error
    return {name: _listed(value) for name, value in fields.items()}


@dataclass(slots=True)
class _Part:
    """One part, as far as it has been read."""

    header: bytearray = field(default_factory=bytearray)
    content: bytearray = field(default_factory=bytearray)
    headers: dict[str, bytes] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self._option(b"name") or ""

    def value(self) -> str | Upload:
        file_name = self._option(b"filename")
        return self.content.decode() if file_name is None else Upload(file_name, bytes(self.content))

    def _option(self, name: bytes) -> str | None:
        _, options = parse_options_header(self.headers.get("content-disposition", b""))
        return options[name].decode() if name in options else None


class _Parts:
    """Collects the parts of a form while the parser goes through it."""

    def __init__(self) -> None:
        self.ended: list[_Part] = []
        self.is_whole = False
        self._part = _Part()
        self._header_name = b""

    def callbacks(self) -> Any:
        return {
            "on_part_begin": self._begin,
            "on_header_field": lambda data, start, end: self._part.header.extend(data[start:end]),
            "on_header_value": self._header_value,
            "on_header_end": self._header_end,
            "on_part_data": lambda data, start, end: self._part.content.extend(data[start:end]),
            "on_part_end": self._end,
            "on_end": self._finish,
        }

    def _begin(self) -> None:
        self._part = _Part()

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        if self._part.header:
            self._header_name = bytes(self._part.header)
            self._part.header.clear()
        name = self._header_name.decode("latin-1").lower()
        self._part.headers[name] = self._part.headers.get(name, b"") + data[start:end]

    def _header_end(self) -> None:
        self._part.header.clear()

    def _end(self) -> None:
        self.ended.append(self._part)
        if len(self.ended) > MOST_PARTS:
            raise ValueError("too many parts")

    def _finish(self) -> None:
        self.is_whole = True


def _path(name: str) -> list[str]:
    """`faxData[0][fileName]` as its steps. Raises ValueError for anything not understood."""
    first, *steps = name.split("[")
    if not first or len(steps) > DEEPEST or not all(step.endswith("]") for step in steps):
        raise ValueError("no name")
    return [first, *(step.removesuffix("]") for step in steps)]


def _put(fields: dict[str, Any], path: list[str], value: object) -> None:
    *steps, last = path
    for step in steps:
        fields = fields.setdefault(_key(fields, step), {})
        if not isinstance(fields, dict):
            raise ValueError("a value and a list at once")
    key = _key(fields, last)
    if key in fields:  # some clients repeat a plain name for each file
        before = fields[key]
        value = [*before, value] if isinstance(before, list) else [before, value]
    fields[key] = value


def _key(fields: Mapping[str, Any], step: str) -> str:
    return step or str(len(fields))


def _listed(value: Any) -> Any:
    """Elements numbered by their names become a list."""
    if not isinstance(value, dict):
        return value
    if value and all(key.isascii() and key.isdigit() for key in value):
        return [_listed(value[key]) for key in sorted(value, key=int)]
    return {key: _listed(inner) for key, inner in value.items()}
