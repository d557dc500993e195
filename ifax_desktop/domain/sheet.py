"""One page of a fax that is to be printed."""

from dataclasses import dataclass, field

from ifax_desktop.domain.cover import CoverPage
from ifax_desktop.domain.page import PageLook

Original = str | CoverPage
"""A document by its SHA-256, or our own cover page."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Which page of what, and how."""

    original: Original
    page: int
    """Counted from 0."""
    look: PageLook = field(default_factory=PageLook)
