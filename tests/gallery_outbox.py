"""Pictures of what can become of a sent fax, and of what is asked before something is done with it."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.reports import SentReport
from ifax_desktop.store.archive import Query
from ifax_desktop.viewmodels.compare import CompareViewModel
from ifax_desktop.viewmodels.preview import PreviewViewModel
from ifax_desktop.views.boxes import delete_box, resend_box, send_anyway_box, stop_box
from ifax_desktop.views.compare_dialog import CompareDialog
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import column, pane, row
from tests.gallery_scene import Scene, gone_after, still
from tests.gallery_window import Arrange, Made, is_drawn, picture, until
from tests.office_day import OURS, PRACTICE, Day, fill


def brought_to(which: str, arrange: Arrange) -> Scene:
    """The Outbox with one of its faxes chosen, after `arrange`."""
    return picture(lambda window, desk, made: desk.outbox.select(made[which]), arrange=arrange)


async def _late(day: Day, made: Made) -> None:
    day.at("23:50", days_ago=1)
    made["late"] = await day.queue("Harbor Freight Brokers", "+12025550191", (("waybill.pdf", 2),))
    day.at("14:26")
    await day.backbone.outbox.claim(day.time, timedelta(hours=12))


async def _paused(day: Day, made: Made) -> None:
    await day.backbone.outbox.pause(paused=True)


async def _stopping(day: Day, made: Made) -> None:
    await day.backbone.outbox.stop(made["sending"], day.time)


async def _not_stopped(day: Day, made: Made) -> None:
    await _stopping(day, made)
    job = day.backbone.archive.rows([made["sending"]])[0].job_id
    words = "Fax can not be cancel now."
    await day.backbone.outbox.stop_refused(made["sending"], job, -162, words, day.time)


async def _silent(day: Day, made: Made) -> None:
    await day.backbone.outbox.silent(made["sending"], "FAX status request failed.", day.time)


async def _longer(day: Day, made: Made) -> None:
    for number in range(4):
        day.at("08:00", days_ago=20 + number)
        await day.deliver("County Court, Registry", "+12025550197", 3)
    day.at("14:20")
    await day.queue("County Court, Registry", "+12025550197", (("motion.pdf", 12),))
    claim, _ = await day.accept()
    made["longer"] = claim.fax
    day.at("14:52")


async def _looked_for(day: Day, made: Made) -> None:
    [doubt] = await day.backbone.outbox.doubtful()
    for _ in range(4):
        await day.backbone.outbox.looked([doubt.attempt], day.time)
    await day.backbone.outbox.stop(made["doubtful"], day.time)
    day.after(minutes=4)


async def _elsewhere(day: Day, made: Made) -> None:
    began = day.time - timedelta(hours=3)
    report = SentReport("7203117", "delivered", OURS, "+12025550187", 6, 6, began_at=began)
    await day.backbone.archive.add_elsewhere([report], day.time)
    listed = await day.backbone.archive.ids(Query(Direction.SENT))
    made["elsewhere"] = next(fax.id for fax in day.backbone.archive.rows(listed.tolist()) if fax.elsewhere)


async def _without_document(day: Day, made: Made) -> None:
    for path in day.backbone.paths.documents.glob("??/*"):
        path.unlink()


def compare() -> Scene:
    """A doubtful fax beside what it could be, the second of which is looked at."""

    @contextmanager
    def scene(icons: Icons) -> Iterator[QWidget]:
        with TemporaryDirectory() as folder:
            day = Day(Path(folder))
            try:
                with gone_after(asyncio.run(_comparison(icons, day))) as dialog:
                    yield dialog
            finally:
                asyncio.run(day.backbone.close())

    return scene


async def _comparison(icons: Icons, day: Day) -> QWidget:
    made = await fill(day)
    detail = day.backbone.archive.detail(made["doubtful"])
    assert detail is not None
    back, began = day.backbone, day.time - timedelta(minutes=29)
    to = detail.fax.number
    found = [
        SentReport("7204502", "sending", OURS, to, 3),
        SentReport("7204431", "delivered", OURS, to, 3, 3, began_at=began),
    ]

    async def copy_of(job_id: str) -> bytes:
        return (PRACTICE / "01-ames-report.pdf").read_bytes()

    previews = (
        PreviewViewModel(back.renderer, back.files.get, _raise),
        PreviewViewModel(back.renderer, back.files.get, _raise),
    )
    model = CompareViewModel(detail, found, copy_of, previews, day.time, _raise)
    dialog = CompareDialog(icons, model, None)
    model.setParent(dialog)
    dialog.show()
    dialog.choices.buttons()[1].setChecked(True)
    for preview in previews:
        await until(lambda preview=preview: preview.state.pages and is_drawn(preview))  # type: ignore[misc]
    await asyncio.sleep(0.1)
    await model.close()
    return dialog


def questions(icons: Icons) -> QWidget:
    """The boxes that ask first, side by side as parts of one sheet."""
    made = [build(None, lambda: None) for build in (delete_box, send_anyway_box, resend_box, stop_box)]
    for box in made:
        box.setWindowFlags(Qt.WindowType.Widget)
    two = [row(*made[:2], None, spacing=24), row(*made[2:], None, spacing=24)]
    sheet = pane(column(*two, None, spacing=24, margins=(24, 24, 24, 24)), "canvas")
    sheet.resize(1120, 400)
    for box in made:
        box.show()
    return sheet


def _raise(error: BaseException) -> None:
    raise error


PICTURES: dict[str, Scene] = {
    "outbox-late": brought_to("late", _late),
    "outbox-paused": brought_to("later", _paused),
    "outbox-stopping": brought_to("sending", _stopping),
    "outbox-not-stopped": brought_to("sending", _not_stopped),
    "outbox-silent": brought_to("sending", _silent),
    "outbox-longer": brought_to("longer", _longer),
    "outbox-looked-for": brought_to("doubtful", _looked_for),
    "outbox-elsewhere": brought_to("elsewhere", _elsewhere),
    "outbox-without-document": brought_to("failed", _without_document),
    "questions": still(questions),
    "compare": compare(),
}
