"""The right half of the New fax window: each page as the fax machine prints it, and what may go wrong with it."""

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QStackedLayout, QWidget

from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.domain.page import PageLook, Treatment
from ifax_desktop.domain.quality import Quality
from ifax_desktop.viewmodels.compose import ComposeViewModel
from ifax_desktop.viewmodels.fax_preview import FaxPreviewState, Spot
from ifax_desktop.viewmodels.page_warnings import PageWarning, Repair, repair_words, treatment_words, warnings
from ifax_desktop.views.flow_layout import FlowLayout
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.page_canvas import PageCanvas
from ifax_desktop.views.page_card import PageCard
from ifax_desktop.views.page_controls import PageControls
from ifax_desktop.views.parts import (
    EmptyState,
    Segments,
    column,
    drop_down,
    label,
    pane,
    row,
    set_ground,
    set_tip,
)
from ifax_desktop.views.service_cover import example_cover


class FaxPreviewPane(QWidget):
    """Shows the page that is looked at. `files_wanted` asks for the file dialog."""

    files_wanted = Signal()

    def __init__(self, icons: Icons, model: ComposeViewModel) -> None:
        super().__init__()
        self._model = model
        self._preview = model.preview
        self._theme = icons.theme
        self._card_of: tuple[int, int] = (-1, 0)
        self._warnings: list[PageWarning] = []
        self.canvas = PageCanvas(icons.theme)
        self.controls = PageControls(icons, self.tr("Turn the page"), "R")
        self.sides = Segments(
            [("faxed", self.tr("As faxed")), ("original", self.tr("Original"))],
            name=self.tr("What is shown of the page"),
        )
        self.treatment = drop_down()
        self.treatment.setAccessibleName(self.tr("How the page becomes black and white"))
        set_tip(self.treatment, self.tr("How the page becomes black and white"))
        for treatment, words in treatment_words():
            self.treatment.addItem(words, treatment)
        self.treatment.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.treatment.setMinimumContentsLength(10)
        self.card = PageCard(icons)
        self.caption = label("", "small", "text3")
        self.caption.setWordWrap(True)
        self._empty = EmptyState(
            icons, "document", self.tr("No page yet"), self.tr("Every page appears here the way it goes out.")
        )
        self._unreadable = EmptyState(icons, "warning", "", "")
        self._stack = QStackedLayout()
        for sheet in (self.canvas, self._empty, self._unreadable):
            self._stack.addWidget(sheet)
        self._arrange()
        set_ground(self, "canvas")
        self._connect()
        self._show()

    def _arrange(self) -> None:
        shown = FlowLayout(8)
        shown.addWidget(self.sides)
        shown.addWidget(self.treatment)
        self._head = pane(row((shown, 1), self.controls, spacing=8, margins=(24, 8, 16, 4)))
        self._above = pane(row((self.card, 1), margins=(24, 0, 24, 8)))
        self._below = pane(row((self.caption, 1), margins=(24, 0, 24, 10)))
        self.setLayout(column(self._head, self._above, (pane(self._stack), 1), self._below, spacing=0))

    def _connect(self) -> None:
        preview = self._preview
        self.canvas.page_stepped.connect(preview.step)
        self.canvas.zoom_stepped.connect(self._zoom_by)
        self.canvas.zoom_reset.connect(lambda: preview.set_zoom("page"))
        self.canvas.zoom_changed.connect(self.controls.show_percent)
        self.controls.stepped.connect(preview.step)
        self.controls.zoomed.connect(self._zoom_by)
        self.controls.fitted.connect(preview.set_zoom)
        self.controls.turned.connect(self._turn)
        self.sides.chosen.connect(lambda key: preview.set_as_faxed(key == "faxed"))
        self.treatment.activated.connect(self._treat)
        self.card.acted.connect(self._repair)
        self.card.next_wanted.connect(self._next_card)
        self.card.accepted.connect(self._accept)
        preview.changed.connect(self._show)
        self._model.changed.connect(self._show_words)
        for keys, command in (
            ("R", self._turn),
            ("Ctrl++", lambda: self._zoom_by(1)),
            ("Ctrl+=", lambda: self._zoom_by(1)),
            ("Ctrl+-", lambda: self._zoom_by(-1)),
            ("Ctrl+0", lambda: preview.set_zoom("page")),
        ):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(command)

    def _zoom_by(self, step: int) -> None:
        self.canvas.zoom_by(step)
        self._preview.set_zoom(self.canvas.zoom_percent)

    def _turn(self) -> None:
        if (spot := self._preview.state.spot) is not None:
            self._model.pages.turn([spot.place])

    def _treat(self) -> None:
        if (spot := self._preview.state.spot) is not None:
            self._model.pages.treat([spot.place], Treatment(self.treatment.currentData()))

    def _show(self) -> None:
        state = self._preview.state
        spot = state.spot
        is_leaf = spot is not None and spot.place >= 0
        picture = self._picture(state)
        self.canvas.set_zoom(state.zoom)
        self.canvas.show_page(picture, state.at + 1, len(state.spots))
        if state.pages or state.spots:
            self.controls.show_place(spot.number if spot else 0, max(state.pages, 1), self._place_words(spot))
        self.controls.back.setEnabled(any(not one.left_out for one in state.spots[: max(state.at, 0)]))
        self.controls.on.setEnabled(any(not one.left_out for one in state.spots[state.at + 1 :]))
        self.controls.show_picture(state.zoom, is_there=picture is not None)
        self.controls.turn.setEnabled(is_leaf)
        self._head.setVisible(bool(state.spots))
        self.sides.choose("faxed" if state.as_faxed else "original")
        is_printed = spot is not None and spot.sheet is not None
        self.sides.setVisible(is_printed)  # an example is neither faxed nor an original
        self.treatment.setVisible(is_printed)
        look = spot.sheet.look if spot and spot.sheet else PageLook()
        self.treatment.setCurrentIndex(self.treatment.findData(look.treatment))
        self.treatment.setEnabled(is_leaf and state.as_faxed)
        self._stack.setCurrentWidget(self._sheet_for(state))
        self._show_words()

    def _picture(self, state: FaxPreviewState) -> QImage | None:
        if state.spot is not None and state.spot.sheet is None:
            return example_cover(self._preview.cover, state.page_format)
        return state.picture

    def _place_words(self, spot: Spot | None) -> str:
        if spot is None or spot.number:
            return ""
        return self.tr("Left out") if spot.left_out else self.tr("Example")

    def _show_words(self) -> None:
        """Write the card and the line below the page."""
        state, form = self._preview.state, self._model.state.form
        spot = state.spot
        self._warnings = []
        if spot is not None and spot.number and spot.sheet is not None:
            found = self._preview.findings(state.at)
            is_cover = spot.place < 0
            self._warnings = warnings(found, spot.number, form.quality, spot.sheet.look, is_cover=is_cover)
        if self._card_of[0] != state.at or self._card_of[1] >= len(self._warnings):
            self._card_of = (state.at, 0)
        self._show_card(spot, form.quality)
        self._show_marks(state)
        self.caption.setText(self._caption(state, form.quality, form.cover.kind))
        self._below.setVisible(bool(self.caption.text()))

    def _show_card(self, spot: Spot | None, quality: Quality) -> None:
        card = self.card
        if spot is not None and spot.left_out:
            button = repair_words(Repair.PUT_BACK, quality)
            words = self.tr("It stays here and does not go out.")
            card.show_words(self.tr("This page is left out"), words, button, warns=False)
        elif spot is not None and spot.sheet is None:
            words = self.tr("The service makes this page; what it looks like only the service knows.")
            card.show_words(self.tr("An example of a cover page"), words, "", warns=False)
        elif self._stands_in_the_way():
            words = self.tr("It cannot be printed, and so the fax cannot go out with it.")
            title = self.tr("Page {0} is in the way").format(spot.number if spot else 0)
            card.show_words(title, words, repair_words(Repair.LEAVE_OUT, quality), may_stay=False)
        elif self._warnings:
            warning, place = self._warnings[self._card_of[1]], self._card_of[1] + 1
            button = repair_words(warning.repair, quality) if warning.repair else ""
            card.show_words(warning.title, warning.sentence, button, place=place, count=len(self._warnings))
        self._above.setVisible(
            bool(self._warnings)
            or self._stands_in_the_way()
            or (spot is not None and (spot.left_out or spot.sheet is None))
        )

    def _stands_in_the_way(self) -> bool:
        """Whether the page is one of a document that cannot be printed."""
        state = self._preview.state
        return bool(state.problem) and state.spot is not None and state.spot.place >= 0

    def _show_marks(self, state: FaxPreviewState) -> None:
        marks = []
        if self._warnings and state.picture is not None and state.as_faxed:
            finding = self._warnings[self._card_of[1]].finding
            whole = finding.right - finding.left >= 1 and finding.bottom - finding.top >= 1
            width, height = state.picture.width(), state.picture.height()
            box = QRectF(
                finding.left * width,
                finding.top * height,
                (finding.right - finding.left) * width,
                (finding.bottom - finding.top) * height,
            )
            marks = [] if whole else [box]
        self.canvas.set_marks(marks)

    def _caption(self, state: FaxPreviewState, quality: Quality, cover: CoverKind) -> str:
        if state.spot is None or state.spot.sheet is None:
            return ""
        if not state.as_faxed:
            return self.tr("This is the document as it is. A fax has no colours and no greys.")
        words = {
            Quality.HD: self.tr("Fine, black and white."),
            Quality.SUPERFINE: self.tr("Superfine, black and white."),
        }.get(quality, self.tr("Standard, black and white."))
        if self._preview.goes_as_it_is:
            more = self.tr(
                "The pages go out as they are: the service makes them black and white, about like this."
            )
        else:
            more = self.tr("The service adds a line at the top and may scale the page a little.")
        return f"{words} {more}"

    def _repair(self) -> None:
        state = self._preview.state
        spot = state.spot
        if spot is None:
            return
        if spot.left_out:
            self._model.repair(spot.place, Repair.PUT_BACK)
        elif self._stands_in_the_way():
            self._model.repair(spot.place, Repair.LEAVE_OUT)
        elif self._warnings and (repair := self._warnings[self._card_of[1]].repair):
            if repair is Repair.OTHER_FILE:
                self.files_wanted.emit()
            else:
                self._model.repair(spot.place, repair)

    def _next_card(self) -> None:
        if self._warnings:
            self._card_of = (self._card_of[0], (self._card_of[1] + 1) % len(self._warnings))
            self._show_words()

    def _accept(self) -> None:
        if self._warnings:
            self._preview.accept(self._preview.state.at, self._warnings[self._card_of[1]].finding.trouble)

    def _sheet_for(self, state: FaxPreviewState) -> QWidget:
        if state.problem:
            line = self.tr("This fax cannot be shown")
            if state.spot is not None and state.spot.number:
                line = self.tr("Page {0} cannot be shown").format(state.spot.number)
            self._unreadable.set_words(line, state.problem)
            return self._unreadable
        return self.canvas if state.spots else self._empty
