"""Brings the documents of received faxes: each whole and checked, and stored before its fax is in the archive.

A document the service does not give yet is awaited: it is asked for again, soon at first, then seldom.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.domain.errors import DocumentUnreadable, FaxError, NoAnswer, NotFetched, Offline, Refused
from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.store.archive import Archive
from ifax_desktop.store.awaited import Awaited
from ifax_desktop.store.files import Files

if TYPE_CHECKING:
    import asyncio

    from ifax_desktop.api.inbound import Inbound

AT_ONCE = 3
"""Documents on their way at the same time: one of the four calls that are made at a time stays free for sending."""
IN_BACKGROUND = 2
"""Of these, where nobody waits for them: a new fax never waits for an old one."""
PATIENCE = timedelta(days=30)
"""After this a document is asked for only when the user wants it."""
SAID_AT = 3
"""Tries in vain before it is said; until then the Inbox shows it, and mostly it comes."""

_AWAITED = "A received fax cannot be fetched yet; it is asked for again by itself."
_PAUSES = (timedelta(seconds=30), timedelta(minutes=2), timedelta(minutes=10), timedelta(hours=1))
_SELDOM = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class _Wanted:
    """A fax whose document is asked for, and how often that was in vain before."""

    report: ReceivedReport
    tries: int = 0
    since: datetime | None = None


def next_try(tries: int, since: datetime, now: datetime) -> datetime | None:
    """When a document is asked for again after `tries` in vain, the first of them at `since`; None: not by itself."""
    if now - since >= PATIENCE:
        return None
    return now + (_PAUSES[tries - 1] if tries <= len(_PAUSES) else _SELDOM)


class Fetching:
    """Fetches documents, a few at a time, whoever asks for them."""

    def __init__(
        self,
        archive: Archive,
        awaited: Awaited,
        files: Files,
        renderer: Renderer,
        now: Callable[[], datetime],
        report: Callable[[BaseException], None],
    ) -> None:
        self._archive = archive
        self._awaited = awaited
        self._files = files
        self._renderer = renderer
        self._now = now
        self._report = report
        self._inbound: Inbound | None = None
        self._under_way: set[tuple[str, str]] = set()

    @cached_property
    def _free(self) -> "asyncio.Semaphore":
        import asyncio

        return asyncio.Semaphore(AT_ONCE)

    @cached_property
    def _counting(self) -> "asyncio.Semaphore":
        import asyncio

        return asyncio.Semaphore(1)  # each takes a process, and the window needs a processor too

    def connect(self, inbound: "Inbound") -> None:
        """Give the calls to the service, once they can be made."""
        self._inbound = inbound

    async def fetch(self, reports: Iterable[ReceivedReport], *, background: bool = False) -> int:
        """Bring these faxes into the archive; the answer is how many are there now.

        What the service does not give is awaited. Raises Offline, SignInNeeded, or Refused with a wish to wait; and
        StorageFailed where this computer cannot keep a document. What came before that is kept.
        """
        return await self._fetch([_Wanted(report) for report in reports], background)

    async def fetch_due(self) -> int:
        """Ask again for documents whose time has come, some at a time; the answer is how many came. Raises as `fetch`."""
        due = await self._awaited.due(self._now())
        return await self._fetch([_Wanted(fax.report, fax.tries, fax.first_missed) for fax in due], False)

    async def _fetch(self, wanted: Iterable[_Wanted], background: bool) -> int:
        import asyncio

        waiting = deque(wanted)
        came = 0

        async def one_after_the_other() -> None:
            nonlocal came
            while waiting:
                if await self._fetch_one(waiting.popleft()):
                    came += 1

        side_by_side = min(IN_BACKGROUND if background else AT_ONCE, len(waiting))
        await _together(
            [asyncio.create_task(one_after_the_other(), name="fetch") for _ in range(side_by_side)]
        )
        return came

    async def _fetch_one(self, wanted: _Wanted) -> bool:
        """Bring one fax; False if the service does not give it now, or somebody else is bringing it."""
        report = wanted.report
        ids = (report.job_id, report.transaction_id)
        if ids in self._under_way:
            return False
        self._under_way.add(ids)
        try:
            async with self._free:
                added = await self._take(report)
        except NoAnswer as error:
            await self._missed(wanted, error)
            return False
        except Refused as error:
            if error.retry_after:
                raise
            await self._missed(wanted, error)
            return False
        finally:
            self._under_way.discard(ids)
        if wanted.tries:
            self._awaited.came()
        return added

    async def _take(self, report: ReceivedReport) -> bool:
        if self._inbound is None:
            raise Offline("The program is still starting. Try again in a moment.")
        async with self._files.incoming() as path:
            size = await self._inbound.download(report.job_id, report.transaction_id, path)
            pages, damage = await self._count(path)
            if damage:  # it may have been cut off on its way to the service's own shelf: once more, from the beginning
                size = await self._inbound.download(report.job_id, report.transaction_id, path)
                pages, damage = await self._count(path)
            if damage:
                self._report(damage)  # kept all the same, and shown as what it is
            document = await self._files.take(path)
        added = await self._archive.add_received(
            report, document, (report.pages or 0) if damage else pages, size, self._now()
        )
        return added is not None

    async def _count(self, path: Path) -> tuple[int, DocumentUnreadable | None]:
        """Pages as the document itself says, or why it cannot be read."""
        import asyncio

        content = await asyncio.to_thread(_content, path)
        try:
            async with self._counting:
                return await self._renderer.count_pages(content), None
        except DocumentUnreadable as error:
            return 0, error

    async def _missed(self, wanted: _Wanted, error: FaxError) -> None:
        now, tries = self._now(), wanted.tries + 1
        refused = isinstance(error, Refused)
        at = wanted.report.received_at
        # What the service refuses to give so long after it came is hardly there any more; the user may still ask.
        gone = refused and at is not None and now - at >= PATIENCE
        again = None if gone else next_try(tries, wanted.since or now, now)
        words = f"The fax service says: “{error}”." if refused else str(error)
        await self._awaited.missed(wanted.report, tries, again, words, now)
        if tries == (1 if refused else SAID_AT):
            self._report(NotFetched(f"{_AWAITED} {words}", error.detail))


def _content(path: Path) -> bytes:
    """The bytes of a file. Blocks."""
    import ifax_desktop.documents.child  # noqa: F401  # 25 ms, which the loop would stand still for with the first one

    return path.read_bytes()


async def _together(tasks: "Sequence[asyncio.Task[None]]") -> None:
    """Wait for all of them. At the first failure the others end, and the one that says most is raised: a mistake of ours
    before a failure of the service or the disk.

    Not a TaskGroup: one that fails leaves the task that waits for it marked as cancelled, and in Python 3.11.2 the next
    timeout in that task then ends it for good, without a word.
    """
    import asyncio

    if not tasks:
        return
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_EXCEPTION)
    finally:
        for task in tasks:
            task.cancel()
        ended = await asyncio.gather(*tasks, return_exceptions=True)
    failures = [error for error in ended if isinstance(error, Exception)]
    if failures:
        raise next((error for error in failures if not isinstance(error, FaxError)), failures[0])
