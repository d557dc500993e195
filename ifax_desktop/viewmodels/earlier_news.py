"""What is said of faxes from before the archive began, while they are fetched in the background."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject, Signal

from ifax_desktop.viewmodels import wording
from ifax_desktop.viewmodels.notices import Notice, Notices

if TYPE_CHECKING:
    from ifax_desktop.delivery.earlier import EarlierFaxes, Progress

_KEY = "earlier"


class EarlierNews(QObject):
    """Says once on the notice bar that they come, with a way to put it off, and how many came; `words` are for the status bar."""

    changed = Signal()

    def __init__(self, earlier: "EarlierFaxes", notices: Notices) -> None:
        super().__init__()
        self._earlier = earlier
        self._notices = notices
        self._said = False
        self._unsubscribe = earlier.subscribe(self._progressed)

    @property
    def words(self) -> str:
        """How far it is, "" while nothing is fetched."""
        progress = self._earlier.progress
        if not progress.at_work:
            return ""
        if not progress.faxes:
            return self.tr("Fetching earlier faxes")
        return self.tr("Fetching earlier faxes, {0} so far").format(QLocale().toString(progress.faxes))

    def close(self) -> None:
        """Stop listening."""
        self._unsubscribe()

    def _progressed(self, progress: "Progress") -> None:
        if progress.at_work and progress.faxes and not self._said:
            self._said = True
            words = self.tr("Your earlier faxes are being fetched in the background.")
            self._notices.post(
                Notice(words, self.tr("Not now"), icon="inbox", key=_KEY, action=self._put_off)
            )
        elif self._said and progress.is_done and not progress.at_work:
            self._said = False
            words = self.tr("Your earlier faxes are here: {0}.").format(wording.faxes(progress.faxes))
            self._notices.post(Notice(words, icon="inbox", key=_KEY))
        self.changed.emit()

    def _put_off(self) -> None:
        self._earlier.stop()
        self._said = False
        words = self.tr("The other earlier faxes are fetched when the program starts again.")
        self._notices.post(
            Notice(words, self.tr("Go on now"), icon="inbox", key=_KEY, action=self._earlier.resume)
        )
