"""How each state of a fax is shown: icon, words and colours."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import QCoreApplication


@dataclass(frozen=True, slots=True)
class StateLook:
    """Icon name, colour token of sign and words, token of the ground of the pill."""

    icon: str
    token: str
    soft: str


STATES: Final = {
    "draft": StateLook("state-draft", "text3", "hover"),
    "waiting": StateLook("state-waiting", "text2", "hover"),
    "sending": StateLook("state-sending", "link", "soft"),
    "delivered": StateLook("state-delivered", "ok", "okSoft"),
    "failed": StateLook("state-failed", "bad", "badSoft"),
    "uncertain": StateLook("state-uncertain", "warn", "warnSoft"),
    "canceled": StateLook("state-canceled", "text3", "hover"),
    "unknown": StateLook("info", "text2", "hover"),
}


def state_look(state: str) -> StateLook:
    """The look of a state; a word we do not know gets the neutral look."""
    return STATES.get(state, STATES["unknown"])


def state_words(state: str) -> str:
    """The full words of a state in the user's language; a word of the service we do not know is quoted."""
    words = {
        "draft": QCoreApplication.translate("states", "Draft"),
        "waiting": QCoreApplication.translate("states", "Waiting to send"),
        "sending": QCoreApplication.translate("states", "Sending"),
        "delivered": QCoreApplication.translate("states", "Delivered"),
        "failed": QCoreApplication.translate("states", "Not delivered"),
        "uncertain": QCoreApplication.translate("states", "Not certain"),
        "canceled": QCoreApplication.translate("states", "Canceled"),
        "unknown": QCoreApplication.translate("states", "Unknown"),
    }
    return words.get(state, f"\u201c{state}\u201d")
