"""Answers the two calls that send a fax again from what the service has kept: to the same number, or to another."""

from collections.abc import Callable
from dataclasses import dataclass

from ifax_desktop.simulator import answers
from ifax_desktop.simulator.acceptance import Acceptance, papers_of
from ifax_desktop.simulator.answers import Answer, Fields, Operation, Refusal
from ifax_desktop.simulator.finding import sent_fax
from ifax_desktop.simulator.jobs import Job, progress
from ifax_desktop.simulator.orders import Order, check_caller, read_numbers
from ifax_desktop.simulator.records import Records


@dataclass(frozen=True, slots=True)
class Resending:
    """Sends faxes again. Each time is a fax of its own, with its own ids."""

    records: Records
    acceptance: Acceptance
    now: Callable[[], float]

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation("fax_resend", ("/customer/fax-resend",), self.resend),
            Operation(
                "fax_forward",
                ("/customer/fax-forward", "/customer/fax-resend-modified", "/customer/fax-modify-resend"),
                self.forward,
            ),
        )

    async def resend(self, fields: Fields) -> Answer:
        """Operation 2. The answer calls the new job `id`, not `jobId`, as the documentation says."""
        job = sent_fax(self.records, fields)
        if progress(job, self.now()).ended_at is None:
            raise Refusal(*answers.STILL_SENDING)
        caller = check_caller(job.caller_id, self.acceptance.account, self.records.own_numbers)
        new = self._send("fax_resend", job, job.number, caller, fields)
        return Answer({"id": new.job_id}, "accepted")

    async def forward(self, fields: Fields) -> Answer:
        """Operation 3: both numbers have to be given."""
        job = sent_fax(self.records, fields)
        if not fields.get("callerId"):
            raise Refusal(*answers.CALLER_REFUSED)
        number, caller = read_numbers(fields, self.acceptance.account, self.records.own_numbers)
        new = self._send("fax_forward", job, number, caller, fields)
        return Answer({"jobId": new.job_id}, "accepted")

    def _send(self, operation: str, job: Job, number: str, caller: str, fields: Fields) -> Job:
        if job.files_deleted_at is not None or not all(map(self.records.shelf.has, job.document_ids)):
            raise Refusal(*answers.RESEND_FILE_GONE)
        order = Order(number, caller, self.now(), job.quality, job.subject)
        return self.acceptance.accept(operation, order, papers_of(job), with_test_key=fields.with_test_key)
