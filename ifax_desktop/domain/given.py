"""What a person adds to a fax: a file or a folder, or something pasted that is no file."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_ILLEGIBLE: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a file's name may hold and no sentence can: line ends, what turns the writing round, bytes that are no letters."""


@dataclass(frozen=True, slots=True)
class Pasted:
    """Something that becomes a document and is no file."""

    name: str
    read: Callable[[], bytes] = field(repr=False)
    """Gives its content; it may take a while, and is called on a thread."""


Given = Path | Pasted


def legible_name(given: Given) -> str:
    """What something is called in a sentence, a list or an archive."""
    return _ILLEGIBLE.sub("\N{REPLACEMENT CHARACTER}", given.name or str(given))
