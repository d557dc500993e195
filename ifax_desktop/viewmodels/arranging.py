"""What is done with the pages of a fax: moved, turned, left out, put back, treated; and undone, and done again."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import Final

from ifax_desktop.domain.fax import Attachment
from ifax_desktop.domain.leaves import Arrangement, Leaf
from ifax_desktop.domain.page import Treatment

_STEPS: Final = 100
"""How far back it can be undone."""


class Arranging:
    """Places count from 0, over all pages of all documents with those left out; places beyond them are passed over."""

    def __init__(self, read: Callable[[], Arrangement], write: Callable[[Arrangement], None]) -> None:
        """`read` gives what the form holds, `write` changes it; that may be refused."""
        self._read = read
        self._write = write
        self._done: list[Arrangement] = []
        self._undone: list[Arrangement] = []

    @property
    def can_undo(self) -> bool:
        """Something was done."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Something was undone, and nothing done since."""
        return bool(self._undone)

    def forget(self) -> None:
        """Begin anew: another form is on the desk."""
        self._done.clear()
        self._undone.clear()

    def undo(self) -> None:
        """Take the last step back."""
        if self._done:
            self._change_to(self._done[-1], self._done[:-1], [*self._undone, self._read()])

    def redo(self) -> None:
        """Do the step again that was undone last."""
        if self._undone:
            self._change_to(self._undone[-1], [*self._done, self._read()], self._undone[:-1])

    def add(self, attachment: Attachment) -> None:
        """Put a document at the end."""
        self._do(self._read().with_document(attachment))

    def remove_document(self, part: int) -> None:
        """Take a document out of the fax with all of its pages."""
        if 0 <= part < len(self._read().attachments):
            self._do(self._read().without_document(part))

    def move(self, places: Iterable[int], to: int) -> None:
        """Put pages before the one that is at `to` now; after the last one for a place beyond it."""
        self._do(self._read().moved(self._known(places), max(0, to)))

    def turn(self, places: Iterable[int], degrees: int = 90) -> None:
        """Turn pages clockwise."""
        self._change(places, lambda leaf: leaf.turned(degrees))

    def leave_out(self, places: Iterable[int], *, out: bool = True) -> None:
        """Let pages not go out, or put them back."""
        self._change(places, lambda leaf: replace(leaf, left_out=out))

    def treat(self, places: Iterable[int], treatment: Treatment) -> None:
        """Choose how pages become black and white."""
        self._change(places, lambda leaf: leaf.treated(treatment))

    def make_smaller(self, places: Iterable[int]) -> None:
        """Draw pages in from the edges, where fax machines cut."""
        self._change(places, lambda leaf: replace(leaf, look=replace(leaf.look, inset=True)))

    def _known(self, places: Iterable[int]) -> list[int]:
        count = len(self._read().leaves)
        return [place for place in places if 0 <= place < count]

    def _change(self, places: Iterable[int], change: Callable[[Leaf], Leaf]) -> None:
        arrangement = self._read()
        for place in self._known(places):
            arrangement = arrangement.changed(place, change(arrangement.leaves[place]))
        self._do(arrangement)

    def _do(self, arrangement: Arrangement) -> None:
        before = self._read()
        if arrangement != before:
            self._change_to(arrangement, [*self._done[1 - _STEPS :], before], [])

    def _change_to(
        self, arrangement: Arrangement, done: list[Arrangement], undone: list[Arrangement]
    ) -> None:
        lists = self._done, self._undone
        self._done, self._undone = (
            done,
            undone,
        )  # first, so that whoever hears of the change sees what can be undone
        self._write(arrangement)
        if self._read() != arrangement:  # the fax is being sent
            self._done, self._undone = lists
