"""The calls about received faxes: list, download, delete."""

from collections.abc import AsyncGenerator, Mapping, Sequence
from contextlib import aclosing
from datetime import date
from pathlib import Path
from typing import Any

from ifax_desktop.api import wire
from ifax_desktop.api.channel import Channel
from ifax_desktop.api.operations import (
    INBOUND_FAX_DELETE,
    INBOUND_FAX_DOWNLOAD,
    INBOUND_FAX_LIST,
    INBOUND_FAX_LIST_ALL,
)
from ifax_desktop.api.paging import Paging, days
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.reports import ReceivedReport


class Inbound:
    """Received faxes, as the service sees them. All calls raise Offline, NoAnswer, SignInNeeded and Refused."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._list = Paging(channel, INBOUND_FAX_LIST_ALL)
        self._list_of_number = Paging(channel, INBOUND_FAX_LIST)

    async def list_received(self, start: date, end: date) -> list[ReceivedReport]:
        """All faxes received from `start` to `end` on any number of the account, newest first (row 12).

        Both days are included, and a day more on each side: the service's day boundaries are not known.
        """
        return _reports(await self._list.rows(_of_all(start, end)))

    async def list_received_by(
        self, number_id: str, order_id: str, start: date, end: date
    ) -> list[ReceivedReport]:
        """The faxes one number of the account received (row 11); both ids are those of `FaxNumbers.owned`.

        The days are those of `list_received`, for an account where that one is refused. In the service's order.
        """
        return _reports(await self._list_of_number.rows(_of_number(number_id, order_id, start, end)))

    async def received_pages(self, start: date, end: date) -> AsyncGenerator[list[ReceivedReport], None]:
        """What `list_received` gives, page by page, each as soon as it is there. Close it with `aclosing`."""
        async with aclosing(self._list.pages(_of_all(start, end))) as pages:
            async for rows in pages:
                yield _reports(rows)

    async def received_pages_by(
        self, number_id: str, order_id: str, start: date, end: date
    ) -> AsyncGenerator[list[ReceivedReport], None]:
        """What `list_received_by` gives, page by page, each as soon as it is there. Close it with `aclosing`."""
        async with aclosing(self._list_of_number.pages(_of_number(number_id, order_id, start, end))) as pages:
            async for rows in pages:
                yield _reports(rows)

    async def download(self, job_id: str, transaction_id: str, into: Path) -> int:
        """Write the PDF of a received fax to the file `into` (row 13), whole or not at all; gives its size in bytes.

        Both ids are those of the list. NoAnswer also for an empty, tiny or other file: the service has none yet, ask
        again later. StorageFailed where the disk does not take it.
        """
        fields = {"jobId": job_id, "transactionId": transaction_id}
        return await self._channel.save(INBOUND_FAX_DOWNLOAD, fields, into)

    async def delete(self, job_id: str, transaction_id: str) -> None:
        """Delete a received fax at the service (row 14, a path and a purpose that are assumed)."""
        await self._channel.call(INBOUND_FAX_DELETE, {"jobId": job_id, "transactionId": transaction_id})


def _of_all(start: date, end: date) -> Mapping[str, Any]:
    return {**days(start, end), "sortBy": "newest"}


def _of_number(number_id: str, order_id: str, start: date, end: date) -> Mapping[str, Any]:
    return {"numberId": number_id, "orderId": order_id, **days(start, end)}


def _reports(rows: Sequence[wire.Row]) -> list[ReceivedReport]:
    return [
        report
        for row in rows
        if wire.direction(row) is not Direction.SENT and (report := wire.received_report(row))
    ]
