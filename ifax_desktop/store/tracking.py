"""What the service tells of accepted faxes until they end. A report of another job than the fax's own changes nothing."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from ifax_desktop.domain.fax import MAY_FOLLOW, Happening, State, Stop
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.rows import to_json
from ifax_desktop.store.times import from_ms, to_ms
from ifax_desktop.store.writing import Writing

_ENDINGS = {
    State.DELIVERED: Happening.DELIVERED,
    State.FAILED: Happening.NOT_DELIVERED,
    State.CANCELED: Happening.CANCELED,
}


@dataclass(frozen=True, slots=True)
class OnTheWay:
    """A fax the service has and the other machine not yet."""

    fax: int
    attempt: int
    job_id: str
    tries: int
    """How many times it was tried since the user last asked for it, this one included."""
    accepted_at: datetime
    stop: Stop = Stop.NOT_ASKED
    silent: bool = False
    """The service does not say how it stands."""
    brought_back: bool = False
    """Another copy of this archive may follow it too: there is no other try by itself."""


def on_their_way(connection: sqlite3.Connection, account: str) -> list[OnTheWay]:
    """All accepted faxes, the one accepted first in front."""
    found = connection.execute(
        """
        SELECT fax.id, attempt.id, fax.job_id, tries, accepted_at, stop, silent_since IS NOT NULL,
               brought_back
        FROM fax JOIN attempt ON attempt.id = fax.attempt
        WHERE fax.account = ? AND fax.direction = 'sent' AND fax.state = 'accepted'
        ORDER BY accepted_at, attempt.id
        """,
        (account,),
    )
    return [
        OnTheWay(fax, attempt, job_id, tries, from_ms(accepted_at), Stop(stop), bool(silent), bool(back))
        for fax, attempt, job_id, tries, accepted_at, stop, silent, back in found
    ]


def progressed(writing: Writing, fax: int, report: SentReport) -> None:
    """Keep the status word, the pages done and everything that came; the fax changed only if one of the two did."""
    row = _accepted(writing, fax, report)
    if row is None:
        return
    attempt, status, pages_done, raw = row
    _speaks_again(writing, fax, attempt)
    if to_json(report.raw) != raw:
        _keep_raw(writing, attempt, report)
    new_pages = pages_done if report.pages_done is None else report.pages_done
    if (status, pages_done) == (report.status, new_pages):
        return
    writing.rows(
        "UPDATE fax SET service_status = :status, pages_done = :pages WHERE id = :fax",
        fax=fax,
        status=report.status,
        pages=new_pages,
    )
    writing.touched.add(fax)
    if new_pages and new_pages != pages_done:
        writing.event(fax, Happening.PAGE, pages=new_pages)


def ended(writing: Writing, fax: int, state: State, report: SentReport) -> None:
    """The service says that it is over: accepted becomes delivered, failed or canceled."""
    if state not in MAY_FOLLOW[State.ACCEPTED] or state not in _ENDINGS:
        raise ValueError(f"an accepted fax does not end as {state}")
    row = _accepted(writing, fax, report)
    if row is None:
        return
    writing.rows(
        """
        UPDATE fax SET state = :state, ended_at = :now, service_status = :status, code = :code, message = :message,
                       pages_done = coalesce(:pages_done, pages_done)
        WHERE id = :fax AND state = 'accepted'
        """,
        fax=fax,
        state=state,
        **_told(report),
    )
    _speaks_again(writing, fax, row[0])
    _close(writing, row[0], state, report)
    failed = state is State.FAILED
    writing.event(
        fax,
        _ENDINGS[state],
        report.message if failed else "",
        report.pages_done,
        report.code if failed else None,
    )


def plan_retry(writing: Writing, fax: int, report: SentReport, due_at: datetime) -> None:
    """It did not get through and will be tried again: accepted becomes queued. Why stays on the row until then."""
    row = _accepted(writing, fax, report)
    if row is None:
        return
    writing.rows(
        """
        UPDATE fax SET state = 'queued', due_at = :due_at, waiting = 'retry', service_status = :status,
                       code = :code, message = :message, pages_done = :pages_done
        WHERE id = :fax AND state = 'accepted'
        """,
        fax=fax,
        due_at=to_ms(due_at),
        **_told(report),
    )
    _close(writing, row[0], State.FAILED, report)
    writing.event(fax, Happening.RETRY_PLANNED, report.message, report.pages_done, report.code)


def silent(writing: Writing, fax: int, words: str) -> None:
    """The service does not say how an accepted fax stands; since when and in which words is kept."""
    row = writing.row(
        """
        UPDATE attempt SET silent_since = coalesce(silent_since, :now), silence = :words
        WHERE id = (SELECT attempt FROM fax WHERE id = :fax AND account = :account AND state = 'accepted')
          AND silence <> :words
        RETURNING id
        """,
        fax=fax,
        words=words,
    )
    if row is not None:
        writing.touched.add(fax)


def stop_taken(writing: Writing, fax: int, job_id: str) -> None:
    """The service took the wish to stop. What it says of the fax from now on counts, not that."""
    _stop(writing, fax, job_id, Stop.ASKED)


def stop_refused(writing: Writing, fax: int, job_id: str, code: int | None, words: str) -> None:
    """The service will not stop it."""
    if _stop(writing, fax, job_id, Stop.REFUSED):
        writing.event(fax, Happening.STOP_REFUSED, words, code=code)


def _stop(writing: Writing, fax: int, job_id: str, stop: Stop) -> bool:
    row = writing.row(
        """
        UPDATE fax SET stop = :stop
        WHERE id = :fax AND account = :account AND state = 'accepted' AND job_id = :job_id AND stop IN ('wanted', 'asked')
        RETURNING id
        """,
        fax=fax,
        job_id=job_id,
        stop=stop,
    )
    if row is not None:
        writing.touched.add(fax)
    return row is not None


def _speaks_again(writing: Writing, fax: int, attempt: int) -> None:
    if writing.rows(
        "UPDATE attempt SET silent_since = NULL, silence = '' WHERE id = :attempt AND silence <> '' RETURNING id",
        attempt=attempt,
    ):
        writing.touched.add(fax)


def _accepted(writing: Writing, fax: int, report: SentReport) -> tuple[int, str, int | None, str] | None:
    row = writing.row(
        """
        SELECT attempt.id, service_status, pages_done, raw
        FROM fax JOIN attempt ON attempt.id = fax.attempt
        WHERE fax.id = :fax AND fax.account = :account AND fax.state = 'accepted' AND fax.job_id = :job_id
        """,
        fax=fax,
        job_id=report.job_id,
    )
    return None if row is None else (row[0], row[1], row[2], row[3])


def _told(report: SentReport) -> dict[str, str | int | None]:
    return {
        "status": report.status,
        "code": report.code,
        "message": report.message,
        "pages_done": report.pages_done,
    }


def _keep_raw(writing: Writing, attempt: int, report: SentReport) -> None:
    writing.rows(
        "UPDATE attempt SET raw = :raw WHERE id = :attempt", attempt=attempt, raw=to_json(report.raw)
    )


def _close(writing: Writing, attempt: int, state: State, report: SentReport) -> None:
    _keep_raw(writing, attempt, report)
    writing.rows(
        "UPDATE attempt SET outcome = :state, code = :code, message = :message, ended_at = :now WHERE id = :attempt",
        attempt=attempt,
        state=state,
        code=report.code,
        message=report.message,
    )
