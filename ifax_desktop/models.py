"""The view-models of a session: made on its backbone, started and closed together."""

from collections.abc import Awaitable, Callable, Sequence
from typing import TYPE_CHECKING

from ifax_desktop.backbone import Backbone
from ifax_desktop.store.left_behind import LeftBehind, left_behind
from ifax_desktop.store.settings import Settings
from ifax_desktop.viewmodels.archive_settings import ArchiveViewModel
from ifax_desktop.viewmodels.closing import OpenModels
from ifax_desktop.viewmodels.inbox import InboxViewModel
from ifax_desktop.viewmodels.leaving import LeavingViewModel
from ifax_desktop.viewmodels.notices import Notices
from ifax_desktop.viewmodels.numbers import NumbersViewModel
from ifax_desktop.viewmodels.outbox import OutboxViewModel
from ifax_desktop.viewmodels.ownership import OwnershipViewModel
from ifax_desktop.viewmodels.preview import PreviewViewModel
from ifax_desktop.viewmodels.sent_acts import Delivery
from ifax_desktop.viewmodels.undo import UndoViewModel
from ifax_desktop.viewmodels.window import WindowViewModel

if TYPE_CHECKING:
    from ifax_desktop.domain.reports import SentReport
    from ifax_desktop.viewmodels.compare import CompareViewModel
    from ifax_desktop.viewmodels.compose import ComposeViewModel


class Models:
    """What the main window shows, and what a dialog shows when it is opened."""

    def __init__(self, back: Backbone, notices: Notices, save_settings: Callable[[Settings], None]) -> None:
        """`save_settings` keeps changed settings, and does what follows from them. Raises StorageFailed."""
        self._back = back
        self._notices = notices
        report = notices.report
        self.outbox = OutboxViewModel(
            Delivery(back.archive, back.sender, back.doubts, back.drafts, back.consents, notices.post),
            back.changes,
            back.catalogue,
            self._preview(),
            back.files.has,
            back.now,
            report,
        )
        self.inbox = InboxViewModel(
            back.archive, back.receiver, back.changes, self._preview(), back.now, report, read=back.files.get
        )
        self.numbers = NumbersViewModel(
            back.numbers, back.receiver.refresh_numbers, back.settings, save_settings, report
        )
        self.archive = ArchiveViewModel(
            back.upkeep, lambda: back.bundles, back.settings, save_settings, back.now, notices.post, report
        )
        self.forms = OpenModels(report)
        self.undo = UndoViewModel(back.drafts, back.changes, notices, back.now)
        self.window = WindowViewModel(
            self.outbox,
            self.inbox,
            back.line,
            back.receiver,
            notices,
            back.now,
            practice=back.paths.practice,
        )
        self.leaving = LeavingViewModel(self._left_behind, back.sender.is_paused, back.now, report)
        self.account = OwnershipViewModel(back.ownership, notices, lambda: self.outbox.state.waiting)
        # Our numbers are asked for together with received faxes.
        self._unsubscribe = back.line.subscribe(lambda _: self.numbers.reload())

    def start(self) -> None:
        """Read the lists; call it once the event loop runs."""
        for model in (self.outbox, self.inbox, self.numbers, self.undo):
            model.start()

    def compose(self) -> "ComposeViewModel":
        """The state of one more New fax window."""
        from ifax_desktop.viewmodels.compose import ComposeViewModel

        back, notices = self._back, self._notices
        return ComposeViewModel(back.drafts, back.numbers.all, back.settings, notices.report, notices.post)

    def compare(self, fax: int, candidates: "Sequence[SentReport]") -> "CompareViewModel | None":
        """The state of a doubtful fax beside what it could be; None if the fax is gone."""
        from ifax_desktop.viewmodels.compare import CompareViewModel

        back = self._back
        detail = back.archive.detail(fax)
        if detail is None:
            return None
        previews = (self._preview(), self._preview())
        report = self._notices.report
        model = CompareViewModel(detail, candidates, back.doubts.copy_of, previews, back.now(), report)
        model.adopted.connect(self.outbox.acts.adopt)
        return model

    async def close(self) -> None:
        """End what is under way, and listen no more."""
        self._unsubscribe()
        await self.forms.close()
        for model in (
            self.leaving,
            self.account,
            self.archive,
            self.undo,
            self.window,
            self.outbox,
            self.inbox,
            self.numbers,
        ):
            await model.close()
        for preview in (self.outbox.preview, self.inbox.preview):
            await preview.close()

    def _left_behind(self) -> "Awaitable[LeftBehind]":
        account = self._back.account
        return self._back.database.ask(lambda connection: left_behind(connection, account))

    def _preview(self) -> PreviewViewModel:
        return PreviewViewModel(self._back.renderer, self._back.files.get, self._notices.report)
