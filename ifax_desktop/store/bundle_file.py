"""One file of everything, opened for reading: what it says it holds, and whether that is so. Nothing in it is believed."""

import hashlib
import json
import struct
import zipfile
from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import IO, Any, Final, Self

from ifax_desktop.domain.errors import ImportRefused
from ifax_desktop.domain.fax import State
from ifax_desktop.store.bundle import CONTENTS, DOCUMENTS, FORMAT, PIECE, ROWS, SHA, Row, Step
from ifax_desktop.store.bundle_check import DAMAGED, Lines
from ifax_desktop.store.words import disk_in_words

NOT_OURS: Final = "This is no file that iFax Desktop exported, or a part of it is missing."
NEWER: Final = "This file was written by a newer version of iFax Desktop. Install that version to import it."
_CONTENTS_MOST: Final = 64 << 20
_LINE_MOST: Final = 64 << 20
_HEAD: Final = 30
"""Bytes before each document in the file, at least."""


@dataclass(frozen=True, slots=True)
class Traits:
    """By what an account of a file is known again."""

    numbers: frozenset[tuple[str, str]] = frozenset()
    """Ids and fax numbers, as the service tells them."""
    aliases: frozenset[str] = frozenset()
    """Its ids in other archives."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What the file says of itself."""

    written: datetime
    account: str
    """The one that was in use where it was written."""
    accounts: Mapping[str, Traits]
    faxes: int
    documents: int
    missing: frozenset[str]
    """Documents that were gone when it was written."""
    rows: str
    """SHA-256 of the rows."""


class BundleFile:
    """Use it as a context. Everything raises ImportRefused for what is no good file, and StorageFailed for a bad disk."""

    def __init__(self, path: Path, newest: int) -> None:
        """`newest` is the shape of the archives of this program: a file from a later one is refused."""
        with disk_in_words(), _in_words(NOT_OURS):
            self._file = zipfile.ZipFile(path)
        try:
            with disk_in_words(), _in_words(NOT_OURS):
                self._members = _members(self._file)
                self.contents = _contents(self._read_contents(), newest)
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def check(self, lines: Lines, step: Step) -> set[bytes]:
        """Read everything once, and see that it is what it says; the answer is the hashes of the documents to keep."""
        with disk_in_words(), _in_words():
            wanted, faxes = self._check_rows(lines, step)
            names = [name for name in self._members if name.startswith(DOCUMENTS)]
            for done, name in enumerate(names, faxes):
                step(done, self.contents.faxes + len(names))
                self._check_document(name)
        there = {bytes.fromhex(name.removeprefix(DOCUMENTS)) for name in names}
        gone = {bytes.fromhex(sha) for sha in self.contents.missing}
        if faxes != self.contents.faxes or len(names) != self.contents.documents:
            raise ImportRefused(DAMAGED, "other counts than it says")
        if wanted - there - gone:
            raise ImportRefused(DAMAGED, "a document is not in it")
        return wanted & there

    def rows(self, lines: Lines) -> Generator[Row, None, None]:
        """Its lines, each checked by itself. Close it where it may not be read to its end."""
        with disk_in_words(), _in_words(), self._file.open(ROWS) as member:
            yield from (lines.read(line) for line in _lines(member))

    @contextmanager
    def document(self, sha: str) -> Iterator[IO[bytes]]:
        """A document of the file, to be read once."""
        with disk_in_words(), _in_words(), self._file.open(f"{DOCUMENTS}{sha}") as member:
            yield member

    def size(self, sha: str) -> int:
        """Bytes of a document of the file."""
        return self._members[f"{DOCUMENTS}{sha}"].file_size

    def _read_contents(self) -> bytes:
        if self._members[CONTENTS].file_size > _CONTENTS_MOST:
            raise ImportRefused(DAMAGED, "too long a list of contents")
        return self._file.read(CONTENTS)

    def _check_rows(self, lines: Lines, step: Step) -> tuple[set[bytes], int]:
        digest, wanted, faxes = hashlib.sha256(), set[bytes](), 0
        with self._file.open(ROWS) as member:
            for line in _lines(member):
                digest.update(line)
                row = lines.read(line)
                if "fax" in row:
                    wanted |= {bytes.fromhex(sha) for sha in documents_of(row)}
                    faxes += 1
                    step(faxes, self.contents.faxes + self.contents.documents)
        if digest.hexdigest() != self.contents.rows:
            raise ImportRefused(DAMAGED, "other rows than it says")
        return wanted, faxes

    def _check_document(self, name: str) -> None:
        digest = hashlib.sha256()
        with self._file.open(name) as member:
            while piece := member.read(PIECE):
                digest.update(piece)
        if f"{DOCUMENTS}{digest.hexdigest()}" != name:
            raise ImportRefused(DAMAGED, "a document is another one than it says")


