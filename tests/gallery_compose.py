"""Pictures of the preview and of the New fax window, with real pages drawn by the real worker."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.domain.cover import Cover, CoverKind
from ifax_desktop.domain.fax import Attachment
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


AMES = Form(
    "202 555 0143",
    "Dr. Ames, Orthopaedics",
    "+12025550119",
    (
        Attachment("referral.pdf", "a", 2),
        Attachment("x-ray report of 5 November, both views, final.pdf", "b", 2),
    ),
)
COVER = Cover(
    CoverKind.OWN,
    "Dr. Ames, Orthopaedics",
    "Front desk, R. Olsen",
    "Referral, as agreed by phone",
    "Here are the referral letter and the X-ray report.",
)
NUMBERS = (OwnNumber("+12025550119", area="Washington"), OwnNumber("+12025550120"))


def window(icons: Icons, state: ComposeState, preview: PreviewState, images: tuple[QImage, ...]) -> QWidget:
    """The New fax window in this state, with nothing running behind it."""
    with TemporaryDirectory() as folder:
        desk = Desk(Path(folder), lambda: datetime.now(UTC))
        asyncio.run(desk.database.close())
    shown = preview_of(preview)
    model = ComposeViewModel(desk.drafts, shown, lambda: NUMBERS, Settings, unexpected)
    model.state = replace(state, own_numbers=NUMBERS)
    made = ComposeView(icons, model)
    for part in (shown, model):
        part.setParent(made)
    fill_strip(shown, images)
    return made


def new_fax(icons: Icons) -> QWidget:
    """A fax ready to go out, with a cover page of our own."""
    images = pages("09-morgan-hale-request.pdf")
    state = ComposeState(
        replace(AMES, cover=COVER, quality=Quality.HD), "+12025550143", cover_pages=1, is_saved=True
    )
    return window(icons, state, PreviewState(1, 5, 2, picture=images[1]), (*images, images[3]))


def new_fax_later(icons: Icons) -> QWidget:
    """A fax for the evening, which the service keeps until then."""
    images = pages("09-morgan-hale-request.pdf")
    evening = datetime(2026, 11, 23, 18, 0).astimezone()
    form = replace(AMES, cover=Cover(), send_at=evening, at_service=True)
    return window(icons, ComposeState(form, "+12025550143"), PreviewState(1, 4, 1, picture=images[0]), images)


def new_fax_empty(icons: Icons) -> QWidget:
    """A form nobody has touched."""
    return window(icons, ComposeState(), PreviewState(), ())


def new_fax_locked(icons: Icons) -> QWidget:
    """A document with a password, after another one was tried."""
    state = ComposeState(
        replace(AMES, cover=Cover()),
        "+12025550143",
        locked="discharge-summary.pdf",
        lock_problem="This is not the password of this document.",
    )
    images = pages("09-morgan-hale-request.pdf")
    return window(icons, state, PreviewState(1, 4, 1, picture=images[0]), images)


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
    return window(icons, state, PreviewState(problem="This PDF is damaged and cannot be read."), ())


def new_fax_drop(icons: Icons) -> QWidget:
    """Files dragged over the window."""
    made = new_fax_empty(icons)
    for veil in made.findChildren(DropVeil):
        veil.cover()
    return made


PICTURES: dict[str, Scene] = {
    "previews": still(previews),
    "new-fax": still(new_fax),
    "new-fax-later": still(new_fax_later),
    "new-fax-empty": still(new_fax_empty),
    "new-fax-problems": still(new_fax_problems),
    "new-fax-locked": still(new_fax_locked),
    "new-fax-drop": still(new_fax_drop),
}
