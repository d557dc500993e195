"""The calls about sent faxes: send, send again, ask for the state, list, download, cancel."""

from collections.abc import AsyncGenerator, Awaitable, Callable, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from ifax_desktop.api import wire, wire_records
from ifax_desktop.api.body import Attached, Progress
from ifax_desktop.api.channel import Channel
from ifax_desktop.api.operations import (
    FAX_CANCEL,
    FAX_DETAIL,
    FAX_DOWNLOAD,
    FAX_FORWARD,
    FAX_LIST,
    FAX_RESEND,
    FAX_SEND,
    FAX_STATUS,
)
from ifax_desktop.api.paging import Paging, days
from ifax_desktop.api.qualities import FAX_QUALITY, Qualities
from ifax_desktop.domain.cover import Cover, CoverKind
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.quality import Quality
from ifax_desktop.domain.reports import SentDetail, SentReport


@dataclass(frozen=True, slots=True)
class OutgoingFax:
    """One fax ready to be handed over. Its numbers are in E.164 and stay out of its representation."""

    number: str = field(repr=False)
    own_number: str = field(repr=False)
    """The sender number; empty leaves the choice to the service."""
    file_name: str
    """Unique for each attempt, with its true extension."""
    pdf: bytes | Path = field(repr=False)
    """The document, or the file it lies in: then it never is in the memory as a whole."""
    quality: Quality = Quality.STANDARD
    cover: Cover = field(default_factory=Cover, repr=False)
    """Asked of the service only if its kind is SERVICE; a page of our own is in the PDF already."""
    send_at: datetime | None = None
    """When the service shall send it; None for now. With a zone."""
    pages: tuple[str, ...] = ()
    """Pages of the document to send, "4" or "1-2"; empty for all."""
    sha256: str = ""
    """What the document must be; a fax whose document is another one is not handed over. Empty for no check."""


class Outbound:
    """Sent faxes, as the service sees them. All calls raise Offline, NoAnswer, SignInNeeded and Refused.

    A job id is the service's key of one fax: digits as text, given by `send`, `resend` and `forward`.
    """

    def __init__(self, channel: Channel, qualities: Qualities = FAX_QUALITY) -> None:
        """`qualities` are the service's words for ours."""
        self._channel = channel
        self._qualities = qualities
        self._list = Paging(channel, FAX_LIST)

    async def send(
        self,
        fax: OutgoingFax,
        before_last_piece: Callable[[], Awaitable[None]] | None = None,
        progress: Progress | None = None,
    ) -> str:
        """Hand over one fax and return its job id: accepted, not yet delivered (wire contract, row 1).

        `before_last_piece` is awaited just before the service can have the whole fax; `progress` is told the bytes
        handed over and all of them. Raises StorageFailed, and sends nothing, for a document that cannot be read.
        """
        data = await self._channel.call(
            FAX_SEND,
            _send_fields(fax, self._qualities),
            document=Attached(fax.file_name, fax.pdf, fax.pages, fax.sha256),
            before_last_piece=before_last_piece,
            progress=progress,
        )
        return wire.job_id(data)

    async def resend(
        self, job_id: str, before_last_piece: Callable[[], Awaitable[None]] | None = None
    ) -> str:
        """Have a fax sent again to the same number, and return the new job id (row 2).

        `before_last_piece` as for `send`. Works while the service still has its pages: Refused with 12094 when it has not, 12107 while the fax is on its
        way, 12095 for no reason told. After NoAnswer the fax may be on its way a second time.
        """
        fields = {"jobId": wire.outbound_id(job_id)}
        return wire.job_id(await self._channel.call(FAX_RESEND, fields, before_last_piece=before_last_piece))

    async def forward(self, job_id: str, number: str, own_number: str) -> str:
        """Have a sent fax sent to another number, and return the new job id (row 3, a path that is assumed).

        Numbers are E.164. There is no way back to `resend`: it would go to the old recipient.
        """
        fields = {"jobId": wire.outbound_id(job_id), "faxNumber": number, "callerId": own_number}
        return wire.job_id(await self._channel.call(FAX_FORWARD, fields))

    async def status(self, job_id: str) -> SentReport:
        """The state of one fax now (row 5). NoAnswer too if the service speaks of another fax, or not of its state."""
        data = await self._channel.call(FAX_STATUS, {"jobId": wire.outbound_id(job_id)})
        return _standing(_about(job_id, data))

    async def detail(self, job_id: str) -> SentDetail:
        """The state of one fax with its subject, labels and fields (row 6, a path and a purpose that are assumed)."""
        data = await self._channel.call(FAX_DETAIL, {"jobId": wire.outbound_id(job_id)})
        report = _standing(_about(job_id, data))
        labels, fields = wire_records.labels_and_fields(report.raw)
        return SentDetail(report, wire.subject(report.raw), labels, fields)

    async def download(self, job_id: str, into: Path) -> int:
        """Write the PDF of a sent fax to the file `into` (row 8, a path that is assumed); gives its size in bytes.

        As `Inbound.download`; Refused with 12092 once the service has deleted it.
        """
        return await self._channel.save(FAX_DOWNLOAD, {"jobId": wire.outbound_id(job_id)}, into)

    async def list_sent(self, start: date | None = None, end: date | None = None) -> list[SentReport]:
        """All faxes sent from `start` to `end`, both included, newest first (row 7); without dates the whole list."""
        return sorted(_reports(await self._list.rows(days(start, end))), key=_age)

    async def sent_pages(self, start: date, end: date) -> AsyncGenerator[list[SentReport], None]:
        """What `list_sent` gives, page by page in the service's order. Close it with `aclosing`."""
        async with aclosing(self._list.pages(days(start, end))) as pages:
            async for rows in pages:
                yield _reports(rows)

    async def cancel(self, job_id: str) -> SentReport:
        """Ask the service to stop a fax (row 4, a path that is assumed); the report is what it says then.

        Refused when it is too late (-162) or done already (9030).
        """
        data = await self._channel.call(FAX_CANCEL, {"jobId": wire.outbound_id(job_id)})
        return _about(job_id, data or {})


def _send_fields(fax: OutgoingFax, qualities: Qualities) -> dict[str, Any]:
    fields = {"faxNumber": fax.number, "faxQuality": qualities[fax.quality]}
    if fax.own_number:
        fields["callerId"] = fax.own_number
    if fax.cover.kind is CoverKind.SERVICE:
        cover = fax.cover
        fields |= {"subject": cover.subject, "from_name": cover.from_name, "to_name": cover.to_name}
        fields["message"] = cover.message
        if cover.template_id:
            fields["templateId"] = cover.template_id
    if fax.send_at is not None:
        moment = fax.send_at.astimezone(UTC)
        fields["send_at"] = f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"
    return fields


def _about(job_id: str, data: object) -> SentReport:
    report = wire.sent_report(wire.one_row(data), job_id)
    if report is None or report.job_id != job_id:
        raise wire.not_understood("about the fax asked for", data)
    return report


def _standing(report: SentReport) -> SentReport:
    """The report, if it says how the fax stands. Raises NoAnswer if not: what was asked for is not there."""
    if not report.status:
        raise wire.not_understood("the state of a fax", report.raw)
    return report


def _reports(rows: Sequence[wire.Row]) -> list[SentReport]:
    return [
        report
        for row in rows
        if wire.direction(row) is not Direction.RECEIVED and (report := wire.sent_report(row))
    ]


def _age(report: SentReport) -> tuple[bool, int]:
    known = report.job_id.isascii() and report.job_id.isdigit()
    return not known, -int(report.job_id) if known else 0
