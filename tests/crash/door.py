"""What a user does, through the product's own doors, in a process beside the one that is killed."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from ifax_desktop.backbone import Backbone
from ifax_desktop.domain.fax import Attachment, Direction, Fax, State
from ifax_desktop.domain.form import Form
from ifax_desktop.paths import Paths
from ifax_desktop.store.archive import Query
from ifax_desktop.store.settings import Settings, SettingsFile
from tests.crash.truth import Asked, Truth, Typed


def choose_settings(profile: Path) -> None:
    """What a user with little patience sets: no Undo, and received faxes asked for each second."""
    SettingsFile(Paths(profile).settings).save(Settings(mode="live", hold_seconds=0, check_every=1))


class Door:
    """The drafts and the outbox of one profile. What the user is told is kept as the truth."""

    def __init__(self, profile: Path, truth: Truth) -> None:
        self._paths = Paths(profile)
        self._truth = truth

    async def queue(
        self, number: str, name: str, content: bytes, *, hold: float = 0.0, later: float = 0.0
    ) -> int:
        """Send a document, in `hold` seconds or `later`; the user is told that it is kept."""
        async with self._open() as backbone:
            document = await backbone.files.put(content)
            send_at = backbone.now() + timedelta(seconds=later) if later else None
            form = Form(number, attachments=(Attachment(name, document, 1),), send_at=send_at)
            queued = await backbone.drafts.queue(form, hold=timedelta(seconds=hold))
            [row] = backbone.archive.rows([queued.fax])
        self._truth.words.add(name)
        self._truth.faxes[queued.fax] = Asked(
            queued.fax, row.number, row.document, not_before=queued.due_at.timestamp()
        )
        return queued.fax

    async def keep_draft(self, form: Form, draft: int | None = None) -> int:
        """Keep what was typed so far."""
        async with self._open() as backbone:
            draft = await backbone.drafts.save(form, draft)
        self._truth.drafts[draft] = Typed(form)
        return draft

    async def take_back(self, fax: int) -> None:
        """Undo a fax; it may be too late."""
        async with self._open() as backbone:
            await backbone.drafts.take_back(fax)
        await self._note_taken_back(fax, State.DRAFT)

    async def stop(self, fax: int) -> None:
        """Stop a fax, wherever it is; it may be too late."""
        async with self._open() as backbone:
            await backbone.sender.stop(fax)
        await self._note_taken_back(fax, State.CANCELED)

    async def try_now(self, fax: int) -> None:
        """Try a fax again that did not get through or waits for its next try."""
        self._truth.faxes[fax].not_before = 0.0
        async with self._open() as backbone:
            await backbone.sender.try_now(fax)

    async def send_anyway(self, fax: int) -> None:
        """Send a fax again that is not certain, as it may print twice for all the user cares."""
        self._truth.faxes[fax].agreed += 1
        async with self._open() as backbone:
            await backbone.sender.send_anyway(fax)

    async def sent(self) -> list[Fax]:
        """The faxes the user sees in the outbox."""
        async with self._open() as backbone:
            return backbone.archive.rows(await backbone.archive.ids(Query(Direction.SENT)))

    async def _note_taken_back(self, fax: int, state: State) -> None:
        asked = self._truth.faxes[fax]
        shown = {row.id: row for row in await self.sent()}
        if shown[fax].state is state and asked.canceled_at is None:
            asked.canceled_at = time.time()

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[Backbone]:
        backbone = Backbone(self._paths, _complain)
        try:
            yield backbone
        finally:
            await backbone.close()


def more(form: Form, words: str) -> Form:
    """The same form with more typed into its message."""
    return replace(form, cover=replace(form.cover, message=f"{form.cover.message} {words}".strip()))


def _complain(error: BaseException) -> None:
    raise error
