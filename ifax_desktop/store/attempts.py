"""The ledger of attempts: what was about to be done is on the disk before it is done.

Only its latest attempt may move a fax, and only from where the attempt left it; an answer that comes too late moves
nothing, but the job id in it is kept.
"""

import os
from dataclasses import dataclass, field
from datetime import datetime

from ifax_desktop.domain.cover import Cover
from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import Happening, Waiting
from ifax_desktop.domain.quality import Quality
from ifax_desktop.store import rows
from ifax_desktop.store.times import maybe_from_ms, to_ms
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
    tries: int = 1
    """How many there are since the user last asked for it, this one included."""
    resend_of: str = ""
    """The job the service is to send again by itself, as the document is not here; empty for the usual way."""
    send_at: datetime | None = None
    """Until when the service is to keep it."""


class Withdrawn(StorageFailed):
    """The user stopped the fax while it was handed over: the last piece does not go."""


def claim(writing: Writing) -> Claim | None:
    """Take the fax that has been due longest, and open an attempt; none to a number that has a fax on the line.

    None at all while the outbox is paused, and none that is so late that the user is asked first.
    """
    row = writing.row(
        """
        SELECT id, number, own_number, document, pages, quality,
               (SELECT job_id FROM attempt WHERE fax = fax.id AND job_id <> '' ORDER BY id DESC LIMIT 1),
               tries + 1, resend_of, iif(at_service = 1 AND send_at > :now, send_at, NULL)
        FROM fax
        WHERE account = :account AND state = 'queued' AND due_at <= :now AND waiting <> 'late'
          AND NOT EXISTS (SELECT 1 FROM fact WHERE account = :account AND name = 'paused')
          AND NOT EXISTS (
            SELECT 1 FROM fax AS other
            WHERE other.account = :account AND other.number = fax.number AND other.elsewhere = 0
                AND other.state IN ('sending', 'accepted')
            AND NOT (other.at_service = 1 AND lower(other.service_status) = 'scheduled'))
        ORDER BY due_at, id LIMIT 1
        """
    )
    if row is None:
        return None
    fax, number, own_number, document, pages, quality, last_job_id, tries, resend_of, send_at = row
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
        UPDATE fax SET state = 'sending', attempt = :attempt, tries = tries + 1, due_at = NULL, waiting = '', stop = '',
                       job_id = '', pages_done = NULL, service_status = '', code = NULL, message = '', own_words = 0
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
        tries,
        resend_of,
        maybe_from_ms(send_at),
    )


def note_above(writing: Writing, attempt: int, job_id: str) -> None:
    """Keep the highest job id the sent list showed before the attempt."""
    writing.rows(
        "UPDATE attempt SET above_job_id = :job_id WHERE id = :attempt AND account = :account",
        attempt=attempt,
        job_id=job_id,
    )


def handed_over(writing: Writing, attempt: int) -> None:
    """Mark that the last piece is about to go.

    Withdrawn if the user stopped the fax meanwhile, StorageFailed if it was moved: then the piece must not go.
    """
    row = writing.row("SELECT stop FROM fax WHERE id = :fax", fax=_its_fax(writing, attempt))
    if row is None:
        raise StorageFailed(
            "This fax was changed in another window while it was handed over. It was not sent."
        )
    if row[0]:
        raise Withdrawn("You stopped this fax before it was sent.")
    (fax,) = writing.rows(
        "UPDATE attempt SET handed_over_at = :now WHERE id = :attempt RETURNING fax", attempt=attempt
    )[0]
    writing.event(fax, Happening.HANDED_OVER)


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
    _no_stranger(writing, job_id)
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


def refused(
    writing: Writing, attempt: int, code: int | None, message: str, *, own_words: bool = False
) -> None:
    """It does not go: sending becomes failed. `own_words` where that is not what the service said."""
    fax = _its_fax(writing, attempt)
    if fax is None:
        return
    writing.rows(
        """
        UPDATE fax SET state = 'failed', ended_at = :now, code = :code, message = :message, own_words = :own
        WHERE id = :fax
        """,
        fax=fax,
        code=code,
        message=message,
        own=int(own_words),
    )
    _close(writing, attempt, "refused", message, code)
    writing.event(fax, Happening.NOT_DELIVERED, message, code=code)


def put_back(writing: Writing, attempt: int, due_at: datetime, waiting: Waiting, detail: str) -> None:
    """The service does not have it: sending becomes queued, or canceled if the user wanted it stopped.

    Only what waits for a planned try counts as tried.
    """
    fax = _its_fax(writing, attempt)
    if fax is None:
        return
    ((state,),) = writing.rows(
        """
        UPDATE fax SET state = iif(stop = '', 'queued', 'canceled'), due_at = iif(stop = '', :due_at, NULL),
                       waiting = iif(stop = '', :waiting, ''), ended_at = iif(stop = '', NULL, :now),
                       tries = tries - (:waiting <> 'retry')
        WHERE id = :fax RETURNING state
        """,
        fax=fax,
        due_at=to_ms(due_at),
        waiting=waiting,
    )
    _close(writing, attempt, "put back", detail)
    if state == "canceled":
        writing.event(fax, Happening.CANCELED)
        return
    what = {Waiting.OFFLINE: Happening.OFFLINE, Waiting.RETRY: Happening.RETRY_PLANNED}.get(
        waiting, Happening.STORED
    )
    _say_once(writing, fax, what, detail)


def doubt(writing: Writing, attempt: int, detail: str) -> None:
    """Nobody knows: sending becomes doubtful."""
    fax = _its_fax(writing, attempt)
    if fax is not None:
        writing.rows("UPDATE fax SET state = 'doubtful' WHERE id = :fax", fax=fax)
        _close(writing, attempt, "doubtful", detail)
        writing.event(fax, Happening.DOUBTFUL, detail)


def resume(writing: Writing, attempt: int, job_id: str) -> None:
    """The last try is not over, or did get through: sending becomes accepted again, under the job of that try."""
    fax = _its_fax(writing, attempt)
    earlier = writing.row(
        "SELECT max(id) FROM attempt WHERE fax = :fax AND job_id = :job_id", fax=fax, job_id=job_id
    )
    if fax is None or earlier is None or earlier[0] is None:
        return
    writing.rows(
        """
        UPDATE fax SET state = 'accepted', job_id = :job_id, tries = tries - 1, attempt = :earlier WHERE id = :fax
        """,
        fax=fax,
        job_id=job_id,
        earlier=earlier[0],
    )
    _close(writing, attempt, "not needed", "")
    writing.event(fax, Happening.FOUND, job_id)


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


def _its_fax(writing: Writing, attempt: int) -> int | None:
    """The fax of an attempt, if it still is where the attempt left it: sending."""
    row = writing.row(
        """
        SELECT id FROM fax
        WHERE id = (SELECT fax FROM attempt WHERE id = :attempt) AND account = :account AND attempt = :attempt
          AND state = 'sending'
        """,
        attempt=attempt,
    )
    return None if row is None else int(row[0])


def _no_stranger(writing: Writing, job_id: str) -> None:
    """The job may have been seen in the service's list before we knew that it is ours."""
    gone = writing.rows(
        "DELETE FROM fax WHERE account = :account AND job_id = :job_id AND elsewhere = 1 RETURNING id",
        job_id=job_id,
    )
    writing.touched.update(row[0] for row in gone)


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
