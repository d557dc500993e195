"""A fax in words: the row of a list, its state, its counts. Pure: what is shown depends on nothing but the arguments."""

from datetime import datetime, timedelta
from typing import Final

from PySide6.QtCore import QCoreApplication

from ifax_desktop.domain.fax import Direction, Fax, State, Waiting, final_state
from ifax_desktop.domain.number import show
from ifax_desktop.viewmodels import times
from ifax_desktop.viewmodels.fax_row import FaxRow

translate = QCoreApplication.translate

STATE_KEYS: Final = {
    State.DRAFT: "draft",
    State.QUEUED: "waiting",
    State.SENDING: "sending",
    State.ACCEPTED: "sending",
    State.DOUBTFUL: "uncertain",
    State.DELIVERED: "delivered",
    State.FAILED: "failed",
    State.CANCELED: "canceled",
    State.RECEIVED: "",
}
_KNOWN_WORDS: Final = frozenset({"", "sending", "scheduled", "queued", "received"})
_SOON: Final = timedelta(minutes=1)


def state_key(fax: Fax) -> str:
    """The key of the state a view shows; "unknown" while the service uses a word nobody knows."""
    return "unknown" if unknown_word(fax) else STATE_KEYS[fax.state]


def unknown_word(fax: Fax) -> str:
    """The service's own word for a fax on its way where that is none we know, else ""."""
    word = fax.service_status.strip()
    if fax.state is not State.ACCEPTED or word.lower() in _KNOWN_WORDS or final_state(word):
        return ""
    return word


def state_words(fax: Fax) -> str:
    """The full words of the state of a fax."""
    if word := unknown_word(fax):
        return f"\N{LEFT DOUBLE QUOTATION MARK}{word}\N{RIGHT DOUBLE QUOTATION MARK}"
    words = {
        "draft": translate("states", "Draft"),
        "waiting": translate("states", "Waiting to send"),
        "sending": translate("states", "Sending"),
        "uncertain": translate("states", "Not certain"),
        "delivered": translate("states", "Delivered"),
        "failed": translate("states", "Not delivered"),
        "canceled": translate("states", "Canceled"),
    }
    return words.get(STATE_KEYS[fax.state], translate("wording", "Received"))


def pages(count: int) -> str:
    """A number of pages in words."""
    return translate("wording", "1 page") if count == 1 else translate("wording", "%n pages", None, count)


def minutes(seconds: float) -> str:
    """A time on the line as an estimate: never seconds."""
    count = max(1, round(seconds / 60))
    if count == 1:
        return translate("wording", "about a minute")
    return translate("wording", "about %n minutes", None, count)


def faxes(count: int) -> str:
    """A number of faxes in words."""
    return translate("wording", "1 fax") if count == 1 else translate("wording", "%Ln faxes", None, count)


def pages_arrived(done: int, total: int | None) -> str:
    """How much of a fax the other machine has."""
    if total:
        words = (
            translate("wording", "{0} of 1 page arrived")
            if total == 1
            else translate("wording", "{0} of {1} pages arrived")
        )
        return words.format(done, total)
    return (
        translate("wording", "1 page arrived")
        if done == 1
        else translate("wording", "%n pages arrived", None, done)
    )


def page_on_the_line(fax: Fax) -> int | None:
    """The page being sent now, if the service tells how many are done."""
    if fax.state is not State.ACCEPTED or not fax.pages_done:
        return None
    return min(fax.pages_done + 1, fax.pages) if fax.pages else fax.pages_done + 1


def short_reason(message: str) -> str:
    """One or two words for why a try did not get through, where there are such words."""
    plain = message.lower().replace("_", " ")
    if "busy" in plain:
        return translate("wording", "Busy")
    if "no answer" in plain:
        return translate("wording", "No answer")
    return ""


def slot(fax: Fax, now: datetime) -> str:
    """What the right end of a row says of the state."""
    if fax.state is State.QUEUED:
        return _waiting_words(fax, now)
    if page := page_on_the_line(fax):
        return translate("wording", "Sending, page {0}").format(page)
    if fax.state is State.FAILED and fax.pages_done:
        return pages_arrived(fax.pages_done, fax.pages)
    return "" if fax.state is State.RECEIVED else state_words(fax)


def fax_row(fax: Fax, now: datetime) -> FaxRow:
    """The row of a fax in a list."""
    number = show(fax.number)
    facts = [pages(fax.pages)] if fax.pages else []
    if not fax.name and fax.direction is Direction.RECEIVED:
        facts.insert(0, translate("wording", "Unknown sender"))
    if fax.elsewhere:
        facts.append(translate("wording", "sent elsewhere"))
    right = slot(fax, now)
    return FaxRow(
        id=fax.id,
        name=title(fax),
        number=number if fax.name else "",
        when=times.in_list(fax.created_at, now),
        facts=tuple(facts),
        slot=right,
        slot_state=state_key(fax),
        icon_state=state_key(fax),
        unread=fax.unread,
        sentence=_sentence(fax, right, now),
    )


def title(fax: Fax) -> str:
    """Who is on the other side: the name, else the number."""
    if fax.name or fax.number:
        return fax.name or show(fax.number)
    return (
        translate("wording", "No number yet")
        if fax.state is State.DRAFT
        else translate("wording", "Hidden number")
    )


def _waiting_words(fax: Fax, now: datetime) -> str:
    if fax.waiting is Waiting.OFFLINE:
        return translate("wording", "Waiting for network")
    if fax.waiting is Waiting.SIGN_IN:
        return translate("wording", "Waiting for the key")
    if fax.waiting is Waiting.LATE:
        return translate("wording", "Late, asks you first")
    if fax.due_at is None or fax.due_at - now < _SOON:
        return translate("states", "Waiting to send")
    when = times.in_list(fax.due_at, now)
    if fax.waiting is Waiting.RETRY:
        reason = short_reason(fax.message)
        return (
            translate("wording", "{0}, next {1}").format(reason, when)
            if reason
            else translate("wording", "Next try {0}").format(when)
        )
    return translate("wording", "{0} at {1}").format(times.day(fax.due_at, now), times.clock(fax.due_at))


def _sentence(fax: Fax, right: str, now: datetime) -> str:
    parts = [translate("wording", "Unread") if fax.unread else "", title(fax)]
    parts += [show(fax.number) if fax.name else "", pages(fax.pages) if fax.pages else ""]
    parts += [translate("wording", "sent elsewhere")] if fax.elsewhere else []
    if fax.direction is Direction.SENT:
        words = state_words(fax)
        parts += [right] if right.startswith(words) else [words, right]
    parts.append(times.with_day(fax.created_at, now))
    return ", ".join(part for part in parts if part)
