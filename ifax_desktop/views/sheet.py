"""The style sheet: fills the places of a template with colours, sizes and tinted pictures.

Places: `@text2` a colour, `@font.title` size and weight of a role, `@height.control` a height in px, with
`@height.control.inner` for the content of a part with a 1 px border, `.focused` with a 2 px border and `.round`
for half the height, and `@image.chevron-down` a picture.
"""

import logging
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from ifax_desktop.views.tokens import FONTS

_PLACE: Final = re.compile(r"@([A-Za-z][\w.-]*\w)")
_log = logging.getLogger(__name__)

# Picture in the sheet: icon, colour, and what to change in the drawing.
_PICTURES: Final[dict[str, tuple[str, str, tuple[str, str]]]] = {
    "chevron-down": ("chevron-down", "text2", ("", "")),
    "chevron-up": ("chevron-down", "text2", ("<path ", '<path transform="rotate(180 12 12)" ')),
    "chevron-right": ("chevron-right", "text2", ("", "")),
    "chevron-down-off": ("chevron-down", "disabled", ("", "")),
    "tick": ("check", "onAccent", ("1.75", "2.5")),
    "tick-menu": ("check", "link", ("1.75", "2.25")),
}


def filled_sheet(
    resources: Path,
    name: str,
    cache: Path,
    tokens: Mapping[str, str],
    heights: Mapping[str, int],
    points: float,
) -> str:
    """Return the style sheet `name` for these colours and heights (px) and a body text of `points`."""
    template = (resources / "style" / name).read_text(encoding="utf-8")

    def value(place: re.Match[str]) -> str:
        kind, _, rest = place[1].partition(".")
        if kind == "font":
            factor, weight = FONTS[rest]
            return f"font-size: {points * factor:.2f}pt; font-weight: {weight}"
        if kind == "height":
            return _height(heights, rest)
        if kind == "image":
            return _image(resources, cache, tokens, rest)
        return tokens[kind]

    return _PLACE.sub(value, template)


def _height(heights: Mapping[str, int], place: str) -> str:
    part, _, form = place.partition(".")
    height = heights[part]
    return f"{ {'': height, 'inner': height - 2, 'focused': height - 4, 'round': height // 2}[form] }px"


def _image(resources: Path, cache: Path, tokens: Mapping[str, str], name: str) -> str:
    """A `url()` of the tinted picture; `none` when the cache folder cannot be written."""
    icon, token, (old, new) = _PICTURES[name]
    # Qt keeps pictures of a style sheet by file name: each colour needs a name of its own.
    target = cache / f"{name}-{tokens[token].lstrip('#')}.svg"
    if not target.exists():
        svg = (resources / "icons" / f"{icon}.svg").read_text(encoding="utf-8")
        svg = svg.replace("currentColor", tokens[token])
        svg = svg.replace(old, new) if old else svg
        partial = target.with_suffix(".part")
        try:
            cache.mkdir(parents=True, exist_ok=True)
            partial.touch(mode=0o600)
            partial.write_text(svg, encoding="utf-8")
            partial.replace(target)
        except OSError as problem:
            _log.warning("No picture %s in the style sheet: %s", name, problem)
            return "none"
    return f'url("{target.as_posix()}")'
