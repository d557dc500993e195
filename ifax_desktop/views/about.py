"""What Help says of the program: its version, its licence, and what it is made with."""

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


def about_box(icons: Icons, parent: QWidget) -> QMessageBox:
    """The box, to be opened with `open()`."""
    tr = QCoreApplication.translate
    box = QMessageBox(parent)
    box.setWindowTitle(tr("about", "About iFax Desktop"))
    box.setIconPixmap(icons.application_icon().pixmap(64, 64))
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(f"iFax Desktop {__version__}")
    made = tr("about", "Free software under the MIT licence. Made with:")
    box.setInformativeText("\n".join([made, "", *(f"{name} ({licence})" for name, licence in _PARTS)]))
    box.setStandardButtons(QMessageBox.StandardButton.Close)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    return box
