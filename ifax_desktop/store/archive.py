"""The archive: which faxes there are, what is known of each, and received ones coming in."""

import json
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime

from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.fax import Fax, FaxDetail
from ifax_desktop.domain.reports import ReceivedReport, SentReport
from ifax_desktop.store import deleting, elsewhere, finding, incoming, rows, searching
from ifax_desktop.store.database import Database
from ifax_desktop.store.finding import Counts, Fit, Query
from ifax_desktop.store.writing import Writer, Writing

__all__ = ["Archive", "Counts", "Fit", "Query"]

_SOON = 1.0
"""Seconds in which changes are gathered: what is typed into a draft is entered once, not at every pause."""


class Archive:
    """The faxes of one account. Everything here may raise StorageFailed."""

    def __init__(self, database: Database, account: str, changes: Changes) -> None:
        self._database = database
        self._account = account
        self._changes = changes
        self._write = Writer(database, account, changes).write

    async def ids(self, query: Query) -> "array[int]":
        """The ids of all faxes that fit, newest first, as 64-bit integers."""
        return await self.find(query, lambda _: None, lambda: True) or array("q")

    async def find(
        self, query: Query, first: Callable[["array[int]"], None], is_wanted: Callable[[], bool]
    ) -> "array[int] | None":
        """As `ids`; `first` hears of the newest ones of a long list before the others are read.

        None if `is_wanted`, which is called on another thread, said no meanwhile: it was broken off.
        """
        import asyncio  # 30 ms, and the archive is there before the loop is needed

        loop = asyncio.get_running_loop()

        def tell(newest: "array[int]") -> None:
            loop.call_soon_threadsafe(first, newest)

        return await self._database.ask(
            lambda connection: finding.find_ids(connection, self._account, query, tell, is_wanted)
        )

    def fits(self, query: Query, ids: Iterable[int]) -> tuple[dict[int, Fit], set[int]]:
        """How some few faxes of the query's direction stand to it; and which of all are there. On the calling thread."""
        return self._database.read(
            lambda connection: finding.find_fits(connection, self._account, query, ids)
        )

    async def keep_index(self) -> None:
        """Enter texts into the index of the search, soon after they came in or changed, until cancelled."""
        import asyncio

        due = asyncio.Event()
        unsubscribe = self._changes.subscribe(lambda _: due.set())
        try:
            while True:
                due.clear()
                while await self._database.run(searching.enter_some):
                    pass
                await due.wait()
                await asyncio.sleep(_SOON)
        finally:
            unsubscribe()

    def rows(self, ids: Sequence[int]) -> list[Fax]:
        """The faxes with these ids in their order; those that are gone are left out. On the calling thread."""
        found = self._database.read(lambda connection: rows.read_faxes(connection, self._account, ids))
        return [found[fax] for fax in ids if fax in found]

    def page(self, ids: Sequence[int]) -> Mapping[int, Fax]:
        """Those of these faxes that are there, by id, for a list that shows some of them. On the calling thread."""
        return self._database.read(lambda connection: rows.read_page(connection, self._account, ids))

    def detail(self, fax: int) -> FaxDetail | None:
        """Everything known of one fax; None if it is gone. On the calling thread."""
        return self._database.read(lambda connection: _detail(connection, self._account, fax))

    async def counts(self) -> Counts:
        """How many faxes there are, as the window says it."""
        return await self._database.ask(lambda connection: finding.count(connection, self._account))

    async def unknown(self, reports: Sequence[ReceivedReport]) -> list[ReceivedReport]:
        """Those the archive does not have, each once, in their order."""
        return await self._database.ask(
            lambda connection: incoming.unknown(connection, self._account, reports)
        )

    async def add_received(
        self,
        report: ReceivedReport,
        document: str,
        pages: int,
        size: int,
        now: datetime,
        *,
        test: bool = False,
    ) -> int | None:
        """Add a received fax whose document is stored already; the answer is its id, None if it was there.

        It is sorted in under the time the service gave; `now` where it gave none.
        """
        return await self._write(
            now, lambda writing: incoming.add_received(writing, report, document, pages, size, test=test)
        )

    async def add_elsewhere(self, reports: Sequence[SentReport], now: datetime) -> int:
        """Keep what the sent list shows of other programs on the account; the answer is how many were new."""
        return await self._write(now, lambda writing: elsewhere.take_in(writing, reports, now))

    async def delete(self, ids: Iterable[int], now: datetime) -> None:
        """Delete faxes on this computer for good; at the service they stay, and they do not come back from there.

        Raises StorageFailed, and deletes nothing, if one of them waits to be sent, is on its way or is not certain.
        """
        chosen = list(ids)
        await self._write(now, lambda writing: deleting.delete(writing, chosen))

    async def loose_documents(self, before: datetime) -> list[str]:
        """Documents of faxes deleted `before` that no other fax has: their files may go."""
        return await self._database.run(lambda connection: deleting.loose_documents(connection, before))

    async def forget_documents(self, documents: Iterable[str]) -> None:
        """The files of these loose documents are gone."""
        gone = list(documents)
        await self._database.run(lambda connection: deleting.forget_documents(connection, gone))

    async def mark(self, ids: Iterable[int], *, unread: bool) -> None:
        """Mark faxes as read or unread; only those that were otherwise count as changed."""
        chosen = json.dumps(list(ids))
        await self._write(None, lambda writing: _mark(writing, chosen, unread))


def _detail(connection: sqlite3.Connection, account: str, fax: int) -> FaxDetail | None:
    found = rows.read_faxes(connection, account, [fax]).get(fax)
    if found is None:
        return None
    (quality,) = connection.execute("SELECT quality FROM fax WHERE id = ?", (fax,)).fetchone()
    return FaxDetail(
        found,
        rows.read_cover(connection, fax),
        rows.read_attachments(connection, fax),
        rows.read_events(connection, fax),
        quality,
        rows.read_standing(connection, fax),
    )


def _mark(writing: Writing, chosen: str, unread: bool) -> None:
    changed = writing.rows(
        """
        UPDATE fax SET unread = :unread
        WHERE +account = :account AND id IN (SELECT value FROM json_each(:chosen)) AND unread <> :unread
        RETURNING id
        """,
        chosen=chosen,
        unread=int(unread),
    )
    writing.touched.update(row[0] for row in changed)
