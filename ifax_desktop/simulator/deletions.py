"""Answers the calls that delete: a fax, or only the documents of one.

What was deleted is gone for the client and stays in the ground truth (`FaxService.jobs`), as a deleted fax was sent
all the same and is on the account's bill.
"""

from collections.abc import Callable
from dataclasses import dataclass

from ifax_desktop.simulator import answers
from ifax_desktop.simulator.answers import Answer, Fields, Operation, Refusal
from ifax_desktop.simulator.finding import AnyFax, fax_by_job, received_fax
from ifax_desktop.simulator.records import Records


@dataclass(frozen=True, slots=True)
class Deletions:
    """Takes faxes and documents away. `type` is outbound, inbound, or document, which fits a fax of either side."""

    records: Records
    now: Callable[[], float]

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation(
                "item_delete", ("/customer/fax-delete", "/customer/delete", "/customer/fax-trash"), self.fax
            ),
            Operation(
                "item_files_delete",
                ("/customer/fax-delete-files", "/customer/fax-permanent-delete", "/customer/fax-delete-file"),
                self.files,
            ),
            Operation(
                "inbound_fax_delete",
                ("/customer/inbound/fax-delete", "/customer/inbound/fax-remove"),
                self.received,
            ),
        )

    async def fax(self, fields: Fields) -> Answer:
        """Operation 9. A fax that is on its way goes on."""
        return self._delete(fax_by_job(self.records, fields.get("type"), fields.get("jobId")))

    async def files(self, fields: Fields) -> Answer:
        """Operation 10. The fax stays in the lists; a call that has begun goes on."""
        fax = fax_by_job(self.records, fields.get("type"), fields.get("jobId"))
        if fax.files_deleted_at is not None:
            raise Refusal(*answers.FILE_GONE)
        fax.files_deleted_at = self.now()
        self.records.save()
        return Answer({}, "done")

    async def received(self, fields: Fields) -> Answer:
        """Operation 14: a received fax, by both its ids."""
        return self._delete(received_fax(self.records, fields))

    def _delete(self, fax: AnyFax) -> Answer:
        fax.deleted_at = self.now()
        self.records.save()
        return Answer({}, "done")
