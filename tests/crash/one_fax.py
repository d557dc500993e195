"""The case of one fax: what the archive shows of it against the service's jobs of its document."""

from itertools import pairwise

from tests.crash.shown import Row, Shown
from tests.crash.truth import CANCELED, DELIVERED, Asked, Heard, TrueJob, Truth
from tests.crash.verdict import Fault, Verdict, Violation

PATIENCE = 10.0
"""Seconds in which the program has to take note of an end, and to take up what is due, while nothing hinders it."""


class OneFax:
    """The case of one fax."""

    def __init__(self, truth: Truth, shown: Shown, at: float, row: Row, verdict: Verdict) -> None:
        self._truth, self._shown, self._at, self._row, self._verdict = truth, shown, at, row, verdict
        self._asked: Asked | None = truth.faxes.get(row["id"])
        document = self._asked.document if self._asked else row["document"]
        self._jobs = sorted(
            (job for job in truth.jobs if job.document == document), key=lambda job: job.accepted_at
        )
        self._attempts = shown.attempts_of(row["id"])
        self._agreed = self._asked.agreed if self._asked else 0

    def judge(self) -> None:
        """Say what is wrong with it, and count it."""
        state = self._row["state"]
        self._verdict.counts[f"shown {state}"] += 1
        self._verdict.counts["sends of faxes sent before"] += max(0, len(self._jobs) - 1)
        self._document()
        self._once()
        self._guesses()
        self._in_time()
        self._taken_back()
        look = {
            "delivered": self._delivered,
            "accepted": self._accepted,
            "doubtful": self._doubtful,
            "queued": self._queued,
            "failed": self._failed,
            "canceled": self._canceled,
            "draft": self._draft,
        }.get(state, self._nothing_known)
        look()

    def _document(self) -> None:
        asked, row = self._asked, self._row
        if asked and row["document"] != asked.document and asked.canceled_at is None:
            self._say(Fault.LOST, "its document is another one")
        if row["document"] and not self._shown.documents.get(row["document"]):
            self._say(Fault.LOST, "its document is missing or damaged")

    def _once(self) -> None:
        agreed = self._agreed
        for first, second in pairwise(self._jobs):
            over = first.is_known_failed or (first.ended_at is not None and first.status in CANCELED)
            if over and (first.ended_at or 0) <= second.accepted_at:
                continue
            agreed -= 1
            if agreed < 0:
                self._say(
                    Fault.TWICE, f"job {second.job_id} began while {first.job_id} was not known as failed"
                )

    def _guesses(self) -> None:
        """What may be at the service must stay not certain until it was found there, or the user wants it twice."""
        agreed = self._agreed
        for attempt in self._attempts:
            if attempt["handed_over_at"] is None or attempt["job_id"] or not self._is_open(attempt):
                continue
            if attempt["id"] == self._row["attempt"] and self._row["state"] == "doubtful":
                continue
            agreed -= 1
            if agreed >= 0:
                self._verdict.counts["sent again as the user wants it"] += 1
            elif attempt["id"] != self._row["attempt"]:
                self._say(Fault.BY_GUESS, f"attempt {attempt['id']} was not certain, and another followed")
            else:
                self._say(Fault.BY_GUESS, f"attempt {attempt['id']} is not certain, and nothing says so")

    def _in_time(self) -> None:
        if self._asked and any(job.accepted_at < self._asked.not_before for job in self._jobs):
            self._say(Fault.TOO_EARLY, f"it was not to go before {self._asked.not_before}")

    def _taken_back(self) -> None:
        since = self._asked.canceled_at if self._asked else None
        if since is not None and any(job.accepted_at > since for job in self._jobs):
            self._say(Fault.CANCELED_AND_SENT, "the user was told that it does not go out")

    def _delivered(self) -> None:
        job = self._shown_job()
        if job is None or job.status != DELIVERED:
            self._say(Fault.UNTRUE, "shown as delivered")

    def _accepted(self) -> None:
        job = self._shown_job()
        if job is None:
            self._say(Fault.UNTRUE, "shown as on its way, but the service does not have it")
        elif job.ended_at is not None and self._at - job.ended_at > PATIENCE:
            self._say(Fault.STUCK, f"shown as on its way, but it is {job.status}")

    def _doubtful(self) -> None:
        attempt = self._shown.attempts.get(self._row["attempt"])
        if attempt is None or attempt["handed_over_at"] is None:
            self._say(Fault.WITHOUT_CAUSE, "its last piece never went")
        elif not self._is_open(attempt):
            self._say(Fault.WITHOUT_CAUSE, "the service answered clearly, and the program lived to hear it")
        else:
            self._verdict.counts[f"not certain: {self._in_truth(attempt['file_name'])}"] += 1

    def _queued(self) -> None:
        if self._jobs and not self._jobs[-1].is_known_failed and not self._agreed:
            self._say(Fault.ABOUT_TO_BE_TWICE, f"it waits, but its last job is {self._jobs[-1].status}")
        due = self._row["due_at"]
        if due is None:
            self._say(Fault.STUCK, "it waits for no time at all")
        elif due / 1000 < self._at - PATIENCE and not self._line_is_taken():
            self._say(Fault.STUCK, "it is due and does not go")
        self._verdict.counts[f"waiting: {self._row['waiting'] or 'its turn'}"] += 1

    def _failed(self) -> None:
        if self._jobs and not self._jobs[-1].is_known_failed:
            self._say(Fault.UNTRUE, f"shown as not delivered, but job {self._jobs[-1].job_id} is otherwise")

    def _canceled(self) -> None:
        if self._jobs and not (self._jobs[-1].status in CANCELED or self._jobs[-1].is_known_failed):
            self._say(Fault.UNTRUE, f"shown as canceled, but job {self._jobs[-1].job_id} is otherwise")

    def _draft(self) -> None:
        if self._asked and self._asked.canceled_at is None:
            self._say(Fault.LOST, "it was kept for sending, and is a draft nobody asked for")

    def _nothing_known(self) -> None:
        self._say(Fault.STUCK, f"the state “{self._row['state']}” outlived its process")

    def _is_open(self, attempt: Row) -> bool:
        """Whether the program had no clear answer to an attempt that was handed over."""
        sending = self._truth.sendings.get(attempt["file_name"])
        heard = sending.heard if sending else Heard.LOST
        return attempt["id"] in self._truth.cut_off or heard in (Heard.LOST, Heard.UNCLEAR)

    def _in_truth(self, file_name: str) -> str:
        """What the user cannot know of an attempt."""
        if any(job.file_name == file_name for job in self._jobs):
            return "the service has it"
        if file_name in self._truth.sendings:
            return "it came in whole and was not taken"
        return "its last piece never came in"

    def _line_is_taken(self) -> bool:
        return any(
            row["number"] == self._row["number"] and row["state"] in ("sending", "accepted")
            for row in self._shown.faxes.values()
        )

    def _shown_job(self) -> TrueJob | None:
        return next((job for job in self._jobs if job.job_id == self._row["job_id"]), None)

    def _say(self, fault: Fault, what: str) -> None:
        fax = self._row["id"]
        self._verdict.violations.append(
            Violation(
                fault, f"fax {fax} ({self._row['state']}): {what}", evidence(self._truth, self._shown, fax)
            )
        )


def evidence(truth: Truth, shown: Shown, fax: int) -> tuple[str, ...]:
    """What is known of a fax: its row, its history, its attempts, and the service's jobs of its document."""
    row = shown.faxes.get(fax, {})
    document = truth.faxes[fax].document if fax in truth.faxes else row.get("document")
    attempts = shown.attempts_of(fax)
    lines = [f"row: {row}"] if row else ["no row"]
    lines += [
        f"event: {event['at']} {event['what']} {event['detail']}".rstrip()
        for event in shown.events.get(fax, [])
    ]
    for attempt in attempts:
        told = {name: value for name, value in attempt.items() if value not in (None, "") and name != "raw"}
        cut = " (cut off by a kill)" if attempt["id"] in truth.cut_off else ""
        lines.append(f"attempt: {told}{cut} {truth.sendings.get(attempt['file_name'], 'never came whole')}")
    lines += [f"service: {job}" for job in truth.jobs if job.document == document]
    return tuple(lines)
