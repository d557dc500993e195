"""What one practice fax is: whom it is from, and its sheets."""

from collections.abc import Sequence
from dataclasses import dataclass

from resources.practice.sheet import LEFT, RIGHT, Sheet

FRONT_DESK, BILLING, REFERRALS = "+12025550119", "+12025550160", "+18445550104"


@dataclass(frozen=True, slots=True)
class PracticeFax:
    """A fax that will arrive. `header` is the line the sender's machine prints on each page, with `{page}`
    and `{pages}` where the count goes; `fine` is 204x196 dots an inch, otherwise 204x98."""

    file: str
    sender: str
    name: str
    receiver: str
    header: str
    sheets: Sequence[Sheet]
    fine: bool = True


def letterhead(sheet: Sheet, name: str, address: str) -> None:
    """Name and address at the top, over a line."""
    sheet.text(LEFT, 210, name, 58, bold=True)
    sheet.text(LEFT, 262, address, 25)
    sheet.rule(288, weight=5)


def centred_head(sheet: Sheet, name: str, address: str) -> None:
    """The same in the middle, over a double line."""
    middle = (LEFT + RIGHT) / 2
    sheet.text(middle, 210, name, 54, bold=True, at="m")
    sheet.text(middle, 260, address, 25, at="m")
    sheet.rule(288, weight=5)
    sheet.rule(299, weight=2)


def band(sheet: Sheet, y: float, words: str) -> None:
    """A black band with white words, as forms have over their parts."""
    sheet.fill(LEFT, y, RIGHT, y + 46)
    sheet.text(LEFT + 14, y + 34, words, 27, bold=True, ink=255)
