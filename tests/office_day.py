"""A day at a clinic: an archive with a fax in every state, for tests and pictures. Everything is real but the service."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from typing import Self

from PySide6.QtCore import SignalInstance

from ifax_desktop.backbone import Backbone
from ifax_desktop.domain.cover import Cover, CoverKind
from ifax_desktop.domain.fax import Attachment, State, Waiting
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.domain.number import FaxNumber
from ifax_desktop.domain.reports import ReceivedReport, SentReport
from ifax_desktop.paths import Paths
from ifax_desktop.store.outbox import Claim
from ifax_desktop.viewmodels.closing import Closing
from ifax_desktop.viewmodels.inbox import InboxViewModel
from ifax_desktop.viewmodels.notices import Notices
from ifax_desktop.viewmodels.numbers import NumbersViewModel
from ifax_desktop.viewmodels.outbox import OutboxViewModel
from ifax_desktop.viewmodels.preview import PreviewViewModel
from ifax_desktop.viewmodels.sent_acts import Delivery
from ifax_desktop.viewmodels.window import WindowViewModel

PRACTICE = Path(__file__).parents[1] / "resources" / "practice"
NOON = datetime(2026, 11, 23, 12, 0).astimezone(UTC)
"""Noon of the day where the test runs: it stays the same day for hours on both sides."""
OURS = "+12025550119"


class Day:
    """A backbone without a service, a clock that is set by hand, and short ways to bring faxes into a state."""

    def __init__(self, folder: Path) -> None:
        self.time = NOON
        self.reported: list[BaseException] = []
        self.backbone = Backbone(Paths(folder), self.reported.append, now=self.now)
        self.jobs = 7204400

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.backbone.close()

    def now(self) -> datetime:
        """The time of the day."""
        return self.time

    def at(self, clock: str, *, days_ago: int = 0) -> None:
        """Set the clock: "14:05", today or some days before."""
        hour, minute = map(int, clock.split(":"))
        local = NOON.astimezone().replace(hour=hour, minute=minute) - timedelta(days=days_ago)
        self.time = local.astimezone(UTC)

    def after(self, **step: float) -> None:
        """Move the clock on."""
        self.time += timedelta(**step)

    async def letter(self, name: str) -> str:
        """A practice letter in the store."""
        return await self.backbone.files.put((PRACTICE / name).read_bytes())

    async def form(self, name: str, number: str, files: Sequence[tuple[str, int]], cover: Cover) -> Form:
        """A form with documents that look like the files named."""
        document = await self.letter("09-morgan-hale-request.pdf")
        attachments = tuple(Attachment(file, document, pages) for file, pages in files)
        return Form(number, name, OURS, attachments, cover)

    async def queue(
        self,
        name: str,
        number: str,
        files: Sequence[tuple[str, int]] = (("letter.pdf", 1),),
        *,
        wait: float = 0,
        waiting: Waiting = Waiting.TURN,
        own_cover: bool = False,
    ) -> int:
        """A fax that waits here for `wait` seconds."""
        cover = Cover(CoverKind.OWN if own_cover else CoverKind.NONE)
        form = await self.form(name, number, files, cover)
        pages = sum(count for _, count in files) + own_cover
        document = await self.letter("09-morgan-hale-request.pdf" if pages > 1 else "10-town-hall-permit.pdf")
        due = self.time + timedelta(seconds=wait)
        return await self.backbone.outbox.queue(
            form, FaxNumber(number), document, pages, 4711, self.time, due, waiting
        )

    async def claim(self) -> Claim:
        """The fax that is due, taken out to be sent."""
        claim = await self.backbone.outbox.claim(self.time)
        assert claim is not None
        return claim

    async def accept(self) -> tuple[Claim, str]:
        """The fax that is due, accepted by the service under a job id."""
        claim = await self.claim()
        self.jobs += 1
        await self.backbone.outbox.handed_over(claim.attempt, self.time)
        await self.backbone.outbox.accepted(claim.attempt, str(self.jobs), self.time)
        return claim, str(self.jobs)

    async def end(
        self, state: State, *, pages_done: int | None = None, code: int | None = None, message: str = ""
    ) -> int:
        """The fax that is due, to its end a minute later."""
        claim, job = await self.accept()
        self.after(minutes=1)
        report = SentReport(job, str(state), pages_done=pages_done, code=code, message=message)
        await self.backbone.outbox.ended(claim.fax, state, report, self.time)
        return claim.fax

    async def deliver(self, name: str, number: str, pages: int = 1) -> int:
        """A delivered fax."""
        await self.queue(name, number, (("letter.pdf", pages),))
        return await self.end(State.DELIVERED, pages_done=pages)

    async def receive(
        self, name: str, number: str, file: str, pages: int, *, unread: bool = False, own: str = OURS
    ) -> int:
        """A received fax; the archive takes names from contacts, so that `name` is written as the sender's."""
        self.jobs += 1
        document = await self.letter(file)
        report = ReceivedReport(str(self.jobs), f"t{self.jobs}", number, own, self.time, pages=pages)
        fax = await self.backbone.archive.add_received(report, document, pages, 4711, self.time)
        assert fax is not None
        if not unread:
            await self.backbone.archive.mark([fax], unread=False)
        if name:
            await self.backbone.database.run(
                lambda connection: connection.execute("UPDATE fax SET name = ? WHERE id = ?", (name, fax))
            )
        return fax

    async def own_numbers(self) -> None:
        """Three numbers of our own."""
        since = datetime(2024, 3, 4, 12, tzinfo=UTC)
        numbers = [
            OwnNumber(OURS, "1", "11", "US", "Washington", since),
            OwnNumber("+12025550160", "2", "12", "US", "Washington", since + timedelta(days=313)),
            OwnNumber("+18445550104", "3", "13", "US", "Toll-free", since + timedelta(days=547)),
        ]
        await self.backbone.numbers.replace(numbers, self.time)


