"""Faxes that another program sent on the account, as the service's list shows them. They are never tried again from here."""

import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from ifax_desktop.domain.fax import FINAL, Direction, Happening, State, final_state
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store import rows
from ifax_desktop.store.facts import Fact, keep_fact
from ifax_desktop.store.times import maybe_to_ms, to_ms
from ifax_desktop.store.writing import Writing

OPEN_FOR = timedelta(days=2)
"""How long a job may turn out to be an attempt of ours whose answer was lost, whatever became of that fax since."""

_ENDINGS = {
    State.DELIVERED: Happening.DELIVERED,
    State.FAILED: Happening.NOT_DELIVERED,
    State.CANCELED: Happening.CANCELED,
}
_COMPARED = 7
"""Digits that two spellings of a number must share at their end, to be the same number."""


@dataclass(frozen=True, slots=True)
class _Open:
    """An attempt of ours that the service may have under a job id we do not know yet."""

    digits: str
    above_job_id: str | None

    def may_be(self, report: SentReport) -> bool:
        told = rows.digits(report.to_number)
        short, long = sorted((told, self.digits), key=len)
        if len(short) >= _COMPARED and not long.endswith(short):
            return False
        above = self.above_job_id
        return not (above and report.job_id.isdecimal() and int(report.job_id) <= int(above))


def take_in(writing: Writing, reports: Sequence[SentReport], now: datetime) -> int:
    """Keep the jobs of the sent list that are certainly not ours, and what is new of those known; how many are new.

    Left out is what was sent or deleted here, and what may still turn out to be an attempt of ours.
    """
    attempts = _open_attempts(writing, now)
    known, ours = _known(writing, reports), _ours(writing, reports)
    new = 0
    for report in reports:
        if report.job_id in ours:
            _take_out(writing, known.get(report.job_id))
        elif report.job_id in known:
            _update(writing, known[report.job_id], report)
        elif not any(attempt.may_be(report) for attempt in attempts):
            known[report.job_id] = _add(writing, report)
            new += 1
    if new:
        keep_fact(writing.connection, writing.account, Fact.STRANGERS, "1")
    return new


def _known(writing: Writing, reports: Sequence[SentReport]) -> dict[str, int]:
    """The faxes of other programs that are here already, by job id. One question for the whole page of the list."""
    found = writing.rows(
        """
        SELECT job_id, id FROM fax
        WHERE account = :account AND job_id IN (SELECT value FROM json_each(:jobs)) AND elsewhere = 1
        """,
        jobs=_jobs(reports),
    )
    return {job: int(fax) for job, fax in found}


def _ours(writing: Writing, reports: Sequence[SentReport]) -> set[str]:
    """Jobs sent from here, by a fax that is gone too; or deleted here."""
    found = writing.rows(
        """
        SELECT job_id FROM attempt
        WHERE account = :account AND job_id IN (SELECT value FROM json_each(:jobs)) AND job_id <> ''
        UNION ALL
        SELECT job_id FROM deleted_fax
        WHERE account = :account AND direction = 'sent' AND job_id IN (SELECT value FROM json_each(:jobs))
        """,
        jobs=_jobs(reports),
    )
    return {job for (job,) in found}


def _jobs(reports: Sequence[SentReport]) -> str:
    return json.dumps([report.job_id for report in reports])


def _take_out(writing: Writing, known: int | None) -> None:
    """What was taken for another program's turned out to be an attempt of ours."""
    if known is not None:
        writing.rows("DELETE FROM fax WHERE id = :fax", fax=known)
        writing.touched.add(known)


