"""The user's settings: a frozen dataclass, kept as JSON that a person can read."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from enum import StrEnum
from pathlib import Path
from typing import Any

from ifax_desktop.domain.cover import CoverKind
from ifax_desktop.domain.page import Paper, usual_paper
from ifax_desktop.domain.quality import Quality
from ifax_desktop.store import private
from ifax_desktop.store.words import disk_in_words


@dataclass(frozen=True)
class Settings:
    """What the user chose. Nothing secret is among it."""

    mode: str = ""
    """"" not chosen yet, "practice" or "live"."""
    region: str = "US"
    """ISO 3166, for numbers typed without a country."""
    own_number: str = field(default="", repr=False)
    """The sender number of new faxes, E.164; empty leaves the choice to the service."""
    hold_seconds: int = 10
    """How long a fax waits for an Undo."""
    quality: Quality = Quality.STANDARD
    paper: str = ""
    """The paper of the other side: "letter", "a4", or "" for what is usual in the country."""
    original_pages: bool = False
    """Hand over the pages of documents as they are, and let the service make them black and white."""
    page_price: str = ""
    """What a page costs, as the user wrote it: "$0.05". Empty where nobody said."""
    cover: CoverKind = CoverKind.NONE
    from_name: str = field(default="", repr=False)
    theme: str = "system"
    check_every: int = 60
    """Seconds between two questions for received faxes."""
    keep_years: int = 0
    """How long faxes are kept after their end; 0 for ever."""
    webhook_host: str = ""
    """The address of this computer at which the service may call; empty for none."""
    webhook_port: int = 8741
    webhook_address: str = field(default="", repr=False)
    """How the service reaches that from outside, where a router or another server passes its calls on."""
    webhook_user: str = field(default="", repr=False)
    """The name the service signs in with when it calls; empty for none. Its password is a secret like the key."""
    window: str = ""
    """Where the window was, base64 of what Qt saves."""

    @property
    def fax_paper(self) -> Paper:
        """The paper pages are fitted to."""
        return Paper(self.paper) if self.paper in set(Paper) else usual_paper(self.region)


class SettingsFile:
    """The file the settings are kept in. Keys of other versions in it stay."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.problem = ""
        """What was wrong with the file when it was loaded, in words; empty if nothing was."""

    def load(self) -> Settings:
        """Read the settings. A damaged file is kept aside and a value that makes no sense is left out: see `problem`.

        Raises StorageFailed if the file is there but cannot be read or put aside.
        """
        self.problem = ""
        known = {field.name: field.default for field in fields(Settings)}
        content = self._read()
        chosen = {name: _fit(content[name], default) for name, default in known.items() if name in content}
        wrong = sorted(name for name, value in chosen.items() if value is None)
        if wrong:
            self.problem = f"These settings made no sense and were set back: {', '.join(wrong)}."
        return Settings(**{name: value for name, value in chosen.items() if value is not None})

    def save(self, settings: Settings) -> None:
        """Keep the settings; a crash leaves the old file or the new. Raises StorageFailed."""
        content = {**self._read(), **asdict(settings)}
        text = json.dumps(content, indent=2, ensure_ascii=False) + "\n"
        with disk_in_words():
            private.write_whole(self._path, text.encode())

    def _read(self) -> Mapping[str, Any]:
        with disk_in_words():
            try:
                content = json.loads(self._path.read_bytes())
            except FileNotFoundError:
                return {}
            except ValueError:  # no JSON, or no UTF-8
                content = None
            if isinstance(content, dict):
                return content
            aside = self._path.with_name(f"{self._path.name}.damaged")
            self._path.replace(aside)
        self.problem = (
            f"The settings could not be read and were set back. The old file is kept as {aside.name}."
        )
        return {}


def _fit(value: Any, default: Any) -> Any:
    """The value as the type of its default, or None if it is none of that."""
    if isinstance(default, StrEnum):
        kind = type(default)
        return kind(value) if isinstance(value, str) and value in set(kind) else None
    if isinstance(default, bool):
        return value if isinstance(value, bool) else None
    if isinstance(default, int):
        return value if type(value) is int and value >= 0 else None
    return value if isinstance(value, str) else None
