"""Answers the calls about faxes sent: send, status, cancel, list, download."""

import asyncio
import base64
from collections.abc import Callable
from dataclasses import dataclass

from ifax_desktop.simulator import answers
from ifax_desktop.simulator.answers import Answer, Fields, Operation, Refusal
from ifax_desktop.simulator.attachments import Order, read_order
from ifax_desktop.simulator.children import ChildFailed, PageReader
from ifax_desktop.simulator.documents import document_id
from ifax_desktop.simulator.jobs import Job, listed_row, progress, sent_row
from ifax_desktop.simulator.lists import page_of
from ifax_desktop.simulator.outcomes import UNREADABLE, outcome_of
from ifax_desktop.simulator.records import Records


@dataclass(frozen=True, slots=True)
class SentFaxes:
    """The service's side of the outbox."""

    records: Records
    owned: tuple[str, ...]
    now: Callable[[], float]
    speed: Callable[[], float]
    read_pages: PageReader

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation("fax_send", ("/customer/fax-send",), self.send),
            Operation("fax_status", ("/customer/fax-status",), self.status),
            Operation("fax_cancel", ("/customer/fax-cancel", "/customer/fax-canceled"), self.cancel),
            Operation("fax_list", ("/customer/fax-lists", "/customer/fax-list"), self.listed),
            Operation(
                "fax_download", ("/customer/fax-download", "/customer/outbound/fax-download"), self.download
            ),
        )

    async def send(self, fields: Fields) -> Answer:
        """Operation 1. The fax is accepted before anybody knows whether its document can be read."""
        order = read_order(fields, self.owned, self.now())
        pages = await self._pages(order)
        for file in order.files:
            await asyncio.to_thread(self.records.shelf.put, file.content)
        job = self._accept(order, pages)
        return Answer({"jobId": job.job_id}, "accepted")

    async def status(self, fields: Fields) -> Answer:
        """Operation 5."""
        return Answer(sent_row(self._job(fields), self.now()))

    async def cancel(self, fields: Fields) -> Answer:
        """Operation 4: possible until the first page has gone through."""
        job = self._job(fields)
        state = progress(job, self.now())
        if state.status == "canceled":
            raise Refusal(*answers.ALREADY_CANCELED)
        if state.status != "sending" or state.pages_through:
            raise Refusal(*answers.CANCEL_TOO_LATE)
        job.canceled_at = self.now()
        self.records.save()
        return Answer({"jobId": job.job_id, "faxStatus": "canceled"}, "done")

    async def listed(self, fields: Fields) -> Answer:
        """Operation 7, by date of acceptance."""
        rows = page_of(
            self.records.jobs,
            fields,
            time_of=lambda job: job.accepted_at,
            ids_of=lambda job: (job.fax_id, job.job_id),
        )
        return Answer([listed_row(job, self.now()) for job in rows])

    async def download(self, fields: Fields) -> Answer:
        """Operation 8: the document as base64. Of several attached files the first: joining them would
        mean to parse them here."""
        job = self._job(fields)
        try:
            content = await asyncio.to_thread(self.records.shelf.get, job.document_ids[0])
        except FileNotFoundError as error:
            raise Refusal(*answers.FILE_GONE) from error
        return Answer(base64.b64encode(content).decode())

    async def _pages(self, order: Order) -> int:
        """Pages of the whole fax, its cover page too; 0 if a file cannot be read."""
        total = 1 if order.cover else 0
        for file in order.files:
            try:
                wanted = file.pages_of(await self.read_pages(file.content))
            except ChildFailed:
                return 0
            if not wanted:
                return 0
            total += wanted
        return total

    def _accept(self, order: Order, pages: int) -> Job:
        earlier = sum(job.number == order.number for job in self.records.jobs)
        job_id, fax_id, transaction_id = self.records.counters.next_ids()
        now = self.now()
        job = Job(
            job_id=job_id,
            fax_id=fax_id,
            transaction_id=transaction_id,
            operation="fax_send",
            number=order.number,
            caller_id=order.caller,
            file_names=tuple(file.name for file in order.files),
            document_ids=tuple(document_id(file.content) for file in order.files),
            size=sum(len(file.content) for file in order.files),
            sha256=document_id(b"".join(file.content for file in order.files)),
            pages=pages,
            accepted_at=now,
            starts_at=max(now, order.starts_at),
            speed=self.speed(),
            outcome=(outcome_of(order.number, earlier) if pages else UNREADABLE).name,
            subject=order.subject,
            shelf=self.records.shelf,
        )
        self.records.jobs.append(job)
        self.records.save()
        return job

    def _job(self, fields: Fields) -> Job:
        wanted = answers.read_id(fields.get("jobId"), answers.ID_MISSING)
        for job in self.records.jobs:
            if job.job_id == wanted:
                return job
        raise Refusal(*answers.FAX_UNKNOWN)
