"""What there is to know of a sent fax: the card, its history, its documents."""

from typing import Final

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ifax_desktop.viewmodels.sent_fax import SentFax
from ifax_desktop.viewmodels.verdict import Act, Verdict
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.parts import (
    Card,
    CardContent,
    ElidedLabel,
    Picture,
    ScrollPane,
    column,
    label,
    pane,
    row,
    set_ground,
    spans,
)
from ifax_desktop.views.retry_bars import RetryBars
from ifax_desktop.views.timeline import Timeline

_WIDEST: Final = 680


class SentDetails(QWidget):
    """Scrolls; `acted` is emitted with the `Act` of the card's button or link."""

    acted = Signal(object)

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._shown: SentFax | None = None
        self._card = Card(icons)
        self._card.acted.connect(lambda: self._act(link=False))
        self._card.link_clicked.connect(lambda: self._act(link=True))
        self._bars: RetryBars | None = None
        self._timeline = Timeline(icons)
        self._timeline_title = label(self.tr("What happened"), "section")
        self._documents = QVBoxLayout()
        self._documents.setSpacing(8)
        self._documents_title = label(self.tr("Documents"), "section")
        below = column(
            self._timeline_title,
            4,
            self._timeline,
            8,
            self._documents_title,
            self._documents,
            spacing=4,
        )
        content = pane(column(self._card, 16, below, None, spacing=0, margins=(24, 16, 12, 16)))
        content.setMaximumWidth(icons.theme.em(_WIDEST / 13))
        self.setLayout(column((ScrollPane(content), 1)))
        set_ground(self, "surface")

    def show_fax(self, fax: SentFax) -> None:
        """Show this fax; what did not change is left alone, so that nothing loses focus or place."""
        before, self._shown = self._shown, fax
        self._show_card(fax)
        self._timeline.show_rows(fax.timeline)
        self._timeline_title.setVisible(bool(fax.timeline))
        if before is None or before.documents != fax.documents:
            self._show_documents(fax)

    def _show_card(self, fax: SentFax) -> None:
        self._card.show_content(_content(fax.card))
        if fax.plan and self._bars is None:
            self._bars = RetryBars(self._icons.theme)
            self._card.set_extra(self._bars)
        elif not fax.plan and self._bars is not None:
            self._bars = None
            self._card.set_extra(None)
        if self._bars is not None:
            self._bars.show_plan(fax.plan, fax.plan_sentence)

    def _show_documents(self, fax: SentFax) -> None:
        while (item := self._documents.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self._documents_title.setVisible(bool(fax.documents))
        for name, pages in fax.documents:
            words = ElidedLabel(name)
            words.setMinimumWidth(self._icons.theme.em(4))
            line = row(
                Picture(self._icons, "document", "text2", 16), words, label(pages, "small", "text2"), None
            )
            self._documents.addWidget(pane(line))

    def _act(self, *, link: bool) -> None:
        card = self._shown.card if self._shown is not None else None
        act: Act | None = (card.link_act if link else card.act) if card is not None else None
        if act is not None:
            self.acted.emit(act)


def _content(card: Verdict) -> CardContent:
    return CardContent(
        tone=card.tone,
        icon=card.icon,
        title=card.title,
        sentences=card.sentences,
        strong=spans(card.sentences, *card.strong),
        button=card.button,
        button_icon=card.button_icon,
        primary=card.primary,
        link=card.link,
        details=card.details,
        aside=card.aside,
        icon_token=card.icon_token,
    )
