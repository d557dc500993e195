"""The faxes the service was given to send, and how far each has come.

How far is a function of the time since acceptance alone: nothing runs in the background, so a fax goes
on by itself while the program is closed.
"""

from dataclasses import dataclass, field
from typing import Any

from ifax_desktop.simulator.documents import DocumentShelf
from ifax_desktop.simulator.outcomes import BY_NAME, DELIVERED, PREPARING, Outcome


@dataclass(slots=True)
class Job:
    """One fax the service has accepted; the ground truth that tests look at.

    Times are unix seconds. `pages` counts the service's cover page too and is 0 where a document cannot
    be read. `speed` is how much faster than real time this fax moves.
    """

    job_id: int
    fax_id: int
    transaction_id: int
    operation: str
    number: str
    caller_id: str
    file_names: tuple[str, ...]
    document_ids: tuple[str, ...]
    size: int
    sha256: str
    pages: int
    accepted_at: float
    starts_at: float
    speed: float
    outcome: str
    subject: str = ""
    requests: int = 1
    canceled_at: float | None = None
    shelf: DocumentShelf = field(default_factory=DocumentShelf, repr=False, compare=False)

    @property
    def documents(self) -> tuple[bytes, ...]:
        """The attached files as they came out of base64."""
        return tuple(self.shelf.get(document) for document in self.document_ids)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a fax has come at one moment. Times are unix seconds, 0 where there is none yet."""

    status: str
    code: int
    message: str
    pages_through: int = 0
    call_start: int = 0
    call_end: int = 0
    ended_at: float | None = None


def progress(job: Job, now: float) -> Progress:
    """How far `job` is at `now`, as the service would report it."""
    outcome = BY_NAME.get(job.outcome, DELIVERED)
    if job.canceled_at is not None:
        return _canceled(job, outcome, job.canceled_at)
    elapsed = (now - job.starts_at) * job.speed
    if elapsed < PREPARING:
        return Progress("sending", -11, "Pre-processing")
    call = elapsed - PREPARING
    ended = job.starts_at + (PREPARING + _call_length(job, outcome)) / job.speed
    if not outcome.dials:
        return Progress(outcome.status, outcome.code, outcome.message, ended_at=ended)
    start = job.starts_at + PREPARING / job.speed
    through = _pages_through(job, outcome, call)
    if call < _call_length(job, outcome):
        return Progress("sending", -3, "Fax processed for sending", through, int(start))
    return Progress(outcome.status, outcome.code, outcome.message, through, int(start), int(ended), ended)


def sent_row(job: Job, now: float) -> dict[str, Any]:
    """The Fax Object of the wire contract, section 5."""
    state = progress(job, now)
    return {
        "jobId": job.job_id,
        "fromNumber": job.caller_id,
        "toNumber": job.number,
        "faxCallLength": max(0, state.call_end - state.call_start) if state.call_end else 0,
        "faxCallStart": state.call_start,
        "faxCallEnd": state.call_end,
        "faxTotalPages": job.pages,
        "faxTransferredPages": state.pages_through,
        "faxStatus": state.status,
        "message": state.message,
        "code": state.code,
    }


def listed_row(job: Job, now: float) -> dict[str, Any]:
    """A row of the sent list: the Fax Object with the two other ids and the direction."""
    return {
        **sent_row(job, now),
        "faxId": job.fax_id,
        "transactionId": job.transaction_id,
        "direction": "outbound",
    }


def _canceled(job: Job, outcome: Outcome, at: float) -> Progress:
    call = (at - job.starts_at) * job.speed - PREPARING
    if call < 0 or not outcome.dials:
        return Progress("canceled", 403, "Fax canceled.", ended_at=at)
    start = job.starts_at + PREPARING / job.speed
    through = _pages_through(job, outcome, call)
    return Progress("canceled", 403, "Fax canceled.", through, int(start), int(at), at)


def _call_length(job: Job, outcome: Outcome) -> float:
    """Seconds from dialling to the end of the call, at the speed of a person watching."""
    if not outcome.dials:
        return 0.0
    if outcome.ringing is not None:
        return outcome.ringing
    pages = job.pages if outcome.breaks_after is None else _breaks_after(job, outcome.breaks_after) + 0.5
    return pages * outcome.seconds_a_page


def _pages_through(job: Job, outcome: Outcome, call: float) -> int:
    if outcome.ringing is not None:
        return 0
    most = job.pages if outcome.breaks_after is None else _breaks_after(job, outcome.breaks_after)
    return max(0, min(most, int(call / outcome.seconds_a_page)))


def _breaks_after(job: Job, page: int) -> int:
    # A fax of one or two pages breaks before its last page, or it would have arrived whole.
    return max(0, min(page, job.pages - 1))
