"""Removes the documents of deleted faxes, once it is certain that no other fax has them."""

from collections.abc import Callable
from datetime import datetime, timedelta

from ifax_desktop.store.archive import Archive
from ifax_desktop.store.files import Files

WAIT = timedelta(hours=1)
"""Until a document goes: a form that was open when its fax was deleted may still be about to send it."""


class Tidying:
    """Looks after the folder of documents."""

    def __init__(self, archive: Archive, files: Files, now: Callable[[], datetime]) -> None:
        self._archive = archive
        self._files = files
        self._now = now

    async def tidy(self) -> None:
        """Remove what nobody has any more. Raises StorageFailed."""
        loose = await self._archive.loose_documents(self._now() - WAIT)
        gone = [document for document in loose if await self._files.discard(document)]
        if gone:
            await self._archive.forget_documents(gone)
