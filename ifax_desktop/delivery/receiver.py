"""Brings received faxes and our own numbers from the service into the archive. A document is stored before it is shown."""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ifax_desktop.delivery.line import Line
from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.domain.errors import DocumentUnreadable, FaxError, NoAnswer, Offline, Refused, SignInNeeded
from ifax_desktop.domain.reports import ReceivedReport
from ifax_desktop.store.archive import Archive
from ifax_desktop.store.files import Files
from ifax_desktop.store.numbers import Numbers
from ifax_desktop.store.settings import Settings

if TYPE_CHECKING:
    import asyncio

    from ifax_desktop.api.inbound import Inbound
    from ifax_desktop.api.numbers import FaxNumbers

OVERLAP = timedelta(days=3)
"""Days asked for again at each check, since nobody knows how soon the list shows a fax."""
FIRST_LOOK = timedelta(days=30)


class Receiver:
    """Asks for received faxes from time to time and on request."""

    def __init__(
        self,
        archive: Archive,
        numbers: Numbers,
        files: Files,
        renderer: Renderer,
        line: Line,
        now: Callable[[], datetime],
        settings: Callable[[], Settings],
        report: Callable[[BaseException], None],
    ) -> None:
        self._archive = archive
        self._numbers = numbers
        self._files = files
        self._renderer = renderer
        self._line = line
        self._now = now
        self._settings = settings
        self._report = report
        self._inbound: Inbound | None = None
        self._own: FaxNumbers | None = None
        self._looked_back = False
        self._told: dict[str, str] = {}
        """What was said of what does not work."""

    @cached_property
    def _checking(self) -> "asyncio.Lock":
        import asyncio

        return asyncio.Lock()

    @cached_property
    def _ring(self) -> "asyncio.Event":
        import asyncio

        return asyncio.Event()

    def connect(self, inbound: "Inbound", own: "FaxNumbers") -> None:
        """Give the calls to the service, once they can be made."""
        self._inbound = inbound
        self._own = own

    def ring(self) -> None:
        """Something may have arrived: ask now instead of later."""
        self._ring.set()

    async def run(self) -> None:
        """Ask again and again until cancelled."""
        import asyncio

        while True:
            self._ring.clear()
            for ask in (self.refresh_numbers, self.check):
                try:
                    await ask()
                    self._told.pop(ask.__name__, None)
                except FaxError as error:
                    self._broke(ask.__name__, error)
            try:
                async with asyncio.timeout(self._settings().check_every):
                    await self._ring.wait()
            except TimeoutError:
                continue

    def _broke(self, what: str, error: FaxError) -> None:
        """What the status bar does not say is said once, until it goes well again."""
        self._line.broke(error)
        waits = isinstance(error, Refused) and error.retry_after
        if not waits and not isinstance(error, Offline | NoAnswer | SignInNeeded):
            self._tell(what, error)

    def _tell(self, what: str, error: FaxError) -> None:
        if self._told.get(what) != str(error):
            self._told[what] = str(error)
            self._report(error)

    async def refresh_numbers(self) -> None:
        """Ask which fax numbers are ours. Raises Offline, NoAnswer, SignInNeeded or Refused."""
        if self._own is None:
            raise Offline("The program is still starting. Try again in a moment.")
        await self._numbers.replace(await self._own.owned(), self._now())
        self._line.worked()

    async def check(self) -> int:
        """Ask for received faxes now; the answer is how many were new.

        Raises Offline, NoAnswer, SignInNeeded or Refused when the list cannot be had, StorageFailed when a document
        cannot be kept. What arrived before that is kept.
        """
        if self._inbound is None:
            raise Offline("The program is still starting. Try again in a moment.")
        async with self._checking:
            today = self._now().date()
            back = OVERLAP if self._looked_back else FIRST_LOOK
            try:
                reports = await self._inbound.list_received(today - back, today + timedelta(days=1))
            except FaxError as error:
                self._line.broke(error)
                raise
            new = await self._archive.unknown(reports)
            count = 0
            for report in reversed(new):
                count += await self._take(report, self._inbound)
            self._looked_back = True
            self._line.checked(self._now())
            return count

    async def _take(self, report: ReceivedReport, inbound: "Inbound") -> bool:
        async with self._files.incoming() as path:
            try:
                size = await inbound.download(report.job_id, report.transaction_id, path)
            except NoAnswer:
                return False  # empty or cut off: the next check asks again, and half a file is never kept
            except Refused as error:
                if error.retry_after:
                    raise
                self._tell(f"fax {report.job_id}", error)
                return False  # it keeps no other fax out, and is asked for again
            pages = await self._count(path, report)
            document = await self._files.take(path)
        added = await self._archive.add_received(report, document, pages, size, self._now())
        return added is not None

    async def _count(self, path: Path, report: ReceivedReport) -> int:
        """Pages as the document itself says; the service's count for one that cannot be read, which is kept all the same."""
        import asyncio

        try:
            return await self._renderer.count_pages(await asyncio.to_thread(path.read_bytes))
        except DocumentUnreadable as error:
            self._report(error)
            return report.pages or 0
