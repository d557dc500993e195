"""What would stay behind if the program were closed now."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from ifax_desktop.store.times import maybe_from_ms


@dataclass(frozen=True, slots=True)
class LeftBehind:
    """Faxes that would go out by themselves if the program stayed open."""

    count: int = 0
    next_at: datetime | None = None
    """When the first of them is due."""


def left_behind(connection: sqlite3.Connection, account: str) -> LeftBehind:
    """The faxes of one account that wait for their time, and not for the user."""
    count, due_at = connection.execute(
        """
        SELECT count(*), min(due_at) FROM fax
        WHERE account = ? AND direction = 'sent' AND state = 'queued' AND waiting <> 'late'
        """,
        (account,),
    ).fetchone()
    return LeftBehind(count, maybe_from_ms(due_at))
