"""Judges what was sent: each fax once or honestly not certain, none lost, and each shown as it is."""

from tests.crash.one_fax import OneFax, evidence
from tests.crash.shown import Row, Shown
from tests.crash.truth import Truth
from tests.crash.verdict import Fault, Verdict, Violation


def judge_sent(truth: Truth, shown: Shown, at: float) -> Verdict:
    """Judge every fax that was asked for, that the archive holds or that the service got."""
    verdict = Verdict()
    sent = [row for row in shown.faxes.values() if row["direction"] == "sent" and not row.get("elsewhere")]
    for asked in truth.faxes.values():
        if asked.fax not in shown.faxes:
            verdict.violations.append(
                Violation(
                    Fault.LOST, f"fax {asked.fax} is not in the archive", evidence(truth, shown, asked.fax)
                )
            )
    for row in sent:
        if row["state"] != "draft" or row["id"] in truth.faxes:
            OneFax(truth, shown, at, row, verdict).judge()
    verdict.violations += _unasked(truth, shown, sent)
    verdict.counts["faxes asked for"] += len(truth.faxes)
    verdict.counts["faxes accepted by the service"] += len(truth.jobs)
    return verdict


def _unasked(truth: Truth, shown: Shown, sent: list[Row]) -> list[Violation]:
    """Jobs that no row or no attempt accounts for, and own ones that are called somebody else's."""
    documents = {row["document"] for row in sent} | {asked.document for asked in truth.faxes.values()}
    intents = {row["file_name"] for row in shown.attempts.values()}
    ours = {row["job_id"] for row in shown.attempts.values() if row["job_id"]}
    found = [
        Violation(Fault.NEVER_ASKED, f"job {job.job_id} belongs to no fax of the archive", (str(job),))
        for job in truth.jobs
        if job.document not in documents
    ]
    found += [
        Violation(Fault.NEVER_ASKED, f"job {job.job_id} has no attempt in the ledger", (str(job),))
        for job in truth.jobs
        if job.file_name not in intents
    ]
    found += [
        Violation(Fault.UNTRUE, f"job {row['job_id']} is ours and shown as sent elsewhere")
        for row in shown.faxes.values()
        if row.get("elsewhere") and row["job_id"] in ours
    ]
    return found
