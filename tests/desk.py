"""A desk to write faxes on: the real store, the real worker, and New fax forms over them."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from ifax_desktop.delivery.drafts import Drafts
from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.domain.changes import Changes
from ifax_desktop.domain.fax import Direction, Fax, State
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.store.archive import Archive, Query
from ifax_desktop.store.database import Database
from ifax_desktop.store.files import Files
from ifax_desktop.store.outbox import Outbox
from ifax_desktop.store.settings import Settings
from ifax_desktop.viewmodels.compose import ComposeViewModel
from ifax_desktop.viewmodels.notices import Notices

FRONT_DESK = OwnNumber("+12025550119", area="Washington")
BACK_OFFICE = OwnNumber("+12025550120")


class Desk:
    """Everything a New fax window stands on, and what came of it."""

    def __init__(self, folder: Path, now: Callable[[], datetime]) -> None:
        self.folder = folder
        self.settings = Settings()
        self.notices = Notices()
        self.surprises: list[BaseException] = []
        self.numbers = [FRONT_DESK, BACK_OFFICE]
        self.database = Database(folder / "archive.sqlite3")
        changes = Changes()
        self.archive = Archive(self.database, "account", changes)
        self.outbox = Outbox(self.database, "account", changes)
        self.files = Files(folder / "documents")
        self.renderer = Renderer()
        self.drafts = Drafts(self.outbox, self.files, self.renderer, now, lambda: self.settings)
        self.models: list[ComposeViewModel] = []

    def form(self, *, save_after: float = 60.0) -> ComposeViewModel:
        """One more New fax form."""
        model = ComposeViewModel(
            self.drafts,
            lambda: self.numbers,
            lambda: self.settings,
            self.surprises.append,
            self.notices.post,
            save_after=save_after,
        )
        self.models.append(model)
        return model

    def file(self, name: str, content: bytes) -> Path:
        """A file of the user."""
        path = self.folder / name
        path.write_bytes(content)
        return path

    def choose(self, **settings: object) -> None:
        """Change settings."""
        self.settings = replace(self.settings, **settings)  # type: ignore[arg-type]

    async def faxes(self, *states: State) -> list[Fax]:
        """The faxes in the outbox, newest first."""
        query = Query(Direction.SENT, frozenset(states) or None)
        return self.archive.rows(await self.archive.ids(query))

    def kept(self, fax: int) -> Form:
        """What the outbox keeps of a form."""
        form = self.drafts.form(fax)
        assert form is not None
        return form


@asynccontextmanager
async def open_desk(folder: Path, now: Callable[[], datetime]) -> AsyncIterator[Desk]:
    """A desk in this folder, cleared at the end; nothing may have been reported."""
    desk = Desk(folder, now)
    try:
        yield desk
    finally:
        for model in desk.models:
            await model.close()
        await desk.drafts.close()
        await desk.renderer.close()
        await desk.database.close()
    assert desk.surprises == []
