"""What a fault can be told: numbers, choices and lines, each with a default, read from plain JSON."""

import math
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Number:
    """A number from `least` to `most`."""

    default: float
    least: float
    most: float
    is_whole: bool = False

    def read(self, value: object) -> float | None:
        """The value, or None for one that is not possible."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            return None
        if self.is_whole and value != int(value):
            return None
        if not self.least <= value <= self.most:
            return None
        return int(value) if self.is_whole else value

    def __str__(self) -> str:
        return f"{'whole ' if self.is_whole else ''}number from {self.least:g} to {self.most:g}"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values."""

    default: Any
    options: Collection[Any]

    def read(self, value: object) -> Any:
        """The value, or None for one that is not possible."""
        is_known = isinstance(value, str | int) and not isinstance(value, bool) and value in self.options
        return value if is_known else None

    def __str__(self) -> str:
        return f"one of {', '.join(map(str, self.options))}"


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text for a header; `starts` are the beginnings it may have."""

    default: str
    starts: tuple[str, ...]

    def read(self, value: object) -> str | None:
        """The value, or None for one that is not possible."""
        is_line = isinstance(value, str) and value.isascii() and value.isprintable() and len(value) < 500
        return value if isinstance(value, str) and is_line and value.startswith(self.starts) else None

    def __str__(self) -> str:
        return f"text that starts with {' or '.join(self.starts)}"


Parameter = Number | Choice | Line
