"""When what waits may go: next in turn, held for an Undo, so late that the user is asked, or paused all together."""

import sqlite3
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from ifax_desktop.domain.fax import Happening
from ifax_desktop.store.facts import Fact, keep_fact
from ifax_desktop.store.times import from_ms, to_ms
from ifax_desktop.store.writing import Writing

_LONGEST_HOLD = timedelta(minutes=1)
_NEXT_DUE = """
    SELECT due_at FROM fax
    WHERE account = :account AND state = 'queued' AND waiting <> 'late'
      AND NOT EXISTS (SELECT 1 FROM fact WHERE account = :account AND name = 'paused')
      AND NOT EXISTS (
        SELECT 1 FROM fax AS other
        WHERE other.account = fax.account AND other.number = fax.number AND other.elsewhere = 0
            AND other.state IN ('sending', 'accepted')
            AND NOT (other.at_service = 1 AND lower(other.service_status) = 'scheduled'))
    ORDER BY due_at, id LIMIT 1
"""


@dataclass(frozen=True, slots=True)
class Held:
    """A fax that waits for an Undo."""

    fax: int
    due_at: datetime
    number: str = field(repr=False)
    name: str = field(repr=False)


def next_due(connection: sqlite3.Connection, account: str) -> datetime | None:
    """When the next fax may be claimed; None while none may."""
    row = connection.execute(_NEXT_DUE, {"account": account}).fetchone()
    return from_ms(row[0]) if row else None


def held(connection: sqlite3.Connection, account: str) -> list[Held]:
    """All faxes that wait for an Undo, the next one first."""
    found = connection.execute(
        """
        SELECT id, due_at, number, name FROM fax
        WHERE account = ? AND state = 'queued' AND waiting = 'undo' ORDER BY due_at, id
        """,
        (account,),
    )
    return [Held(fax, from_ms(due_at), number, name) for fax, due_at, number, name in found]


def hold_anew(writing: Writing, now: datetime, hold: timedelta) -> list[int]:
    """Begin the time for an Undo anew, as the program was closed meanwhile; it never ends before it was to end.

    A clock that was ahead when the fax was stored keeps it for a minute at most.
    """
    moved = writing.rows(
        """
        UPDATE fax SET due_at = max(:until, min(due_at, :longest))
        WHERE account = :account AND state = 'queued' AND waiting = 'undo' RETURNING id
        """,
        until=to_ms(now + hold),
        longest=to_ms(now + _LONGEST_HOLD),
    )
    writing.touched.update(row[0] for row in moved)
    return [row[0] for row in moved]


def hold_back_late(writing: Writing, limit: datetime) -> list[int]:
    """What was due before `limit` does not go by itself any more: the user is asked first."""
    moved = writing.rows(
        """
        UPDATE fax SET waiting = 'late'
        WHERE account = :account AND state = 'queued' AND due_at < :limit AND waiting <> 'late' RETURNING id
        """,
        limit=to_ms(limit),
    )
    for row in moved:
        writing.event(row[0], Happening.LATE)
    return [row[0] for row in moved]


def pause(writing: Writing, paused: bool) -> None:
    """Let nothing more out, or let it out again."""
    keep_fact(writing.connection, writing.account, Fact.PAUSED, "1" if paused else "")
