"""What the user does with a fax: draft, queue, take back, stop, try again."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.domain.fax import Happening, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.number import FaxNumber
from ifax_desktop.store import rows
from ifax_desktop.store.leaf_rows import to_words
from ifax_desktop.store.times import maybe_to_ms, to_ms
from ifax_desktop.store.writing import Writing

_NO_DRAFT = "This draft was sent or discarded in another window."


@dataclass(frozen=True, slots=True)
class Order:
    """A complete form with what queueing adds to it."""

    form: Form
    number: FaxNumber = field(repr=False)
    document: str
    """SHA-256 of the PDF that goes out."""
    pages: int
    size: int
    """Bytes of that PDF."""
    due_at: datetime
    waiting: Waiting


def save_draft(writing: Writing, form: Form, fax: int | None) -> int:
    """Keep an unfinished form as a new draft, or in the draft `fax`. StorageFailed if that is a draft no more."""
    fax = _new(writing) if fax is None else fax
    row = writing.row(
        """
        UPDATE fax SET number = :typed, digits = :digits, typed = :typed, name = :name, own_number = :own_number,
                       quality = :quality, send_at = :send_at, at_service = :at_service, leaves = :leaves,
                       pages = :pages,
                       document = '', size = 0
        WHERE id = :fax AND account = :account AND state = 'draft' RETURNING id
        """,
        fax=fax,
        digits=rows.digits(form.number),
        pages=form.pages or None,
        **_filled_in(form),
    )
    if row is None:
        raise StorageFailed(_NO_DRAFT)
    rows.write_parts(writing.connection, fax, form)
    writing.touched.add(fax)
    return fax


def discard(writing: Writing, fax: int) -> None:
    """Remove a draft. What was tried with it before stays in the ledger."""
    if writing.rows(
        "DELETE FROM fax WHERE id = :fax AND account = :account AND state = 'draft' RETURNING id", fax=fax
    ):
        writing.touched.add(fax)


def queue(writing: Writing, order: Order, fax: int | None) -> int:
    """Queue a new fax, or the draft `fax`. StorageFailed if that is a draft no more: it may be queued already."""
    fax = _new(writing) if fax is None else fax
    row = writing.row(
        """
        UPDATE fax SET state = 'queued', number = :number, digits = :digits, typed = :typed, name = :name,
                       own_number = :own_number, quality = :quality, send_at = :send_at, at_service = :at_service,
                       leaves = :leaves, document = :document, pages = :pages,
                       size = :size, created_at = :now, due_at = :due_at, waiting = :waiting, tries = 0
        WHERE id = :fax AND account = :account AND state = 'draft' RETURNING id
        """,
        fax=fax,
        number=order.number.e164,
        digits=rows.digits(order.number.e164),
        document=order.document,
        pages=order.pages,
        size=order.size,
        due_at=to_ms(order.due_at),
        waiting=order.waiting,
        **_filled_in(order.form),
    )
    if row is None:
        raise StorageFailed(_NO_DRAFT)
    rows.write_parts(writing.connection, fax, order.form)
    writing.event(fax, Happening.STORED)
    return fax


def take_back(writing: Writing, fax: int) -> bool:
    """Make a queued fax a draft again."""
    moved = writing.rows(
        """
        UPDATE fax SET state = 'draft', due_at = NULL, waiting = '', document = '', size = 0
        WHERE id = :fax AND account = :account AND state = 'queued' AND resend_of = '' RETURNING id
        """,
        fax=fax,
    )
    return _noted(writing, bool(moved), fax, Happening.UNDONE)


class Stopped(StrEnum):
    """What came of the wish to stop a fax."""

    NOW = "now"
    """It waited here, and is canceled."""
    LATER = "later"
    """It had left. The service is asked as soon as that can be, and its word counts."""
    NOT = "not"
    """It is over, or is no fax that can be stopped."""


def stop(writing: Writing, fax: int) -> Stopped:
    """Cancel a fax that still waits here; remember the wish for one that has left."""
    waits = writing.rows(
        """
        UPDATE fax SET state = 'canceled', due_at = NULL, waiting = '', ended_at = :now
        WHERE id = :fax AND account = :account AND state = 'queued' RETURNING id
        """,
        fax=fax,
    )
    if _noted(writing, bool(waits), fax, Happening.CANCELED):
        return Stopped.NOW
    left = writing.rows(
        """
        UPDATE fax SET stop = 'wanted'
        WHERE id = :fax AND account = :account AND direction = 'sent' AND elsewhere = 0
          AND state IN ('sending', 'accepted', 'doubtful') AND stop IN ('', 'refused') RETURNING id
        """,
        fax=fax,
    )
    return Stopped.LATER if _noted(writing, bool(left), fax, Happening.STOP_ASKED) else Stopped.NOT


def try_again(writing: Writing, fax: int) -> bool:
    """Make a failed or canceled fax due now with a new count of tries, or end the waiting of a queued one."""
    hurried = writing.rows(
        """
        UPDATE fax SET due_at = :now, waiting = ''
        WHERE id = :fax AND account = :account AND state = 'queued' RETURNING id
        """,
        fax=fax,
    )
    if hurried:
        writing.touched.add(fax)
        return True
    moved = writing.rows(
        """
        UPDATE fax SET state = 'queued', due_at = :now, waiting = '', ended_at = NULL, tries = 0, stop = '',
                       pages_done = NULL, service_status = '', code = NULL, message = '', own_words = 0
        WHERE id = :fax AND account = :account AND direction = 'sent' AND state IN ('failed', 'canceled')
          AND elsewhere = 0 RETURNING id
        """,
        fax=fax,
    )
    return _noted(writing, bool(moved), fax, Happening.SENT_AGAIN)


def queue_resend(writing: Writing, fax: int) -> int | None:
    """Queue a new fax that the service makes of its own copy of `fax`; None if the service never had that."""
    row = writing.row(
        """
        INSERT INTO fax (account, direction, state, number, digits, typed, name, own_number, pages, quality,
                         created_at, due_at, resend_of)
        SELECT account, 'sent', 'queued', number, digits, typed, name, own_number, pages, quality, :now, :now, job_id
        FROM fax WHERE id = :fax AND account = :account AND direction = 'sent' AND job_id <> ''
          AND state IN ('delivered', 'failed', 'canceled')
        RETURNING id
        """,
        fax=fax,
    )
    if row is None:
        return None
    writing.event(int(row[0]), Happening.STORED)
    return int(row[0])


def _new(writing: Writing) -> int:
    cursor = writing.connection.execute(
        """
        INSERT INTO fax (account, direction, state, number, digits, created_at)
        VALUES (?, 'sent', 'draft', '', '', ?)
        """,
        (writing.account, writing.now),
    )
    return int(cursor.lastrowid or 0)


def _filled_in(form: Form) -> dict[str, str | int | None]:
    return {
        "typed": form.number,
        "name": form.name,
        "own_number": form.own_number,
        "quality": form.quality,
        "send_at": maybe_to_ms(form.send_at),
        "at_service": int(form.at_service),
        "leaves": to_words(form.leaves),
    }


def _noted(writing: Writing, moved: bool, fax: int, what: Happening) -> bool:
    if moved:
        writing.event(fax, what)
    return moved
