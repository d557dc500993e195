"""The pages of a fax on the screen: paper, page arrows, zoom, turn, and a strip of thumbnails."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from ifax_desktop.viewmodels.preview import PreviewState, PreviewViewModel
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.page_canvas import PageCanvas
from ifax_desktop.views.page_controls import PageControls
from ifax_desktop.views.parts import (
    ElidedLabel,
    EmptyState,
    column,
    pane,
    row,
    set_ground,
)
from ifax_desktop.views.theme import Theme
from ifax_desktop.views.thumbnails import Thumbnails


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
        self.controls = PageControls(icons, self.tr("Turn on the screen"))
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
        self.controls.stepped.connect(self._model.step)
        self.controls.zoomed.connect(self._zoom_by)
        self.controls.fitted.connect(self._model.set_zoom)
        self.controls.turned.connect(self._model.rotate)
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
        self.controls.setVisible(bool(state.pages or state.loading))
        self.controls.show_place(state.page, state.pages)
        self.controls.show_picture(state.zoom, is_there=state.picture is not None)
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
