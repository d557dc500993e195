"""What long work on the archive may be under way."""

from enum import StrEnum


class Doing(StrEnum):
    """One piece of it; there is one at a time."""

    NOTHING = ""
    EXPORT = "export"
    IMPORT = "import"
    CHECK = "check"
