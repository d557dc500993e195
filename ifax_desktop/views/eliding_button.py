"""A button with words from outside, which may be long."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QPushButton, QStyle, QStyleOptionButton, QStylePainter

from ifax_desktop.views.buttons import ICON_GAP


class ElidingButton(QPushButton):
    """A button whose words are shortened where the room ends; its tool tip has the whole of them."""

    def minimumSizeHint(self) -> QSize:
        whole = super().sizeHint()
        return QSize(min(whole.width(), self.fontMetrics().height() * 5), whole.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = self._fitting(option)
        QStylePainter(self).drawControl(QStyle.ControlElement.CE_PushButton, option)

    def _fitting(self, option: QStyleOptionButton) -> str:
        inside = self.style().subElementRect(QStyle.SubElement.SE_PushButtonContents, option, self)
        icon = 0 if self.icon().isNull() else self.iconSize().width() + ICON_GAP
        room = inside.width() - icon
        return self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
