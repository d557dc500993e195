"""Received faxes coming in: which are new, and the row of one whose document is stored."""

import sqlite3
from collections.abc import Sequence

from ifax_desktop.domain.fax import Happening
from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.store import rows
from ifax_desktop.store.times import maybe_to_ms
from ifax_desktop.store.writing import Writing


def unknown(
    connection: sqlite3.Connection, account: str, reports: Sequence[ReceivedReport]
) -> list[ReceivedReport]:
    sql = """
        SELECT 1 FROM fax
        WHERE account = ? AND job_id = ? AND transaction_id = ? AND direction = 'received'
    """
    once: dict[tuple[str, str], ReceivedReport] = {}
    for report in reports:
        once.setdefault((report.job_id, report.transaction_id), report)
    return [report for key, report in once.items() if not connection.execute(sql, (account, *key)).fetchone()]


def add_received(
    writing: Writing, report: ReceivedReport, document: str, pages: int, size: int, *, test: bool
) -> int | None:
    row = writing.row(
        """
        INSERT INTO fax (account, direction, state, number, digits, own_number, document, pages, size,
                         created_at, ended_at, job_id, transaction_id, service_status, unread, test)
        VALUES (:account, 'received', 'received', :number, :digits, :own_number, :document, :pages, :size,
                coalesce(:received_at, :now), coalesce(:received_at, :now), :job_id, :transaction_id, '', 1, :test)
        ON CONFLICT (account, job_id, transaction_id) WHERE direction = 'received' DO NOTHING
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
    if row is None:
        return None
    fax = int(row[0])
    writing.rows(
        "INSERT INTO arrival VALUES (:fax, :now, :received_text, :fax_id, :raw)",
        fax=fax,
        received_text=report.received_text,
        fax_id=report.fax_id,
        raw=rows.to_json(report.raw),
    )
    writing.event(fax, Happening.RECEIVED, pages=pages)
    return fax
