"""The buttons of a preview: page arrows, zoom, fit and turn."""

from typing import Final

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QWidget

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.page_canvas import Zoom
from ifax_desktop.views.parts import icon_button, label, pane, row, set_tip

_NO_BREAK: Final = "\N{NO-BREAK SPACE}"
_LONGEST_PERCENT: Final = f"400{_NO_BREAK}%"


class PageControls(QWidget):
    """Page arrows and "Page 2 of 5"; zoom, fit and turn. In a narrow pane the second lot goes below the first.

    `stepped` is by how many pages, `zoomed` by how many steps; `fitted` asks for the "page" or its "width".
    """

    stepped = Signal(int)
    zoomed = Signal(int)
    fitted = Signal(str)
    turned = Signal()

    def __init__(self, icons: Icons, turn: str, turn_keys: str = "") -> None:
        """`turn` says what turning does here."""
        super().__init__()
        self._fits = True
        self.back = icon_button(icons, "chevron-left", self.tr("Page before"), "PgUp")
        self.on = icon_button(icons, "chevron-right", self.tr("Next page"), "PgDown")
        self.smaller = icon_button(icons, "zoom-out", self.tr("Make smaller"), "Ctrl+-")
        self.larger = icon_button(icons, "zoom-in", self.tr("Make larger"), "Ctrl++")
        self.fit = icon_button(icons, "fit", self.tr("Fit the page"), "Ctrl+0")
        self.turn = icon_button(icons, "rotate", turn, turn_keys)
        self._where = label("", "small", "text2")
        self._where.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._percent = label("", "small", "text2")
        self._percent.setAlignment(Qt.AlignmentFlag.AlignCenter)
        pages = pane(row(self.back, self._where, self.on, spacing=4))
        sizes = pane(row(self.smaller, self._percent, self.larger, self.fit, self.turn, spacing=0))
        self._groups = (pages, sizes)
        self._row: QBoxLayout = row(pages, sizes, spacing=16)
        for group in self._groups:
            self._row.setAlignment(group, Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(row(None, self._row, None, spacing=0))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.back.clicked.connect(lambda: self.stepped.emit(-1))
        self.on.clicked.connect(lambda: self.stepped.emit(1))
        self.smaller.clicked.connect(lambda: self.zoomed.emit(-1))
        self.larger.clicked.connect(lambda: self.zoomed.emit(1))
        self.fit.clicked.connect(lambda: self.fitted.emit("width" if self._fits else "page"))
        self.turn.clicked.connect(self.turned)

    def show_place(self, page: int, pages: int, words: str = "") -> None:
        """Say which page it is, from 1, or what else in other `words`; 0 pages are on their way."""
        where = self.tr("Page {0} of {1}")
        # As wide as it can get, so that the arrows stay where they are.
        widest = self._where.fontMetrics().horizontalAdvance(where.format(pages, pages))
        self._where.setMinimumWidth(widest if pages else 0)
        text = where.format(page, pages) if pages else self.tr("Opening the document")
        self._where.setText(words or text)
        self.back.setEnabled(page > 1)
        self.on.setEnabled(page < pages)

    def show_picture(self, zoom: Zoom, *, is_there: bool) -> None:
        """Offer what can be done with the page on the screen, if it is there."""
        for button in (self.smaller, self.larger, self.fit, self.turn):
            button.setEnabled(is_there)
        self._fits = zoom == "page"
        name = self.tr("Fit the width") if self._fits else self.tr("Fit the page")
        self.fit.setAccessibleName(name)
        set_tip(self.fit, name if self._fits else self.tr("Fit the page ({0})").format("Ctrl+0"))

    def show_percent(self, percent: int) -> None:
        """Say the size in use."""
        self._percent.setMinimumWidth(self._percent.fontMetrics().horizontalAdvance(_LONGEST_PERCENT))
        self._percent.setText(f"{percent}{_NO_BREAK}%")

    def sizeHint(self) -> QSize:
        return QSize(self._needed(), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        widths = [group.minimumSizeHint().width() for group in self._groups]
        return QSize(max(widths), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fold()

    def _needed(self) -> int:
        return sum(group.sizeHint().width() for group in self._groups) + self._row.spacing()

    def _fold(self) -> None:
        across = self._needed() <= self.width()
        self._row.setDirection(
            QBoxLayout.Direction.LeftToRight if across else QBoxLayout.Direction.TopToBottom
        )
