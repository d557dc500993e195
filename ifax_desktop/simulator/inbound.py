"""Answers the calls about received faxes, and lets faxes arrive."""

import asyncio
import base64
import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from ifax_desktop.simulator import answers
from ifax_desktop.simulator.answers import Answer, Fields, Operation, Refusal
from ifax_desktop.simulator.credit import Credit
from ifax_desktop.simulator.finding import received_fax, shown
from ifax_desktop.simulator.lists import page_of
from ifax_desktop.simulator.number_desk import owned_number
from ifax_desktop.simulator.records import ReceivedFax, Records


def received_row(fax: ReceivedFax) -> dict[str, Any]:
    """A row of the received list: both spellings of sender, receiver and page count, time in UTC."""
    return {
        "faxId": fax.fax_id,
        "jobId": fax.job_id,
        "transactionId": fax.transaction_id,
        "sender": fax.sender,
        "receiver": fax.receiver,
        "fromNumber": fax.sender,
        "toNumber": fax.receiver,
        "receivedTime": f"{dt.datetime.fromtimestamp(int(fax.received_at), dt.UTC):%Y-%m-%d %H:%M:%S}",
        "faxReceivedPages": fax.pages,
        "faxTotalPages": fax.pages,
        "faxStatus": "received",
    }


@dataclass(frozen=True, slots=True)
class ReceivedFaxes:
    """The service's side of the inbox."""

    records: Records
    credit: Credit
    now: Callable[[], float]

    def operations(self) -> tuple[Operation, ...]:
        return (
            Operation("inbound_fax_list", ("/customer/inbound/fax-list",), self.listed_of_one_number),
            Operation("inbound_fax_list_all", ("/customer/inbound/fax-list-all",), self.listed),
            Operation("inbound_fax_download", ("/customer/inbound/fax-download",), self.download),
        )

    async def arrive(
        self, content: bytes, sender: str, receiver: str, pages: int, at: float | None = None
    ) -> ReceivedFax:
        """A fax is there, at `at` (unix seconds) or now. Its pages are paid for, whatever credit is left."""
        document = await asyncio.to_thread(self.records.shelf.put, content)
        job_id, fax_id, transaction_id = self.records.counters.next_ids()
        price = pages * self.credit.account.prices.received_page
        fax = ReceivedFax(
            job_id=job_id,
            fax_id=fax_id,
            transaction_id=transaction_id,
            sender=sender,
            receiver=receiver,
            pages=pages,
            received_at=self.now() if at is None else at,
            document_id=document,
            sha256=document,
            cost=str(price),
        )
        self.records.received.append(fax)
        self.credit.spend(price, "received", str(job_id), at)
        return fax

    async def listed(self, fields: Fields) -> Answer:
        """Operation 12: the received faxes of every number of the account."""
        return self._page(shown(self.records.received), fields)

    async def listed_of_one_number(self, fields: Fields) -> Answer:
        """Operation 11: those of one number, which is named by both its ids."""
        number = owned_number(self.records, fields).number
        return self._page([fax for fax in shown(self.records.received) if fax.receiver == number], fields)

    async def download(self, fields: Fields) -> Answer:
        """Operation 13: the PDF as base64, for the one fax that has both ids."""
        content = await self._content(received_fax(self.records, fields))
        return Answer(base64.b64encode(content).decode())

    def _page(self, faxes: Sequence[ReceivedFax], fields: Fields) -> Answer:
        rows = page_of(
            faxes,
            fields,
            time_of=lambda fax: fax.received_at,
            ids_of=lambda fax: (fax.fax_id, fax.job_id),
        )
        return Answer([received_row(fax) for fax in rows])

    async def _content(self, fax: ReceivedFax) -> bytes:
        if fax.files_deleted_at is not None:
            raise Refusal(*answers.FILE_GONE)
        try:
            return await asyncio.to_thread(self.records.shelf.get, fax.document_id)
        except FileNotFoundError as error:
            raise Refusal(*answers.FILE_GONE) from error
