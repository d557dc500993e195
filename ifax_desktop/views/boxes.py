"""The few boxes there are: each is opened with `open()`, and nothing waits for it."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QMessageBox, QWidget

from ifax_desktop import __version__
from ifax_desktop.views.icons import Icons

_PARTS = (
    ("Qt, PySide6", "LGPL 3"),
    ("httpx, h11", "BSD 3-Clause, MIT"),
    ("PDFium, pypdfium2", "BSD 3-Clause, Apache 2.0"),
    ("pypdf", "BSD 3-Clause"),
    ("Pillow", "MIT-CMU"),
    ("phonenumbers", "Apache 2.0"),
    ("qasync", "BSD 2-Clause"),
    ("keyring, truststore, platformdirs", "MIT"),
    ("filelock", "MIT"),
)


def about_box(icons: Icons, parent: QWidget | None) -> QMessageBox:
    """Help, About: version, licence, and what the program is made with."""
    tr = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setWindowTitle(tr("boxes", "About iFax Desktop"))
    box.setIconPixmap(icons.application_icon().pixmap(64, 64))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"iFax Desktop {__version__}")
    made = tr("boxes", "Free software under the MIT licence. Made with:")
    box.setInformativeText("\n".join([made, "", *(f"{name} ({licence})" for name, licence in _PARTS)]))
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return _with_air(box)


def discard_box(parent: QWidget | None, discard: Callable[[], None]) -> QMessageBox:
    """Asks before a draft is discarded; Enter and Escape keep it."""
    tr = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setWindowTitle(tr("boxes", "Discard draft"))
    box.setText(tr("boxes", "Discard this draft? It cannot be brought back."))
    gone = box.addButton(tr("boxes", "Discard draft"), QMessageBox.ButtonRole.AcceptRole)
    keep = box.addButton(tr("boxes", "Keep it"), QMessageBox.ButtonRole.RejectRole)
    box.setDefaultButton(keep)
    box.setEscapeButton(keep)
    gone.clicked.connect(discard)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return _with_air(box)


def obstacle_box(icons: Icons, sentence: str, details: str) -> QMessageBox:
    """Says why nothing can be opened."""
    box = QMessageBox()
    box.setWindowTitle("iFax Desktop")
    box.setIconPixmap(icons.pixmap("warning", "warn", 32, box.devicePixelRatioF()))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(sentence)
    box.setDetailedText(details)
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.setWindowIcon(icons.application_icon())
    return _with_air(box)


def _with_air(box: QMessageBox) -> QMessageBox:
    """Last of all: Qt lays a box out anew with every text."""
    if (layout := box.layout()) is not None:
        layout.setContentsMargins(20, 20, 20, 16)
    return box
