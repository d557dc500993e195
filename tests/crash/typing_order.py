"""What the harness asks of the typist, and the words in which the typist tells how far it is."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

TYPED, KEPT, SENDING, SENT = "typed", "kept", "sending", "sent"


@dataclass(frozen=True, slots=True)
class Order:
    """What shall be typed."""

    draft: int
    """The one to go on with; 0 for a new one."""
    document: Path
    number: str = field(repr=False)
    name: str
    words: int
    """How many are added to the name, each kept before the next."""

    def arguments(self) -> list[str]:
        """As they are given to the typist."""
        return ["--", str(self.draft), str(self.document), self.number, self.name, str(self.words)]

    @classmethod
    def read(cls, given: Sequence[str]) -> Self:
        """From what stands after the `--`."""
        draft, document, number, name, words = given
        return cls(int(draft), Path(document), number, name, int(words))
