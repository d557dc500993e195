"""The service's lists of received faxes: of all numbers at once, or of one number after the other where that is refused."""

from collections.abc import AsyncGenerator, Awaitable, Callable
from contextlib import aclosing
from datetime import date
from typing import TYPE_CHECKING

from ifax_desktop.domain.errors import ConsentNeeded, FaxError, Refused
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.domain.reports import ReceivedReport

if TYPE_CHECKING:
    from ifax_desktop.api.inbound import Inbound

Pages = AsyncGenerator[list[ReceivedReport], None]


class ReceivedLists:
    """Chooses the list that serves, and stays with it."""

    def __init__(self, inbound: "Inbound", numbers: Callable[[], Awaitable[list[OwnNumber]]]) -> None:
        """`numbers` gives the account's own numbers with their ids."""
        self._inbound = inbound
        self._numbers = numbers
        self._refusal: FaxError | None = None

    def forget(self) -> None:
        """Try the list of all numbers again: what refused it may have passed."""
        self._refusal = None

    async def pages(self, start: date, end: date) -> Pages:
        """The faxes received from `start` to `end`, page by page. Close it with `aclosing`.

        Raises Offline, NoAnswer, SignInNeeded or Refused; pages that came before that are good.
        """
        if self._refusal is None:
            try:
                async with aclosing(self._inbound.received_pages(start, end)) as pages:
                    async for page in pages:
                        yield page
                return
            except (Refused, ConsentNeeded) as error:
                if _wants_a_pause(error):
                    raise
                refusal: FaxError = error
        else:
            refusal = self._refusal
        async with aclosing(self._one_by_one(refusal, start, end)) as pages:
            async for page in pages:
                yield page
        self._refusal = refusal  # remembered only where the other way works

    async def _one_by_one(self, refusal: FaxError, start: date, end: date) -> Pages:
        """The same, number by number. A number whose list is refused keeps out no fax of the others, and is said last."""
        numbers = [number for number in await self._numbers() if number.number_id or number.order_id]
        if not numbers:
            raise refusal
        refused: FaxError | None = None
        for number in numbers:
            listed = self._inbound.received_pages_by(number.number_id, number.order_id, start, end)
            try:
                async with aclosing(listed) as pages:
                    async for page in pages:
                        yield page
            except Refused as error:
                if _wants_a_pause(error):
                    raise
                refused = error
        if refused is not None:
            raise refused


def _wants_a_pause(error: FaxError) -> bool:
    return isinstance(error, Refused) and bool(error.retry_after)
