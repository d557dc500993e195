"""The calls about received faxes: list, download."""

from datetime import date

from ifax_desktop.api import wire
from ifax_desktop.api.channel import Channel
from ifax_desktop.api.document import document
from ifax_desktop.api.operations import INBOUND_FAX_DOWNLOAD, INBOUND_FAX_LIST_ALL
from ifax_desktop.api.paging import Paging, days
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.reports import ReceivedReport


class Inbound:
    """Received faxes, as the service sees them. All calls raise Offline, NoAnswer, SignInNeeded and Refused."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._list = Paging(channel, INBOUND_FAX_LIST_ALL)

    async def list_received(self, start: date, end: date) -> list[ReceivedReport]:
        """All faxes received from `start` to `end` on any number of the account, newest first (row 12).

        Both days are included, and a day more on each side: the service's day boundaries are not known.
        """
        rows = await self._list.rows({**days(start, end), "sortBy": "newest"})
        return [
            report
            for row in rows
            if wire.direction(row) is not Direction.SENT and (report := wire.received_report(row))
        ]

    async def download(self, job_id: str, transaction_id: str) -> bytes:
        """The PDF of a received fax, which has both ids (row 13).

        NoAnswer also for an empty, tiny or other file: the service has none yet, ask again later.
        """
        fields = {"jobId": job_id, "transactionId": transaction_id}
        return document(await self._channel.call(INBOUND_FAX_DOWNLOAD, fields))
