"""How one row of a fax list is laid out and painted: two lines, an icon or unread dot, a slot at the right.

A row is painted once and kept as a picture: when a fax comes, all others only move. Each call of the painter gives
other threads their turn, so that what is painted anew while documents come in takes three times as long.
"""

from dataclasses import dataclass, replace
from typing import Final

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen, QPixmap
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from ifax_desktop.viewmodels.fax_row import FaxRow
from ifax_desktop.views.icons import Icons, pixels_per_px
from ifax_desktop.views.labels import whole_number
from ifax_desktop.views.row_text import BETWEEN_LABELS, LABEL_SIDE, RowMetrics, RowText, fitted, is_number
from ifax_desktop.views.states import STATES

_ICON_LEFT: Final = 20
_ICON: Final = 20
_TEXT_LEFT: Final = 52
_EDGE: Final = 20
_INSET: Final = 8
_GAP: Final = 12
_KEPT: Final = 96
"""Rows that stay measured and painted: more than a window shows, and up to 10 MB on an ordinary screen."""
_Flag = Qt.AlignmentFlag
# Python puts flags together anew each time, which is a seventh of the painting of a list.
_ON_ONE_LINE: Final = (
    _Flag.AlignVCenter | _Flag.AlignLeft | Qt.TextFlag.TextSingleLine | Qt.TextFlag.TextDontClip
)


@dataclass(frozen=True, slots=True)
class _Look:
    """Everything that decides how a row looks. Sizes in px."""

    row: FaxRow
    width: int
    height: int
    direction: Qt.LayoutDirection
    selected: bool
    hovered: bool
    focused: bool
    dpr: float


class FaxDelegate(QStyledItemDelegate):
    """Paints `FaxRow`s. All rows have one height; a row without data stays blank."""

    def __init__(self, icons: Icons) -> None:
        super().__init__()
        self._icons = icons
        self._theme = icons.theme
        self.metrics = RowMetrics(icons.theme)
        self.focus_visible = False
        self.new_rows: dict[int, float] = {}
        self._fitted: dict[tuple[FaxRow, int], RowText] = {}
        self._pictures: dict[_Look, QPixmap] = {}

    def measure_again(self) -> None:
        """Take the fonts and colours anew after the theme changed."""
        self.metrics = RowMetrics(self._theme)
        self._fitted.clear()
        self._pictures.clear()

    def fitted(self, row: FaxRow, room: int) -> RowText:
        """What of a row fits into that many px; it is measured once, and painted many times."""
        text = self._fitted.get((row, room))
        if text is None:
            if len(self._fitted) >= _KEPT:
                self._fitted.clear()
            text = self._fitted[row, room] = fitted(row, room, self.metrics)
        return text

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(0, self.metrics.height)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        row = index.data(Qt.ItemDataRole.UserRole)
        if not isinstance(row, FaxRow):
            return
        state = option.state
        look = _Look(
            row,
            option.rect.width(),
            option.rect.height(),
            option.direction,
            bool(state & QStyle.StateFlag.State_Selected),
            bool(state & QStyle.StateFlag.State_MouseOver),
            self.focus_visible and bool(state & QStyle.StateFlag.State_HasFocus),
            pixels_per_px(painter),
        )
        place, newness = option.rect.topLeft(), self.new_rows.get(row.id, 0.0)
        if self._theme.is_high_contrast or not look.dpr.is_integer():
            # The system chooses the ground, or the edges of a row may lie between the pixels of the screen.
            self._paint(painter, look, place, newness)
            return
        painter.drawPixmap(place, self._picture(look))
        if newness and not look.selected:
            painter.setOpacity(newness)
            painter.drawPixmap(place, self._picture(replace(look, selected=True)))
            painter.setOpacity(1.0)

    def _picture(self, look: _Look) -> QPixmap:
        picture = self._pictures.get(look)
        if picture is None:
            if len(self._pictures) >= _KEPT:
                self._pictures.clear()
            picture = self._pictures[look] = QPixmap(QSize(look.width, look.height) * look.dpr)
            picture.setDevicePixelRatio(look.dpr)
            picture.fill(self._theme.color("surface"))  # letters are sharper on a ground than on none
            painter = QPainter(picture)
            self._paint(painter, look, QPoint(), 0.0)
            painter.end()
        return picture

    def _paint(self, painter: QPainter, look: _Look, place: QPoint, newness: float) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setLayoutDirection(look.direction)
        _RowPainter(self, self._icons, painter, look, place, newness).paint()
        painter.restore()


