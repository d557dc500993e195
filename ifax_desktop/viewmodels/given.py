"""What is dropped or pasted, as documents to be: files of this computer, or else a text or a picture."""

from pathlib import Path

from PySide6.QtCore import QBuffer, QCoreApplication, QIODevice, QMimeData
from PySide6.QtGui import QImage

from ifax_desktop.domain.given import Given, Pasted

translate = QCoreApplication.translate


def files_of(data: QMimeData) -> list[Given]:
    """The files of this computer in what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile() and url.toLocalFile()]


def documents_of(data: QMimeData) -> list[Given]:
    """The files, else the text, else the picture; nothing if there is none of them."""
    if files := files_of(data):
        return files
    if data.hasText() and not data.hasUrls() and (text := data.text()).strip():
        return [Pasted(translate("given", "Pasted text"), lambda: text.encode(errors="replace"))]
    image = data.imageData() if data.hasImage() else None
    if isinstance(image, QImage) and not image.isNull():
        # Made into a file by whoever reads it, away from the window's thread: that takes a while.
        return [Pasted(translate("given", "Pasted picture"), lambda: _as_file(image))]
    return []


def _as_file(image: QImage) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # type: ignore[call-overload]
    return bytes(buffer.data().data())
