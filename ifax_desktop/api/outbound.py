"""The calls about sent faxes: send, ask for the state, list, cancel."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from ifax_desktop.api import wire
from ifax_desktop.api.body import Attached
from ifax_desktop.api.channel import Channel
from ifax_desktop.api.operations import FAX_CANCEL, FAX_LIST, FAX_SEND, FAX_STATUS
from ifax_desktop.api.paging import Paging, days
from ifax_desktop.domain.cover import Cover, CoverKind
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.quality import Quality
from ifax_desktop.domain.reports import SentReport


@dataclass(frozen=True, slots=True)
class OutgoingFax:
    """One fax ready to be handed over. Its numbers are in E.164 and stay out of its representation."""

    number: str = field(repr=False)
    own_number: str = field(repr=False)
    """The sender number; empty leaves the choice to the service."""
    file_name: str
    """Unique for each attempt, with its true extension."""
    pdf: bytes = field(repr=False)
    quality: Quality = Quality.STANDARD
    cover: Cover = field(default_factory=Cover, repr=False)
    """Asked of the service only if its kind is SERVICE; a page of our own is in the PDF already."""


class Outbound:
    """Sent faxes, as the service sees them. All calls raise Offline, NoAnswer, SignInNeeded and Refused."""

    def __init__(self, channel: Channel) -> None:
        self._channel = channel
        self._list = Paging(channel, FAX_LIST)

    async def send(
        self, fax: OutgoingFax, before_last_piece: Callable[[], Awaitable[None]] | None = None
    ) -> str:
        """Hand over one fax and return its job id: accepted, not yet delivered (wire contract, row 1).

        After Offline the service cannot have the fax; after NoAnswer it may. Refused with code -1063, before anything
        goes out, for a fax beyond 20 MB.
        """
        data = await self._channel.call(
            FAX_SEND,
            _send_fields(fax),
            document=Attached(fax.file_name, fax.pdf),
            before_last_piece=before_last_piece,
        )
        return wire.job_id(data)

    async def status(self, job_id: str) -> SentReport:
        """The state of one fax now (row 5). NoAnswer too if the service speaks of another fax."""
        data = await self._channel.call(FAX_STATUS, {"jobId": _outbound_id(job_id)})
        return _about(job_id, data)

    async def list_sent(self, start: date | None = None, end: date | None = None) -> list[SentReport]:
        """All faxes sent from `start` to `end`, both included, newest first (row 7); without dates the whole list."""
        reports = [
            report
            for row in await self._list.rows(days(start, end))
            if wire.direction(row) is not Direction.RECEIVED and (report := wire.sent_report(row))
        ]
        return sorted(reports, key=_age)

    async def cancel(self, job_id: str) -> SentReport:
        """Ask the service to stop a fax (row 4, a path that is assumed); the report is what it says then.

        Refused when it is too late (-162) or done already (9030).
        """
        data = await self._channel.call(FAX_CANCEL, {"jobId": _outbound_id(job_id)})
        return _about(job_id, data or {})


def _send_fields(fax: OutgoingFax) -> dict[str, Any]:
    fields = {"faxNumber": fax.number, "faxQuality": fax.quality.value}
    if fax.own_number:
        fields["callerId"] = fax.own_number
    if fax.cover.kind is CoverKind.SERVICE:
        cover = fax.cover
        fields |= {"subject": cover.subject, "from_name": cover.from_name, "to_name": cover.to_name}
        fields["message"] = cover.message
        if cover.template_id:
            fields["templateId"] = cover.template_id
    return fields


def _outbound_id(job_id: str) -> int | str:
    """Outbound calls want the id as a number (wire contract, section 7)."""
    return int(job_id) if job_id.isascii() and job_id.isdigit() else job_id


def _about(job_id: str, data: object) -> SentReport:
    report = wire.sent_report(wire.one_row(data), job_id)
    if report is None or report.job_id != job_id:
        raise wire.not_understood("about the fax asked for", data)
    return report


def _age(report: SentReport) -> tuple[bool, int]:
    known = report.job_id.isascii() and report.job_id.isdigit()
    return not known, -int(report.job_id) if known else 0
