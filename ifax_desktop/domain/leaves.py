"""The pages of a fax as things: which page of which document comes where, how it is printed, and which are left out."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import chain
from typing import Final

from ifax_desktop.domain.fax import Attachment
from ifax_desktop.domain.page import PageLook, Treatment

QUARTERS: Final = (0, 90, 180, 270)


@dataclass(frozen=True, slots=True)
class Leaf:
    """One page of one of the documents of a fax."""

    part: int
    """Which document, by its place among those of the fax, counted from 0."""
    page: int
    """Which of its pages, counted from 0."""
    look: PageLook = field(default_factory=PageLook)
    left_out: bool = False
    """It stays with the form, but does not go out."""

    def turned(self, degrees: int) -> "Leaf":
        """The same page, turned clockwise by so much more."""
        return replace(self, look=replace(self.look, rotation=(self.look.rotation + degrees) % 360))

    def treated(self, treatment: Treatment) -> "Leaf":
        """The same page, made black and white in another way."""
        return replace(self, look=replace(self.look, treatment=treatment))


def natural(attachments: Sequence[Attachment]) -> tuple[Leaf, ...]:
    """All pages of all documents in their order, as they are."""
    each = (_natural(part, attachment.pages) for part, attachment in enumerate(attachments))
    return tuple(chain.from_iterable(each))


@lru_cache(maxsize=64)
def _natural(part: int, pages: int) -> tuple[Leaf, ...]:
    """The pages of one document. Kept, as a form is asked for them many times at each change: 2000 take 4 ms to make."""
    return tuple(Leaf(part, page) for page in range(pages))


def is_arrangement(leaves: Sequence[Leaf], attachments: Sequence[Attachment]) -> bool:
    """Whether each page of each document is among them exactly once, and nothing else is."""
    if len(leaves) != sum(attachment.pages for attachment in attachments):
        return False
    places = [(leaf.part, leaf.page) for leaf in leaves]
    return sorted(places) == [(leaf.part, leaf.page) for leaf in natural(attachments)]


@dataclass(frozen=True, slots=True)
class Arrangement:
    """The documents of a fax with the order of their pages. Each page is in it once; what is wanted gives a new one.

    Places count from 0, over all pages with those left out.
    """

    attachments: tuple[Attachment, ...] = ()
    leaves: tuple[Leaf, ...] = ()

    @classmethod
    def of(cls, attachments: Sequence[Attachment], leaves: Sequence[Leaf] = ()) -> "Arrangement":
        """These documents with this order; their own order where there is none, or one that is not theirs."""
        if not is_arrangement(leaves, attachments):
            leaves = natural(attachments)
        return cls(tuple(attachments), tuple(leaves))

    @property
    def pages(self) -> int:
        """The pages that go out."""
        return sum(not leaf.left_out for leaf in self.leaves)

    def runs(self) -> list[range]:
        """The places of pages of one document that follow one another."""
        found: list[range] = []
        for place, leaf in enumerate(self.leaves):
            if found and self.leaves[found[-1].start].part == leaf.part:
                found[-1] = range(found[-1].start, place + 1)
            else:
                found.append(range(place, place + 1))
        return found

    def with_document(self, attachment: Attachment) -> "Arrangement":
        """A document more, its pages at the end."""
        part = len(self.attachments)
        new = tuple(Leaf(part, page) for page in range(attachment.pages))
        return Arrangement((*self.attachments, attachment), self.leaves + new)

    def without_document(self, part: int) -> "Arrangement":
        """A document less, with all of its pages wherever they are."""
        kept = [leaf for leaf in self.leaves if leaf.part != part]
        leaves = tuple(replace(leaf, part=leaf.part - (leaf.part > part)) for leaf in kept)
        return Arrangement(self.attachments[:part] + self.attachments[part + 1 :], leaves)

    def moved(self, places: Iterable[int], to: int) -> "Arrangement":
        """These pages, in their order, put before the page that is at `to` now; at the end for one beyond the last.

        The documents follow the order of their first pages.
        """
        chosen = sorted(set(places))
        taken = tuple(self.leaves[place] for place in chosen)
        before = tuple(leaf for place, leaf in enumerate(self.leaves[:to]) if place not in chosen)
        after = tuple(leaf for place, leaf in enumerate(self.leaves[to:], to) if place not in chosen)
        leaves = before + taken + after
        order = list(dict.fromkeys(leaf.part for leaf in leaves))
        return Arrangement(
            tuple(self.attachments[part] for part in order),
            tuple(replace(leaf, part=order.index(leaf.part)) for leaf in leaves),
        )

    def changed(self, place: int, leaf: Leaf) -> "Arrangement":
        """Another leaf in a place: the same page, with another look, or left out."""
        return replace(self, leaves=(*self.leaves[:place], leaf, *self.leaves[place + 1 :]))
