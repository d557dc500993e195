"""Asks the service to stop a fax it has. Whether the fax is canceled is what the service says of it afterwards."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from ifax_desktop.delivery import plan
from ifax_desktop.delivery.consents import Consents
from ifax_desktop.delivery.line import Line
from ifax_desktop.domain.errors import (
    AccountUnproven,
    ConsentNeeded,
    NoAnswer,
    Offline,
    Refused,
    SignInNeeded,
)
from ifax_desktop.store.outbox import OnTheWay, Outbox

if TYPE_CHECKING:
    from ifax_desktop.api.outbound import Outbound

CANCEL = "fax_cancel"
ALREADY_CANCELED = 9030
NOT_THIS_TIME = 12048
"""The catalogue wants this asked again."""
_MOST_REFUSALS = 3
UNKNOWN_WISH = "The service does not know the request to stop a fax, so it goes on."


class Stops:
    """One wish to stop a fax is asked until the service has answered it."""

    def __init__(
        self,
        outbox: Outbox,
        consents: Consents,
        line: Line,
        now: Callable[[], datetime],
    ) -> None:
        self._outbox = outbox
        self._consents = consents
        self._line = line
        self._now = now
        self._misses: dict[int, tuple[int, datetime]] = {}
        """How often a wish was asked in vain, and when it is asked next."""

    async def ask(self, outbound: "Outbound", fax: OnTheWay) -> bool:
        """Ask now, unless a pause is on; True if the service took the wish and its word for the fax is worth asking for."""
        misses, due = self._misses.get(fax.fax, (0, self._now()))
        if due > self._now():
            return False
        try:
            await outbound.cancel(fax.job_id)
        except (Offline, NoAnswer, SignInNeeded, AccountUnproven) as error:
            self._line.broke(error)
            self._later(fax, misses)
            return False
        except ConsentNeeded as error:
            # The user was asked before the wish was kept; a consent that was taken back since then ends the wish.
            await self._outbox.stop_refused(fax.fax, fax.job_id, None, str(error), self._now())
            return False
        except Refused as error:
            return await self._refused(fax, error, misses)
        self._misses.pop(fax.fax, None)
        await self._consents.remember(CANCEL, worked=True)
        await self._outbox.stop_taken(fax.fax, fax.job_id, self._now())
        return True

    async def _refused(self, fax: OnTheWay, error: Refused, misses: int) -> bool:
        known = error.code is not None
        if known:
            await self._consents.remember(CANCEL, worked=True)
        if error.code == ALREADY_CANCELED:
            await self._outbox.stop_taken(fax.fax, fax.job_id, self._now())
            return True
        if error.retry_after or (error.code == NOT_THIS_TIME and misses < _MOST_REFUSALS):
            self._later(fax, misses)
            return False
        self._misses.pop(fax.fax, None)
        if not known:
            await self._consents.remember(CANCEL, worked=False)
        words = str(error) if known else UNKNOWN_WISH
        await self._outbox.stop_refused(fax.fax, fax.job_id, error.code, words, self._now())
        return known

    def _later(self, fax: OnTheWay, misses: int) -> None:
        self._misses[fax.fax] = (misses + 1, self._now() + plan.offline_wait(misses))
