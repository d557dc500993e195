"""The windows beside the main one: New fax, any number of them, and Settings."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ifax_desktop.domain.reports import SentReport
from ifax_desktop.viewmodels.closing import OpenModels
from ifax_desktop.views.icons import Icons

if TYPE_CHECKING:
    from ifax_desktop.viewmodels.compare import CompareViewModel
    from ifax_desktop.viewmodels.compose import ComposeViewModel
    from ifax_desktop.viewmodels.settings import SettingsViewModel
    from ifax_desktop.views.compose_view import ComposeView
    from ifax_desktop.views.settings_dialog import SettingsDialog

    Compare = Callable[[int, Sequence[SentReport]], CompareViewModel | None]


class Forms:
    """Opens windows and keeps them until they are closed. What they need is imported with the first of them."""

    def __init__(
        self,
        icons: Icons,
        compose: "Callable[[], ComposeViewModel]",
        settings: "Callable[[], SettingsViewModel]",
        models: OpenModels,
        compare: "Compare",
    ) -> None:
        """`compare` makes the state of a comparison; None where the fax is gone."""
        self._icons = icons
        self._compose = compose
        self._settings = settings
        self._models = models
        self._compare = compare
        self._drafts: dict[int, ComposeView] = {}
        self.open_forms: list[ComposeView] = []
        self.dialog: SettingsDialog | None = None

    def new_fax(self, files: Sequence[Path] = (), number: str = "", own_number: str = "") -> None:
        """Open an empty form, with these documents, to this number, from this number of ours."""
        model = self._open()
        if number:
            model.set_number(number)
        if own_number and any(own.number == own_number for own in model.state.own_numbers):
            model.set_own_number(own_number)
        if files:
            model.add_files(files)

    def send_again(self, fax: int) -> None:
        """Open a form filled in like an older fax."""
        self._open().load(fax, draft=False)

    def open_draft(self, fax: int) -> None:
        """Go on with a draft; the window it is open in already comes to the front."""
        if (view := self._drafts.get(fax)) is not None:
            view.raise_()
            view.activateWindow()
            return
        self._open().load(fax, draft=True)
        self._drafts[fax] = self.open_forms[-1]

    def open_settings(self, page: str, parent: QWidget, closed: Callable[[], None]) -> None:
        """Open Settings at this page, or go there if they are open; `closed` is called afterwards."""
        if self.dialog is not None:
            self.dialog.show_page(page or "account")
            return
        from ifax_desktop.views.settings_dialog import SettingsDialog

        model = self._settings()
        self._models.keep(model)
        self.dialog = SettingsDialog(self._icons, model, page, parent)

        def finish() -> None:
            if self.dialog is not None:
                self.dialog.deleteLater()
                self.dialog = None
            self._models.end(model)
            closed()

        self.dialog.finished.connect(finish)
        self.dialog.open()

    def open_comparison(self, fax: int, candidates: Sequence[SentReport], parent: QWidget) -> None:
        """Show a doubtful fax beside what it could be at the service."""
        from ifax_desktop.views.compare_dialog import CompareDialog

        model = self._compare(fax, candidates)
        if model is None:
            return
        self._models.keep(model)
        dialog = CompareDialog(self._icons, model, parent)

        def finish() -> None:
            dialog.deleteLater()
            self._models.end(model)

        dialog.finished.connect(finish)
        dialog.open()

    def _open(self) -> "ComposeViewModel":
        from ifax_desktop.views.compose_view import ComposeView

        model = self._compose()
        self._models.keep(model)
        view = ComposeView(self._icons, model)
        self.open_forms.append(view)

        def leave() -> None:
            if model.state.has_left and view in self.open_forms:
                self.open_forms.remove(view)
                self._drafts = {fax: other for fax, other in self._drafts.items() if other is not view}
                view.hide()
                view.deleteLater()
                self._models.end(model)

        model.changed.connect(leave)
        view.show()
        return model
