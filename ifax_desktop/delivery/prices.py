"""What a page costs, as far as the account's own usage records tell."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from ifax_desktop.domain.errors import Offline
from ifax_desktop.domain.fax import Direction

if TYPE_CHECKING:
    from ifax_desktop.api.records import Records

_BACK: Final = timedelta(days=60)
_PLACES: Final = Decimal("0.001")


class Prices:
    """Asks the service when somebody wants to know."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._records: Records | None = None

    def connect(self, records: "Records") -> None:
        """Give the calls to the service, once they can be made."""
        self._records = records

    async def of_page(self) -> Decimal | None:
        """The mean price of a page sent within the last sixty days, in the account's currency, which nobody names.

        None where no record tells one. Raises Offline, NoAnswer, SignInNeeded, Refused and ConsentNeeded.
        """
        if self._records is None:
            raise Offline("The program is just starting. Try again in a moment.")
        today = self._now()
        records = await self._records.usage((today - _BACK).date(), today.date(), Direction.SENT)
        paid = [(record.cost, record.pages_done or record.pages or 0) for record in records if record.cost]
        pages = sum(count for _, count in paid)
        if not pages:
            return None
        whole = sum((cost for cost, count in paid if count), Decimal(0))
        return (whole / pages).quantize(_PLACES)
