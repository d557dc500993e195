"""Files dragged over a window: what covers it meanwhile, and which files they are."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QMimeData, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QWidget

from ifax_desktop.domain.given import Given
from ifax_desktop.viewmodels.given import files_of
from ifax_desktop.views.arrange import column, set_ground
from ifax_desktop.views.icons import Icons


class DropVeil(QWidget):
    """Lets files be dropped on a window, and covers `place` in it with words while they are dragged.

    `dropped` is emitted with what `read` finds in what is dropped (list of Given).
    """

    dropped = Signal(object)

    def __init__(
        self,
        icons: Icons,
        window: QWidget,
        place: QWidget,
        words: tuple[str, str, str],
        read: Callable[[QMimeData], list[Given]] = files_of,
    ) -> None:
        """`words` are the icon, the line and the sentence on it."""
        super().__init__(place)
        self._read = read
        self._icons = icons
        self._place = place
        self._words = words
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        set_ground(self, "surface")
        self.hide()
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, window: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent):  # of which entering and moving are kinds
            return self._dragged(event)
        if event.type() == QEvent.Type.DragLeave:
            self.hide()
        elif event.type() == QEvent.Type.Resize and self.isVisible():
            self.cover()
        return False

    def cover(self) -> None:
        """Cover the place."""
        if self.layout() is None:
            # Built with the first file that is dragged, which most windows never see.
            from ifax_desktop.views.empty_state import EmptyState

            words = EmptyState(self._icons, *self._words, drop_area=True)
            words.set_lit(True)
            self.setLayout(column((words, 1), margins=(8, 8, 8, 8)))
        self.setGeometry(self._place.rect())
        self.raise_()
        self.show()

    def _dragged(self, event: QDropEvent) -> bool:
        # What is dragged about within this program is text from a field to another.
        files = self._read(event.mimeData()) if event.source() is None else []
        if not files:
            return False
        # A copy, whatever the other program offers first: the file stays where it is.
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if event.type() == QEvent.Type.Drop:
            self.hide()
            self.dropped.emit(files)
        elif self.isHidden():
            self.cover()
        return True
