"""Everything the Inbox shows of a received fax, in words."""

import re
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from ifax_desktop.domain.fax import Fax
from ifax_desktop.domain.number import NO_BREAK, show
from ifax_desktop.viewmodels import times, wording

translate = QCoreApplication.translate

_NOT_IN_FILE_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


@dataclass(frozen=True, slots=True)
class ReceivedFax:
    """The head of one received fax. `number` is "" where the title is the number."""

    id: int
    title: str
    number: str
    facts: tuple[str, ...]
    when: str
    tip: str
    """The time with date and zone."""
    file_name: str
    """What a saved copy is called if the user says nothing else."""
    document: str
    unread: bool
    can_reply: bool


def present(fax: Fax, now: datetime) -> ReceivedFax:
    """Put a received fax into words."""
    facts = [wording.pages(fax.pages)] if fax.pages else []
    if fax.own_number:
        facts.append(translate("inbox", "to our number {0}").format(show(fax.own_number)))
    return ReceivedFax(
        id=fax.id,
        title=wording.title(fax),
        number=show(fax.number) if fax.name else "",
        facts=tuple(facts),
        when=times.with_day(fax.created_at, now),
        tip=times.whole(fax.created_at),
        file_name=file_name(fax),
        document=fax.document,
        unread=fax.unread,
        can_reply=bool(fax.number),
    )


def file_name(fax: Fax) -> str:
    """ "Fax from +1 202 555 0143, 23 Nov 2026 11.32.pdf": enough to find it, and nothing of what it says."""
    local = fax.created_at.astimezone()
    whom = show(fax.number) or translate("inbox", "hidden number")
    name = translate("inbox", "Fax from {0}, {1} {2}")
    name = name.format(whom, times.short_date(local.date()), f"{local:%H.%M}").replace(NO_BREAK, " ")
    return f"{_NOT_IN_FILE_NAMES.sub('-', name)}.pdf"