async def fill(day: Day) -> dict[str, int]:
    """Sent and received faxes of some days; the answer names the interesting ones."""
    await day.own_numbers()
    return {**await _sent(day), **await _received(day)}


async def _sent(day: Day) -> dict[str, int]:
    made: dict[str, int] = {}
    day.at("09:10", days_ago=500)
    await day.deliver("County Court, Registry", "+12025550166", 3)
    day.at("10:00", days_ago=3)
    await day.deliver("County Court, Registry", "+12025550166", 3)
    day.at("10:00", days_ago=1)
    await day.deliver("Harbor Freight Brokers", "+12025550191", 4)
    day.at("11:00", days_ago=1)
    made["canceled"] = await day.queue(
        "Dr. Ames, Orthopaedics", "+12025550143", (("report.pdf", 5),), wait=60
    )
    await day.backbone.outbox.stop(made["canceled"], day.time)
    day.at("09:33")
    made["unnamed"] = await day.deliver("", "+14155550126")
    day.at("10:15")
    await day.deliver("Riverside Clinic", "+12025550187", 2)
    day.at("10:48")
    made["delivered"] = await day.deliver("North Bay Insurance", "+12025550137", 8)
    day.at("11:05")
    await day.queue("Old Quay Dental", "+12025550155", (("records.pdf", 12),))
    made["broke"] = await day.end(
        State.FAILED, pages_done=7, code=9009, message="There was an error communicating with the far side."
    )
    day.at("11:20")
    made["later"] = await day.queue("Town Hall, Permits", "+12025550102", (("permit.pdf", 2),), wait=24000)
    day.at("11:57")
    await day.queue("Morgan & Hale, Lawyers", "+12025550151", (("statement.pdf", 3),))
    claim = await day.claim()
    await day.backbone.outbox.handed_over(claim.attempt, day.time)
    day.after(minutes=1)
    await day.backbone.outbox.doubt(claim.attempt, day.time, "timeout after 20 s")
    made["doubtful"] = claim.fax
    day.at("13:40")
    await day.queue("Hill Street Pharmacy", "+12025550178", (("prescription.pdf", 1),))
    made["failed"] = await day.end(State.FAILED, pages_done=0, code=3912, message="UNALLOCATED_NUMBER")
    made["busy"] = await _busy(day)
    day.at("14:24")
    await day.queue("County Court, Registry", "+12025550166", (("motion.pdf", 12),))
    accepted, job = await day.accept()
    await day.backbone.outbox.progressed(
        accepted.fax, SentReport(job, "sending", pages=12, pages_done=3), day.time
    )
    made["sending"] = accepted.fax
    form = await day.form("Elm Court Surgery", "+12025550122", (("note.pdf", 1),), Cover())
    made["draft"] = await day.backbone.outbox.save_draft(form, day.time)
    day.at("14:26")
    return made


