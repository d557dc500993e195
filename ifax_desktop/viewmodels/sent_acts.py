"""What a user does with one sent fax: each command is carried out in the background, and what came of it is said."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices, QGuiApplication

from ifax_desktop.domain.errors import FaxError
from ifax_desktop.domain.help import ACCOUNT_PAGE, SUPPORT
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.outbox import Stopped
from ifax_desktop.viewmodels import times
from ifax_desktop.viewmodels.notices import Notice
from ifax_desktop.viewmodels.tasks import Report, Tasks

if TYPE_CHECKING:
    from ifax_desktop.delivery.consents import Consents
    from ifax_desktop.delivery.doubts import Doubts
    from ifax_desktop.delivery.drafts import Drafts
    from ifax_desktop.delivery.sender import Sender
    from ifax_desktop.store.archive import Archive

_CANCEL = "fax_cancel"


@dataclass(frozen=True, slots=True)
class Delivery:
    """What the commands are carried out by."""

    archive: "Archive"
    sender: "Sender"
    doubts: "Doubts"
    drafts: "Drafts"
    consents: "Consents"
    post: Callable[[Notice], None]


class SentActs(QObject):
    """Commands for the fax they name; a command that does not fit the fax any more does nothing but say so."""

    remarked = Signal(int)
    """The short word beside the card of this fax changed."""
    consent_asked = Signal(int)
    """The user has to be asked before the service may be asked to stop this fax."""
    candidates_found = Signal(int, object)
    """Jobs (tuple of SentReport) that a doubtful fax could be; the user may know which."""

    def __init__(self, delivery: Delivery, now: Callable[[], datetime], report: Report) -> None:
        super().__init__()
        self._delivery = delivery
        self._now = now
        self._report = report
        self._remarks: dict[int, str] = {}
        self._tasks = Tasks(report)

    def remark(self, fax: int) -> str:
        """The short word beside the card: how a look went."""
        return self._remarks.get(fax, "")

    def stop(self, fax: int, *, has_left: bool) -> None:
        """Stop a fax. One that has left needs the consent that the service is asked in a way nobody has tried."""
        if has_left and self._delivery.consents.is_needed(_CANCEL):
            self.consent_asked.emit(fax)
        else:
            self._tasks.start("stop", self._stop(fax))

    def stop_with_consent(self, fax: int) -> None:
        """The user wants it tried: stop a fax that has left."""
        self._tasks.start("stop", self._stop(fax, consent=True))

    def try_now(self, fax: int) -> None:
        """Send a waiting, failed or canceled fax without waiting any longer."""
        self._tasks.start("try", self._try(fax))

    def send_anyway(self, fax: int) -> None:
        """Send a fax once more of which nobody is certain; the user knows that it may print twice."""
        self._tasks.start("anyway", self._send_anyway(fax))

    def have_resent(self, fax: int) -> None:
        """Have the service send its own copy of a fax again."""
        self._tasks.start("resend", self._have_resent(fax))

    def look_again(self, fax: int) -> None:
        """Look for a doubtful fax at the service now."""
        self._tasks.start("look", self._look(fax))

    def adopt(self, fax: int, job_id: str) -> None:
        """The user says which of the candidates a doubtful fax is."""
        self._tasks.start("adopt", self._adopt(fax, job_id))

    def discard(self, fax: int) -> None:
        """Throw a draft away for good."""
        self._tasks.start("discard", self._delivery.drafts.discard(fax))

    def delete(self, fax: int) -> None:
        """Take a fax that is over out of the archive for good."""
        self._tasks.start("delete", self._delete(fax))

    def pause(self, *, paused: bool) -> None:
        """Let nothing more out, or let it out again."""
        self._tasks.start("pause", self._delivery.sender.pause(paused=paused))

    def open_account(self) -> None:
        """Open the account on the web."""
        QDesktopServices.openUrl(QUrl(ACCOUNT_PAGE))

    def write_to_support(self, details: str) -> None:
        """Put the details on the clipboard and begin a letter to the service's support."""
        QGuiApplication.clipboard().setText(details)
        QDesktopServices.openUrl(
            QUrl(f"mailto:{SUPPORT}?subject={self.tr('A fax that did not get through')}")
        )
        words = self.tr("The details are copied: paste them into your letter to {0}.").format(SUPPORT)
        self._delivery.post(Notice(words, icon="copy", key="support"))

    async def close(self) -> None:
        """End what is under way."""
        await self._tasks.close()

    async def _stop(self, fax: int, *, consent: bool = False) -> None:
        if consent:
            await self._delivery.consents.give(_CANCEL)
        if await self._delivery.sender.stop(fax) is Stopped.NOT:
            self._report(FaxError(self.tr("Too late to stop it: this fax is over.")))

    async def _try(self, fax: int) -> None:
        if not await self._delivery.sender.try_now(fax):
            self._report(FaxError(self.tr("This fax is on its way already.")))

    async def _send_anyway(self, fax: int) -> None:
        if not await self._delivery.sender.send_anyway(fax):
            self._report(
                FaxError(self.tr("Meanwhile it is known what became of this fax, so it was not sent again."))
            )

    async def _have_resent(self, fax: int) -> None:
        if await self._delivery.sender.have_resent(fax) is None:
            self._report(FaxError(self.tr("The service never had this fax, so it cannot send it again.")))

    async def _look(self, fax: int) -> None:
        self._say(fax, self.tr("Looking now"))
        words = ""
        try:
            if not await self._delivery.doubts.look_again(fax):
                found = await self._delivery.doubts.candidates(fax)
                words = self._not_found(found)
                if found:
                    self.candidates_found.emit(fax, found)
        finally:
            self._say(fax, words)

    def _not_found(self, candidates: tuple[SentReport, ...]) -> str:
        if candidates:
            return self.tr("Not proven at {0}").format(times.clock(self._now()))
        return self.tr("Not found at {0}").format(times.clock(self._now()))

    async def _adopt(self, fax: int, job_id: str) -> None:
        if not await self._delivery.doubts.adopt(fax, job_id):
            self._report(FaxError(self.tr("Meanwhile it is known what became of this fax.")))
        self._say(fax, "")

    async def _delete(self, fax: int) -> None:
        await self._delivery.archive.delete([fax], self._now())

    def _say(self, fax: int, words: str) -> None:
        self._remarks[fax] = words
        self.remarked.emit(fax)
