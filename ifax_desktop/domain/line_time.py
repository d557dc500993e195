"""How long a fax keeps the line busy: estimated from the size its pages really have on the line (T.4, T.6, T.30)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

CALL_SECONDS: Final = 20.0
"""Dialling, answering and agreeing (T.30, phases A and B)."""
PAGE_SECONDS: Final = 4.0
"""Training and confirming, once a page (T.30, phases C and D)."""
FAST: Final = 14_400
"""Bits a second on a good line."""
SLOW: Final = 9_600
"""Bits a second on one of middling quality."""


@dataclass(frozen=True, slots=True)
class CodedSize:
    """Bytes of one page on the line, by the way two machines may agree on."""

    mh: int = 0
    mr: int = 0
    mmr: int = 0


@dataclass(frozen=True, slots=True)
class LineTime:
    """Seconds. Which of them it will be, only the two machines know."""

    shortest: float
    """Both machines are good: MMR at 14,400 bits a second."""
    usual: float
    """MR at 9,600 bits a second."""
    longest: float
    """An old machine: MH at 9,600 bits a second."""


def page_time(size: CodedSize) -> LineTime:
    """What one page takes on the line, without the call."""
    return LineTime(
        PAGE_SECONDS + size.mmr * 8 / FAST,
        PAGE_SECONDS + size.mr * 8 / SLOW,
        PAGE_SECONDS + size.mh * 8 / SLOW,
    )


def fax_time(sizes: Iterable[CodedSize]) -> LineTime:
    """What a whole fax takes in one call."""
    pages = [page_time(size) for size in sizes]
    return LineTime(
        CALL_SECONDS + sum(page.shortest for page in pages),
        CALL_SECONDS + sum(page.usual for page in pages),
        CALL_SECONDS + sum(page.longest for page in pages),
    )
