"""Where things are: the profile's files, and the resources that ship with the program."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Paths:
    """Everything the program keeps lives below `profile`; practice mode has a folder of its own in it."""

    profile: Path
    practice: bool = False

    @property
    def home(self) -> Path:
        """The folder of this mode: practice rows and live rows never meet."""
        return self.profile / ("practice" if self.practice else "account")

    @property
    def database(self) -> Path:
        return self.home / "archive.sqlite3"

    @property
    def seal(self) -> Path:
        """By which a copy of this folder is noticed."""
        return self.home / "seal"

    @property
    def documents(self) -> Path:
        return self.home / "documents"

    @property
    def practice_service(self) -> Path:
        """Where the built-in fax service keeps its own state."""
        return self.home / "service"

    @property
    def lock(self) -> Path:
        """Held by the one process that sends and receives for this mode."""
        return self.home / "in-use.lock"

    @property
    def settings(self) -> Path:
        return self.profile / "settings.json"

    @property
    def operations(self) -> Path:
        """The user's corrections of the operations table, if there are any."""
        return self.profile / "operations.toml"

    @property
    def cache(self) -> Path:
        return self.profile / "cache"

    @property
    def log(self) -> Path:
        return self.profile / "log" / "ifax-desktop.log"


def resources() -> Path:
    """The folder with icons, fonts, style and practice faxes.

    A wheel and a frozen program carry it inside the package; a checkout has it beside the package.
    """
    package = Path(__file__).resolve().parent
    inside = package / "resources"
    return inside if inside.is_dir() else package.parent / "resources"
