"""The New fax window: the form as it is filled in, checked, previewed, kept and handed to the outbox."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final

from PySide6.QtCore import QObject, Signal

from ifax_desktop.delivery.drafts import Drafts
from ifax_desktop.documents.protocol import MAX_PAGES
from ifax_desktop.domain.cover import CONFIDENTIAL, Cover, CoverKind
from ifax_desktop.domain.errors import DocumentUnreadable, FaxError, NothingToSend, WrongNumber
from ifax_desktop.domain.fax import Attachment
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.given import Given
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.domain.leaves import Arrangement
from ifax_desktop.domain.limits import too_large
from ifax_desktop.domain.number import parse
from ifax_desktop.domain.page import Treatment
from ifax_desktop.domain.price import Price
from ifax_desktop.domain.quality import Quality
from ifax_desktop.store.settings import Settings
from ifax_desktop.viewmodels.arranging import Arranging
from ifax_desktop.viewmodels.compose_state import ComposeState, NoticeKind, next_hour
from ifax_desktop.viewmodels.draft_row import DraftRow
from ifax_desktop.viewmodels.estimate import estimate_details, estimate_words
from ifax_desktop.viewmodels.fax_preview import FaxPreviewViewModel
from ifax_desktop.viewmodels.notices import Notice
from ifax_desktop.viewmodels.page_warnings import Repair
from ifax_desktop.viewmodels.taking import Taking
from ifax_desktop.viewmodels.tasks import Report, Tasks

_SAVE_AFTER: Final = 2.0


class ComposeViewModel(QObject):
    """One fax on the desk. It is kept as a draft while it is written, and when its window closes."""

    changed = Signal()
    stayed = Signal()
    """The program wanted to end, and this form could not be kept: it says why."""
    queued = Signal(object)
    """The fax is in the outbox: a `Queued`."""

    def __init__(
        self,
        drafts: Drafts,
        own_numbers: Callable[[], Sequence[OwnNumber]],
        settings: Callable[[], Settings],
        report: Report,
        post: Callable[[Notice], None] | None = None,
        *,
        save_after: float = _SAVE_AFTER,
    ) -> None:
        """`report` hears of surprises; `post` says that a form was kept as a draft.

        What was changed is kept after `save_after` seconds of rest.
        """
        super().__init__()
        self.preview = FaxPreviewViewModel(drafts.prints, report)
        self._drafts = drafts
        self._settings = settings
        self._report = report
        self._post = post
        self._save_after = save_after
        self._tasks = Tasks(report)
        self._to_is_edited = False
        self._leaves_later = False
        self._leaves_unsaved = False
        self._own_notice = ""
        form = _new_form(settings())
        self._draft = DraftRow(drafts, form)
        self.pages = Arranging(lambda: self.state.form.arrangement, self._arrange)
        """What is done with the pages, and undone."""
        self._taking = Taking(drafts, self._tasks, self._update, self._add, self._taken)
        self.state = ComposeState(form=form, own_numbers=self._owned(own_numbers))
        self.preview.changed.connect(self._measure)

    def load(self, fax: int, *, draft: bool) -> None:
        """Fill the form from a fax: go on with a `draft`, or begin a new fax like an older one."""
        try:
            form = self._drafts.form(fax)
        except FaxError as error:
            self._update(problem=str(error))
            return
        if form is None:
            self._update(problem=self.tr("What was filled in for this fax is no longer here."))
            return
        if form.quality is Quality.LOW:
            form = replace(form, quality=Quality.STANDARD)
        self._draft.begin(form, fax if draft else None)
        self.pages.forget()
        self._to_is_edited = form.cover.to_name not in ("", form.name)
        kinds: dict[str, NoticeKind] = {CONFIDENTIAL: "standard", "": "none"}
        self._own_notice = form.cover.notice if form.cover.notice not in kinds else ""
        self._update(notice=kinds.get(form.cover.notice, "own"), is_saved=draft)
        self._fill_in(form)

    def set_number(self, text: str) -> None:
        """The number as it is typed; what is wrong with it is said by `check_number`."""
        self._update(number_problem="")
        self._fill_in(replace(self.state.form, number=text))

    def check_number(self) -> None:
        """Say what is wrong with the number, if one was typed."""
        if self.state.form.number.strip() and not self.state.e164:
            self._update(number_problem=self._wrong_with_number())

    def set_name(self, name: str) -> None:
        """The recipient's name; the cover page follows until its own "To" is edited."""
        form = replace(self.state.form, name=name)
        if not self._to_is_edited:
            form = replace(form, cover=replace(form.cover, to_name=name))
        self._fill_in(form)

    def set_own_number(self, number: str) -> None:
        """Which of our numbers the fax comes from, E.164; empty leaves it to the service."""
        self._fill_in(replace(self.state.form, own_number=number))

    def set_quality(self, quality: Quality) -> None:
        """How fine the pages are sent."""
        self._fill_in(replace(self.state.form, quality=quality))

    def set_later(self, later: bool) -> None:
        """Let it go out at a time to come, the next full hour at first; or at once."""
        at = next_hour(self._drafts.now()) if later else None
        self._fill_in(replace(self.state.form, send_at=at, at_service=later and self.state.form.at_service))

    def set_send_at(self, moment: datetime) -> None:
        """When it shall go out; with a zone."""
        self._fill_in(replace(self.state.form, send_at=moment.astimezone(UTC)))

    def set_at_service(self, at_service: bool) -> None:
        """Let the service keep it until then instead of this program."""
        self._fill_in(replace(self.state.form, at_service=at_service))

    def set_cover_kind(self, kind: CoverKind) -> None:
        """Who makes the cover page, if anybody."""
        self._set_cover(kind=kind)

    def set_cover_to(self, text: str) -> None:
        """Whom the cover page names; from now on it does not follow the recipient."""
        self._to_is_edited = True
        self._set_cover(to_name=text)

    def set_cover_from(self, text: str) -> None:
        """Who the cover page says it is from."""
        self._set_cover(from_name=text)

    def set_subject(self, text: str) -> None:
        """The subject on the cover page."""
        self._set_cover(subject=text)

    def set_message(self, text: str) -> None:
        """The message on the cover page."""
        self._set_cover(message=text)

    def set_notice(self, kind: NoticeKind) -> None:
        """Which confidentiality text stands at the foot of our own cover page."""
        texts = {"standard": CONFIDENTIAL, "own": self._own_notice, "none": ""}
        self._update(notice=kind)
        self._set_cover(notice=texts[kind])

    def set_notice_text(self, text: str) -> None:
        """A confidentiality text of one's own."""
        self._own_notice = text
        self._set_cover(notice=text)

    def add_files(self, given: Sequence[Given]) -> None:
        """Take these files in, one after the other, and those of folders; those that cannot be are named in
        `documents_problem`."""
        if not self.state.is_sending and not self.state.has_left:
            self._taking.take(given)

    def unlock(self, password: str) -> None:
        """Try a password on the locked file that is asked about."""
        self._taking.unlock(password)

    def stop_reading(self) -> None:
        """Read no more of the files that were given; those that were read stay."""
        self._taking.stop()

    def leave_locked_out(self) -> None:
        """Go on without the locked file that is asked about."""
        self._taking.leave_locked_out()

    def repair(self, place: int, repair: Repair) -> None:
        """Do what a warning about a page offers; `place` counts the pages of the documents, with those left out."""
        repairs: dict[Repair, Callable[[], None]] = {
            Repair.FINER: lambda: self.set_quality(self.state.form.quality.finer),
            Repair.AS_TEXT: lambda: self.pages.treat([place], Treatment.TEXT),
            Repair.LIGHTER: lambda: self.pages.treat([place], Treatment.LIGHTER),
            Repair.DARKER: lambda: self.pages.treat([place], Treatment.DARKER),
            Repair.SMALLER: lambda: self.pages.make_smaller([place]),
            Repair.LEAVE_OUT: lambda: self.pages.leave_out([place]),
            Repair.PUT_BACK: lambda: self.pages.leave_out([place], out=False),
        }
        repairs[repair]()

    @property
    def estimate(self) -> tuple[str, str]:
        """What the fax will take of time and money, in words, and what that stands on; empty until all pages are known."""
        sizes = self.preview.sizes()
        if not sizes:
            return "", ""
        return estimate_words(sizes, Price.read(self._settings().page_price)), estimate_details(
            sizes, self.preview.size()
        )

    def send(self) -> None:
        """Hand the fax to the outbox, or say beside the fields what is missing."""
        if self.state.can_send and not self._is_over():
            self._update(is_sending=True, problem="", documents_problem="")
            self._tasks.start("send", self._send())
        elif self._is_over():
            self._update(time_problem=self.tr("This time is over. Choose one to come."))
        elif not self.state.is_sending and not self.state.has_left and not self.state.taking:
            self._update(number_problem="" if self.state.e164 else self._wrong_with_number())
            if not self.state.has_content:
                words = self.tr("Add a document to send.")
                if self.state.form.attachments:
                    words = self.tr("All pages are left out. Put back the ones to send.")
                self._update(documents_problem=words)

    def save(self) -> None:
        """Keep what was changed as a draft; an empty form is kept nowhere."""
        if not self.state.has_left and not self._tasks.is_running("save"):
            self._tasks.start("save", self._save())

    def leave(self) -> None:
        """The window wants to close: keep the form first, then `has_left`. Sending is seen to its end."""
        if self._leaves_unsaved:
            self._update(has_left=True)
        elif self.state.taking:
            self._leaves_later = True
        elif not self.state.has_left and not self.state.is_sending:
            self._tasks.start("leave", self._leave())

    async def left(self) -> bool:
        """`leave`, and what came of it: False when the form could not be kept, which it says itself."""
        self.leave()
        await self._tasks.finished("take", "send", "leave")
        if not self.state.has_left:
            self.stayed.emit()
        return self.state.has_left

    async def close(self) -> None:
        """Keep what is not kept, and end everything under way."""
        try:
            if not self.state.has_left:
                await self._draft.keep(self.state.form)
        except FaxError as error:
            self._report(error)
        await self._tasks.close()
        await self.preview.close()
        await self._drafts.rest()

    def _is_over(self) -> bool:
        at = self.state.form.send_at
        return at is not None and at <= self._drafts.now()

    def _owned(self, own_numbers: Callable[[], Sequence[OwnNumber]]) -> tuple[OwnNumber, ...]:
        try:
            return tuple(own_numbers())
        except FaxError as error:
            self._report(error)
            return ()

    def _add(self, attachment: Attachment) -> None:
        """Put a document at the end. DocumentUnreadable if the fax became too long."""
        if sum(one.pages for one in (*self.state.form.attachments, attachment)) > MAX_PAGES:
            sentence = self.tr("“{0}” cannot be added. A fax cannot have more than {1} pages.")
            raise DocumentUnreadable(sentence.format(attachment.name, MAX_PAGES))
        self.pages.add(attachment)

    def _set_cover(self, **changes: Any) -> None:
        self._fill_in(replace(self.state.form, cover=replace(self.state.form.cover, **changes)))

    def _arrange(self, arrangement: Arrangement) -> None:
        self._update(documents_problem=self._taking.problem if self._taking.name else "")
        self._fill_in(self.state.form.arranged(arrangement))

    def _fill_in(self, form: Form) -> None:
        if form == self.state.form or self.state.is_sending:
            return
        e164 = self.state.e164 if form.number == self.state.form.number else self._read_number(form.number)
        own = form.cover.kind is CoverKind.OWN
        cover_pages = max(1, self.state.cover_pages) if own else 0
        is_saved = self._draft.holds(form)
        self._update(
            form=form,
            e164=e164,
            cover_pages=cover_pages,
            problem="",
            time_problem="",
            is_saved=is_saved,
            can_undo=self.pages.can_undo,
            can_redo=self.pages.can_redo,
        )
        self._tasks.start("rest", self._save_after_a_rest())
        self.preview.show(form)

    def _read_number(self, typed: str) -> str:
        try:
            return parse(typed, self._settings().region).e164
        except WrongNumber:
            return ""

    def _wrong_with_number(self) -> str:
        try:
            parse(self.state.form.number, self._settings().region)
        except WrongNumber as error:
            return str(error)
        return ""

    async def _save_after_a_rest(self) -> None:
        await asyncio.sleep(self._save_after)
        self.save()

    def _measure(self) -> None:
        """Take over how many sheets our own cover page needs, and whether all of it is too large."""
        own = self.state.form.cover.kind is CoverKind.OWN and self.preview.cover_pages
        pages = self.preview.cover_pages if own else self.state.cover_pages
        self._update(cover_pages=pages, too_large=too_large(self.preview.size()))

    def _taken(self) -> None:
        if self._leaves_later:
            self.leave()

    async def _send(self) -> None:
        try:
            queued = await self._draft.queue(self.state.form)
        except WrongNumber as error:
            self._update(number_problem=str(error))
        except NothingToSend as error:
            self._update(documents_problem=str(error))
        except FaxError as error:
            self._update(problem=str(error))
        else:
            self._update(has_left=True)
            self.queued.emit(queued)
        finally:
            self._update(is_sending=False)

    async def _save(self) -> None:
        try:
            await self._keep()
        except FaxError as error:
            self._update(problem=str(error))

    async def _leave(self) -> None:
        try:
            await self._keep()
        except FaxError as error:
            self._leaves_unsaved = True
            more = self.tr("Close the window once more to leave without keeping this form.")
            self._update(problem=f"{error} {more}")
            return
        if self.state.is_saved and self._draft.was_written and self._post is not None:
            self._post(self._kept_notice())
        self._update(has_left=True)

    async def _keep(self) -> None:
        await self._draft.keep(self.state.form)
        self._leaves_unsaved = False
        self._update(is_saved=self._draft.holds(self.state.form))

    def _kept_notice(self) -> Notice:
        whom = self.state.recipient
        if not whom:
            return Notice(self.tr("The unfinished fax is kept as a draft in the Outbox."), icon="state-draft")
        return Notice(
            self.tr("The fax to {0} is kept as a draft in the Outbox.").format(whom), icon="state-draft"
        )

    def _update(self, **changes: Any) -> None:
        new = replace(self.state, **changes)
        if new != self.state:
            self.state = new
            self.changed.emit()


def _new_form(settings: Settings) -> Form:
    cover = Cover(kind=settings.cover, from_name=settings.from_name)
    quality = Quality.STANDARD if settings.quality is Quality.LOW else settings.quality
    return Form(own_number=settings.own_number, cover=cover, quality=quality)
