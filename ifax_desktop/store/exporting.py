"""Writes everything of an archive into one file: whole or not at all, readable by the user alone."""

import hashlib
import json
import os
import sqlite3
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, BinaryIO

from ifax_desktop import __version__
from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store import bundle_rows, private
from ifax_desktop.store.bundle import CONTENTS, DOCUMENTS, FORMAT, PIECE, ROWS, Row, Step
from ifax_desktop.store.database import Database
from ifax_desktop.store.files import Files


@dataclass(frozen=True, slots=True)
class Exported:
    """What is in the file."""

    faxes: int
    documents: int
    missing: int
    """Documents that are gone from the disk or damaged: their faxes are in the file without them."""


def export(
    database: Database, files: Files, account: str, target: Path, now: datetime, step: Step
) -> Exported:
    """Write all accounts of the archive into the file `target`; `account` is the one in use. Blocks for long.

    Raises StorageFailed, and Stopped when `step` does; then there is no file, or the one that was there before.
    """
    with private.part_of(target) as part, database.apart() as connection:
        with private.open_new(part) as file:
            exported = _Export(connection, files, file, step).write(account, now)
            file.flush()
            os.fsync(file.fileno())
        part.replace(target)
        private.settle_folder(target.parent)
    return exported


class _Export:
    """One file being written from one state of the archive."""

    def __init__(self, connection: sqlite3.Connection, files: Files, file: BinaryIO, step: Step) -> None:
        self._connection = connection
        self._files = files
        self._file = file
        self._step = step
        self._documents = bundle_rows.documents(connection)
        self._faxes = int(connection.execute("SELECT count(*) FROM fax").fetchone()[0])
        self._done = 0

    def write(self, account: str, now: datetime) -> Exported:
        """Write the rows, the documents, and the list of contents, which is known only then."""
        with zipfile.ZipFile(self._file, "w", zipfile.ZIP_STORED) as file:
            with _member(file, ROWS) as member:
                sha = self._write_rows(member)
            missing = [name for name in self._documents if not self._write_document(file, name)]
            written = Exported(self._faxes, len(self._documents) - len(missing), len(missing))
            with _member(file, CONTENTS) as member:
                contents = self._contents(account, now, written, missing, sha)
                member.write(json.dumps(contents, indent=1, ensure_ascii=False).encode())
        return written

    def _contents(self, account: str, now: datetime, written: Exported, missing: list[str], sha: str) -> Row:
        return {
            "format": FORMAT,
            "program": __version__,
            "schema": self._connection.execute("PRAGMA user_version").fetchone()[0],
            "written": now.isoformat(),
            "account": account,
            "accounts": bundle_rows.accounts(self._connection),
            "faxes": written.faxes,
            "documents": written.documents,
            "missing": missing,
            "rows": sha,
        }

    def _write_rows(self, member: IO[bytes]) -> str:
        digest = hashlib.sha256()
        for row in bundle_rows.alone(self._connection):
            _write_line(member, digest, row)
        for row in bundle_rows.faxes(self._connection):
            _write_line(member, digest, row)
            self._advance()
        return digest.hexdigest()

    def _write_document(self, file: zipfile.ZipFile, name: str) -> bool:
        """False for a document that is gone or not what it was."""
        self._advance()
        if not self._files.is_whole(name):
            return False
        digest = hashlib.sha256()
        with self._files.path(name).open("rb") as source, _member(file, f"{DOCUMENTS}{name}") as member:
            while piece := source.read(PIECE):
                digest.update(piece)
                member.write(piece)
        if digest.hexdigest() != name:
            raise StorageFailed("A document changed while it was exported. Export once more.", name)
        return True

    def _advance(self) -> None:
        self._done += 1
        self._step(self._done, self._faxes + len(self._documents))


@contextmanager
def _member(file: zipfile.ZipFile, name: str) -> Iterator[IO[bytes]]:
    about = zipfile.ZipInfo(name)
    about.external_attr = 0o600 << 16  # for whoever unpacks it
    with file.open(about, "w", force_zip64=True) as member:
        yield member


def _write_line(member: IO[bytes], digest: "hashlib._Hash", row: Row) -> None:
    line = bundle_rows.line(row)
    digest.update(line)
    member.write(line)
