"""Fax, Direction, State, and which state may follow which."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from ifax_desktop.domain.cover import Cover


class Direction(StrEnum):
    """Which way a fax went, seen from this computer."""

    SENT = "sent"
    RECEIVED = "received"


class State(StrEnum):
    """Where a fax is on its way. Hold, schedule and retry are no states: they are a queued fax's due time."""

    DRAFT = "draft"
    QUEUED = "queued"
    SENDING = "sending"
    """Being handed over to the service, or cut off while that went on."""
    ACCEPTED = "accepted"
    """The service gave a job id; the other machine does not have the fax yet."""
    DOUBTFUL = "doubtful"
    """The service may have it, nobody knows. Never sent again by guess."""
    DELIVERED = "delivered"
    FAILED = "failed"
    CANCELED = "canceled"
    RECEIVED = "received"


MAY_FOLLOW: dict[State, frozenset[State]] = {
    State.DRAFT: frozenset({State.QUEUED}),
    State.QUEUED: frozenset({State.SENDING, State.CANCELED, State.DRAFT, State.FAILED}),
    State.SENDING: frozenset(
        {State.QUEUED, State.ACCEPTED, State.DOUBTFUL, State.FAILED, State.CANCELED, State.DELIVERED}
    ),
    State.DOUBTFUL: frozenset({State.ACCEPTED, State.QUEUED}),
    State.ACCEPTED: frozenset({State.DELIVERED, State.FAILED, State.CANCELED, State.QUEUED}),
    State.FAILED: frozenset({State.QUEUED}),
    State.CANCELED: frozenset({State.QUEUED}),
    State.DELIVERED: frozenset(),
    State.RECEIVED: frozenset(),
}

IN_PROGRESS = frozenset({State.QUEUED, State.SENDING, State.ACCEPTED})
NEEDS_USER = frozenset({State.FAILED, State.DOUBTFUL})
FINAL = frozenset({State.DELIVERED, State.FAILED, State.CANCELED, State.RECEIVED})

_SERVICE_WORDS = {
    "delivered": State.DELIVERED,
    "failed": State.FAILED,
    "failed_chargeable": State.FAILED,
    "blocked": State.FAILED,
    "canceled": State.CANCELED,
    "cancelled": State.CANCELED,
    "partially_cancelled": State.CANCELED,
}


def final_state(word: str) -> State | None:
    """The state a service's status word ends a sent fax in; None while the word is not final or not known.

    Words from the wire contract, section 5. An unknown word never ends a fax.
    """
    return _SERVICE_WORDS.get(word.strip().lower())


class Waiting(StrEnum):
    """Why a queued fax is not on its way yet."""

    TURN = ""
    UNDO = "undo"
    OFFLINE = "offline"
    SIGN_IN = "sign in"
    RETRY = "retry"
    """The last try did not get through; the next is planned."""
    SCHEDULED = "scheduled"
    """The user chose a time."""
    LATE = "late"
    """Its time was over long ago while the program was closed: the user is asked first."""


class Stop(StrEnum):
    """What became of the user's wish to stop a fax that had left the outbox already."""

    NOT_ASKED = ""
    WANTED = "wanted"
    """The service is asked as soon as the fax has a job id."""
    ASKED = "asked"
    """The service took the wish. Its word for the fax decides what became of it."""
    REFUSED = "refused"
    """The service said that it is too late."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """One document of a fax as the user gave it."""

    name: str = field(repr=False)
    document: str
    """SHA-256 of its content, which is its key in the store."""
    pages: int


@dataclass(frozen=True, slots=True)
class Fax:
    """One fax as the archive knows it. Times are UTC."""

    id: int
    direction: Direction
    state: State
    number: str = field(repr=False)
    """The other side's, E.164 where it could be read, else as it was given."""
    name: str = field(repr=False)
    own_number: str = field(repr=False)
    pages: int | None
    created_at: datetime
    pages_done: int | None = None
    """Pages the other machine confirmed, as the service tells it."""
    due_at: datetime | None = None
    waiting: Waiting = Waiting.TURN
    ended_at: datetime | None = None
    tries: int = 0
    job_id: str = ""
    transaction_id: str = ""
    service_status: str = ""
    code: int | None = None
    message: str = field(default="", repr=False)
    unread: bool = False
    document: str = ""
    """SHA-256 of the PDF that goes out or came in; empty while there is none."""
    elsewhere: bool = False
    """Sent on this account by another program: known from the service's list only, and never tried again from here."""
    stop: Stop = Stop.NOT_ASKED
    own_words: bool = False
    """`message` is a sentence of this program, not of the service."""
    resend_of: str = ""
    """The job the service is to send again by itself, where the document is not on this computer."""


class Happening(StrEnum):
    """What a line of a fax's history tells."""

    STORED = "stored"
    HANDED_OVER = "handed over"
    ACCEPTED = "accepted"
    PAGE = "page"
    DELIVERED = "delivered"
    NOT_DELIVERED = "not delivered"
    RETRY_PLANNED = "retry planned"
    OFFLINE = "offline"
    DOUBTFUL = "doubtful"
    FOUND = "found"
    CANCELED = "canceled"
    UNDONE = "undone"
    SENT_AGAIN = "sent again"
    STOP_ASKED = "stop asked"
    """The user wants it stopped; it had left the outbox already."""
    STOP_REFUSED = "stop refused"
    LATE = "late"
    ELSEWHERE = "elsewhere"
    """Seen in the service's list: another program sent it."""
    BROUGHT_BACK = "brought back"
    """From an import, a backup or a copied profile: it does not go on by itself."""
    RECEIVED = "received"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a fax's history."""

    at: datetime
    what: Happening
    detail: str = ""
    pages: int | None = None
    code: int | None = None


@dataclass(frozen=True, slots=True)
class Usual:
    """How long the last faxes to a number took, from accepted to delivered."""

    faxes: int
    longest: timedelta


@dataclass(frozen=True, slots=True)
class Standing:
    """What is known of a fax's latest attempt beyond its state."""

    accepted_at: datetime | None = None
    looks: int = 0
    """How often a doubtful one was looked for at the service."""
    looked_at: datetime | None = None
    silent_since: datetime | None = None
    """Since when the service does not say how it stands."""
    silence: str = field(default="", repr=False)
    """In which words."""
    usual: Usual | None = None
    """None where too few faxes went to the number."""


@dataclass(frozen=True, slots=True)
class FaxDetail:
    """A fax with everything the details pane shows of it."""

    fax: Fax
    cover: Cover = field(default_factory=Cover)
    attachments: tuple[Attachment, ...] = ()
    events: tuple[Event, ...] = ()
    """Oldest first."""
    quality: str = "Standard"
    standing: Standing = Standing()
