"""Faxes of an archive that may be a copy: another copy may send them or have sent them, so none goes on by itself."""

import sqlite3
from dataclasses import dataclass
from datetime import datetime

from ifax_desktop.domain.fax import Happening
from ifax_desktop.store.facts import Fact, keep_fact
from ifax_desktop.store.times import to_ms


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """How many faxes were kept from going on."""

    waiting: int = 0
    """Drafts now."""
    sending: int = 0
    """Not certain now."""
    faxes: frozenset[int] = frozenset()
    """Both together."""

    @property
    def sentence(self) -> str:
        """What happened to them and what to do."""
        parts = [f"those that waited are drafts ({self.waiting})"] if self.waiting else []
        parts += [f"those that were being sent are not certain ({self.sending})"] if self.sending else []
        return (
            "This folder of faxes was copied or put back from a backup, so none of them goes out by itself: "
            f"{' and '.join(parts)}. Look whether they were sent from elsewhere, then send what is still to go."
        )


def bring_back(connection: sqlite3.Connection, now: datetime) -> BroughtBack:
    """Make drafts of all faxes that wait and doubtful ones of all that were being handed over, of every account.

    Accepted ones are followed on, which is reading, but not tried again. Whoever has the other copy counts as somebody
    else on the account.
    """
    waiting = _ids(
        connection.execute(
            """
            UPDATE fax SET state = 'draft', due_at = NULL, waiting = '', document = '', size = 0, resend_of = '', stop = ''
            WHERE state = 'queued' RETURNING id
            """
        )
    )
    sending = _ids(
        connection.execute("UPDATE fax SET state = 'doubtful' WHERE state = 'sending' RETURNING id")
    )
    connection.execute(
        """
        UPDATE attempt SET outcome = 'doubtful', ended_at = :now
        WHERE outcome = '' AND id IN (SELECT attempt FROM fax WHERE state = 'doubtful')
        """,
        {"now": to_ms(now)},
    )
    connection.execute("UPDATE fax SET brought_back = 1 WHERE state IN ('accepted', 'doubtful')")
    for fax in sorted(waiting | sending):
        say(connection, fax, now)
    for (account,) in connection.execute("SELECT DISTINCT account FROM attempt").fetchall():
        keep_fact(connection, account, Fact.STRANGERS, "1")
    return BroughtBack(len(waiting), len(sending), waiting | sending)


def say(connection: sqlite3.Connection, fax: int, now: datetime) -> None:
    """Write into a fax's history that it was brought back."""
    connection.execute(
        "INSERT INTO event (fax, at, what) VALUES (?, ?, ?)", (fax, to_ms(now), Happening.BROUGHT_BACK)
    )


def _ids(rows: sqlite3.Cursor) -> frozenset[int]:
    return frozenset(row[0] for row in rows)
