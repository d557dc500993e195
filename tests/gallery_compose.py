"""Pictures of the preview and of the New fax window, with real pages drawn by the real worker."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pypdf import PdfWriter
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.domain.cover import Cover, CoverKind
from ifax_desktop.domain.form import Form
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.domain.quality import Quality
from ifax_desktop.store.settings import Settings
from ifax_desktop.viewmodels.compose import ComposeViewModel
from ifax_desktop.viewmodels.compose_state import ComposeState
from ifax_desktop.viewmodels.page_pictures import grey_image
from ifax_desktop.viewmodels.preview import FAX_WIDTH, PreviewState, PreviewViewModel
from ifax_desktop.views.compose_view import ComposeView
from ifax_desktop.views.drop_veil import DropVeil
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import pane, row, rule
from ifax_desktop.views.preview_pane import PreviewPane
from tests.desk import Desk
from tests.documents import samples
from tests.gallery_scene import Scene, still

PRACTICE = Path(__file__).parents[1] / "resources" / "practice"


def tr(text: str) -> str:
    """Words of a picture, which the pseudo-language makes longer."""
    return QCoreApplication.translate("gallery", text)


@cache
def pages(name: str) -> tuple[QImage, ...]:
    """The pages of a practice fax."""
    return asyncio.run(_drawn((PRACTICE / name).read_bytes()))


async def _drawn(content: bytes) -> tuple[QImage, ...]:
    async with await Renderer().open(content) as document:
        return tuple([grey_image(await document.render(page, FAX_WIDTH)) for page in range(document.pages)])


def unexpected(error: BaseException) -> None:
    """Nothing goes wrong in a picture."""
    raise error


def preview_of(state: PreviewState) -> PreviewViewModel:
    """A preview in this state, with nothing running behind it."""

    async def read(document: str) -> bytes:
        raise KeyError(document)

    model = PreviewViewModel(Renderer(), read, unexpected)
    model.state = state
    return model


def fill_strip(model: PreviewViewModel, images: tuple[QImage, ...]) -> None:
    """Hand over the thumbnails, as the worker would one by one."""
    QApplication.processEvents()
    for page, image in enumerate(images, 1):
        model.thumbnail.emit(page, image)


def previews(icons: Icons) -> QWidget:
    """The preview of the Inbox, of the Outbox in its narrow pane, of what cannot be shown, and of nothing."""
    images = pages("09-morgan-hale-request.pdf")
    reading = PreviewState(1, len(images), 2, picture=images[1])
    states = (
        (reading, Qt.Orientation.Vertical, 640),
        (replace(reading, zoom=100, rotation=90), Qt.Orientation.Horizontal, 264),
        (PreviewState(problem="This PDF is damaged and cannot be read."), Qt.Orientation.Horizontal, 300),
        (PreviewState(), Qt.Orientation.Horizontal, 240),
    )
    panes: list[QWidget | tuple[QWidget, int]] = []
    models = []
    for state, orientation, width in states:
        model = preview_of(state)
        made = PreviewPane(
            icons,
            model,
            orientation,
            empty=(tr("No fax chosen"), tr("Choose one to see its pages.")),
            keeps_file=True,
        )
        made.setMinimumWidth(width)
        models.append(model)
        panes += [(made, width), rule("down")]
    whole = pane(row(*panes, spacing=0), "canvas")
    whole.resize(1460, 760)
    for model in models:
        model.setParent(whole)
        fill_strip(model, images)
    return whole


AMES = Form("202 555 0143", "Dr. Ames, Orthopaedics", "+12025550119")
COVER = Cover(
    CoverKind.OWN,
    "Dr. Ames, Orthopaedics",
    "Front desk, R. Olsen",
    "Referral, as agreed by phone",
    "Here are the referral letter and the X-ray report.",
)
NUMBERS = (OwnNumber("+12025550119", area="Washington"), OwnNumber("+12025550120"))
REFERRAL = "09-morgan-hale-request.pdf"
ORDER = "06-fallow-creek-results.pdf"


def window(
    icons: Icons,
    state: ComposeState,
    documents: dict[str, bytes] | None = None,
    then: Callable[[ComposeViewModel], None] = lambda _: None,
    settings: Settings | None = None,
) -> QWidget:
    """The New fax window in this state with these documents, as it is once all pages were made."""
    return asyncio.run(_window(icons, state, documents or {}, then, settings or Settings()))


async def _window(
    icons: Icons,
    state: ComposeState,
    documents: dict[str, bytes],
    then: Callable[[ComposeViewModel], None],
    settings: Settings,
) -> QWidget:
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder), lambda: datetime(2026, 11, 23, 14, 2, tzinfo=UTC))
        desk.settings = settings
        taken = [await desk.drafts.take(desk.file(name, content)) for name, content in documents.items()]
        model = ComposeViewModel(
            desk.drafts, lambda: NUMBERS, lambda: desk.settings, unexpected, save_after=3600
        )
        form = replace(state.form, attachments=tuple(taken))
        model.state = replace(state, form=form, own_numbers=NUMBERS)
        made = ComposeView(icons, model)
        model.setParent(made)
        made.resize(1280, 896)
        model.preview.show(form)
        model.changed.emit()
        await _made(model)
        then(model)
        await _made(model)
        await desk.drafts.close()
        await desk.renderer.close()
        await desk.database.close()
    return made


async def _made(model: ComposeViewModel) -> None:
    """Wait until all pages are on the screen."""
    preview = model.preview
    for _ in range(600):
        QApplication.processEvents()
        await asyncio.sleep(0.05)
        spots = preview.state.spots
        known = all(preview.made(at) or spot.sheet is None for at, spot in enumerate(spots))
        wanted = bool(model.state.form.attachments) or model.state.form.cover.kind is CoverKind.OWN
        if known and not preview.state.loading and (spots or not wanted):
            return


@cache
def practice(name: str) -> bytes:
    """A practice fax."""
    return (PRACTICE / name).read_bytes()


def report_with_grey() -> bytes:
    """A report with a grey box that has writing in it, and a second page with small print."""
    writer = PdfWriter()
    lines = "(No fracture, no dislocation. Joint space normal for age. Small effusion.) Tj T* "
    box = f"0.62 g 72 380 468 150 re f 0 g BT /F1 12 Tf 20 TL 90 500 Td {lines * 5} ET"
    title = "BT /F1 24 Tf 72 700 Td (X-ray report) Tj ET BT /F1 12 Tf 72 670 Td (Left knee, two views) Tj ET"
    samples.add_page(writer, f"{title} {box}")
    small = "(This report was made for the doctor named above and for nobody else.) Tj T* "
    samples.add_page(writer, f"{title} BT /F1 5.5 Tf 8 TL 72 640 Td {small * 12} ET")
    return samples.finish(writer)


def five_pages() -> dict[str, bytes]:
    """Two documents."""
    return {
        "referral.pdf": practice(REFERRAL),
        "x-ray report of 5 November, both views.pdf": report_with_grey(),
    }


def ready(form: Form, **more: Any) -> ComposeState:
    """A form with nothing missing."""
    return ComposeState(form, "+12025550143", **more)


def at_grey(model: ComposeViewModel) -> None:
    """Look at the first page of the report."""
    spots = model.preview.state.spots
    model.preview.go_to(next(at for at, spot in enumerate(spots) if "x-ray" in spot.group))


def new_fax(icons: Icons) -> QWidget:
    """A fax ready to go out, with a cover page of our own and a page with a warning."""

    def then(model: ComposeViewModel) -> None:
        model.preview.go_to(len(model.preview.state.spots) - 1)

    form = replace(AMES, cover=COVER, quality=Quality.HD)
    return window(
        icons, ready(form, cover_pages=1, is_saved=True), five_pages(), then, Settings(page_price="$0.05")
    )


def new_fax_original(icons: Icons) -> QWidget:
    """The same page as it is in its document."""

    def then(model: ComposeViewModel) -> None:
        at_grey(model)
        model.preview.set_as_faxed(as_faxed=False)

    return window(icons, ready(replace(AMES, cover=Cover(), quality=Quality.HD)), five_pages(), then)


def new_fax_pages(icons: Icons) -> QWidget:
    """Many pages, in another order, one left out and looked at, one turned."""

    def then(model: ComposeViewModel) -> None:
        model.pages.move([5], 0)
        model.pages.turn([2])
        model.pages.leave_out([3])
        model.preview.go_to(3)

    documents = {**five_pages(), "lab order.pdf": practice(ORDER), "again.pdf": practice(REFERRAL)}
    return window(icons, ready(replace(AMES, cover=Cover())), documents, then)


def new_fax_service(icons: Icons) -> QWidget:
    """The cover page the service makes, as an example."""
    form = replace(AMES, cover=replace(COVER, kind=CoverKind.SERVICE))
    return window(
        icons, ready(form), {"referral.pdf": practice(REFERRAL)}, lambda model: model.preview.go_to(0)
    )


def new_fax_zoomed(icons: Icons) -> QWidget:
    """The dots of a page."""
    return window(
        icons,
        ready(replace(AMES, cover=Cover(), quality=Quality.HD)),
        five_pages(),
        lambda model: model.preview.set_zoom(400),
    )


def new_fax_later(icons: Icons) -> QWidget:
    """A fax for the evening, which the service keeps until then."""
    evening = datetime(2026, 11, 23, 18, 0).astimezone()
    form = replace(AMES, cover=Cover(), send_at=evening, at_service=True)
    return window(icons, ready(form), {"referral.pdf": practice(REFERRAL)})


def new_fax_empty(icons: Icons) -> QWidget:
    """A form nobody has touched."""
    return window(icons, ComposeState())


def new_fax_locked(icons: Icons) -> QWidget:
    """A document with a password, after another one was tried."""
    state = ready(
        replace(AMES, cover=Cover()),
        locked="discharge-summary.pdf",
        lock_problem="This is not the password of this document.",
    )
    return window(icons, state, {"referral.pdf": practice(REFERRAL)})


def new_fax_problems(icons: Icons) -> QWidget:
    """Everything that can be wrong at once."""
    state = ComposeState(
        replace(AMES, number="202 555 01", cover=replace(COVER, kind=CoverKind.SERVICE)),
        taking="permit.pdf",
        number_problem="Two digits are missing.",
        documents_problem="“notes.bin” cannot be added. This program cannot show this kind of file. Save or print it as a PDF and add that.\n“scan.pdf” cannot be added. This "
        "PDF is locked with a password. Save a copy without the password and add that.",
        problem="The disk is full. Make room and try again. "
        "Close the window once more to leave without keeping this form.",
    )

    def then(model: ComposeViewModel) -> None:
        model.preview.state = replace(
            model.preview.state, problem="This page is damaged and cannot be shown.", at=1
        )
        model.preview.changed.emit()

    return window(icons, state, {"referral.pdf": practice(REFERRAL)}, then)


def new_fax_drop(icons: Icons) -> QWidget:
    """Files dragged over the window."""
    made = new_fax_empty(icons)
    for veil in made.findChildren(DropVeil):
        veil.cover()
    return made


PICTURES: dict[str, Scene] = {
    "previews": still(previews),
    "new-fax": still(new_fax),
    "new-fax-original": still(new_fax_original),
    "new-fax-pages": still(new_fax_pages),
    "new-fax-service": still(new_fax_service),
    "new-fax-zoomed": still(new_fax_zoomed),
    "new-fax-later": still(new_fax_later),
    "new-fax-empty": still(new_fax_empty),
    "new-fax-problems": still(new_fax_problems),
    "new-fax-locked": still(new_fax_locked),
    "new-fax-drop": still(new_fax_drop),
}
