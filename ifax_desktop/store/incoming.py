"""Received faxes coming in: which are new, and the row of one whose document is stored."""

import json
import sqlite3
from collections.abc import Sequence

from ifax_desktop.domain.fax import Happening
from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.store import deleting, rows
from ifax_desktop.store.times import maybe_to_ms
from ifax_desktop.store.writing import Writing

_UNKNOWN = """
    SELECT key FROM (
        SELECT key, json_extract(value, '$[0]') AS job_id, json_extract(value, '$[1]') AS transaction_id
        FROM json_each(:reports)
    ) AS told
    WHERE NOT EXISTS (
        SELECT 1 FROM fax WHERE account = :account AND direction = 'received' AND job_id = told.job_id
            AND (transaction_id IN (told.transaction_id, '') OR told.transaction_id = '')
    ) AND NOT EXISTS (
        SELECT 1 FROM deleted_fax WHERE account = :account AND direction = 'received' AND job_id = told.job_id
            AND (transaction_id IN (told.transaction_id, '') OR told.transaction_id = '')
    ) AND NOT EXISTS (
        SELECT 1 FROM awaited WHERE account = :account AND job_id = told.job_id
            AND (transaction_id IN (told.transaction_id, '') OR told.transaction_id = '')
    )
    ORDER BY key
"""
"""One question for a whole page of a list, which takes a third of the time of one for each row of it.

One of the two lists may leave the second id out: then the first one has to do.
"""


def unknown(
    connection: sqlite3.Connection, account: str, reports: Sequence[ReceivedReport]
) -> list[ReceivedReport]:
    """Those that are neither here nor deleted nor awaited, each once, in their order."""
    once: dict[tuple[str, str], ReceivedReport] = {}
    for report in reports:
        once.setdefault((report.job_id, report.transaction_id), report)
    asked = list(once.values())
    found = connection.execute(_UNKNOWN, {"account": account, "reports": json.dumps(list(once))})
    return [asked[place] for (place,) in found]


def add_received(
    writing: Writing, report: ReceivedReport, document: str, pages: int, size: int, *, test: bool
) -> int | None:
    """Add the row of a fax whose document is stored, and await it no more; None if it was there, or was deleted."""
    writing.rows(
        "DELETE FROM awaited WHERE account = :account AND job_id = :job_id AND transaction_id = :transaction_id",
        job_id=report.job_id,
        transaction_id=report.transaction_id,
    )
    if not unknown(writing.connection, writing.account, [report]):
        deleting.let_go(writing, [document])
        return None
    row = writing.row(
        """
        INSERT INTO fax (account, direction, state, number, digits, own_number, document, pages, size,
                         created_at, ended_at, job_id, transaction_id, service_status, unread, test)
        VALUES (:account, 'received', 'received', :number, :digits, :own_number, :document, :pages, :size,
                coalesce(:received_at, :now), coalesce(:received_at, :now), :job_id, :transaction_id, '', 1, :test)
        RETURNING id
        """,
        number=report.from_number,
        digits=rows.digits(report.from_number),
        own_number=report.to_number,
        document=document,
        pages=pages,
        size=size,
        received_at=maybe_to_ms(report.received_at),
        job_id=report.job_id,
        transaction_id=report.transaction_id,
        test=int(test),
    )
    fax = int(row[0]) if row else 0
    writing.rows(
        "INSERT INTO arrival VALUES (:fax, :now, :received_text, :fax_id, :raw)",
        fax=fax,
        received_text=report.received_text,
        fax_id=report.fax_id,
        raw=rows.to_json(report.raw),
    )
    writing.event(fax, Happening.RECEIVED, pages=pages)
    return fax
