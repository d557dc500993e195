"""The faxes the service was given to send, and how far each has come.

How far is a function of the service's time since acceptance alone: nothing runs in the background, so a fax goes
on by itself while the program is closed.
"""

from dataclasses import dataclass, field
from typing import Any

from ifax_desktop.simulator.documents import DocumentShelf
from ifax_desktop.simulator.outcomes import BY_NAME, DELIVERED, PREPARING, Outcome
from ifax_desktop.simulator.pace import Pace

SLOWER = {"HD": 2.0}
"""How much longer a page takes in some qualities."""


@dataclass(slots=True)
class Job:
    """One fax the service has accepted; the ground truth that tests look at, also when it was deleted.

    Times are unix seconds. `pages` counts the service's cover page too and is 0 where a document cannot
    be read. `ranges` are the pages wanted of each document, all of them if empty. `cost` is what has been
    taken for it and not given back; `billing` is "" for a fax that costs nothing, else how far its payment is.
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
    outcome: str
    wait: float = 0.0
    """Seconds of the service from acceptance to the time that `send_at` asked for."""
    subject: str = ""
    requests: int = 1
    canceled_at: float | None = None
    quality: str = "Standard"
    waits_as: str = "sending"
    ranges: tuple[tuple[tuple[int, int], ...], ...] = ()
    with_test_key: bool = False
    billing: str = ""
    cost: str = "0.00"
    labels: list[str] = field(default_factory=list)
    custom_fields: dict[str, str] = field(default_factory=dict)
    deleted_at: float | None = None
    files_deleted_at: float | None = None
    shelf: DocumentShelf = field(default_factory=DocumentShelf, repr=False, compare=False)
    pace: Pace = field(default_factory=Pace, repr=False, compare=False)

    @property
    def starts_at(self) -> float:
        """When the service begins with it; a fax for later comes sooner while its time runs faster."""
        return self.pace.after(self.accepted_at, self.wait)

    @property
    def documents(self) -> tuple[bytes, ...]:
        """The attached files as they came out of base64, also when the client had them deleted."""
        return tuple(self.shelf.get(document) for document in self.document_ids)

    @property
    def will_be(self) -> Outcome:
        """What becomes of it, unless it is canceled."""
        return BY_NAME.get(self.outcome, DELIVERED)


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
    outcome = job.will_be
    if job.canceled_at is not None:
        return _canceled(job, outcome, job.canceled_at)
    if now < job.starts_at:
        return Progress(job.waits_as, -11, "Pre-processing")
    elapsed = job.pace.passed(job.starts_at, now)
    if elapsed < PREPARING:
        return Progress("sending", -11, "Pre-processing")
    call = elapsed - PREPARING - outcome.held_back
    if call < 0:
        return Progress("sending", *outcome.says_meanwhile)
    length = _call_length(job, outcome)
    ended = job.pace.after(job.starts_at, PREPARING + outcome.held_back + length)
    if not outcome.dials:
        return Progress(outcome.status, outcome.code, outcome.message, ended_at=ended)
    start = int(call_begins(job))
    through = _pages_through(job, outcome, call)
    if call < length:
        return Progress("sending", -3, "Fax processed for sending", through, start)
    return Progress(outcome.status, outcome.code, outcome.message, through, start, int(ended), ended)


def call_begins(job: Job) -> float:
    """When the service dials, or gives up before it does."""
    return job.pace.after(job.starts_at, PREPARING + job.will_be.held_back)


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
    begins = call_begins(job)
    if at < begins or not outcome.dials:
        return Progress("canceled", 403, "Fax canceled.", ended_at=at)
    through = _pages_through(job, outcome, job.pace.passed(begins, at))
    return Progress("canceled", 403, "Fax canceled.", through, int(begins), int(at), at)


def _call_length(job: Job, outcome: Outcome) -> float:
    """Seconds of the service from dialling to the end of the call."""
    if not outcome.dials:
        return 0.0
    if outcome.ringing is not None:
        return outcome.ringing
    pages = job.pages if outcome.breaks_after is None else _breaks_after(job, outcome.breaks_after) + 0.5
    return pages * _page_length(job, outcome)


def _page_length(job: Job, outcome: Outcome) -> float:
    return outcome.seconds_a_page * SLOWER.get(job.quality, 1.0)


def _pages_through(job: Job, outcome: Outcome, call: float) -> int:
    if outcome.ringing is not None:
        return 0
    most = job.pages if outcome.breaks_after is None else _breaks_after(job, outcome.breaks_after)
    return max(0, min(most, int(call / _page_length(job, outcome))))


def _breaks_after(job: Job, page: int) -> int:
    # A fax of one or two pages breaks before its last page, or it would have arrived whole.
    return max(0, min(page, job.pages - 1))
