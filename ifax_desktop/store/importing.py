"""Takes the rows of one file of everything into the archive: added, never put in the place of what is there.

No fax goes on by itself afterwards: those that waited are drafts, those that were being sent are not certain, and those
on their way are followed only with the account that sent them.
"""

import json
import sqlite3
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ifax_desktop.domain.errors import ImportRefused
from ifax_desktop.domain.fax import Direction, State
from ifax_desktop.store.brought_back import say
from ifax_desktop.store.bundle import ALIAS, PARTS, WORDS, Row, Step
from ifax_desktop.store.bundle_check import DAMAGED
from ifax_desktop.store.bundle_file import Contents
from ifax_desktop.store.bundle_rows import aliases
from ifax_desktop.store.facts import Fact, keep_fact
from ifax_desktop.store.times import to_ms

_HAVE_ACCOUNTS = ("fax", "attempt", "own_number", "deleted_fax", "awaited", "intent")


@dataclass(slots=True)
class Imported:
    """What came of it, in numbers of faxes."""

    added: int = 0
    known: int = 0
    """Left out: they are here already."""
    deleted: int = 0
    """Left out: they were deleted here."""
    drafts: int = 0
    """Of those added: they waited, and are drafts now."""
    doubtful: int = 0
    """Of those added: they were being sent, and are not certain now."""
    elsewhere: int = 0
    """Of those added: they belong to another account than the one in use."""
    documents: int = 0
    """Documents that were not here, or not whole."""


def kin(connection: sqlite3.Connection, account: str, contents: Contents) -> set[str]:
    """The accounts of a file that are `account`: by its id here or elsewhere, or by a number of it.

    All of what was in use there is, as long as there is nothing of `account` here that it could get mixed up with.
    """
    numbers = set(
        connection.execute(
            "SELECT number_id, number FROM own_number WHERE account = ? AND number_id <> ''", (account,)
        )
    )
    ids = {account, *aliases(connection, account)}
    found = {
        one
        for one, traits in contents.accounts.items()
        if one in ids or traits.aliases & ids or traits.numbers & numbers
    }
    return found if _is_used(connection, account) else found | {contents.account}


def _is_used(connection: sqlite3.Connection, account: str) -> bool:
    sql = """
        SELECT EXISTS (SELECT 1 FROM fax WHERE account = ?1) OR EXISTS (SELECT 1 FROM attempt WHERE account = ?1)
            OR EXISTS (SELECT 1 FROM own_number WHERE account = ?1)
    """
    return bool(connection.execute(sql, (account,)).fetchone()[0])


def take_in(
    connection: sqlite3.Connection,
    account: str,
    contents: Contents,
    ours: bool,
    rows: Iterable[Row],
    now: datetime,
    step: Step,
) -> Imported:
    """Add the rows of a file, within one transaction; `ours`, if the account used there is `account`.

    Raises ImportRefused, and Stopped when `step` does: then the transaction must be undone.
    """
    homes = dict.fromkeys(kin(connection, account, contents), account)
    if ours:
        homes[contents.account] = account
    for one in homes:
        known = contents.accounts[one].aliases if one in contents.accounts else frozenset()
        for alias in {one, *known} - {account}:
            keep_fact(connection, account, f"{ALIAS}{alias}", "1")
    return _Importing(connection, account, homes, now).take_in(rows, contents.faxes, step)


