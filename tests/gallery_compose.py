"""Pictures of the preview and of the New fax window, with real pages drawn by the real worker."""

import asyncio
from dataclasses import replace
from functools import cache
from pathlib import Path

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from ifax_desktop.documents.renderer import Renderer
from ifax_desktop.viewmodels.page_pictures import grey_image
from ifax_desktop.viewmodels.preview import FAX_WIDTH, PreviewState, PreviewViewModel
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import pane, row, rule
from ifax_desktop.views.preview_pane import PreviewPane

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
