"""The state behind the Archive page of Settings: how long faxes are kept, export, import, and a look whether all is well.

It lives as long as the session, so that long work goes on when Settings are closed.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from ifax_desktop.domain.errors import FaxError
from ifax_desktop.viewmodels import wording
from ifax_desktop.viewmodels.archive_doing import Doing
from ifax_desktop.viewmodels.notices import Notice
from ifax_desktop.viewmodels.tasks import Report, Tasks
from ifax_desktop.viewmodels.times import short_date

if TYPE_CHECKING:
    from ifax_desktop.delivery.bundles import Bundles, Overview
    from ifax_desktop.delivery.upkeep import Upkeep
    from ifax_desktop.store.settings import Settings
    from ifax_desktop.viewmodels.archive_words import Outcome

_WORK = "archive work"


class Asked(StrEnum):
    """What the user has to decide."""

    DELETE = "delete"
    """Whether faxes that are over the new rule may be deleted."""
    IMPORT = "import"
    """Whether a file may be imported that is of this account."""
    ACCOUNT = "account"
    """The same, and whether it is of this account."""


@dataclass(frozen=True, slots=True)
class Question:
    """A question in words."""

    asked: Asked
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class ArchiveState:
    """What the page shows."""

    keep_years: int = 0
    doing: Doing = Doing.NOTHING
    done: int = 0
    whole: int = 0
    """Of how much; 0 while that is not known."""
    outcome: "Outcome | None" = None

    @property
    def percent(self) -> int | None:
        """How far it is; None while that is not known."""
        return 100 * self.done // self.whole if self.whole else None


class ArchiveViewModel(QObject):
    """Looks after the archive on the user's behalf."""

    changed = Signal()
    asked = Signal()
    """There is a `question`; `answer` or `dismiss` answers it."""

    def __init__(
        self,
        upkeep: "Upkeep",
        bundles: "Callable[[], Bundles]",
        settings: "Callable[[], Settings]",
        save: "Callable[[Settings], None]",
        now: Callable[[], datetime],
        post: Callable[[Notice], None],
        report: Report,
    ) -> None:
        super().__init__()
        self.state = ArchiveState(settings().keep_years)
        self.question: Question | None = None
        self.is_shown = False
        """Somebody looks at the page; else what came of long work is said in a notice."""
        self._upkeep = upkeep
        self._bundles = bundles
        self._settings = settings
        self._save = save
        self._now = now
        self._post = post
        self._report = report
        self._tasks = Tasks(report)
        self._wanted_years = 0
        self._wanted_file = Path()

    def set_keep_years(self, years: int) -> None:
        """Keep faxes so long after their end, 0 for ever. Asks first if that deletes any now."""
        if years != self.state.keep_years:
            self._tasks.start("rule", self._set_keep(years))

    @property
    def file_name(self) -> str:
        """What an export may be called."""
        return self.tr("Faxes {0}.zip").format(f"{self._now().astimezone():%Y-%m-%d}")

    def export_to(self, path: Path) -> None:
        """Export everything into this file."""
        self._begin(Doing.EXPORT, lambda: self._export(path))

    def open_file(self, path: Path) -> None:
        """Look at a file to import, then ask whether it shall be."""
        self._begin(Doing.IMPORT, lambda: self._look(path))

    def check(self) -> None:
        """Look whether everything is sound."""
        self._begin(Doing.CHECK, self._check)

    def cancel(self) -> None:
        """End what is under way."""
        self._tasks.cancel(_WORK)
        self._update(doing=Doing.NOTHING, done=0, whole=0)

    def answer(self, *, ours: bool = True) -> None:
        """Yes. To the question about the account: `ours` says whether the file is of this one."""
        question, self.question = self.question, None
        if question is None:
            return
        if question.asked is Asked.DELETE:
            self._keep(self._wanted_years)
            self._tasks.start("delete", self._delete())
        else:
            path = self._wanted_file
            self._begin(Doing.IMPORT, lambda: self._import(path, ours))

    def dismiss(self) -> None:
        """No: everything stays as it is."""
        self.question = None
        self.changed.emit()  # what was chosen is shown no more

    async def close(self) -> None:
        """End what is under way."""
        await self._tasks.close()

    def _begin(self, doing: Doing, work: Callable[[], Any]) -> None:
        if self.state.doing is Doing.NOTHING:
            self._update(doing=doing, done=0, whole=0, outcome=None)
            self._tasks.start(_WORK, self._run(work))

    async def _run(self, work: Callable[[], Awaitable["Outcome | None"]]) -> None:
        from ifax_desktop.viewmodels import archive_words

        doing = self.state.doing
        try:
            outcome = await work()
        except FaxError as error:
            outcome = archive_words.did_not_work(doing, error)
        finally:
            self._update(doing=Doing.NOTHING, done=0, whole=0)
        if outcome is not None:
            self._end(outcome)

    def _end(self, outcome: "Outcome") -> None:
        self._update(outcome=outcome)
        if not self.is_shown:
            words = f"{outcome.title}. {outcome.sentences}".strip()
            if outcome.tone == "ok":
                self._post(Notice(words, icon="check", key="archive"))
            else:
                self._post(Notice(words, tone="warn", icon="warning", key="archive"))

    async def _export(self, path: Path) -> "Outcome":
        from ifax_desktop.viewmodels import archive_words

        return archive_words.exported(await self._bundles().export(path, self._tell), path.name)

    async def _look(self, path: Path) -> None:
        overview = await self._bundles().look(path)
        self._wanted_file = path
        self._ask(self._about(overview))

    async def _import(self, path: Path, ours: bool) -> "Outcome":
        from ifax_desktop.viewmodels import archive_words

        return archive_words.imported(await self._bundles().take_in(path, self._tell, ours=ours))

    async def _check(self) -> "Outcome":
        from ifax_desktop.viewmodels import archive_words

        return archive_words.looked_through(await self._upkeep.look_through(self._tell))

    def _about(self, overview: "Overview") -> Question:
        day = short_date(overview.written.astimezone().date())
        title = self.tr("Import {0} of {1}?").format(wording.faxes(overview.faxes), day)
        words = self.tr(
            "Faxes that are here already are left out, and nothing is sent by itself: what waited comes back as a "
            "draft, what was on its way as not certain."
        )
        if overview.is_ours:
            return Question(Asked.IMPORT, title, words)
        whose = self.tr(
            "Nothing in the file tells whether it is of the fax account used here. Faxes of another account are kept, "
            "and shown once its key is used here."
        )
        return Question(Asked.ACCOUNT, title, f"{words} {whose}")

    async def _set_keep(self, years: int) -> None:
        try:
            over = await self._upkeep.over(years) if years else 0
        except FaxError as error:
            self._report(error)
            self.changed.emit()
            return
        if not over:
            self._keep(years)
            return
        self._wanted_years = years
        title = (
            self.tr("Delete 1 fax now?")
            if over == 1
            else self.tr("Delete {0} now?").format(wording.faxes(over))
        )
        words = self.tr(
            "They ended more than {0} ago. They are deleted on this computer, with their documents, and cannot be "
            "brought back; later ones follow when they are as old. At the service they stay. Unread faxes, drafts, and "
            "faxes that are on their way or not certain are never deleted by this."
        )
        ago = self.tr("1 year") if years == 1 else self.tr("%n years", None, years)
        self._ask(Question(Asked.DELETE, title, words.format(ago)))

    async def _delete(self) -> None:
        try:
            await self._upkeep.apply_rule()
        except FaxError as error:
            self._report(error)

    def _ask(self, question: Question) -> None:
        self.question = question
        self.asked.emit()

    def _keep(self, years: int) -> None:
        try:
            self._save(replace(self._settings(), keep_years=years))
        except FaxError as error:
            self._report(error)
        self._update(keep_years=self._settings().keep_years)
        self.changed.emit()

    def _tell(self, done: int, whole: int) -> None:
        if self.state.doing is not Doing.NOTHING:
            self._update(done=done, whole=whole)

    def _update(self, **changes: Any) -> None:
        new = replace(self.state, **changes)
        if new != self.state:
            self.state = new
            self.changed.emit()
