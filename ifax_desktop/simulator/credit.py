"""The account's credit: what live keys spend, after the billing of the wire contract, section 1.

A call is paid for when it begins, whole, and gets its money back if the transmission fails; received pages are
paid for on arrival and never kept out. Nothing runs in the background: whenever somebody asks, all that was due
by then is booked in the order of time, so the account stands as if it had been booked at once.
"""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

from ifax_desktop.simulator.account import CENT, Account
from ifax_desktop.simulator.answers import NOT_ENOUGH_CREDIT, Refusal
from ifax_desktop.simulator.jobs import Job, call_begins, progress
from ifax_desktop.simulator.outcomes import NO_CREDIT
from ifax_desktop.simulator.records import Booking, Records

KEPT_MONEY = frozenset({"delivered", "failed_chargeable"})
"""Ends of a fax that cost the whole price."""


@dataclass(frozen=True, slots=True)
class Credit:
    """The books of one account. `Job.billing` says where a fax stands: open, charged, then settled."""

    records: Records
    account: Account
    now: Callable[[], float]

    def begin(self) -> None:
        """Put in what the account begins with, if nothing was put in yet."""
        if not self.records.bookings:
            self._book(self.now(), self.account.credit, "credit")

    @property
    def balance(self) -> Decimal:
        """What is left, as of now."""
        self.settle()
        return self._balance(self.now())

    def set_to(self, amount: Decimal) -> None:
        """Put credit in, or take it out, until there is so much."""
        self._book(self.now(), amount - self.balance, "credit")
        self.records.save()

    def check(self, price: Decimal) -> None:
        """Raises `Refusal` if there is less than `price`."""
        if self.balance < price:
            raise Refusal(*NOT_ENOUGH_CREDIT)

    def spend(self, price: Decimal, what: str, about: str, at: float | None = None) -> None:
        """Book an expense, whatever is left."""
        self._book(self.now() if at is None else at, -price, what, about)

    def settle(self) -> None:
        """Book what was due by now: calls that have begun, and those that have ended."""
        now = self.now()
        while due := [(at, job) for job in self.records.jobs if (at := self._due(job, now)) <= now]:
            at, job = min(due, key=lambda one: (one[0], one[1].job_id))
            if job.billing == "open":
                self._charge(job, at)
            else:
                self._refund(job, at)

    def _due(self, job: Job, now: float) -> float:
        """When the next booking for a fax is due; infinity for none that is known yet."""
        if job.billing == "open":
            return call_begins(job) if job.canceled_at is None else min(call_begins(job), job.canceled_at)
        if job.billing == "charged":
            ended = progress(job, now).ended_at
            return float("inf") if ended is None else ended
        return float("inf")

    def _charge(self, job: Job, at: float) -> None:
        if not job.will_be.dials or (job.canceled_at is not None and job.canceled_at <= at):
            job.billing = "settled"
            return
        price = job.pages * self.account.prices.page
        if self._balance(at) < price:
            job.outcome, job.billing = NO_CREDIT.name, "settled"
            return
        job.billing, job.cost = "charged", str(price)
        self._book(at, -price, "call", str(job.job_id))

    def _refund(self, job: Job, at: float) -> None:
        state = progress(job, at + 1)  # a moment later, as the end itself may be rounded
        paid = Decimal(job.cost)
        due = paid if state.status in KEPT_MONEY else Decimal("0.00")
        if state.status == "partially_cancelled":
            due = (paid * state.pages_through / job.pages).quantize(CENT)
        job.billing, job.cost = "settled", str(due)
        if due < paid:
            self._book(at, paid - due, "refund", str(job.job_id))

    def _balance(self, at: float) -> Decimal:
        return sum((Decimal(one.amount) for one in self.records.bookings if one.at <= at), Decimal(0))

    def _book(self, at: float, amount: Decimal, what: str, about: str = "") -> None:
        self.records.bookings.append(Booking(at, str(amount), what, about))
