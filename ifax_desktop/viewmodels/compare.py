"""A doubtful fax beside what it could be at the service: the user may know which it is, if it is any of them."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject, Signal

from ifax_desktop.domain.errors import FaxError
from ifax_desktop.domain.fax import Fax, FaxDetail, Happening
from ifax_desktop.domain.number import show
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.viewmodels import times, wording
from ifax_desktop.viewmodels.card import last
from ifax_desktop.viewmodels.preview import PreviewViewModel
from ifax_desktop.viewmodels.tasks import Report, Tasks

translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class CandidateRow:
    """One job of the service that could be the fax, in words."""

    job_id: str
    title: str
    facts: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True, slots=True)
class CompareState:
    """Our fax, what it could be, and which of these is looked at."""

    ours: tuple[str, ...] = field(repr=False)
    candidates: tuple[CandidateRow, ...] = ()
    chosen: str = ""
    """A job id."""


class CompareViewModel(QObject):
    """Shows our pages beside the service's copy of the candidate that is chosen."""

    changed = Signal()
    adopted = Signal(int, str)
    """The user says that this fax is the job with this id."""

    def __init__(
        self,
        detail: FaxDetail,
        candidates: Sequence[SentReport],
        copy_of: Callable[[str], Awaitable[bytes]],
        previews: tuple[PreviewViewModel, PreviewViewModel],
        now: datetime,
        report: Report,
    ) -> None:
        """`copy_of` fetches the service's document of a job; `previews` are for our pages and for theirs."""
        super().__init__()
        self.fax = detail.fax.id
        self.ours, self.theirs = previews
        self.state = CompareState(_facts_of(detail, now), tuple(_row(report, now) for report in candidates))
        self._copy_of = copy_of
        self._copies: dict[str, bytes] = {}
        self._tasks = Tasks(report)
        if detail.fax.document:
            self.ours.show(detail.fax.document)

    def choose(self, job_id: str) -> None:
        """Look at a candidate."""
        self._update(chosen=job_id)
        self._tasks.start("copy", self._fetch(job_id))

    def adopt(self) -> None:
        """Say that the fax is the candidate that is looked at."""
        if self.state.chosen:
            self.adopted.emit(self.fax, self.state.chosen)

    async def left(self) -> bool:
        """Whether the dialog may go: always, as nothing is filled in."""
        return True

    async def close(self) -> None:
        """End what is under way."""
        await self._tasks.close()
        await self.ours.close()
        await self.theirs.close()

    async def _fetch(self, job_id: str) -> None:
        if job_id not in self._copies:
            self.theirs.clear()
            try:
                self._copies[job_id] = await self._copy_of(job_id)
            except FaxError as error:
                words = self.tr("The service does not give its copy, so only the facts can be compared.")
                self.theirs.show_problem(f"{words} {error}")
                return
        self.theirs.show_content(self._copies[job_id])

    def _update(self, **changes: Any) -> None:
        new = replace(self.state, **changes)
        if new != self.state:
            self.state = new
            self.changed.emit()


def _facts_of(detail: FaxDetail, now: datetime) -> tuple[str, ...]:
    fax: Fax = detail.fax
    lost = last(detail.events, Happening.DOUBTFUL)
    facts = [
        wording.title(fax),
        show(fax.number) if fax.name else "",
        translate("compare", "From {0}").format(show(fax.own_number)) if fax.own_number else "",
        wording.pages(fax.pages) if fax.pages else "",
        translate("compare", "Handed over {0}").format(times.in_sentence(lost.at, now)) if lost else "",
    ]
    return tuple(fact for fact in facts if fact)


def _row(report: SentReport, now: datetime) -> CandidateRow:
    facts = [
        translate("compare", "From {0}").format(show(report.from_number)) if report.from_number else "",
        wording.pages(report.pages) if report.pages else "",
        translate("compare", "Called {0}").format(times.in_sentence(report.began_at, now))
        if report.began_at
        else "",
        translate("compare", "The service says “{0}”").format(report.status) if report.status else "",
    ]
    return CandidateRow(
        report.job_id,
        translate("compare", "Fax {0} of the service").format(report.job_id),
        tuple(fact for fact in facts if fact),
    )
