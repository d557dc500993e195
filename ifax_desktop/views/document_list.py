"""The documents of a fax in sending order: one row each, to be chosen, moved and removed by mouse and keyboard."""

from collections.abc import Sequence
from typing import Final

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from ifax_desktop.domain.fax import Attachment
from ifax_desktop.viewmodels.wording import pages
from ifax_desktop.views.focus_ring import BY_KEYBOARD
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import ElidedLabel, EmptyState, Picture, column, icon_button, label, row

_RADIUS: Final = 6
_STEPS: Final = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class DocumentList(QWidget):
    """Emits what the user asks for by the document's place: the form itself is changed elsewhere."""

    chosen = Signal(int)
    moved = Signal(int, int)
    """A document, and by how many places."""
    removed = Signal(int)

    def __init__(self, icons: Icons, before: QWidget) -> None:
        """`before` is what Tab leaves when it comes to the documents."""
        super().__init__()
        self._icons = icons
        self._before = before
        self._shown: tuple[Attachment, ...] = ()
        self._current = 0
        self.rows: list[DocumentRow] = []
        self._column: QVBoxLayout = column(spacing=2)
        self.setLayout(self._column)
        self.setAccessibleName(self.tr("Documents"))

    @property
    def current(self) -> int:
        """The place of the chosen document."""
        return self._current

    def show_documents(self, documents: Sequence[Attachment]) -> None:
        """Show these; the row that was chosen stays so as long as there is one in its place."""
        if tuple(documents) != self._shown:
            reason = self._focus_reason()
            self._shown = tuple(documents)
            self._fill()
            self._choose(min(self._current, len(self.rows) - 1), reason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if event.key() == Qt.Key.Key_Delete and self.rows:
            self.removed.emit(self._current)
        elif step and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self._move(self._current, step)
        elif step:
            self._pick(self._current + step, Qt.FocusReason.TabFocusReason)
        else:
            super().keyPressEvent(event)

    def _fill(self) -> None:
        while len(self.rows) > len(self._shown):
            gone = self.rows.pop()
            self._column.removeWidget(gone)
            gone.hide()
            gone.deleteLater()
        while len(self.rows) < len(self._shown):
            self._add_row(len(self.rows))
        for place, document in enumerate(self._shown):
            self.rows[place].show_document(document, place, len(self._shown))

    def _add_row(self, place: int) -> None:
        made = DocumentRow(self._icons)
        made.pressed.connect(lambda: self._pick(place, Qt.FocusReason.MouseFocusReason))
        made.up.clicked.connect(lambda: self._move(place, -1))
        made.down.clicked.connect(lambda: self._move(place, 1))
        made.cross.clicked.connect(lambda: self.removed.emit(place))
        self._column.addWidget(made)
        # Tab would come to what is made later at the end of the window.
        QWidget.setTabOrder(self.rows[-1] if self.rows else self._before, made)
        self.rows.append(made)

    def _move(self, place: int, by: int) -> None:
        if 0 <= place + by < len(self.rows):
            # The choice goes with the document.
            self._choose(place + by, self._focus_reason())
            self.moved.emit(place, by)

    def _pick(self, place: int, reason: Qt.FocusReason) -> None:
        if 0 <= place < len(self.rows):
            self._choose(place, reason)
            self.chosen.emit(place)

    def _choose(self, place: int, reason: Qt.FocusReason | None) -> None:
        self._current = max(place, 0)
        for each, one in enumerate(self.rows):
            one.set_chosen(each == self._current)
        if reason is not None and self.rows:
            self.rows[self._current].setFocus(reason)

    def _focus_reason(self) -> Qt.FocusReason | None:
        """How the focus came to the rows, so that it stays with the chosen one; None if it is elsewhere."""
        focused = [one for one in self.rows if one.hasFocus()]
        if not focused:
            return None
        by_keyboard = focused[0].by_keyboard
        return Qt.FocusReason.TabFocusReason if by_keyboard else Qt.FocusReason.OtherFocusReason


class DocumentRow(QWidget):
    """One document: icon, name, pages, and its buttons while it is chosen or under the mouse."""

    pressed = Signal()

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._theme = icons.theme
        self._is_chosen = False
        self.by_keyboard = False
        self._name = ElidedLabel("", "body_strong")
        self._pages = label("", "small", "text2")
        self.up = icon_button(icons, "chevron-up", self.tr("Move up"), "Ctrl+Up")
        self.down = icon_button(icons, "chevron-down", self.tr("Move down"), "Ctrl+Down")
        self.cross = icon_button(icons, "close", self.tr("Remove from this fax"), "Del")
        self._buttons = (self.up, self.down, self.cross)
        for button in self._buttons:
            _keep_room(button)
        items = (Picture(icons, "document", "text2", 20), (self._name, 1), self._pages)
        self.setLayout(
            row(*items, row(*self._buttons, spacing=0), spacing=10, margins=(10, 4, 4, 4)),
        )
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.setProperty("shows_focus", True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        icons.theme.changed.connect(self.update)

    def show_document(self, document: Attachment, place: int, count: int) -> None:
        """Show a document and where it stands among all."""
        self._name.setText(document.name)
        self._pages.setText(pages(document.pages))
        self.up.setEnabled(place > 0)
        self.down.setEnabled(place < count - 1)
        words = self.tr("{0}, {1}, document {2} of {3}")
        self.setAccessibleName(words.format(document.name, pages(document.pages), place + 1, count))
        self.setAccessibleDescription(self.tr("Ctrl with the arrow keys moves it, Delete removes it."))

    def set_chosen(self, chosen: bool) -> None:
        """The chosen row is the one Tab comes to."""
        self._is_chosen = chosen
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus if chosen else Qt.FocusPolicy.ClickFocus)
        self._show_buttons()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        ground = "soft" if self._is_chosen and self.hasFocus() else "hover"
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self._theme.color(ground if self._is_chosen or self.underMouse() else "sunken"))
        painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
        if self.hasFocus() and self.by_keyboard:
            painter.setPen(QPen(self._theme.color("focus"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), _RADIUS, _RADIUS)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.pressed.emit()

    def enterEvent(self, event: object) -> None:
        self._show_buttons()
        self.update()

    def leaveEvent(self, event: object) -> None:
        self._show_buttons()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.by_keyboard = event.reason() in BY_KEYBOARD
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self.by_keyboard = True
        event.ignore()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.em(16), super().minimumSizeHint().height())

    def _show_buttons(self) -> None:
        for button in self._buttons:
            button.setVisible(self._is_chosen or self.underMouse())


class DropPlace(QWidget):
    """What stands in place of the list while it is empty. It takes no drops itself: the whole window does."""

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


def _keep_room(button: QPushButton) -> None:
    """Hidden buttons keep their place, so that names do not jump."""
    policy = button.sizePolicy()
    policy.setRetainSizeWhenHidden(True)
    button.setSizePolicy(policy)
    button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
