"""Everything below the window, put together once: used by the window and by the command line alike.

Nothing here needs Qt, and nothing speaks to the service before `run`.
"""

import sys
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from ifax_desktop.delivery.consents import Consents
from ifax_desktop.delivery.deeds import Deeds
from ifax_desktop.delivery.doubts import Doubts
from ifax_desktop.delivery.drafts import Drafts, plain_date
from ifax_desktop.delivery.line import Line
from ifax_desktop.delivery.ownership import Ownership
from ifax_desktop.delivery.prices import Prices
from ifax_desktop.delivery.receiver import Receiver
from ifax_desktop.delivery.recognition import Questions
from ifax_desktop.delivery.sender import Sender
from ifax_desktop.delivery.stops import Stops
from ifax_desktop.delivery.tracker import Tracker
from ifax_desktop.delivery.upkeep import Upkeep
from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.errors import OperationsWrong, ProfileCopied, StorageFailed
from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.paths import Paths, resources
from ifax_desktop.store.accounts import Accounts
from ifax_desktop.store.archive import Archive
from ifax_desktop.store.awaited import Awaited
from ifax_desktop.store.database import Database
from ifax_desktop.store.facts import Facts
from ifax_desktop.store.files import Files
from ifax_desktop.store.ledger import Ledger
from ifax_desktop.store.numbers import Numbers
from ifax_desktop.store.outbox import Outbox
from ifax_desktop.store.seal import Seal
from ifax_desktop.store.settings import Settings, SettingsFile

if TYPE_CHECKING:
    import httpx

    from ifax_desktop.api.inbound import Inbound
    from ifax_desktop.api.numbers import FaxNumbers
    from ifax_desktop.api.operations import Operation
    from ifax_desktop.api.outbound import Outbound
    from ifax_desktop.api.qualities import Qualities
    from ifax_desktop.api.records import Records
    from ifax_desktop.delivery.bundles import Bundles
    from ifax_desktop.simulator.service import FaxService

PRACTICE_KEY = "test-practice"
PRACTICE_ADDRESS = "https://practice.invalid/v1"
"""Never dialled: practice mode answers inside the program, and this name cannot exist (RFC 2606)."""

Report = Callable[[BaseException], None]


def utc_now() -> datetime:
    """The clock of the product."""
    return datetime.now(UTC)


@dataclass(slots=True)
class Connection:
    """What is needed to speak to the service: where, with which key, over what."""

    address: str
    key: str
    transport: "httpx.AsyncBaseTransport | None" = None


