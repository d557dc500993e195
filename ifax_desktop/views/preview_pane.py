"""The pages of a fax on the screen: paper, page arrows, zoom, turn, and a strip of thumbnails."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QImage, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QSizePolicy, QStackedLayout, QWidget

from ifax_desktop.viewmodels.preview import PreviewState, PreviewViewModel
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.page_canvas import PageCanvas
from ifax_desktop.views.parts import (
    ElidedLabel,
    EmptyState,
    column,
    icon_button,
    label,
    pane,
    row,
    set_ground,
    set_tip,
)
from ifax_desktop.views.theme import Theme
from ifax_desktop.views.thumbnails import Thumbnails

_NO_BREAK = "\N{NO-BREAK SPACE}"
_LONGEST_PERCENT = f"400{_NO_BREAK}%"


class PreviewPane(QWidget):
    """Shows what the preview has. Thumbnails stand in a strip at the left, or lie in one below.

    With a `title` it and the buttons are above the paper, else the buttons are below. `empty` is what an empty pane
    says: a line and a sentence. `keeps_file` adds, where a document cannot be shown, that the file is still there.
    """

    def __init__(
        self,
        icons: Icons,
        model: PreviewViewModel,
        orientation: Qt.Orientation = Qt.Orientation.Vertical,
        *,
        title: str = "",
        empty: tuple[str, str] = ("", ""),
        keeps_file: bool = False,
    ) -> None:
        super().__init__()
        self._model = model
        self._keeps_file = keeps_file
        self._strip_of = (0, 0)
        self.canvas = PageCanvas(icons.theme)
        self.thumbnails = Thumbnails(icons, orientation)
        self.controls = PageControls(icons, model, self._zoom_by)
        self._empty = EmptyState(icons, "document", *empty)
        self._unreadable = EmptyState(icons, "warning", "", "")
        self._stack = QStackedLayout()
        for sheet in (self.canvas, self._empty, self._unreadable):
            self._stack.addWidget(sheet)
        self._arrange(title, orientation, icons.theme)
        set_ground(self, "canvas")
        self._connect()
        self._show()

    def _arrange(self, title: str, orientation: Qt.Orientation, theme: Theme) -> None:
        middle = pane(self._stack)
        if orientation == Qt.Orientation.Vertical:
            body = row(self.thumbnails, (middle, 1), spacing=0)
        else:
            self.thumbnails.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
            body = row((column((middle, 1), self.thumbnails, spacing=0), 1), spacing=0)
        if title:
            words = ElidedLabel(title, "small_strong", "text2")
            words.setMinimumHeight(theme.height("control"))
            head = row((words, 1), self.controls, margins=(24, 8, 16, 0))
            self.setLayout(column(head, (body, 1), spacing=0))
        else:
            foot = row((self.controls, 1), margins=(8, 4, 8, 8))
            self.setLayout(column((body, 1), foot, spacing=0))

    def _connect(self) -> None:
        self.canvas.page_stepped.connect(self._model.step)
        self.canvas.zoom_stepped.connect(self._zoom_by)
        self.canvas.zoom_reset.connect(lambda: self._model.set_zoom("page"))
        self.canvas.zoom_changed.connect(self.controls.show_percent)
        self.thumbnails.picked.connect(self._model.go_to)
        self.thumbnails.seen.connect(self._model.want_thumbnails)
        self._model.thumbnail.connect(self._show_thumbnail)
        self._model.changed.connect(self._show)
        for keys, command in (
            (("PgUp",), lambda: self._model.step(-1)),
            (("PgDown",), lambda: self._model.step(1)),
            (("Ctrl++", "Ctrl+="), lambda: self._zoom_by(1)),
            (("Ctrl+-",), lambda: self._zoom_by(-1)),
            (("Ctrl+0",), lambda: self._model.set_zoom("page")),
        ):
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(command)

    def _zoom_by(self, step: int) -> None:
        self.canvas.zoom_by(step)
        self._model.set_zoom(self.canvas.zoom_percent)

    def _show_thumbnail(self, page: int, picture: QImage) -> None:
        self.thumbnails.set_picture(page, picture)

    def _show(self) -> None:
        state = self._model.state
        if (state.document, state.pages) != self._strip_of:
            self._strip_of = (state.document, state.pages)
            self.thumbnails.set_pages(state.pages)
        if state.page and self.thumbnails.current_page != state.page:
            self.thumbnails.set_current(state.page)
        self.thumbnails.setVisible(state.pages > 1)
        self.canvas.set_zoom(state.zoom)
        self.canvas.set_rotation(state.rotation)
        self.canvas.show_page(state.picture, state.page, state.pages)
        self.controls.show_state(state)
        self._stack.setCurrentWidget(self._sheet_for(state))

    def _sheet_for(self, state: PreviewState) -> QWidget:
        if state.problem:
            line = self.tr("Page {0} cannot be shown").format(state.page)
            if not state.pages:
                line = self.tr("This fax cannot be shown")
            kept = self.tr("The file itself is kept and can be saved.") if self._keeps_file else ""
            self._unreadable.set_words(line, f"{state.problem} {kept}".strip())
            return self._unreadable
        return self.canvas if state.pages or state.loading else self._empty


class PageControls(QWidget):
    """Page arrows and "Page 2 of 5"; zoom, fit and turn. In a narrow pane the second lot goes below the first."""

    def __init__(self, icons: Icons, model: PreviewViewModel, zoom_by: Callable[[int], None]) -> None:
        super().__init__()
        self._icons = icons
        self._model = model
        self.back = icon_button(icons, "chevron-left", self.tr("Page before"), "PgUp")
        self.on = icon_button(icons, "chevron-right", self.tr("Next page"), "PgDown")
        self.smaller = icon_button(icons, "zoom-out", self.tr("Make smaller"), "Ctrl+-")
        self.larger = icon_button(icons, "zoom-in", self.tr("Make larger"), "Ctrl++")
        self.fit = icon_button(icons, "fit", self.tr("Fit the page"), "Ctrl+0")
        self.turn = icon_button(icons, "rotate", self.tr("Turn on the screen"))
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
        self.back.clicked.connect(lambda: model.step(-1))
        self.on.clicked.connect(lambda: model.step(1))
        self.smaller.clicked.connect(lambda: zoom_by(-1))
        self.larger.clicked.connect(lambda: zoom_by(1))
        self.fit.clicked.connect(self._fit)
        self.turn.clicked.connect(model.rotate)

    def show_state(self, state: PreviewState) -> None:
        """Say where we are, and offer what is possible there."""
        self.setVisible(bool(state.pages or state.loading))
        where = self.tr("Page {0} of {1}")
        if state.pages:
            # As wide as it can get, so that the arrows stay where they are.
            widest = self._where.fontMetrics().horizontalAdvance(where.format(state.pages, state.pages))
            self._where.setMinimumWidth(widest)
            self._where.setText(where.format(state.page, state.pages))
        else:
            self._where.setText(self.tr("Opening the document"))
        self.back.setEnabled(state.page > 1)
        self.on.setEnabled(state.page < state.pages)
        for button in (self.smaller, self.larger, self.fit, self.turn):
            button.setEnabled(state.picture is not None)
        fits = state.zoom == "page"
        name = self.tr("Fit the width") if fits else self.tr("Fit the page")
        self.fit.setAccessibleName(name)
        set_tip(self.fit, name if fits else self.tr("Fit the page ({0})").format("Ctrl+0"))

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

    def _fit(self) -> None:
        self._model.set_zoom("width" if self._model.state.zoom == "page" else "page")
