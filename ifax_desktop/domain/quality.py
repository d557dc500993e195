"""How fine a fax is scanned."""

from enum import StrEnum


class Quality(StrEnum):
    """The service's words for how fine the page is scanned (wire contract, section 6)."""

    LOW = "Low"
    STANDARD = "Standard"
    HD = "HD"
