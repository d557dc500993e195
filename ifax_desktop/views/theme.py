"""The theme: which colours, fonts and heights hold now, and the palette and style sheet made from them."""

from pathlib import Path
from typing import Final

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from ifax_desktop.views.sheet import filled_sheet
from ifax_desktop.views.tokens import BASE_LINE, DARK, FONTS, HEIGHTS, LIGHT

_CHOICES: Final = {
    "system": Qt.ColorScheme.Unknown,
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
}

_Role = QPalette.ColorRole
_PALETTE: Final = {
    _Role.Window: "window",
    _Role.WindowText: "text",
    _Role.Base: "surface",
    _Role.AlternateBase: "sunken",
    _Role.Text: "text",
    _Role.Button: "surface",
    _Role.ButtonText: "text",
    _Role.BrightText: "onAccent",
    _Role.PlaceholderText: "text3",
    _Role.Highlight: "accent",
    _Role.HighlightedText: "onAccent",
    _Role.Accent: "accent",
    _Role.Link: "link",
    _Role.LinkVisited: "link",
    _Role.ToolTipBase: "text",
    _Role.ToolTipText: "surface",
    _Role.Light: "surface",
    _Role.Midlight: "line",
    _Role.Mid: "control",
    _Role.Dark: "control",
    _Role.Shadow: "line",
}
_DISABLED: Final = (_Role.Text, _Role.WindowText, _Role.ButtonText, _Role.HighlightedText)

# High contrast: the system decides, so every token becomes one of its roles.
_CONTRAST_GROUNDS: Final = {
    "surface": _Role.Base,
    "soft": _Role.Highlight,
    "accent": _Role.Button,
    "accentHover": _Role.Button,
    "accentPress": _Role.Button,
    "okSoft": _Role.Base,
    "warnSoft": _Role.Base,
    "badSoft": _Role.Base,
    "window": _Role.Window,
    "sunken": _Role.Window,
    "canvas": _Role.Window,
    "hover": _Role.Window,
    "press": _Role.Window,
}
_CONTRAST_OFF: Final = ("disabled",)
_CONTRAST_SIGNS: Final = {
    "onAccent": _Role.ButtonText,
    "softText": _Role.HighlightedText,
    "link": _Role.Link,
    "focus": _Role.Highlight,
}


