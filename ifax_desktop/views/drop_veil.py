"""What covers the window while files are dragged over it, and which files they are."""

from pathlib import Path

from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QWidget

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import EmptyState, column, set_ground


def dragged_files(data: QMimeData) -> list[Path]:
    """The files of this computer in what is dragged."""
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile() and url.toLocalFile()]


class DropVeil(QWidget):
    """Says that files may be dropped; the window that owns it takes them."""

    def __init__(self, icons: Icons, parent: QWidget) -> None:
        super().__init__(parent)
        words = EmptyState(
            icons,
            "fax-new",
            self.tr("Drop to start a new fax"),
            self.tr("The files become its documents, in this order."),
            drop_area=True,
        )
        words.set_lit(True)
        self.setLayout(column(words))
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_ground(self, "surface")
        self.hide()

    def cover(self, place: QWidget) -> None:
        """Cover this part of the window."""
        self.setGeometry(place.geometry())
        self.raise_()
        self.show()
