"""The colours, type sizes and heights of the program as plain tables; nothing else in `views` names a colour.

Source: the design's sections 2 (colours), 3 (type) and 4 (heights).
"""

from typing import Final

LIGHT: Final = {
    "window": "#F3F5F8",
    "surface": "#FFFFFF",
    "sunken": "#F3F5F8",
    "canvas": "#E4E8EE",
    "hover": "#EEF1F5",
    "press": "#E2E7EE",
    "line": "#DFE3E9",
    "control": "#838C9A",
    "text": "#1A1E26",
    "text2": "#4A5260",
    "text3": "#626A78",
    "disabled": "#9AA2AF",
    "accent": "#2757C4",
    "accentHover": "#1F49AB",
    "accentPress": "#193C8E",
    "onAccent": "#FFFFFF",
    "link": "#2757C4",
    "soft": "#E5ECFA",
    "softText": "#1F49AB",
    "ok": "#19703F",
    "okSoft": "#E3F3E9",
    "warn": "#855400",
    "warnSoft": "#FCF1D9",
    "bad": "#B1261F",
    "badSoft": "#FCEAE8",
    "focus": "#2757C4",
}

DARK: Final = {
    "window": "#15171C",
    "surface": "#1C1F25",
    "sunken": "#15171C",
    "canvas": "#101216",
    "hover": "#262A32",
    "press": "#2F343E",
    "line": "#30353F",
    "control": "#757E8D",
    "text": "#E9EBEF",
    "text2": "#B9BFCA",
    "text3": "#9BA3B0",
    "disabled": "#666E7B",
    "accent": "#3A6BDA",
    "accentHover": "#3160CA",
    "accentPress": "#2A55B6",
    "onAccent": "#FFFFFF",
    "link": "#93B5FF",
    "soft": "#22335A",
    "softText": "#B4CBFF",
    "ok": "#74CF9A",
    "okSoft": "#1A3326",
    "warn": "#EBBE5C",
    "warnSoft": "#342B17",
    "bad": "#FF968D",
    "badSoft": "#3B2122",
    "focus": "#93B5FF",
}

# Role: factor of the application font's point size, weight.
STYLE: Final = ("-style", "Fusion")
"""Arguments for `QApplication`. (`setStyle` answers with the style, and PySide then loads all there is about styles.)"""

FONTS: Final[dict[str, tuple[float, int]]] = {
    "display": (1.85, 600),
    "title": (1.54, 600),
    "heading": (1.23, 600),
    "section": (1.08, 600),
    "row_name": (1.04, 500),
    "row_name_unread": (1.04, 700),
    "body": (1.0, 400),
    "body_strong": (1.0, 600),
    "small": (0.92, 400),
    "small_strong": (0.92, 600),
}

# Height in px of a part when a line of body text is BASE_LINE high; larger text makes every part higher.
BASE_LINE: Final = 18
HEIGHTS: Final = {
    "toolbar": 56,
    "filter_row": 48,
    "control": 32,
    "action": 40,
    "pill": 28,
    "state": 24,
    "badge": 18,
    "notice": 40,
    "status": 32,
}
