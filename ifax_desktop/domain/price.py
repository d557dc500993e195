"""What a page costs, as the user says it: an amount with the currency before or after it."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

_AMOUNT: Final = re.compile(r"\d{1,6}(?:[.,]\d{1,6})?")
_LEAST_PLACES: Final = 2


@dataclass(frozen=True, slots=True)
class Price:
    """An amount and the words around it, as they were written: "$0.05", "5 ct", "0,05 €"."""

    amount: Decimal
    before: str = ""
    after: str = ""
    mark: str = "."
    """The decimal mark."""

    @classmethod
    def read(cls, text: str) -> "Price | None":
        """The price somebody wrote; None for what is none: nothing, no amount, several, or one that is zero."""
        amounts = list(_AMOUNT.finditer(text))
        if len(amounts) != 1:
            return None
        found = amounts[0]
        written = found.group()
        if not (amount := Decimal(written.replace(",", "."))):
            return None
        return cls(
            amount,
            text[: found.start()].lstrip(),
            text[found.end() :].rstrip(),
            "," if "," in written else ".",
        )

    def times(self, pages: int) -> str:
        """What so many pages cost, written in the same way."""
        whole = self.amount * pages
        if self.amount == self.amount.to_integral_value():
            number = f"{whole:.0f}"
        else:
            number = f"{whole:.{_LEAST_PLACES}f}" if whole >= Decimal("0.01") else f"{whole.normalize():f}"
        return f"{self.before}{number.replace('.', self.mark)}{self.after}"
