"""What is true, whatever the program shows: what the user was told, and what the service got and gave."""

from dataclasses import dataclass, field
from enum import StrEnum

from ifax_desktop.domain.form import Form
from ifax_desktop.simulator.jobs import Job, progress
from ifax_desktop.simulator.service import FaxService

DELIVERED = "delivered"
NOT_DELIVERED = frozenset({"failed", "failed_chargeable", "blocked"})
CANCELED = frozenset({"canceled", "cancelled", "partially_cancelled"})


class Heard(StrEnum):
    """What became of the answer to a fax that was handed over, as it left the service."""

    GOOD = "good"
    """It held the job id, all of it."""
    REFUSED = "refused"
    """A clear no."""
    UNCLEAR = "unclear"
    """The service says no, but the code is not final: it may have the fax all the same."""
    LOST = "lost"
    """Cut off, or nothing that anybody could read."""


@dataclass(frozen=True, slots=True)
class Sending:
    """One fax-send call as it was seen at the service."""

    file_name: str
    """Of the attempt; empty where the body never came in whole."""
    heard: Heard


@dataclass(frozen=True, slots=True)
class TrueJob:
    """A fax the service took on. Times are unix seconds."""

    job_id: str
    number: str = field(repr=False)
    document: str
    """SHA-256 of what came in."""
    file_name: str
    accepted_at: float
    status: str
    ended_at: float | None
    pages_done: int = 0

    @property
    def is_known_failed(self) -> bool:
        """It ended, and the other machine does not have it."""
        return self.ended_at is not None and self.status in NOT_DELIVERED


@dataclass(frozen=True, slots=True)
class Arrived:
    """A fax that came in at the service."""

    job_id: str
    transaction_id: str
    document: str


@dataclass(slots=True)
class Asked:
    """A fax the user was told is kept for sending."""

    fax: int
    number: str = field(repr=False)
    document: str
    canceled_at: float | None = None
    """When the user was told that it will not go out any more (unix seconds)."""
    not_before: float = 0.0
    """When the time for an Undo is over, or the time it is to go out at has come (unix seconds)."""
    agreed: int = 0
    """How many times the user said that it shall be sent again although it may print twice."""


@dataclass(slots=True)
class Typed:
    """A draft: as the user was last told that it is kept, and as it was being kept when the lights went out."""

    told: Form
    on_its_way: Form | None = None


@dataclass(slots=True)
class Truth:
    """Everything that was true in one season."""

    key: str = field(repr=False)
    faxes: dict[int, Asked] = field(default_factory=dict)
    drafts: dict[int, Typed] = field(default_factory=dict)
    jobs: list[TrueJob] = field(default_factory=list)
    received: list[Arrived] = field(default_factory=list)
    sendings: dict[str, Sending] = field(default_factory=dict)
    """By file name."""
    cut_off: set[int] = field(default_factory=set)
    """Attempts that were under way, their last piece marked, when the program was killed."""
    words: set[str] = field(default_factory=set)
    """Names of documents and people: no log may hold them."""
    complaints: list[str] = field(default_factory=list)
    """What the program did that no program does: ended by itself, did not end when told, left children."""
    half_files: list[str] = field(default_factory=list)
    """Files in a folder of received faxes that are no whole document of the service."""

    def ask_service(self, service: FaxService) -> None:
        """Take over what the service knows now."""
        now = service.now()
        self.jobs = [true_job(job, now) for job in service.jobs]
        self.received = [
            Arrived(str(fax.job_id), str(fax.transaction_id), fax.sha256) for fax in service.received
        ]


def true_job(job: Job, now: float) -> TrueJob:
    """A job of the practice service as the judge sees it."""
    state = progress(job, now)
    return TrueJob(
        str(job.job_id),
        job.number,
        job.sha256,
        ", ".join(job.file_names),
        job.accepted_at,
        state.status,
        state.ended_at,
        state.pages_through,
    )
