"""Looks after the archive: the rule how long faxes are kept, and whether everything is sound.

After an end that was none, as in a power cut, the archive's structure is looked through by itself, once and in the
background. SQLite loses nothing by that on a sound disk; on one that lies about what it has written it is the moment
when damage shows first, while a copy may still be there. The documents are left out, as hashing them takes as long as
reading them all: that is done on demand.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

from ifax_desktop.delivery.long_work import LongWork, Progress
from ifax_desktop.domain.errors import FaxError, StorageFailed
from ifax_desktop.store import retention
from ifax_desktop.store.archive import Archive
from ifax_desktop.store.bundle import Step
from ifax_desktop.store.database import Database
from ifax_desktop.store.files import Files
from ifax_desktop.store.integrity import Findings, look_at_archive, look_through
from ifax_desktop.store.settings import Settings
from ifax_desktop.store.sqlite_words import DAMAGED

_DAILY = timedelta(days=1)
_AT_ONCE = 100
"""Faxes deleted in one transaction: others get their turn in between."""
_REST = 0.05
"""Seconds between two of those."""
_LOOK = "Export everything in Settings, Archive, before you go on, and look at the disk."


class Upkeep:
    """The upkeep of one archive. `account` is the one in use."""

    def __init__(
        self,
        database: Database,
        archive: Archive,
        files: Files,
        account: str,
        settings: Callable[[], Settings],
        now: Callable[[], datetime],
        report: Callable[[BaseException], None],
        *,
        pulse: float = 60.0,
    ) -> None:
        """`pulse` is the seconds between two looks whether something is to be done, and before the first."""
        self._database = database
        self._archive = archive
        self._files = files
        self._account = account
        self._settings = settings
        self._now = now
        self._report = report
        self._pulse = pulse
        self._looked = not database.was_cut_off
        self._applied: datetime | None = None

    async def run(self) -> None:
        """Do what is due until cancelled. What does not work is said once a day."""
        import asyncio

        while True:
            await asyncio.sleep(self._pulse)
            if not self._looked:
                self._looked = True
                await self._look_at_archive()
            if self._applied is None or self._now() - self._applied >= _DAILY:
                self._applied = self._now()
                try:
                    await self.apply_rule()
                except FaxError as error:
                    self._report(error)

    async def over(self, years: int) -> int:
        """How many faxes the rule would delete now. Raises StorageFailed."""
        before = retention.cutoff(self._now(), years)
        return await self._database.ask(partial(retention.count, account=self._account, before=before))

    async def apply_rule(self) -> int:
        """Delete what is over the rule, some at a time; the answer is how many. Raises StorageFailed."""
        import asyncio

        deleted = 0
        while years := self._settings().keep_years:
            before = retention.cutoff(self._now(), years)
            find = partial(retention.over, account=self._account, before=before, most=_AT_ONCE)
            faxes = await self._database.ask(find)
            if not faxes:
                break
            await self._archive.delete(faxes, self._now())
            deleted += len(faxes)
            await asyncio.sleep(_REST)
        return deleted

    async def look_through(self, progress: Progress) -> Findings:
        """Look whether everything is sound, documents included. Raises StorageFailed."""

        def work(step: Step) -> Findings:
            return look_through(self._database, self._files, step)

        return await LongWork(progress).on_thread(work)

    async def _look_at_archive(self) -> None:
        try:
            damage = await LongWork(_nobody).on_thread(partial(look_at_archive, self._database))
        except FaxError as error:
            self._report(error)
            return
        if damage:
            from ifax_desktop.store.backup import way_back

            words = f"{DAMAGED} {_LOOK}"
            self._report(StorageFailed(words, "\n".join((*damage, "", way_back(self._database.path)))))


def _nobody(_done: int, _whole: int) -> None:
    """Nobody looks at how far it is."""