def _open_attempts(writing: Writing, now: datetime) -> list[_Open]:
    """Attempts whose job id may come yet: those under way, those not certain, and all of late without an answer."""
    connection: sqlite3.Connection = writing.connection
    under_way = connection.execute(
        """
        SELECT number, above_job_id, fax.state FROM fax JOIN attempt ON attempt.id = fax.attempt
        WHERE fax.account = ? AND fax.direction = 'sent' AND fax.state IN ('sending', 'doubtful')
        """,
        (writing.account,),
    ).fetchall()
    # While one is under way, nobody knows whose a job to that number is: where the list ended may not be noted yet.
    found = [
        _Open(rows.digits(number), above if state == "doubtful" else None)
        for number, above, state in under_way
    ]
    since = to_ms(now - OPEN_FOR)
    late = connection.execute(
        """
        SELECT coalesce(fax.number, ''), above_job_id, started_at, attempt.job_id, handed_over_at
        FROM attempt LEFT JOIN fax ON fax.id = attempt.fax
        WHERE attempt.account = ? ORDER BY attempt.id DESC
        """,
        (writing.account,),
    )
    for number, above, started_at, job_id, handed_over_at in late:
        if started_at < since:
            break
        if not job_id and handed_over_at is not None:
            found.append(_Open(rows.digits(number), above))
    return found


def _add(writing: Writing, report: SentReport) -> int:
    state = final_state(report.status) or State.ACCEPTED
    row = writing.row(
        """
        INSERT INTO fax (account, direction, state, number, digits, own_number, pages, created_at, ended_at,
                         job_id, transaction_id, pages_done, service_status, code, message, elsewhere)
        VALUES (:account, :direction, :state, :number, :digits, :own_number, :pages,
                coalesce(:began, :ended, :now), :over, :job_id, :transaction_id, :pages_done, :status, :code,
                :message, 1)
        RETURNING id
        """,
        direction=Direction.SENT,
        number=report.to_number,
        digits=rows.digits(report.to_number),
        own_number=report.from_number,
        began=maybe_to_ms(report.began_at),
        ended=maybe_to_ms(report.ended_at),
        job_id=report.job_id,
        transaction_id=report.transaction_id,
        **_standing(writing, report, state),
    )
    fax = int(row[0]) if row else 0
    writing.rows(
        "INSERT INTO seen_elsewhere VALUES (:fax, :now, :fax_id, :raw)",
        fax=fax,
        fax_id=report.fax_id,
        raw=rows.to_json(report.raw),
    )
    writing.event(fax, Happening.ELSEWHERE)
    return fax


def _update(writing: Writing, fax: int, report: SentReport) -> None:
    """What the list says now; an end stays an end, as an old copy of the list may come late."""
    before = writing.row("SELECT state FROM fax WHERE id = :fax", fax=fax)
    state = final_state(report.status) or State.ACCEPTED
    if before is None or (before[0] in FINAL and state not in FINAL):
        return
    changed = writing.row(
        """
        UPDATE fax SET state = :state, pages = coalesce(:pages, pages), pages_done = coalesce(:pages_done, pages_done),
                       ended_at = coalesce(ended_at, :over), service_status = :status, code = :code, message = :message
        WHERE id = :fax AND (state, coalesce(:pages, pages), coalesce(:pages_done, pages_done), service_status, code,
                             message) IS NOT (:state, pages, pages_done, :status, :code, :message)
        RETURNING id
        """,
        fax=fax,
        **_standing(writing, report, state),
    )
    if changed is None:
        return
    writing.rows(
        "UPDATE seen_elsewhere SET raw = :raw WHERE fax = :fax", fax=fax, raw=rows.to_json(report.raw)
    )
    writing.touched.add(fax)
    if state != before[0] and state in _ENDINGS:
        failed = state is State.FAILED
        writing.event(
            fax,
            _ENDINGS[state],
            report.message if failed else "",
            report.pages_done,
            report.code if failed else None,
        )


def _standing(writing: Writing, report: SentReport, state: State) -> dict[str, str | int | None]:
    """What of a report may change from one list to the next."""
    ended = maybe_to_ms(report.ended_at) or writing.now
    return {
        "state": state,
        "pages": report.pages or None,  # 0 while the service does not know
        "pages_done": report.pages_done,
        "over": ended if state in FINAL else None,
        "status": report.status,
        "code": report.code,
        "message": report.message,
    }
