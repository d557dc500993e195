"""How fine a fax is scanned."""

from enum import StrEnum

from ifax_desktop.domain.page import FINE, STANDARD


class Quality(StrEnum):
    """The service's words for how fine the page is scanned (wire contract, section 6)."""

    LOW = "Low"
    STANDARD = "Standard"
    HD = "HD"

    @property
    def fineness(self) -> int:
        """The lines to the inch its pages are made with: what the service does with its words is assumed here."""
        return FINE if self is Quality.HD else STANDARD
