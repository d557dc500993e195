"""Attempts of which nobody knows whether the service has them, and how often they were looked for."""

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime

from ifax_desktop.domain.fax import Happening
from ifax_desktop.store.times import from_ms, maybe_from_ms
from ifax_desktop.store.writing import Writing


@dataclass(frozen=True, slots=True)
class Doubt:
    """An attempt of which nobody knows whether the service has it."""

    fax: int
    attempt: int
    number: str = field(repr=False)
    own_number: str = field(repr=False)
    pages: int
    above_job_id: str | None
    """The highest job id in the sent list before the attempt; empty if the list was, None if nobody looked."""
    started_at: datetime
    file_name: str
    document: str = ""
    """SHA-256 of what went out; empty where the service sent its own copy again."""
    looks: int = 0
    """How often it was looked for."""
    looked_at: datetime | None = None


_OPEN = """
    SELECT fax.id, attempt.id, number, own_number, coalesce(pages, 0), above_job_id, started_at, file_name, document,
           looks, looked_at
    FROM fax JOIN attempt ON attempt.id = fax.attempt
    WHERE fax.account = ? AND fax.direction = 'sent' AND fax.state = ?
    ORDER BY attempt.id
"""


def doubtful(connection: sqlite3.Connection, account: str) -> list[Doubt]:
    """All doubtful faxes, oldest attempt first."""
    return _open(connection, account, "doubtful")


def under_way(connection: sqlite3.Connection, account: str) -> list[Doubt]:
    """All faxes being handed over: what the service shows of them is not known to be ours yet."""
    return _open(connection, account, "sending")


def known_among(connection: sqlite3.Connection, account: str, jobs: list[str]) -> frozenset[str]:
    """Those of these jobs that were sent from here, earlier tries and discarded faxes included."""
    found = connection.execute(
        """
        SELECT job_id FROM attempt
        WHERE account = ? AND job_id <> '' AND job_id IN (SELECT value FROM json_each(?))
        """,
        (account, json.dumps(jobs)),
    )
    return frozenset(row[0] for row in found)


def looked(writing: Writing, attempts: list[int]) -> None:
    """The service's list was read for these attempts, and none of them was found."""
    for attempt in attempts:
        row = writing.row(
            """
            UPDATE attempt SET looks = looks + 1, looked_at = :now
            WHERE id = :attempt AND account = :account RETURNING fax
            """,
            attempt=attempt,
        )
        if row is not None and row[0] is not None:
            writing.touched.add(row[0])


def send_anyway(writing: Writing, fax: int) -> bool:
    """The user wants a doubtful fax sent again although it may print twice: doubtful becomes queued, due now."""
    row = writing.row(
        """
        UPDATE fax SET state = 'queued', due_at = :now, waiting = '', tries = 0, stop = ''
        WHERE id = :fax AND account = :account AND direction = 'sent' AND state = 'doubtful' RETURNING id
        """,
        fax=fax,
    )
    if row is not None:
        writing.event(fax, Happening.SENT_AGAIN)
    return row is not None


def _open(connection: sqlite3.Connection, account: str, state: str) -> list[Doubt]:
    return [
        Doubt(
            fax,
            attempt,
            number,
            own,
            pages,
            above,
            from_ms(started),
            name,
            document,
            looks,
            maybe_from_ms(looked_at),
        )
        for fax, attempt, number, own, pages, above, started, name, document, looks, looked_at in connection.execute(
            _OPEN, (account, state)
        )
    ]
