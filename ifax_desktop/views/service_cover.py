"""A drawn example of the cover page the service makes: never what is really faxed, so it looks like a sketch."""

from functools import lru_cache
from typing import Final

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QPen

from ifax_desktop.domain.cover import Cover
from ifax_desktop.domain.page import PageFormat

_WIDTH: Final = 864
_INK: Final = QColor(70, 70, 70)
_PALE: Final = QColor(150, 150, 150)
_MARGIN: Final = 90


@lru_cache(maxsize=2)
def example_cover(cover: Cover, page_format: PageFormat) -> QImage:
    """A page with the words the service is told: who, from whom, about what, and the message."""
    tr = QCoreApplication.translate
    across, down = page_format.size
    image = QImage(_WIDTH, round(_WIDTH * down / across), QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.white)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(_PALE)
    painter.setFont(_font(30))
    top = QRectF(_MARGIN, 60, _WIDTH - 2 * _MARGIN, 50)
    painter.drawText(top, Qt.AlignmentFlag.AlignCenter, tr("compose", "Example, not the page that is sent"))
    lines = (
        (tr("compose", "To"), cover.to_name),
        (tr("compose", "From"), cover.from_name),
        (tr("compose", "Subject"), cover.subject),
    )
    y = 190.0
    for name, words in lines:
        painter.setFont(_font(26))
        painter.setPen(_PALE)
        painter.drawText(QRectF(_MARGIN, y, 150, 40), Qt.AlignmentFlag.AlignVCenter, name)
        painter.setPen(_INK)
        room = QRectF(_MARGIN + 160, y, _WIDTH - 2 * _MARGIN - 160, 40)
        text = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, round(room.width()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter, text)
        painter.setPen(QPen(_PALE, 1, Qt.PenStyle.DashLine))
        painter.drawLine(_MARGIN, round(y + 52), _WIDTH - _MARGIN, round(y + 52))
        y += 72
    painter.setPen(_INK)
    painter.setFont(_font(26))
    body = QRectF(_MARGIN, y + 20, _WIDTH - 2 * _MARGIN, image.height() - y - 120)
    painter.drawText(body, Qt.TextFlag.TextWordWrap, cover.message)
    painter.end()
    return image


def _font(pixels: int) -> QFont:
    font = QFont()
    font.setPixelSize(pixels)
    return font
