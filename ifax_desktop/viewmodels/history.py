"""What happened to a sent fax and what comes next: its timeline, and the bars of its retry plan."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Final

from PySide6.QtCore import QCoreApplication

from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.fax import Event, Fax, FaxDetail, Happening, State, Waiting
from ifax_desktop.viewmodels import times, wording
from ifax_desktop.viewmodels.timeline import RetryMark, TimelineRow

translate = QCoreApplication.translate

_MOST_BARS: Final = 5
_LOOKS: Final = {
    Happening.DELIVERED: ("state-delivered", "ok"),
    Happening.NOT_DELIVERED: ("state-failed", "bad"),
    Happening.RETRY_PLANNED: ("state-failed", "text2"),
    Happening.DOUBTFUL: ("state-uncertain", "warn"),
    Happening.CANCELED: ("state-canceled", "text3"),
}

_OVERTAKEN: Final = {
    Happening.PAGE: (Happening.PAGE, Happening.DELIVERED),
    Happening.HANDED_OVER: (Happening.ACCEPTED,),
}
"""Events that the next one says too."""


def timeline(detail: FaxDetail, catalogue: Catalogue, now: datetime) -> tuple[TimelineRow, ...]:
    """The events of a fax, newest first, with the planned one on top."""
    rows = []
    tries = 0
    for event in _telling(detail.events):
        tries = 0 if event.what is Happening.SENT_AGAIN else tries + (event.what is Happening.RETRY_PLANNED)
        rows.append(_row(event, detail, catalogue, tries, now))
    if planned := _planned(detail.fax, now):
        rows.append(planned)
    return tuple(reversed(rows))


def retry_plan(detail: FaxDetail, catalogue: Catalogue, now: datetime) -> tuple[RetryMark, ...]:
    """The tries of a fax that waits for its next one; nothing for any other fax."""
    fax = detail.fax
    if fax.state is not State.QUEUED or fax.waiting is not Waiting.RETRY or fax.due_at is None:
        return ()
    past = [
        RetryMark(times.in_list(event.at, now), _reason(event, fax, catalogue), "past")
        for event in _since_asked(detail.events)
        if event.what is Happening.RETRY_PLANNED
    ]
    failure = catalogue.reason(fax.code, fax.message, fax.service_status)
    marks = [RetryMark(times.in_list(fax.due_at, now), translate("plan", "next"), "next")]
    marks += [
        RetryMark(times.in_list(fax.due_at + more * failure.delay, now), "", "later")
        for more in range(1, failure.tries - fax.tries + 1)
    ]
    kept = max(1, _MOST_BARS - len(marks))
    return tuple((past[-kept:] + marks)[:_MOST_BARS])


def plan_sentence(marks: Sequence[RetryMark]) -> str:
    """The retry plan for a screen reader."""
    parts = []
    for place, mark in enumerate(marks, 1):
        if mark.kind == "past":
            parts.append(translate("plan", "Try {0}, {1}, {2}.").format(place, mark.time, mark.word))
        elif mark.kind == "next":
            parts.append(translate("plan", "Try {0} is next, {1}.").format(place, mark.time))
        else:
            parts.append(translate("plan", "Try {0}, about {1}.").format(place, mark.time))
    return " ".join(parts).replace(", .", ".")


def nth_try(number: int) -> str:
    """ "First try", "Second try", ..."""
    words = (
        translate("history", "First try"),
        translate("history", "Second try"),
        translate("history", "Third try"),
        translate("history", "Fourth try"),
        translate("history", "Fifth try"),
    )
    return words[number - 1] if 0 < number <= len(words) else translate("history", "Try {0}").format(number)


def _planned(fax: Fax, now: datetime) -> TimelineRow | None:
    if fax.state is not State.QUEUED or fax.due_at is None or fax.due_at <= now:
        return None
    return TimelineRow(
        times.in_text(fax.due_at, now),
        nth_try(fax.tries + 1),
        translate("history", "Planned"),
        planned=True,
    )


def _row(event: Event, detail: FaxDetail, catalogue: Catalogue, tries: int, now: datetime) -> TimelineRow:
    icon, token = _LOOKS.get(event.what, (None, "text2"))
    text, small = _words(event, detail, catalogue, tries)
    return TimelineRow(times.in_text(event.at, now), text, small, icon, token)


def _words(event: Event, detail: FaxDetail, catalogue: Catalogue, tries: int) -> tuple[str, str]:
    what, total = event.what, detail.fax.pages
    if what is Happening.RETRY_PLANNED:
        reason = catalogue.reason(event.code, event.detail, detail.fax.service_status).title
        return translate("history", "{0}: {1}").format(nth_try(tries), _lowered(reason)), _measure(
            event, total
        )
    if what is Happening.NOT_DELIVERED:
        reason = catalogue.reason(event.code, event.detail, detail.fax.service_status).title
        return translate("history", "Stopped: {0}").format(_lowered(reason)), _measure(event, total)
    if what is Happening.PAGE:
        return wording.pages_arrived(event.pages or 0, total), ""
    if what is Happening.STORED:
        names = ", ".join(attachment.name for attachment in detail.attachments)
        return translate("history", "Stored here"), event.detail or names
    if what in (Happening.ACCEPTED, Happening.FOUND):
        fax = translate("history", "Fax {0}").format(event.detail) if event.detail else ""
        found = translate("history", "Found at the service")
        return found if what is Happening.FOUND else translate("history", "Accepted by the service"), fax
    words = {
        Happening.HANDED_OVER: translate("history", "Handed over to the service"),
        Happening.DELIVERED: translate("history", "Delivered"),
        Happening.OFFLINE: translate("history", "The service could not be reached"),
        Happening.DOUBTFUL: translate("history", "The answer of the service was lost"),
        Happening.CANCELED: translate("history", "Canceled"),
        Happening.UNDONE: translate("history", "Taken back before it went out"),
        Happening.SENT_AGAIN: translate("history", "You asked for another try"),
        Happening.RECEIVED: translate("history", "Received"),
        Happening.STOP_ASKED: translate("history", "You asked to stop it"),
        Happening.STOP_REFUSED: translate("history", "The service did not stop it"),
        Happening.LATE: translate("history", "Its time was long over, so it waits for your word"),
        Happening.ELSEWHERE: translate("history", "Seen in the list of the service"),
        Happening.BROUGHT_BACK: translate("history", "From a copy of the archive: nothing goes on by itself"),
    }
    return words[what], event.detail


def _measure(event: Event, total: int | None) -> str:
    parts = [wording.pages_arrived(event.pages, total)] if event.pages is not None else []
    if event.code is not None:
        parts.append(translate("history", "code {0}").format(event.code))
    return "  \N{MIDDLE DOT}  ".join(parts)


def _reason(event: Event, fax: Fax, catalogue: Catalogue) -> str:
    message = event.detail or catalogue.reason(event.code, fax.message, fax.service_status).words
    return wording.short_reason(message).lower()


def _lowered(words: str) -> str:
    """A sentence's first word as it stands after a colon; names and abbreviations keep their capitals."""
    first = words.partition(" ")[0]
    plain = first in {"The", "This", "Nobody", "Your", "All", "A", "No", "There", "It", "Not", "Too"}
    return words[:1].lower() + words[1:] if plain else words


def _since_asked(events: Sequence[Event]) -> Sequence[Event]:
    """The events since the user last asked for a try: the program counts its own tries from there."""
    asked = [place for place, event in enumerate(events) if event.what is Happening.SENT_AGAIN]
    return events[asked[-1] :] if asked else events


def _telling(events: Sequence[Event]) -> Iterator[Event]:
    """The events without those that the next one says too."""
    for place, event in enumerate(events):
        follows = events[place + 1].what if place + 1 < len(events) else None
        if follows not in _OVERTAKEN.get(event.what, ()):
            yield event
