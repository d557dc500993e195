"""The ledger of attempts: what was about to be done is on the disk before it is done.

Only its latest attempt may move a fax, and only from where the attempt left it; an answer that comes too late moves
nothing, but the job id in it is kept.
"""

import os
import sqlite3
from dataclasses import dataclass, field
from datetime import datetime

from ifax_desktop.domain.cover import Cover
from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import Happening, Waiting
from ifax_desktop.domain.quality import Quality
from ifax_desktop.store import rows
from ifax_desktop.store.times import from_ms, to_ms
from ifax_desktop.store.writing import Writing


@dataclass(frozen=True, slots=True)
class Claim:
    """A fax that was taken out of the outbox to be handed over, and the attempt that does it."""

    fax: int
    attempt: int
    number: str = field(repr=False)
    own_number: str = field(repr=False)
    file_name: str
    """Told to the service; no other attempt ever has it."""
    document: str
    pages: int
    cover: Cover
    quality: Quality
    last_job_id: str = ""
    """The job of the latest earlier attempt the service took; empty if there was none."""


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


def claim(writing: Writing) -> Claim | None:
    """Take the fax that has been due longest, and open an attempt; none to a number that has a fax on the line."""
    row = writing.row(
        """
        SELECT id, number, own_number, document, pages, quality,
               (SELECT job_id FROM attempt WHERE fax = fax.id AND job_id <> '' ORDER BY id DESC LIMIT 1)
        FROM fax
        WHERE account = :account AND state = 'queued' AND due_at <= :now AND NOT EXISTS (
            SELECT 1 FROM fax AS other
            WHERE other.account = :account AND other.number = fax.number AND other.elsewhere = 0
                AND other.state IN ('sending', 'accepted'))
        ORDER BY due_at, id LIMIT 1
        """
    )
    if row is None:
        return None
    fax, number, own_number, document, pages, quality, last_job_id = row
    file_name = f"fax-{os.urandom(8).hex()}.pdf"
    attempt = int(
        writing.connection.execute(
            "INSERT INTO attempt (account, fax, file_name, started_at) VALUES (?, ?, ?, ?)",
            (writing.account, fax, file_name, writing.now),
        ).lastrowid
        or 0
    )
    writing.rows(
        """
        UPDATE fax SET state = 'sending', attempt = :attempt, tries = tries + 1, due_at = NULL, waiting = '',
                       job_id = '', pages_done = NULL, service_status = '', code = NULL, message = ''
        WHERE id = :fax AND state = 'queued'
        """,
        fax=fax,
        attempt=attempt,
    )
    writing.touched.add(fax)
    cover = rows.read_cover(writing.connection, fax)
    return Claim(
        fax,
        attempt,
        number,
        own_number,
        file_name,
        document,
        pages,
        cover,
        Quality(quality),
        last_job_id or "",
    )


def note_above(writing: Writing, attempt: int, job_id: str) -> None:
    """Keep the highest job id the sent list showed before the attempt."""
    writing.rows(
        "UPDATE attempt SET above_job_id = :job_id WHERE id = :attempt AND account = :account",
        attempt=attempt,
        job_id=job_id,
    )


def handed_over(writing: Writing, attempt: int) -> None:
    """Mark that the last piece is about to go. StorageFailed, and it must not go, if the fax was moved meanwhile."""
    row = writing.row(
        """
        UPDATE attempt SET handed_over_at = :now
        WHERE id = :attempt AND account = :account
          AND EXISTS (SELECT 1 FROM fax WHERE id = attempt.fax AND attempt = :attempt AND state = 'sending')
        RETURNING fax
        """,
        attempt=attempt,
    )
    if row is None:
        raise StorageFailed(
            "This fax was changed in another window while it was handed over. It was not sent."
        )
    writing.event(row[0], Happening.HANDED_OVER)


def accepted(writing: Writing, attempt: int, job_id: str) -> None:
    """The service has it: sending or doubtful becomes accepted."""
    before = writing.row(
        "SELECT id, state FROM fax WHERE id = (SELECT fax FROM attempt WHERE id = :attempt) AND attempt = :attempt",
        attempt=attempt,
    )
    writing.rows(
        """
        UPDATE attempt SET job_id = :job_id, accepted_at = :now, outcome = 'accepted'
        WHERE id = :attempt AND account = :account AND job_id = ''
        """,
        attempt=attempt,
        job_id=job_id,
    )
    moved = writing.rows(
        """
        UPDATE fax SET state = 'accepted', job_id = :job_id
        WHERE id = (SELECT fax FROM attempt WHERE id = :attempt) AND account = :account AND attempt = :attempt
          AND state IN ('sending', 'doubtful')
        RETURNING id
        """,
        attempt=attempt,
        job_id=job_id,
    )
    if before and moved:
        fax, state = before
        writing.event(fax, Happening.FOUND if state == "doubtful" else Happening.ACCEPTED, job_id)


