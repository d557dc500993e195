"""Whose rows an archive holds: the random ids of its accounts, which one is used, and what the service knows each by."""

import os
import re
import sqlite3
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store import private
from ifax_desktop.store.database import Database
from ifax_desktop.store.facts import Fact, fact, keep_fact
from ifax_desktop.store.times import from_ms

_ID = re.compile(r"[0-9a-f]{32}")
_LATEST = 3
"""Faxes by which the service may know an account; one could have been deleted there."""


@dataclass(frozen=True, slots=True)
class Traces:
    """What the service would know an account of ours by. Nothing in it comes from a key."""

    numbers: frozenset[tuple[str, str]] = field(default=frozenset(), repr=False)
    """The service's id of each fax number, and the number."""
    jobs: tuple[tuple[str, str], ...] = field(default=(), repr=False)
    """The latest job ids and where those faxes went; an empty number where that is not known any more."""
    received: tuple[str, str, date] | None = field(default=None, repr=False)
    """The two ids of the fax received last, and the day."""

    def __bool__(self) -> bool:
        return bool(self.numbers or self.jobs or self.received)


def new_account() -> str:
    """The random id of an account that is new to this computer."""
    return uuid.uuid4().hex


class Accounts:
    """The accounts of one archive. Everything here may raise StorageFailed."""

    def __init__(self, database: Database, home: Path) -> None:
        self._database = database
        self._file = home / "account-id"

    def current(self) -> str:
        """The account whose rows are shown and sent. On the calling thread.

        Without a file that names it, it is the one the newest fax belongs to; for the first start of all a new one.
        """
        with _in_words():
            if written := self._written():
                private.clear_away_parts(self._file)  # the file is there, so that nobody needs them any more
                return written
            account = self._database.read(_newest) or new_account()
            if not self._file.exists():
                return self._first(account)
            if written := self._written():  # by another start, since we looked
                return written
            private.write_whole(self._file, account.encode("ascii"))
            return account

    def choose(self, account: str) -> None:
        """Show and send the rows of this account from the next session on. Blocks."""
        with _in_words():
            try:
                private.write_whole(self._file, account.encode("ascii"))
            except FileNotFoundError:  # another process that starts took it for something left behind
                private.write_whole(self._file, account.encode("ascii"))

    def _written(self) -> str:
        with suppress(OSError, UnicodeError):
            if _ID.fullmatch(written := self._file.read_text("ascii").strip()):
                return written
        return ""

    def _first(self, account: str) -> str:
        """Write the file unless another process came first, whose account it is then."""
        private.make_folder(self._file.parent)
        with private.part_of(self._file) as part:
            private.write_new(part, account.encode("ascii"))
            _put(part, self._file)
        return self._written() or account

    async def traces(self) -> dict[str, Traces]:
        """What the service would know each account by that was ever in touch with it, in no order."""
        return await self._database.ask(_all_traces)

    def is_fresh(self, account: str) -> bool:
        """Whether nothing in the archive was ever in touch with the service. On the calling thread."""
        return self._database.read(
            lambda connection: not _all_traces(connection) and _is_free(connection, account)
        )

    async def is_free(self, account: str) -> bool:
        """Whether these rows may go with any key: no fax or number of theirs is known to the service.

        Where faxes wait, no key may have worked here either: they were meant for the account of that one.
        """
        return await self._database.ask(lambda connection: _is_free(connection, account))

    async def touch(self, account: str) -> None:
        """Remember that a key worked here: what waits belongs to its account from now on."""
        await self._database.run(lambda connection: keep_fact(connection, account, Fact.TOUCHED, "yes"))


def _put(part: Path, file: Path) -> None:
    """Put a file under its name, unless there is one; on a disk without a second name for a file in its place."""
    try:
        os.link(part, file)
    except (FileExistsError, FileNotFoundError):  # another start came first, and cleared ours away
        return
    except OSError:
        part.replace(file)
    private.settle_folder(file.parent)


@contextmanager
def _in_words() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        words = "This computer does not let us write into the program's folder."
        raise StorageFailed(words, str(error)) from error


def _is_free(connection: sqlite3.Connection, account: str) -> bool:
    if _traces(connection, account):
        return False
    if not fact(connection, account, Fact.TOUCHED):
        return True
    waits = connection.execute(
        """
        SELECT 1 FROM fax WHERE account = ? AND direction = 'sent'
            AND state IN ('queued', 'sending', 'accepted', 'doubtful') LIMIT 1
        """,
        (account,),
    )
    return waits.fetchone() is None


def _all_traces(connection: sqlite3.Connection) -> dict[str, Traces]:
    found = {account: _traces(connection, account) for account in _ids(connection)}
    return {account: traces for account, traces in found.items() if traces}


def _ids(connection: sqlite3.Connection) -> list[str]:
    # From one account to the next through the index: a million faxes are not read for it.
    rows = connection.execute(
        """
        WITH RECURSIVE each_one(account) AS (
            SELECT min(account) FROM fax
            UNION ALL
            SELECT (SELECT min(fax.account) FROM fax WHERE fax.account > each_one.account) FROM each_one
            WHERE each_one.account IS NOT NULL)
        SELECT account FROM each_one WHERE account IS NOT NULL
        UNION SELECT account FROM own_number
        """
    )
    return [row[0] for row in rows]


def _traces(connection: sqlite3.Connection, account: str) -> Traces:
    numbers = connection.execute(
        "SELECT number_id, number FROM own_number WHERE account = ? AND number_id <> ''", (account,)
    ).fetchall()
    # The service counts its jobs up, and in the order of the index a million are not read for three.
    jobs = connection.execute(
        """
        SELECT attempt.job_id, coalesce(fax.number, '') FROM attempt LEFT JOIN fax ON fax.id = attempt.fax
        WHERE attempt.account = ? AND attempt.job_id <> '' ORDER BY attempt.job_id DESC LIMIT ?
        """,
        (account, _LATEST),
    ).fetchall()
    received = connection.execute(
        """
        SELECT job_id, transaction_id, created_at FROM fax
        WHERE account = ? AND direction = 'received' ORDER BY created_at DESC, id DESC LIMIT 1
        """,
        (account,),
    ).fetchone()
    return Traces(
        frozenset(numbers),
        tuple(jobs),
        (received[0], received[1], from_ms(received[2]).date()) if received else None,
    )


def _newest(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT account FROM fax ORDER BY id DESC LIMIT 1").fetchone()
    return str(row[0]) if row else ""