class Backbone:
    """Store, documents and delivery of one mode of one profile."""

    def __init__(
        self,
        paths: Paths,
        report: Report,
        *,
        now: Callable[[], datetime] = utc_now,
        write_date: Callable[[datetime], str] = plain_date,
        pulse: float = 1.0,
        youngest: float | None = None,
        account: str = "",
    ) -> None:
        """Open the archive. Raises StorageFailed.

        `pulse` is the seconds between two looks for due faxes, `youngest` those between two questions for the
        state of a young fax. `account` is whose rows are meant, where that is not the archive's current account.
        """
        self.paths = paths
        self.now = now
        self._report = report
        self._settings_file = SettingsFile(paths.settings)
        self._settings = self._settings_file.load()
        self.settings_problem = self._settings_file.problem
        self.database = Database(paths.database)
        self.accounts = Accounts(self.database, paths.home)
        account = account or self.accounts.current()
        self.account = account
        self.changes = Changes()
        self.line = Line()
        self.ownership = Ownership(self.accounts, account, self.line, always=paths.practice, pulse=pulse)
        self.catalogue = Catalogue.read((resources() / "error-codes.csv").read_text("utf-8"))
        self.archive = Archive(self.database, account, self.changes)
        self.outbox = Outbox(self.database, account, self.changes)
        self.numbers = Numbers(self.database, account)
        self.facts = Facts(self.database, account)
        self.files = Files(paths.documents)
        self.renderer = Renderer()
        self.drafts = Drafts(self.outbox, self.files, self.renderer, now, self.settings, write_date)
        self.seal = Seal(self.database, paths.seal)
        self._ledger = Ledger(self.database, account)
        self.deeds = Deeds(self._ledger, now, report)
        self.prices = Prices(now)
        self.upkeep = Upkeep(
            self.database, self.archive, self.files, account, self.settings, now, report, pulse=60.0 * pulse
        )
        self._is_prepared = False
        self.consents = Consents(self.facts, practice=paths.practice)
        self.doubts = Doubts(self.outbox, self.facts, self.files, self.line, now)
        self.sender = Sender(
            self.outbox,
            self.doubts,
            self.files,
            self.changes,
            self.line,
            now,
            report,
            hold=lambda: timedelta(seconds=self._settings.hold_seconds),
            before_leaving=self.seal.renew,
            pulse=pulse,
        )
        if youngest is None:
            youngest = 1.0 if paths.practice else 3.0
        stops = Stops(self.outbox, self.consents, self.line, now)
        self.tracker = Tracker(
            self.outbox, self.catalogue, self.changes, self.line, now, stops, youngest=youngest
        )
        self.receiver = Receiver(
            self.archive,
            Awaited(self.database, account),
            self.numbers,
            self.facts,
            self.files,
            self.renderer,
            self.line,
            now,
            self._receiving_settings,
            report,
        )

    @cached_property
    def bundles(self) -> "Bundles":
        """Export and import."""
        from ifax_desktop.delivery.bundles import Bundles  # with the zip library, for a day in a year

        return Bundles(self.database, self.files, self.account, self.changes, self.now)

    def settings(self) -> Settings:
        """The settings as they are now."""
        return self._settings

    def save_settings(self, settings: Settings) -> None:
        """Keep changed settings. Raises StorageFailed."""
        self._settings_file.save(settings)
        self._settings = settings

    def _receiving_settings(self) -> Settings:
        # Practice faxes arrive within seconds, and asking the built-in service costs nothing.
        return replace(self._settings, check_every=3) if self.paths.practice else self._settings

    @asynccontextmanager
    async def connected(self, connection: Connection) -> AsyncIterator["Calls"]:
        """The calls to the service, for as long as the context lasts."""
        from ifax_desktop.api.connection import connect
        from ifax_desktop.api.inbound import Inbound
        from ifax_desktop.api.numbers import FaxNumbers
        from ifax_desktop.api.outbound import Outbound
        from ifax_desktop.api.records import Records

        table, qualities = self._operations()
        self.consents.use(table)
        async with connect(
            connection.address,
            lambda: connection.key,
            transport=connection.transport,
            operations=table,
            allows=self.consents.allows,
        ) as free:
            asking = Questions(Outbound(free), FaxNumbers(free), Inbound(free))
            self.ownership.connect(asking, lambda: connection.key)
            channel = free.guarded(self.ownership.check)
            calls = Calls(
                Outbound(channel, qualities), Inbound(channel), FaxNumbers(channel), Records(channel)
            )
            self.doubts.connect(calls.outbound)
            self.receiver.connect(calls.inbound, calls.numbers, calls.outbound)
            self.deeds.connect(calls.outbound, calls.inbound, calls.numbers, calls.records)
            self.prices.connect(calls.records)
            yield calls

    def _operations(self) -> "tuple[Mapping[str, Operation], Qualities]":
        """The tables of operations and of qualities, with the user's corrections for the real service.

        What is wrong with those is said, and then none of them counts.
        """
        from ifax_desktop.api.corrections import corrected, corrected_qualities
        from ifax_desktop.api.operations import BY_NAME
        from ifax_desktop.api.qualities import FAX_QUALITY

        if self.paths.practice or not self.paths.operations.exists():
            return BY_NAME, FAX_QUALITY
        try:
            text = self.paths.operations.read_text("utf-8")
            return corrected(text), corrected_qualities(text)
        except (OSError, ValueError) as error:
            self._report(OperationsWrong("The file of operation paths cannot be read.", str(error)))
        except OperationsWrong as error:
            self._report(error)
        return BY_NAME, FAX_QUALITY

    async def prepare(self) -> None:
        """See whether the profile was copied, and what an earlier end of the program left open: before anything is queued.

        For the process that holds the profile's lock. Only the first time does anything. Raises StorageFailed, and then
        it has to be done again before anything is sent.
        """
        if self._is_prepared:
            return
        now = self.now()
        await self._ledger.recover(now)
        found = await self.seal.open(now)
        self._is_prepared = True
        if found is not None and found.faxes:
            self.changes.announce(found.faxes)
            self._report(ProfileCopied(found.sentence))

    async def work(self, calls: "Calls", *, receive: bool = True) -> None:
        """Send, track and receive until cancelled, as soon as the key is known to belong to the account of the rows.

        Raises AccountMoved if it belongs to another one of the archive.
        """
        import asyncio

        await self.prepare()
        await self.outbox.recover(
            self.now()
        )  # while whose key it is stays open, nothing says "Sending" that is not
        await self.ownership.settle()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.sender.run(calls.outbound), name="sender")
            group.create_task(self.tracker.run(calls.outbound), name="tracker")
            group.create_task(self.watch(), name="watch")
            group.create_task(self.upkeep.run(), name="upkeep")
            group.create_task(self.ownership.remember(), name="remember")
            group.create_task(self.archive.keep_index(), name="index")
            if receive:
                group.create_task(self.receiver.run(), name="receiver")
                group.create_task(self.receiver.bring_earlier(), name="earlier")

    async def watch(self) -> None:
        """Notice what another process of ours wrote into the archive, within a second."""
        import asyncio

        while True:
            await asyncio.sleep(1.0)
            if await self.database.changed_outside():
                self.changes.announce(())

    async def close(self) -> None:
        """End the document processes, then the archive."""
        await self.drafts.close()
        await self.renderer.close()
        if self._is_prepared:
            self._is_prepared = False
            # Without it an archive from before this end is not known as one, and nothing else is lost.
            with suppress(StorageFailed):
                await self.seal.renew()
        await self.database.close()


@dataclass(frozen=True, slots=True)
class Calls:
    """The families of calls to the service."""

    outbound: "Outbound"
    inbound: "Inbound"
    numbers: "FaxNumbers"
    records: "Records"


def practice_connection(paths: Paths) -> Connection:
    """The built-in fax service: no port, no server, the same code path."""
    import httpx

    return Connection(
        PRACTICE_ADDRESS, PRACTICE_KEY, httpx.MockTransport(practice_service(paths.practice_service))
    )


def practice_service(folder: Path) -> "FaxService":
    """The fax service of practice mode, with what it kept in `folder`. Raises StorageFailed if that is damaged."""
    from ifax_desktop.simulator.children import ChildPageReader
    from ifax_desktop.simulator.records import StateDamaged
    from ifax_desktop.simulator.service import FaxService

    frozen = [sys.executable, "--simulator-pages"] if getattr(sys, "frozen", False) else None
    letters = sorted((resources() / "practice").glob("*.pdf"))
    reader = ChildPageReader(frozen) if frozen else ChildPageReader()
    try:
        return FaxService(folder=folder, letters=letters, read_pages=reader)
    except StateDamaged as error:
        sentence = f"Practice mode is damaged. Delete the folder “{folder.parent}” to begin it anew."
        raise StorageFailed(sentence, str(error)) from error
