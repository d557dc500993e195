"""Received faxes that are still at the service, in words: from whom, why, and when they are asked for again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from ifax_desktop.domain.number import show
from ifax_desktop.viewmodels import times

if TYPE_CHECKING:
    from ifax_desktop.store.awaited import AwaitedFax

translate = QCoreApplication.translate

_NAMED: Final = 2
_LONGEST: Final = 120
"""Signs of what the service says of one fax: the list needs the room."""


@dataclass(frozen=True, slots=True)
class AwaitedFaxes:
    """What the Inbox says of them."""

    title: str
    sentences: str
    """One line for each of the newest."""
    needs_you: bool
    """Nothing more is tried by itself."""


def present(awaited: "Sequence[AwaitedFax]", now: datetime) -> AwaitedFaxes | None:
    """Put them into words; None where there are none."""
    if not awaited:
        return None
    lines = [_line(fax, now) for fax in awaited[:_NAMED]]
    if more := len(awaited) - _NAMED:
        if more == 1:
            lines.append(translate("awaited", "And one more."))
        elif more > 1:
            lines.append(translate("awaited", "And %Ln more.", None, more))
    tries = [fax.next_try for fax in awaited if fax.next_try is not None]
    if tries:
        lines.append(translate("awaited", "Next try {0}.").format(times.in_sentence(min(tries), now)))
    else:
        lines.append(translate("awaited", "Nothing more is tried until you ask."))
    one = translate("awaited", "1 fax could not be fetched yet")
    title = (
        one
        if len(awaited) == 1
        else translate("awaited", "%Ln faxes could not be fetched yet", None, len(awaited))
    )
    return AwaitedFaxes(title, "\n".join(lines), not tries)


def _line(fax: "AwaitedFax", now: datetime) -> str:
    report = fax.report
    who = show(report.from_number) or translate("awaited", "Hidden number")
    when = times.in_text(report.received_at or fax.first_missed, now)
    why = fax.words if len(fax.words) <= _LONGEST else f"{fax.words[: _LONGEST - 1].rstrip()}…"
    return translate("awaited", "{0}, {1}: {2}").format(who, when, why)
