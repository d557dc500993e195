"""What of a row of a fax list there is room for: numbers stay whole, facts go one by one, names shrink."""

from dataclasses import dataclass
from typing import Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics

from ifax_desktop.viewmodels.fax_row import FaxRow
from ifax_desktop.views.theme import Theme

LABEL_SIDE: Final = 7  # room at both sides of a label's words, px
BETWEEN_LABELS: Final = 6
_GAP: Final = 12
_BETWEEN: Final = "  ·  "
_NUMBER_SIGNS: Final = frozenset("0123456789+()-./ \u00a0")


@dataclass(frozen=True, slots=True)
class RowText:
    """What of a row there is room for; widths in px."""

    name: str
    when: str
    second: str
    slot: str
    labels: tuple[str, ...]


class RowMetrics:
    """Fonts and heights of a row, taken from the application font."""

    def __init__(self, theme: Theme) -> None:
        roles = ("row_name", "row_name_unread", "body", "small", "small_strong")
        self.fonts: dict[str, QFont] = {role: theme.font(role) for role in roles}
        self._metrics = {role: QFontMetrics(font) for role, font in self.fonts.items()}
        self.first = max(20, self._metrics["row_name_unread"].height())
        self.second = max(20, self._metrics["body"].height())
        self.pill = max(18, self._metrics["small_strong"].height() + 2)
        needed = self.first + max(self.second, self.pill) + 24
        self.height = max(64, needed + -needed % 4)

    def width(self, role: str, text: str) -> int:
        """The width of `text` in px."""
        return self._metrics[role].horizontalAdvance(text)

    def elided(self, role: str, text: str, room: int) -> str:
        """`text`, shortened with three dots to `room` px."""
        return self._metrics[role].elidedText(text, Qt.TextElideMode.ElideRight, max(0, room))


def fitted(row: FaxRow, room: int, metrics: RowMetrics) -> RowText:
    """Decide what fits into `room` px of text: numbers stay whole, facts and labels go one by one, names shrink."""
    name_role, when_role = ("row_name_unread", "small_strong") if row.unread else ("row_name", "small")
    when = row.when
    left = room - (metrics.width(when_role, when) + _GAP if when else 0)
    name = row.name
    if metrics.width(name_role, name) > left:
        if is_number(name):
            when = ""
        else:
            name = metrics.elided(name_role, name, left)
    left = room - metrics.width("body", row.number) - _GAP
    slot = row.slot
    if slot and metrics.width("small_strong", slot) > left:
        slot = metrics.elided("small_strong", slot, left)
    labels = list(row.labels)
    while labels and _right_width(slot, labels, metrics) > left:
        labels.pop()
    right = _right_width(slot, labels, metrics)
    parts = [part for part in (row.number, *row.facts) if part]
    second_room = room - (right + _GAP if right else 0)
    while len(parts) > 1 and metrics.width("body", _BETWEEN.join(parts)) > second_room:
        parts.pop()
    second = _BETWEEN.join(parts)
    if parts and not row.number and metrics.width("body", second) > second_room:
        second = metrics.elided("body", second, second_room)
    return RowText(name, when, second, slot, tuple(labels))


def is_number(text: str) -> bool:
    """True for a text that is a phone number and nothing else."""
    return bool(text) and _NUMBER_SIGNS.issuperset(text) and any(sign.isdigit() for sign in text)


def _right_width(slot: str, labels: list[str], metrics: RowMetrics) -> int:
    pieces = [metrics.width("small_strong", text) + 2 * LABEL_SIDE for text in labels]
    if slot:
        pieces.append(metrics.width("small_strong", slot))
    return sum(pieces) + BETWEEN_LABELS * max(0, len(pieces) - 1)
