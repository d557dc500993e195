"""What the commands say of a fax, and with which exit code they end for it."""

from ifax_desktop.domain.failures import Catalogue
from ifax_desktop.domain.fax import Fax, State, Stop, Waiting

DONE, NOT_DELIVERED, WRONG, STILL_GOING, NO_SERVICE, NOT_CERTAIN, NOT_KEPT = range(7)

CODES = {
    State.DELIVERED: DONE,
    State.FAILED: NOT_DELIVERED,
    State.CANCELED: NOT_DELIVERED,
    State.DRAFT: NOT_DELIVERED,  # taken back in the window
    State.DOUBTFUL: NOT_CERTAIN,
}
"""How a call of the program ends for a fax that has come so far."""

PAUSED = "The outbox is paused. Open iFax Desktop to let faxes out again."
OTHER_ACCOUNT = (
    "This key may belong to another account than the faxes kept here. The fax is kept and was not sent. "
    "Open iFax Desktop with this key once, and say whether it is the same account."
)
NOT_TAKEN = (
    "This key may belong to another account than the one iFax Desktop is at work with. The fax was not kept."
)
WHOSE = (
    "This key may belong to another account than the faxes kept here. "
    "Open iFax Desktop with this key once, and say whether it is the same account."
)

_WORDS = {
    State.DELIVERED: "Delivered.",
    State.FAILED: "Not delivered.",
    State.CANCELED: "Canceled.",
    State.DRAFT: "Taken back. It is a draft in iFax Desktop.",
    State.DOUBTFUL: "Not certain whether this fax went out. It will not be sent again by guess.",
    State.QUEUED: "Waiting to send.",
    State.SENDING: "Sending.",
    State.ACCEPTED: "Sending.",
}
_STOPS = {Stop.WANTED: " The service is asked to stop it.", Stop.REFUSED: " It is too late to stop it."}


def words(fax: Fax, catalogue: Catalogue) -> str:
    """The state of a fax, with why and with what comes next."""
    said = _WORDS[fax.state]
    match fax.state:
        case State.FAILED:
            return _why_not(fax, catalogue)
        case State.QUEUED:
            return _what_for(fax, catalogue)
        case State.ACCEPTED if fax.pages_done:
            said = f"Sending, {fax.pages_done} of {fax.pages} pages arrived."
    return said + _STOPS.get(fax.stop, "")


def _why_not(fax: Fax, catalogue: Catalogue) -> str:
    if fax.own_words:
        return f"Not delivered. {fax.message}"
    failure = catalogue.reason(fax.code, fax.message, fax.service_status)
    raw = " ".join(part for part in (fax.message, str(fax.code or "")) if part)
    return f"Not delivered. {failure.title}. {failure.meaning}".rstrip() + (f" ({raw})" if raw else "")


def _what_for(fax: Fax, catalogue: Catalogue) -> str:
    """Why a fax waits; a time of today stands without its date."""
    if fax.waiting is Waiting.LATE:
        return "Waiting, and long after its time. Open iFax Desktop to say whether it shall still go out."
    if fax.due_at is None or fax.waiting not in (Waiting.RETRY, Waiting.SCHEDULED):
        return "Waiting to send."
    due = fax.due_at.astimezone()
    if fax.waiting is Waiting.SCHEDULED:
        return f"Waiting until {due:%Y-%m-%d %H:%M}."
    failure = catalogue.reason(fax.code, fax.message, fax.service_status)
    return f"Waiting to send. {failure.title}. Next try at {due:%H:%M}."
