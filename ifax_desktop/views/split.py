"""Two panes with a hairline between them that the user can move; one has a usual width, the other takes the rest."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from ifax_desktop.views.icons import Icons


class Split(QSplitter):
    """The pane at the left (or at the `right`) is as wide as the font says; the user's own width wins."""

    def __init__(
        self, icons: Icons, first: QWidget, second: QWidget, *, right: bool, wide_em: float, narrow_em: float
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._theme = icons.theme
        self._right = right
        self._widths = {False: wide_em, True: narrow_em}
        self._narrow = False
        self._moved = False
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.addWidget(first)
        self.addWidget(second)
        self.setStretchFactor(0, int(right))
        self.setStretchFactor(1, int(not right))
        self.splitterMoved.connect(self._note_move)
        self._arrange()

    def set_narrow(self, narrow: bool) -> None:
        """Use the width of narrow or of wide windows; a change between them forgets the user's own."""
        if narrow != self._narrow:
            self._narrow = narrow
            self._moved = False
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self._moved:
            self._arrange()

    def _note_move(self) -> None:
        self._moved = True

    def _arrange(self) -> None:
        fixed = self._theme.em(self._widths[self._narrow])
        rest = max(1, self.width() - fixed - self.handleWidth())
        self.setSizes([rest, fixed] if self._right else [fixed, rest])
