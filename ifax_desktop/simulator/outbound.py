"""Answers the calls about faxes sent: send, status, detail, cancel, list, download."""

import asyncio
import base64
from collections.abc import Sequence
from dataclasses import dataclass

from ifax_desktop.simulator import answers
from ifax_desktop.simulator.acceptance import Acceptance, Papers
from ifax_desktop.simulator.answers import Answer, Fields, Operation, Refusal
from ifax_desktop.simulator.attachments import Attachment, Fetch, read_attachments, wanted_pages
from ifax_desktop.simulator.children import ChildFailed, PageReader
from ifax_desktop.simulator.documents import document_id
from ifax_desktop.simulator.finding import sent_fax, shown
from ifax_desktop.simulator.jobs import Job, listed_row, progress, sent_row
from ifax_desktop.simulator.labels import filled_in, label_rows
from ifax_desktop.simulator.lists import page_of
from ifax_desktop.simulator.orders import read_order
from ifax_desktop.simulator.records import Records


@dataclass(frozen=True, slots=True)
class SentFaxes:
    """The service's side of the outbox."""

    records: Records
    acceptance: Acceptance
    read_pages: PageReader
    fetch: Fetch

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation("fax_send", ("/customer/fax-send",), self.send),
            Operation("fax_status", ("/customer/fax-status",), self.status),
            Operation(
                "fax_detail",
                ("/customer/fax-detail", "/customer/fax-details", "/customer/fax-receipt"),
                self.detail,
            ),
            Operation("fax_cancel", ("/customer/fax-cancel", "/customer/fax-canceled"), self.cancel),
            Operation("fax_list", ("/customer/fax-lists", "/customer/fax-list"), self.listed),
            Operation(
                "fax_download", ("/customer/fax-download", "/customer/outbound/fax-download"), self.download
            ),
        )

    def now(self) -> float:
        return self.acceptance.now()

    async def send(self, fields: Fields) -> Answer:
        """Operation 1. The fax is accepted before anybody knows whether its document can be read."""
        order = read_order(fields, self.acceptance.account, self.records.own_numbers, self.now())
        files = await read_attachments(fields, self.fetch)
        papers = _papers(files, await self._pages(files, order.cover))
        for file in files:
            await asyncio.to_thread(self.records.shelf.put, file.content)
        job = self.acceptance.accept("fax_send", order, papers, with_test_key=fields.with_test_key)
        return Answer({"jobId": job.job_id}, "accepted")

    async def status(self, fields: Fields) -> Answer:
        """Operation 5."""
        return Answer(sent_row(sent_fax(self.records, fields), self.now()))

    async def detail(self, fields: Fields) -> Answer:
        """Operation 6: a row of the list with subject, labels, and the custom fields that are filled in."""
        job = sent_fax(self.records, fields, answers.DETAILS_UNKNOWN)
        return Answer(
            {
                **listed_row(job, self.now()),
                "subject": job.subject,
                "labels": label_rows(job.labels),
                "custom_fields": filled_in(job.custom_fields),
            }
        )

    async def cancel(self, fields: Fields) -> Answer:
        """Operation 4: possible until the first page has gone through."""
        job = sent_fax(self.records, fields)
        state = progress(job, self.now())
        if job.canceled_at is not None:
            raise Refusal(*answers.ALREADY_CANCELED)
        if state.ended_at is not None or state.pages_through:
            raise Refusal(*answers.CANCEL_TOO_LATE)
        job.canceled_at = self.now()
        self.records.save()
        return Answer({"jobId": job.job_id, "faxStatus": "canceled"}, "done")

    async def listed(self, fields: Fields) -> Answer:
        """Operation 7, by date of acceptance."""
        rows: Sequence[Job] = page_of(
            shown(self.records.jobs),
            fields,
            time_of=lambda job: job.accepted_at,
            ids_of=lambda job: (job.fax_id, job.job_id),
        )
        return Answer([listed_row(job, self.now()) for job in rows])

    async def download(self, fields: Fields) -> Answer:
        """Operation 8: the document as base64. Of several attached files the first: joining them would
        mean to parse them here."""
        job = sent_fax(self.records, fields)
        if job.files_deleted_at is not None:
            raise Refusal(*answers.FILE_GONE)
        try:
            content = await asyncio.to_thread(self.records.shelf.get, job.document_ids[0])
        except FileNotFoundError as error:
            raise Refusal(*answers.FILE_GONE) from error
        return Answer(base64.b64encode(content).decode())

    async def _pages(self, files: Sequence[Attachment], cover: bool) -> int:
        """Pages of the whole fax, its cover page too; 0 if a file cannot be read."""
        total = 1 if cover else 0
        for file in files:
            try:
                wanted = wanted_pages(file.ranges, await self.read_pages(file.content))
            except ChildFailed:
                return 0
            if not wanted:
                return 0
            total += len(wanted)
        return total


def _papers(files: Sequence[Attachment], pages: int) -> Papers:
    return Papers(
        file_names=tuple(file.name for file in files),
        document_ids=tuple(document_id(file.content) for file in files),
        ranges=tuple(file.ranges for file in files),
        size=sum(len(file.content) for file in files),
        sha256=document_id(b"".join(file.content for file in files)),
        pages=pages,
    )
