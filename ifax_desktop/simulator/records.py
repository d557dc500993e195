"""What the service remembers: faxes sent and received, numbers, credit, the next ids, and when the next letter arrives.

With a folder it is written there after every change (`state.json`, temporary file, fsync, rename; the
documents beside it), so that ids never repeat and faxes go on after a restart. A state written before some of
it was remembered still opens: what is missing is as on the first day.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from ifax_desktop.simulator.documents import DocumentShelf, private_folder, write_whole
from ifax_desktop.simulator.jobs import Job
from ifax_desktop.simulator.numbers import OWN_NUMBERS, OwnNumber
from ifax_desktop.simulator.pace import Pace

FORMAT = 1
NOT_KEPT = frozenset({"shelf", "pace"})

Kept = TypeVar("Kept")


class StateDamaged(Exception):
    """The practice state on the disk cannot be read; the message names the file."""


@dataclass(slots=True)
class ReceivedFax:
    """One fax that has arrived, also if it was deleted later. Times are unix seconds; numbers are E.164."""

    job_id: int
    fax_id: int
    transaction_id: int
    sender: str
    receiver: str
    pages: int
    received_at: float
    document_id: str
    sha256: str
    cost: str = "0.00"
    labels: list[str] = field(default_factory=list)
    custom_fields: dict[str, str] = field(default_factory=dict)
    deleted_at: float | None = None
    files_deleted_at: float | None = None


@dataclass(slots=True)
class Counters:
    """The last id given out of each kind. The service numbers across all its customers, so ours have gaps."""

    job: int = 7204418
    fax: int = 5310022
    transaction: int = 8801337
    number: int = 326615
    order: int = 1756409973120085563

    def next_ids(self) -> tuple[int, int, int]:
        """A job id, a fax id and a transaction id never given out before."""
        self.job += 3 + self.job % 11
        self.fax += 2 + self.fax % 7
        self.transaction += 2 + self.transaction % 5
        return self.job, self.fax, self.transaction

    def next_order(self) -> tuple[str, str]:
        """A number id and an order id never given out before, as text: the second has 19 digits."""
        self.number += 3 + self.number % 13
        self.order += 100_000_007 + self.order % 1_000_003
        return str(self.number), str(self.order)


@dataclass(slots=True)
class Arrivals:
    """How many ready-made letters have arrived; the next comes `wait` seconds of the service after `since`."""

    arrived: int = 0
    since: float | None = None
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class Booking:
    """Credit put in or taken out, as the account's statement has it. `about` is the job id or the number."""

    at: float
    amount: str
    what: str
    about: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """Text or facts of a fax that somebody asked for; `direction` and `kind` are the contract's words."""

    job_id: int
    direction: str
    kind: str
    asked_at: float


@dataclass(slots=True)
class Records:
    """Everything the service remembers."""

    folder: Path | None = None
    jobs: list[Job] = field(default_factory=list)
    received: list[ReceivedFax] = field(default_factory=list)
    numbers: list[OwnNumber] = field(default_factory=lambda: list(OWN_NUMBERS))
    bookings: list[Booking] = field(default_factory=list)
    readings: list[Reading] = field(default_factory=list)
    counters: Counters = field(default_factory=Counters)
    arrivals: Arrivals = field(default_factory=Arrivals)
    pace: Pace = field(default_factory=Pace)
    shelf: DocumentShelf = field(default_factory=DocumentShelf)

    @property
    def own_numbers(self) -> tuple[str, ...]:
        """The account's fax numbers in E.164, the first one first."""
        return tuple(own.number for own in self.numbers)

    def save(self) -> None:
        """Write the state down, if there is a folder to keep it in.

        Kept on the caller's thread on purpose: the file is small, and a write that cannot be cancelled
        half-way needs no lock against the next one.
        """
        if self.folder is None:
            return
        state = {
            "format": FORMAT,
            "counters": asdict(self.counters),
            "arrivals": asdict(self.arrivals),
            "pace": self.pace.turns,
            "numbers": [asdict(own) for own in self.numbers],
            "bookings": [asdict(booking) for booking in self.bookings],
            "readings": [asdict(reading) for reading in self.readings],
            "jobs": [_plain(job) for job in self.jobs],
            "received": [_plain(fax) for fax in self.received],
        }
        write_whole(self.folder / "state.json", json.dumps(state, indent=1).encode())

    def clear(self) -> None:
        """Forget every fax, booking and bought number, but not which ids were given out, nor the pace."""
        for remembered in (self.jobs, self.received, self.bookings, self.readings):
            remembered.clear()
        self.numbers[:] = OWN_NUMBERS
        self.arrivals = Arrivals()
        self.save()


def open_records(folder: Path | None) -> Records:
    """The records kept in `folder`, or new ones. Raises `StateDamaged` if they cannot be read."""
    if folder is None:
        return Records()
    private_folder(folder)
    records = Records(folder=folder, shelf=DocumentShelf(folder / "documents"))
    path = folder / "state.json"
    if not path.exists():
        return records
    try:
        _fill(records, json.loads(path.read_bytes()))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StateDamaged(f"The practice state in {path} cannot be read.") from error
    return records


def _fill(records: Records, state: Mapping[str, Any]) -> None:
    records.counters = _built(Counters, state["counters"])
    records.arrivals = _arrivals(state["arrivals"])
    if "pace" in state:
        records.pace = Pace(state["pace"])
    if "numbers" in state:
        records.numbers = [_built(OwnNumber, row) for row in state["numbers"]]
    records.bookings = [_built(Booking, row) for row in state.get("bookings", ())]
    records.readings = [_built(Reading, row) for row in state.get("readings", ())]
    records.jobs = [_job(row, records) for row in state["jobs"]]
    records.received = [_built(ReceivedFax, row) for row in state["received"]]


def _plain(record: Job | ReceivedFax) -> dict[str, Any]:
    return {item.name: getattr(record, item.name) for item in fields(record) if item.name not in NOT_KEPT}


def _arrivals(row: Mapping[str, Any]) -> Arrivals:
    # Before the pace was kept, a letter's arrival stood there as a moment of the clock.
    return _built(Arrivals, {"since": row.get("next_at"), **row})


def _job(row: Mapping[str, Any], records: Records) -> Job:
    lists = {name: tuple(row[name]) for name in ("file_names", "document_ids")}
    ranges = tuple(tuple((first, last) for first, last in wanted) for wanted in row.get("ranges", ()))
    shared = {"shelf": records.shelf, "pace": records.pace}
    # An older state has the moment of the clock at which a fax begins, in place of the wait until then.
    wait = row.get("wait", row.get("starts_at", row["accepted_at"]) - row["accepted_at"])
    return _built(Job, {**row, **lists, **shared, "ranges": ranges, "wait": wait})


def _built(kind: type[Kept], row: Mapping[str, Any]) -> Kept:
    known = {item.name for item in fields(kind)}  # type: ignore[arg-type]  # every kind here is a dataclass
    return kind(**{name: value for name, value in row.items() if name in known})
