"""What is typed into and chosen from."""

from collections.abc import Iterable

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QComboBox, QDateTimeEdit, QLineEdit, QSpinBox, QStyledItemDelegate

from ifax_desktop.views.icons import Icons


def line_edit(placeholder: str = "", *, icons: Icons | None = None, lead: str = "") -> QLineEdit:
    """A field for one line, with an icon at its leading edge if `lead` names one."""
    editor = QLineEdit()
    editor.setPlaceholderText(placeholder)
    if icons is not None and lead:
        editor.setProperty("lead", True)
        editor.addAction(icons.icon(lead, "text3"), QLineEdit.ActionPosition.LeadingPosition)
    return editor


def spin_box(least: int, most: int, value: int | None = None) -> QSpinBox:
    """A field for a whole number between `least` and `most`."""
    box = QSpinBox()
    box.setRange(least, most)
    box.setValue(least if value is None else value)
    # Qt leaves the style sheet's side padding out here.
    box.lineEdit().setTextMargins(8, 0, 0, 0)
    return box


def moment_edit() -> QDateTimeEdit:
    """A field for a day and a time, in the user's own way of writing."""
    editor = QDateTimeEdit()
    editor.setCalendarPopup(True)
    editor.setDisplayFormat(_moment_format())
    return editor


def _moment_format() -> str:
    locale = QLocale()
    day = locale.dateFormat(QLocale.FormatType.ShortFormat)
    return f"ddd {day}  {locale.timeFormat(QLocale.FormatType.ShortFormat)}"


def drop_down(options: Iterable[tuple[str, object]] = ()) -> QComboBox:
    """A drop-down field; `options` are (words, data)."""
    box = QComboBox()
    # The usual delegate of a combo box does not know the style sheet's rules for items.
    box.setItemDelegate(QStyledItemDelegate(box))
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    for words, data in options:
        box.addItem(words, data)
    return box
