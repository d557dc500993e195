"""The arrangement of a fax's pages as it is kept: JSON in the fax's row."""

import json
from collections.abc import Sequence

from ifax_desktop.domain.fax import Attachment
from ifax_desktop.domain.leaves import QUARTERS, Leaf, is_arrangement
from ifax_desktop.domain.page import PageLook, Treatment


def to_words(leaves: Sequence[Leaf]) -> str:
    """An arrangement as it is kept; empty for none."""
    if not leaves:
        return ""
    rows = [
        [leaf.part, leaf.page, leaf.look.rotation, leaf.look.treatment, +leaf.look.inset, +leaf.left_out]
        for leaf in leaves
    ]
    return json.dumps(rows, separators=(",", ":"))


def from_words(words: str, attachments: Sequence[Attachment]) -> tuple[Leaf, ...]:
    """The arrangement that was kept. One that does not fit the documents, as after an import, counts as none."""
    if not words:
        return ()
    try:
        leaves = tuple(_leaf(*row) for row in json.loads(words))
    except (ValueError, TypeError, RecursionError):
        return ()
    return leaves if is_arrangement(leaves, attachments) else ()


def _leaf(part: int, page: int, rotation: int, treatment: str, inset: int, left_out: int) -> Leaf:
    if rotation not in QUARTERS or not isinstance(part, int) or not isinstance(page, int):
        raise ValueError(f"a page turned by {rotation}")
    return Leaf(part, page, PageLook(rotation, Treatment(treatment), bool(inset)), bool(left_out))
