"""What the worker asks of any file with pages, whatever its kind.

Only the worker imports this.
"""

from dataclasses import dataclass
from typing import Protocol, runtime_checkable

from PIL import Image


class Source(Protocol):
    """A file with pages."""

    pages: int

    def sizes(self) -> list[tuple[float, float]]:
        """Return width and height of each page, in points."""
        ...

    def draw(self, page: int, width: int, height: int, turn: int, *, colour: bool = False) -> Image.Image:
        """Return a page, counted from 0, of this size after a turn by `turn` degrees clockwise.

        It may have colours, and has what there are where they are wanted.
        """
        ...

    def close(self) -> None:
        """Let go of everything."""
        ...


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter of a page: its size in points, and its box in dots of a picture of the page."""

    points: float
    left: float
    top: float
    right: float
    bottom: float


@runtime_checkable
class Lettered(Protocol):
    """A file that knows the letters on its pages."""

    def letters(self, page: int, width: int, height: int, turn: int) -> list[Letter]:
        """Return letters of a page drawn in this size, a few hundred at most, evenly taken."""
        ...


@runtime_checkable
class Pictured(Protocol):
    """A file that knows the pictures on its pages."""

    def largest_picture(self, page: int) -> tuple[float, float]:
        """Return the share of the page its largest picture takes, and that one's dots to the inch; 0 and 0 for none."""
        ...
