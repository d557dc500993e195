"""What a person adds to a fax: a file or a folder, or something pasted that is no file."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Pasted:
    """Something that becomes a document and is no file."""

    name: str
    read: Callable[[], bytes] = field(repr=False)
    """Gives its content; it may take a while, and is called on a thread."""


Given = Path | Pasted
