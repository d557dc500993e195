"""What the service remembers: faxes sent and received, the next ids, and when the next letter arrives.

With a folder it is written there after every change (`state.json`, temporary file, fsync, rename; the
documents beside it), so that ids never repeat and faxes go on after a restart.
"""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar

from ifax_desktop.simulator.documents import DocumentShelf, private_folder, write_whole
from ifax_desktop.simulator.jobs import Job

FORMAT = 1

Kept = TypeVar("Kept")


class StateDamaged(Exception):
    """The practice state on the disk cannot be read; the message names the file."""


@dataclass(slots=True)
class ReceivedFax:
    """One fax that has arrived. `received_at` is unix seconds; numbers are E.164."""

    job_id: int
    fax_id: int
    transaction_id: int
    sender: str
    receiver: str
    pages: int
    received_at: float
    document_id: str
    sha256: str


@dataclass(slots=True)
class Counters:
    """The last id given out of each kind. The service numbers across all its customers, so ours have gaps."""

    job: int = 7204418
    fax: int = 5310022
    transaction: int = 8801337

    def next_ids(self) -> tuple[int, int, int]:
        """A job id, a fax id and a transaction id never given out before."""
        self.job += 3 + self.job % 11
        self.fax += 2 + self.fax % 7
        self.transaction += 2 + self.transaction % 5
        return self.job, self.fax, self.transaction


@dataclass(slots=True)
class Arrivals:
    """Where the arrival of the ready-made letters stands. `next_at` is unix seconds."""

    arrived: int = 0
    next_at: float | None = None


@dataclass(slots=True)
class Records:
    """Everything the service remembers."""

    folder: Path | None = None
    jobs: list[Job] = field(default_factory=list)
    received: list[ReceivedFax] = field(default_factory=list)
    counters: Counters = field(default_factory=Counters)
    arrivals: Arrivals = field(default_factory=Arrivals)
    shelf: DocumentShelf = field(default_factory=DocumentShelf)

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
            "jobs": [_plain(job) for job in self.jobs],
            "received": [_plain(fax) for fax in self.received],
        }
        write_whole(self.folder / "state.json", json.dumps(state, indent=1).encode())

    def clear(self) -> None:
        """Forget every fax and every arrival, but not which ids were given out."""
        self.jobs.clear()
        self.received.clear()
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
        state = json.loads(path.read_bytes())
        records.counters = _built(Counters, state["counters"])
        records.arrivals = _built(Arrivals, state["arrivals"])
        records.jobs = [_job(row, records.shelf) for row in state["jobs"]]
        records.received = [_built(ReceivedFax, row) for row in state["received"]]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise StateDamaged(f"The practice state in {path} cannot be read.") from error
    return records


def _plain(record: Job | ReceivedFax) -> dict[str, Any]:
    return {item.name: getattr(record, item.name) for item in fields(record) if item.name != "shelf"}


def _job(row: Mapping[str, Any], shelf: DocumentShelf) -> Job:
    lists = {name: tuple(row[name]) for name in ("file_names", "document_ids")}
    return _built(Job, {**row, **lists, "shelf": shelf})


def _built(kind: type[Kept], row: Mapping[str, Any]) -> Kept:
    known = {item.name for item in fields(kind)}  # type: ignore[arg-type]  # every kind here is a dataclass
    return kind(**{name: value for name, value in row.items() if name in known})