def documents_of(line: Row) -> set[str]:
    """The documents a fax needs here: the assembled one of a fax that waited is made anew when it is sent."""
    needed = {attachment["document"] for attachment in line.get("attachment", [])}
    if line["fax"]["state"] != State.QUEUED:
        needed.add(line["fax"].get("document", ""))
    return needed - {""}


def _members(file: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    """What is in the file, by name: nothing compressed, nothing twice, nothing over another, no name but ours."""
    found = {info.filename: info for info in file.infolist()}
    if CONTENTS not in found or ROWS not in found:
        raise ImportRefused(NOT_OURS)
    infos = sorted(file.infolist(), key=lambda info: info.header_offset)
    plain = all(
        info.compress_type == zipfile.ZIP_STORED
        and info.file_size == info.compress_size
        and not info.flag_bits & 0x1
        for info in infos
    )
    apart = all(
        one.header_offset + _HEAD + len(one.filename) + one.compress_size <= next_one.header_offset
        for one, next_one in pairwise(infos)
    )
    ours = all(_is_ours(info.filename) for info in infos)
    if len(found) != len(infos) or not (plain and apart and ours):
        raise ImportRefused(DAMAGED, "parts that do not belong into it")
    return found


def _is_ours(name: str) -> bool:
    if name in (CONTENTS, ROWS):
        return True
    return name.startswith(DOCUMENTS) and SHA.fullmatch(name.removeprefix(DOCUMENTS)) is not None


def _contents(content: bytes, newest: int) -> Contents:
    try:
        told = json.loads(content)
        if told["format"] > FORMAT or told["schema"] > newest:
            raise ImportRefused(NEWER, f"format {told['format']}, shape {told['schema']}")
        return Contents(
            datetime.fromisoformat(told["written"]).astimezone(UTC),
            _text(told["account"]),
            {
                _text(account): Traits(
                    frozenset((_text(number_id), _text(number)) for number_id, number in one["numbers"]),
                    frozenset(_text(alias) for alias in one["aliases"]),
                )
                for account, one in told["accounts"].items()
            },
            _whole(told["faxes"]),
            _whole(told["documents"]),
            frozenset(_sha(name) for name in told["missing"]),
            _sha(told["rows"]),
        )
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError, OverflowError) as error:
        raise ImportRefused(DAMAGED, f"contents: {type(error).__name__}") from error


def _lines(member: IO[bytes]) -> Iterator[bytes]:
    while line := member.readline(_LINE_MOST):
        if not line.endswith(b"\n"):
            raise ImportRefused(DAMAGED, "a line without an end")
        yield line


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _whole(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        raise TypeError
    return value


def _sha(value: Any) -> str:
    if not SHA.fullmatch(value):
        raise ValueError
    return _text(value)


@contextmanager
def _in_words(sentence: str = DAMAGED) -> Iterator[None]:
    """What the zip library raises, which is whatever the bytes of a bad file lead to."""
    try:
        yield
    except (zipfile.BadZipFile, EOFError, RuntimeError, ValueError, OverflowError, struct.error) as error:
        raise ImportRefused(sentence, f"{type(error).__name__}: {error}") from error