async def _busy(day: Day) -> int:
    """A fax whose line was busy once, at 14:05; the next try is planned for 14:32."""
    day.at("14:02")
    files = (("referral.pdf", 2), ("xray-report.pdf", 2))
    await day.queue("Dr. Ames, Orthopaedics", "+12025550143", files, own_cover=True)
    claim, job = await day.accept()
    day.at("14:05")
    report = SentReport(job, "failed", pages_done=0, code=263, message="USER_BUSY")
    due = day.time + timedelta(minutes=27)
    await day.backbone.outbox.plan_retry(claim.fax, report, due, day.time)
    return claim.fax


async def _received(day: Day) -> dict[str, int]:
    made: dict[str, int] = {}
    day.at("15:00", days_ago=400)
    await day.receive("Harbor Freight Brokers", "+12025550191", "07-calder-invoice.pdf", 1)
    day.at("15:00", days_ago=3)
    await day.receive("Town Hall, Permits", "+12025550102", "10-town-hall-permit.pdf", 1)
    day.at("09:00", days_ago=1)
    await day.receive("Morgan & Hale, Lawyers", "+12025550151", "09-morgan-hale-request.pdf", 4)
    day.at("10:05")
    await day.receive("Riverside Clinic", "+12025550187", "04-riverside-referral.pdf", 1)
    day.at("11:32")
    made["report"] = await day.receive("Dr. Ames, Orthopaedics", "+12025550143", "01-ames-report.pdf", 3)
    day.at("13:07")
    made["stranger"] = await day.receive("", "+16285550170", "11-elm-court-note.pdf", 1, unread=True)
    day.at("13:51")
    await day.receive("County Court, Registry", "+12025550166", "03-county-court-notice.pdf", 2, unread=True)
    day.at("14:18")
    made["newest"] = await day.receive(
        "North Bay Insurance", "+12025550137", "02-north-bay-authorization.pdf", 2, unread=True
    )
    day.at("14:26")
    return made


def heard(signal: SignalInstance) -> list[tuple[object, ...]]:
    """What a signal says from now on. (In an async test nothing may wait in a loop of its own for a signal.)"""
    told: list[tuple[object, ...]] = []
    signal.connect(lambda *said: told.append(said))
    return told


class Desk:
    """The view-models of the main window over a day."""

    def __init__(self, day: Day, *, practice: bool = False) -> None:
        back = day.backbone
        report = day.reported.append
        self.day = day
        self.notices = Notices()
        self.previews = [PreviewViewModel(back.renderer, back.files.get, report) for _ in range(2)]
        self.outbox = OutboxViewModel(
            Delivery(back.archive, back.sender, back.doubts, back.drafts, back.consents, self.notices.post),
            back.changes,
            back.catalogue,
            self.previews[0],
            back.files.has,
            day.now,
            report,
        )
        self.inbox = InboxViewModel(
            back.archive, back.receiver, back.changes, self.previews[1], day.now, report, read=back.files.get
        )
        self.numbers = NumbersViewModel(
            back.numbers, back.receiver.refresh_numbers, back.settings, back.save_settings, report
        )
        self.window = WindowViewModel(
            self.outbox, self.inbox, back.line, back.receiver, self.notices, day.now, practice=practice
        )

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        models: tuple[Closing, ...] = (self.window, self.outbox, self.inbox, self.numbers, *self.previews)
        for model in models:
            await model.close()

    def start(self) -> None:
        """Read everything."""
        for model in (self.outbox, self.inbox, self.numbers):
            model.start()

    @property
    def is_loaded(self) -> bool:
        """Both lists are read."""
        return self.outbox.table.is_loaded and self.inbox.table.is_loaded
