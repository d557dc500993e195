"""Keeps the archive up with the service: our numbers, received faxes, and faxes that other programs sent."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from ifax_desktop.delivery.arrivals import Arrivals
from ifax_desktop.delivery.earlier import EarlierFaxes
from ifax_desktop.delivery.fetching import Fetching
from ifax_desktop.delivery.line import Line
from ifax_desktop.delivery.received_lists import ReceivedLists
from ifax_desktop.delivery.sent_elsewhere import SentElsewhere
from ifax_desktop.delivery.tidying import Tidying
from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.domain.errors import FaxError, NoAnswer, Offline, Refused, SignInNeeded
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.store.archive import Archive
from ifax_desktop.store.awaited import AT_ONCE, Awaited
from ifax_desktop.store.facts import Fact, Facts
from ifax_desktop.store.files import Files
from ifax_desktop.store.numbers import Numbers
from ifax_desktop.store.settings import Settings

if TYPE_CHECKING:
    import asyncio

    from ifax_desktop.api.inbound import Inbound
    from ifax_desktop.api.numbers import FaxNumbers
    from ifax_desktop.api.outbound import Outbound


class Receiver:
    """Asks for what is new from time to time and on request."""

    def __init__(
        self,
        archive: Archive,
        awaited: Awaited,
        numbers: Numbers,
        facts: Facts,
        files: Files,
        renderer: Renderer,
        line: Line,
        now: Callable[[], datetime],
        settings: Callable[[], Settings],
        report: Callable[[BaseException], None],
    ) -> None:
        self.awaited = awaited
        """Faxes whose document is still at the service."""
        self.earlier = EarlierFaxes(facts, now)
        """Faxes from before this archive began."""
        self._numbers = numbers
        self._line = line
        self._now = now
        self._settings = settings
        self._report = report
        self._own: FaxNumbers | None = None
        self._fetching = Fetching(archive, awaited, files, renderer, now, report)
        self._arrivals = Arrivals(archive, self._fetching, facts, now)
        self._elsewhere = SentElsewhere(archive, facts, now)
        self._tidying = Tidying(archive, files, now)
        self._told: dict[str, str] = {}
        """What was said of what does not work."""
        self.earlier.add(Fact.EARLIER, self._arrivals.read_earlier)
        self.earlier.add(Fact.SENT_EARLIER, self._elsewhere.read)

    @cached_property
    def _checking(self) -> "asyncio.Lock":
        import asyncio

        return asyncio.Lock()

    @cached_property
    def _ring(self) -> "asyncio.Event":
        import asyncio

        return asyncio.Event()

    def connect(self, inbound: "Inbound", own: "FaxNumbers", outbound: "Outbound") -> None:
        """Give the calls to the service, once they can be made."""
        self._own = own
        self._arrivals.connect(ReceivedLists(inbound, self._own_numbers))
        self._fetching.connect(inbound)
        self._elsewhere.connect(outbound)

    def ring(self) -> None:
        """Something may have arrived: ask now instead of later."""
        self._ring.set()

    async def run(self) -> None:
        """Ask again and again until cancelled."""
        while True:
            self._ring.clear()
            await self._attempt("numbers", self.refresh_numbers)
            if await self._attempt("check", self.check):
                self.earlier.go_on()
            await self._attempt("elsewhere", self._elsewhere.look)
            await self._attempt("tidy", self._tidying.tidy)
            await self._rest()

    async def bring_earlier(self) -> None:
        """Bring the faxes from before this archive began, until cancelled: beside `run`, which says when that can be."""
        await self.earlier.run(self._broke)

    async def refresh_numbers(self) -> None:
        """Ask which fax numbers are ours. Raises Offline, NoAnswer, SignInNeeded or Refused."""
        await self._numbers.replace(await self._ask_numbers(), self._now())
        self._line.worked()

    async def check(self) -> int:
        """Ask for received faxes now; the answer is how many were new.

        Raises Offline, NoAnswer, SignInNeeded or Refused when the list cannot be had, StorageFailed when a document
        cannot be kept. What arrived before that is kept.
        """
        self._connected()
        async with self._checking:
            try:
                count = await self._arrivals.look()
                count += await self._fetching.fetch_due()
            except FaxError as error:
                self._line.broke(error)
                raise
            self._line.checked(self._now())
            return count

    async def try_awaited(self) -> int:
        """Ask now for all documents that were not to be had; the answer is how many came. Raises as `check`."""
        self._connected()
        await self.awaited.hurry(self._now())
        came = 0
        for _ in range(0, len(await self.awaited.all()), AT_ONCE):
            came += await self._fetching.fetch_due()
        return came

    async def _own_numbers(self) -> list[OwnNumber]:
        return self._numbers.all() or await self._ask_numbers()

    async def _ask_numbers(self) -> list[OwnNumber]:
        return await self._connected().owned()

    def _connected(self) -> "FaxNumbers":
        """Raises Offline as long as nothing can be asked, which says nothing about the line."""
        if self._own is None:
            raise Offline("The program is still starting. Try again in a moment.")
        return self._own

    async def _rest(self) -> None:
        """Until the next check is due or somebody rings. Meanwhile what was not to be had is asked for again."""
        import asyncio

        loop = asyncio.get_running_loop()
        until = loop.time() + self._settings().check_every
        retries = True
        while (left := until - loop.time()) > 0:
            wait = min(left, await self._until_next_try()) if retries else left
            try:
                async with asyncio.timeout(wait):
                    await self._ring.wait()
                return
            except TimeoutError:
                # While the line is down there is no use in trying: the next check finds out.
                retries = wait < left and await self._attempt("retry", self._fetching.fetch_due)

    async def _until_next_try(self) -> float:
        """Seconds until a document is to be asked for again."""
        try:
            due = await self.awaited.next_try()
        except FaxError as error:
            self._broke("retry", error)
            due = None
        return max((due - self._now()).total_seconds(), 0.0) if due else float("inf")

    async def _attempt(self, what: str, do: Callable[[], Awaitable[object]]) -> bool:
        """Do one of the things there are to do; False if it broke, which is said where need be."""
        try:
            await do()
        except FaxError as error:
            self._broke(what, error)
            return False
        self._told.pop(what, None)
        return True

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
