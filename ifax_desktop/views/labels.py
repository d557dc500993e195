"""Words on the screen: labels in the type roles, colours, tool tips.

All text is plain text, never markup, because names and messages come from outside.
"""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

_ISOLATE_LEFT_TO_RIGHT, _END_ISOLATE, _NO_BREAK_SPACE = "\u2066", "\u2069", "\u00a0"


def label(text: str = "", role: str = "body", tone: str = "text") -> QLabel:
    """One line of words in a type role and a text colour."""
    words = QLabel()
    dress(words, text, role, tone)
    return words


def set_tone(widget: QWidget, tone: str) -> None:
    """Change the text colour of a label or button to another token."""
    restyle(widget, tone=tone)


def restyle(widget: QWidget, **properties: str | bool) -> None:
    """Set properties that the style sheet asks for, and let it look again."""
    changed = [name for name, value in properties.items() if widget.property(name) != value]
    for name in changed:
        widget.setProperty(name, properties[name])
    if changed:
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


def set_tip(widget: QWidget, text: str) -> None:
    """Give a tool tip that is never read as markup."""
    if "<" in text:
        from html import escape

        text = f"<span>{escape(text)}</span>"
    widget.setToolTip(text)


def whole_number(number: str) -> str:
    """A phone number that neither breaks over a line nor turns round in right-to-left text."""
    return _ISOLATE_LEFT_TO_RIGHT + number.replace(" ", _NO_BREAK_SPACE) + _END_ISOLATE


def literal(text: str) -> str:
    """Text from outside for a button or menu, where a single ampersand would mark a key."""
    return text.replace("&", "&&")


def dress(words: QLabel, text: str, role: str, tone: str) -> None:
    """Give a label its words, its type role and its text colour."""
    words.setTextFormat(Qt.TextFormat.PlainText)
    words.setProperty("role", role)
    words.setProperty("tone", tone)
    words.setText(text)