class _RowPainter:
    """Paints one row once."""

    def __init__(
        self,
        delegate: FaxDelegate,
        icons: Icons,
        painter: QPainter,
        look: _Look,
        place: QPoint,
        newness: float,
    ) -> None:
        self._delegate = delegate
        self._icons = icons
        self._theme = icons.theme
        self._painter = painter
        self._look = look
        self._area = QRect(place, QSize(look.width, look.height))
        self._row = look.row
        self._metrics = delegate.metrics
        self._selected = look.selected
        self._newness = newness

    def paint(self) -> None:
        self._ground()
        self._sign()
        metrics, width = self._metrics, self._area.width()
        text = self._delegate.fitted(self._row, width - _TEXT_LEFT - _EDGE)
        second_height = max(metrics.second, metrics.pill)
        top = (metrics.height - metrics.first - second_height - 2) // 2
        self._first_line(text, top)
        self._second_line(text, top + metrics.first + 2, second_height)

    def _ground(self) -> None:
        place = QRectF(self._area).adjusted(_INSET, 2, -_INSET, -2)
        self._painter.setPen(Qt.PenStyle.NoPen)
        if self._selected or self._look.hovered:
            self._painter.setBrush(self._theme.color("soft" if self._selected else "hover"))
            self._painter.drawRoundedRect(place, 8, 8)
        elif self._newness:
            fading = self._theme.color("soft")
            fading.setAlphaF(self._newness)
            self._painter.setBrush(fading)
            self._painter.drawRoundedRect(place, 8, 8)
        else:
            line = QRect(_TEXT_LEFT, self._metrics.height - 1, self._area.width() - _TEXT_LEFT - 16, 1)
            self._painter.fillRect(self._placed(line), self._theme.color("line"))
        if self._look.focused:
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.setPen(QPen(self._color("focus"), 2))
            self._painter.drawRoundedRect(place.adjusted(1, 1, -1, -1), 7, 7)

    def _sign(self) -> None:
        middle = self._metrics.height // 2
        if self._row.unread:
            self._painter.setPen(Qt.PenStyle.NoPen)
            self._painter.setBrush(self._color("link"))
            dot = self._placed(QRect(_ICON_LEFT + 6, middle - 15, 8, 8))
            self._painter.drawEllipse(QRectF(dot))
        icon, token = self._row.icon_state, "text2"
        if icon in STATES:
            icon, token = STATES[icon].icon, STATES[icon].token
        if icon and icon in self._icons.names:
            place = self._placed(QRect(_ICON_LEFT, middle - _ICON // 2, _ICON, _ICON))
            ground = "soft" if self._selected else ""
            pixmap = self._icons.pixmap(icon, token, _ICON, self._look.dpr, on=ground)
            self._painter.drawPixmap(QPointF(place.topLeft()), pixmap)

    def _first_line(self, text: RowText, top: int) -> None:
        unread = self._row.unread
        right = self._area.width() - _EDGE
        if text.when:
            role = "small_strong" if unread else "small"
            width = self._metrics.width(role, text.when)
            token = "text2" if unread or self._selected else "text3"
            self._text(text.when, role, token, QRect(right - width, top, width, self._metrics.first))
            right -= width + _GAP
        role = "row_name_unread" if unread else "row_name"
        place = QRect(_TEXT_LEFT, top, right - _TEXT_LEFT, self._metrics.first)
        self._text(self._safe(text.name), role, "text", place)

    def _second_line(self, text: RowText, top: int, height: int) -> None:
        right = self._area.width() - _EDGE
        if text.slot:
            state = STATES.get(self._row.slot_state)
            width = self._metrics.width("small_strong", text.slot)
            token = state.token if state else "text3"
            self._text(text.slot, "small_strong", token, QRect(right - width, top, width, height))
            right -= width + BETWEEN_LABELS
        for words in reversed(text.labels):
            width = self._metrics.width("small_strong", words) + 2 * LABEL_SIDE
            self._label(
                words,
                QRect(right - width, top + (height - self._metrics.pill) // 2, width, self._metrics.pill),
            )
            right -= width + BETWEEN_LABELS
        place = QRect(_TEXT_LEFT, top, right - _TEXT_LEFT, height)
        second = text.second
        if self._row.number and self._is_mirrored():
            second = whole_number(self._row.number) + second[len(self._row.number) :]
        self._text(second, "body", "text2", place)

    def _label(self, words: str, place: QRect) -> None:
        placed = QRectF(self._placed(place))
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(self._theme.color("surface" if self._selected else "hover"))
        self._painter.drawRoundedRect(placed, placed.height() / 2, placed.height() / 2)
        self._painter.setFont(self._metrics.fonts["small_strong"])
        self._painter.setPen(self._theme.color("text2"))
        self._painter.drawText(placed, _Flag.AlignCenter, words)

    def _text(self, text: str, role: str, token: str, place: QRect) -> None:
        self._painter.setFont(self._metrics.fonts[role])
        self._painter.setPen(self._color(token))
        self._painter.drawText(self._placed(place), _ON_ONE_LINE, text)

    def _safe(self, name: str) -> str:
        return whole_number(name) if self._is_mirrored() and is_number(name) else name

    def _color(self, token: str) -> QColor:
        return self._theme.color(token, on="soft" if self._selected else "")

    def _is_mirrored(self) -> bool:
        return self._look.direction == Qt.LayoutDirection.RightToLeft

    def _placed(self, place: QRect) -> QRect:
        """A place measured from the row's leading top corner, put where the reading direction wants it."""
        placed = place.translated(self._area.topLeft())
        return QStyle.visualRect(self._look.direction, self._area, placed) if self._is_mirrored() else placed
