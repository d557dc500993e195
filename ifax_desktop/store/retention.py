"""The rule how long faxes are kept: which are over it. Never those that are not over themselves, and never unread ones."""

import sqlite3
from datetime import datetime

from ifax_desktop.store.times import to_ms

_OVER = """
    FROM fax
    WHERE account = :account AND direction = :direction AND created_at < :before
      AND state IN ('received', 'delivered', 'failed', 'canceled') AND unread = 0
      AND coalesce(ended_at, created_at) < :before
"""


def cutoff(now: datetime, years: int) -> datetime:
    """The moment so many years ago; what ended before it is over the rule."""
    try:
        return now.replace(year=now.year - years)
    except ValueError:  # the 29th of February
        return now.replace(year=now.year - years, day=28)


def over(connection: sqlite3.Connection, account: str, before: datetime, most: int) -> list[int]:
    """Some of the faxes of an account that ended before that moment, the oldest first."""
    found: list[int] = []
    for direction in ("received", "sent"):
        rows = connection.execute(
            f"SELECT id {_OVER} ORDER BY created_at LIMIT :most",
            {**_values(account, direction, before), "most": most - len(found)},
        )
        found += [row[0] for row in rows]
    return found


def count(connection: sqlite3.Connection, account: str, before: datetime) -> int:
    """How many there are."""
    return sum(
        int(connection.execute(f"SELECT count(*) {_OVER}", _values(account, direction, before)).fetchone()[0])
        for direction in ("received", "sent")
    )


def _values(account: str, direction: str, before: datetime) -> dict[str, str | int]:
    return {"account": account, "direction": direction, "before": to_ms(before)}
