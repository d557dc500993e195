"""Icons: the SVG drawings of `resources/icons`, tinted with the theme's colours and sharp on every screen."""

from collections import OrderedDict
from pathlib import Path
from typing import Final

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap

from ifax_desktop.views.theme import Theme

# Only what points along the reading direction is mirrored.
_MIRRORED: Final = frozenset({"chevron-left", "chevron-right", "forward", "reply", "send", "send-again"})
_KEPT = 512


class Icons:
    """The icons of one folder in the colours of one theme."""

    def __init__(self, theme: Theme, folder: Path) -> None:
        self.theme = theme
        self._folder = folder
        self.names = frozenset(path.stem for path in folder.glob("*.svg"))
        self._drawings: dict[str, str] = {}
        self._pixmaps: OrderedDict[tuple[str, int, int, float, bool], QPixmap] = OrderedDict()

    def icon(self, name: str, tint: str = "text2") -> QIcon:
        """An icon that follows theme and screen by itself; raises `KeyError` if there is no such drawing."""
        self._known(name)
        return QIcon(_Engine(self, name, tint))

    def pixmap(self, name: str, tint: str, size: int, dpr: float, on: str = "") -> QPixmap:
        """The drawing in one colour, `size` px square, for painting on a screen with `dpr` pixels per px."""
        return self.tinted(name, self.theme.color(tint, on), size, dpr)

    def tinted(self, name: str, color: QColor, size: int, dpr: float) -> QPixmap:
        """As `pixmap`, with a colour that is no tint of the current theme."""
        self._known(name)
        mirrored = name in _MIRRORED and _right_to_left()
        key = (name, color.rgba(), size, dpr, mirrored)
        if key in self._pixmaps:
            self._pixmaps.move_to_end(key)
            return self._pixmaps[key]
        pixmap = _rendered(self._drawing(name), color, size, dpr, mirrored)
        self._pixmaps[key] = pixmap
        if len(self._pixmaps) > _KEPT:
            self._pixmaps.popitem(last=False)
        return pixmap

    def application_icon(self) -> QIcon:
        """The icon of the program, for windows, the tray and the desktop."""
        return QIcon(str(self._folder / "app.svg"))

    def _known(self, name: str) -> None:
        if name not in self.names:
            raise KeyError(f"no icon {name!r}")

    def _drawing(self, name: str) -> str:
        if name not in self._drawings:
            self._drawings[name] = (self._folder / f"{name}.svg").read_text(encoding="utf-8")
        return self._drawings[name]


def pixels_per_px(painter: QPainter) -> float:
    """How fine the screen or picture is that is painted on."""
    # Not by `painter.device()`, for which PySide looks through all that can be painted on: 20 ms of the first paint.
    return painter.combinedTransform().m11()


def _right_to_left() -> bool:
    return QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft


def _rendered(drawing: str, color: QColor, size: int, dpr: float, mirrored: bool) -> QPixmap:
    # Loaded with the first icon that is painted, not at start.
    from PySide6.QtSvg import QSvgRenderer

    side = round(size * dpr)
    pixmap = QPixmap(side, side)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    if mirrored:
        painter.translate(side, 0)
        painter.scale(-1, 1)
    svg = drawing.replace("currentColor", color.name(QColor.NameFormat.HexRgb))
    QSvgRenderer(svg.encode()).render(painter, QRectF(0, 0, side, side))
    painter.end()
    pixmap.setDevicePixelRatio(dpr)
    return pixmap


class _Engine(QIconEngine):
    """Draws one icon at the leading edge of its place; what is left of a wider place is the gap to the words."""

    def __init__(self, icons: Icons, name: str, tint: str) -> None:
        super().__init__()
        self._icons = icons
        self._name = name
        self._token = tint

    def clone(self) -> QIconEngine:
        return _Engine(self._icons, self._name, self._token)

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        side = min(rect.width(), rect.height())
        left = rect.right() + 1 - side if _right_to_left() else rect.left()
        dpr = pixels_per_px(painter)
        corner = QPoint(left, rect.top() + (rect.height() - side) // 2)
        painter.drawPixmap(corner, self._square(side, dpr, mode))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float) -> QPixmap:
        # In this Qt `size` is logical: the picture has size * scale pixels and says so.
        pixmap = QPixmap(size * scale)
        pixmap.fill(Qt.GlobalColor.transparent)
        pixmap.setDevicePixelRatio(scale)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(), size), mode, state)
        painter.end()
        return pixmap

    def _square(self, side: int, dpr: float, mode: QIcon.Mode) -> QPixmap:
        tint = self._token
        if mode == QIcon.Mode.Disabled:
            # A disabled main action says why in readable words, and its icon is as strong as they are.
            tint = "text2" if tint == "onAccent" else "disabled"
        return self._icons.pixmap(self._name, tint, side, dpr)
