"""Faxes deleted on this computer: their ids stay behind, so that they do not come back, and their documents go.

At the service nothing is deleted.
"""

import json
import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import Direction
from ifax_desktop.store.times import to_ms
from ifax_desktop.store.writing import Writing

_BUSY = "This fax is still on its way. Cancel it, or wait for its end; then it can be deleted."
_SOME_BUSY = "{0} of these faxes are still on their way. Nothing was deleted."
_AT_ONCE = 500
"""Documents looked at in one go."""


def delete(writing: Writing, faxes: Iterable[int]) -> None:
    """Delete received faxes, drafts, and sent ones that have ended; those that are gone already are no matter.

    Raises StorageFailed, and deletes nothing, if one of them waits, is on its way or is not certain.
    """
    found = writing.rows(
        """
        SELECT id, direction, state, elsewhere, job_id, transaction_id, document FROM fax
        WHERE +account = :account AND id IN (SELECT value FROM json_each(:faxes))
        """,
        faxes=json.dumps(list(faxes)),
    )
    busy = [row for row in found if row[2] in ("queued", "sending", "accepted", "doubtful") and not row[3]]
    if busy:
        raise StorageFailed(_BUSY if len(found) == 1 else _SOME_BUSY.format(len(busy)))
    for fax, direction, _, _, job_id, transaction_id, document in found:
        if job_id:
            remember_deleted(writing, Direction(direction), job_id, transaction_id)
        parts = writing.rows("SELECT document FROM attachment WHERE fax = :fax", fax=fax)
        let_go(writing, [document, *(part[0] for part in parts)])
        writing.rows("DELETE FROM fax WHERE id = :fax", fax=fax)
        writing.touched.add(fax)


def remember_deleted(writing: Writing, direction: Direction, job_id: str, transaction_id: str) -> None:
    """Keep the ids of a fax that is not wanted here any more."""
    writing.rows(
        "INSERT OR IGNORE INTO deleted_fax VALUES (:account, :direction, :job_id, :transaction_id, :now)",
        direction=direction,
        job_id=job_id,
        # Of a sent fax the job id tells all; what its call was numbered is not in every list.
        transaction_id=transaction_id if direction is Direction.RECEIVED else "",
    )


def let_go(writing: Writing, documents: Sequence[str]) -> None:
    """Note documents that lost a fax: when no other has them any more, they may be removed."""
    for document in filter(None, documents):
        writing.rows("INSERT OR REPLACE INTO loose_document VALUES (:document, :now)", document=document)


def loose_documents(connection: sqlite3.Connection, before: datetime) -> list[str]:
    """Documents let go `before` that no fax of any account has. Those that one has are noted no more."""
    noted = connection.execute(
        "SELECT document FROM loose_document WHERE since < ? LIMIT ?", (to_ms(before), _AT_ONCE)
    ).fetchall()
    held = [document for (document,) in noted if is_held(connection, document)]
    forget_documents(connection, held)
    return [document for (document,) in noted if document not in held]


def forget_documents(connection: sqlite3.Connection, documents: Iterable[str]) -> None:
    """Note these documents no more: they are removed, or wanted."""
    connection.executemany("DELETE FROM loose_document WHERE document = ?", [(one,) for one in documents])


def note_loose(connection: sqlite3.Connection, documents: Iterable[str], now: datetime) -> None:
    """Note documents that come before their faxes: if those do not come, they may be removed."""
    connection.executemany(
        "INSERT OR REPLACE INTO loose_document VALUES (?, ?)", [(one, to_ms(now)) for one in documents]
    )


def is_held(connection: sqlite3.Connection, document: str) -> bool:
    """Whether a fax of any account has the document."""
    sql = """
        SELECT EXISTS (
            SELECT 1 FROM fax
            WHERE substr(document, 1, 12) = substr(:document, 1, 12) AND document <> '' AND document = :document
        ) OR EXISTS (
            SELECT 1 FROM attachment
            WHERE substr(document, 1, 12) = substr(:document, 1, 12) AND document = :document
        )
    """
    return bool(connection.execute(sql, {"document": document}).fetchone()[0])
