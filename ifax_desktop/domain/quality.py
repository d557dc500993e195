"""How fine a fax is printed."""

from enum import StrEnum
from typing import Final

from ifax_desktop.domain.page import FINE, STANDARD, SUPERFINE


class Quality(StrEnum):
    """How many lines to the inch a fax has. The words are those the archive keeps; what the service is told is a table
    of the API's (`api/qualities.py`)."""

    LOW = "Low"
    """Chosen in older versions; the same as standard."""
    STANDARD = "Standard"
    HD = "HD"
    """Fine."""
    SUPERFINE = "Superfine"

    @property
    def fineness(self) -> int:
        """The lines to the inch its pages are made with (T.4)."""
        return _LINES[self]

    @property
    def finer(self) -> "Quality":
        """The next finer one; the finest stays itself."""
        return Quality.HD if self.fineness == STANDARD else Quality.SUPERFINE


_LINES: Final = {
    Quality.LOW: STANDARD,
    Quality.STANDARD: STANDARD,
    Quality.HD: FINE,
    Quality.SUPERFINE: SUPERFINE,
}
