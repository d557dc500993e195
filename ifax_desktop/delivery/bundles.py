"""Everything of an archive into one file and out of one: checked before anything is taken, and all of it or nothing."""

import shutil
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path

from ifax_desktop.delivery.long_work import LongWork, Progress
from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.errors import StorageFailed
from ifax_desktop.store.bundle import Step
from ifax_desktop.store.bundle_check import Lines
from ifax_desktop.store.bundle_file import BundleFile, Contents
from ifax_desktop.store.database import Database
from ifax_desktop.store.deleting import is_held, note_loose
from ifax_desktop.store.exporting import Exported, export
from ifax_desktop.store.files import Files
from ifax_desktop.store.importing import Imported, kin, take_in
from ifax_desktop.store.schema import version

NO_ROOM = "There is not enough room on the disk for these faxes. Make {0} MB of room, then do this again."
_ROW = 4000
"""Bytes a fax needs in the archive, about."""


@dataclass(frozen=True, slots=True)
class Overview:
    """A file to import, before anything is taken from it."""

    written: datetime
    faxes: int
    documents: int
    is_ours: bool
    """It is known to be of the account in use here, or there is nothing here yet that it could get in the way of."""


class Bundles:
    """Exports and imports for one archive. `account` is the one in use."""

    def __init__(
        self,
        database: Database,
        files: Files,
        account: str,
        changes: Changes,
        now: Callable[[], datetime],
    ) -> None:
        self._database = database
        self._files = files
        self._account = account
        self._changes = changes
        self._now = now

    async def export(self, target: Path, progress: Progress) -> Exported:
        """Write everything into the file `target`. Raises StorageFailed, and then there is no such file."""

        def work(step: Step) -> Exported:
            return export(self._database, self._files, self._account, target, self._now(), step)

        return await LongWork(progress).on_thread(work)

    async def look(self, path: Path) -> Overview:
        """What a file holds, as it says itself. Raises ImportRefused and StorageFailed."""
        import asyncio

        contents = await asyncio.to_thread(self._contents, path)
        ours = await self._database.ask(lambda connection: kin(connection, self._account, contents))
        return Overview(contents.written, contents.faxes, contents.documents, contents.account in ours)

    async def take_in(self, path: Path, progress: Progress, *, ours: bool) -> Imported:
        """Import a file; `ours`, if it is of the account in use here. Nothing is sent by itself afterwards.

        Raises ImportRefused and StorageFailed, and then nothing was taken from it. It is all of it or nothing for a
        caller who leaves, too.
        """
        work = LongWork(progress)
        with await work.on_thread(lambda _: BundleFile(path, self._shape())) as file:
            lines = await self._database.ask(Lines)
            wanted = await work.on_thread(lambda step: file.check(lines, step))
            kept = await self._keep(work, file, wanted)
            try:
                return await self._take_rows(work, file, lines, len(kept), ours)
            except BaseException:
                await self._take_back(kept)
                raise

    async def _keep(self, work: LongWork, file: BundleFile, wanted: set[bytes]) -> list[str]:
        """Keep the documents that are not here; those of a cut-off import are removed later by whoever tidies up."""
        names = sorted(name.hex() for name in wanted)
        missing = [name for name in names if not self._files.has(name)]
        now = self._now()
        await self._database.run(lambda connection: note_loose(connection, missing, now))
        kept: list[str] = []
        try:
            self._look_for_room(sum(map(file.size, missing)) + _ROW * file.contents.faxes)
            await work.on_thread(lambda step: self._keep_all(file, names, kept, step))
        except BaseException:
            await self._take_back(kept)
            raise
        return kept

    def _keep_all(self, file: BundleFile, names: list[str], kept: list[str], step: Step) -> None:
        for done, name in enumerate(names):
            step(done, len(names))
            with file.document(name) as source:
                if self._files.keep(name, source):
                    kept.append(name)

    def _look_for_room(self, needed: int) -> None:
        if shutil.disk_usage(self._database.path.parent).free < needed:
            raise StorageFailed(NO_ROOM.format(1 + needed // 1_000_000), f"{needed} bytes")

    async def _take_rows(
        self, work: LongWork, file: BundleFile, lines: Lines, documents: int, ours: bool
    ) -> Imported:
        import asyncio

        with closing(file.rows(lines)) as rows:
            take = partial(
                take_in,
                account=self._account,
                contents=file.contents,
                ours=ours,
                rows=rows,
                now=self._now(),
                step=work.step,
            )
            done = await work.whole(asyncio.ensure_future(self._database.run(take)))
        done.documents = documents
        self._changes.announce(())
        return done

    async def _take_back(self, kept: list[str]) -> None:
        """Remove the documents again that no fax has, so that a full disk is as full as before."""
        import asyncio

        for name in kept:
            if not await self._database.ask(partial(is_held, document=name)):
                await asyncio.to_thread(self._files.path(name).unlink, missing_ok=True)

    def _contents(self, path: Path) -> Contents:
        with BundleFile(path, self._shape()) as file:
            return file.contents

    def _shape(self) -> int:
        with self._database.apart() as connection:
            return version(connection)