class Theme(QObject):
    """The look of the program; painted widgets ask it while painting and repaint on `changed`.

    `resources` is the folder with `icons` and `style`. `cache` receives tinted copies of the few pictures a
    style sheet needs. `contrast` overrides the system's wish for high contrast.
    """

    changed = Signal()

    def __init__(self, resources: Path, cache: Path, *, contrast: bool | None = None) -> None:
        super().__init__()
        self._resources = resources
        self._cache = cache
        self._contrast = contrast
        self._choice = Qt.ColorScheme.Unknown
        self._application: QApplication | None = None
        # PySide drops the accessibility hints with the last reference to the style hints.
        self._hints = QGuiApplication.styleHints()
        self._wishes = self._hints.accessibility()
        self._hints.colorSchemeChanged.connect(self._system_changed)
        self._wishes.contrastPreferenceChanged.connect(self._system_changed)
        self._tokens: dict[str, str] = {}
        self._colors: dict[str, QColor] = {}
        self._fonts: dict[str, QFont] = {}
        self._line = BASE_LINE
        self._read()

    @property
    def is_dark(self) -> bool:
        """True when the dark colours are in use."""
        scheme = self._choice
        if scheme == Qt.ColorScheme.Unknown:
            scheme = self._hints.colorScheme()
        return scheme == Qt.ColorScheme.Dark

    @property
    def is_high_contrast(self) -> bool:
        """True when the system's own high-contrast colours are in use instead of ours."""
        if self._contrast is not None:
            return self._contrast
        return self._wishes.contrastPreference() == Qt.ContrastPreference.HighContrast

    def apply(self, application: QApplication) -> None:
        """Dress `application`, which has the style of `tokens.STYLE`: palette and style sheet, now and whenever the theme changes."""
        self._application = application
        application.fontChanged.connect(self._system_changed)
        self.refresh()

    def take_off(self) -> None:
        """Undress the application, and leave it alone from now on."""
        if (application := self._application) is not None:
            self._application = None
            self.choose("system")
            application.setStyleSheet("")
            application.setPalette(QPalette())
            self.deleteLater()

    def choose(self, scheme: Qt.ColorScheme | str) -> None:
        """Use "light", "dark" or what the system says ("system")."""
        self._choice = _CHOICES[scheme] if isinstance(scheme, str) else scheme
        # Window frames and native dialogs follow this; on some platforms it does nothing, so we keep our own.
        self._hints.blockSignals(True)
        self._hints.setColorScheme(self._choice)
        self._hints.blockSignals(False)
        self.refresh()

    def refresh(self) -> None:
        """Read colours and the application font again and dress the application anew."""
        self._read()
        if self._application is not None:
            self._application.setPalette(QPalette() if self.is_high_contrast else self._palette())
            self._application.setStyleSheet(self._sheet())
        self.changed.emit()

    def color(self, token: str, on: str = "") -> QColor:
        """The colour of a token; `on` names the ground where that matters for high contrast."""
        if not self.is_high_contrast:
            return QColor(self._colors[token])
        palette = QGuiApplication.palette()
        if token in _CONTRAST_OFF:
            return palette.color(QPalette.ColorGroup.Disabled, _Role.WindowText)
        if token in _CONTRAST_GROUNDS:
            return palette.color(_CONTRAST_GROUNDS[token])
        if on == "soft":
            return palette.color(_Role.HighlightedText)
        return palette.color(_CONTRAST_SIGNS.get(token, _Role.WindowText))

    def on_paper(self, token: str) -> QColor:
        """The colour of a token for drawing on a fax page, which is white in every theme."""
        return QColor(LIGHT[token])

    def font(self, role: str) -> QFont:
        """The font of a role, in proportion to the application font, with figures of one width."""
        return QFont(self._fonts[role])

    def height(self, part: str) -> int:
        """The least height of a part in px; it grows with the application font."""
        even = HEIGHTS[part] + self._line - BASE_LINE
        return max(HEIGHTS[part], even + even % 2)

    def em(self, count: float) -> int:
        """`count` times the size of the application font, in px: for widths that must grow with the text."""
        return round(count * QFontInfo(self._fonts["body"]).pixelSize())

    def _read(self) -> None:
        self._tokens = DARK if self.is_dark else LIGHT
        self._colors = {token: QColor(value) for token, value in self._tokens.items()}
        base = QGuiApplication.font()
        points = QFontInfo(base).pointSizeF()
        self._fonts = {
            role: _scaled(base, points * factor, weight) for role, (factor, weight) in FONTS.items()
        }
        self._line = QFontMetrics(self._fonts["body"]).height()

    def _system_changed(self) -> None:
        self.refresh()

    def _palette(self) -> QPalette:
        palette = QPalette()
        for role, token in _PALETTE.items():
            palette.setColor(role, self._colors[token])
        for role in _DISABLED:
            palette.setColor(QPalette.ColorGroup.Disabled, role, self._colors["disabled"])
        palette.setColor(QPalette.ColorGroup.Disabled, _Role.Highlight, self._colors["press"])
        return palette

    def _sheet(self) -> str:
        heights = {part: self.height(part) for part in HEIGHTS}
        points = QFontInfo(self._fonts["body"]).pointSizeF()
        name = "contrast.qss" if self.is_high_contrast else "ifax.qss"
        return filled_sheet(self._resources, name, self._cache, self._tokens, heights, points)


def _scaled(base: QFont, points: float, weight: int) -> QFont:
    font = QFont(base)
    font.setPointSizeF(points)
    font.setWeight(QFont.Weight(weight))
    font.setFeature(QFont.Tag("tnum"), 1)
    return font
