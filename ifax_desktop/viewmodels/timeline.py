"""What happened to a fax and what comes next, ready to be shown."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class TimelineRow:
    """One event, newest first: its time, what happened, a small second line.

    `icon` is the name of an icon in the colour `token`, or None for a plain dot. `planned` marks what has not
    happened yet.
    """

    time: str
    text: str
    detail: str = ""
    icon: str | None = None
    token: str = "text2"  # noqa: S105 - a colour token
    planned: bool = False


@dataclass(frozen=True, slots=True)
class RetryMark:
    """One try of the retry plan: its time, a word such as "busy" or "next", and whether it is over."""

    time: str
    word: str
    kind: Literal["past", "next", "later"]
