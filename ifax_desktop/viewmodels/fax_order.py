"""The ids of a list of faxes in their order, newest first: where in it a fax is, and in what two such lists differ.

Nothing here looks at every id in Python: a million of them would take longer than a frame of the window.
"""

from array import array
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime


class OutOfOrder(Exception):
    """A fax of the list is gone from the archive: the list has to be asked for anew."""


class FaxOrder:
    """The ids, and the way to a place among them by the times of some twenty of them."""

    def __init__(self, created: Callable[[int], datetime | None]) -> None:
        """`created` tells the time a fax is sorted by; None if it is gone."""
        self.ids: array[int] = array("q")
        self._created = created

    def place(self, fax: int, created_at: datetime) -> int:
        """Where this fax is if it is there, and belongs if it is not. OutOfOrder if that cannot be told."""
        key = (created_at, fax)
        # Most changes are at the top, so that is looked at first.
        low, middle, high = 0, 0, len(self.ids)
        while low < high:
            if self._key(middle) > key:
                low = middle + 1
            else:
                high = middle
            middle = (low + high) // 2
        return low

    def is_at(self, place: int, fax: int) -> bool:
        """Whether the fax is in this place."""
        return place < len(self.ids) and self.ids[place] == fax

    def _key(self, place: int) -> tuple[datetime, int]:
        fax = self.ids[place]
        created_at = self._created(fax)
        if created_at is None:
            raise OutOfOrder
        return created_at, fax


@dataclass(frozen=True, slots=True)
class Difference:
    """What makes one list of another: at `place` some rows go out and others come in."""

    place: int
    out: int
    into: int


def difference(before: "array[int]", after: "array[int]") -> Difference:
    """The smallest stretch in which the two differ."""
    with memoryview(before) as old, memoryview(after) as new:
        shorter = min(len(old), len(new))
        head = _longest(shorter, lambda start, end: old[start:end] == new[start:end])
        left = shorter - head

        def same_end(start: int, end: int) -> bool:
            return old[len(old) - end : len(old) - start] == new[len(new) - end : len(new) - start]

        tail = _longest(left, same_end)
        return Difference(head, len(old) - head - tail, len(new) - head - tail)


def _longest(most: int, is_same: Callable[[int, int], bool]) -> int:
    """How far two things are the same, by halves: what was compared is not compared again."""
    low, high = 0, most
    while low < high:
        middle = (low + high + 1) // 2
        if is_same(low, middle):
            low = middle
        else:
            high = middle - 1
    return low
