"""Settings: pages at the left, the settings of one page at the right; every change applies at once."""

from collections.abc import Callable, Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QComboBox, QDialog, QStackedLayout, QWidget

from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.domain.number import show
from ifax_desktop.domain.page import Paper
from ifax_desktop.domain.quality import Quality
from ifax_desktop.viewmodels.settings import SettingsViewModel, regions
from ifax_desktop.views.account_page import AccountPart
from ifax_desktop.views.archive_part import ArchivePart
from ifax_desktop.views.calls_part import CallsPart
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import (
    EmptyState,
    Paragraph,
    ScrollPane,
    column,
    drop_down,
    label,
    line_edit,
    link_button,
    nav_button,
    normal_button,
    pane,
    row,
    rule,
    set_tip,
    whole_number,
)
from ifax_desktop.views.search_edit import search_edit
from ifax_desktop.views.setting_row import SettingRow, SettingsPage

Options = Sequence[tuple[str, object]]


class SettingsDialog(QDialog):
    """Open it with `open()`; it holds nothing that could be lost."""

    def __init__(
        self, icons: Icons, model: SettingsViewModel, page: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._icons = icons
        self._model = model
        self.calls: CallsPart | None = None
        self.archive: ArchivePart | None = None
        self.setWindowTitle(self.tr("Settings"))
        self._boxes: dict[str, QComboBox] = {}
        tr = self.tr
        pages = {
            "account": ("user", tr("Account"), self._account),
            "sending": ("send", tr("Sending"), self._sending),
            "receiving": ("inbox", tr("Receiving"), self._receiving),
            "archive": ("document", tr("Archive"), self._archive),
            "appearance": ("eye", tr("Appearance"), self._appearance),
            "advanced": ("settings", tr("Advanced"), self._advanced),
        }
        if model.archive is None:
            del pages["archive"]
        self._pages = {key: build(title) for key, (_, title, build) in pages.items()}
        self._nav = {key: nav_button(icons, title, icon) for key, (icon, title, _) in pages.items()}
        self._stack = QStackedLayout()
        for key, made in self._pages.items():
            self._stack.addWidget(ScrollPane(made))
            self._nav[key].clicked.connect(lambda _=False, picked=key: self.show_page(picked))
        self._none = EmptyState(icons, "search", "", "")
        self._stack.addWidget(self._none)
        self._arrange()
        model.changed.connect(self._show)
        self._show()
        self.show_page(page or "account")

    def show_page(self, page: str) -> None:
        """Go to this page; raises `KeyError` for one that is not there."""
        self._nav[page].setChecked(True)
        self._stack.setCurrentIndex(list(self._pages).index(page))

    def _arrange(self) -> None:
        em = self._icons.theme.em
        self.search = search_edit(self._icons, self.tr("Find a setting"))
        self.search.textChanged.connect(self._find)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self).activated.connect(self.search.setFocus)
        side = pane(
            column(self.search, 8, *self._nav.values(), None, spacing=4, margins=(16, 16, 16, 16)), "window"
        )
        side.setFixedWidth(em(17.3))
        self.close_button = normal_button(self._icons, self.tr("Close"))
        self.close_button.clicked.connect(self.accept)
        foot = row(
            label(self.tr("Changes apply at once."), "small", "text2"),
            None,
            self.close_button,
            margins=(24, 12, 24, 12),
        )
        body = row(side, rule("down"), (pane(self._stack, "surface"), 1), spacing=0)
        self.setLayout(column((body, 1), rule(), pane(foot, "window"), spacing=0))
        self.resize(em(70), em(50))

    def _account(self, title: str) -> SettingsPage:
        self.account = AccountPart(self._icons, self._model)
        return SettingsPage(title, self.account)

    def _sending(self, title: str) -> SettingsPage:
        tr, model = self.tr, self._model
        senders: Options = [
            (tr("The service chooses"), ""),
            *((whole_number(show(number)), number) for number in model.own_numbers()),
        ]
        qualities: Options = [
            (tr("Standard"), Quality.STANDARD),
            (tr("Fine"), Quality.HD),
            (tr("Superfine"), Quality.SUPERFINE),
        ]
        papers: Options = [
            (tr("Usual in the country"), ""),
            (tr("Letter"), Paper.LETTER),
            (tr("A4"), Paper.A4),
        ]
        ways: Options = [
            (tr("Black and white"), False),
            (tr("As they are"), True),
        ]
        covers: Options = [
            (tr("None"), CoverKind.NONE),
            (tr("Of the service"), CoverKind.SERVICE),
            (tr("Our own"), CoverKind.OWN),
        ]
        waits: Options = [
            (tr("Send at once"), 0),
            *((tr("{0} seconds").format(wait), wait) for wait in (5, 10, 20, 30)),
        ]
        self.page_price = line_edit(tr("For example {0}").format("$0.05"))
        self.page_price.setText(model.state.settings.page_price)
        self.page_price.setMaxLength(20)
        self.page_price.editingFinished.connect(lambda: model.set_page_price(self.page_price.text()))
        self.learn_price = link_button(self._icons, tr("Take it from the records"), flush=True)
        self.learn_price.clicked.connect(model.learn_page_price)
        self.price_words = Paragraph("", "small", "text3")
        self.price_words.hide()
        model.changed.connect(self._show_price)
        priced = tr("To estimate what a fax costs. You can write it with its currency.")
        price = pane(column(self.page_price, row(self.learn_price, None), self.price_words, spacing=4))
        used = tr("Used when a new fax is started.")
        each = tr("You can change it for each fax.")
        undo = tr("Time to press Undo after Send.")
        where = tr("For numbers typed without a country.")
        handed_over = tr("As they are, the service turns grey and colours into dots.")
        return SettingsPage(
            title,
            self._row("own_number", tr("Send from"), used, senders, model.set_own_number),
            self._row(
                "quality", tr("Quality"), tr("Fine takes longer on the line."), qualities, model.set_quality
            ),
            self._row("paper", tr("Paper"), tr("What the other side prints on."), papers, model.set_paper),
            self._row("original_pages", tr("Pages go out"), handed_over, ways, model.set_original_pages),
            self._row("cover", tr("Cover page"), each, covers, model.set_cover),
            SettingRow(self._icons, tr("Price of a page"), priced, price),
            self._row("hold_seconds", tr("Wait before sending"), undo, waits, model.set_hold),
            self._row("region", tr("Country"), where, regions(), model.set_region),
        )

    def _show_price(self) -> None:
        state = self._model.state
        if not self.page_price.hasFocus() or state.price_words:
            self.page_price.setText(state.settings.page_price)
        self.price_words.setText(state.price_words)
        self.price_words.setVisible(bool(state.price_words))

    def _receiving(self, title: str) -> SettingsPage:
        times: Options = [
            (self.tr("Every 30 seconds"), 30),
            (self.tr("Every minute"), 60),
            (self.tr("Every 5 minutes"), 300),
            (self.tr("Every 15 minutes"), 900),
        ]
        hint = self.tr("How often the service is asked for new faxes. Check for faxes asks at any time.")
        every = self._row("check_every", self.tr("Check for faxes"), hint, times, self._model.set_check_every)
        if self._model.practice:
            return SettingsPage(title, every)  # the built-in service has nobody to call
        self.calls = CallsPart(self._icons, self._model, self)
        self._model.show_calls()
        return SettingsPage(title, every, *self.calls.rows, self.calls.below)

    def _archive(self, title: str) -> SettingsPage:
        if (model := self._model.archive) is None:
            return SettingsPage(title)
        self.archive = ArchivePart(self._icons, model, self)
        self.finished.connect(self.archive.leave)
        return SettingsPage(title, *self.archive.rows, self.archive.below)

    def _appearance(self, title: str) -> SettingsPage:
        themes: Options = [
            (self.tr("As the system"), "system"),
            (self.tr("Light"), "light"),
            (self.tr("Dark"), "dark"),
        ]
        hint = self.tr("Fax pages stay white, because that is what the other side gets.")
        return SettingsPage(
            title, self._row("theme", self.tr("Colours"), hint, themes, self._model.set_theme)
        )

    def _advanced(self, title: str) -> SettingsPage:
        address = self._model.service_address or self.tr("Built in: practice mode")
        return SettingsPage(
            title,
            self._read_only(self.tr("Service address"), self.tr("Where faxes are handed over."), address),
            self._read_only(
                self.tr("Profile"), self.tr("The folder with your faxes and settings."), self._model.profile
            ),
        )

    def _row(
        self, key: str, name: str, hint: str, options: Options, change: Callable[..., None]
    ) -> SettingRow:
        box = drop_down(options)
        box.activated.connect(lambda _: change(box.currentData()))
        self._boxes[key] = box
        return SettingRow(self._icons, name, hint, box)

    def _read_only(self, name: str, hint: str, value: str) -> SettingRow:
        words = line_edit()
        words.setReadOnly(True)
        words.setText(value)
        words.setCursorPosition(0)
        set_tip(words, value)
        return SettingRow(self._icons, name, hint, words)

    def _find(self, text: str) -> None:
        text = text.strip()
        found = [key for key, page in self._pages.items() if page.filter_by(text)]
        for key, button in self._nav.items():
            button.setVisible(key in found)
        current = next(key for key, button in self._nav.items() if button.isChecked())
        if not found:
            hint = self.tr("Check the spelling, or clear the search to see every page.")
            self._none.set_words(self.tr("Nothing found for “{0}”").format(text), hint)
            self._stack.setCurrentWidget(self._none)
        else:
            self.show_page(current if current in found else found[0])

    def _show(self) -> None:
        settings = self._model.state.settings
        for key, box in self._boxes.items():
            value = getattr(settings, key)
            place = box.findData(value)
            if place < 0:
                box.addItem(str(value), value)
                place = box.count() - 1
            box.setCurrentIndex(place)
        if self.calls is not None:
            self.calls.show()
