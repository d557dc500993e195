"""Buttons: one filled, the rest quiet; each a verb and its object, with an icon at the left."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QKeySequence
from PySide6.QtWidgets import QPushButton, QSizePolicy

from ifax_desktop.views.icons import Icons
from ifax_desktop.views.labels import set_tip

_ICON = 18
ICON_GAP = 4  # the icon's place is wider than the icon, as Qt itself leaves only 4 px before the words
_ICON_TOKENS = {"primary": "onAccent", "link": "link", "danger": "bad"}


def primary_button(icons: Icons, text: str, icon: str = "", *, tall: bool = False) -> QPushButton:
    """The one filled button of an area; `tall` for the main action of a window."""
    made = _button(icons, "primary", text, icon)
    made.setProperty("tall", tall)
    return made


def normal_button(icons: Icons, text: str, icon: str = "") -> QPushButton:
    """A bordered button."""
    return _button(icons, "normal", text, icon)


def quiet_button(icons: Icons, text: str, icon: str = "") -> QPushButton:
    """A button without a border, for rows of actions."""
    return _button(icons, "quiet", text, icon)


def link_button(icons: Icons, text: str, icon: str = "", *, flush: bool = False) -> QPushButton:
    """A button that looks like a link; `flush` without room at its sides."""
    made = _button(icons, "link", text, icon)
    made.setProperty("flush", flush)
    return made


def danger_button(icons: Icons, text: str, icon: str = "") -> QPushButton:
    """A bordered button for what cannot be taken back."""
    return _button(icons, "danger", text, icon)


def nav_button(icons: Icons, text: str, icon: str) -> QPushButton:
    """A checkable entry of a list of pages at the side, as in Settings."""
    made = _button(icons, "nav", text, icon)
    made.setCheckable(True)
    made.setAutoExclusive(True)
    made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    return made


def icon_button(
    icons: Icons, icon: str, name: str, shortcut: str = "", *, tint: str = "text2"
) -> QPushButton:
    """A button without words: `name` is its tool tip, with `shortcut` as shown there, and its accessible name."""
    made = QPushButton()
    made.setProperty("kind", "icon")
    made.setIcon(icons.icon(icon, tint))
    made.setIconSize(QSize(_ICON, _ICON))
    made.setAccessibleName(name)
    keys = QKeySequence(shortcut).toString(QKeySequence.SequenceFormat.NativeText) if shortcut else ""
    set_tip(made, f"{name} ({keys})" if keys else name)
    made.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return made


def set_button_icon(icons: Icons, button: QPushButton, icon: str) -> None:
    """Change the icon of a button in the colour of its kind; "" takes it away."""
    if not icon:
        button.setIcon(QIcon())
        return
    button.setIcon(icons.icon(icon, _ICON_TOKENS.get(button.property("kind"), "text2")))
    button.setIconSize(QSize(_ICON + ICON_GAP, _ICON))


def _button(icons: Icons, kind: str, text: str, icon: str) -> QPushButton:
    made = dressed_for_words(QPushButton(text), kind)
    if icon:
        set_button_icon(icons, made, icon)
    return made


def dressed_for_words(button: QPushButton, kind: str) -> QPushButton:
    """Give a button its kind, and room for an icon before its words."""
    button.setProperty("kind", kind)
    button.setIconSize(QSize(_ICON + ICON_GAP, _ICON))
    button.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    button.setAutoDefault(False)
    return button
