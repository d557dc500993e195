"""Asks the service whose key it is: by the ids of numbers and faxes that only their own account can ask for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from ifax_desktop.domain.errors import NoAnswer, Refused
from ifax_desktop.store.accounts import Traces

if TYPE_CHECKING:
    from ifax_desktop.api.inbound import Inbound
    from ifax_desktop.api.numbers import FaxNumbers
    from ifax_desktop.api.outbound import Outbound

_DAY = timedelta(days=1)
_COMPARED = 7
"""Digits at the end by which two spellings of a number are compared."""


@dataclass(frozen=True, slots=True)
class Questions:
    """The calls by which the service is asked. They change nothing."""

    outbound: "Outbound"
    numbers: "FaxNumbers"
    inbound: "Inbound"


async def recognized(questions: Questions, known: Mapping[str, Traces], first: str) -> str:
    """The account of ours that the service knows this key by, asked for `first` before others; empty for none of them.

    Empty is said only if every question was answered. Raises Offline, SignInNeeded, and NoAnswer or Refused where
    nothing can be made of what came.
    """
    asking = _Asking(questions)
    order = sorted(known, key=lambda account: account != first)
    owned = await asking.own_numbers()
    for account in order:
        if owned & known[account].numbers:
            return account
    for account in order:
        if await asking.knows_a_fax(known[account]):
            return account
    if asking.unanswered is not None:
        raise asking.unanswered
    return ""


class _Asking:
    """One round of questions."""

    def __init__(self, questions: Questions) -> None:
        self._questions = questions
        self.unanswered: NoAnswer | Refused | None = None

    async def own_numbers(self) -> frozenset[tuple[str, str]]:
        """Ids and numbers of the account behind the key."""
        try:
            owned = await self._questions.numbers.owned()
        except (NoAnswer, Refused) as error:
            self._note(error)
            return frozenset()
        return frozenset((one.number_id, one.number) for one in owned if one.number_id)

    async def knows_a_fax(self, traces: Traces) -> bool:
        """Whether one of these faxes is the key's: sent with it, or received."""
        for job_id, number in traces.jobs:
            if await self._knows_job(job_id, number):
                return True
        return traces.received is not None and await self._knows_received(*traces.received)

    async def _knows_job(self, job_id: str, number: str) -> bool:
        try:
            report = await self._questions.outbound.status(job_id)
        except (NoAnswer, Refused) as error:
            self._note(error)
            return False
        return _agree(report.to_number, number)

    async def _knows_received(self, job_id: str, transaction_id: str, day: date) -> bool:
        try:
            reports = await self._questions.inbound.list_received(day - _DAY, day + _DAY)
        except (NoAnswer, Refused) as error:
            self._note(error)
            return False
        return any((report.job_id, report.transaction_id) == (job_id, transaction_id) for report in reports)

    def _note(self, error: NoAnswer | Refused) -> None:
        """A refusal with the service's own code is an answer: it does not know that. Others may come from anybody."""
        if isinstance(error, Refused) and error.retry_after:
            raise error
        if isinstance(error, NoAnswer) or error.code is None:
            self.unanswered = error


def _agree(one: str, other: str) -> bool:
    """Whether two numbers can be the same one, as far as both are told."""
    digits = ["".join(sign for sign in number if sign.isdigit())[-_COMPARED:] for number in (one, other)]
    return not all(digits) or digits[0] == digits[1]
