"""What the judge says: violations, each with its evidence, and counts of what was found in order."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class Fault(StrEnum):
    """What may not be."""

    LOST = "lost"
    """A fax the user was told is kept is gone, or its document."""
    TWICE = "sent twice"
    ABOUT_TO_BE_TWICE = "about to be sent twice"
    BY_GUESS = "sent again by guess"
    """The service may have had the fax, and it went back to the outbox all the same."""
    CANCELED_AND_SENT = "sent after it was taken back"
    TOO_EARLY = "sent too early"
    UNTRUE = "shown as it is not"
    NEVER_ASKED = "sent without being asked for"
    WITHOUT_CAUSE = "not certain without a cause"
    STUCK = "waits for nothing"
    RECEIVED_LOST = "received fax lost"
    RECEIVED_TWICE = "received fax kept twice"
    RECEIVED_HALF = "received fax with another document"
    INVENTED = "received fax that never came"
    DRAFT_LOST = "draft lost"
    DAMAGED = "archive damaged"
    LEFT_BEHIND = "file left behind"
    TOLD_IN_LOG = "secret in a log"
    MISBEHAVED = "program misbehaved"


@dataclass(frozen=True, slots=True)
class Violation:
    """One thing that may not be, with what shows it."""

    fault: Fault
    about: str
    evidence: tuple[str, ...] = ()

    def __str__(self) -> str:
        return "\n    ".join((f"{self.fault}: {self.about}", *self.evidence))


@dataclass(slots=True)
class Verdict:
    """The judgement of a season."""

    violations: list[Violation] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    logged: Counter[str] = field(default_factory=Counter)
    """What the program wrote into its log, line by line without the times, apart from Qt's own."""

    def add(self, other: "Verdict") -> None:
        """Take over what another season's judge said."""
        self.violations += other.violations
        self.counts += other.counts
        self.logged += other.logged
