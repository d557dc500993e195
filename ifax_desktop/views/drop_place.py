"""What stands in the New fax window in place of the pages while there are none."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import EmptyState, column


class DropPlace(QWidget):
    """What stands in place of the pages. It takes no drops itself: the whole window does."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._theme = icons.theme
        line = self.tr("Drop documents here")
        sentence = self.tr("Or anywhere on this window. Several become one fax.")
        self.setLayout(column(EmptyState(icons, "document", line, sentence)))
        icons.theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(self._theme.color("control"), 1.5)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 8, 8)
