"""The frame of the main window: on the screen at once, empty, while everything that belongs into it is imported.

So nothing is imported here that an empty window does not need; `rooms` puts the rest into it.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QByteArray, Signal
from PySide6.QtGui import QColor, QFontInfo, QPalette
from PySide6.QtWidgets import QMainWindow

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QResizeEvent

_USUAL_EM: Final = (104.6, 65.2)  # 1360 by 848 px at the usual size of text
_LEAST: Final = (800, 560)


class WindowFrame(QMainWindow):
    """An empty window. Closing it only asks, and `follow_close` says whom."""

    resized = Signal()

    def __init__(self, geometry: str = "", ground: str = "") -> None:
        """`geometry` is where the window was, as `geometry_text` said; `ground` its colour until it is filled."""
        super().__init__()
        self._close_asked = False
        self._on_close: Callable[[], None] | None = None
        self.setWindowTitle("iFax Desktop")
        self.setMinimumSize(*_LEAST)
        if ground:
            # Not `QPalette(color)`, which might be a colour of Qt's own: PySide would load Qt's names to see, 20 ms.
            palette = QPalette()
            palette.setColor(QPalette.ColorRole.Window, QColor(ground))
            self.setPalette(palette)
        self._restore(geometry)

    def follow_close(self, leave: Callable[[], None]) -> None:
        """Call `leave` when somebody closes the window, or at once if that happened already."""
        self._on_close = leave
        if self._close_asked:
            leave()

    def geometry_text(self) -> str:
        """Where the window is, as text for the settings."""
        return bytes(self.saveGeometry().toBase64().data()).decode("ascii")

    def closeEvent(self, event: "QCloseEvent") -> None:
        event.ignore()
        self._close_asked = True
        if self._on_close is not None:
            self._on_close()

    def resizeEvent(self, event: "QResizeEvent") -> None:
        super().resizeEvent(event)
        self.resized.emit()

    def _restore(self, geometry: str) -> None:
        """Go back to where the window was; text that is none leaves the usual size."""
        kept = QByteArray.fromBase64(geometry.encode("ascii", "replace"))
        if not geometry or not self.restoreGeometry(kept):
            size = QFontInfo(self.font()).pixelSize()
            self.resize(*(round(em * size) for em in _USUAL_EM))
