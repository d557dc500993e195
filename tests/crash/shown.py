"""What the archive holds, read from its files without any help of the program, and without writing to them."""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from ifax_desktop.paths import Paths

Row = dict[str, Any]


@dataclass(slots=True)
class Shown:
    """A profile as it lies on the disk."""

    faxes: dict[int, Row] = field(default_factory=dict)
    """All rows, received ones too, by id."""
    attempts: dict[int, Row] = field(default_factory=dict)
    events: dict[int, list[Row]] = field(default_factory=dict)
    """By fax."""
    awaited: dict[tuple[str, str], Row] = field(default_factory=dict)
    """Received faxes whose document the service did not give yet, by job and transaction id: the Inbox says so."""
    covers: dict[int, Row] = field(default_factory=dict)
    attachments: dict[int, list[tuple[str, str, int]]] = field(default_factory=dict)
    damage: list[str] = field(default_factory=list)
    """What SQLite says of the file, apart from ok."""
    documents: dict[str, bool] = field(default_factory=dict)
    """By SHA-256 as the name says it: whether the content is that."""
    leftovers: list[str] = field(default_factory=list)
    """Files that were on their way and never came."""
    logs: dict[str, str] = field(default_factory=dict)

    def attempts_of(self, fax: int) -> list[Row]:
        """The attempts of one fax in order."""
        return [row for row in self.attempts.values() if row["fax"] == fax]


def read_profile(profile: Path) -> Shown:
    """Read everything."""
    paths = Paths(profile)
    shown = Shown(
        documents=dict(_documents(paths.documents)),
        leftovers=[str(path.relative_to(profile)) for path in leftovers(profile)],
        logs={path.name: path.read_text("utf-8", "replace") for path in sorted(paths.log.parent.glob("*"))},
    )
    with closing(open_read_only(paths.database)) as connection:
        connection.row_factory = sqlite3.Row
        shown.faxes = {row["id"]: dict(row) for row in connection.execute("SELECT * FROM fax ORDER BY id")}
        shown.attempts = {
            row["id"]: dict(row) for row in connection.execute("SELECT * FROM attempt ORDER BY id")
        }
        for row in connection.execute("SELECT * FROM event ORDER BY id"):
            shown.events.setdefault(row["fax"], []).append(dict(row))
        for row in connection.execute("SELECT * FROM awaited"):
            shown.awaited[row["job_id"], row["transaction_id"]] = dict(row)
        shown.covers = {row["fax"]: dict(row) for row in connection.execute("SELECT * FROM cover")}
        for row in connection.execute("SELECT * FROM attachment ORDER BY fax, position"):
            shown.attachments.setdefault(row["fax"], []).append((row["name"], row["document"], row["pages"]))
        shown.damage = [row[0] for row in connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
        shown.damage += [str(tuple(row)) for row in connection.execute("PRAGMA foreign_key_check")]
    return shown


def open_read_only(archive: Path) -> sqlite3.Connection:
    """A connection that cannot write. Raises sqlite3.Error while there is no archive to be read."""
    return sqlite3.connect(
        f"{archive.absolute().as_uri()}?mode=ro",
        uri=True,
        timeout=10,
        isolation_level=None,
        check_same_thread=False,
    )


def _documents(folder: Path) -> Iterator[tuple[str, bool]]:
    for path in folder.glob("??/*"):
        if re.fullmatch("[0-9a-f]{64}", path.name):
            yield path.name, sha256(path.read_bytes()).hexdigest() == path.name


def leftovers(profile: Path) -> Iterator[Path]:
    """Files of the program that were on their way into a profile, and are not there yet."""
    for path in sorted(profile.rglob("*")):
        if path.is_file() and (path.suffix == ".part" or path.parent.name == "incoming"):
            yield path
