"""The menu of one or more pages of the fax that is being written."""

from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from ifax_desktop.domain.page import Treatment
from ifax_desktop.viewmodels.compose import ComposeViewModel
from ifax_desktop.viewmodels.fax_preview import Spot
from ifax_desktop.viewmodels.page_warnings import treatment_words
from ifax_desktop.views.parts import literal

if TYPE_CHECKING:
    from collections.abc import Callable

    from ifax_desktop.views.page_strip import PageStrip


class PageMenu(QMenu):
    """Everything that can be done with the chosen pages, with the keys that do it. `spot` is the one it was asked for."""

    def __init__(self, strip: "PageStrip", model: ComposeViewModel, spot: Spot) -> None:
        super().__init__(strip)
        self._model = model
        is_leaf = spot.place >= 0
        if is_leaf:
            self._offer(self.tr("Turn right"), "R", strip.turn)
            self._offer(self.tr("Turn left"), "Shift+R", lambda: strip.turn(270))
            out = self.tr("Put back") if spot.left_out else self.tr("Leave out")
            self._offer(out, "Del", strip.leave_out_or_put_back)
            self._offer(self.tr("Move forward"), "Ctrl+Left", lambda: strip.move_by(-1))
            self._offer(self.tr("Move back"), "Ctrl+Right", lambda: strip.move_by(1))
            self.addSeparator()
            self.addMenu(self._treatments(strip, spot))
            self.addSeparator()
            name = literal(self.tr("Remove “{0}”").format(spot.group))
            self._offer(name, "Ctrl+Del", strip.remove_document)
            self.addSeparator()
        self._offer(self.tr("Undo"), "Ctrl+Z", model.pages.undo, enabled=model.pages.can_undo)
        self._offer(self.tr("Redo"), "Ctrl+Shift+Z", model.pages.redo, enabled=model.pages.can_redo)

    def _offer(self, words: str, keys: str, do: "Callable[[], object]", *, enabled: bool = True) -> None:
        action = self.addAction(words)
        action.setShortcut(QKeySequence(keys))
        action.setShortcutVisibleInContextMenu(True)
        action.setEnabled(enabled)
        action.triggered.connect(lambda: do())

    def _treatments(self, strip: "PageStrip", spot: Spot) -> QMenu:
        menu = QMenu(self.tr("Black and white"), self)
        chosen = spot.sheet.look.treatment if spot.sheet else Treatment.AUTO
        for treatment, words in treatment_words():
            action = menu.addAction(words)
            action.setCheckable(True)
            action.setChecked(treatment is chosen)
            action.triggered.connect(
                lambda _=False, one=treatment: self._model.pages.treat(strip.places, one)
            )
        return menu
