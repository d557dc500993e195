"""The only way to have the service do what costs, sends or cannot be taken back, beyond sending a fax.

Each deed is written down, then asked for, then its end is written down. What was asked for and never answered is not
certain, and is not asked for again until somebody found out (`settle`).
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from ifax_desktop.domain.deeds import Deed, Intent, Outcome
from ifax_desktop.domain.errors import (
    AccountUnproven,
    ConsentNeeded,
    FaxError,
    Offline,
    Refused,
    SignInNeeded,
    StorageFailed,
)
from ifax_desktop.domain.failures import is_not_final
from ifax_desktop.domain.fax import Direction
from ifax_desktop.domain.inventory import OwnNumber
from ifax_desktop.domain.reports import Extract
from ifax_desktop.store.ledger import Ledger

if TYPE_CHECKING:
    from ifax_desktop.api.inbound import Inbound
    from ifax_desktop.api.numbers import FaxNumbers
    from ifax_desktop.api.outbound import Outbound
    from ifax_desktop.api.records import Item, Records

T = TypeVar("T")
Seen = Mapping[str, Any]

_UNWRITTEN = 2.0
"""Seconds between two tries to write down how a deed ended, while the disk does not take it."""
_NOT_ASKED = (Offline, ConsentNeeded, AccountUnproven)
_STARTING = "The program is still starting. Try again in a moment."


class Deeds:
    """Deeds at the service of one account.

    All raise NotCertain, and ask for nothing, while the same deed has no known end; StorageFailed, and ask for nothing,
    if it cannot be written down; and Offline, NoAnswer, SignInNeeded, Refused, ConsentNeeded as the calls do.
    """

    def __init__(
        self, ledger: Ledger, now: Callable[[], datetime], report: Callable[[BaseException], None]
    ) -> None:
        self._ledger = ledger
        self._now = now
        self._report = report
        self._outbound: Outbound | None = None
        self._inbound: Inbound | None = None
        self._numbers: FaxNumbers | None = None
        self._records: Records | None = None

    def connect(
        self, outbound: "Outbound", inbound: "Inbound", numbers: "FaxNumbers", records: "Records"
    ) -> None:
        """Give the calls to the service, once they can be made."""
        self._outbound, self._inbound = outbound, inbound
        self._numbers, self._records = numbers, records

    async def buy(self, number: str, *, add_license: bool = False) -> OwnNumber:
        """Buy a number, in E.164. It costs money every month. The numbers owned before are written down with it."""
        numbers = _given(self._numbers)
        owned = [own.number_id or own.number for own in await numbers.owned()]
        known = {"owned": owned, "add_license": add_license}
        return await self._do(
            Deed.BUY, number, known, lambda: numbers.buy(number, add_license=add_license), _seen_number
        )

    async def release(self, own: OwnNumber) -> None:
        """Give a number of the account back for good."""
        numbers = _given(self._numbers)
        subject = own.number_id or own.number
        await self._do(
            Deed.RELEASE, subject, _seen_number(own), lambda: numbers.release(own.number_id, own.order_id)
        )

    async def delete(self, item: "Item", job_id: str, known: Seen | None = None) -> None:
        """Delete a fax or a document at the service."""
        records = _given(self._records)
        await self._do(Deed.DELETE, f"{item} {job_id}", known, lambda: records.delete(item, job_id))

    async def delete_pages(self, item: "Item", job_id: str, known: Seen | None = None) -> None:
        """Delete the pages of a fax at the service, which keeps its record."""
        records = _given(self._records)
        await self._do(
            Deed.DELETE_PAGES, f"{item} {job_id}", known, lambda: records.delete_files(item, job_id)
        )

    async def delete_received(self, job_id: str, transaction_id: str, known: Seen | None = None) -> None:
        """Delete a received fax at the service."""
        inbound = _given(self._inbound)
        subject = f"{job_id} {transaction_id}"
        await self._do(Deed.DELETE_RECEIVED, subject, known, lambda: inbound.delete(job_id, transaction_id))

    async def read_text(
        self, job_id: str, direction: Direction, kind: Extract = Extract.TEXT, known: Seen | None = None
    ) -> str:
        """Have the service read the pages of a fax, which costs money; gives the service's word for the state."""
        records = _given(self._records)
        return await self._do(
            Deed.READ_TEXT,
            f"{direction} {kind} {job_id}",
            known,
            lambda: records.start_extraction(job_id, direction, kind),
            lambda state: {"state": state},
        )

    async def forward(self, job_id: str, number: str, own_number: str, known: Seen | None = None) -> str:
        """Have the service send a sent fax on to another number; gives the new job id. Numbers are E.164."""
        outbound = _given(self._outbound)
        return await self._do(
            Deed.FORWARD,
            f"{job_id} {number}",
            {**(known or {}), "own_number": own_number},
            lambda: outbound.forward(job_id, number, own_number),
            lambda job: {"job_id": job},
        )

    async def uncertain(self) -> list[Intent]:
        """All deeds that are not certain, the oldest first."""
        return await self._ledger.uncertain()

    async def settle(self, intent: int, outcome: Outcome) -> bool:
        """The truth about a deed that was not certain was found. False if it was certain already."""
        return await self._ledger.settle(intent, outcome, self._now())

    async def _do(
        self,
        deed: Deed,
        subject: str,
        known: Seen | None,
        call: Callable[[], Awaitable[T]],
        seen: Callable[[T], Seen] = lambda _: {},
    ) -> T:
        intent = await self._ledger.begin(deed, subject, known or {}, self._now())
        try:
            result = await call()
        except FaxError as error:
            await self._end(intent, _outcome(error), _code(error), str(error), {"detail": error.detail})
            raise
        except BaseException as error:
            # A caller who left, or a mistake of ours: the request may be out.
            await self._cut_off(intent, error)
            raise
        await self._end(intent, Outcome.DONE, None, "", seen(result))
        return result

    async def _cut_off(self, intent: int, error: BaseException) -> None:
        """Write down that nobody knows; if not even that can be, the next start finds the deed open and says the same."""
        try:
            await self._ledger.end(intent, Outcome.NOT_CERTAIN, self._now(), message=repr(error))
        except StorageFailed as failed:
            self._report(failed)

    async def _end(self, intent: int, outcome: Outcome, code: int | None, message: str, raw: Seen) -> None:
        """Write down how it ended, again and again while the disk does not take it, and say so once."""
        import asyncio

        told = False
        while True:
            try:
                return await self._ledger.end(
                    intent, outcome, self._now(), code=code, message=message, raw=raw
                )
            except StorageFailed as error:
                if not told:
                    told = True
                    self._report(error)
                await asyncio.sleep(_UNWRITTEN)


def _given(calls: T | None) -> T:
    if calls is None:
        raise Offline(_STARTING)
    return calls


def _outcome(error: FaxError) -> Outcome:
    if isinstance(error, _NOT_ASKED):
        return Outcome.NOT_ASKED
    if isinstance(error, SignInNeeded) or (isinstance(error, Refused) and not is_not_final(error.code)):
        return Outcome.REFUSED
    return Outcome.NOT_CERTAIN


def _code(error: FaxError) -> int | None:
    return error.code if isinstance(error, Refused) else None


def _seen_number(own: OwnNumber) -> Seen:
    return {name: value for name, value in asdict(own).items() if name != "raw"} | {"raw": dict(own.raw)}
