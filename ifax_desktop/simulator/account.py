"""The account whose faxes the service moves: what it may do, and what things cost.

Everything that could get in a user's way is off unless somebody turns it on. Prices are in the account's currency,
which the service never names; "from $0.01/page" is the only public one, the others are guesses.
"""

import re
from dataclasses import dataclass, field
from decimal import Decimal

CENT = Decimal("0.01")

# Area codes of +1 that belong to neither the USA nor Canada.
ISLANDS = re.compile(r"\+1(24[26]|26[48]|284|345|441|473|649|658|664|721|758|767|784|8[024]9|868|876)")


@dataclass(frozen=True, slots=True)
class Prices:
    """What a live key pays: a page sent, a page received, a page read (OCR or NLP), a number, a licence for it."""

    page: Decimal = CENT
    received_page: Decimal = CENT
    read_page: Decimal = CENT
    number: Decimal = Decimal("1.00")
    licence: Decimal = Decimal("5.00")


@dataclass(slots=True)
class Account:
    """Settings that may change at any time. `credit` is what the account begins with; practice never uses it up."""

    credit: Decimal = Decimal("10000.00")
    prices: Prices = field(default_factory=Prices)
    most_pages: int = 200
    """Pages a fax may have, cover page included; the service's own limit is not known."""
    us_and_canada_only: bool = False
    unverified: set[str] = field(default_factory=set)
    """Own numbers that cannot be used as the sender's yet."""
    test_pages: int | None = None
    """Pages that test keys may send altogether; None for no limit."""
    trial_pages: int | None = None
    """Pages that the whole account may send while it is on trial; None when it is not."""
    waits_as: str = "sending"
    """The status of a fax before its time has come: `sending`, or `scheduled`."""

    def reaches(self, number: str) -> bool:
        """Whether the account may dial `number` (E.164)."""
        if not self.us_and_canada_only:
            return True
        return number.startswith("+1") and not ISLANDS.match(number)