def refused(writing: Writing, attempt: int, code: int | None, message: str) -> None:
    """The service said no: sending becomes failed."""
    row = writing.row(
        """
        UPDATE fax SET state = 'failed', ended_at = :now, code = :code, message = :message
        WHERE id = (SELECT fax FROM attempt WHERE id = :attempt) AND account = :account AND attempt = :attempt
          AND state = 'sending'
        RETURNING id
        """,
        attempt=attempt,
        code=code,
        message=message,
    )
    if row is not None:
        _close(writing, attempt, "refused", message, code)
        writing.event(row[0], Happening.NOT_DELIVERED, message, code=code)


def put_back(writing: Writing, attempt: int, due_at: datetime, waiting: Waiting, detail: str) -> None:
    """The service does not have it: sending becomes queued. Only what waits for a planned try counts as tried."""
    row = writing.row(
        """
        UPDATE fax SET state = 'queued', due_at = :due_at, waiting = :waiting,
                       tries = tries - (:waiting <> 'retry')
        WHERE id = (SELECT fax FROM attempt WHERE id = :attempt) AND account = :account AND attempt = :attempt
          AND state = 'sending'
        RETURNING id
        """,
        attempt=attempt,
        due_at=to_ms(due_at),
        waiting=waiting,
    )
    if row is None:
        return
    _close(writing, attempt, "put back", detail)
    what = {Waiting.OFFLINE: Happening.OFFLINE, Waiting.RETRY: Happening.RETRY_PLANNED}.get(
        waiting, Happening.STORED
    )
    _say_once(writing, row[0], what, detail)


def doubt(writing: Writing, attempt: int, detail: str) -> None:
    """Nobody knows: sending becomes doubtful."""
    row = writing.row(
        """
        UPDATE fax SET state = 'doubtful'
        WHERE id = (SELECT fax FROM attempt WHERE id = :attempt) AND account = :account AND attempt = :attempt
          AND state = 'sending'
        RETURNING id
        """,
        attempt=attempt,
    )
    if row is not None:
        _close(writing, attempt, "doubtful", detail)
        writing.event(row[0], Happening.DOUBTFUL, detail)


def recover(writing: Writing, now: datetime) -> list[int]:
    """Mend what an earlier end of the program left in sending: with the mark it is doubtful, without it never went."""
    left = writing.rows(
        """
        SELECT attempt.id, fax.id, handed_over_at IS NOT NULL
        FROM fax JOIN attempt ON attempt.id = fax.attempt
        WHERE fax.account = :account AND fax.direction = 'sent' AND fax.state = 'sending'
        ORDER BY fax.id
        """
    )
    for attempt, _, marked in left:
        if marked:
            doubt(writing, attempt, "")
        else:
            put_back(writing, attempt, now, Waiting.TURN, "")
    return [fax for _, fax, _ in left]


def doubtful(connection: sqlite3.Connection, account: str) -> list[Doubt]:
    """All doubtful faxes, oldest attempt first."""
    found = connection.execute(
        """
        SELECT fax.id, attempt.id, number, own_number, pages, above_job_id, started_at, file_name
        FROM fax JOIN attempt ON attempt.id = fax.attempt
        WHERE fax.account = ? AND fax.direction = 'sent' AND fax.state = 'doubtful'
        ORDER BY attempt.id
        """,
        (account,),
    )
    return [
        Doubt(fax, attempt, number, own_number, pages, above, from_ms(started_at), file_name)
        for fax, attempt, number, own_number, pages, above, started_at, file_name in found
    ]


def _close(writing: Writing, attempt: int, outcome: str, message: str, code: int | None = None) -> None:
    writing.rows(
        """
        UPDATE attempt SET outcome = :outcome, message = :message, code = :code, ended_at = :now
        WHERE id = :attempt
        """,
        attempt=attempt,
        outcome=outcome,
        message=message,
        code=code,
    )


def _say_once(writing: Writing, fax: int, what: Happening, detail: str) -> None:
    # A night without a network would fill the history with one and the same reason.
    last = writing.row("SELECT what, detail FROM event WHERE fax = :fax ORDER BY id DESC LIMIT 1", fax=fax)
    if detail and last == (what, detail):
        writing.touched.add(fax)
    else:
        writing.event(fax, what, detail)
