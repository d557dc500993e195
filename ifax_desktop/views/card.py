"""The card: what happened, what it means, one button."""

from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QFontMetrics
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from ifax_desktop.views.arrange import column, row
from ifax_desktop.views.buttons import link_button, normal_button, primary_button
from ifax_desktop.views.icons import Icons
from ifax_desktop.views.labels import label, restyle
from ifax_desktop.views.paragraph import Paragraph, line_pitch
from ifax_desktop.views.pills import Picture

_SIGN = 20
_SIGN_TOKENS = {"bad": "bad", "warn": "warn", "ok": "ok", "info": "link", "plain": "text2"}


@dataclass(frozen=True, slots=True)
class CardContent:
    """What a card says.

    `tone` is "bad", "warn", "ok", "info" or "plain"; `strong` are stretches (start, length) of `sentences`;
    `button` is filled in "bad" and "warn" cards and where `primary` says so. A card has one link at most: with
    `details` (raw text of the service) it unfolds them, else it is `link`. `aside` is a short word at the right
    of the title.
    """

    tone: str
    icon: str
    title: str
    sentences: str = ""
    strong: tuple[tuple[int, int], ...] = ()
    button: str = ""
    button_icon: str = ""
    primary: bool = False
    link: str = ""
    details: str = ""
    aside: str = ""
    icon_token: str = ""


class Card(QFrame):
    """A tinted ground with a title, one or two sentences, one button and at most one link.

    `acted` is the button, `link_clicked` the link. `set_extra` puts a widget between the sentences and the button.
    """

    acted = Signal()
    link_clicked = Signal()

    def __init__(self, icons: Icons, content: CardContent | None = None) -> None:
        super().__init__()
        self._icons = icons
        self._shown: CardContent | None = None
        self._sign = Picture(icons, "info", "text2", _SIGN)
        self._title = Paragraph("", "section")
        self._title.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        self._aside = label("", "small", "text2")
        self._sentences = Paragraph()
        self._extra = QVBoxLayout()
        self._actions = QVBoxLayout()
        self._raw: Details | None = None
        top = row((self._title, 1), self._aside, spacing=8)
        middle = column(top, self._sentences, self._extra, self._actions, spacing=8)
        self._middle = middle
        down = max(0, (line_pitch(icons.theme.font("section")) - _SIGN) // 2)
        signs = column(self._sign, None, margins=(0, down, 0, 0))
        self.setLayout(row(signs, middle, spacing=10, margins=(16, 14, 16, 16)))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if content is not None:
            self.show_content(content)

    def show_content(self, content: CardContent) -> None:
        """Show other words; what is open or focused stays if nothing changed."""
        if content == self._shown:
            return
        if content.link and content.details:
            raise ValueError("a card has one link at most")
        self._shown = content
        self._sign.set_icon(content.icon, content.icon_token or _SIGN_TOKENS[content.tone])
        self._title.setText(content.title)
        self._aside.setText(content.aside)
        self._aside.setVisible(bool(content.aside))
        self._sentences.setText(content.sentences)
        self._sentences.set_strong(content.strong)
        self._sentences.setVisible(bool(content.sentences))
        self._show_raw(content.details)
        self._show_actions(content)
        self.setAccessibleName(content.title)
        self.setAccessibleDescription(content.sentences)
        restyle(self, card=content.tone)

    def set_extra(self, widget: QWidget | None) -> None:
        """Put `widget` between the sentences and the button, in place of what was there."""
        _clear(self._extra)
        self._extra.setContentsMargins(0, 8 if widget is not None else 0, 0, 4 if widget is not None else 0)
        if widget is not None:
            self._extra.addWidget(widget)

    def _show_actions(self, content: CardContent) -> None:
        _clear(self._actions)
        line = QWidget()
        items: list[QWidget | None] = []
        if content.button:
            filled = content.primary or content.tone in ("bad", "warn")
            build = primary_button if filled else normal_button
            button = build(self._icons, content.button, content.button_icon)
            button.clicked.connect(self.acted)
            items.append(button)
        if words := content.link or (self.tr("Details") if content.details else ""):
            link = link_button(self._icons, words, flush=not content.button)
            link.clicked.connect(self._unfold if content.details else self.link_clicked)
            items.append(link)
        if items:
            line.setLayout(row(*items, None, margins=(0, 4, 0, 0)))
            self._actions.addWidget(line)

    def _show_raw(self, details: str) -> None:
        """Have the raw text ready, folded. Few cards have any, and the font of raw text takes 20 ms to find."""
        if details and self._raw is None:
            self._raw = Details()
            self._middle.addWidget(self._raw)
        if self._raw is not None:
            self._raw.hide()
            self._raw.setPlainText(details)

    def _unfold(self) -> None:
        if self._raw is not None:
            self._raw.setVisible(not self._raw.isVisibleTo(self))


class Details(QPlainTextEdit):
    """Raw text of the service, in a monospace font: to be selected and copied, never changed."""

    def __init__(self) -> None:
        super().__init__()
        self.setReadOnly(True)
        self.setProperty("raw", True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.setTabChangesFocus(True)
        self.document().setDocumentMargin(0)
        self.setAccessibleName(self.tr("Details"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def sizeHint(self) -> QSize:
        lines = min(12, max(2, self.document().blockCount() + 1))
        height = QFontMetrics(self.font()).lineSpacing() * lines + 8
        return QSize(super().sizeHint().width(), height)

    def minimumSizeHint(self) -> QSize:
        return QSize(80, self.sizeHint().height())


def _clear(layout: QVBoxLayout) -> None:
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