@dataclass(slots=True)
class _Importing:
    """One import."""

    connection: sqlite3.Connection
    account: str
    """The one in use here."""
    homes: Mapping[str, str]
    """Which account here an account of the file is, where that is not one of its own."""
    now: datetime
    done: Imported = field(default_factory=Imported)
    _senders: set[str] = field(default_factory=set)
    _listed: set[str] = field(default_factory=set)
    """Accounts whose numbers the service told here."""

    def take_in(self, rows: Iterable[Row], faxes: int, step: Step) -> Imported:
        """Add what is not there."""
        for account, home in self.homes.items():
            if account != home:
                self._move(account, home)
        self._listed = {row[0] for row in self.connection.execute("SELECT DISTINCT account FROM own_number")}
        seen = 0
        try:
            for row in rows:
                if "fax" in row:
                    seen += 1
                    self._fax(row)
                    step(seen, faxes)
                else:
                    self._alone(row["table"], {**row["row"], "account": self._home(row["row"]["account"])})
        except sqlite3.IntegrityError as error:  # rows that contradict each other
            raise ImportRefused(DAMAGED, str(error)) from error
        for account in self._senders:  # whoever wrote the file may go on sending
            keep_fact(self.connection, account, Fact.STRANGERS, "1")
        return self.done

    def _home(self, account: str) -> str:
        return self.homes.get(account, account)

    def _move(self, account: str, home: str) -> None:
        """An earlier import of the same file may have been for another account: the user knows better now."""
        for table in _HAVE_ACCOUNTS:
            sql = f"UPDATE OR IGNORE {table} SET account = ? WHERE account = ?"  # noqa: S608 - our own names
            self.connection.execute(sql, (home, account))

    def _fax(self, line: Row) -> None:
        row = {**line["fax"], "account": self._home(line["fax"]["account"]), "stop": "", "brought_back": 0}
        attempts = line.get("attempt", [])
        jobs = [job for job in (row["job_id"], *(attempt.get("job_id", "") for attempt in attempts)) if job]
        if self._is_deleted(row, jobs):
            self.done.deleted += 1
            return
        if self._is_known(row, jobs, [attempt["file_name"] for attempt in attempts]):
            self.done.known += 1
            return
        self.done.added += 1
        self.done.elsewhere += row["account"] != self.account
        latest = row.pop("attempt", None)
        self._stop(row)
        fax = self._insert("fax", row)
        ids = [self._attempt(fax, row["account"], attempt) for attempt in attempts]
        if latest is not None:
            self.connection.execute("UPDATE fax SET attempt = ? WHERE id = ?", (ids[latest], fax))
        for table in PARTS:
            if table != "attempt":
                for part in line.get(table, []):
                    self._insert(table, {**part, "fax": fax})
        if WORDS in line:
            self.connection.execute("UPDATE search_text SET words = ? WHERE fax = ?", (line[WORDS], fax))
        say(self.connection, fax, self.now)

    def _stop(self, row: Row) -> None:
        """Whatever it was about to do, it does not go on by itself."""
        state = row["state"]
        if state == State.QUEUED:
            self.done.drafts += 1
            row |= {
                "state": "draft",
                "due_at": None,
                "waiting": "",
                "document": "",
                "size": 0,
                "resend_of": "",
            }
        elif row.get("elsewhere"):
            return
        elif state == State.SENDING or (state == State.ACCEPTED and row["account"] != self.account):
            self.done.doubtful += 1
            row |= {"state": "doubtful", "brought_back": 1}
        elif state in (State.ACCEPTED, State.DOUBTFUL):
            row["brought_back"] = 1

    def _attempt(self, fax: int, account: str, attempt: Row) -> int:
        row = {**attempt, "account": account, "fax": fax}
        if not row.get("outcome"):
            row |= {"outcome": "doubtful", "ended_at": to_ms(self.now)}
        self._senders.add(account)
        # The ledger may hold it already, from a fax that is gone.
        known = self._one(
            "UPDATE attempt SET fax = ? WHERE file_name = ? AND account = ? AND fax IS NULL RETURNING id",
            fax,
            row["file_name"],
            account,
        )
        return int(known) if known is not None else self._insert("attempt", row)

    def _is_deleted(self, row: Row, jobs: list[str]) -> bool:
        if row["direction"] == Direction.RECEIVED:
            sql = "SELECT 1 FROM deleted_fax WHERE account = ? AND direction = 'received' AND job_id = ? AND transaction_id = ?"
            return self._one(sql, row["account"], row["job_id"], row["transaction_id"]) is not None
        sql = """
            SELECT 1 FROM deleted_fax
            WHERE account = ? AND direction = 'sent' AND job_id IN (SELECT value FROM json_each(?))
        """
        return self._one(sql, row["account"], json.dumps(jobs)) is not None

    def _is_known(self, row: Row, jobs: list[str], names: list[str]) -> bool:
        account = row["account"]
        if row["direction"] == Direction.RECEIVED:
            sql = "SELECT 1 FROM fax WHERE account = ? AND job_id = ? AND transaction_id = ? AND direction = 'received'"
            return self._one(sql, account, row["job_id"], row["transaction_id"]) is not None
        ours = """
            SELECT 1 FROM attempt WHERE account = ? AND job_id <> '' AND job_id IN (SELECT value FROM json_each(?))
              AND fax IS NOT NULL
        """
        if self._one(ours, account, json.dumps(jobs)) is not None:
            return True
        others = "SELECT id FROM fax WHERE account = ? AND elsewhere = 1 AND job_id IN (SELECT value FROM json_each(?))"
        seen = self._one(others, account, json.dumps(jobs))
        if row.get("elsewhere"):
            return seen is not None
        if self._one("SELECT 1 FROM fax WHERE uid = ? AND uid <> 0", row.get("uid", 0)) is not None:
            return True
        tried = (
            "SELECT 1 FROM attempt WHERE fax IS NOT NULL AND file_name IN (SELECT value FROM json_each(?))"
        )
        if self._one(tried, json.dumps(names)) is not None:
            return True
        if seen is not None:  # the service's list showed it as somebody else's: here is the fax itself
            self.connection.execute("DELETE FROM fax WHERE id = ?", (seen,))
        return False

    def _alone(self, table: str, row: Row) -> None:
        match table:
            case "attempt":
                self._senders.add(row["account"])
                row = {**row, "outcome": row.get("outcome") or "doubtful"}
            case "own_number" if row["account"] in self._listed:
                row = {**row, "position": None}  # what the service lists now is what counts
            case "intent" if not row.get("outcome"):
                row = {**row, "outcome": "not certain", "ended_at": to_ms(self.now)}
            case "deleted_fax" if self._is_here(row):
                return
            case "awaited" if self._is_here({**row, "direction": "received"}) or self._is_deleted(
                {**row, "direction": "received"}, []
            ):
                return
        self._insert(table, row, "OR IGNORE")

    def _is_here(self, row: Row) -> bool:
        sql = """
            SELECT 1 FROM fax WHERE account = ? AND direction = ? AND job_id = ? AND (transaction_id = ? OR direction = 'sent')
        """
        values = (row["account"], row["direction"], row["job_id"], row["transaction_id"])
        return self._one(sql, *values) is not None

    def _insert(self, table: str, row: Row, wish: str = "") -> int:
        names = ", ".join(f'"{name}"' for name in row)
        marks = ", ".join("?" * len(row))
        # The names are those of our own columns: `bundle_check` has seen to it.
        sql = f"INSERT {wish} INTO {table} ({names}) VALUES ({marks})"  # noqa: S608
        return int(self.connection.execute(sql, list(row.values())).lastrowid or 0)

    def _one(self, sql: str, *values: Any) -> Any:
        row = self.connection.execute(sql, values).fetchone()
        return row[0] if row else None
