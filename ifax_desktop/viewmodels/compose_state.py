"""What the New fax window shows, and its words for what Send does or waits for."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Literal

from PySide6.QtCore import QCoreApplication

from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.domain.number import show
from ifax_desktop.viewmodels.wording import pages as in_pages

_LONGEST_NAME = 32

NoticeKind = Literal["standard", "own", "none"]
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class ComposeState:
    """The form, what is wrong with it, and what is under way."""

    form: Form = field(default_factory=Form)
    e164: str = ""
    """The number as it will be dialled; empty while what was typed is none."""
    own_numbers: tuple[OwnNumber, ...] = ()
    notice: NoticeKind = "standard"
    """Which confidentiality text our own cover page has."""
    cover_pages: int = 0
    """Sheets of our own cover page; the service's own are not known to us."""
    taking: str = ""
    """The name of the file being read, if any."""
    locked: str = ""
    """The name of a file whose password is asked for, if any."""
    lock_problem: str = ""
    can_undo: bool = False
    """Something was done with the pages."""
    can_redo: bool = False
    is_sending: bool = False
    is_saved: bool = False
    """What is in the form is kept as a draft."""
    has_left: bool = False
    """The window has nothing more to do: the fax is queued, or the form is kept."""
    number_problem: str = ""
    documents_problem: str = ""
    """A sentence for each file that was not taken, on lines of their own."""
    time_problem: str = ""
    problem: str = ""
    """What stood in the way of the whole fax."""
    too_large: str = ""
    """Why the fax is more than the service takes, if it is."""

    @property
    def pages(self) -> int:
        """Pages we hand over."""
        return self.cover_pages + self.form.pages

    @property
    def has_content(self) -> bool:
        """There is something to print: a page of a document, or our own cover page with a message."""
        cover = self.form.cover
        return bool(self.form.pages or (cover.kind is CoverKind.OWN and cover.message.strip()))

    @property
    def can_send(self) -> bool:
        """Whether Send does something."""
        return not why_not(self)

    @property
    def recipient(self) -> str:
        """Whom the fax is for: the name, else the number."""
        return self.form.name.strip() or show(self.e164) or self.form.number.strip()


def next_hour(now: datetime) -> datetime:
    """The next full hour that is at least a quarter of an hour away, UTC."""
    ahead = now + timedelta(minutes=75)
    return ahead.replace(minute=0, second=0, microsecond=0)


def why_not(state: ComposeState) -> str:
    """What Send waits for, in words that fit on the button; empty if it can be pressed."""
    if state.is_sending or state.has_left:
        return translate("compose", "One moment")
    if state.taking:
        return translate("compose", "Reading a document")
    if state.locked:
        return translate("compose", "Unlock the document first")
    number = state.form.number.strip()
    if not number and not state.has_content:
        return translate("compose", "Add a number and a document")
    if not number:
        return translate("compose", "Type the fax number first")
    if not state.e164:
        return translate("compose", "Check the fax number first")
    if state.too_large:
        return translate("compose", "Too large to send")
    if state.has_content:
        return ""
    if state.form.attachments:
        return translate("compose", "Put back a page first")
    return translate("compose", "Add a document first")


def send_words(state: ComposeState) -> str:
    """What the Send button says: what goes to whom, or what is missing."""
    if reason := why_not(state):
        return reason
    name = state.form.name.strip()
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME - 1].rstrip()}…"
    # Two blanks part the name from the number, which is never cut.
    whom = f"{name}  {show(state.e164)}" if name else show(state.e164)
    if state.form.cover.kind is CoverKind.SERVICE:
        return translate("compose", "Send a cover and {0} to {1}").format(in_pages(state.pages), whom)
    return translate("compose", "Send {0} to {1}").format(in_pages(state.pages), whom)


def draft_words(state: ComposeState) -> str:
    """The hint beside Send about what becomes of the form."""
    if state.is_saved:
        return translate("compose", "Saved as a draft")
    return "" if state.form.is_empty else translate("compose", "Closing keeps it as a draft")
