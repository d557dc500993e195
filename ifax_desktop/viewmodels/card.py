"""What the card of a sent fax is made of: its words, and what a user can do."""

from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QCoreApplication

from ifax_desktop.domain.fax import Event, Fax, Happening

translate = QCoreApplication.translate


class Act(StrEnum):
    """What a user can do with a sent fax."""

    OPEN_DRAFT = "open draft"
    DISCARD = "discard"
    CANCEL = "cancel"
    TRY_NOW = "try now"
    TRY_AGAIN = "try again"
    LOOK_AGAIN = "look again"
    EDIT = "edit"
    """Open it in New fax to change the number."""
    SEND_AGAIN = "send again"
    """Open it in New fax as it is."""
    SEND_ANYWAY = "send anyway"
    """Send a fax nobody is certain of once more, although it may print twice."""
    HAVE_RESENT = "have resent"
    """Have the service send its own copy again, as the document is not on this computer."""
    RESUME = "resume"
    """Let waiting faxes out again."""
    MEND_KEY = "mend key"
    OPEN_ACCOUNT = "open account"
    """Credit, plan and the like are put right in the account on the web."""
    SUPPORT = "support"
    """Write to the service's support, with the details of this fax."""
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The words of a card. `strong` are words to stand out; a card has a link or details, not both."""

    tone: str
    icon: str
    title: str
    sentences: str = ""
    strong: tuple[str, ...] = ()
    act: Act | None = None
    button: str = ""
    button_icon: str = ""
    primary: bool = False
    link_act: Act | None = None
    link: str = ""
    details: str = ""
    aside: str = ""
    icon_token: str = ""


def raw_details(fax: Fax) -> str:
    """What the service itself said of a fax, for support."""
    told = [
        fax.service_status,
        "" if fax.own_words else fax.message,
        "" if fax.code is None else str(fax.code),
    ]
    lines = [" ".join(part for part in told if part)]
    if fax.job_id:
        lines.append(translate("card", "Fax {0} of the service").format(fax.job_id))
    return "\n".join(line for line in lines if line)


def last(events: tuple[Event, ...], what: Happening) -> Event | None:
    """The last event of a kind."""
    return next((event for event in reversed(events) if event.what is what), None)


def quoted(words: str) -> str:
    """The service's own words, told from ours."""
    return f"\N{LEFT DOUBLE QUOTATION MARK}{words}\N{RIGHT DOUBLE QUOTATION MARK}"
